package topology_test

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/topology"
)

func ExampleFabric_Split() {
	fabric := topology.Fabric{
		{ID: "west", Geometry: orb.Polygon{{{104, 30}, {104.1, 30}, {104.1, 30.1}, {104, 30.1}, {104, 30}}}},
		{ID: "east", Geometry: orb.Polygon{{{104.1, 30}, {104.2, 30}, {104.2, 30.1}, {104.1, 30.1}, {104.1, 30}}}},
	}
	out, err := fabric.Split("west", orb.LineString{{103.9, 30.04}, {104.15, 30.04}}, "south")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range out.Changed {
		fmt.Println(c.ID, wkt.MarshalString(c.Geometry))
	}
	// Output:
	// west POLYGON((104 30.04,104.1 30.04,104.1 30.1,104 30.1,104 30.04))
	// east POLYGON((104.1 30,104.2 30,104.2 30.1,104.1 30.1,104.1 30.04,104.1 30))
	// south POLYGON((104 30,104.1 30,104.1 30.04,104 30.04,104 30))
}

// A line that ends within the shape cuts nothing; the fault says so, with the place.
func ExampleFabric_Do() {
	fabric := topology.Fabric{{ID: "P05", Geometry: orb.Polygon{{{104, 30}, {104.1, 30}, {104.1, 30.1}, {104, 30.1}, {104, 30}}}}}
	_, err := fabric.Do(topology.Operation{Do: "split", ID: "P05", Line: orb.LineString{{103.9, 30.04}, {104.05, 30.04}}, With: []string{"P13"}}, nil)
	fmt.Println(err)
	// Output:
	// the line does not lead through P05 from border to border (line-cuts-not at 103.9, 30.04)
}
