package topology

import (
	"cmp"
	"slices"

	"github.com/peterstace/simplefeatures/rtree"
)

// directed is an edge with the inside on its left.
type directed struct {
	from, to point
	line     bool // of a line that cuts
}

// ring is a closed way without its closing point, none of which occurs twice; holes turn clockwise.
type ring struct {
	points []point
	area2  int64 // twice the area, negative for holes
	line   bool  // a part of it is of a line that cuts
}

// polygon is an outer ring and its holes.
type polygon []ring

// boundary returns the edges around the faces whose winding is in.
func (hs halves) boundary(in func(winding) bool) []directed {
	var out []directed
	for i := range hs {
		h := &hs[i]
		if in(h.left) && !in(h.left.plus(h.step, -1)) {
			out = append(out, directed{from: h.from, to: h.to})
		}
	}
	return out
}

// tracer walks around faces.
type tracer struct {
	edges []directed // by where they begin and counter-clockwise
	start map[point]int
	walk  []int // of each edge, the number of the walk
	rings [][]ring
}

// trace returns the polygons around the faces on the left of edges, which meet at their ends only: outer rings are
// split where they touch themselves, so each polygon is valid. They begin at their smallest point and are ordered
// by it.
func trace(edges []directed) []polygon {
	t := newTracer(edges)
	for i := range t.edges {
		if t.walk[i] < 0 {
			t.rings = append(t.rings, loops(t.follow(i)))
		}
	}
	return t.polygons()
}

func newTracer(edges []directed) *tracer {
	slices.SortFunc(edges, func(p, q directed) int {
		return cmp.Or(comparePoints(p.from, q.from),
			compareDirections(half{from: p.from, to: p.to}, half{from: q.from, to: q.to}))
	})
	t := &tracer{edges: edges, start: make(map[point]int, len(edges)), walk: make([]int, len(edges))}
	for i := range edges {
		t.walk[i] = -1
		if i == 0 || edges[i].from != edges[i-1].from {
			t.start[edges[i].from] = i
		}
	}
	return t
}

// follow goes around the face on the left of edge i and returns the edges on the way.
func (t *tracer) follow(i int) []directed {
	number := len(t.rings)
	var way []directed
	for i >= 0 && t.walk[i] < 0 {
		t.walk[i] = number
		way = append(way, t.edges[i])
		i = t.next(i)
	}
	return way
}

// next returns the edge that goes on around the face on the left of edge i: the first one clockwise from the way
// back. It is -1 where there is none, which only a chain that is not closed has.
func (t *tracer) next(i int) int {
	e := t.edges[i]
	first, ok := t.start[e.to]
	if !ok {
		return -1
	}
	back := half{from: e.to, to: e.from}
	last := first
	best := -1
	for k := first; k < len(t.edges) && t.edges[k].from == e.to; k++ {
		last = k
		if compareDirections(half{from: e.to, to: t.edges[k].to}, back) < 0 {
			best = k
		}
	}
	if best < 0 {
		return last
	}
	return best
}

// loops cuts a closed way where it comes to a point again.
func loops(way []directed) []ring {
	var rings []ring
	seen := make(map[point]int, len(way))
	var open []directed
	for _, e := range way {
		if at, again := seen[e.from]; again {
			for _, o := range open[at:] {
				delete(seen, o.from)
			}
			rings = append(rings, newRing(open[at:]))
			open = open[:at]
		}
		seen[e.from] = len(open)
		open = append(open, e)
	}
	return append(rings, newRing(open))
}

// newRing returns the ring of edges, from its smallest point on.
func newRing(edges []directed) ring {
	r := ring{points: make([]point, 0, len(edges))}
	low := 0
	for i, e := range edges {
		if comparePoints(e.from, edges[low].from) < 0 {
			low = i
		}
		r.line = r.line || e.line
	}
	for i := range edges {
		r.points = append(r.points, edges[(low+i)%len(edges)].from)
	}
	r.area2 = area2(r.points)
	return r
}

// area2 returns twice the area of an open ring, positive when it turns counter-clockwise.
func area2(points []point) int64 {
	var sum int64
	for i := 2; i < len(points); i++ {
		sum += turn(points[0], points[i-1], points[i])
	}
	return sum
}

// polygons joins the holes to their outer rings. A walk around a face either has its outer ring, or it goes around
// holes, and the edge next in the west belongs to the same face.
func (t *tracer) polygons() []polygon {
	owner := make([]int, len(t.rings)) // the walk with the outer ring of the face
	var tree *rtree.RTree
	order := make([]int, len(t.rings))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return comparePoints(t.corner(i), t.corner(j)) })
	for _, i := range order {
		if owner[i] = i; t.outer(i) >= 0 {
			continue
		}
		if tree == nil {
			tree = treeOf(len(t.edges), func(k int) (point, point) { return t.edges[k].from, t.edges[k].to })
		}
		if west := t.west(tree, t.corner(i)); west >= 0 {
			owner[i] = owner[t.walk[west]]
		}
	}
	place := make(map[int]int)
	var out []polygon
	for _, i := range order {
		if shell := t.outer(i); shell >= 0 {
			place[i] = len(out)
			out = append(out, polygon{t.rings[i][shell]})
		}
	}
	for _, i := range order {
		at, ok := place[owner[i]]
		for k, r := range t.rings[i] {
			if ok && k != t.outer(i) && len(r.points) > 2 {
				out[at] = append(out[at], r)
			}
		}
	}
	return out
}

// outer returns which ring of walk i is the outer one, or -1.
func (t *tracer) outer(i int) int {
	return slices.IndexFunc(t.rings[i], func(r ring) bool { return r.area2 > 0 })
}

// corner returns the smallest point of walk i.
func (t *tracer) corner(i int) point {
	least := t.rings[i][0].points[0]
	for _, r := range t.rings[i] {
		if comparePoints(r.points[0], least) < 0 {
			least = r.points[0]
		}
	}
	return least
}

// west returns the edge that a ray from p to the west meets first, or -1. It goes down, as the face is on its left.
func (t *tracer) west(tree *rtree.RTree, p point) int {
	best := -1
	_ = tree.RangeSearch(boxOf(point{-1, p.y}, p), func(k int) error {
		b, a := t.edges[k].from, t.edges[k].to
		if a.y <= p.y && b.y > p.y && turn(a, b, p) < 0 && (best < 0 || t.eastOf(k, best)) {
			best = k
		}
		return nil
	})
	return best
}

// eastOf tells whether edge i lies east of edge j; both go down through one ray, and do not cross each other.
func (t *tracer) eastOf(i, j int) bool {
	a, b := t.edges[i].to, t.edges[i].from
	c, d := t.edges[j].to, t.edges[j].from
	var side int64
	if a.y >= c.y {
		side = turn(c, d, a)
	} else {
		side = -turn(a, b, c)
	}
	if side == 0 {
		if b.y <= d.y {
			side = turn(c, d, b)
		} else {
			side = -turn(a, b, d)
		}
	}
	return side < 0
}
