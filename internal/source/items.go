package source

import (
	"context"
	"slices"
	"sort"

	"parkmap/internal/layout"
)

// Items implements Source. Features come by SortBy, absent values last, and by layout.Compare where that says
// nothing. NumberMatched is exact. Errors are not-found for the collection, and invalid with the parameter as
// the path of each violation: the name of a property, or limit, datetime, sortby, q or ParameterToken.
//
// Features of the snapshot have no time of their own, changed_at being that of the record: each of them
// matches every interval.
func (s *Snapshot) Items(ctx context.Context, q Query) (Page, error) {
	if err := ctx.Err(); err != nil {
		return Page{}, layout.Unavailable("items", err)
	}
	c, err := s.find(q.Collection)
	if err != nil {
		return Page{}, err
	}
	p, err := s.newPlan(c, q)
	if err != nil {
		return Page{}, err
	}
	buffer := s.buffers.Get().(*[]int32)
	defer s.buffers.Put(buffer)
	rows := s.rows(ctx, p, buffer)
	if err := ctx.Err(); err != nil {
		return Page{}, layout.Unavailable("items", err)
	}
	return s.page(p, rows, q)
}

// rows returns the rows that the plan lets through, in its order. Where it lets all through in the order of the
// collection they are those of the collection; else they stand in buffer. They are not complete when ctx has ended.
func (s *Snapshot) rows(ctx context.Context, p *plan, buffer *[]int32) []int32 {
	if !p.filters() && len(p.sort) == 0 {
		return p.collection.rows
	}
	rows := s.matching(ctx, p, (*buffer)[:0])
	if len(p.sort) > 0 {
		slices.SortFunc(rows, func(a, b int32) int { return s.compareRows(p, a, b) })
	}
	*buffer = rows
	return rows
}

// patience is how many rows are looked at before asking whether the client still waits.
const patience = 128

// matching appends the rows that the plan lets through to rows, ascending.
func (s *Snapshot) matching(ctx context.Context, p *plan, rows []int32) []int32 {
	if p.box == nil {
		for i, row := range p.collection.rows {
			if i%patience == 0 && ctx.Err() != nil {
				break
			}
			if p.holds(row, &s.entries[row]) {
				rows = append(rows, row)
			}
		}
		return rows
	}
	for _, b := range p.box.Bounds() {
		_ = p.collection.tree.RangeSearch(rtreeBox(b.Min[0], b.Min[1], b.Max[0], b.Max[1]), func(i int) error {
			if row, e := int32(i), &s.entries[i]; p.box.Intersects(e.feature.Geometry) && p.holds(row, e) {
				rows = append(rows, row)
			}
			return nil // so there is no error to look at
		})
	}
	slices.Sort(rows)
	return slices.Compact(rows) // a feature may reach into both parts of a box across 180°
}

func (s *Snapshot) compareRows(p *plan, a, b int32) int {
	for _, k := range p.sort {
		if c := compareValues(s.entries[a].values[k.column], s.entries[b].values[k.column], k.descending); c != 0 {
			return c
		}
	}
	return int(a - b)
}

// page cuts the page that q asks for out of rows.
func (s *Snapshot) page(p *plan, rows []int32, q Query) (Page, error) {
	from, to := 0, min(q.Limit, len(rows))
	switch {
	case q.After != "":
		at, err := s.seek(p, q.After)
		if err != nil {
			return Page{}, err
		}
		from = sort.Search(len(rows), func(i int) bool { return at(rows[i]) > 0 })
		to = from + min(q.Limit, len(rows)-from)
	case q.Before != "":
		at, err := s.seek(p, q.Before)
		if err != nil {
			return Page{}, err
		}
		to = sort.Search(len(rows), func(i int) bool { return at(rows[i]) >= 0 })
		from = max(0, to-q.Limit)
	}
	page := Page{Features: s.features(p, rows, from, to), NumberMatched: len(rows)}
	if from > 0 && from < to {
		page.Prev = s.token(p, rows[from])
	}
	if to < len(rows) && from < to {
		page.Next = s.token(p, rows[to-1])
	}
	return page, nil
}

// features returns those of rows[from:to]; they are shared where the rows are all of the collection.
func (s *Snapshot) features(p *plan, rows []int32, from, to int) []Feature {
	if !p.filters() && len(p.sort) == 0 {
		return p.collection.features[from:to:to]
	}
	features := make([]Feature, to-from)
	for i, row := range rows[from:to] {
		features[i] = s.entries[row].read
	}
	return features
}
