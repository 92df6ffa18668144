package raster

import (
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

// text writes a text: its halo first, so that no letter lies below that of another.
func (c *canvas) text(m scene.Text) error {
	if m.Size <= 0 || m.Text == "" || c.far(m) {
		return nil
	}
	outlines, err := c.outlines(m)
	if err != nil {
		return err
	}
	size := m.Size * c.scale
	if m.Halo != "" && m.HaloWidth > 0 {
		c.letters(outlines, m.HaloWidth*c.scale+2*growEm(m.Weight)*size)
		c.fill(draw.NonZero, scene.Paint{Colour: m.Halo}, m.Opacity)
	}
	c.letters(outlines, 2*growEm(m.Weight)*size)
	c.fill(draw.NonZero, scene.Paint{Colour: m.Fill}, m.Opacity)
	return nil
}

// letters adds the outlines of letters, grown by a line round them.
func (c *canvas) letters(outlines [][]draw.Pt, line float64) {
	for _, ring := range outlines {
		c.contour(ring)
	}
	if line > 0 {
		for _, ring := range outlines {
			c.raster.Stroke(ring, true, draw.Pen{Width: line})
		}
	}
}

// far tells whether a text lies wholly outside the layer in sight, by a width that no letter exceeds.
func (c *canvas) far(m scene.Text) bool {
	reach := (float64(len(m.Text))*(1.5*m.Size+math.Abs(m.Space)) + 2*m.Size + m.HaloWidth) * c.scale
	at, b := c.pt(m.At), c.within
	return at.X+reach < float64(b.Min.X) || at.X-reach > float64(b.Max.X) || at.Y+reach < float64(b.Min.Y) || at.Y-reach > float64(b.Max.Y)
}

// outlines returns the contours of a text in its place in the image.
func (c *canvas) outlines(m scene.Text) ([][]draw.Pt, error) {
	var out [][]draw.Pt
	size := m.Size * c.scale
	onto := draw.Turned(m.Angle, 1, c.pt(m.At))
	lean := 0.0
	if m.Lean {
		lean = math.Tan(leanDeg * math.Pi / 180)
	}
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
		if g.Advance == 0 && g.Outline.Empty() {
			continue
		}
		placed := g.Outline.Transform(draw.Affine{A: size, B: size * lean, C: x + growEm(m.Weight)*size/2, E: size})
		out = append(out, placed.Transform(onto).Rings(draw.Tolerance)...)
		x += (g.Advance+growEm(m.Weight))*size + m.Space*c.scale
	}
	return out, nil
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
