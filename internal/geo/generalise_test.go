package geo

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

func TestGeneralise(t *testing.T) {
	square := func(west float64) orb.Polygon {
		return orb.Polygon{{{west, 30}, {west + 1, 30}, {west + 1, 30.5}, {west + 1, 31}, {west, 31}, {west, 30.5}, {west, 30}}}
	}
	thin := func(west float64) orb.Polygon {
		return orb.Polygon{{{west, 30}, {west + 1, 30}, {west + 1, 31}, {west, 31}, {west, 30}}}
	}
	line := orb.LineString{{104, 30}, {104.5, 30.00001}, {105, 30}}
	tests := map[string]struct{ in, want []orb.Geometry }{
		"nothing":             {nil, []orb.Geometry{}},
		"nil and points stay": {[]orb.Geometry{nil, orb.Point{1, 2}}, []orb.Geometry{nil, orb.Point{1, 2}}},
		"a line keeps its ends": {
			[]orb.Geometry{line}, []orb.Geometry{orb.LineString{{104, 30}, {105, 30}}},
		},
		"kinds of polygons stay what they are": {
			[]orb.Geometry{square(104), orb.MultiPolygon{square(107)}}, []orb.Geometry{thin(104), orb.MultiPolygon{thin(107)}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, NewGeneraliser(tt.in).At(10)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if len(line) != 3 {
		t.Error("the input was changed")
	}
	if diff := cmp.Diff([]orb.Geometry{line}, NewGeneraliser([]orb.Geometry{line}).At(0)); diff != "" {
		t.Errorf("without a tolerance (-want +got):\n%s", diff)
	}
}
