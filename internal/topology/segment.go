package topology

import (
	"cmp"
	"slices"
)

// segment is an edge from a to the greater b, in the order of comparePoints, with the chains that run along it.
type segment struct {
	a, b   point
	uses   []use // by owner, none of them 0; shared between segments and never changed
	line   bool  // part of a line that cuts, whatever else it is
	active bool  // belongs to a shape that is worked on
	fresh  bool  // lies where no edge lay before
}

// use says that the chain of an owner runs along a segment, n times more often ahead than back. Ahead the inside
// lies on the left.
type use struct {
	owner int
	n     int
}

// newSegment returns the segment of a chain from p to q.
func newSegment(p, q point, owner int) segment {
	if comparePoints(p, q) > 0 {
		return segment{a: q, b: p, uses: []use{{owner, -1}}}
	}
	return segment{a: p, b: q, uses: []use{{owner, 1}}}
}

// of returns how often the chain of owner runs along s.
func (s *segment) of(owner int) int {
	for _, u := range s.uses {
		if u.owner == owner {
			return u.n
		}
	}
	return 0
}

// seen returns the other end of s, and the uses ahead from the end at.
func (s *segment) seen(at point) (other point, uses []use) {
	if s.a == at {
		return s.b, s.uses
	}
	return s.a, negative(s.uses)
}

// turned returns s with its ends at p and q instead of a and b.
func (s segment) turned(p, q point) segment {
	s.a, s.b = p, q
	if comparePoints(p, q) <= 0 {
		return s
	}
	s.a, s.b = q, p
	s.uses = negative(s.uses)
	return s
}

// negative returns uses seen from the other end.
func negative(uses []use) []use {
	out := slices.Clone(uses)
	for i := range out {
		out[i].n = -out[i].n
	}
	return out
}

// merged returns segs in order, those between the same ends as one, without those that no chain needs.
func merged(segs []segment) []segment {
	slices.SortStableFunc(segs, func(s, t segment) int {
		return cmp.Or(comparePoints(s.a, t.a), comparePoints(s.b, t.b))
	})
	out := segs[:0]
	for from := 0; from < len(segs); {
		to := from + 1
		s := segs[from]
		for to < len(segs) && segs[to].a == s.a && segs[to].b == s.b {
			t := segs[to]
			s.uses = added(s.uses, t.uses)
			s.line, s.active, s.fresh = s.line || t.line, s.active || t.active, s.fresh && t.fresh
			to++
		}
		if s.a != s.b && (len(s.uses) > 0 || s.line) {
			out = append(out, s)
		}
		from = to
	}
	return out
}

// added returns the sum of two lists of uses.
func added(a, b []use) []use {
	out := make([]use, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].owner < b[0].owner:
			out, a = append(out, a[0]), a[1:]
		case len(a) == 0 || b[0].owner < a[0].owner:
			out, b = append(out, b[0]), b[1:]
		default:
			if n := a[0].n + b[0].n; n != 0 {
				out = append(out, use{a[0].owner, n})
			}
			a, b = a[1:], b[1:]
		}
	}
	return out
}
