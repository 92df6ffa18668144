package geo

import (
	"slices"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/rtree"
)

// coverageCheck finds the arcs of a coverage whose simplification changed how rings lie to each other. Arcs
// keep their ends, so it is enough that no two cross, that no end of another changes sides, and that no ring
// turns over.
type coverageCheck struct {
	*coverage
	anchors  []orb.Point // the ends of all arcs
	tree     *rtree.RTree
	excepted map[[2]int]bool // arcs that cross in the input; nil until crossedBefore is asked
}

func newCoverageCheck(c *coverage) *coverageCheck {
	check := &coverageCheck{coverage: c}
	for i := range c.arcs {
		points := c.arcs[i].points
		check.anchors = append(check.anchors, points[0], points[len(points)-1])
	}
	slices.SortFunc(check.anchors, comparePoints)
	check.anchors = slices.Compact(check.anchors)
	check.tree = rtree.BulkLoad(boxesOf(check.anchors, func(p orb.Point) (orb.Point, orb.Point) { return p, p }))
	return check
}

// crossedBefore tells whether two arcs cross in the input. All pairs that do are found when it is first asked.
func (c *coverageCheck) crossedBefore(i, j int) bool {
	if c.excepted == nil {
		c.excepted = map[[2]int]bool{}
		whole := coverageCheck{coverage: &coverage{arcs: slices.Clone(c.arcs)}}
		for k := range whole.arcs {
			whole.arcs[k].kept = nil // those of c stay
			whole.arcs[k].simplify(0)
		}
		whole.crossings(func(i, j int) { c.excepted[[2]int{i, j}] = true })
	}
	return c.excepted[[2]int{i, j}]
}

// badArcs returns the simplified arcs that must get back vertices, in order.
func (c *coverageCheck) badArcs() []int {
	bad := make([]bool, len(c.arcs))
	c.crossings(func(i, j int) {
		if !c.crossedBefore(i, j) {
			bad[i], bad[j] = true, true
		}
	})
	for i := range c.arcs {
		bad[i] = bad[i] || c.sweepsAnchor(&c.arcs[i])
	}
	for _, r := range c.rings {
		if c.collapsed(r) {
			for _, use := range r.arcs {
				bad[use.arc] = true
			}
		}
	}
	var numbers []int
	for i := range c.arcs {
		if bad[i] && c.arcs[i].tolerance > 0 {
			numbers = append(numbers, i)
		}
	}
	return numbers
}

// crossings calls found for pairs of arcs, the smaller number first, that meet elsewhere than at common ends.
func (c *coverageCheck) crossings(found func(i, j int)) {
	var edges []arcEdge
	for i := range c.arcs {
		for k := range len(c.arcs[i].kept) - 1 {
			edges = append(edges, arcEdge{i, k})
		}
	}
	tree := rtree.BulkLoad(boxesOf(edges, c.ends))
	for i, e := range edges {
		_ = tree.RangeSearch(boxOf(c.ends(e)), func(j int) error {
			if j > i && c.cross(e, edges[j]) {
				found(e.arc, edges[j].arc)
			}
			return nil
		})
	}
}

// arcEdge is the stretch between two neighbouring vertices that stay.
type arcEdge struct{ arc, at int }

func (c *coverageCheck) ends(e arcEdge) (orb.Point, orb.Point) {
	a := &c.arcs[e.arc]
	return a.keptPoint(e.at), a.keptPoint(e.at + 1)
}

func (c *coverageCheck) cross(e, f arcEdge) bool {
	e0, e1 := c.ends(e)
	f0, f1 := c.ends(f)
	if e0 == e1 || f0 == f1 {
		return true
	}
	how, at := meet(e0, e1, f0, f1)
	if how != touching {
		return how != apart
	}
	if e.arc == f.arc && f.at == e.at+1 {
		return false
	}
	return !c.arcs[e.arc].endsAt(at) || !c.arcs[f.arc].endsAt(at)
}

func (a *arc) endsAt(p orb.Point) bool {
	return p == a.points[0] || p == a.points[len(a.points)-1]
}

// sweepsAnchor tells whether an end of another arc lies between a as it was and as it is.
func (c *coverageCheck) sweepsAnchor(a *arc) bool {
	for k := range len(a.kept) - 1 {
		from, to := a.kept[k], a.kept[k+1]
		if to > from+1 && c.anchorWithin(a.points[from:to+1]) {
			return true
		}
	}
	return false
}

// anchorWithin tells whether an anchor lies in the area between a chain and the line from its end to its start.
func (c *coverageCheck) anchorWithin(chain []orb.Point) bool {
	ring := slices.Concat(chain, chain[:1])
	b := orb.MultiPoint(chain).Bound()
	within := false
	_ = c.tree.RangeSearch(boxOf(b.Min, b.Max), func(i int) error {
		if p := c.anchors[i]; p != chain[0] && p != chain[len(chain)-1] && inRing(ring, p) {
			within = true
			return rtree.Stop
		}
		return nil
	})
	return within
}

// collapsed tells whether a ring lost its area or turned over.
func (c *coverageCheck) collapsed(r coverageRing) bool {
	if len(r.arcs) == 0 {
		return false
	}
	ring := c.ring(r)
	area := planarArea(ring)
	return len(ring) < 4 || area == 0 || (area > 0) != r.left
}
