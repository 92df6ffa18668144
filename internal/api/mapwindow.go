package api

import (
	"fmt"
	"math"
	"strings"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/ogc"
	"parkmap/internal/scene"
)

// mapMargin is what a map shows round an extent that nobody asked for, as a share of its size.
const mapMargin = 0.05

// mapWindow returns the box that a map shows, in its system: bbox in the system of bbox-crs or, without it, the extent.
func (a *asked) mapWindow(crs geo.CRS, extent *geo.BBox) (orb.Bound, error) {
	from, err := a.system("bbox-crs")
	if err != nil {
		return orb.Bound{}, err
	}
	var b orb.Bound
	switch {
	case a.values.Has("bbox"):
		if b, err = readMapBox(a.values.Get("bbox"), from); err != nil {
			return b, err
		}
	case extent == nil || extent.West > extent.East:
		return b, badParameter("bbox", "is needed: the extent of this collection is not known, or crosses the 180th meridian")
	default:
		from = geo.CRS{}
		b = orb.Bound{Min: orb.Point{extent.West, extent.South}, Max: orb.Point{extent.East, extent.North}}
		b = within(b.Pad(max(scene.LeastDegrees, mapMargin*max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]))))
	}
	if from.Code != crs.Code {
		b = reproject(b, func(p orb.Point) orb.Point { return crs.Forward(from.Inverse(p)) })
	}
	return b, checkWindow(crs, b)
}

// readMapBox reads four numbers, or six with heights that are not used, in the order of the axes of their system. East
// comes first in what it returns.
func readMapBox(text string, crs geo.CRS) (orb.Bound, error) {
	parts := strings.Split(text, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return orb.Bound{}, badParameter("bbox", "must be 4 or 6 numbers separated by commas")
	}
	v := make([]float64, len(parts))
	for i, part := range parts {
		n, err := parseNumber(strings.TrimSpace(part))
		if err != nil || math.IsInf(n, 0) {
			return orb.Bound{}, badParameter("bbox", quote(part)+" is no number")
		}
		v[i] = n
	}
	half := len(v) / 2
	b := orb.Bound{Min: orb.Point{v[0], v[1]}, Max: orb.Point{v[half], v[half+1]}}
	if crs.AxisOrder == geo.NorthEast {
		b = orb.Bound{Min: geo.SwapAxes(b.Min), Max: geo.SwapAxes(b.Max)}
	}
	least := scene.LeastDegrees
	if crs.Projected() {
		least = 1
	}
	switch {
	case b.Min[0] > b.Max[0] && !crs.Projected():
		return b, badParameter("bbox", "its west is east of its east; a map cannot cross the 180th meridian")
	case b.Min[0] > b.Max[0] || b.Min[1] > b.Max[1]:
		return b, badParameter("bbox", "its first corner must be the lower left one, in the order of the axes of bbox-crs")
	case b.Max[0]-b.Min[0] < least || b.Max[1]-b.Min[1] < least:
		return b, badParameter("bbox", "is empty or too small to be drawn")
	}
	return b, checkWindow(crs, b)
}

// meridianMost is how far from the meridian of a Gauss-Krüger grid a map may reach, in degrees.
const meridianMost = 30

// checkWindow tells whether a box lies where its system has a meaning.
func checkWindow(crs geo.CRS, b orb.Bound) error {
	lon0, grid := crs.Meridian()
	size := max(b.Max[0]-b.Min[0], b.Max[1]-b.Min[1])
	for _, q := range edges(b) {
		p := crs.Inverse(q)
		again := crs.Forward(p)
		most := 90.0
		if crs.Code == webMercator {
			most = scene.MaxLat + 1e-6
		}
		off := math.Hypot(again[0]-q[0], again[1]-q[1])
		if !(math.Abs(p[0]) <= 180+1e-9 && math.Abs(p[1]) <= most && off <= 1e-6*size) || grid && math.Abs(p[0]-lon0) > meridianMost {
			return badParameter("bbox", fmt.Sprintf("%s has no meaning in %s", contentBBox(crs, b), crs.Name))
		}
	}
	return nil
}

const webMercator = 3857

// edges are points on the edge of a box, its corners among them.
func edges(b orb.Bound) orb.MultiPoint {
	const parts = 16
	var out orb.MultiPoint
	for i := range parts + 1 {
		t := float64(i) / parts
		x, y := b.Min[0]+t*(b.Max[0]-b.Min[0]), b.Min[1]+t*(b.Max[1]-b.Min[1])
		out = append(out, orb.Point{x, b.Min[1]}, orb.Point{x, b.Max[1]}, orb.Point{b.Min[0], y}, orb.Point{b.Max[0], y})
	}
	return out
}

// reproject returns the box that holds the edge of another one.
func reproject(b orb.Bound, to func(orb.Point) orb.Point) orb.Bound {
	points := edges(b)
	for i := range points {
		points[i] = to(points[i])
	}
	return points.Bound()
}

// geographic returns the box in CRS84 that holds a window.
func geographic(crs geo.CRS, b orb.Bound) orb.Bound { return within(reproject(b, crs.Inverse)) }

// within cuts a box in CRS84 to the world.
func within(b orb.Bound) orb.Bound {
	return orb.Bound{
		Min: orb.Point{max(b.Min[0], -180), max(b.Min[1], -90)}, Max: orb.Point{min(b.Max[0], 180), min(b.Max[1], 90)},
	}
}

// mapSize reads width and height. What is not given follows from the shape that the window has on the ground, in its
// middle.
func (a *asked) mapSize(crs geo.CRS, r *scene.Request) error {
	size := [2]int{}
	for i, name := range []string{"width", "height"} {
		if !a.values.Has(name) {
			continue
		}
		n, err := readSize(name, a.values.Get(name), ogc.PictureMost)
		if err != nil {
			return err
		}
		size[i] = n
	}
	shape := shapeOf(crs, r.Window)
	wide, high := float64(size[0]), float64(size[1])
	switch {
	case wide == 0 && high == 0:
		wide = ogc.PictureWidth * min(1, shape)
		high = wide / shape
	case wide == 0:
		wide = high * shape
	case high == 0:
		high = wide / shape
	}
	r.Width, r.Height = math.Round(wide), math.Round(high)
	for i, v := range []float64{r.Width, r.Height} {
		if name := []string{"width", "height"}[i]; v < ogc.PictureLeast || v > ogc.PictureMost {
			return badParameter(name, fmt.Sprintf("it follows from the shape of bbox that it were %g pixels; there must be %d to %d", v, ogc.PictureLeast, ogc.PictureMost))
		}
	}
	return nil
}

// shapeOf returns the width of a window by its height on the ground, measured through its middle.
func shapeOf(crs geo.CRS, b orb.Bound) float64 {
	middle := b.Center()
	across := func(dx, dy float64) float64 {
		const part = 0.1
		p := crs.Inverse(orb.Point{middle[0] - part*dx, middle[1] - part*dy})
		return geo.DistanceM(p, crs.Inverse(orb.Point{middle[0] + part*dx, middle[1] + part*dy}))
	}
	return across(b.Max[0]-b.Min[0], 0) / across(0, b.Max[1]-b.Min[1])
}
