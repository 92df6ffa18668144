package geo

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"
)

// Generalise returns copies of geometries with fewer vertices, for a scale at which toleranceM metres cannot be seen.
// Polygons are simplified together by SimplifyCoverage, so that borders which they share stay shared. Lines lose the
// vertices that lie within the tolerance of the line left without them, their ends stay. Points, collections and nil
// come back as they are, as does everything where the tolerance is zero or less. The order is that of the input.
func Generalise(geometries []orb.Geometry, toleranceM float64) []orb.Geometry {
	out := make([]orb.Geometry, len(geometries))
	copy(out, geometries)
	if toleranceM <= 0 {
		return out
	}
	var rows []int
	var polygons []orb.MultiPolygon
	line := simplify.DouglasPeucker(toleranceM / metresPerDegree)
	for i, g := range geometries {
		switch g := g.(type) {
		case orb.Polygon:
			rows, polygons = append(rows, i), append(polygons, orb.MultiPolygon{g})
		case orb.MultiPolygon:
			rows, polygons = append(rows, i), append(polygons, g)
		case orb.LineString, orb.MultiLineString:
			out[i] = line.Simplify(orb.Clone(g))
		}
	}
	for i, m := range SimplifyCoverage(polygons, toleranceM) {
		if _, single := geometries[rows[i]].(orb.Polygon); single {
			out[rows[i]] = m[0]
		} else {
			out[rows[i]] = m
		}
	}
	return out
}
