package scene

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"parkmap/internal/layout"
)

// The zooms from which things are shown. A picture cannot be zoomed, so the names of parks begin earlier than
// in the page.
const (
	zoomFar      = 7.75 // charts further out show a dot with the name of the place, and shapes as far as they can be told apart
	zoomParks    = 8.6
	zoomLeaders  = 9 // further out the leaders of parks would be a thicket
	zoomSecond   = 10.5
	zoomNear     = 11 // full names, icons and places
	zoomLandmark = 12
	zoomRings    = 10.5
	zoomRivers   = 10
	zoomArea     = 12 // no single area is shown larger: schematic outlines do not bear more
	zoomFigure   = 13
)

// maxName bounds a name on the map, in characters; what is longer is cut.
const maxName = 60

// styleOf is how the letters of a kind of name are set; space is in em.
type styleOf struct {
	weight int
	space  float64
	serif  bool
	colour string
}

// style returns the look of a kind of name, by the name that it has in the page.
func style(name string) styleOf {
	switch name {
	case "lead":
		return styleOf{600, 0.02, false, "ink"}
	case "name":
		return styleOf{500, 0, false, "ink"}
	case "pick":
		return styleOf{700, 0, false, "ink"}
	case "second":
		return styleOf{400, 0, false, "ink-2"}
	case "district":
		return styleOf{400, 0.28, false, "ink-3"}
	case "district-en":
		return styleOf{400, 0.12, false, "ink-3"}
	case "quiet":
		return styleOf{400, 0.08, false, "ink-2"}
	case "water":
		return styleOf{500, 0, true, "river-label"}
	case "relief":
		return styleOf{500, 0, true, "relief-label"}
	}
	return styleOf{400, 0, false, "ink"}
}

// Line is one line of a name.
type Line struct {
	Text  string
	Style string
	Size  float64
	Lang  string
}

func (l Line) height() float64 { return math.Round(l.Size * 1.25) }

func other(lang string) string {
	if lang == Chinese {
		return English
	}
	return Chinese
}

// longest returns the most characters of a line in a language.
func longest(lang string, zh, en int) int {
	if lang == English {
		return en
	}
	return zh
}

// named is a name in both languages, in full and short.
type named struct {
	zh, en           string
	shortZH, shortEN string
}

func nameOf(f *layout.Feature) named {
	b := f.Properties.Common()
	n := named{zh: b.NameZH, en: b.NameEN}
	if a, ok := f.Properties.(*layout.Area); ok {
		n.shortZH, n.shortEN = a.ShortZH, a.ShortEN
	}
	return n
}

// in returns the name in a language, or in the other one where it is missing, with the language it is in.
func (n named) in(lang string, short bool) (text, in string) {
	zh, en := n.zh, n.en
	if short && n.shortZH != "" {
		zh = n.shortZH
	}
	if short && n.shortEN != "" {
		en = n.shortEN
	}
	zh, en = clean(zh), clean(en)
	if lang == English && en != "" || zh == "" {
		return en, English
	}
	return zh, Chinese
}

// clean returns a text without control characters and marks that turn the direction of writing, on one line,
// and cut where it is too long.
func clean(text string) string { return cut(text, maxName) }

func cut(text string, most int) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			r = ' '
		case r == utf8.RuneError || unicode.Is(unicode.Cc, r) || turning(r) || r >= 0xFFFE && r <= 0xFFFF:
			continue
		}
		if n++; n > most {
			return strings.TrimSpace(b.String()) + "…"
		}
		b.WriteRune(r)
	}
	return strings.TrimSpace(b.String())
}

// turning tells whether a character changes the direction of the text around it.
func turning(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C
}

// plain returns a name up to its first bracket.
func plain(name string) string {
	if i := strings.IndexAny(name, "(("); i > 0 {
		return strings.TrimSpace(name[:i])
	}
	return name
}

// closing are the marks that no line begins with, opening those that none ends with.
const (
	closing = "”’))〕】》」』、,。;:!?…+·"
	opening = "“‘((〔【《「『"
)

// compounds are the words that names of areas are made of, longest first: without a dictionary they are what a
// line should not break.
func compounds() []string {
	return []string{
		"人工智能", "高新技术", "功能区", "产业园", "产业城", "开发区", "示范区", "集聚区", "试验区", "实验区", "科学城", "科技城", "科技园",
		"软件园", "工业园", "创业园", "产业", "园区", "新区", "区域", "技术", "科技", "创新", "创意", "文化", "旅游", "健康", "医疗", "医学",
		"经济", "汽车", "农业", "工业", "制造", "智能", "应用", "现代", "都市", "中心", "基地", "国际", "数据", "数字", "金融", "发展",
		"融合", "设施", "平台", "服务", "公共", "计算", "孵化", "欧洲", "城市", "高新", "空间",
	}
}

// Units splits a text where a line may break: Latin text behind spaces, Chinese text between words as far as
// they are known, and not before a closing mark, behind an opening one, or within the number of a document,
// such as 〔2020〕97号.
func Units(text string) []string {
	var out []string
	var last rune
	known := compounds()
	for len(text) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		for _, word := range known {
			if strings.HasPrefix(text, word) {
				n = len(word)
				break
			}
		}
		part := text[:n]
		text = text[n:]
		joined := last != 0 && (wordRune(last) && wordRune(r) || strings.ContainsRune(closing, r) ||
			strings.ContainsRune(opening, last) || r == ' ' || r == '〔' || last == '〕' || r == '号' && last < 0x80)
		if joined {
			out[len(out)-1] += part
		} else {
			out = append(out, part)
		}
		last, _ = utf8.DecodeLastRuneInString(part)
	}
	return out
}

// wordRune tells whether a character belongs to a word that is not broken.
func wordRune(r rune) bool {
	return r < 0x1100 && r != ' ' || r >= 0x200D && r < 0x2E80 && r != 0x2026
}

// fill fills lines with what fits.
func fill(units []string, fits func(line string) bool) []string {
	lines := []string{""}
	for _, unit := range units {
		last := &lines[len(lines)-1]
		if *last != "" && !fits(strings.TrimSpace(*last+unit)) {
			lines = append(lines, unit)
		} else {
			*last += unit
		}
	}
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return lines
}

// wrap breaks a text into as few lines as may be, of about equal length; only a word that is longer than
// most makes a longer line.
func wrap(text string, most int) []string {
	parts := Units(text)
	upTo := func(most int) func(string) bool {
		return func(line string) bool { return utf8.RuneCountInString(line) <= most }
	}
	least := fill(parts, upTo(most))
	n := utf8.RuneCountInString(text)
	for width := (n + len(least) - 1) / len(least); width < most; width++ {
		if lines := fill(parts, upTo(width)); len(lines) <= len(least) {
			return lines
		}
	}
	return least
}

// areaLines returns the lines that name an area, none when the zoom is too small for it.
func areaLines(a *area, lang string, zoom float64, selected bool) []Line {
	park := a.kind == layout.KindPark
	if park && zoom < zoomParks && !selected {
		return nil
	}
	look, size := "lead", 15.0
	if park {
		look, size = "name", 13
	}
	if selected {
		look = "pick"
	}
	full := zoom >= zoomNear
	text, in := a.name.in(lang, !full)
	most := longest(in, 12, 24)
	if park && !full {
		most = longest(in, 8, 24)
	}
	lines := linesIn(text, look, size, in, most)
	if zoom < zoomSecond {
		return lines
	}
	second, in2 := a.name.in(other(lang), true)
	if in2 == in || second == text {
		return lines
	}
	return append(lines, linesIn(second, "second", 12, in2, longest(in2, 12, 28))...)
}

// plainLines returns the lines that name something else than an area.
func plainLines(name named, look string, size float64, lang string) []Line {
	text, in := name.in(lang, true)
	return linesIn(plain(text), look, size, in, longest(in, 12, 24))
}

func linesIn(text, look string, size float64, lang string, most int) []Line {
	if text == "" {
		return nil
	}
	var out []Line
	for _, l := range wrap(text, most) {
		out = append(out, Line{Text: l, Style: look, Size: size, Lang: lang})
	}
	return out
}

// width returns the width of a line in pixels.
func (m Measure) width(l Line) float64 {
	s := style(l.Style)
	return m(l.Text, l.Size, s.weight, s.serif) + float64(utf8.RuneCountInString(l.Text))*s.space*l.Size
}

// block returns the size of lines set below each other.
func (m Measure) block(lines []Line) (w, h float64) {
	for _, l := range lines {
		w = max(w, m.width(l))
		h += l.height()
	}
	return math.Ceil(w), h
}
