package topology

import (
	"github.com/paulmach/orb"
)

// Common returns what two valid polygons or multipolygons have in common, nil for nothing. The error is a geo.Fault.
func Common(g, h orb.Geometry) (orb.MultiPolygon, error) {
	return compare(both, g, h)
}

// Beyond returns what of g, a valid polygon or multipolygon, lies in none of the others, nil for nothing. Those may
// overlap. The error is a geo.Fault.
func Beyond(g orb.Geometry, others ...orb.Geometry) (orb.MultiPolygon, error) {
	return compare(firstOnly, g, others...)
}

func compare(in func(winding) bool, g orb.Geometry, others ...orb.Geometry) (orb.MultiPolygon, error) {
	whole := g.Bound()
	for _, o := range others {
		whole = whole.Union(o.Bound())
	}
	sc := scene{noder: newNoder()}
	if err := sc.settle(whole); err != nil {
		return nil, err
	}
	low, high := sc.point(g.Bound().Min), sc.point(g.Bound().Max)
	sc.low, sc.high = point{low.x - 2, low.y - 2}, point{high.x + 2, high.y + 2}
	first, err := sc.helper(partsOf(g))
	if err != nil {
		return nil, err
	}
	var rest []int
	for _, o := range others {
		h, err := sc.helper(partsOf(o))
		if err != nil {
			return nil, err
		}
		rest = append(rest, h)
	}
	if err := sc.node(); err != nil {
		return nil, err
	}
	return sc.multi(sc.region(cover([]int{first}, rest), in)), nil
}

// near returns an open ring without what does not matter within a box: of vertices in a row that all lie beyond the
// same side of it only the first and the last stay. How often it winds around places in the box stays the same.
func near(open []point, low, high point) []point {
	beyond := func(p point) int {
		side := 0
		for i, out := range []bool{p.x < low.x, p.y < low.y, p.x > high.x, p.y > high.y} {
			if out {
				side |= 1 << i
			}
		}
		return side
	}
	kept := open[:1:1]
	side := beyond(open[0])
	for k := 1; k < len(open); k++ {
		next := beyond(open[k])
		if side&next == 0 {
			kept = append(kept, open[k-1])
			side = beyond(open[k-1])
		}
		side &= next
	}
	return append(kept, open[len(open)-1])
}

// Touches returns a place on each hole of a valid polygon or multipolygon that touches its outer ring.
func Touches(g orb.Geometry) []orb.Point {
	sc := scene{noder: newNoder()}
	if partsOf(g) == nil || sc.settle(g.Bound()) != nil {
		return nil
	}
	var out []orb.Point
	for _, polygon := range partsOf(g) {
		var rings [][]point
		for _, r := range polygon {
			points, err := sc.points(r)
			if err != nil {
				return out
			}
			rings = append(rings, points)
		}
		for i := 1; i < len(rings); i++ {
			if at, ok := touch(rings[0], rings[i]); ok {
				out = append(out, sc.place(at))
			}
		}
	}
	return out
}

// touch returns the first vertex of one closed ring that lies on the other.
func touch(shell, hole []point) (point, bool) {
	for _, pair := range [][2][]point{{shell, hole}, {hole, shell}} {
		edges, vertices := pair[0], pair[1]
		tree := treeOf(len(edges)-1, func(i int) (point, point) { return edges[i], edges[i+1] })
		for _, p := range vertices {
			on := false
			_ = tree.RangeSearch(boxOf(p, p), func(i int) error {
				on = on || passes(edges[i], edges[i+1], p)
				return nil
			})
			if on {
				return p, true
			}
		}
	}
	return point{}, false
}
