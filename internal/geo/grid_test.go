package geo_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/geo"
)

func TestSnap(t *testing.T) {
	tests := []struct {
		name string
		g    orb.Geometry
		want orb.Geometry
	}{
		{"rounds to the nearest step", orb.Point{104.123456785001, 30.123456784999}, orb.Point{104.12345679, 30.12345678}},
		{"keeps what is on the grid", orb.Point{104.06570001, -30.65950009}, orb.Point{104.06570001, -30.65950009}},
		{"collections", orb.Collection{orb.LineString{{0.123456789, 1}, {2, 3}}}, orb.Collection{orb.LineString{{0.12345679, 1}, {2, 3}}}},
		{"empty", orb.Polygon{}, orb.Polygon{}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got := geo.Snap(c.g); !orb.Equal(got, c.want) {
				t.Errorf("Snap = %v, want %v", got, c.want)
			}
		})
	}
}

func TestSnapLeavesNoMinusZero(t *testing.T) {
	if p := geo.Snap(orb.Point{-1e-12, math.Copysign(0, -1)}).(orb.Point); math.Signbit(p[0]) || math.Signbit(p[1]) {
		t.Errorf("got %v", p)
	}
}

func TestSnapOfNilIsNil(t *testing.T) {
	if g := geo.Snap(nil); g != nil {
		t.Errorf("got %v", g)
	}
	if g := geo.Normalise(nil); g != nil {
		t.Errorf("got %v", g)
	}
}

func TestWind(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"both rings wrong", "POLYGON((0 0,0 9,9 9,9 0,0 0),(1 1,3 1,3 3,1 1))", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,3 3,3 1,1 1))"},
		{"both rings right", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,3 3,3 1,1 1))", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,3 3,3 1,1 1))"},
		{"parts", "MULTIPOLYGON(((0 0,0 9,9 9,0 0)),((0 0,9 9,0 9,0 0)))", "MULTIPOLYGON(((0 0,9 9,0 9,0 0)),((0 0,9 9,0 9,0 0)))"},
		{"in a collection", "GEOMETRYCOLLECTION(POLYGON((0 0,0 9,9 9,0 0)))", "GEOMETRYCOLLECTION(POLYGON((0 0,9 9,0 9,0 0)))"},
		{"without area", "POLYGON((0 0,1 1,2 2,0 0))", "POLYGON((0 0,1 1,2 2,0 0))"},
		{"lines stay", "LINESTRING(0 0,0 9,9 9,0 0)", "LINESTRING(0 0,0 9,9 9,0 0)"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			in := parse(t, c.in)
			if got := wkt.MarshalString(geo.Wind(in)); got != c.want {
				t.Errorf("Wind = %s, want %s", got, c.want)
			}
			if wkt.MarshalString(in) != c.in {
				t.Error("the original was changed")
			}
		})
	}
}

// Far from the origin the order of a tiny ring must not drown in rounding.
func TestWindOfATinyRing(t *testing.T) {
	tiny := orb.Ring{{104, 30}, {104, 30.00000001}, {104.00000001, 30}, {104, 30}}
	if geo.Wind(tiny).(orb.Ring).Orientation() != orb.CCW {
		t.Error("still clockwise")
	}
}

func TestNormaliseSnapsAndWinds(t *testing.T) {
	in := orb.Polygon{{{0, 0}, {0, 9.000000001}, {9, 9}, {0, 0}}}
	want := orb.Polygon{{{0, 0}, {9, 9}, {0, 9}, {0, 0}}}
	if got := geo.Normalise(in); !orb.Equal(got, want) {
		t.Errorf("Normalise = %v, want %v", got, want)
	}
}

func TestProjectLeavesTheOriginal(t *testing.T) {
	in := orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}}
	out := geo.Project(in, geo.SwapAxes).(orb.MultiPolygon)
	if in[0][0][1] != (orb.Point{1, 0}) || out[0][0][1] != (orb.Point{0, 1}) {
		t.Errorf("in %v, out %v", in, out)
	}
}
