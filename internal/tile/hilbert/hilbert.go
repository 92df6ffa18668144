// Package hilbert numbers the tiles of a quadtree along the Hilbert curve, zoom after zoom, as PMTiles 3 does
// (section 4.1, tile ids). Tiles next to each other on the curve are next to each other on the map, and the four
// children of a tile follow one another in the order of their parents.
package hilbert

import "parkmap/internal/tile"

// MaxZoom is the deepest zoom whose numbers fit 64 bits.
const MaxZoom = 31

// First returns the number of the first tile of a zoom: how many tiles all zooms above it have, (4^z − 1) / 3.
func First(z int) uint64 { return (1<<(2*z) - 1) / 3 }

// Number returns the number of a tile of a quadtree, 0 for 0/0/0. Zoom is 0 to MaxZoom, column and row are within the
// matrix; rows count from the north.
func Number(id tile.ID) uint64 {
	x, y, d := uint64(id.X), uint64(id.Y), uint64(0)
	for s := uint64(1) << id.Z >> 1; s > 0; s >>= 1 {
		right, low := x&s != 0, y&s != 0
		switch {
		case right && !low:
			d += 3 * s * s
		case right:
			d += 2 * s * s
		case low:
			d += s * s
		}
		x, y = turn(x, y, s, right, low)
	}
	return First(id.Z) + d
}

// Tile is the inverse of Number.
func Tile(number uint64) tile.ID {
	z := 0
	for z < MaxZoom && number >= First(z+1) {
		z++
	}
	d := number - First(z)
	var x, y uint64
	for s := uint64(1); s < 1<<z; s <<= 1 {
		right := d&2 != 0
		low := (d^d>>1)&1 != 0
		x, y = turn(x, y, s, right, low)
		if right {
			x += s
		}
		if low {
			y += s
		}
		d >>= 2
	}
	return tile.ID{Z: z, X: int(x), Y: int(y)}
}

// turn carries a position into the quadrant that the curve enters turned: both upper ones are mirrored along the
// diagonal, the right one of them from its far corner. Only the bits below s matter.
func turn(x, y, s uint64, right, low bool) (uint64, uint64) {
	if low {
		return x, y
	}
	if right {
		x, y = (s-1)-x&(s-1), (s-1)-y&(s-1)
	}
	return y, x
}
