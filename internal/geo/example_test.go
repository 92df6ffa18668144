package geo_test

import (
	"fmt"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

func ExampleAreaM2() {
	park := orb.Polygon{{{104, 30}, {104.01, 30}, {104.01, 30.01}, {104, 30.01}, {104, 30}}}
	area := geo.AreaM2(park)
	fmt.Printf("%.3f km², %.1f ha, %.0f mu\n", geo.Km2(area), geo.Hectare(area), geo.Mu(area))
	// Output: 1.070 km², 107.0 ha, 1604 mu
}

func ExampleValidate() {
	bowTie := orb.Polygon{{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}}
	for _, fault := range geo.Validate(bowTie) {
		fmt.Println(fault.Rule, fault.At)
	}
	// Output: self-intersection [0.5 0.5]
}

func ExampleCRS() {
	crs, err := geo.LookupCRS("EPSG:4544")
	if err != nil {
		fmt.Println(err)
		return
	}
	grid := crs.Forward(orb.Point{104.0657, 30.6595})
	fmt.Printf("%s: %.3f m east, %.3f m north\n", crs.Name, grid[0], grid[1])
	// Output: CGCS2000 / 3-degree Gauss-Kruger CM 105E: 410452.973 m east, 3393596.591 m north
}
