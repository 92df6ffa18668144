package mvt

// mender finds and repairs what rounding broke. Its memory is used again.
type mender struct {
	sweep  sweep
	segs   []segment
	splits []split
	inside []bool
	touch  []int32
	edges  edges
}

// pairBudget bounds the pairs of segments that are looked at for one geometry: a sound one takes a few for each
// segment. A geometry made to take more is drawn coarser.
const pairBudget = 4_000_000

// sound tells whether the rings of s, as they are rounded, are valid polygons: no ring meets itself or another,
// outer rings are outside of each other, holes inside their own. Most shapes are seen to be sound without looking
// at pairs of edges.
func (m *mender) sound(s *shape) bool {
	if m.apart(s) {
		return true
	}
	m.load(s)
	m.sweep.budget = pairBudget + 64*len(m.segs)
	return m.sweep.pairs(func(i, j int32) bool { return !m.meet(i, j) }) && m.nested(s)
}

// apart tells whether all rings are stars in boxes of their own.
func (m *mender) apart(s *shape) bool {
	if len(s.paths) > 8 {
		return false
	}
	var boxes [8][2]point
	for i, p := range s.paths {
		if !p.star || !p.outer {
			return false
		}
		if len(s.paths) == 1 {
			return true
		}
		boxes[i] = boxOf(s.of(p))
		for _, b := range boxes[:i] {
			if boxes[i][0].x <= b[1].x && boxes[i][1].x >= b[0].x && boxes[i][0].y <= b[1].y && boxes[i][1].y >= b[0].y {
				return false
			}
		}
	}
	return true
}

func boxOf(pts []point) [2]point {
	low, high := pts[0], pts[0]
	for _, p := range pts[1:] {
		low = point{min(low.x, p.x), min(low.y, p.y)}
		high = point{max(high.x, p.x), max(high.y, p.y)}
	}
	return [2]point{low, high}
}

// load makes segments of the rings of s and sorts them.
func (m *mender) load(s *shape) {
	m.segs = m.segs[:0]
	for ring, p := range s.paths {
		pts := s.of(p)
		last := pts[len(pts)-1]
		for _, pt := range pts {
			m.segs = append(m.segs, segment{last, pt, int32(ring)})
			last = pt
		}
	}
	m.sweep.load(m.segs)
}

// meet tells whether two segments, whose boxes do, have a point in common, other than neighbours in a ring their
// common end.
func (m *mender) meet(i, j int32) bool {
	a, b := &m.segs[i], &m.segs[j]
	neighbours := a.ring == b.ring && (j == i+1 || i == j+1 || m.ends(i, j))
	return !neighbours && meets(a, b)
}

// ends tells whether one of two segments is the first of its ring and the other one the last.
func (m *mender) ends(i, j int32) bool {
	i, j = min(i, j), max(i, j)
	first := i == 0 || m.segs[i-1].ring != m.segs[i].ring
	last := int(j) == len(m.segs)-1 || m.segs[j+1].ring != m.segs[j].ring
	return first && last
}

func meets(a, b *segment) bool {
	b0, b1 := turn(a.a, a.b, b.a), turn(a.a, a.b, b.b)
	if b0 > 0 && b1 > 0 || b0 < 0 && b1 < 0 {
		return false
	}
	a0, a1 := turn(b.a, b.b, a.a), turn(b.a, b.b, a.b)
	return (a0 <= 0 || a1 <= 0) && (a0 >= 0 || a1 >= 0)
}

// nested tells whether rings that do not meet lie as they should: holes in their outer ring and an odd number of
// rings in all, outer rings in an even number.
func (m *mender) nested(s *shape) bool {
	outer := 0
	for i, p := range s.paths {
		if p.outer {
			outer = i
			if len(s.paths) == 1 {
				return p.area2 != 0
			}
		}
		at := s.pts[p.start]
		m.surround(len(s.paths), point{2 * at.x, 2 * at.y}, i)
		if p.area2 == 0 || p.outer != (len(m.touch)%2 == 0) || !p.outer && !m.inside[outer] {
			return false
		}
	}
	return true
}

// surround notes in inside, and as a list in touch, which of n rings, other than but, hold p. The numbers of p are
// twice those of a position.
func (m *mender) surround(n int, p point, but int) {
	if len(m.inside) != n {
		m.inside = append(m.inside[:0], make([]bool, n)...)
	}
	for _, ring := range m.touch {
		if int(ring) < n {
			m.inside[ring] = false
		}
	}
	m.touch = m.touch[:0]
	m.sweep.westOf(p, func(i int32) {
		ring := m.sweep.segs[i].ring
		if int(ring) == but {
			return
		}
		m.inside[ring] = !m.inside[ring]
		m.touch = append(m.touch, ring)
	})
	kept := m.touch[:0]
	for _, ring := range m.touch {
		if m.inside[ring] {
			kept = append(kept, ring)
			m.inside[ring] = false // once only
		}
	}
	m.touch = kept
	for _, ring := range m.touch {
		m.inside[ring] = true
	}
}
