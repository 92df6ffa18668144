package postgis

import (
	"math"

	"github.com/paulmach/orb"
)

// Lines that are straight in longitude and latitude are curved in other systems. Their edges are split into parts
// of at most stepDeg, but not into more than mostParts; an edge of a degree then stays within some centimetres.
const (
	stepDeg   = 0.02
	mostParts = 64
)

// densify returns g with positions added on its edges.
func densify(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.LineString:
		return orb.LineString(densifyPath(g))
	case orb.MultiLineString:
		out := make(orb.MultiLineString, len(g))
		for i, l := range g {
			out[i] = densifyPath(l)
		}
		return out
	case orb.Polygon:
		return densifyPolygon(g)
	case orb.MultiPolygon:
		out := make(orb.MultiPolygon, len(g))
		for i, p := range g {
			out[i] = densifyPolygon(p)
		}
		return out
	}
	return g
}

func densifyPolygon(p orb.Polygon) orb.Polygon {
	out := make(orb.Polygon, len(p))
	for i, r := range p {
		out[i] = orb.Ring(densifyPath(r))
	}
	return out
}

func densifyPath[P ~[]orb.Point](path P) []orb.Point {
	out := []orb.Point{path[0]}
	for i := 1; i < len(path); i++ {
		a, b := path[i-1], path[i]
		dx, dy := b[0]-a[0], b[1]-a[1]
		parts := min(mostParts, math.Ceil(max(math.Abs(dx), math.Abs(dy))/stepDeg))
		for k := 1.0; k < parts; k++ {
			out = append(out, orb.Point{a[0] + dx*k/parts, a[1] + dy*k/parts})
		}
		out = append(out, b)
	}
	return out
}
