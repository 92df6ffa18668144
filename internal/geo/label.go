package geo

import (
	"container/heap"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// labelPrecision is the share of a polygon's shorter side to which the place for its label is found.
const labelPrecision = 0.005

// LabelPoint returns where a label of g stands: in a polygon the point farthest from its edges, of several
// polygons that of the largest; on lines the middle of the longest; of several points the one nearest to
// their mean. Of a collection the largest dimension counts. The zero point is the answer for an empty g.
func LabelPoint(g orb.Geometry) orb.Point {
	var parts labelParts
	parts.add(g)
	switch {
	case len(parts.polygons) > 0:
		return poleOf(largest(parts.polygons, polygonAreaM2))
	case len(parts.lines) > 0:
		return middleOf(largest(parts.lines, pathLengthM[orb.LineString]))
	case len(parts.points) > 0:
		return centralPoint(parts.points)
	}
	return orb.Point{}
}

type labelParts struct {
	polygons []orb.Polygon
	lines    []orb.LineString
	points   []orb.Point
}

func (l *labelParts) add(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Point:
		l.points = append(l.points, g)
	case orb.MultiPoint:
		l.points = append(l.points, g...)
	case orb.LineString:
		l.addLine(g)
	case orb.MultiLineString:
		for _, line := range g {
			l.addLine(line)
		}
	case orb.Ring:
		l.addPolygon(orb.Polygon{g})
	case orb.Bound:
		l.addPolygon(g.ToPolygon())
	case orb.Polygon:
		l.addPolygon(g)
	case orb.MultiPolygon:
		for _, p := range g {
			l.addPolygon(p)
		}
	case orb.Collection:
		for _, m := range g {
			l.add(m)
		}
	}
}

func (l *labelParts) addLine(line orb.LineString) {
	if len(line) > 0 {
		l.lines = append(l.lines, line)
	}
}

func (l *labelParts) addPolygon(p orb.Polygon) {
	if len(p) > 0 && len(p[0]) > 0 {
		l.polygons = append(l.polygons, p)
	}
}

// largest returns the first of the items with the greatest size. There is at least one item.
func largest[E any](items []E, size func(E) float64) E {
	best, bestSize := items[0], math.Inf(-1)
	for _, item := range items {
		if s := size(item); s > bestSize {
			best, bestSize = item, s
		}
	}
	return best
}

func middleOf(line orb.LineString) orb.Point {
	rest := pathLengthM(line) / 2
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		length := DistanceM(a, b)
		if rest <= length && length > 0 {
			t := rest / length
			return orb.Point{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])}
		}
		rest -= length
	}
	return line[0]
}

func centralPoint(points []orb.Point) orb.Point {
	var mean orb.Point
	for _, p := range points {
		mean[0] += p[0] / float64(len(points))
		mean[1] += p[1] / float64(len(points))
	}
	return largest(points, func(p orb.Point) float64 { return -DistanceM(p, mean) })
}

// poleOf returns the pole of inaccessibility of p, found by splitting squares, the most promising first. It
// works in degrees of latitude with longitudes shortened by the cosine of the middle latitude.
func poleOf(p orb.Polygon) orb.Point {
	bound := p.Bound()
	m := localMetric(bound)
	local := m.polygon(p)
	search := poleSearch{edges: local, vertices: verticesOf(local)}
	box := local.Bound()
	side := min(box.Max[0]-box.Min[0], box.Max[1]-box.Min[1])
	if side <= 0 {
		return bound.Center()
	}
	search.precision = side * labelPrecision
	search.best = search.cell(box.Center(), 0)
	centroid, _ := planar.CentroidArea(local)
	search.try(search.cell(centroid, 0))
	search.cover(box, side)
	search.run()
	return m.back(search.best.centre)
}

// poleSearch looks for the point of a polygon that is farthest from its edges.
type poleSearch struct {
	edges     orb.Polygon
	vertices  int
	precision float64
	best      poleCell
	queue     poleQueue
}

// poleCell is a square with the distance of its centre to the nearest edge, negative outside the polygon, and
// the largest distance that any of its points can have.
type poleCell struct {
	centre         orb.Point
	half           float64
	distance, most float64
}

func (s *poleSearch) cell(centre orb.Point, half float64) poleCell {
	d := signedDistance(s.edges, centre)
	return poleCell{centre, half, d, d + half*math.Sqrt2}
}

// A search ends when its budget is spent: about half a second for the largest polygons, less for thin strips.
// Splitting a cell costs four times its overhead and the number of vertices.
const (
	poleBudget   = 1 << 26
	poleOverhead = 250
)

func (s *poleSearch) cover(box orb.Bound, side float64) {
	long := max(box.Max[0]-box.Min[0], box.Max[1]-box.Min[1])
	half := max(side, long/64) / 2
	for x := box.Min[0]; x < box.Max[0]; x += 2 * half {
		for y := box.Min[1]; y < box.Max[1]; y += 2 * half {
			heap.Push(&s.queue, s.cell(orb.Point{x + half, y + half}, half))
		}
	}
}

func (s *poleSearch) try(c poleCell) {
	if c.distance > s.best.distance {
		s.best = c
	}
}

func (s *poleSearch) run() {
	for work := 0; len(s.queue) > 0 && work < poleBudget; work += 4 * (poleOverhead + s.vertices) {
		c := heap.Pop(&s.queue).(poleCell)
		s.try(c)
		if c.most-s.best.distance <= s.precision {
			return // the queue is ordered by most: nothing better follows
		}
		h := c.half / 2
		for _, d := range [4][2]float64{{-h, -h}, {h, -h}, {-h, h}, {h, h}} {
			heap.Push(&s.queue, s.cell(orb.Point{c.centre[0] + d[0], c.centre[1] + d[1]}, h))
		}
	}
}

func verticesOf(p orb.Polygon) int {
	n := 0
	for _, r := range p {
		n += len(r)
	}
	return n
}

// poleQueue is a heap of cells, that with the greatest most first.
type poleQueue []poleCell

func (q poleQueue) Len() int           { return len(q) }
func (q poleQueue) Less(i, j int) bool { return q[i].most > q[j].most }
func (q poleQueue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *poleQueue) Push(c any)        { *q = append(*q, c.(poleCell)) }
func (q *poleQueue) Pop() any {
	last := len(*q) - 1
	c := (*q)[last]
	*q = (*q)[:last]
	return c
}
