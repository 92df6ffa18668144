package draw

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// fillTolerance is how far straight lines may stray from curves, in pixels.
const fillTolerance = 0.05

// Fill paints what lies inside a path by the even-odd rule, with smooth edges. The contours must not cross
// each other; they may lie in each other, wound either way. What lies outside the image is left out, and lies no
// more than some ten thousand pixels away: the rasteriser counts in float32.
func Fill(dst *image.RGBA, p Path, c color.Color) {
	rings := p.Rings(fillTolerance)
	box := pixelBox(rings).Intersect(dst.Bounds())
	if box.Empty() {
		return
	}
	raster := vector.NewRasterizer(box.Dx(), box.Dy())
	for i, ring := range rings {
		if inward(rings, i) != (signedArea(ring) < 0) {
			ring = reversed(ring)
		}
		for j, q := range ring {
			x, y := float32(q.X-float64(box.Min.X)), float32(q.Y-float64(box.Min.Y))
			if j == 0 {
				raster.MoveTo(x, y)
			} else {
				raster.LineTo(x, y)
			}
		}
		raster.ClosePath()
	}
	raster.Draw(dst, box, image.NewUniform(c), image.Point{})
}

// pixelBox returns the pixels that rings touch.
func pixelBox(rings [][]Pt) image.Rectangle {
	lo, hi := Pt{math.Inf(1), math.Inf(1)}, Pt{math.Inf(-1), math.Inf(-1)}
	for _, ring := range rings {
		for _, q := range ring {
			lo = Pt{min(lo.X, q.X), min(lo.Y, q.Y)}
			hi = Pt{max(hi.X, q.X), max(hi.Y, q.Y)}
		}
	}
	if len(rings) == 0 {
		return image.Rectangle{}
	}
	return image.Rect(floor(lo.X), floor(lo.Y), floor(hi.X)+1, floor(hi.Y)+1)
}

// floor rounds down, within what an image can be.
func floor(v float64) int { return int(math.Floor(max(-1e6, min(v, 1e6)))) }

// inward tells whether a ring bounds a hole: whether an odd number of other rings hold it.
func inward(rings [][]Pt, i int) bool {
	odd := false
	for j, other := range rings {
		if j != i && holds(other, rings[i][0]) {
			odd = !odd
		}
	}
	return odd
}

// holds tells whether a point lies in a ring.
func holds(ring []Pt, p Pt) bool {
	in := false
	for i, b := range ring {
		a := ring[(i+len(ring)-1)%len(ring)]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X+(p.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
			in = !in
		}
	}
	return in
}

func signedArea(ring []Pt) float64 {
	sum := 0.0
	for i, b := range ring {
		a := ring[(i+len(ring)-1)%len(ring)]
		sum += a.X*b.Y - b.X*a.Y
	}
	return sum / 2
}

func reversed(ring []Pt) []Pt {
	out := make([]Pt, len(ring))
	for i, p := range ring {
		out[len(ring)-1-i] = p
	}
	return out
}
