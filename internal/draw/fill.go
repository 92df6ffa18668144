package draw

import (
	"image"
	"image/color"
	"math"
)

// Tolerance is how far straight lines may stray from curves that are drawn, in pixels.
const Tolerance = 0.05

// Fill paints what lies inside a path by the even-odd rule, with smooth edges. What lies outside the image is
// left out.
func Fill(dst *image.RGBA, p Path, c color.Color) {
	var r Raster
	box := p.box().Intersect(dst.Bounds())
	r.Reset(box)
	r.Path(p)
	ink := color.RGBAModel.Convert(c).(color.RGBA)
	r.Spans(EvenOdd, func(y, x0, x1 int, coverage uint32) { Blend(dst, y, x0, x1, ink, coverage) })
}

// Blend paints a run of pixels, which must lie in the image, with a colour over what is there; coverage is at most
// Full.
func Blend(dst *image.RGBA, y, x0, x1 int, ink color.RGBA, coverage uint32) {
	i := dst.PixOffset(x0, y)
	pix := dst.Pix[i : i+4*(x1-x0)]
	if coverage == Full && ink.A == 255 {
		for ; len(pix) >= 4; pix = pix[4:] {
			pix[0], pix[1], pix[2], pix[3] = ink.R, ink.G, ink.B, 255
		}
		return
	}
	share := func(v uint8) uint32 { return uint32(v) * coverage }
	r, g, b, a := share(ink.R), share(ink.G), share(ink.B), share(ink.A) // of 255 · Full
	rest := 255*Full - a
	mix := func(under uint8, over uint32) uint8 { return uint8((uint32(under)*rest/255 + over + Full/2) / Full) }
	for ; len(pix) >= 4; pix = pix[4:] {
		pix[0], pix[1], pix[2], pix[3] = mix(pix[0], r), mix(pix[1], g), mix(pix[2], b), mix(pix[3], a)
	}
}

// box returns the pixels that the path may touch, by its points and control points.
func (p Path) box() image.Rectangle {
	lo, hi := Pt{math.Inf(1), math.Inf(1)}, Pt{math.Inf(-1), math.Inf(-1)}
	for _, q := range p.pts {
		lo = Pt{min(lo.X, q.X), min(lo.Y, q.Y)}
		hi = Pt{max(hi.X, q.X), max(hi.Y, q.Y)}
	}
	if len(p.pts) == 0 {
		return image.Rectangle{}
	}
	return image.Rect(floor(lo.X), floor(lo.Y), floor(hi.X)+1, floor(hi.Y)+1)
}

// floor rounds down, within what an image can be.
func floor(v float64) int { return int(math.Floor(max(-1e6, min(v, 1e6)))) }
