package scene

import (
	"math"

	"github.com/paulmach/orb"
)

// tilePx is the side of the world at zoom 0 in pixels, as in the web map.
const tilePx = 256

// MaxLat is where the square world of web mercator ends, in degrees.
const MaxLat = 85.05112878

// LeastDegrees is the least width and height of an extent that is asked for.
const LeastDegrees = 1e-5

// The zooms of pictures: no picture shows less than the world's width in 16 px or more than house numbers do.
const (
	minZoom = -4
	maxZoom = 18
)

// view projects CRS84 to the pixels of a picture, by web mercator.
type view struct {
	box   Box // the map in the picture
	scale float64
	dx    float64
	dy    float64
	zoom  float64
	lat   float64 // of the middle, for the scale bar
}

// mercator returns x and y of a position on the unit square, y down.
func mercator(p orb.Point) (x, y float64) {
	lat := max(-MaxLat, min(MaxLat, p[1])) * math.Pi / 180
	return p[0]/360 + 0.5, 0.5 - math.Log(math.Tan(math.Pi/4+lat/2))/(2*math.Pi)
}

// latitude is the inverse of mercator for y.
func latitude(y float64) float64 {
	return (2*math.Atan(math.Exp((0.5-y)*2*math.Pi)) - math.Pi/2) * 180 / math.Pi
}

// fit shows extent in box, with room of pad pixels at each side, no closer than zoom.
func fit(extent orb.Bound, box Box, pad, zoom float64) view {
	x0, y1 := mercator(extent.Min)
	x1, y0 := mercator(extent.Max)
	wide, high := max(box.W-2*pad, box.W/2), max(box.H-2*pad, box.H/2)
	scale := min(wide/max(x1-x0, 1e-9), high/max(y1-y0, 1e-9))
	v := view{box: box, scale: max(tilePx*math.Exp2(minZoom), min(scale, tilePx*math.Exp2(zoom)))}
	v.zoom = math.Log2(v.scale / tilePx)
	middle := box.middle()
	v.dx = middle.X - (x0+x1)/2*v.scale
	v.dy = middle.Y - (y0+y1)/2*v.scale
	v.lat = latitude((y0 + y1) / 2)
	return v
}

func (v view) project(p orb.Point) Pt {
	x, y := mercator(p)
	return Pt{v.dx + x*v.scale, v.dy + y*v.scale}
}

// sees tells whether any of a bound may lie within margin pixels of the map.
func (v view) sees(b orb.Bound, margin float64) bool {
	p, q := v.project(orb.Point{b.Min[0], b.Max[1]}), v.project(orb.Point{b.Max[0], b.Min[1]})
	box := v.box.grow(margin)
	return p.X <= box.X+box.W && q.X >= box.X && p.Y <= box.Y+box.H && q.Y >= box.Y
}

// metresPerPixel is the scale in the middle of the map.
func (v view) metresPerPixel() float64 {
	const earth = 2 * math.Pi * 6378137
	return earth * math.Cos(v.lat*math.Pi/180) / v.scale
}
