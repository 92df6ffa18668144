package pdf

import (
	"math"
	"strconv"

	"parkmap/internal/draw"
)

// content is a run of operators.
type content struct{ buf []byte }

// op writes operands; name follows.
func (c *content) op(operands ...float64) *content {
	for _, v := range operands {
		c.number(v, 3)
	}
	return c
}

func (c *content) name(operator string) {
	c.buf = append(append(c.buf, operator...), '\n')
}

func (c *content) text(s string) { c.buf = append(c.buf, s...) }

// number writes a number with at most so many decimals, and a space.
func (c *content) number(v float64, decimals int) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	v = max(-1e6, min(1e6, v)) // far beyond any page
	at := len(c.buf)
	c.buf = strconv.AppendFloat(c.buf, v, 'f', decimals, 64)
	if decimals > 0 {
		for c.buf[len(c.buf)-1] == '0' {
			c.buf = c.buf[:len(c.buf)-1]
		}
		if c.buf[len(c.buf)-1] == '.' {
			c.buf = c.buf[:len(c.buf)-1]
		}
	}
	if string(c.buf[at:]) == "-0" {
		c.buf = append(c.buf[:at], '0')
	}
	c.buf = append(c.buf, ' ')
}

// Outline is a path to be filled, drawn along or clipped to. The zero value is empty. It is a draw.Sink.
type Outline struct{ content }

// coordinate is how many decimals a position has.
const coordinate = 2

func (o *Outline) at(pts ...draw.Pt) *Outline {
	for _, p := range pts {
		o.number(p.X, coordinate)
		o.number(p.Y, coordinate)
	}
	return o
}

// MoveTo begins a line.
func (o *Outline) MoveTo(to draw.Pt) { o.at(to).name("m") }

// LineTo adds a straight line.
func (o *Outline) LineTo(to draw.Pt) { o.at(to).name("l") }

// CubeTo adds a cubic curve by its control points.
func (o *Outline) CubeTo(c, d, to draw.Pt) { o.at(c, d, to).name("c") }

// Close goes back to where the line began.
func (o *Outline) Close() { o.name("h") }

// Append adds another outline.
func (o *Outline) Append(other Outline) { o.buf = append(o.buf, other.buf...) }

// Box returns a rectangle.
func Box(x, y, w, h float64) Outline {
	var o Outline
	o.at(draw.Pt{X: x, Y: y}, draw.Pt{X: w, Y: h}).name("re")
	return o
}

// Round returns a rectangle with round corners.
func Round(x, y, w, h, radius float64) Outline {
	radius = min(radius, w/2, h/2)
	if radius <= 0 {
		return Box(x, y, w, h)
	}
	var o Outline
	draw.Rounded(draw.Pt{X: x, Y: y}, draw.Pt{X: x + w, Y: y + h}, radius).Send(&o)
	return o
}

// Disc returns a circle.
func Disc(at draw.Pt, r float64) Outline {
	var o Outline
	draw.Circle(at, r).Send(&o)
	return o
}
