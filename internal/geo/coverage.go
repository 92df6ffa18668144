package geo

import (
	"slices"

	"github.com/paulmach/orb"
)

// coverage holds the rings of many polygons as arcs: chains of vertices between junctions, each stored once
// however many rings run along it.
type coverage struct {
	polygons []orb.MultiPolygon
	check    *coverageCheck // nil until it is first simplified
	corners  map[orb.Point]corner
	arcs     []arc
	numbers  map[[2]orb.Point]int // arcs by their first edge
	rings    []coverageRing
}

// corner tells how rings pass a vertex: all between the same two neighbours, or it is a junction.
type corner struct {
	a, b     orb.Point
	junction bool
}

// arc is a chain from junction to junction, or a ring without junctions, closed and from its smallest vertex.
// It is stored in one direction, the same for all rings.
type arc struct {
	points    []orb.Point
	kept      []int // the vertices that stay, first and last among them
	tolerance float64
	stays     bool // loses no vertex
}

func (a *arc) closed() bool { return a.points[0] == a.points[len(a.points)-1] }

// keptPoint returns the i-th vertex that stays.
func (a *arc) keptPoint(i int) orb.Point { return a.points[a.kept[i]] }

// coverageRing is a ring as a sequence of arcs.
type coverageRing struct {
	arcs []arcUse
	left bool // counter-clockwise before simplification
}

type arcUse struct {
	arc     int
	reverse bool
}

func newCoverage(polygons []orb.MultiPolygon) *coverage {
	c := &coverage{polygons: polygons, corners: map[orb.Point]corner{}, numbers: map[[2]orb.Point]int{}}
	var rings [][]orb.Point
	for _, multi := range polygons {
		for _, polygon := range multi {
			for _, r := range polygon {
				open := openRing(r)
				rings = append(rings, open)
				c.addCorners(open)
			}
		}
	}
	for _, open := range rings {
		c.rings = append(c.rings, c.cut(open))
	}
	return c
}

// openRing returns r without repeated neighbours and without the closing vertex.
func openRing(r orb.Ring) []orb.Point {
	open := distinct(r)
	if n := len(open); n > 1 && open[0] == open[n-1] {
		open = open[:n-1]
	}
	return open
}

func (c *coverage) addCorners(ring []orb.Point) {
	n := len(ring)
	for i, p := range ring {
		a, b := ring[(i+n-1)%n], ring[(i+1)%n]
		if comparePoints(a, b) > 0 {
			a, b = b, a
		}
		switch known, ok := c.corners[p]; {
		case !ok:
			c.corners[p] = corner{a: a, b: b}
		case known.a != a || known.b != b:
			known.junction = true
			c.corners[p] = known
		}
	}
}

// cut splits an open ring at its junctions.
func (c *coverage) cut(ring []orb.Point) coverageRing {
	r := coverageRing{left: planarArea(ring) > 0}
	if len(ring) < 3 {
		return r
	}
	start := slices.IndexFunc(ring, func(p orb.Point) bool { return c.corners[p].junction })
	if start < 0 {
		start = smallest(ring)
	}
	ring = slices.Concat(ring[start:], ring[:start+1])
	from := 0
	for i := 1; i < len(ring); i++ {
		if i == len(ring)-1 || c.corners[ring[i]].junction {
			r.arcs = append(r.arcs, c.use(ring[from:i+1]))
			from = i
		}
	}
	return r
}

func smallest(points []orb.Point) int {
	least := 0
	for i, p := range points {
		if comparePoints(p, points[least]) < 0 {
			least = i
		}
	}
	return least
}

// use returns the arc with the given vertices, adding it when it is new.
func (c *coverage) use(points []orb.Point) arcUse {
	n := len(points)
	ahead, back := [2]orb.Point{points[0], points[1]}, [2]orb.Point{points[n-1], points[n-2]}
	reverse := compareEdges(back, ahead) < 0
	if reverse {
		points = slices.Clone(points)
		slices.Reverse(points)
		ahead = back
	}
	number, known := c.numbers[ahead]
	if !known {
		number = len(c.arcs)
		c.numbers[ahead] = number
		c.arcs = append(c.arcs, arc{points: points})
	}
	return arcUse{number, reverse}
}

func compareEdges(a, b [2]orb.Point) int {
	if c := comparePoints(a[0], b[0]); c != 0 {
		return c
	}
	return comparePoints(a[1], b[1])
}

// ring joins the kept vertices of r's arcs to a closed ring; nil for a ring that has no arcs.
func (c *coverage) ring(r coverageRing) orb.Ring {
	var ring orb.Ring
	for _, use := range r.arcs {
		a := &c.arcs[use.arc]
		for i := range a.kept {
			if use.reverse {
				i = len(a.kept) - 1 - i
			}
			if p := a.keptPoint(i); len(ring) == 0 || ring[len(ring)-1] != p {
				ring = append(ring, p)
			}
		}
	}
	return ring
}
