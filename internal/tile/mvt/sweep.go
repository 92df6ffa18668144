package mvt

import (
	"cmp"
	"slices"
)

// segment is an edge of ring number ring.
type segment struct {
	a, b point
	ring int32
}

// sweep finds segments that are near each other. It sorts them into bands of equal height, and within a band
// from west to east. It is used again and again.
type sweep struct {
	segs   []segment
	top    int32
	height int32
	starts []int32 // of each band in items, and one more for the end
	items  []int32 // numbers of segments
	next   []int32 // scratch of load
	budget int     // pairs that may still be looked at
}

// perBand is the number of segments that a band should hold.
const perBand = 48

// load sorts segs, of which it keeps hold.
func (s *sweep) load(segs []segment) {
	s.segs = segs
	low, high := int32(windowMax+1), int32(windowMin-1)
	for i := range segs {
		low = min(low, segs[i].a.y, segs[i].b.y)
		high = max(high, segs[i].a.y, segs[i].b.y)
	}
	bands := min(int32(len(segs)/perBand)+1, 1024)
	s.top, s.height = low, (high-low)/bands+1
	s.starts = append(s.starts[:0], make([]int32, bands+1)...)
	total := 0
	for i := range segs {
		from, to := s.bands(i)
		total += int(to-from) + 1
		for b := from; b <= to; b++ {
			s.starts[b+1]++
		}
	}
	for b := range bands {
		s.starts[b+1] += s.starts[b]
	}
	s.items = slices.Grow(s.items[:0], total)[:total]
	s.next = append(s.next[:0], s.starts...)
	for i := range segs {
		from, to := s.bands(i)
		for b := from; b <= to; b++ {
			s.items[s.next[b]] = int32(i)
			s.next[b]++
		}
	}
	for b := range bands {
		slices.SortFunc(s.items[s.starts[b]:s.starts[b+1]], func(i, j int32) int {
			return cmp.Or(cmp.Compare(s.west(i), s.west(j)), cmp.Compare(i, j))
		})
	}
}

func (s *sweep) bands(i int) (from, to int32) {
	a, b := s.segs[i].a.y, s.segs[i].b.y
	return (min(a, b) - s.top) / s.height, (max(a, b) - s.top) / s.height
}

func (s *sweep) west(i int32) int32 { return min(s.segs[i].a.x, s.segs[i].b.x) }

// pairs visits the pairs of segments whose boxes meet, each once, until visit returns false or the budget is
// spent. It tells whether it came to the end.
func (s *sweep) pairs(visit func(i, j int32) bool) bool {
	for b := range len(s.starts) - 1 {
		items := s.items[s.starts[b]:s.starts[b+1]]
		for n, i := range items {
			p := &s.segs[i]
			right := max(p.a.x, p.b.x)
			low, high := min(p.a.y, p.b.y), max(p.a.y, p.b.y)
			for _, j := range items[n+1:] {
				q := &s.segs[j]
				if min(q.a.x, q.b.x) > right {
					break
				}
				s.budget--
				qLow, qHigh := min(q.a.y, q.b.y), max(q.a.y, q.b.y)
				if qLow > high || qHigh < low || int((max(low, qLow)-s.top)/s.height) != b {
					continue
				}
				if !visit(i, j) {
					return false
				}
			}
			if s.budget < 0 {
				return false
			}
		}
	}
	return true
}

// westOf visits the segments that the way from p to the west crosses. The numbers of p are twice those of a
// position, so that the middle of a segment is a p. Where the way meets an end, the end in the south counts.
func (s *sweep) westOf(p point, visit func(i int32)) {
	band := (p.y>>1 - s.top) / s.height
	if p.y>>1 < s.top || int(band) >= len(s.starts)-1 {
		return
	}
	for _, i := range s.items[s.starts[band]:s.starts[band+1]] {
		a, b := s.segs[i].a, s.segs[i].b
		if 2*min(a.x, b.x) > p.x {
			return
		}
		if (2*a.y > p.y) == (2*b.y > p.y) {
			continue
		}
		if a.y > b.y {
			a, b = b, a
		}
		if turn(point{2 * a.x, 2 * a.y}, point{2 * b.x, 2 * b.y}, p) < 0 {
			visit(i)
		}
	}
}

// turn is positive where the way from a through b to c turns from the x axis towards the y axis, 0 where it is
// straight.
func turn(a, b, c point) int64 {
	return int64(b.x-a.x)*int64(c.y-a.y) - int64(b.y-a.y)*int64(c.x-a.x)
}
