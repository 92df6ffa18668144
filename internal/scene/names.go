package scene

import (
	"unicode/utf8"

	"parkmap/internal/layout"
)

// stems draws the lines from areas to discs that had to step aside.
func (d *drawing) stems(discs []Disc) []Mark {
	var out []Mark
	for _, disc := range discs {
		if disc.Mid != disc.At {
			p := Path{Lines: [][]Pt{{disc.At, disc.Mid}}, Stroke: Stroke{Colour: d.of("ink-2"), Width: 1}}
			if d.out(disc.Of) {
				p.Opacity = d.Opacity["filtered"]
			}
			out = append(out, p)
		}
	}
	return out
}

func (d *drawing) leaderMarks(labels []Label) []Mark {
	var out []Mark
	for _, l := range labels {
		if l.Leader != nil {
			out = append(out, Path{Lines: [][]Pt{l.Leader}, Stroke: Stroke{Colour: d.of("ink-2"), Width: 1}})
		}
	}
	return out
}

func (d *drawing) allSymbols(symbols []symbol) []Mark {
	var out []Mark
	for _, s := range symbols {
		out = append(out, d.symbolMarks(s)...)
	}
	return out
}

// labelMarks writes the names. Those in a solid outline need no halo.
func (d *drawing) labelMarks(labels []Label) []Mark {
	var out []Mark
	for i := range labels {
		l := &labels[i]
		anchor := l.anchor()
		x := l.Box.X + l.Box.W/2
		switch anchor {
		case "start":
			x = l.Box.X
		case "end":
			x = l.Box.X + l.Box.W
		}
		y := l.Box.Y
		for _, line := range l.Lines {
			look := style(line.Style)
			text := Text{
				Of: l.Of, Text: line.Text, At: Pt{x, y + line.height()/2 + line.Size*0.36}, Anchor: anchor, Lang: line.Lang,
				Size: line.Size, Weight: look.weight, Space: look.space * line.Size, Serif: look.serif,
				Fill: d.of(look.colour), Halo: d.of("land"), HaloWidth: d.Width["halo"],
			}
			if l.mode == inside && !d.near() && !d.out(l.Of) {
				text.Fill, text.Halo = d.insideInk(l.tone, text.Fill)
			}
			out = append(out, text)
			y += line.height()
		}
	}
	return out
}

// insideInk returns the colour and halo of a name in the outline of a core or zone.
func (d *drawing) insideInk(kind, ink string) (fill, halo string) {
	switch {
	case kind == layout.KindCore:
		return d.tone(d.Kinds[kind].Label), ""
	case d.grey:
		return ink, d.of("land") // the fill is a pattern
	}
	return ink, ""
}

// discMarks draws the discs with their numbers and letters.
func (d *drawing) discMarks(discs []Disc) []Mark {
	var out []Mark
	for _, disc := range discs {
		out = append(out, d.discMark(disc, 1)...)
	}
	return out
}

// discMark draws a disc, enlarged or made smaller by a factor.
func (d *drawing) discMark(disc Disc, by float64) []Mark {
	a, at := disc.area, disc.Mid
	ring, paper, ink, weight := d.colourOf(a), d.of("paper"), d.of("ink"), 600
	halo, line := d.of("land"), d.Width["ring"]*by
	opacity := 0.0
	if d.out(a.id) {
		opacity = d.Opacity["filtered"]
	}
	if a.kind != layout.KindPark {
		paper, ink = ring, d.tone(d.Kinds[a.kind].OnSolid)
	}
	if d.quiet(a.id) && a.kind == layout.KindPark {
		ring, ink, weight = d.of("rule-strong"), d.of("ink-3"), 400
	}
	if a.id == d.req.Selected {
		ring, paper, ink = d.of("ink"), d.of("ink"), d.of("paper")
	}
	var out []Mark
	size := discTextSize(disc.Mark) * by
	switch a.kind {
	case layout.KindPark:
		r := d.Width["disc"] / 2 * by
		out = append(out, Circle{At: at, R: r + 1.5*by, Fill: Paint{Colour: halo}},
			Circle{Of: disc.Of, At: at, R: r - line/2, Fill: Paint{Colour: paper}, Stroke: Stroke{Colour: ring, Width: line}, Opacity: opacity})
	case layout.KindCore:
		size += 2 * by
		out = append(out, Circle{At: at, R: 14.5 * by, Fill: Paint{Colour: halo}},
			Circle{Of: disc.Of, At: at, R: 13 * by, Fill: Paint{Colour: ring}, Opacity: opacity})
	default:
		size += 2 * by
		out = append(out, Rect{Box: square(at, 27*by), Radius: 3, Fill: Paint{Colour: halo}},
			Rect{Of: disc.Of, Box: square(at, 24*by), Radius: 2, Fill: Paint{Colour: ring}, Opacity: opacity})
	}
	if d.out(a.id) {
		out = out[1:] // without the halo, so that what is below stays in sight
	}
	return append(out, Text{
		Of: disc.Of, Text: disc.Mark, At: Pt{at.X, at.Y + size*0.36}, Anchor: "middle", Size: size, Weight: weight,
		Lang: d.req.Lang, Fill: ink, Opacity: opacity,
	})
}

// discTextSize returns the size in which a mark fits its disc.
func discTextSize(mark string) float64 {
	switch utf8.RuneCountInString(mark) {
	case 0, 1, 2:
		return 12
	case 3:
		return 9.5
	case 4:
		return 7.5
	}
	return 6
}
