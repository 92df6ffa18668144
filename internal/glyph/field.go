package glyph

import (
	"math"

	"parkmap/internal/draw"
)

// What clients expect of a field (the glyph source of the MapLibre style specification): characters 24 pixels
// tall with 3 pixels around, whose values fall from 255 by 32 a pixel and are 191 on the outline.
const (
	size   = 24
	border = 3
	radius = 8.0
	cutoff = 0.25
)

// reach is how far outside the outline, in pixels, values are above zero.
const reach = radius * (1 - cutoff)

// flatness is how far straight lines may stray from curves, in pixels.
const flatness = 0.04

// field is the distance field of a character.
type field struct {
	width, height int     // without the border
	left, top     int     // of the first pixel inside the border: from the origin, to the right and up
	values        []uint8 // by rows, with the border
}

// fieldOf measures, from the middle of each pixel, the distance to an outline in pixels, grown on all sides.
// The outline may overlap itself: by the non-zero rule it is one shape.
func fieldOf(outline draw.Path, grow float64) field {
	edges := outerEdges(outline.Rings(flatness))
	if len(edges) == 0 {
		return field{}
	}
	lo, hi := boundsOf(edges)
	left, top := math.Floor(lo.X-grow), math.Floor(lo.Y-grow)
	f := field{left: int(left), top: -int(top), width: int(math.Ceil(hi.X+grow) - left), height: int(math.Ceil(hi.Y+grow) - top)}
	origin := draw.Pt{X: left - border, Y: top - border}
	c := newCanvas(f.width+2*border, f.height+2*border)
	for _, e := range edges {
		c.measure(e.moved(origin), reach+grow)
	}
	f.values = c.values(edges, origin, grow)
	return f
}

// canvas holds the squared distance of each pixel to the nearest edge so far.
type canvas struct {
	w, h   int
	square []float64
}

func newCanvas(w, h int) *canvas {
	c := &canvas{w: w, h: h, square: make([]float64, w*h)}
	for i := range c.square {
		c.square[i] = math.MaxFloat64
	}
	return c
}

// measure takes one edge into account, for the pixels that are near enough to tell.
func (c *canvas) measure(e edge, within float64) {
	d := draw.Pt{X: e.b.X - e.a.X, Y: e.b.Y - e.a.Y}
	length := d.X*d.X + d.Y*d.Y
	x0, x1 := span(min(e.a.X, e.b.X)-within, max(e.a.X, e.b.X)+within, c.w)
	y0, y1 := span(min(e.a.Y, e.b.Y)-within, max(e.a.Y, e.b.Y)+within, c.h)
	for y := y0; y < y1; y++ {
		py := float64(y) + 0.5 - e.a.Y
		for x := x0; x < x1; x++ {
			px := float64(x) + 0.5 - e.a.X
			t := max(0, min((px*d.X+py*d.Y)/length, 1))
			dx, dy := px-t*d.X, py-t*d.Y
			if at := y*c.w + x; dx*dx+dy*dy < c.square[at] {
				c.square[at] = dx*dx + dy*dy
			}
		}
	}
}

// span returns the pixels of a row or column whose middles lie between two positions.
func span(from, to float64, most int) (int, int) {
	return max(0, int(math.Ceil(from-0.5))), min(most, int(math.Floor(to-0.5))+1)
}

// values turns distances into bytes: positive outside, negative inside.
func (c *canvas) values(edges []edge, origin draw.Pt, grow float64) []uint8 {
	out := make([]uint8, len(c.square))
	rows := newRows(edges)
	for y := range c.h {
		inside := rows.inside(origin.Y+float64(y)+0.5, origin.X+0.5, c.w)
		for x := range c.w {
			d := math.Sqrt(c.square[y*c.w+x])
			if inside[x] {
				d = -d
			}
			v := 255 * (1 - cutoff - (d-grow)/radius)
			out[y*c.w+x] = uint8(math.Round(max(0, min(v, 255))))
		}
	}
	return out
}
