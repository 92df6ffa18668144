package source

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

const (
	// backgroundToleranceM is how far a simplified border or line of the background may lie from the true one:
	// less than a pixel at the scale that shows the whole layout.
	backgroundToleranceM = 120
	// lakeToleranceM is that of what is small and stands alone.
	lakeToleranceM = 40
	// metresPerDegree is the length of a degree of latitude, rounded down.
	metresPerDegree = 110_500

	fineDecimals   = 5 // about a metre
	coarseDecimals = 4 // about ten metres
)

// simplifyBackground returns the geometries of the background, simplified and rounded, by row.
func simplifyBackground(entries []entry) map[int32]orb.Geometry {
	borders := coverage{tolerance: backgroundToleranceM}
	alone := coverage{tolerance: lakeToleranceM}
	done := map[int32]orb.Geometry{}
	for i := range entries {
		row, f := int32(i), entries[i].feature
		if f.Collection != layout.Districts && f.Collection != layout.Context {
			continue
		}
		switch g := f.Geometry.(type) {
		case orb.Polygon, orb.MultiPolygon:
			if f.Collection == layout.Districts || f.Properties.Common().Kind == kindCity {
				borders.add(row, g)
			} else {
				alone.add(row, g)
			}
		case orb.LineString, orb.MultiLineString:
			line := simplify.DouglasPeucker(backgroundToleranceM / metresPerDegree).Simplify(orb.Clone(g))
			done[row] = roundTo(line, coarseDecimals)
		}
	}
	borders.simplify(done)
	alone.simplify(done)
	return done
}

// kindCity is the kind of context that outlines all districts together.
const kindCity = "city"

// coverage is polygons that are simplified together, so that what they share stays shared.
type coverage struct {
	tolerance float64 // metres
	rows      []int32
	polygons  []orb.MultiPolygon
	single    []bool // whether it came as a Polygon
}

func (c *coverage) add(row int32, g orb.Geometry) {
	m, multi := g.(orb.MultiPolygon)
	if p, ok := g.(orb.Polygon); ok {
		m = orb.MultiPolygon{p}
	}
	c.rows = append(c.rows, row)
	c.polygons = append(c.polygons, m)
	c.single = append(c.single, !multi)
}

func (c *coverage) simplify(done map[int32]orb.Geometry) {
	for i, m := range geo.SimplifyCoverage(c.polygons, c.tolerance) {
		g := orb.Geometry(m)
		if c.single[i] {
			g = m[0]
		}
		done[c.rows[i]] = roundTo(g, coarseDecimals)
	}
}

// roundTo returns a copy of g with so many decimals, without the vertices that thereby repeat the one before.
func roundTo(g orb.Geometry, decimals int) orb.Geometry {
	rounded := geo.Project(g, func(p orb.Point) orb.Point { return roundPoint(p, decimals) })
	switch g := rounded.(type) {
	case orb.LineString:
		return withoutRepeats(g, 2)
	case orb.MultiLineString:
		for i := range g {
			g[i] = withoutRepeats(g[i], 2)
		}
	case orb.Polygon:
		roundRings(g)
	case orb.MultiPolygon:
		for _, p := range g {
			roundRings(p)
		}
	}
	return rounded
}

func roundPoint(p orb.Point, decimals int) orb.Point {
	scale := math.Pow10(decimals)
	return orb.Point{math.Round(p[0]*scale) / scale, math.Round(p[1]*scale) / scale}
}

func roundRings(p orb.Polygon) {
	for i := range p {
		p[i] = withoutRepeats(p[i], 4)
	}
}

// withoutRepeats drops vertices that repeat the one before, unless fewer than least would remain.
func withoutRepeats[P ~[]orb.Point](path P, least int) P {
	if short := slices.Compact(slices.Clone(path)); len(short) >= least {
		return short
	}
	return path
}
