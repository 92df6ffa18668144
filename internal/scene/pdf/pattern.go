package pdf

import (
	"math"

	"parkmap/internal/draw"
	"parkmap/internal/pdf"
	"parkmap/internal/scene"
)

// maxRepeats bounds how often a pattern is repeated along one side of a shape.
const maxRepeats = 600

// overlap is how far a stripe reaches below the next one, so that no paper shines through between them.
const overlap = 0.15

// fill fills a shape with the stripes or dots of a pattern. They are drawn one by one inside a clip, because
// printers and readers disagree on the edges of the tiles of real patterns.
func (p *pen) fill(t scene.Pattern, o pdf.Outline, box scene.Box, opacity float64) {
	box = within(box, scene.Box{W: p.scene.Width, H: p.scene.Height})
	if t.Size <= 0 || box.W <= 0 || box.H <= 0 {
		return
	}
	p.Save()
	defer p.Restore()
	p.Page.Clip(o, true)
	turn := draw.Turned(t.Angle, 1, draw.Pt{})
	p.Transform(turn)
	low, high := turned(box, -t.Angle)
	x0, x1 := repeats(low.X, high.X, t.Size)
	for i, s := range t.Stripes {
		wide := s.Wide
		if i < len(t.Stripes)-1 {
			wide += overlap
		}
		var all pdf.Outline
		for x := x0; x < x1; x++ {
			all.Append(pdf.Box(float64(x)*t.Size+s.At, low.Y, wide, high.Y-low.Y))
		}
		p.Draw(all, pdf.Brush{Fill: s.Colour, FillOpacity: opacity})
	}
	if t.Dot <= 0 {
		return
	}
	var all pdf.Outline
	y0, y1 := repeats(low.Y, high.Y, t.Size)
	for x := x0; x < x1; x++ {
		for y := y0; y < y1; y++ {
			all.Append(pdf.Disc(draw.Pt{X: (float64(x) + 0.5) * t.Size, Y: (float64(y) + 0.5) * t.Size}, t.Dot))
		}
	}
	p.Draw(all, pdf.Brush{Fill: t.Colour, FillOpacity: opacity})
}

// repeats returns from which to which multiple of size a pattern covers an interval.
func repeats(low, high, size float64) (from, to int) {
	from = int(math.Floor(low / size))
	return from, min(int(math.Ceil(high/size)), from+maxRepeats)
}

// within returns what two boxes share; its sizes are negative when they share nothing.
func within(a, b scene.Box) scene.Box {
	x, y := max(a.X, b.X), max(a.Y, b.Y)
	return scene.Box{X: x, Y: y, W: min(a.X+a.W, b.X+b.W) - x, H: min(a.Y+a.H, b.Y+b.H) - y}
}

// turned returns the box round a box that is turned round the origin, in degrees clockwise.
func turned(b scene.Box, deg float64) (low, high draw.Pt) {
	sin, cos := math.Sincos(deg * math.Pi / 180)
	low, high = draw.Pt{X: math.Inf(1), Y: math.Inf(1)}, draw.Pt{X: math.Inf(-1), Y: math.Inf(-1)}
	for _, c := range []draw.Pt{{X: b.X, Y: b.Y}, {X: b.X + b.W, Y: b.Y}, {X: b.X, Y: b.Y + b.H}, {X: b.X + b.W, Y: b.Y + b.H}} {
		x, y := c.X*cos-c.Y*sin, c.X*sin+c.Y*cos
		low, high = draw.Pt{X: min(low.X, x), Y: min(low.Y, y)}, draw.Pt{X: max(high.X, x), Y: max(high.Y, y)}
	}
	return low, high
}
