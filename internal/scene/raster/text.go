package raster

import (
	"image/color"
	"math"

	"parkmap/internal/draw"
	"parkmap/internal/scene"
)

// leanDeg is how far names lean to the left that do.
const leanDeg = 12

// growEm is by how much the outlines of letters of a weight grow on each side, in em: there is one weight in the face.
func growEm(weight int) float64 {
	switch {
	case weight >= 700:
		return 0.02
	case weight >= 600:
		return 0.014
	}
	return 0
}

// Measure returns the width of a text in pixels, as it is drawn; it is a scene.Measure. A file of the face that cannot
// be read makes it an estimate: drawing the text says so.
func (p *Pen) Measure(text string, size float64, weight int, serif bool) float64 {
	wide, n := 0.0, 0
	for _, r := range text {
		if n++; n > maxLetters {
			break
		}
		g, err := p.letters.glyph(r)
		if err != nil {
			return scene.Estimate(text, size, weight, serif)
		}
		if g.Advance > 0 {
			wide += g.Advance + growEm(weight)
		}
	}
	return wide * size
}

// leanOf is by how much a letter leans to the left for each unit of its height.
func leanOf(lean bool) float64 {
	if lean {
		return math.Tan(leanDeg * math.Pi / 180)
	}
	return 0
}

// text writes a text: its halo first, so that no letter lies below that of another.
func (c *canvas) text(m scene.Text) error {
	if m.Size <= 0 || m.Text == "" {
		return nil
	}
	letters, err := c.set(m)
	if err != nil {
		return err
	}
	grown := 2 * growEm(m.Weight) * m.Size * c.scale
	if m.Halo != "" && m.HaloWidth > 0 {
		c.letters(m, letters, m.HaloWidth*c.scale+grown, colourOf(m.Halo, m.Opacity))
	}
	c.letters(m, letters, grown, colourOf(m.Fill, m.Opacity))
	return nil
}

// letter is a character in its place on the line of its text.
type letter struct {
	r       rune
	outline draw.Path
	x       float64 // from the point of the text, in pixels of the image
}

// set puts the characters of a text on its line.
func (c *canvas) set(m scene.Text) ([]letter, error) {
	var out []letter
	size := m.Size * c.scale
	x := c.start(m)
	n := 0
	for _, r := range m.Text {
		if n++; n > maxLetters {
			break
		}
		g, err := c.pen.letters.glyph(r)
		if err != nil {
			return nil, err
		}
		if !g.Outline.Empty() {
			out = append(out, letter{r, g.Outline, x + growEm(m.Weight)*size/2})
		}
		if g.Advance > 0 {
			x += (g.Advance+growEm(m.Weight))*size + m.Space*c.scale
		}
	}
	return out, nil
}

// letters paints the letters of a text with a line round them. Those that are turned or large are drawn anew each
// time.
func (c *canvas) letters(m scene.Text, letters []letter, line float64, ink color.RGBA) {
	at := c.pt(m.At)
	size := m.Size * c.scale
	if m.Angle == 0 && size <= mostMasked {
		for _, l := range letters {
			x, dx := quarters(at.X + l.x)
			y, dy := quarters(at.Y)
			c.stamp(c.pen.mask(maskKey{l.r, size, line, m.Lean, dx, dy}, l.outline), x, y, ink)
		}
		return
	}
	onto := draw.Turned(m.Angle, 1, at)
	for _, l := range letters {
		placed := l.outline.Transform(draw.Affine{A: size, B: size * leanOf(m.Lean), C: l.x, E: size})
		addLetter(c.raster, placed.Transform(onto).Rings(draw.Tolerance), line)
	}
	c.raster.Spans(draw.NonZero, func(y, x0, x1 int, coverage uint32) { draw.Blend(c.img, y, x0, x1, ink, coverage) })
}

// start returns where a text begins, from its anchor, in pixels of the image.
func (c *canvas) start(m scene.Text) float64 {
	if m.Anchor != "middle" && m.Anchor != "end" {
		return 0
	}
	wide := c.pen.Measure(m.Text, m.Size, m.Weight, m.Serif)
	for _, r := range m.Text {
		if !shapeless(r) {
			wide += m.Space
		}
	}
	if m.Anchor == "middle" {
		wide /= 2
	}
	return -wide * c.scale
}
