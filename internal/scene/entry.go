package scene

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Heights of the entries of a legend, in pixels.
const (
	headHeight = 25
	rowHeight  = 21
	rowLine    = 12.5 // what a second line of words adds
	groupGap   = 7
)

// entry is a heading of the legend, or a row of a symbol with its words.
type entry struct {
	head   bool
	symbol func(at Pt) []Mark // its middle at a point; nil for headings
	text   string
	lang   string
	lines  []string // the text as it is set
	count  int
	small  bool // the words are set small: a row of the index
}

func (e entry) height() float64 {
	high := float64(rowHeight)
	switch {
	case e.head:
		return headHeight + groupGap
	case e.small:
		high++
	}
	return high + rowLine*float64(max(0, len(e.lines)-1))
}

// indent is where the words of a row begin, behind the symbol.
func (e entry) indent() float64 {
	if e.small {
		return 28
	}
	return 32
}

func (e entry) size() float64 {
	if e.small {
		return 11.5
	}
	return 13
}

// entryLines is the most lines of a row.
const entryLines = 3

// set breaks the words of rows into the lines that a column holds.
func (d *drawing) set(groups [][]entry) {
	for _, g := range groups {
		for i := range g {
			e := &g[i]
			wide := legendWide - e.indent()
			if e.count > 0 {
				wide -= 24
			}
			if e.lines = []string{e.text}; e.head || d.measure(e.text, e.size(), 400, false) <= wide {
				continue
			}
			n := utf8.RuneCountInString(e.text)
			for most := n/2 + 3; most >= n/entryLines; most-- {
				lines := wrap(e.text, most)
				if len(lines) <= entryLines && d.widest(lines, e.size()) <= wide {
					e.lines = lines
					break
				}
			}
		}
	}
}

func (d *drawing) widest(lines []string, size float64) float64 {
	wide := 0.0
	for _, line := range lines {
		wide = max(wide, d.measure(line, size, 400, false))
	}
	return wide
}

// entryMarks draws an entry whose top left corner is at a point.
func (d *drawing) entryMarks(e entry, at Pt, wide float64) []Mark {
	if e.head {
		y := at.Y + groupGap + headHeight - 9
		return []Mark{
			Text{Text: e.text, At: Pt{at.X, y}, Size: 12, Weight: 600, Lang: e.lang, Fill: d.of("ink-2")},
			Path{Lines: [][]Pt{{{at.X, y + 5}, {at.X + wide, y + 5}}}, Stroke: Stroke{Colour: d.of("rule"), Width: 1}},
		}
	}
	at.Y += (e.height() - rowHeight) / 2
	out := e.symbol(Pt{at.X + 12, at.Y + rowHeight/2})
	right := wide
	if e.count > 0 {
		n := fmt.Sprint(e.count)
		out = append(out, Text{Text: n, At: Pt{at.X + wide, at.Y + rowHeight/2 + 4.3}, Anchor: "end", Size: 12, Weight: 400, Lang: d.req.Lang, Fill: d.of("ink-2")})
		right -= d.measure(n, 12, 400, false) + 6
	}
	size := e.size()
	y := at.Y + rowHeight/2 + size*0.36 - rowLine/2*float64(len(e.lines)-1)
	for _, line := range e.lines {
		line = d.shorten(line, right-e.indent(), size, 400, false)
		out = append(out, Text{Text: line, At: Pt{at.X + e.indent(), y}, Size: size, Weight: 400, Lang: e.lang, Fill: d.of("ink")})
		y += rowLine
	}
	return out
}

// shorten cuts a text so that it fits a width.
func (d *drawing) shorten(text string, wide, size float64, weight int, serif bool) string {
	if d.measure(text, size, weight, serif) <= wide {
		return text
	}
	letters := strings.Split(text, "")
	for len(letters) > 1 && d.measure(strings.Join(letters, "")+"…", size, weight, serif) > wide {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimSpace(strings.Join(letters, "")) + "…"
}
