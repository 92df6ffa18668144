package check_test

import (
	"fmt"

	"github.com/paulmach/orb"

	"parkmap/internal/check"
	"parkmap/internal/layout"
)

func ExampleCheck() {
	area := func(id layout.ID, west, east float64) layout.Feature {
		return layout.Feature{
			Collection: layout.Areas, ID: id, Properties: &layout.Area{Provenance: layout.Provenance{Outline: "schematic"}},
			Geometry: orb.Polygon{{{west, 30}, {east, 30}, {east, 30.1}, {west, 30.1}, {west, 30}}},
		}
	}
	published := &layout.Layout{Features: []layout.Feature{area("T01", 104, 104.1), area("T02", 104.1, 104.2)}}
	for _, i := range check.Check(published, []layout.Feature{area("T01", 104, 104.105)}, nil) {
		fmt.Println(i.Level, i.Code, i.With, i.Params(func(id layout.ID) string { return string(id) }), i.Fix)
	}
	// Output:
	// warning overlap T02 [km2 5.35 name T02] &{trim T01 [T02] [] [] [] false 0 false}
}
