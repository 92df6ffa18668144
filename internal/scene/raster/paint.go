package raster

import (
	"image/color"
	"math"
	"slices"
	"strconv"

	"parkmap/internal/draw"
	"parkmap/internal/scene"
)

// colourOf reads #RRGGBB with an opacity, of which 0 counts as 1; a text that is no colour is transparent.
func colourOf(text string, opacity float64) color.RGBA {
	if len(text) != 7 || text[0] != '#' {
		return color.RGBA{}
	}
	rgb, err := strconv.ParseUint(text[1:], 16, 32)
	if err != nil {
		return color.RGBA{}
	}
	alpha := math.Round(shareOf(opacity) * 255)
	premultiplied := func(shift uint) uint8 { return uint8(math.Round(float64(rgb>>shift&255) * alpha / 255)) }
	return color.RGBA{premultiplied(16), premultiplied(8), premultiplied(0), uint8(alpha)}
}

// shareOf returns an opacity, of which 0 counts as 1.
func shareOf(opacity float64) float64 {
	if opacity > 0 && opacity < 1 {
		return opacity
	}
	return 1
}

// fill paints what is in the raster.
func (c *canvas) fill(rule draw.Rule, p scene.Paint, opacity float64) {
	opacity = shareOf(opacity) * shareOf(p.Opacity)
	if p.Pattern != "" {
		i := slices.IndexFunc(c.scene.Patterns, func(t scene.Pattern) bool { return t.ID == p.Pattern })
		if i >= 0 {
			c.weave(rule, c.scene.Patterns[i], opacity)
			return
		}
	}
	ink := colourOf(p.Colour, opacity) // none is transparent, and empties the raster
	c.raster.Spans(rule, func(y, x0, x1 int, coverage uint32) { draw.Blend(c.img, y, x0, x1, ink, coverage) })
}

// thread is one colour of a pattern: how much of the pixel round a point of the scene it covers. No two cover the same.
type thread struct {
	ink    color.RGBA
	covers func(x, y float64) float64
}

// weave paints what is in the raster with a pattern.
func (c *canvas) weave(rule draw.Rule, t scene.Pattern, opacity float64) {
	threads := c.threads(t, opacity)
	sin, cos := math.Sincos(t.Angle * math.Pi / 180)
	c.raster.Spans(rule, func(y, x0, x1 int, coverage uint32) {
		v := (float64(y) + 0.5) / c.scale
		for x := x0; x < x1; x++ {
			u := (float64(x) + 0.5) / c.scale
			draw.Blend(c.img, y, x, x+1, mixed(threads, u*cos+v*sin, v*cos-u*sin), coverage)
		}
	})
}

// mixed returns the colour of the pixel round a point.
func mixed(threads []thread, x, y float64) color.RGBA {
	var sum [4]float64
	for _, t := range threads {
		share := t.covers(x, y)
		for i, v := range [4]uint8{t.ink.R, t.ink.G, t.ink.B, t.ink.A} {
			sum[i] += share * float64(v)
		}
	}
	at := func(i int) uint8 { return uint8(min(255, sum[i]+0.5)) }
	return color.RGBA{at(0), at(1), at(2), at(3)}
}

// threads returns the stripes and dots of a pattern. A pixel is taken for a square along the stripes.
func (c *canvas) threads(t scene.Pattern, opacity float64) []thread {
	var out []thread
	half := 0.5 / c.scale
	for _, s := range t.Stripes {
		striped := func(x float64) float64 { return math.Floor(x/t.Size)*s.Wide + min(wrap(x, t.Size), s.Wide) }
		out = append(out, thread{colourOf(s.Colour, opacity), func(x, _ float64) float64 {
			return (striped(x-s.At+half) - striped(x-s.At-half)) / (2 * half)
		}})
	}
	if t.Dot > 0 {
		out = append(out, thread{colourOf(t.Colour, opacity), func(x, y float64) float64 {
			away := math.Hypot(wrap(x, t.Size)-t.Size/2, wrap(y, t.Size)-t.Size/2)
			return max(0, min(1, (t.Dot+half-away)/(2*half)))
		}})
	}
	return out
}

// wrap returns v modulo size, never negative.
func wrap(v, size float64) float64 {
	v = math.Mod(v, size)
	if v < 0 {
		v += size
	}
	return v
}
