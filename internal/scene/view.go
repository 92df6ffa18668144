package scene

import (
	"math"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// tilePx is the side of the world at zoom 0 in pixels, as in the web map.
const tilePx = 256

// earth is the length of the equator in metres, as the web map has it.
const earth = 2 * math.Pi * 6378137

// MaxLat is where the square world of web mercator ends, in degrees.
const MaxLat = 85.05112878

// LeastDegrees is the least width and height of an extent that is asked for.
const LeastDegrees = 1e-5

// The zooms of pictures: no picture shows less than the world's width in 16 px or more than house numbers do.
const (
	minZoom = -4
	maxZoom = 18
)

// Plane is a map projection: from CRS84 to a plane whose x grows to the east and y to the north, and back. Every
// geo.CRS is one.
type Plane interface {
	Forward(p orb.Point) orb.Point
	Inverse(p orb.Point) orb.Point
}

// mercator is the plane of the web map. The world is one unit wide.
type mercator struct{}

func (mercator) Forward(p orb.Point) orb.Point {
	lat := max(-MaxLat, min(MaxLat, p[1])) * math.Pi / 180
	return orb.Point{p[0]/360 + 0.5, math.Log(math.Tan(math.Pi/4+lat/2))/(2*math.Pi) - 0.5}
}

func (mercator) Inverse(p orb.Point) orb.Point {
	return orb.Point{(p[0] - 0.5) * 360, (2*math.Atan(math.Exp((p[1]+0.5)*2*math.Pi)) - math.Pi/2) * 180 / math.Pi}
}

// view projects CRS84 to the pixels of a picture.
type view struct {
	box    Box // the map in the picture
	plane  Plane
	sx, sy float64 // pixels per unit of the plane, to the east and to the north
	dx, dy float64 // where the origin of the plane lies
	zoom   float64 // of the web map that has the same scale
	metres float64 // of a pixel in the middle
}

// fit shows extent in box on the plane of the web map, with room of pad pixels at each side, no closer than zoom.
func fit(extent orb.Bound, box Box, pad, zoom float64) view {
	v := view{box: box, plane: mercator{}}
	p, q := v.plane.Forward(extent.Min), v.plane.Forward(extent.Max)
	wide, high := max(box.W-2*pad, box.W/2), max(box.H-2*pad, box.H/2)
	scale := min(wide/max(q[0]-p[0], 1e-9), high/max(q[1]-p[1], 1e-9))
	v.sx = max(tilePx*math.Exp2(minZoom), min(scale, tilePx*math.Exp2(zoom)))
	v.sy = v.sx
	v.centre(orb.Point{(p[0] + q[0]) / 2, (p[1] + q[1]) / 2})
	v.zoom = math.Log2(v.sx / tilePx)
	lat := v.plane.Inverse(orb.Point{0, (p[1] + q[1]) / 2})[1]
	v.metres = earth * math.Cos(lat*math.Pi/180) / v.sx
	return v
}

// window fills box with a rectangle of a plane, whatever its shape.
func window(plane Plane, of orb.Bound, box Box) view {
	v := view{box: box, plane: plane, sx: box.W / (of.Max[0] - of.Min[0]), sy: box.H / (of.Max[1] - of.Min[1])}
	middle := of.Center()
	v.centre(middle)
	p := plane.Inverse(middle)
	step := func(x, y float64) float64 { // metres per pixel, measured across an eighth of the map
		side := min(box.W, box.H) / 8
		return geo.DistanceM(p, plane.Inverse(orb.Point{middle[0] + x*side, middle[1] + y*side})) / side
	}
	v.metres = math.Sqrt(step(1/v.sx, 0) * step(0, 1/v.sy))
	v.zoom = math.Log2(earth * math.Cos(p[1]*math.Pi/180) / (tilePx * v.metres))
	return v
}

// centre puts a point of the plane into the middle of the map.
func (v *view) centre(p orb.Point) {
	middle := v.box.middle()
	v.dx, v.dy = middle.X-p[0]*v.sx, middle.Y+p[1]*v.sy
}

func (v view) project(p orb.Point) Pt {
	q := v.plane.Forward(p)
	return Pt{v.dx + q[0]*v.sx, v.dy - q[1]*v.sy}
}

// sees tells whether any of a bound may lie within margin pixels of the map.
func (v view) sees(b orb.Bound, margin float64) bool {
	round, box := v.round(b), v.box.grow(margin)
	return round.X <= box.X+box.W && round.X+round.W >= box.X && round.Y <= box.Y+box.H && round.Y+round.H >= box.Y
}

// bulge is how much of its size a box may bend beyond its corners and the middles of its sides.
const bulge = 0.05

// round returns a box that holds a bound as it is projected.
func (v view) round(b orb.Bound) Box {
	p, q := v.project(b.LeftTop()), v.project(b.RightBottom())
	if v.plane == (mercator{}) { // its meridians and parallels are straight
		return Box{p.X, p.Y, q.X - p.X, q.Y - p.Y}
	}
	points := []Pt{p, q, v.project(b.Min), v.project(b.Max)}
	middle := b.Center()
	for _, m := range []orb.Point{{middle[0], b.Min[1]}, {middle[0], b.Max[1]}, {b.Min[0], middle[1]}, {b.Max[0], middle[1]}} {
		points = append(points, v.project(m))
	}
	box := boxRound(points)
	return box.grow(bulge * max(box.W, box.H))
}
