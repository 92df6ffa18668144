package page

import (
	"math"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// ScaleBar is the bar of drawings at one scale: its length in their units, and what it stands for.
type ScaleBar struct {
	Units  int // 0 without drawings
	Width  int // of the drawings
	Metres float64
}

// Km is what the bar stands for in kilometres.
func (s ScaleBar) Km() string { return kilometres(s.Metres) }

// metricFrame is a frame in which one unit is the same number of metres in every drawing.
func metricFrame(b orb.Bound, unitsPerM float64) frameOf {
	middle := b.Center()
	perLat := geo.DistanceM(orb.Point{middle[0], middle[1] - 0.005}, orb.Point{middle[0], middle[1] + 0.005}) * 100
	perLon := geo.DistanceM(orb.Point{middle[0] - 0.005, middle[1]}, orb.Point{middle[0] + 0.005, middle[1]}) * 100
	return frameOf{bound: b, scale: perLat * unitsPerM, cos: perLon / perLat}
}

// drawTogether draws each area by itself, all at one scale and in the middle of frames of one size. What has no
// surface gives an empty drawing.
func drawTogether(features []*layout.Feature) ([]Drawing, ScaleBar) {
	out := make([]Drawing, len(features))
	var width, height float64 // of the largest, in metres
	for _, f := range features {
		if f.Geometry == nil || f.Geometry.Dimensions() != 2 {
			continue
		}
		size := metricFrame(f.Geometry.Bound(), 1)
		b := f.Geometry.Bound()
		width = math.Max(width, (b.Right()-b.Left())*size.cos*size.scale)
		height = math.Max(height, (b.Top()-b.Bottom())*size.scale)
	}
	if width == 0 && height == 0 {
		return out, ScaleBar{}
	}
	const margin = 1.08
	width, height = width*margin, math.Max(height*margin, width*margin/2)
	unitsPerM := sketchWidth / math.Max(width, height)
	for i, f := range features {
		if f.Geometry == nil || f.Geometry.Dimensions() != 2 {
			continue
		}
		frame := metricFrame(f.Geometry.Bound(), unitsPerM)
		middle, halfLon, halfLat := frame.bound.Center(), width*unitsPerM/frame.scale/frame.cos/2, height*unitsPerM/frame.scale/2
		frame.bound = orb.Bound{
			Min: orb.Point{middle[0] - halfLon, middle[1] - halfLat}, Max: orb.Point{middle[0] + halfLon, middle[1] + halfLat},
		}
		out[i] = Drawing{
			Width: int(math.Ceil(width * unitsPerM)), Height: int(math.Ceil(height * unitsPerM)),
			Shapes: []Shape{shapeOf(f, frame)},
		}
	}
	metres := roundLength(width / 2.5)
	return out, ScaleBar{Units: int(math.Round(metres * unitsPerM)), Width: int(math.Ceil(width * unitsPerM)), Metres: metres}
}

// roundLength is the greatest of 1, 2 and 5 times a power of ten that is not above a length.
func roundLength(metres float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(metres)))
	for _, n := range []float64{5, 2} {
		if metres >= n*power {
			return n * power
		}
	}
	return power
}
