package main

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"parkmap/internal/tile"
)

// spot is a tile of Web Mercator.
type spot struct{ z, x, y int }

// path is where a server has the tile of a layer.
func (s spot) path(layer string) string {
	return fmt.Sprintf("/tiles/%s/%d/%d/%d.mvt", layer, s.z, s.x, s.y)
}

// spots returns at most n tiles of a zoom whose middle lies in a box, evenly spread, in rows from the north; where
// none does, the one that holds the middle of the box.
func spots(b orb.Bound, z, n int) []spot {
	var all []spot
	grid, _ := tile.LookupGrid(tile.WebMercatorQuad)
	scale := math.Exp2(float64(z))
	from, to := grid.Project(orb.Point{b.Min[0], b.Max[1]}), grid.Project(orb.Point{b.Max[0], b.Min[1]})
	for y := int(math.Ceil(from[1]*scale - 0.5)); float64(y)+0.5 <= to[1]*scale; y++ {
		for x := int(math.Ceil(from[0]*scale - 0.5)); float64(x)+0.5 <= to[0]*scale; x++ {
			all = append(all, spot{z, x, y})
		}
	}
	if len(all) == 0 {
		id := grid.At(b.Center(), z)
		return []spot{{id.Z, id.X, id.Y}}
	}
	if len(all) <= n {
		return all
	}
	some := make([]spot, n)
	for i := range some {
		some[i] = all[i*len(all)/n]
	}
	return some
}

// tileTargets asks for tiles of a layer.
func tileTargets(name, layer, encoding string, tiles []spot) []target {
	list := make([]target, len(tiles))
	for i, s := range tiles {
		list[i] = target{name, s.path(layer), encoding}
	}
	return list
}
