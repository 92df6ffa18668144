package book

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"parkmap/internal/page"
	"parkmap/internal/pdf"
)

// maxText bounds a text on paper, in characters; what is longer is cut, and says so.
const maxText = 3000

// bounded cuts a text that is too long for paper.
func (s *setter) bounded(text string) string {
	n := utf8.RuneCountInString(text)
	if n <= maxText {
		return text
	}
	return string([]rune(text)[:maxText]) + "… " + s.word("book.cut", "n", n-maxText)
}

// section sets a part of a page in a column.
func (s *setter) section(sec page.Section, wide float64) []piece {
	out := s.headed(sec.Title, wide)
	if sec.Note != "" {
		out = append(out, glued(s.paragraph("P", []run{{text: s.bounded(sec.Note), look: s.note()}}, wide, 0, 1.5))...)
	}
	for _, r := range sec.Rows {
		out = append(out, s.row(r, wide)...)
	}
	return append(out, blank(7))
}

// headed sets a heading under a rule.
func (s *setter) headed(text string, wide float64) []piece {
	if text == "" {
		return nil
	}
	line := piece{high: 3, glue: true, draw: func(p *pdf.Page, x, y float64) {
		p.Artifact(func() { s.rule(p, x, y, wide, "rule-strong", 0.6) })
	}}
	return append([]piece{line}, glued(s.paragraph("H2", []run{{text: s.bounded(text), look: s.heading()}}, wide, 0, 1))...)
}

// row sets a term with its values: one value in the line of the term, several below it.
func (s *setter) row(r page.Row, wide float64) []piece {
	term := run{text: s.bounded(r.Term) + "  ", look: s.term()}
	switch {
	case r.Term == "":
		return s.values(r.Values, wide, 0)
	case len(r.Values) == 1:
		return s.paragraph("P", append([]run{term}, s.value(r.Values[0])...), wide, 0, 2)
	}
	return append(glued(s.paragraph("P", []run{term}, wide, 0, 0)), s.values(r.Values, wide, 7)...)
}

func (s *setter) values(all []page.Value, wide, indent float64) []piece {
	var out []piece
	for _, v := range all {
		out = append(out, s.paragraph("P", s.value(v), wide, indent, 2)...)
	}
	return out
}

// value sets a value with its sign, its note and its sources.
func (s *setter) value(v page.Value) []run {
	var out []run
	if v.Mark != "" {
		out = append(out, run{mark: v.Mark, look: s.body()})
	}
	out = append(out, run{text: s.bounded(v.Text), look: s.body(), href: v.Href})
	if v.Also.Text != "" {
		out = append(out, run{text: "  " + s.bounded(v.Also.Text), look: s.note()})
	}
	if v.Note != "" {
		out = append(out, run{text: "  " + s.bounded(v.Note), look: s.note()})
	}
	for i, source := range v.Sources {
		before := "; "
		if i == 0 {
			before = "  "
		}
		out = append(out, run{text: before, look: s.note()}, run{text: s.bounded(source.Text), look: s.note(), href: source.Href})
	}
	return out
}

// notes joins notes into one line.
func (s *setter) notes(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}

// targets sets targets side by side, their figures large.
func (s *setter) targets(list []page.TargetView, wide float64) []piece {
	const least = 40 * pdf.MM
	across := min(len(list), int(wide/least))
	var out []piece
	for len(list) > 0 {
		n := min(across, len(list))
		out = append(out, s.targetRow(list[:n], wide/float64(across)))
		list = list[n:]
	}
	return out
}

func (s *setter) targetRow(list []page.TargetView, each float64) piece {
	row := piece{}
	var cells [][]piece
	for _, t := range list {
		cell := s.target(t, each-8)
		high := 0.0
		for _, one := range cell {
			high += one.high
		}
		row.high = max(row.high, high+3)
		cells = append(cells, cell)
	}
	row.draw = func(p *pdf.Page, x, y float64) {
		for i, cell := range cells {
			at := y
			for _, one := range cell {
				one.draw(p, x+float64(i)*each, at)
				at += one.high
			}
		}
	}
	return row
}

func (s *setter) target(t page.TargetView, wide float64) []piece {
	big, words := look{15, 18, "ink", true}, s.note()
	var figure []run
	if t.Figure.Before != "" {
		figure = append(figure, run{text: s.bounded(t.Figure.Before) + " ", look: words})
	}
	figure = append(figure, run{text: s.bounded(t.Figure.Digits), look: big})
	if t.Figure.After != "" {
		figure = append(figure, run{text: " " + s.bounded(t.Figure.After), look: words})
	}
	out := s.paragraph("P", figure, wide, 0, 0)
	year, clause := "", ""
	if t.Year > 0 {
		year = s.word("d.target.year", "year", t.Year)
	}
	if t.Clause != "" {
		clause = s.word("d.clause.no", "clause", t.Clause)
	}
	out = append(out, s.paragraph("P", []run{{text: s.bounded(t.Metric.Text), look: s.body()}}, wide, 0, 0)...)
	return append(out, s.paragraph("P", []run{{text: s.bounded(s.notes(append([]string{year, clause}, t.Notes...)...)), look: words}}, wide, 0, 0)...)
}

// kicker is the line above a name.
func (s *setter) kicker(f page.Facts) string {
	kind := f.Kicker.Kind
	if f.Kicker.Number > 0 {
		kind = fmt.Sprint(kind, " ", f.Kicker.Number)
	}
	clause := ""
	if f.Kicker.Clause != "" {
		clause = s.word("d.clause.no", "clause", f.Kicker.Clause)
	}
	return s.notes(kind, clause, string(f.ID))
}
