package mvt

import (
	"cmp"
	"slices"
)

// split is a point at which a segment is to be cut.
type split struct {
	seg   int32
	at    point
	along int64 // how far, in an order of its own
}

// maxRounds bounds how often cut segments are looked at again: a cut moves a segment by half a unit, so that it
// may meet others. Four rounds are rare.
const maxRounds = 12

// repair replaces the rings of s by valid polygons that cover what an odd number of them covered (as ST_MakeValid
// does), which may be nothing. It moves edges by less than a unit, or by more where so many edges cross that they
// cannot all be kept.
func (m *mender) repair(s *shape) {
	for step := int32(1); step <= 64; step *= 4 {
		if step > 1 {
			for i, p := range s.pts {
				s.pts[i] = p.snap(step)
			}
		}
		m.load(s)
		if m.node(step) {
			m.edges.trace(m, s)
			break
		}
		if step == 64 {
			s.reset()
		}
	}
}

// snap returns the nearest position whose numbers are multiples of step, halves up.
func (p point) snap(step int32) point {
	return point{floorDiv(p.x+step/2, step) * step, floorDiv(p.y+step/2, step) * step}
}

func floorDiv(a, b int32) int32 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// node cuts the segments until they meet at their ends only, at positions of the grid, and drops those that lie on
// each other in pairs. It gives up, and says so, when that takes too long.
func (m *mender) node(step int32) bool {
	m.segs = oddOnes(m.segs)
	m.sweep.budget = pairBudget
	for range maxRounds {
		m.sweep.load(m.segs)
		m.splits = m.splits[:0]
		if !m.sweep.pairs(func(i, j int32) bool {
			m.cut(i, j, step)
			return len(m.splits) <= pairBudget/4
		}) {
			return false
		}
		if len(m.splits) == 0 {
			return true
		}
		m.apply()
	}
	return false
}

// cut notes where segments i and j have to be cut.
func (m *mender) cut(i, j, step int32) {
	a, b := &m.segs[i], &m.segs[j]
	b0, b1 := turn(a.a, a.b, b.a), turn(a.a, a.b, b.b)
	if b0 > 0 && b1 > 0 || b0 < 0 && b1 < 0 {
		return
	}
	a0, a1 := turn(b.a, b.b, a.a), turn(b.a, b.b, a.b)
	if a0 > 0 && a1 > 0 || a0 < 0 && a1 < 0 {
		return
	}
	if b0 != 0 && b1 != 0 && a0 != 0 && a1 != 0 {
		at := cross(b, b0, b1, step)
		m.split(i, at)
		m.split(j, at)
		return
	}
	if b0 == 0 {
		m.splitOn(i, b.a)
	}
	if b1 == 0 {
		m.splitOn(i, b.b)
	}
	if a0 == 0 {
		m.splitOn(j, a.a)
	}
	if a1 == 0 {
		m.splitOn(j, a.b)
	}
}

// cross returns the position of the grid next to where b crosses a line from which its ends turn by b0 and b1.
func cross(b *segment, b0, b1 int64, step int32) point {
	// b.a + (b.b − b.a) · b0 / (b0 − b1)
	num, den := b0, b0-b1
	if den < 0 {
		num, den = -num, -den
	}
	return point{along(b.a.x, b.b.x, num, den, step), along(b.a.y, b.b.y, num, den, step)}
}

// along returns from + (to − from) · num / den, rounded to a multiple of step; 0 ≤ num ≤ den.
func along(from, to int32, num, den int64, step int32) int32 {
	s := int64(step)
	n := int64(from)*den + int64(to-from)*num // · 1/den
	q, r := (2*n+s*den)/(2*s*den), (2*n+s*den)%(2*s*den)
	if r < 0 {
		q--
	}
	return int32(q * s)
}

// splitOn is split for a position on the line of the segment, if it lies between its ends.
func (m *mender) splitOn(i int32, at point) {
	a, b := m.segs[i].a, m.segs[i].b
	if at.x < min(a.x, b.x) || at.x > max(a.x, b.x) || at.y < min(a.y, b.y) || at.y > max(a.y, b.y) {
		return
	}
	m.split(i, at)
}

func (m *mender) split(i int32, at point) {
	a, b := m.segs[i].a, m.segs[i].b
	if at == a || at == b {
		return
	}
	along := int64(at.x-a.x)*int64(b.x-a.x) + int64(at.y-a.y)*int64(b.y-a.y)
	m.splits = append(m.splits, split{i, at, along})
}

// apply cuts the segments as noted.
func (m *mender) apply() {
	slices.SortFunc(m.splits, func(a, b split) int {
		return cmp.Or(cmp.Compare(a.seg, b.seg), cmp.Compare(a.along, b.along), comparePoints(a.at, b.at))
	})
	for from := 0; from < len(m.splits); {
		seg := m.segs[m.splits[from].seg]
		last := seg.a
		to := from
		for ; to < len(m.splits) && m.splits[to].seg == m.splits[from].seg; to++ {
			if at := m.splits[to].at; at != last {
				m.segs = append(m.segs, segment{last, at, seg.ring})
				last = at
			}
		}
		m.segs[m.splits[from].seg] = segment{last, seg.b, seg.ring}
		from = to
	}
	m.segs = oddOnes(m.segs)
}

// oddOnes returns the segments that occur an odd number of times in either direction, once each, in order. The
// others separate nothing.
func oddOnes(segs []segment) []segment {
	for i, s := range segs {
		if comparePoints(s.a, s.b) > 0 {
			segs[i].a, segs[i].b = s.b, s.a
		}
	}
	slices.SortFunc(segs, func(p, q segment) int {
		return cmp.Or(comparePoints(p.a, q.a), comparePoints(p.b, q.b))
	})
	kept := segs[:0]
	for _, s := range segs {
		n := len(kept)
		switch {
		case s.a == s.b:
		case n > 0 && kept[n-1].a == s.a && kept[n-1].b == s.b:
			kept = kept[:n-1]
		default:
			kept = append(kept, s)
		}
	}
	return kept
}

func comparePoints(a, b point) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) }
