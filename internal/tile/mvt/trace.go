package mvt

import (
	"cmp"
	"math"
	"slices"
)

// edges are segments that meet at their ends only, each seen from both ends: the boundary of what an odd number of
// rings covers. They are ordered by where they begin and, at one point, by direction, so that around a point
// inside and outside alternate.
type edges struct {
	halves []half
	pts    []point
	loops  []path
	owner  []int // of an outer ring, twice its number; of a hole, one more than that of the ring that holds it
	order  []int
	seen   map[point]int
	stack  []int32
}

// half is one direction of a segment.
type half struct {
	from, to point
	twin     int32
	first, n int32 // the halves that begin at from
	known    bool
	inside   bool // the inside lies on the side to which turn is positive
	done     bool
}

// trace replaces the rings of s by those around what the segments of m enclose.
func (e *edges) trace(m *mender, s *shape) {
	e.load(m.segs)
	m.sweep.load(m.segs)
	for i := range e.halves {
		if !e.halves[i].known {
			e.spread(m, int32(i))
		}
	}
	e.pts, e.loops = e.pts[:0], e.loops[:0]
	for i := range e.halves {
		if h := &e.halves[i]; h.inside && !h.done {
			e.walk(int32(i))
		}
	}
	e.write(m, s)
}

// load sorts the segments seen from both ends.
func (e *edges) load(segs []segment) {
	e.halves = e.halves[:0]
	for i, s := range segs {
		e.halves = append(e.halves, half{from: s.a, to: s.b, twin: int32(i)}, half{from: s.b, to: s.a, twin: int32(i)})
	}
	slices.SortFunc(e.halves, func(p, q half) int {
		return cmp.Or(comparePoints(p.from, q.from), compareDirections(p, q))
	})
	other := make([]int32, len(segs))
	for i := range other {
		other[i] = -1
	}
	for i := range e.halves {
		h := &e.halves[i]
		if seg := h.twin; other[seg] < 0 {
			other[seg] = int32(i)
		} else {
			h.twin = other[seg]
			e.halves[h.twin].twin = int32(i)
		}
	}
	for first := 0; first < len(e.halves); {
		end := first
		for end < len(e.halves) && e.halves[end].from == e.halves[first].from {
			end++
		}
		for i := first; i < end; i++ {
			e.halves[i].first, e.halves[i].n = int32(first), int32(end-first)
		}
		first = end
	}
}

// compareDirections orders halves that begin at one point by direction, from straight up (x equal, y falling)
// on towards growing x, so that those to the west come last.
func compareDirections(p, q half) int {
	if c := cmp.Compare(westward(p), westward(q)); c != 0 {
		return c
	}
	return cmp.Compare(0, turn(p.from, p.to, point{q.to.x - q.from.x + p.from.x, q.to.y - q.from.y + p.from.y}))
}

func westward(h half) int {
	if h.to.x < h.from.x || h.to.x == h.from.x && h.to.y > h.from.y {
		return 1
	}
	return 0
}

// spread finds the inside of all halves joined with half i, the first of those joined that is not known: nothing
// joined lies west of where it begins.
func (e *edges) spread(m *mender, i int32) {
	h := e.halves[i]
	crossed := 0
	m.sweep.westOf(point{2 * h.from.x, 2 * h.from.y}, func(int32) { crossed++ })
	// The last half in order has the west on the side to which turn is positive.
	e.around(h.first+h.n-1, crossed%2 == 1)
	e.stack = append(e.stack[:0], h.first)
	for len(e.stack) > 0 {
		first := e.stack[len(e.stack)-1]
		e.stack = e.stack[:len(e.stack)-1]
		for j := first; j < first+e.halves[first].n; j++ {
			twin := e.halves[j].twin
			if t := &e.halves[twin]; !t.known {
				e.around(twin, !e.halves[j].inside)
				e.stack = append(e.stack, t.first)
			}
		}
	}
}

// around notes the inside of half i and, alternating, of those that begin at the same point.
func (e *edges) around(i int32, inside bool) {
	first, n := e.halves[i].first, e.halves[i].n
	for j := range n {
		h := &e.halves[first+j]
		h.known, h.inside = true, inside == ((first+j-i)%2 == 0)
	}
}

// walk goes around the inside that half i borders and cuts the way into loops where it comes to a point again.
func (e *edges) walk(i int32) {
	if e.seen == nil {
		e.seen = map[point]int{}
	}
	clear(e.seen)
	var way []point
	for h := &e.halves[i]; !h.done; h = &e.halves[i] {
		h.done = true
		if at, again := e.seen[h.from]; again {
			e.loop(way[at:])
			for _, p := range way[at:] {
				delete(e.seen, p)
			}
			way = way[:at]
		}
		e.seen[h.from] = len(way)
		way = append(way, h.from)
		// The next half around the same inside is the one before the twin.
		t := &e.halves[h.twin]
		i = t.first + (h.twin-t.first+t.n-1)%t.n
	}
	e.loop(way)
}

func (e *edges) loop(way []point) {
	area2, _ := measure(way)
	e.loops = append(e.loops, path{start: len(e.pts), end: len(e.pts) + len(way), outer: area2 > 0, area2: area2})
	e.pts = append(e.pts, way...)
}

// write puts the loops into s: each outer ring with its holes.
func (e *edges) write(m *mender, s *shape) {
	e.nest(m)
	e.order = e.order[:0]
	for i := range e.loops {
		e.order = append(e.order, i)
	}
	slices.SortStableFunc(e.order, func(i, j int) int { return cmp.Compare(e.owner[i], e.owner[j]) })
	s.reset()
	for _, i := range e.order {
		e.put(s, e.loops[i])
	}
}

func (e *edges) put(s *shape, p path) {
	start := len(s.pts)
	s.pts = append(s.pts, e.pts[p.start:p.end]...)
	p.start, p.end = start, len(s.pts)
	s.paths = append(s.paths, p)
	s.start = len(s.pts)
}

// nest finds the smallest outer ring around each hole.
func (e *edges) nest(m *mender) {
	segs := m.segs[:0]
	for ring, p := range e.loops {
		for j := p.start; j < p.end; j++ {
			next := j + 1
			if next == p.end {
				next = p.start
			}
			segs = append(segs, segment{e.pts[j], e.pts[next], int32(ring)})
		}
	}
	m.segs = segs
	m.sweep.load(segs)
	e.owner = append(e.owner[:0], make([]int, len(e.loops))...)
	for i, p := range e.loops {
		if e.owner[i] = 2 * i; p.outer {
			continue
		}
		a, b := e.pts[p.start], e.pts[p.start+1]
		m.surround(len(e.loops), point{a.x + b.x, a.y + b.y}, i)
		least := int64(math.MaxInt64)
		for _, ring := range m.touch {
			if l := e.loops[ring]; l.outer && l.area2 < least {
				least, e.owner[i] = l.area2, 2*int(ring)+1
			}
		}
	}
}
