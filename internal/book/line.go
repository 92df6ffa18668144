package book

import (
	"strings"

	"parkmap/internal/draw"
	"parkmap/internal/pdf"
	"parkmap/internal/scene"
)

// look is how letters are set.
type look struct {
	size, leading float64
	colour        string // of the page, by its name
	bold          bool
}

const boldGrow = 0.034

// The hierarchy of type, from the title of a page to the line at its foot.
func (s *setter) display() look  { return look{27, 35, "ink", true} }
func (s *setter) title() look    { return look{19, 24, "ink", true} }
func (s *setter) subtitle() look { return look{10, 14, "ink-2", false} }
func (s *setter) heading() look  { return look{8.6, 12.4, "ink", true} }
func (s *setter) body() look     { return look{7.7, 10.6, "ink", false} }
func (s *setter) term() look     { return look{7, 10.6, "ink-3", false} }
func (s *setter) note() look     { return look{6.6, 9.2, "ink-2", false} }
func (s *setter) small() look    { return look{6.3, 8.6, "ink-2", false} }

// run is a piece of text in one look, or a sign before a text.
type run struct {
	text string
	look look
	href string
	mark string // stated, inferred or unstated: the sign for it, and no text
}

// span is a part of a run in a line.
type span struct {
	run
	x, wide float64
}

type anchor int

const (
	start anchor = iota
	end
)

func (s *setter) wide(text string, l look) float64 { return s.doc.Width(text, l.size, 0) }

// write writes one line of text at a point of its baseline.
func (s *setter) write(p *pdf.Page, text string, x, y float64, l look, a anchor) {
	if a == end {
		x -= s.wide(text, l)
	}
	grow := 0.0
	if l.bold {
		grow = boldGrow
	}
	p.Text(text, draw.Pt{X: x, Y: y}, pdf.Style{Size: l.size, Colour: s.ink(l.colour), Grow: grow})
}

func (s *setter) rule(p *pdf.Page, x, y, wide float64, colour string, width float64) {
	p.Draw(pdf.Box(x, y, wide, width), pdf.Brush{Fill: s.ink(colour)})
}

// markWide is the room of a sign, in em.
const markWide = 1.15

// lines breaks runs into lines. A word that is wider than a line is broken anywhere.
func (s *setter) lines(runs []run, wide float64) [][]span {
	var out [][]span
	var line []span
	x := 0.0
	end := func() {
		if n := len(line); n > 0 {
			line[n-1].text = strings.TrimRight(line[n-1].text, " ")
			out = append(out, line)
		}
		line, x = nil, 0
	}
	for _, r := range runs {
		if r.mark != "" {
			line, x = append(line, span{r, x, markWide * r.look.size}), x+markWide*r.look.size
			continue
		}
		for _, unit := range s.parts(r, wide) {
			if len(line) == 0 {
				unit = strings.TrimLeft(unit, " ")
			}
			w := s.wide(unit, r.look)
			if x > 0 && x+s.wide(strings.TrimRight(unit, " "), r.look) > wide+0.01 {
				end()
				if unit = strings.TrimLeft(unit, " "); unit == "" {
					continue
				}
				w = s.wide(unit, r.look)
			}
			if n := len(line); n > 0 && line[n-1].look == r.look && line[n-1].href == r.href && line[n-1].mark == "" {
				line[n-1].text += unit
				line[n-1].wide += w
			} else {
				line = append(line, span{run{text: unit, look: r.look, href: r.href}, x, w})
			}
			x += w
		}
	}
	end()
	return out
}

// parts returns a run in pieces that a line may break between, none wider than a line.
func (s *setter) parts(r run, wide float64) []string {
	var out []string
	text := strings.Map(func(c rune) rune {
		if c == '\n' || c == '\t' || c == '\r' {
			return ' '
		}
		return c
	}, r.text)
	for _, unit := range scene.Units(text) {
		if s.wide(strings.TrimRight(unit, " "), r.look) <= wide {
			out = append(out, unit)
			continue
		}
		part, x := "", 0.0
		for _, c := range unit {
			w := s.wide(string(c), r.look)
			if part != "" && x+w > wide {
				out = append(out, part)
				part, x = "", 0
			}
			part, x = part+string(c), x+w
		}
		out = append(out, part)
	}
	return out
}

// set draws a line with its baseline at a height, and keeps where its links are.
func (s *setter) set(p *pdf.Page, line []span, x, y float64) {
	for _, part := range line {
		if part.mark != "" {
			s.sign(p, part.mark, draw.Pt{X: x + part.x + part.look.size*0.42, Y: y - part.look.size*0.34}, part.look.size*0.27)
			continue
		}
		l := part.look
		if part.href != "" {
			l.colour = "link"
			s.links = append(s.links, reference{p, x + part.x, y - l.size, part.wide, l.size * 1.3, part.href})
		}
		s.write(p, part.text, x+part.x, y, l, start)
	}
}

// sign draws how an AI+ direction is known: a full disc, a ring, a broken ring.
func (s *setter) sign(p *pdf.Page, basis string, at draw.Pt, r float64) {
	b := pdf.Brush{Fill: s.ink("ink-2")}
	switch basis {
	case "inferred":
		b = pdf.Brush{Stroke: s.ink("ink-2"), Width: 0.8}
	case "unstated":
		b = pdf.Brush{Stroke: s.ink("ink-2"), Width: 0.8, Dash: []float64{1.3, 1}}
	}
	p.Draw(pdf.Disc(at, r), b)
}
