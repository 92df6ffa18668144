package pdf

import (
	"strconv"

	"parkmap/internal/draw"
)

// Page is one page of a document.
type Page struct {
	content
	doc           *Document
	width, height float64
	links         []link
	marked        int // sequences of content that elements of the structure hold
}

// Size returns the width and the height.
func (p *Page) Size() (width, height float64) { return p.width, p.height }

// Document is what the page belongs to.
func (p *Page) Document() *Document { return p.doc }

// Brush says how a shape is painted. Colours are #RRGGBB; "" paints nothing.
type Brush struct {
	Fill        string
	EvenOdd     bool    // which inside is filled; else the non-zero rule
	FillOpacity float64 // 0 counts as 1

	Stroke        string
	Width         float64
	Dash          []float64
	RoundCaps     bool
	StrokeOpacity float64 // 0 counts as 1
}

// Draw paints a shape.
func (p *Page) Draw(o Outline, b Brush) {
	operator := b.operator()
	if operator == "" || len(o.buf) == 0 {
		return
	}
	p.Save()
	p.opacity(b.FillOpacity, b.StrokeOpacity)
	p.colour(b.Fill, "rg")
	if b.strokes() {
		p.colour(b.Stroke, "RG")
		p.stroke(b)
	}
	p.buf = append(p.buf, o.buf...)
	p.name(operator)
	p.Restore()
}

func (b Brush) strokes() bool { return b.Stroke != "" && b.Width > 0 }

// operator paints: ISO 32000-1, table 60.
func (b Brush) operator() string {
	star := ""
	if b.EvenOdd {
		star = "*"
	}
	switch {
	case b.Fill != "" && b.strokes():
		return "B" + star
	case b.Fill != "":
		return "f" + star
	case b.strokes():
		return "S"
	}
	return ""
}

func (p *Page) stroke(b Brush) {
	p.op(b.Width).name("w")
	p.op(1).name("j")
	if b.RoundCaps {
		p.op(1).name("J")
	}
	sum := 0.0
	for _, d := range b.Dash {
		sum += d
	}
	if sum > 0 {
		p.text("[")
		p.op(b.Dash...).text("] 0 d\n")
	}
}

// Save keeps what was set until Restore.
func (p *Page) Save() { p.name("q") }

// Restore brings back what Save kept.
func (p *Page) Restore() { p.name("Q") }

// Transform maps what follows.
func (p *Page) Transform(a draw.Affine) {
	for _, v := range []float64{a.A, a.D, a.B, a.E, a.C, a.F} {
		p.number(v, 5)
	}
	p.name("cm")
}

// Clip shows of what follows only what lies inside a shape.
func (p *Page) Clip(o Outline, evenOdd bool) {
	p.buf = append(p.buf, o.buf...)
	if evenOdd {
		p.name("W* n")
	} else {
		p.name("W n")
	}
}

// opacity sets how opaque fills and strokes are; 0 counts as 1.
func (p *Page) opacity(fill, stroke float64) {
	whole := func(v float64) float64 {
		if v <= 0 || v > 1 {
			return 1
		}
		return v
	}
	s := state{whole(fill), whole(stroke)}
	if s == (state{1, 1}) {
		return
	}
	p.name("/G" + strconv.Itoa(p.doc.state(s)) + " gs")
}

// colour sets a colour by an operator. What is no colour is black.
func (p *Page) colour(hex, operator string) {
	if hex == "" {
		return
	}
	var rgb uint64
	if len(hex) == 7 && hex[0] == '#' {
		rgb, _ = strconv.ParseUint(hex[1:], 16, 32)
	}
	p.op(float64(rgb>>16)/255, float64(rgb>>8&255)/255, float64(rgb&255)/255).name(operator)
}
