package tileset

import (
	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/tile"
)

// BoundsOn returns a box of WGS 84 in the degrees of the datum of a grid, in which its users take positions; nil
// stays nil. The corners are shifted; the sides between bend by less than a few metres.
func BoundsOn(g *tile.Grid, b *geo.BBox) *geo.BBox {
	shift := map[string]func(orb.Point) orb.Point{tile.GCJ02: geo.WGS84ToGCJ02, tile.BD09: geo.WGS84ToBD09}[g.Name()]
	if b == nil || shift == nil {
		return b
	}
	hull := orb.MultiPoint{
		shift(orb.Point{b.West, b.South}), shift(orb.Point{b.East, b.South}),
		shift(orb.Point{b.East, b.North}), shift(orb.Point{b.West, b.North}),
	}.Bound()
	return &geo.BBox{West: hull.Min[0], South: hull.Min[1], East: hull.Max[0], North: hull.Max[1]}
}
