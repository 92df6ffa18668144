package tile

import (
	"math"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// tilePx is the number of pixels that a side of a tile counts by.
const tilePx = 256

// Bounds on how far the edges of a tile of a shifted datum are bent. The formulas of GCJ-02 and BD-09 change a
// distance by less than 3 %, and move a position by less than 0.03°. The bands of Baidu Mercator leave gaps of
// up to 15 m, and the shift itself begins abruptly at the rim of the box of mainland China.
const (
	bendShare  = 0.03
	gapDeg     = 2e-4
	maxBendDeg = 0.03
)

// shiftedBox holds where positions are shifted; the same as in geo.
var shiftedBox = orb.Bound{Min: orb.Point{72.004, 0.8293}, Max: orb.Point{137.8347, 55.8271}}

// Box returns a box of WGS 84 that holds all that may be seen in a tile with a margin of bufferPx pixels, of
// which a tile has 256. It never reaches beyond ±180° and ±90° and so never crosses the antimeridian. On a
// shifted datum it is a little larger than need be, because the edges of the tile are bent on the earth.
func (g *Grid) Box(id ID, bufferPx float64) geo.BBox {
	corner, n, margin := g.Corner(id), scale(id.Z), bufferPx/tilePx
	b := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for _, x := range [2]float64{corner[0] - margin, corner[0] + 1 + margin} {
		for _, y := range [2]float64{corner[1] - margin, corner[1] + 1 + margin} {
			b = b.Extend(g.inverse(orb.Point{x / n, y / n}))
		}
	}
	if g.shifted {
		b = b.Pad(bend(b))
	}
	// Beyond the ends of a plane there is nothing more of the earth, so what lies there counts to the last tiles.
	if corner[1]-margin <= g.min[1]*n {
		b.Max[1] = 90
	}
	if corner[1]+1+margin >= g.max[1]*n {
		b.Min[1] = -90
	}
	return geo.BBox{
		West: max(-180, b.Min[0]), South: max(-90, b.Min[1]),
		East: min(180, b.Max[0]), North: min(90, b.Max[1]),
	}
}

// bend returns by how many degrees a shifted position within the tile whose corners span b may leave b.
func bend(b orb.Bound) float64 {
	inside := shiftedBox.Pad(-maxBendDeg)
	if !inside.Contains(b.Min) || !inside.Contains(b.Max) {
		return maxBendDeg
	}
	return min(maxBendDeg, bendShare*max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1])+gapDeg)
}
