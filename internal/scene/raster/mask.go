package raster

import (
	"image"
	"image/color"
	"math"

	"parkmap/internal/draw"
)

// masksWeight bounds the masks of letters that are kept, in bytes.
const masksWeight = 6 << 20

// Letters stand at steps of a quarter of a pixel, so that one drawn before is likely to fit.
const maskSteps = 4

// mostMasked is the largest size of letters that have masks, in pixels of the image.
const mostMasked = 96

// maskKey names a letter as it is drawn: all lengths in pixels of the image.
type maskKey struct {
	letter rune
	size   float64
	line   float64 // width of the line round it
	lean   bool
	dx, dy uint8 // from a whole pixel, in steps
}

// mask is how much a letter covers of the pixels in a box round the point where it stands.
type mask struct {
	box      image.Rectangle
	coverage []uint8 // 255 is all
}

// weight is about what the mask takes in memory, in bytes.
func (m *mask) weight() int { return 160 + len(m.coverage) }

// quarters returns the whole pixel at or before a coordinate, and the steps from there.
func quarters(v float64) (whole int, steps uint8) {
	n := int(math.Round(max(-1e8, min(v, 1e8)) * maskSteps))
	whole = n >> 2
	return whole, uint8(n - whole*maskSteps)
}

// mask returns the mask of a letter. It is drawn when it is not kept.
func (p *Pen) mask(k maskKey, outline draw.Path) *mask {
	if m, ok := p.masks.GetIfPresent(k); ok {
		return m
	}
	onto := draw.Affine{A: k.size, B: k.size * leanOf(k.lean), C: float64(k.dx) / maskSteps, E: k.size, F: float64(k.dy) / maskSteps}
	rings := outline.Transform(onto).Rings(draw.Tolerance)
	m := &mask{box: boxRound(rings, k.line)}
	m.coverage = make([]uint8, m.box.Dx()*m.box.Dy())
	r := p.rasters.Get().(*draw.Raster)
	defer p.rasters.Put(r)
	r.Reset(m.box)
	addLetter(r, rings, k.line)
	r.Spans(draw.NonZero, func(y, x0, x1 int, coverage uint32) {
		from := (y-m.box.Min.Y)*m.box.Dx() - m.box.Min.X
		for x := x0; x < x1; x++ {
			m.coverage[from+x] = uint8(min(255, coverage))
		}
	})
	p.masks.Set(k, m)
	return m
}

// addLetter adds the contours of a letter, grown by a line round them.
func addLetter(r *draw.Raster, rings [][]draw.Pt, line float64) {
	for _, ring := range rings {
		r.MoveTo(ring[0])
		for _, q := range ring[1:] {
			r.LineTo(q)
		}
		if line > 0 {
			r.Stroke(ring, true, draw.Pen{Width: line})
		}
	}
}

// boxRound returns the pixels that rings touch with a line round them.
func boxRound(rings [][]draw.Pt, line float64) image.Rectangle {
	lo, hi := draw.Pt{X: math.Inf(1), Y: math.Inf(1)}, draw.Pt{X: math.Inf(-1), Y: math.Inf(-1)}
	for _, ring := range rings {
		for _, q := range ring {
			lo, hi = draw.Pt{X: min(lo.X, q.X), Y: min(lo.Y, q.Y)}, draw.Pt{X: max(hi.X, q.X), Y: max(hi.Y, q.Y)}
		}
	}
	if lo.X > hi.X {
		return image.Rectangle{}
	}
	half := line / 2
	at := func(v float64) int { return int(math.Floor(v)) }
	return image.Rect(at(lo.X-half), at(lo.Y-half), at(hi.X+half)+1, at(hi.Y+half)+1)
}

// stamp paints a mask at a pixel.
func (c *canvas) stamp(m *mask, x, y int, ink color.RGBA) {
	seen := m.box.Add(image.Pt(x, y)).Intersect(c.within)
	for row := seen.Min.Y; row < seen.Max.Y; row++ {
		from := (row-y-m.box.Min.Y)*m.box.Dx() - m.box.Min.X - x
		for col := seen.Min.X; col < seen.Max.X; col++ {
			if coverage := uint32(m.coverage[from+col]); coverage > 0 {
				draw.Blend(c.img, row, col, col+1, ink, coverage+coverage>>7) // 255 is all
			}
		}
	}
}
