package mvt

import (
	"math"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/tile"
)

const (
	// Extent is the number of units along a side of a tile.
	Extent = 4096
	// BufferPx is the margin around a tile, in pixels of which a tile has 256, in which geometry is kept.
	BufferPx = 4

	margin    = BufferPx * Extent / 256
	windowMin = -margin
	windowMax = Extent + margin
)

// spot is a position in a tile before it is rounded.
type spot struct{ x, y float64 }

// frame takes positions of a reference system to a tile.
type frame struct {
	plane  func(orb.Point) orb.Point
	planes func([]orb.Point) // plane for many, in place
	scale  float64
	corner orb.Point
	// window holds, in the reference system, all that can be seen; bounded says that it is known. Beyond one of its
	// sides means beyond the same side of the tile.
	window  orb.Bound
	bounded bool
	// inner holds, in the reference system, what is inside the margin for sure; it is empty where that is not known.
	inner orb.Bound
	// unit is half a unit of the tile at its narrowest, in the reference system; 0 where it is not known.
	unit orb.Point
}

// newFrame returns the frame of a tile for positions in c.
func newFrame(g *tile.Grid, id tile.ID, c geo.CRS) frame {
	f := frame{plane: g.From(c), planes: g.FromAll(c), scale: math.Ldexp(1, id.Z), corner: g.Corner(id), inner: nothing()}
	if c.Projected() && (c.Code != 3857 || g.Name() != tile.WebMercatorQuad) {
		return f // the sides of the tile are bent
	}
	box := g.Box(id, BufferPx)
	f.window = orb.Bound{Min: c.Forward(orb.Point{box.West, box.South}), Max: c.Forward(orb.Point{box.East, box.North})}
	f.bounded = true
	if g.MatrixSet() == nil {
		f.window = f.window.Pad(shiftDeg)
	} else {
		f.unit = f.halfUnit(g, c)
		unit := max(f.unit[0], f.unit[1])
		f.inner = f.window.Pad(-unit)
		f.window = f.window.Pad(unit)
	}
	f.open(box)
	return f
}

// nothing is an empty bound.
func nothing() orb.Bound { return orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}} }

// halfUnit returns the size of half a unit of the tile, where it is smallest.
func (f *frame) halfUnit(g *tile.Grid, c geo.CRS) orb.Point {
	const half = 0.5 / Extent
	at := func(x, y float64) orb.Point {
		return c.Forward(g.Unproject(orb.Point{(f.corner[0] + x) / f.scale, (f.corner[1] + y) / f.scale}))
	}
	nw, in, se := at(0, 0), at(1-half, 1-half), at(1, 1)
	return orb.Point{se[0] - in[0], min(nw[1]-at(0, half)[1], in[1]-se[1])}
}

// open takes sides of the window away where the world ends, since the margin of the outermost tiles does not.
func (f *frame) open(box geo.BBox) {
	if box.West <= -180 {
		f.window.Min[0] = math.Inf(-1)
	}
	if box.South <= -90 {
		f.window.Min[1] = math.Inf(-1)
	}
	if box.East >= 180 {
		f.window.Max[0] = math.Inf(1)
	}
	if box.North >= 90 {
		f.window.Max[1] = math.Inf(1)
	}
}

// shiftDeg is more than a shifted datum moves a position. It keeps what lies beyond one side of the window beyond
// the same side of the tile.
const shiftDeg = 0.03

// spot returns where p lies in the tile; not ok when it is no number or absurdly far away. Whole numbers are
// subtracted before anything is rounded, so neighbouring tiles agree to the last bit.
func (f *frame) spot(p orb.Point) (spot, bool) {
	s := f.place(f.plane(p))
	return s, math.Abs(s.x) < 1e15 && math.Abs(s.y) < 1e15
}

// place is spot for a position on the plane of the grid.
func (f *frame) place(q orb.Point) spot {
	return spot{(q[0]*f.scale - f.corner[0]) * Extent, (q[1]*f.scale - f.corner[1]) * Extent}
}

// side tells beyond which sides of a window a position lies, as bits.
type side uint8

const (
	west side = 1 << iota
	east
	north
	south
)

func (s spot) side() (out side) {
	if s.x < windowMin {
		out = west
	} else if s.x > windowMax {
		out = east
	}
	if s.y < windowMin {
		out |= north
	} else if s.y > windowMax {
		out |= south
	}
	return out
}

// beyond is side for a position of the reference system.
func (f *frame) beyond(p orb.Point) (out side) {
	if p[0] < f.window.Min[0] {
		out = west
	} else if p[0] > f.window.Max[0] {
		out = east
	}
	if p[1] < f.window.Min[1] {
		out |= south
	} else if p[1] > f.window.Max[1] {
		out |= north
	}
	return out
}

// inside tells whether a box of the reference system is inside the margin for sure.
func (f *frame) inside(b orb.Bound) bool {
	return b.Min[0] >= f.inner.Min[0] && b.Min[1] >= f.inner.Min[1] && b.Max[0] <= f.inner.Max[0] && b.Max[1] <= f.inner.Max[1]
}

// round returns the nearest position of the grid, halves up: the same in all tiles.
func (s spot) round() point {
	const positive = 4 * margin
	return point{int32(s.x+positive+0.5) - positive, int32(s.y+positive+0.5) - positive}
}
