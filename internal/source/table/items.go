package table

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"parkmap/internal/layout"
	"parkmap/internal/source"
)

// maxPage bounds the bytes of the features of a page. One that holds more ends early, and the rest is behind it.
const maxPage = 32 << 20

// Items implements source.Source. NumberMatched is exact, or Estimated where counting would take longer than
// countTime. Rows without a key are paged by counting: there a change of the table shifts the pages. Errors are
// not-found for the collection, invalid with the parameter as the path of each violation, unavailable when the
// database does not answer, a lock is held or a statement takes too long.
func (t *Tables) Items(ctx context.Context, q source.Query) (page source.Page, err error) {
	err = t.with(ctx, q.Collection, func(made *table) error {
		p, err := made.plan(q)
		if err != nil {
			return err
		}
		page, err = t.page(ctx, p)
		return err
	})
	return page, err
}

func (t *Tables) page(ctx context.Context, p *plan) (source.Page, error) {
	rows, err := t.readRows(ctx, p)
	if err != nil {
		return source.Page{}, err
	}
	page := source.Page{Features: rows.features}
	page.Next, page.Prev = p.neighbours(rows)
	if p.at == nil && page.Next == "" {
		page.NumberMatched = len(rows.features)
		return page, nil
	}
	page.NumberMatched, page.Estimated, err = t.count(ctx, p)
	return page, err
}

// read is what a query gave: the features in the order asked for, and the keys of the first and the last.
type read struct {
	features    []source.Feature
	first, last []*string
	more        bool // there are rows beyond, in the direction in which it was read
}

func (t *Tables) readRows(ctx context.Context, p *plan) (read, error) {
	text, args := p.statement()
	rows, err := t.query(ctx, t.scans, text, args)
	if err != nil {
		return read{}, err
	}
	defer rows.Close()
	made := p.table
	e := encoder{table: made, shown: p.shown}
	values := make([]sql.RawBytes, fixedColumns+len(made.key)+len(p.shown)+len(p.order.keys))
	dest := make([]any, len(values))
	for i := range values {
		dest[i] = &values[i]
	}
	var r read
	var keys [][]*string
	for rows.Next() {
		if e.count == p.limit || e.count > 0 && len(e.data) > maxPage {
			r.more = true
			break
		}
		if err := rows.Scan(dest...); err != nil {
			return read{}, err
		}
		if err := e.add(values); err != nil {
			return read{}, err
		}
		keys = keepEnds(keys, values[len(values)-len(p.order.keys):])
	}
	if err := rows.Err(); err != nil && !r.more {
		return read{}, err
	}
	r.features = e.features()
	if len(keys) > 0 {
		r.first, r.last = keys[0], keys[len(keys)-1]
	}
	if p.backwards && p.order.total {
		slices.Reverse(r.features)
		r.first, r.last = r.last, r.first
	}
	return r, nil
}

// keepEnds keeps the keys of the first and the last row.
func keepEnds(keys [][]*string, values []sql.RawBytes) [][]*string {
	copied := make([]*string, len(values))
	for i, v := range values {
		if v != nil {
			text := string(v)
			copied[i] = &text
		}
	}
	if len(keys) == 2 {
		keys = keys[:1]
	}
	return append(keys, copied)
}

// neighbours returns the tokens of the pages behind and before.
func (p *plan) neighbours(r read) (next, prev string) {
	n := len(r.features)
	if n == 0 {
		return "", ""
	}
	if !p.order.total {
		return p.offsets(n, r.more)
	}
	before := p.at != nil && !p.backwards || p.backwards && r.more
	behind := p.backwards || r.more
	if behind {
		next = position{Hash: p.hash, Values: r.last}.token()
	}
	if before {
		prev = position{Hash: p.hash, Values: r.first}.token()
	}
	return next, prev
}

// offsets are the neighbours of a page of n rows that is found by counting.
func (p *plan) offsets(n int, more bool) (next, prev string) {
	from := 0
	if p.at != nil {
		from = p.at.Offset
	}
	if p.backwards {
		from, more = max(0, p.at.Offset-p.limit), true
	}
	if more && from+n <= maxOffset {
		next = position{Hash: p.hash, Offset: from + n}.token()
	}
	if from > 0 {
		prev = position{Hash: p.hash, Offset: from}.token()
	}
	return next, prev
}

// Item implements source.Source. A row of several key columns has the id that joins them with commas; commas and
// percent signs within are written as in URLs. Rows of tables without a key are not found.
func (t *Tables) Item(ctx context.Context, collection layout.CollectionID, id layout.ID) (f source.Feature, err error) {
	err = t.with(ctx, collection, func(made *table) error {
		f, err = t.item(ctx, made, id)
		return err
	})
	return f, err
}

func (t *Tables) item(ctx context.Context, made *table, id layout.ID) (source.Feature, error) {
	missing := layout.NotFound(string(made.id)+" item", id)
	values := splitID(string(id), len(made.key))
	if values == nil {
		return source.Feature{}, missing
	}
	var w where
	for i, k := range made.key {
		f := made.fields[k]
		if strings.ContainsRune(values[i], 0) || !f.kind.valid(values[i]) {
			return source.Feature{}, missing
		}
		w.equal(f, values[i:i+1])
	}
	shown := made.all()
	rows, err := t.query(ctx, t.points, "SELECT "+strings.Join(made.columns(shown), ", ")+" FROM "+made.from()+w.String()+" LIMIT 1", w.args)
	if err != nil {
		return source.Feature{}, err
	}
	defer rows.Close()
	e := encoder{table: made, shown: shown}
	raw := make([]sql.RawBytes, fixedColumns+len(made.key)+len(shown))
	dest := make([]any, len(raw))
	for i := range raw {
		dest[i] = &raw[i]
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return source.Feature{}, err
		}
		if err := e.add(raw); err != nil {
			return source.Feature{}, err
		}
	}
	if err := rows.Err(); err != nil {
		return source.Feature{}, err
	}
	if e.count == 0 {
		return source.Feature{}, missing
	}
	return e.features()[0], nil
}

// all numbers the fields.
func (t *table) all() []int {
	list := make([]int, len(t.fields))
	for i := range list {
		list[i] = i
	}
	return list
}

// joinID makes the id of a row of its key.
func joinID(dst []byte, key []sql.RawBytes) []byte {
	if len(key) == 1 {
		return append(dst, key[0]...)
	}
	for i, part := range key {
		if i > 0 {
			dst = append(dst, ',')
		}
		for _, c := range part {
			switch c {
			case ',':
				dst = append(dst, "%2C"...)
			case '%':
				dst = append(dst, "%25"...)
			default:
				dst = append(dst, c)
			}
		}
	}
	return dst
}

// splitID undoes joinID; nil is no id of n parts.
func splitID(id string, n int) []string {
	if n == 0 || id == "" {
		return nil
	}
	if n == 1 {
		return []string{id}
	}
	parts := strings.Split(id, ",")
	if len(parts) != n {
		return nil
	}
	undo := strings.NewReplacer("%2C", ",", "%25", "%")
	for i := range parts {
		parts[i] = undo.Replace(parts[i])
	}
	return parts
}
