package check

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/peterstace/simplefeatures/rtree"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/topology"
)

// metresPerDegree is the length of a degree of latitude, near enough for gaps.
const metresPerDegree = 111_195.0

// touchM is the distance in metres below which borders count as meeting.
const touchM = 0.002

// slivers finds gaps between f and its neighbours that are narrower than the limit.
func (c *checker) slivers(f layout.Feature) []Issue {
	r := rule(CodeSliver)
	reach := r.Limit / metresPerDegree
	var issues []Issue
	for _, n := range c.areas {
		if n.ID == f.ID || !n.Geometry.Bound().Intersects(f.Geometry.Bound().Pad(2*reach)) {
			continue
		}
		g := newGaps(f.Geometry, n.Geometry, r.Limit)
		if len(g.found) == 0 {
			continue
		}
		i := issue(CodeSliver, f).at(g.found[g.widest][0])
		i.With, i.Geometry = n.ID, g.found
		i.Numbers = map[string]float64{"m": g.widthM, "n": float64(len(g.found))}
		i.Fix = &topology.Operation{Do: r.Fix, ID: string(f.ID), With: []string{string(n.ID)}, ToleranceM: r.Limit}
		issues = append(issues, i)
	}
	return issues
}

// gaps are the ways from vertices of one outline across a gap to the border of the other. Borders that do not cross
// are nearest to each other at a vertex of one of them, so vertices are all that has to be looked at.
//
// Where borders meet and part again there is no gap but a corner: a vertex counts only when it is less than half as
// far from the other border as from the nearest point in which they meet, that is, in an angle below 30°.
type gaps struct {
	limitM float64
	scale  float64 // of longitude
	found  orb.MultiLineString
	widest int
	widthM float64
}

func newGaps(g, h orb.Geometry, limitM float64) *gaps {
	s := &gaps{limitM: limitM, scale: math.Max(0.01, math.Cos(g.Bound().Center()[1]*math.Pi/180))}
	a, b := s.border(g), s.border(h)
	meet := meetings(a, b)
	s.find(a, b, meet)
	s.find(b, a, meet)
	return s
}

// border is an outline in metres from nowhere in particular, with an index of its edges.
type border struct {
	parts    orb.MultiPolygon
	vertices []orb.Point
	edges    [][2]orb.Point
	tree     *rtree.RTree
}

func (s *gaps) metres(p orb.Point) orb.Point {
	return orb.Point{p[0] * s.scale * metresPerDegree, p[1] * metresPerDegree}
}

func (s *gaps) degrees(p orb.Point) orb.Point {
	return orb.Point{p[0] / s.scale / metresPerDegree, p[1] / metresPerDegree}
}

func (s *gaps) border(g orb.Geometry) *border {
	b := &border{}
	local := geo.Project(g, s.metres)
	if p, ok := local.(orb.Polygon); ok {
		local = orb.MultiPolygon{p}
	}
	b.parts, _ = local.(orb.MultiPolygon)
	var boxes []rtree.BulkItem
	eachRing(local, func(r orb.Ring) {
		for i := range len(r) - 1 {
			p, q := r[i], r[i+1]
			b.vertices = append(b.vertices, p)
			boxes = append(boxes, rtree.BulkItem{RecordID: len(b.edges), Box: rtree.Box{
				MinX: min(p[0], q[0]), MinY: min(p[1], q[1]),
				MaxX: max(p[0], q[0]) + 1e-6*float64(len(b.edges)), MaxY: max(p[1], q[1]) + 1e-6*float64(len(b.edges)),
			}})
			b.edges = append(b.edges, [2]orb.Point{p, q})
		}
	})
	b.tree = rtree.BulkLoad(boxes)
	return b
}

// nearest returns the nearest point of b within reach of p.
func (b *border) nearest(p orb.Point, reach float64) (at orb.Point, distance float64, ok bool) {
	distance = math.Inf(1)
	box := rtree.Box{MinX: p[0] - reach, MinY: p[1] - reach, MaxX: p[0] + reach, MaxY: p[1] + reach}
	_ = b.tree.RangeSearch(box, func(i int) error {
		q := foot(p, b.edges[i])
		if d := planar.Distance(p, q); d < distance && d <= reach {
			at, distance, ok = q, d, true
		}
		return nil
	})
	return at, distance, ok
}

// foot returns the point of an edge nearest to p.
func foot(p orb.Point, e [2]orb.Point) orb.Point {
	dx, dy := e[1][0]-e[0][0], e[1][1]-e[0][1]
	t := ((p[0]-e[0][0])*dx + (p[1]-e[0][1])*dy) / (dx*dx + dy*dy)
	t = min(1, max(0, t))
	return orb.Point{e[0][0] + t*dx, e[0][1] + t*dy}
}

// meetings returns an index of the vertices of each border that lie on the other.
func meetings(a, b *border) *rtree.RTree {
	var boxes []rtree.BulkItem
	for _, pair := range [][2]*border{{a, b}, {b, a}} {
		for _, p := range pair[0].vertices {
			if _, _, ok := pair[1].nearest(p, touchM); ok {
				x, y := p[0]+1e-6*float64(len(boxes)), p[1]+1e-6*float64(len(boxes))
				boxes = append(boxes, rtree.BulkItem{RecordID: len(boxes), Box: rtree.Box{MinX: p[0], MinY: p[1], MaxX: x, MaxY: y}})
			}
		}
	}
	return rtree.BulkLoad(boxes)
}

// find looks from the vertices of a across to b.
func (s *gaps) find(a, b *border, meet *rtree.RTree) {
	for _, p := range a.vertices {
		q, d, ok := b.nearest(p, s.limitM)
		if !ok || d <= touchM || corner(p, d, meet) {
			continue
		}
		middle := orb.Point{(p[0] + q[0]) / 2, (p[1] + q[1]) / 2}
		if planar.MultiPolygonContains(a.parts, middle) || planar.MultiPolygonContains(b.parts, middle) {
			continue // an overlap, not a gap
		}
		if d > s.widthM {
			s.widest, s.widthM = len(s.found), d
		}
		if s.found = append(s.found, orb.LineString{s.degrees(p), s.degrees(q)}); len(s.found) == maxFixed {
			return
		}
	}
}

// corner tells whether p, at a distance from the other border, stands in a wide angle to a place where both meet.
func corner(p orb.Point, distance float64, meet *rtree.RTree) bool {
	near := false
	r := 2 * distance
	_ = meet.RangeSearch(rtree.Box{MinX: p[0] - r, MinY: p[1] - r, MaxX: p[0] + r, MaxY: p[1] + r}, func(int) error {
		near = true
		return rtree.Stop
	})
	return near
}
