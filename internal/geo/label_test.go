package geo_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"parkmap/internal/geo"
)

func TestLabelPoint(t *testing.T) {
	tests := []struct {
		name, wkt string
		want      orb.Point
		tolerance float64
	}{
		{"square", "POLYGON((0 0,2 0,2 2,0 2,0 0))", orb.Point{1, 1}, 0.02},
		{"the thick end of a club", "POLYGON((0 0,10 0,10 -2,14 -2,14 2,10 2,10 .2,0 .2,0 0))", orb.Point{12, 0}, 0.05},
		{"the largest part", "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((5 0,8 0,8 3,5 3,5 0)))", orb.Point{6.5, 1.5}, 0.05},
		{"middle of a line", "LINESTRING(0 0,1 0,4 0)", orb.Point{2, 0}, 1e-9},
		{"middle of the longest line", "MULTILINESTRING((0 5,1 5),(0 0,4 0))", orb.Point{2, 0}, 1e-9},
		{"a line without length", "LINESTRING(3 3,3 3)", orb.Point{3, 3}, 0},
		{"point", "POINT(104 30)", orb.Point{104, 30}, 0},
		{"the middle one of three points", "MULTIPOINT((0 0),(1 1),(9 9))", orb.Point{1, 1}, 0},
		{"areas before lines and points", "GEOMETRYCOLLECTION(POINT(9 9),LINESTRING(0 0,4 0),POLYGON((0 0,2 0,2 2,0 2,0 0)))", orb.Point{1, 1}, 0.02},
		{"flat", "POLYGON((0 0,2 0,4 0,0 0))", orb.Point{2, 0}, 1e-9},
		{"empty", "POLYGON EMPTY", orb.Point{}, 0},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got := geo.LabelPoint(parse(t, c.wkt)); !within(got, c.want, c.tolerance) {
				t.Errorf("LabelPoint = %v, want %v", got, c.want)
			}
		})
	}
	for _, g := range []orb.Geometry{orb.Ring{{0, 0}, {2, 0}, {2, 2}, {0, 2}, {0, 0}}, orb.Bound{Max: orb.Point{2, 2}}} {
		if got := geo.LabelPoint(g); !within(got, orb.Point{1, 1}, 0.02) {
			t.Errorf("of %v: %v", g, got)
		}
	}
	if got := geo.LabelPoint(nil); got != (orb.Point{}) {
		t.Errorf("of nil: %v", got)
	}
}

// In the north a degree of longitude is short: the widest place in degrees is not the widest on the ground.
func TestLabelPointMeasuresOnTheGround(t *testing.T) {
	flagpole := parse(t, "POLYGON((0 70,3 70,3 70.8,1.2 70.8,1.2 74,0 74,0 70))")
	if got := geo.LabelPoint(flagpole); math.Abs(got[1]-70.4) > 0.2 {
		t.Errorf("LabelPoint = %v, want it in the wide base", got)
	}
}

func TestLabelPointLiesInside(t *testing.T) {
	shapes := map[string]orb.Polygon{
		"ring around a hole":  {starRing(orb.Point{104, 30}, 1, 300), starRing(orb.Point{104, 30}, 0.7, 200)},
		"crescent":            {{{0, 0}, {4, 1}, {8, 0}, {4, 4}, {0, 0}}},
		"long diagonal strip": {{{0, 0}, {0.001, 0}, {8, 8}, {8, 8.001}, {0, 0}}},
		"large outline":       {starRing(orb.Point{104, 30}, 1, 99_000)},
	}
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			if p := geo.LabelPoint(shape); !planar.PolygonContains(shape, p) {
				t.Errorf("%v lies outside", p)
			}
		})
	}
}
