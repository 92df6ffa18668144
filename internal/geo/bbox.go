package geo

import (
	"github.com/paulmach/orb"
)

// BBox is a box in degrees of CRS84, its edges included. West > East means that it crosses 180°, as in
// RFC 7946. It may be a line or a point.
type BBox struct{ West, South, East, North float64 }

// Bounds returns the box as one bound, or as two that meet at 180° when it crosses it: the one west of the
// line, which ends at 180, first.
func (b BBox) Bounds() []orb.Bound {
	if b.West <= b.East {
		return []orb.Bound{{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}}}
	}
	return []orb.Bound{
		{Min: orb.Point{b.West, b.South}, Max: orb.Point{180, b.North}},
		{Min: orb.Point{-180, b.South}, Max: orb.Point{b.East, b.North}},
	}
}

// Intersects tells whether g, a valid geometry cut at 180° as RFC 7946 asks, and the box have a point in
// common: of g itself, not of its bound. Touching counts, as in ST_Intersects. Nothing intersects nil.
func (b BBox) Intersects(g orb.Geometry) bool {
	if g == nil {
		return false
	}
	if b.West <= b.East {
		return boundIntersects(orb.Bound{Min: orb.Point{b.West, b.South}, Max: orb.Point{b.East, b.North}}, g)
	}
	for _, bound := range b.Bounds() {
		if boundIntersects(bound, g) {
			return true
		}
	}
	return false
}

func boundIntersects(b orb.Bound, g orb.Geometry) bool {
	switch g := g.(type) {
	case orb.Point:
		return b.Contains(g)
	case orb.MultiPoint:
		return anyOf(g, b.Contains)
	case orb.LineString:
		return boundMeetsPath(b, g)
	case orb.MultiLineString:
		return anyOf(g, func(l orb.LineString) bool { return boundMeetsPath(b, l) })
	case orb.Ring:
		return boundMeetsPolygon(b, orb.Polygon{g})
	case orb.Polygon:
		return boundMeetsPolygon(b, g)
	case orb.MultiPolygon:
		return anyOf(g, func(p orb.Polygon) bool { return boundMeetsPolygon(b, p) })
	case orb.Collection:
		return anyOf(g, func(m orb.Geometry) bool { return m != nil && boundIntersects(b, m) })
	case orb.Bound:
		return b.Intersects(g)
	}
	return false
}

func anyOf[S ~[]E, E any](items S, is func(E) bool) bool {
	for _, item := range items {
		if is(item) {
			return true
		}
	}
	return false
}

// boundMeetsPolygon tells whether an edge of p meets b or, where none does, whether b lies within p.
func boundMeetsPolygon(b orb.Bound, p orb.Polygon) bool {
	inside := false
	for _, r := range p {
		if boundMeetsPath(b, r) {
			return true
		}
		if inRing(r, b.Min) {
			inside = !inside
		}
	}
	return inside
}

func boundMeetsPath[P ~[]orb.Point](b orb.Bound, path P) bool {
	for i, p := range path {
		if b.Contains(p) || i > 0 && boundMeetsSegment(b, path[i-1], p) {
			return true
		}
	}
	return false
}

// boundMeetsSegment tells whether the segment p–q, whose ends are outside b, meets b: its box does, and the
// corners of b are not all on one side of it.
func boundMeetsSegment(b orb.Bound, p, q orb.Point) bool {
	if max(p[0], q[0]) < b.Min[0] || min(p[0], q[0]) > b.Max[0] ||
		max(p[1], q[1]) < b.Min[1] || min(p[1], q[1]) > b.Max[1] {
		return false
	}
	side := orientation(p, q, b.Min)
	return side == 0 ||
		orientation(p, q, b.Max) != side ||
		orientation(p, q, b.LeftTop()) != side ||
		orientation(p, q, b.RightBottom()) != side
}
