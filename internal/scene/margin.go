package scene

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"parkmap/internal/layout"
)

const (
	footRow   = 40 // height of the row with scale and north
	footScale = 6  // more of it where there is a numeric scale
	footLine  = 17 // height of a line of words
	footSize  = 12
	sourceMax = 3 // lines of sources at most
)

// title returns the words above the map and the language they are in.
func (d *drawing) title(lang string) (text, in string) {
	if d.req.Title != "" && lang == d.req.Lang {
		return cut(d.req.Title, 120), lang
	}
	doc := d.layout.Document
	n := named{zh: doc.NameZH, en: doc.NameEN}
	if f, ok := d.Figure(d.req.Figure); ok {
		n = named{zh: f.TitleZH, en: f.TitleEN}
	} else if own := d.selected(); own != nil && d.req.Extent.IsZero() {
		n = *own
	}
	text, in = n.in(lang, false)
	if text == "" {
		text, in = d.text(d.voices(lang), "map.title"), lang
	}
	return capital(text), in
}

// subtitle says what stands below the title: of a figure that it was redrawn, and the place.
func (d *drawing) subtitle() []Line {
	var out []Line
	doc := d.layout.Document
	if _, ok := d.Figure(d.req.Figure); ok {
		out = append(out, Line{Text: d.t("fig.n", "n", d.req.Figure) + " · " + d.t("n.fig"), Lang: d.req.Lang})
	}
	if place, in := (named{zh: doc.PlaceZH, en: doc.PlaceEN}).in(d.req.Lang, false); place != "" {
		out = append(out, Line{Text: place, Lang: in, Style: "place"})
	}
	return out
}

func (d *drawing) titleSize() float64 {
	if d.req.Width < 640 {
		return 20
	}
	return 26
}

func (d *drawing) titleHeight() float64 { return d.titleSize()*1.25 + 18 }

// sources lists the lines on sources, wrapped to a width.
func (d *drawing) sources(wide float64) []Line {
	text, lang := d.req.Sources, d.req.Lang
	if text == "" {
		doc := d.layout.Document
		name := doc.TitleZH
		if lang == English && doc.TitleEN != "" {
			name = doc.TitleEN
		}
		if name = strings.TrimSpace(cut(name, 200) + " " + cut(doc.Number, maxName)); name == "" {
			return nil
		}
		text = d.t("image.source", "name", name)
		if doc.Expires != "" {
			text += " · " + d.t("chip.valid", "year", doc.TargetYear, "date", doc.Expires)
		}
	}
	text = cut(text, 600)
	lines := fill(Units(text), func(line string) bool { return d.measure(line, footSize, 400, false) <= wide })
	if len(lines) > sourceMax {
		lines = lines[:sourceMax]
		lines[sourceMax-1] += " …"
	}
	var out []Line
	for _, l := range lines {
		out = append(out, Line{Text: l, Lang: lang})
	}
	return out
}

// notes are the words that always stand below a map: its review number, and what its outlines are not.
func (d *drawing) notes() []string {
	review := d.t("map.noreview")
	if d.req.ReviewNumber != "" {
		review = d.t("map.review", "no", cut(d.req.ReviewNumber, maxName))
	}
	out := []string{review}
	if slices.ContainsFunc(d.areas, func(a *area) bool { return quality(a) == layout.OutlineSchematic }) {
		out = append(out, d.t("q.schematic"))
	}
	return out
}

func (d *drawing) footRow() float64 {
	if d.req.WidthMM > 0 {
		return footRow + footScale
	}
	return footRow
}

func (d *drawing) footHeight(wide float64) float64 {
	return d.footRow() + footLine*float64(len(d.noteLines(wide))+len(d.sources(wide)))
}

// noteLines sets the notes in one line where there is room.
func (d *drawing) noteLines(wide float64) []string {
	notes := d.notes()
	one := strings.Join(notes, "  ·  ")
	if d.measure(one, footSize, 400, false) <= wide {
		return []string{one}
	}
	return notes
}

// frameLayer draws the neat line: a thin one at the edge of the map and a strong one round it.
func (d *drawing) frameLayer(s sheet) Layer {
	if !s.title {
		return Layer{}
	}
	ink := d.of("ink")
	return Layer{Name: "frame", Marks: []Mark{
		Rect{Box: s.mapBox, Stroke: Stroke{Colour: ink, Width: 0.75}},
		Rect{Box: s.mapBox.grow(3.5), Stroke: Stroke{Colour: ink, Width: 1.75}},
	}}
}

// marginLayer writes what stands above and below the map.
func (d *drawing) marginLayer(s sheet) Layer {
	l := Layer{Name: "margin"}
	switch {
	case !s.title:
		return l
	case d.req.Framed:
		l.Marks = d.scaleMarks(s)
		return l
	}
	wide := s.all.W - 2*s.edge
	title, in := d.title(d.req.Lang)
	size := d.titleSize()
	for size > 14 && d.measure(title, size, 700, true) > wide {
		size--
	}
	title = d.shorten(title, wide, size, 700, true)
	l.Marks = append(l.Marks, Text{Text: title, At: Pt{s.edge, s.edge + d.titleSize()*0.92}, Size: size, Weight: 700, Serif: true, Lang: in, Fill: d.of("ink")})
	y := s.edge + d.titleSize()*1.25 + 10
	for _, line := range d.subtitle() {
		at, anchor := Pt{s.edge, y}, "start"
		if line.Style == "place" {
			at.X, anchor = s.edge+wide, "end"
		}
		text := d.shorten(line.Text, wide*0.7, 13, 400, false)
		l.Marks = append(l.Marks, Text{Text: text, At: at, Anchor: anchor, Size: 13, Weight: 400, Lang: line.Lang, Fill: d.of("ink-2")})
	}
	l.Marks = append(l.Marks, d.scaleMarks(s)...)
	y = s.foot + d.footRow() + 8
	for _, note := range d.noteLines(wide) {
		l.Marks = append(l.Marks, Text{Text: d.shorten(note, wide, footSize, 400, false), At: Pt{s.edge, y}, Size: footSize, Weight: 400, Lang: d.req.Lang, Fill: d.of("ink")})
		y += footLine
	}
	for _, line := range d.sources(wide) {
		l.Marks = append(l.Marks, Text{Text: d.shorten(line.Text, wide, footSize, 400, false), At: Pt{s.edge, y}, Size: footSize, Weight: 400, Lang: line.Lang, Fill: d.of("ink-2")})
		y += footLine
	}
	return l
}

// scaleMarks draws the north arrow, the scale bar with a numeric scale, and the note on links.
func (d *drawing) scaleMarks(s sheet) []Mark {
	x, y, ink := s.edge, s.foot, d.of("ink")
	out := []Mark{
		Text{Text: "N", At: Pt{x + 12, y + 9}, Anchor: "middle", Size: 11, Weight: 600, Lang: English, Fill: ink},
		Icon{Name: "north", At: Pt{x + 12, y + 22}, Size: 24, Fill: Paint{Colour: ink}},
	}
	x += 44
	px, metres := d.scaleBar(min(150, s.mapBox.W*0.3))
	const parts = 4
	for i := range parts {
		fill := Paint{Colour: ink}
		if i%2 == 1 {
			fill = Paint{Colour: d.of("paper")}
		}
		out = append(out, Rect{Box: Box{x + float64(i)*px/parts, y + 18, px / parts, 4.5}, Fill: fill, Stroke: Stroke{Colour: ink, Width: 1}})
	}
	label := func(at float64, text string) {
		out = append(out, Text{Text: text, At: Pt{x + at, y + 12}, Anchor: "middle", Size: 11, Weight: 400, Lang: English, Fill: ink})
	}
	label(0, "0")
	label(px, lengthText(metres))
	if half, _, _ := strings.Cut(lengthText(metres/2), " "); px >= 90 && (metres >= 2000 || metres < 1000) {
		label(px/2, half)
	}
	if n := d.numericScale(); n != "" {
		out = append(out, Text{Text: n, At: Pt{x, y + 35}, Size: 11, Weight: 400, Lang: d.req.Lang, Fill: ink})
	}
	if note := d.t("map.links.note"); d.links && d.linked() && !d.req.Legend && x+px+260 < s.all.W {
		x += px + 44
		out = append(out, d.linkSample(Pt{x, y + 18})...)
		out = append(out, Text{Text: note, At: Pt{x + 22, y + 23}, Size: footSize, Weight: 400, Lang: d.req.Lang, Fill: ink})
	}
	return out
}

// scaleBar returns the largest round distance that is at most most pixels long.
func (d *drawing) scaleBar(most float64) (px, metres float64) {
	perPx := d.metres
	limit := perPx * most
	power := math.Pow(10, math.Floor(math.Log10(limit)))
	metres = power
	for _, n := range []float64{5, 2} {
		if n*power <= limit {
			metres = n * power
			break
		}
	}
	return metres / perPx, metres
}

func lengthText(metres float64) string {
	if metres >= 1000 {
		return strconv.FormatFloat(metres/1000, 'f', -1, 64) + " km"
	}
	return strconv.FormatFloat(metres, 'f', -1, 64) + " m"
}

// numericScale returns the scale of a printed map in words, "" where its size on paper is unknown.
func (d *drawing) numericScale() string {
	if d.req.WidthMM <= 0 {
		return ""
	}
	n := d.metres * 1000 * d.req.Width / d.req.WidthMM
	power := math.Pow(10, math.Floor(math.Log10(n))-1)
	digits := strconv.FormatFloat(math.Round(n/power)*power, 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + " " + digits[i:]
	}
	return d.t("image.scale", "n", fmt.Sprint(digits))
}
