package table

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"strings"

	"parkmap/internal/geo"
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

// smallPart is the part of the extent of a table up to which a box is small: then the index of the geometry is right
// whatever the box, and its query need not be planned again.
const smallPart = 1.0 / 64

// run runs a statement of a plan: planned anew where its values decide how it is best done, as for a box that may
// hold everything.
func (t *Tables) run(ctx context.Context, p *plan, text string, args []any) (*sql.Rows, error) {
	switch {
	case p.filtered:
		return t.scans.QueryContext(ctx, text, args...)
	case p.box == nil:
		return t.query(ctx, t.scans, text, args)
	case t.part(p.table, *p.box) > smallPart:
		return t.scans.QueryContext(ctx, text, args...)
	}
	return t.query(ctx, t.points, text, args)
}

// part is how much of the extent of a table a box covers; more than all where it cannot be told.
func (t *Tables) part(made *table, b geo.BBox) float64 {
	extent := t.state.Load().infos[made.id].Extent
	if extent == nil || b.East < b.West || extent.East <= extent.West || extent.North <= extent.South {
		return math.Inf(1)
	}
	return (b.East - b.West) * (b.North - b.South) / ((extent.East - extent.West) * (extent.North - extent.South))
}

// read is what a query gave: the features in the order asked for, and the keys of the first and the last.
type read struct {
	features    []source.Feature
	first, last []*string
	more        bool // there are rows beyond, in the direction in which it was read
}

func (t *Tables) readRows(ctx context.Context, p *plan) (read, error) {
	text, args := p.statement()
	rows, err := t.run(ctx, p, text, args)
	if err != nil {
		return read{}, err
	}
	defer rows.Close()
	e := newEncoder(p.selection)
	defer e.release()
	var r read
	var first, last ends
	r.more, err = e.read(rows, p.limit, func(values []sql.RawBytes) {
		if e.count == 1 {
			first.keep(p.selection, values)
		}
		last.keep(p.selection, values)
	})
	if err != nil {
		return read{}, err
	}
	r.features = e.features()
	r.first, r.last = first.texts(), last.texts()
	if p.backwards && p.order.total {
		slices.Reverse(r.features)
		r.first, r.last = r.last, r.first
	}
	return r, nil
}

// ends are the keys of one row, in room that is used again.
type ends struct {
	data   []byte
	bounds []int // where each key ends in data; of NULL the complement of that
}

func (k *ends) keep(s *selection, row []sql.RawBytes) {
	k.data, k.bounds = k.data[:0], k.bounds[:0]
	for _, i := range s.order {
		k.data = append(k.data, row[i]...)
		end := len(k.data)
		if row[i] == nil {
			end = ^end
		}
		k.bounds = append(k.bounds, end)
	}
}

func (k *ends) texts() []*string {
	list := make([]*string, len(k.bounds))
	from := 0
	for i, end := range k.bounds {
		if end < 0 {
			continue
		}
		text := string(k.data[from:end])
		list[i], from = &text, end
	}
	return list
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

// all numbers the fields.
func (t *table) all() []int {
	list := make([]int, len(t.fields))
	for i := range list {
		list[i] = i
	}
	return list
}

// joinID makes the id of a row of its key.
func joinID(dst []byte, row []sql.RawBytes, key []int) []byte {
	if len(key) == 1 {
		return append(dst, row[key[0]]...)
	}
	for i, at := range key {
		if i > 0 {
			dst = append(dst, ',')
		}
		for _, c := range row[at] {
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
