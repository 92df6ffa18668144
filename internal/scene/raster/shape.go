package raster

import (
	"parkmap/internal/draw"
	"parkmap/internal/scene"
)

func (c *canvas) path(m scene.Path) {
	lines := make([][]draw.Pt, len(m.Lines))
	for i, line := range m.Lines {
		lines[i] = make([]draw.Pt, len(line))
		for j, p := range line {
			lines[i][j] = c.pt(p)
		}
	}
	if m.Closed && m.Fill != (scene.Paint{}) {
		for _, ring := range lines {
			c.contour(ring)
		}
		c.fill(draw.EvenOdd, m.Fill, m.Opacity)
	}
	c.stroke(lines, m.Closed, m.Stroke, m.Opacity)
}

func (c *canvas) contour(ring []draw.Pt) {
	for i, p := range ring {
		if i == 0 {
			c.raster.MoveTo(p)
		} else {
			c.raster.LineTo(p)
		}
	}
}

// stroke draws lines, which are in pixels of the image already.
func (c *canvas) stroke(lines [][]draw.Pt, closed bool, s scene.Stroke, opacity float64) {
	if s.Width <= 0 {
		return
	}
	pen := draw.Pen{Width: s.Width * c.scale, Round: s.Round}
	for _, d := range s.Dash {
		pen.Dash = append(pen.Dash, d*c.scale)
	}
	for _, line := range lines {
		c.raster.Stroke(line, closed, pen)
	}
	c.fill(draw.NonZero, scene.Paint{Colour: s.Colour, Opacity: s.Opacity}, opacity)
}

func (c *canvas) rect(m scene.Rect) {
	b, r := m.Box, min(m.Radius, m.Box.W/2, m.Box.H/2)
	corners := []draw.Pt{
		c.pt(scene.Pt{X: b.X, Y: b.Y}), c.pt(scene.Pt{X: b.X + b.W, Y: b.Y}),
		c.pt(scene.Pt{X: b.X + b.W, Y: b.Y + b.H}), c.pt(scene.Pt{X: b.X, Y: b.Y + b.H}),
	}
	if r > 0 {
		c.shape(draw.Rounded(corners[0], corners[2], r*c.scale), m.Fill, m.Stroke, m.Opacity)
		return
	}
	c.shape(draw.Polygon(corners...), m.Fill, m.Stroke, m.Opacity)
}

func (c *canvas) circle(m scene.Circle) {
	c.shape(draw.Circle(c.pt(m.At), m.R*c.scale), m.Fill, m.Stroke, m.Opacity)
}

// shape draws a path of the image.
func (c *canvas) shape(p draw.Path, fill scene.Paint, stroke scene.Stroke, opacity float64) {
	if fill != (scene.Paint{}) {
		c.raster.Path(p)
		c.fill(draw.EvenOdd, fill, opacity)
	}
	if stroke.Width > 0 {
		c.stroke(p.Rings(draw.Tolerance), true, stroke, opacity)
	}
}

// icon draws a shape of the scene; one that it lacks is left out.
func (c *canvas) icon(m scene.Icon) error {
	data := c.scene.Icons[m.Name]
	known, ok := c.pen.icons.Load(data)
	if !ok {
		p, err := draw.ParseSVG(data)
		if err != nil {
			return err
		}
		known, _ = c.pen.icons.LoadOrStore(data, p)
	}
	const side = 24
	path := known.(draw.Path).Transform(draw.Placed(1, draw.Pt{X: -side / 2, Y: -side / 2}))
	c.raster.Path(path.Transform(draw.Turned(m.Angle, m.Size/side*c.scale, c.pt(m.At))))
	c.fill(draw.EvenOdd, m.Fill, m.Opacity)
	return nil
}
