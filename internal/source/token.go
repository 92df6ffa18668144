package source

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"hash"
	"hash/fnv"
	"maps"
	"math"
	"slices"

	"parkmap/internal/layout"
)

// ParameterToken is the path of violations that speak of Query.After or Query.Before.
const ParameterToken = "token"

// maxToken bounds the text of a token that is looked at, in bytes. The longest names are far shorter.
const maxToken = 8 << 10

// position is the place of a feature in the order of a query, as a token carries it. It keeps its meaning when
// the feature is gone from a later version, and on every server.
type position struct {
	Hash   uint64     `json:"q"`
	ID     layout.ID  `json:"i"`
	Kind   string     `json:"k,omitempty"` // areas are ordered by kind
	Values []wireItem `json:"v,omitempty"` // one per sort key
}

// wireItem is a value as a token carries it.
type wireItem struct {
	Kind   valueKind `json:"k,omitempty"`
	Number float64   `json:"n,omitempty"`
	Text   string    `json:"t,omitempty"`
	List   []string  `json:"l,omitempty"`
}

// token names the place of a row in the order of a plan.
func (s *Snapshot) token(p *plan, row int32) string {
	e := &s.entries[row]
	at := position{Hash: p.hash, ID: e.feature.ID}
	if e.feature.Collection == layout.Areas {
		at.Kind = e.feature.Properties.Common().Kind
	}
	for _, k := range p.sort {
		v := e.values[k.column]
		at.Values = append(at.Values, wireItem{v.kind, v.number, v.text, v.list})
	}
	data, err := json.Marshal(at)
	if err != nil {
		return "" // not reached: the values are finite
	}
	return base64.RawURLEncoding.EncodeToString(data)
}

// seek returns a function that compares rows with the place that a token names.
func (s *Snapshot) seek(p *plan, token string) (func(row int32) int, error) {
	at, ok := parseToken(token)
	if !ok || at.Hash != p.hash || len(at.Values) != len(p.sort) {
		return nil, layout.Invalid("query", violation(ParameterToken, "the link to this page does not belong to the query"))
	}
	values := make([]value, len(at.Values))
	for i, w := range at.Values {
		values[i] = value{w.Kind, w.Number, w.Text, w.List}
	}
	stub := layout.Feature{ID: at.ID, Properties: &layout.Area{Base: layout.Base{Kind: at.Kind}}}
	return func(row int32) int {
		e := &s.entries[row]
		for i, k := range p.sort {
			if c := compareValues(e.values[k.column], values[i], k.descending); c != 0 {
				return c
			}
		}
		stub.Collection = e.feature.Collection
		return layout.Compare(e.feature, stub)
	}, nil
}

func parseToken(token string) (at position, ok bool) {
	if len(token) > maxToken {
		return at, false
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || json.Unmarshal(data, &at) != nil {
		return at, false
	}
	return at, at.ID != "" && !slices.ContainsFunc(at.Values, func(w wireItem) bool { return w.Kind > listValue })
}

// hashOf digests all of q that decides which features match and in which order, the same on every server.
func hashOf(q Query) (uint64, error) {
	h := digest{fnv.New64a()}
	h.text(string(q.Collection))
	h.text(q.Text)
	if b := q.BBox; b != nil {
		h.numbers(b.West, b.South, b.East, b.North)
	}
	if i := q.Interval; i != nil {
		h.text(i.Start.UTC().String())
		h.text(i.End.UTC().String())
	}
	for _, name := range slices.Sorted(maps.Keys(q.Equal)) {
		h.text(name)
		for _, v := range q.Equal[name] {
			h.text(v)
		}
		h.numbers(float64(len(q.Equal[name])))
	}
	if q.Filter != nil {
		filter, err := q.Filter.MarshalJSON()
		if err != nil {
			return 0, err
		}
		h.text("filter")
		h.text(string(filter))
	}
	for _, k := range q.SortBy {
		h.text(k.Property)
		if k.Descending {
			h.text("-")
		}
	}
	return h.Sum64(), nil
}

// digest writes values so that no two lists of them look alike.
type digest struct{ hash.Hash64 }

func (d digest) text(s string) {
	d.numbers(float64(len(s)))
	_, _ = d.Write([]byte(s)) // a hash takes everything
}

func (d digest) numbers(list ...float64) {
	var b [8]byte
	for _, n := range list {
		binary.LittleEndian.PutUint64(b[:], math.Float64bits(n))
		_, _ = d.Write(b[:])
	}
}
