package geo

import (
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// maxHalvings is how often the tolerance of an arc is halved before all its vertices stay.
const maxHalvings = 12

// SimplifyCoverage returns copies of polygons with fewer vertices: those that lie within toleranceM metres of
// the line left without them go (Douglas-Peucker). Polygons, parts and rings keep their number and order, a
// ring its direction; it may start at another vertex.
//
// Borders that neighbours share, vertex by vertex, are simplified once and stay shared; where three meet the
// vertex stays. No ring collapses, crosses itself or another, and none changes sides with another: arcs that
// would are simplified less, down to not at all. For borders that cross in the input, or touch where they have
// no common vertex, this is not promised.
//
// The same input gives the same output. A tolerance of zero or less only drops repeated vertices.
func SimplifyCoverage(polygons []orb.MultiPolygon, toleranceM float64) []orb.MultiPolygon {
	return newCoverage(polygons).at(toleranceM)
}

// SimplifyOne is SimplifyCoverage for the borders of one of the polygons; the others lose only the vertices of borders
// that they share with it.
func SimplifyOne(polygons []orb.MultiPolygon, one int, toleranceM float64) []orb.MultiPolygon {
	c := newCoverage(polygons)
	for i := range c.arcs {
		c.arcs[i].stays = true
	}
	first := ringsOf(polygons[:one])
	for _, r := range c.rings[first : first+ringsOf(polygons[one:one+1])] {
		for _, use := range r.arcs {
			c.arcs[use.arc].stays = false
		}
	}
	return c.at(toleranceM)
}

func ringsOf(polygons []orb.MultiPolygon) int {
	n := 0
	for _, multi := range polygons {
		for _, polygon := range multi {
			n += len(polygon)
		}
	}
	return n
}

// at returns the polygons of the coverage, simplified.
func (c *coverage) at(toleranceM float64) []orb.MultiPolygon {
	c.simplify(max(0, toleranceM))
	next := 0
	out := make([]orb.MultiPolygon, len(c.polygons))
	for i, multi := range c.polygons {
		out[i] = make(orb.MultiPolygon, len(multi))
		for j, polygon := range multi {
			out[i][j] = make(orb.Polygon, len(polygon))
			for k, r := range polygon {
				if out[i][j][k] = c.ring(c.rings[next]); out[i][j][k] == nil {
					out[i][j][k] = slices.Clone(r) // no ring at all: fewer than three vertices
				}
				next++
			}
		}
	}
	return out
}

// simplify thins all arcs, then takes back what went wrong until nothing does.
func (c *coverage) simplify(toleranceM float64) {
	for i := range c.arcs {
		c.arcs[i].simplify(toleranceM)
	}
	if toleranceM == 0 {
		return
	}
	if c.check == nil {
		c.check = newCoverageCheck(c)
	}
	for round := 1; ; round++ {
		bad := c.check.badArcs()
		if len(bad) == 0 {
			return
		}
		for _, i := range bad {
			a := &c.arcs[i]
			if round < maxHalvings {
				a.simplify(a.tolerance / 2)
			} else {
				a.simplify(0)
			}
		}
	}
}

// simplify chooses the vertices that stay. A closed arc is halved at the vertex farthest from its start.
func (a *arc) simplify(toleranceM float64) {
	if a.stays {
		toleranceM = 0
	}
	a.tolerance = toleranceM
	a.kept = a.kept[:0]
	last := len(a.points) - 1
	if toleranceM == 0 {
		for i := range a.points {
			a.kept = append(a.kept, i)
		}
		return
	}
	thinner := newThinner(a.points, toleranceM)
	thinner.keep[0], thinner.keep[last] = true, true
	if a.closed() {
		far := thinner.farthestFromStart()
		thinner.keep[far] = true
		thinner.thin(0, far)
		thinner.thin(far, last)
	} else {
		thinner.thin(0, last)
	}
	for i, keep := range thinner.keep {
		if keep {
			a.kept = append(a.kept, i)
		}
	}
}

// thinner is the Douglas-Peucker method over the vertices of one arc.
type thinner struct {
	points []orb.Point // in a local metric
	keep   []bool
	limit  float64 // square of the tolerance in units of the metric
}

func newThinner(points []orb.Point, toleranceM float64) thinner {
	m := localMetric(orb.MultiPoint(points).Bound())
	t := thinner{points: make([]orb.Point, len(points)), keep: make([]bool, len(points))}
	for i, p := range points {
		t.points[i] = m.point(p)
	}
	limit := toleranceM / metresPerDegree
	t.limit = limit * limit
	return t
}

func (t *thinner) farthestFromStart() int {
	far, most := 1, -1.0
	for i, p := range t.points {
		if d := planar.DistanceSquared(t.points[0], p); d > most {
			far, most = i, d
		}
	}
	return far
}

// thin keeps what is needed of the vertices between first and last. Pending stretches are on a stack: chains
// can be long.
func (t *thinner) thin(first, last int) {
	stack := [][2]int{{first, last}}
	for len(stack) > 0 {
		from, to := stack[len(stack)-1][0], stack[len(stack)-1][1]
		stack = stack[:len(stack)-1]
		far, most := 0, t.limit
		for i := from + 1; i < to; i++ {
			if d := planar.DistanceFromSegmentSquared(t.points[from], t.points[to], t.points[i]); d > most {
				far, most = i, d
			}
		}
		if far > 0 {
			t.keep[far] = true
			stack = append(stack, [2]int{from, far}, [2]int{far, to})
		}
	}
}
