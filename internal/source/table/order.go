package table

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"

	"parkmap/internal/layout"
	"parkmap/internal/source"
)

// orderKey is one expression that rows are sorted by, absent values last in both directions.
type orderKey struct {
	field      int    // of table.fields; -1 is the place of the row in the table
	quoted     string // in SQL
	descending bool
	nullable   bool
}

// order is what rows are sorted by. With total no two rows are alike, so that a page can begin behind a row.
type order struct {
	keys  []orderKey
	total bool
}

const placeOfRow = -1

// orderOf sorts by the keys of a query, then by what names a row.
func (t *table) orderOf(keys []source.SortKey) (order, []layout.Violation) {
	var o order
	var broken []layout.Violation
	add := func(i int, descending bool) {
		if !slices.ContainsFunc(o.keys, func(k orderKey) bool { return k.field == i }) {
			f := t.fields[i]
			o.keys = append(o.keys, orderKey{i, f.quoted, descending, !f.NotNull && !slices.Contains(t.key, i)})
		}
	}
	for _, k := range keys {
		i := t.fieldNamed(k.Property)
		if i < 0 || !t.fields[i].kind.ordered {
			broken = append(broken, violation("sortby", k.Property+" cannot be sorted by here"))
			continue
		}
		add(i, k.Descending)
	}
	for _, i := range t.key {
		add(i, false)
	}
	if t.physical {
		o.keys = append(o.keys, orderKey{field: placeOfRow, quoted: alias + ".ctid"})
	}
	o.total = t.physical || len(t.key) > 0
	return o, broken
}

func (t *table) fieldNamed(name string) int {
	return slices.IndexFunc(t.fields, func(f field) bool { return f.Name == name })
}

// sql returns the clause ORDER BY, backwards to read the rows before one.
func (o order) sql(t *table, backwards bool) string {
	var parts []string
	for _, k := range o.keys {
		direction, nulls := "", ""
		if k.descending != backwards {
			direction = " DESC"
		}
		if k.nullable && (k.descending || backwards) {
			nulls = " NULLS LAST"
			if backwards {
				nulls = " NULLS FIRST"
			}
		}
		parts = append(parts, k.quoted+direction+nulls)
	}
	if !o.total {
		parts = append(parts, t.raw())
	}
	return " ORDER BY " + strings.Join(parts, ", ")
}

// beyond asks for the rows behind the one whose keys have the values; backwards for those before it.
func (o order) beyond(w *where, values []*string, backwards bool) {
	if !slices.ContainsFunc(o.keys, func(k orderKey) bool { return k.nullable || k.descending != o.keys[0].descending }) {
		w.add(o.rowBeyond(w, values, backwards))
		return
	}
	condition := ""
	for i := len(o.keys) - 1; i >= 0; i-- {
		condition = o.keys[i].beyond(w, values[i], backwards, condition)
	}
	w.add(condition)
}

// rowBeyond compares all keys at once, which an index of them can answer.
func (o order) rowBeyond(w *where, values []*string, backwards bool) string {
	var names, parameters []string
	for i, k := range o.keys {
		names = append(names, k.quoted)
		parameters = append(parameters, k.parameter(w, *values[i]))
	}
	operator := " > "
	if o.keys[0].descending != backwards {
		operator = " < "
	}
	if len(names) == 1 {
		return names[0] + operator + parameters[0]
	}
	return "(" + strings.Join(names, ", ") + ")" + operator + "(" + strings.Join(parameters, ", ") + ")"
}

func (k orderKey) parameter(w *where, value string) string {
	if k.field == placeOfRow {
		return w.arg(value) + "::tid"
	}
	return w.arg(value)
}

// beyond compares one key; rest decides where it is the same.
func (k orderKey) beyond(w *where, value *string, backwards bool, rest string) string {
	if value == nil {
		same := k.quoted + " IS NULL"
		switch {
		case backwards && rest == "":
			return k.quoted + " IS NOT NULL"
		case backwards:
			return "(" + k.quoted + " IS NOT NULL OR " + same + " AND " + rest + ")"
		case rest == "":
			return "false"
		}
		return "(" + same + " AND " + rest + ")"
	}
	parameter := k.parameter(w, *value)
	operator := " > "
	if k.descending != backwards {
		operator = " < "
	}
	condition := k.quoted + operator + parameter
	if k.nullable && !backwards {
		condition += " OR " + k.quoted + " IS NULL"
	}
	if rest != "" {
		condition += " OR " + k.quoted + " = " + parameter + " AND " + rest
	}
	return "(" + condition + ")"
}

// position is the place of a row in the order of a query, as a token carries it.
type position struct {
	Hash   uint64    `json:"q"`
	Values []*string `json:"v,omitempty"` // one per key of the order
	Offset int       `json:"o,omitempty"` // where the order is not total: how many rows come before
}

func (p position) token() string {
	data, err := json.Marshal(p)
	if err != nil {
		return "" // not reached: texts and numbers
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

// Limits of tokens: their length, and how far behind rows without a key are counted.
const (
	maxToken  = 16 << 10
	maxOffset = 1_000_000
)

// parsePosition reads the token of a query; ok is false when it does not belong to it.
func (o order) parsePosition(token string, hash uint64) (p position, ok bool) {
	if len(token) > maxToken {
		return p, false
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || json.Unmarshal(data, &p) != nil || p.Hash != hash {
		return p, false
	}
	if !o.total {
		return p, p.Offset > 0 && p.Offset <= maxOffset
	}
	if len(p.Values) != len(o.keys) {
		return p, false
	}
	for i, k := range o.keys {
		if p.Values[i] == nil && !k.nullable || p.Values[i] != nil && strings.ContainsRune(*p.Values[i], 0) {
			return p, false
		}
	}
	return p, true
}

// hashOf digests all of a query that decides which rows match and in which order, the same on every server.
func hashOf(q source.Query, o order) (uint64, error) {
	h := fnv.New64a()
	text := func(s string) { fmt.Fprintf(h, "%d:%s", len(s), s) }
	text(string(q.Collection))
	for _, k := range o.keys {
		text(k.quoted)
		text(strconv.FormatBool(k.descending))
	}
	if q.BBox != nil {
		text(fmt.Sprint(*q.BBox))
	}
	for _, name := range slices.Sorted(maps.Keys(q.Equal)) {
		text(name)
		text(strconv.Itoa(len(q.Equal[name])))
		for _, v := range q.Equal[name] {
			text(v)
		}
	}
	if q.Filter != nil {
		filter, err := q.Filter.MarshalJSON()
		if err != nil {
			return 0, err
		}
		text("filter")
		text(string(filter))
	}
	return h.Sum64(), nil
}

func violation(parameter, detail string) layout.Violation {
	return layout.Violation{Rule: source.RuleParameter, Path: parameter, Detail: detail}
}
