package pdf

import (
	"math"

	"parkmap/internal/draw"
	"parkmap/internal/pdf"
	"parkmap/internal/scene"
)

// leanDeg is how far the names of waters lean to the left.
const leanDeg = 12

// Heavier letters are made from the regular ones, by so much of an em.
const (
	strongFrom = 600
	strongGrow = 0.028
	boldFrom   = 700
	boldGrow   = 0.036
)

func (p *pen) mark(m scene.Mark) {
	switch m := m.(type) {
	case scene.Path:
		p.shape(lines(m.Lines, m.Closed), round(m.Lines), m.Fill, m.Stroke, m.Opacity)
	case scene.Rect:
		b := m.Box
		p.shape(pdf.Round(b.X, b.Y, b.W, b.H, m.Radius), b, m.Fill, m.Stroke, m.Opacity)
	case scene.Circle:
		box := scene.Box{X: m.At.X - m.R, Y: m.At.Y - m.R, W: 2 * m.R, H: 2 * m.R}
		p.shape(pdf.Disc(draw.Pt(m.At), m.R), box, m.Fill, m.Stroke, m.Opacity)
	case scene.Icon:
		p.icon(m)
	case scene.Text:
		p.label(m)
	}
}

// lines returns a path in steps of a tenth of a pixel. Points that fall together are left out.
func lines(all [][]scene.Pt, closed bool) pdf.Outline {
	var o pdf.Outline
	for _, line := range all {
		var last draw.Pt
		for i, pt := range line {
			to := draw.Pt{X: math.Round(pt.X*10) / 10, Y: math.Round(pt.Y*10) / 10}
			switch {
			case i == 0:
				o.MoveTo(to)
			case to == last && (closed || i < len(line)-1):
			default:
				o.LineTo(to)
			}
			last = to
		}
		if closed && len(line) > 0 {
			o.Close()
		}
	}
	return o
}

// round returns the box round lines.
func round(all [][]scene.Pt) scene.Box {
	low, high := scene.Pt{X: math.Inf(1), Y: math.Inf(1)}, scene.Pt{X: math.Inf(-1), Y: math.Inf(-1)}
	for _, line := range all {
		for _, pt := range line {
			low, high = scene.Pt{X: min(low.X, pt.X), Y: min(low.Y, pt.Y)}, scene.Pt{X: max(high.X, pt.X), Y: max(high.Y, pt.Y)}
		}
	}
	return scene.Box{X: low.X, Y: low.Y, W: high.X - low.X, H: high.Y - low.Y}
}

// shape fills a shape, with a colour or a pattern, and draws its outline.
func (p *pen) shape(o pdf.Outline, box scene.Box, fill scene.Paint, stroke scene.Stroke, opacity float64) {
	b := pdf.Brush{
		Fill: fill.Colour, EvenOdd: true, FillOpacity: both(fill.Opacity, opacity),
		Stroke: stroke.Colour, Width: stroke.Width, Dash: stroke.Dash, RoundCaps: stroke.Round, StrokeOpacity: both(stroke.Opacity, opacity),
	}
	if t, ok := p.pattern(fill.Pattern); ok {
		p.fill(t, o, box, b.FillOpacity)
		b.Fill = ""
	}
	p.Draw(o, b)
}

// both multiplies two opacities, of which 0 counts as 1.
func both(a, b float64) float64 {
	if a == 0 {
		a = 1
	}
	if b == 0 {
		b = 1
	}
	return a * b
}

func (p *pen) pattern(id string) (scene.Pattern, bool) {
	for _, t := range p.scene.Patterns {
		if t.ID == id && id != "" {
			return t, true
		}
	}
	return scene.Pattern{}, false
}

func (p *pen) icon(m scene.Icon) {
	path, known := p.icons[m.Name]
	if !known {
		path, _ = draw.ParseSVG(p.scene.Icons[m.Name]) // what is no path is left out
		p.icons[m.Name] = path
	}
	var o pdf.Outline
	place := draw.Turned(m.Angle, m.Size/24, draw.Pt(m.At))
	place.C -= 12 * (place.A + place.B)
	place.F -= 12 * (place.D + place.E)
	path.Transform(place).Send(&o)
	p.Draw(o, pdf.Brush{Fill: m.Fill.Colour, EvenOdd: true, FillOpacity: both(m.Fill.Opacity, m.Opacity)})
}

func (p *pen) label(m scene.Text) {
	style := pdf.Style{
		Size: m.Size, Space: m.Space, Colour: m.Fill, Halo: m.Halo, HaloWidth: m.HaloWidth, Opacity: m.Opacity, Grow: grow(m.Weight),
	}
	at := draw.Pt(m.At)
	if m.Angle != 0 || m.Lean {
		p.Save()
		defer p.Restore()
		p.Transform(draw.Turned(m.Angle, 1, at))
		if m.Lean {
			p.Transform(draw.Affine{A: 1, B: math.Tan(leanDeg * math.Pi / 180), E: 1})
		}
		at = draw.Pt{}
	}
	wide := p.Document().Width(m.Text, m.Size, m.Space)
	switch m.Anchor {
	case "middle":
		at.X -= wide / 2
	case "end":
		at.X -= wide
	}
	p.Text(m.Text, at, style)
}

func grow(weight int) float64 {
	switch {
	case weight >= boldFrom:
		return boldGrow
	case weight >= strongFrom:
		return strongGrow
	}
	return 0
}
