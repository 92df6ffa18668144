package scene

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/simplify"
)

// clipMargin is how far beyond the map shapes are kept, so that the cut edges stay out of sight.
const clipMargin = 24

// tolerance is how far a simplified line may lie from the true one, in pixels.
const tolerance = 0.25

// polygonsOf returns the polygons of a geometry.
func polygonsOf(g orb.Geometry) []orb.Polygon {
	switch g := g.(type) {
	case orb.Polygon:
		return []orb.Polygon{g}
	case orb.MultiPolygon:
		return g
	}
	return nil
}

// linesOf returns the lines of a geometry.
func linesOf(g orb.Geometry) []orb.LineString {
	switch g := g.(type) {
	case orb.LineString:
		return []orb.LineString{g}
	case orb.MultiLineString:
		return g
	}
	return nil
}

// positionsOf counts the positions of surfaces and lines.
func positionsOf(g orb.Geometry) int {
	n := 0
	for _, p := range polygonsOf(g) {
		for _, ring := range p {
			n += len(ring)
		}
	}
	for _, line := range linesOf(g) {
		n += len(line)
	}
	return n
}

// rings projects polygons, cut to the surroundings of the map and without vertices that nobody sees.
func (v view) rings(polygons []orb.Polygon) [][]Pt {
	var out [][]Pt
	bound := v.clipBound()
	for _, p := range polygons {
		for _, ring := range p {
			if !v.sees(ring.Bound(), clipMargin) {
				continue
			}
			projected := v.planar(ring)
			cut := clip.Ring(bound, orb.Ring(projected))
			line := simplify.DouglasPeucker(tolerance).LineString(orb.LineString(cut))
			if len(line) > 3 {
				out = append(out, points(line[:len(line)-1]))
			}
		}
	}
	return out
}

// runs projects lines, cut to the surroundings of the map and without vertices that nobody sees.
func (v view) runs(lines []orb.LineString) [][]Pt {
	var out [][]Pt
	bound := v.clipBound()
	for _, line := range lines {
		if len(line) < 2 || !v.sees(line.Bound(), clipMargin) {
			continue
		}
		for _, run := range clip.LineString(bound, v.planar(line)) {
			out = append(out, points(simplify.DouglasPeucker(tolerance).LineString(run)))
		}
	}
	return out
}

func (v view) clipBound() orb.Bound {
	b := v.box.grow(clipMargin)
	return orb.Bound{Min: orb.Point{b.X, b.Y}, Max: orb.Point{b.X + b.W, b.Y + b.H}}
}

func (v view) planar(line []orb.Point) orb.LineString {
	out := make(orb.LineString, len(line))
	for i, p := range line {
		q := v.project(p)
		out[i] = orb.Point{q.X, q.Y}
	}
	return out
}

func points(line orb.LineString) []Pt {
	out := make([]Pt, len(line))
	for i, p := range line {
		out[i] = Pt{p[0], p[1]}
	}
	return out
}

// boxRound returns the box round points; that of none is empty.
func boxRound(lines ...[]Pt) Box {
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, line := range lines {
		for _, p := range line {
			x0, y0, x1, y1 = min(x0, p.X), min(y0, p.Y), max(x1, p.X), max(y1, p.Y)
		}
	}
	if x0 > x1 {
		return Box{}
	}
	return Box{x0, y0, x1 - x0, y1 - y0}
}

// inRings tells whether a point lies in rings, by the even-odd rule.
func inRings(p Pt, rings [][]Pt) bool {
	inside := false
	for _, ring := range rings {
		for i, j := 0, len(ring)-1; i < len(ring); i, j = i+1, i {
			a, b := ring[i], ring[j]
			if (a.Y > p.Y) != (b.Y > p.Y) && p.X < (b.X-a.X)*(p.Y-a.Y)/(b.Y-a.Y)+a.X {
				inside = !inside
			}
		}
	}
	return inside
}

// boxInRings tells whether a box lies in rings, by points on its edge.
func boxInRings(b Box, rings [][]Pt) bool {
	for _, t := range []float64{0, 0.25, 0.5, 0.75, 1} {
		if !inRings(Pt{b.X + b.W*t, b.Y}, rings) || !inRings(Pt{b.X + b.W*t, b.Y + b.H}, rings) {
			return false
		}
	}
	return true
}

// side tells on which side of the line through p and q a point lies.
func side(p, q Pt, x, y float64) int {
	d := (q.X-p.X)*(y-p.Y) - (q.Y-p.Y)*(x-p.X)
	switch {
	case d > 0:
		return 1
	case d < 0:
		return -1
	}
	return 0
}

// meet tells whether two segments cross.
func meet(p, q, r, s Pt) bool {
	return side(p, q, r.X, r.Y) != side(p, q, s.X, s.Y) && side(r, s, p.X, p.Y) != side(r, s, q.X, q.Y)
}

// crosses tells whether a segment touches a box.
func crosses(p, q Pt, b Box) bool {
	x1, y1 := b.X+b.W, b.Y+b.H
	if p.X < b.X && q.X < b.X || p.Y < b.Y && q.Y < b.Y || p.X > x1 && q.X > x1 || p.Y > y1 && q.Y > y1 {
		return false
	}
	first := side(p, q, b.X, b.Y)
	return first == 0 || first != side(p, q, x1, b.Y) || first != side(p, q, b.X, y1) || first != side(p, q, x1, y1)
}

// runsIn cuts a line down to the runs of its segments that touch a box.
func runsIn(line []Pt, box Box) [][]Pt {
	var runs [][]Pt
	open := false
	for i := 1; i < len(line); i++ {
		touches := crosses(line[i-1], line[i], box)
		switch {
		case touches && open:
			runs[len(runs)-1] = append(runs[len(runs)-1], line[i])
		case touches:
			runs = append(runs, []Pt{line[i-1], line[i]})
		}
		open = touches
	}
	return runs
}

// distance is the planar distance of two positions in degrees.
func distance(a, b orb.Point) float64 { return math.Hypot(a[0]-b[0], a[1]-b[1]) }
