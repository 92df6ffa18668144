package geo

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"
)

// Generaliser makes copies of geometries with fewer vertices, for one scale after another. It keeps what is the same
// for all scales. It must not be used by two at the same time.
type Generaliser struct {
	geometries []orb.Geometry
	rows       []int // of the polygons
	coverage   *coverage
}

// NewGeneraliser returns the Generaliser of geometries, which must not be changed.
func NewGeneraliser(geometries []orb.Geometry) *Generaliser {
	g := &Generaliser{geometries: geometries}
	var polygons []orb.MultiPolygon
	for i, geometry := range geometries {
		switch geometry := geometry.(type) {
		case orb.Polygon:
			g.rows, polygons = append(g.rows, i), append(polygons, orb.MultiPolygon{geometry})
		case orb.MultiPolygon:
			g.rows, polygons = append(g.rows, i), append(polygons, geometry)
		}
	}
	g.coverage = newCoverage(polygons)
	return g
}

// At returns the geometries for a scale at which toleranceM metres cannot be seen, in their order. Polygons are
// simplified together as SimplifyCoverage does it, so that borders which they share stay shared. Lines lose the
// vertices that lie within the tolerance of the line left without them, their ends stay. Points, collections and nil
// come back as they are, as does everything where the tolerance is zero or less.
func (g *Generaliser) At(toleranceM float64) []orb.Geometry {
	out := append([]orb.Geometry{}, g.geometries...)
	if toleranceM <= 0 {
		return out
	}
	line := simplify.DouglasPeucker(toleranceM / metresPerDegree)
	for i, geometry := range g.geometries {
		switch geometry.(type) {
		case orb.LineString, orb.MultiLineString:
			out[i] = line.Simplify(orb.Clone(geometry))
		}
	}
	for i, m := range g.coverage.at(toleranceM) {
		row := g.rows[i]
		if _, single := g.geometries[row].(orb.Polygon); single {
			out[row] = m[0]
		} else {
			out[row] = m
		}
	}
	return out
}
