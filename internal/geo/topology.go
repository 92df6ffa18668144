package geo

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/rtree"
)

// pairBudget bounds the pairs of edges with overlapping boxes that are compared. A sound outline has a few for
// each vertex; only edges heaped on each other on purpose come near it.
const pairBudget = 3_000_000

// topology compares the rings of one polygon or multipolygon with each other and with themselves.
type topology struct {
	rings   []topoRing
	edges   []edge
	touches []touch
	within  map[[2]int]bool // ring pairs that touch: does the first lie inside the second?
	faults  []Fault
	budget  int
}

// topoRing is a closed ring without repeated neighbours, with its place in the multipolygon.
type topoRing struct {
	part, index int // index 0 is the outer ring
	points      []orb.Point
	bound       orb.Bound
	ccw         bool
	finder      *ringFinder // for large rings, made when first needed
}

// edge is the stretch of a ring from points[at] to points[at+1].
type edge struct{ ring, at int }

// touch is a point that two rings share without crossing there.
type touch struct {
	a, b int
	at   orb.Point
}

// check returns the faults of parts, whose rings are closed and long enough.
func (t *topology) check(parts orb.MultiPolygon) []Fault {
	t.within = map[[2]int]bool{}
	for i, polygon := range parts {
		for j, r := range polygon {
			t.addRing(i, j, distinct(r))
		}
	}
	t.compareEdges()
	if len(t.faults) == 0 {
		t.checkNesting()
	}
	if len(t.faults) == 0 {
		t.checkConnected()
	}
	return t.faults
}

func (t *topology) addRing(part, index int, points []orb.Point) {
	for i := range len(points) - 1 {
		t.edges = append(t.edges, edge{len(t.rings), i})
	}
	t.rings = append(t.rings, topoRing{
		part: part, index: index, points: points,
		bound: orb.MultiPoint(points).Bound(),
		ccw:   turnsLeft(points),
	})
}

// turnsLeft tells the order of a closed ring that does not cross itself, exactly, from its lowest corner.
func turnsLeft(points []orb.Point) bool {
	n := len(points) - 1
	low := 0
	for i := range n {
		if comparePoints(points[i], points[low]) < 0 {
			low = i
		}
	}
	return orientation(points[(low+n-1)%n], points[low], points[low+1]) > 0
}

func (t *topology) ends(e edge) (orb.Point, orb.Point) {
	points := t.rings[e.ring].points
	return points[e.at], points[e.at+1]
}

// compareEdges compares each edge with the later ones whose boxes overlap its own.
func (t *topology) compareEdges() {
	tree := rtree.BulkLoad(boxesOf(t.edges, t.ends))
	var later []int
	for i, e := range t.edges {
		later = later[:0]
		_ = tree.RangeSearch(boxOf(t.ends(e)), func(j int) error {
			if j > i {
				later = append(later, j)
			}
			return nil
		})
		if t.budget -= len(later); t.budget < 0 {
			at, _ := t.ends(e)
			t.add(RuleTooComplex, at, "too many edges lie on each other")
			return
		}
		slices.Sort(later)
		for _, j := range later {
			if t.compare(e, t.edges[j]); len(t.faults) == maxFaults {
				return
			}
		}
	}
}

func (t *topology) compare(e, f edge) {
	e0, e1 := t.ends(e)
	f0, f1 := t.ends(f)
	how, at := meet(e0, e1, f0, f1)
	switch {
	case how == apart:
	case e.ring == f.ring:
		if how == running || !t.follow(e, f) {
			t.add(RuleSelfIntersection, at, "a ring crosses or touches itself")
		}
	case how == touching:
		t.touch(e, f, at)
	default:
		t.addOverlap(e.ring, f.ring, how, at)
	}
}

// follow tells whether two edges of one ring, the first with the smaller number, are neighbours.
func (t *topology) follow(e, f edge) bool {
	return f.at == e.at+1 || e.at == 0 && f.at == len(t.rings[e.ring].points)-2
}

// touch notes where rings meet in a point, and finds those that cross in it. Each meeting at a vertex is seen
// by both its edges; only the one that starts there counts.
func (t *topology) touch(e, f edge, at orb.Point) {
	ePrev, eNext, ok := t.arms(e, at)
	if !ok {
		return
	}
	fPrev, fNext, ok := t.arms(f, at)
	if !ok {
		return
	}
	fIn := inWedge(at, eNext, ePrev, fPrev)
	if fIn != inWedge(at, eNext, ePrev, fNext) {
		t.addOverlap(e.ring, f.ring, crossing, at)
		return
	}
	eIn := inWedge(at, fNext, fPrev, ePrev)
	t.touches = append(t.touches, touch{e.ring, f.ring, at})
	t.within[[2]int{f.ring, e.ring}] = fIn == t.rings[e.ring].ccw
	t.within[[2]int{e.ring, f.ring}] = eIn == t.rings[f.ring].ccw
}

// arms returns the positions before and after at, which lies on e; not ok when e ends there.
func (t *topology) arms(e edge, at orb.Point) (prev, next orb.Point, ok bool) {
	start, end := t.ends(e)
	if at == end {
		return prev, next, false
	}
	if at != start {
		return start, end, true
	}
	points := t.rings[e.ring].points
	if e.at == 0 {
		return points[len(points)-2], end, true
	}
	return points[e.at-1], end, true
}

// addOverlap tells which rule rings a and b break when they cross or run along each other.
func (t *topology) addOverlap(a, b int, how meeting, at orb.Point) {
	switch ra, rb := &t.rings[a], &t.rings[b]; {
	case how == running && sameRing(ra.points, rb.points):
		t.add(RuleRepeatedRing, ra.points[0], "a ring occurs twice")
	case ra.part != rb.part:
		t.add(RulePartsApart, at, fmt.Sprintf("parts %d and %d overlap or share an edge", ra.part+1, rb.part+1))
	case ra.index == 0 || rb.index == 0:
		t.add(RuleHoleInside, at, "a hole crosses the outer ring or runs along it")
	default:
		t.add(RuleHolesApart, at, fmt.Sprintf("holes %d and %d overlap or share an edge", ra.index, rb.index))
	}
}

// add notes a fault once for each rule and place.
func (t *topology) add(rule Rule, at orb.Point, detail string) {
	f := Fault{Rule: rule, At: at, Detail: detail}
	if !slices.Contains(t.faults, f) {
		t.faults = append(t.faults, f)
	}
}

// sameRing tells whether two closed rings hold the same positions, from any start and in any direction.
func sameRing(a, b []orb.Point) bool {
	if len(a) != len(b) {
		return false
	}
	sorted := func(r []orb.Point) []orb.Point {
		return slices.SortedFunc(slices.Values(r[1:]), comparePoints)
	}
	return slices.Equal(sorted(a), sorted(b))
}

// checkConnected finds the holes that, by touching each other or the outer ring, cut their polygon in two:
// rings and the points that they share then form a circle.
func (t *topology) checkConnected() {
	groups := newGroups(len(t.rings))
	nodes := map[touchNode]int{}
	joined := map[[2]int]bool{}
	for _, touch := range t.touches {
		part := t.rings[touch.a].part
		if part != t.rings[touch.b].part {
			continue
		}
		node, known := nodes[touchNode{part, touch.at}]
		if !known {
			node = groups.grow()
			nodes[touchNode{part, touch.at}] = node
		}
		for _, ring := range []int{touch.a, touch.b} {
			if link := [2]int{ring, node}; !joined[link] {
				joined[link] = true
				if !groups.join(ring, node) && len(t.faults) < maxFaults {
					t.add(RuleConnected, touch.at, "holes cut the polygon in two")
				}
			}
		}
	}
}

// touchNode is a point shared by rings of one part.
type touchNode struct {
	part int
	at   orb.Point
}

func boxOf(a, b orb.Point) rtree.Box {
	return rtree.Box{
		MinX: min(a[0], b[0]), MinY: min(a[1], b[1]),
		MaxX: max(a[0], b[0]), MaxY: max(a[1], b[1]),
	}
}

// boxesOf returns the boxes of items for a tree. Each is a little larger than the one before, because loading
// a tree takes quadratic time when many boxes have the same middle.
func boxesOf[E any](items []E, ends func(E) (orb.Point, orb.Point)) []rtree.BulkItem {
	const step = 1e-12
	boxes := make([]rtree.BulkItem, len(items))
	for i, item := range items {
		box := boxOf(ends(item))
		box.MaxX += float64(i) * step
		box.MaxY += float64(i) * step
		boxes[i] = rtree.BulkItem{Box: box, RecordID: i}
	}
	return boxes
}
