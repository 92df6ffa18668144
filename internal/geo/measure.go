package geo

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/tidwall/geodesic"
)

const (
	m2PerHectare = 10_000.0
	m2PerKm2     = 1_000_000.0
	m2PerMu      = 10_000.0 / 15
)

// Hectare converts square metres to hectares (公顷).
func Hectare(areaM2 float64) float64 { return areaM2 / m2PerHectare }

// Km2 converts square metres to square kilometres.
func Km2(areaM2 float64) float64 { return areaM2 / m2PerKm2 }

// Mu converts square metres to mu (亩); fifteen make a hectare.
func Mu(areaM2 float64) float64 { return areaM2 / m2PerMu }

// AreaM2 returns the geodesic area of g in square metres on the WGS 84 ellipsoid. The edges are geodesics, as
// in ST_Area(geography). Holes are subtracted whatever the order of their vertices; parts of a multipolygon and
// members of a collection are added. Points, lines and nil have no area.
func AreaM2(g orb.Geometry) float64 {
	switch g := g.(type) {
	case orb.Ring:
		return ringAreaM2(g)
	case orb.Polygon:
		return polygonAreaM2(g)
	case orb.MultiPolygon:
		return sumOf(g, polygonAreaM2)
	case orb.Collection:
		return sumOf(g, AreaM2)
	case orb.Bound:
		return polygonAreaM2(g.ToPolygon())
	}
	return 0
}

// LengthM returns the geodesic length of g in metres on the WGS 84 ellipsoid: of lines their length, of
// polygons the perimeter with that of the holes. Points and nil have none.
func LengthM(g orb.Geometry) float64 {
	switch g := g.(type) {
	case orb.LineString:
		return pathLengthM(g)
	case orb.Ring:
		return pathLengthM(g)
	case orb.MultiLineString:
		return sumOf(g, pathLengthM[orb.LineString])
	case orb.Polygon:
		return sumOf(g, pathLengthM[orb.Ring])
	case orb.MultiPolygon:
		return sumOf(g, func(p orb.Polygon) float64 { return sumOf(p, pathLengthM[orb.Ring]) })
	case orb.Collection:
		return sumOf(g, LengthM)
	case orb.Bound:
		return pathLengthM(g.ToRing())
	}
	return 0
}

// DistanceM returns the length in metres of the geodesic between a and b on the WGS 84 ellipsoid.
func DistanceM(a, b orb.Point) float64 {
	var metres float64
	geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0], &metres, nil, nil)
	return metres
}

func polygonAreaM2(p orb.Polygon) float64 {
	if len(p) == 0 {
		return 0
	}
	return max(0, ringAreaM2(p[0])-sumOf(p[1:], ringAreaM2))
}

func ringAreaM2(r orb.Ring) float64 {
	n := len(r)
	if n > 1 && r[0] == r[n-1] {
		n--
	}
	if n < 3 {
		return 0
	}
	polygon := geodesic.WGS84.PolygonInit(false)
	for _, p := range r[:n] {
		polygon.AddPoint(p[1], p[0])
	}
	var area float64
	polygon.Compute(false, true, &area, nil)
	return math.Abs(area)
}

func pathLengthM[P ~[]orb.Point](path P) float64 {
	var metres float64
	for i := 1; i < len(path); i++ {
		metres += DistanceM(path[i-1], path[i])
	}
	return metres
}

func sumOf[S ~[]E, E any](items S, measure func(E) float64) float64 {
	var sum float64
	for _, item := range items {
		sum += measure(item)
	}
	return sum
}
