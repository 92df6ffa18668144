package geo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/rtree"
)

// largeRing is the number of positions from which a ring is searched by an index.
const largeRing = 64

// checkNesting finds holes outside their outer ring, holes in holes and parts in parts. No two rings cross.
func (t *topology) checkNesting() {
	shells := t.shells()
	tree := rtree.BulkLoad(boxesOf(t.rings, func(r topoRing) (orb.Point, orb.Point) { return r.bound.Min, r.bound.Max }))
	for i := range t.rings {
		r := &t.rings[i]
		if r.index > 0 && !t.inside(i, shells[r.part]) {
			t.add(RuleHoleInside, t.loosePoint(i, shells[r.part]), fmt.Sprintf("hole %d lies outside the outer ring", r.index))
		}
		_ = tree.RangeSearch(boxOf(r.bound.Min, r.bound.Max), func(j int) error {
			t.checkPair(i, j)
			return t.full()
		})
		if t.full() != nil {
			return
		}
	}
}

func (t *topology) full() error {
	if len(t.faults) >= maxFaults {
		return rtree.Stop
	}
	return nil
}

// checkPair finds ring i in ring j where neither may hold the other.
func (t *topology) checkPair(i, j int) {
	a, b := &t.rings[i], &t.rings[j]
	switch {
	case i == j:
	case a.part == b.part && a.index > 0 && b.index > 0:
		if t.inside(i, j) {
			t.add(RuleHolesApart, t.loosePoint(i, j), fmt.Sprintf("hole %d lies in hole %d", a.index, b.index))
		}
	case a.part != b.part && a.index == 0 && b.index == 0:
		if t.inside(i, j) && !t.inHole(i, j) {
			t.add(RulePartsApart, t.loosePoint(i, j), fmt.Sprintf("part %d lies in part %d", a.part+1, b.part+1))
		}
	}
}

// shells returns the number of the outer ring of each part.
func (t *topology) shells() []int {
	var shells []int
	for i := range t.rings {
		if t.rings[i].index == 0 {
			shells = append(shells, i)
		}
	}
	return shells
}

// inHole tells whether ring i lies in a hole of the part whose outer ring is shell.
func (t *topology) inHole(i, shell int) bool {
	part := t.rings[shell].part
	for h := shell + 1; h < len(t.rings) && t.rings[h].part == part; h++ {
		if t.inside(i, h) {
			return true
		}
	}
	return false
}

// inside tells whether ring i lies inside ring j, which it does not cross.
func (t *topology) inside(i, j int) bool {
	a, b := &t.rings[i], &t.rings[j]
	if !b.bound.Contains(a.bound.Min) || !b.bound.Contains(a.bound.Max) {
		return false
	}
	if in, touch := t.within[[2]int{i, j}]; touch {
		return in
	}
	return b.contains(a.points[0])
}

// loosePoint returns a position of ring i that ring j does not pass, or the first one.
func (t *topology) loosePoint(i, j int) orb.Point {
	shared := map[orb.Point]bool{}
	for _, touch := range t.touches {
		if touch.a == i && touch.b == j || touch.a == j && touch.b == i {
			shared[touch.at] = true
		}
	}
	for _, p := range t.rings[i].points {
		if !shared[p] {
			return p
		}
	}
	return t.rings[i].points[0]
}

func (r *topoRing) contains(p orb.Point) bool {
	if len(r.points) < largeRing {
		return inRing(r.points, p)
	}
	if r.finder == nil {
		r.finder = newRingFinder(r.points)
	}
	return r.finder.contains(p)
}

// ringFinder answers inRing for a ring with many positions.
type ringFinder struct {
	points []orb.Point
	tree   *rtree.RTree
}

func newRingFinder(points []orb.Point) *ringFinder {
	edges := make([]int, len(points)-1)
	for i := range edges {
		edges[i] = i
	}
	boxes := boxesOf(edges, func(i int) (orb.Point, orb.Point) { return points[i], points[i+1] })
	return &ringFinder{points, rtree.BulkLoad(boxes)}
}

func (f *ringFinder) contains(p orb.Point) bool {
	inside := false
	east := rtree.Box{MinX: p[0], MaxX: math.Inf(1), MinY: p[1], MaxY: p[1]}
	_ = f.tree.RangeSearch(east, func(i int) error {
		if rayCrosses(f.points[i], f.points[i+1], p) {
			inside = !inside
		}
		return nil
	})
	return inside
}

// groups keeps track of which things are joined, directly or through others.
type groups []int

func newGroups(n int) groups {
	g := make(groups, n)
	for i := range g {
		g[i] = i
	}
	return g
}

func (g *groups) grow() int {
	*g = append(*g, len(*g))
	return len(*g) - 1
}

func (g groups) find(i int) int {
	for g[i] != i {
		g[i] = g[g[i]]
		i = g[i]
	}
	return i
}

// join puts a and b into one group; false when they were in one already.
func (g groups) join(a, b int) bool {
	a, b = g.find(a), g.find(b)
	g[a] = b
	return a != b
}
