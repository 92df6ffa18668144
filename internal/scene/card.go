package scene

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

// CardWidth and CardHeight are the size of a card in pixels of the scene. Cards are shown small: they are to be drawn
// in twice the density, which gives the 1200 × 630 pixels that previews of links ask for.
const (
	CardWidth  = 600
	CardHeight = 315
)

// Card asks for a picture that goes before a link: a few words beside a map.
type Card struct {
	Lang         string
	Feature      layout.ID   // that the link leads to; "" is the whole layout
	Compared     []layout.ID // areas that the link compares; the first four are named
	Host         string      // of the site
	ReviewNumber string
}

// The measures of a card.
const (
	cardPanel   = 222 // width of the words
	cardPad     = 20
	cardBand    = 5 // of colour, at the edge
	cardNames   = 4
	cardFloor   = 254 // where the foot begins
	longName    = 12  // characters of a Chinese name from which it is set smaller
	cardAround  = 1.1 // of its size, how far a map shows what is around an area
	cardZoom    = 11.4
	cardMinimum = 0.05 // degrees that a map shows at least round a place
)

// ComposeCard decides what a card shows; not-found when there is no such feature.
func ComposeCard(m *Model, c Card) (*Scene, error) {
	r := Request{
		Width: CardWidth, Height: CardHeight, Lang: c.Lang, Theme: ThemeRole, Links: c.Feature == "" && len(c.Compared) == 0,
		ReviewNumber: c.ReviewNumber, card: &c,
	}
	f, err := m.feature(c.Feature)
	if err != nil {
		return nil, err
	}
	if bound, ok := m.ExtentOf(c.Feature); ok {
		r.Selected = c.Feature
		r.Extent = bound.Pad(max(cardMinimum, cardAround/2*max(bound.Max[0]-bound.Min[0], bound.Max[1]-bound.Min[1])))
	}
	if len(c.Compared) > 0 {
		r.Passing = map[layout.ID]bool{}
		for _, id := range c.Compared {
			r.Passing[id] = true
		}
	}
	d, s, err := begin(m, r)
	if err != nil {
		return nil, err
	}
	out := d.blank()
	out.Layers = append(out.Layers, d.background(s), d.baseLayer())
	d.compose(out)
	out.Layers = append(out.Layers, d.cardLayer(f))
	out.Words = d.describe()
	return out, d.failed()
}

// feature returns a feature of the layout, nil for an empty id.
func (m *Model) feature(id layout.ID) (*layout.Feature, error) {
	if id == "" {
		return nil, nil //nolint:nilnil // nothing was asked for
	}
	i := slices.IndexFunc(m.layout.Features, func(f layout.Feature) bool { return f.ID == id })
	if i < 0 {
		return nil, layout.NotFound("feature", id)
	}
	return &m.layout.Features[i], nil
}

// cardLook is the map of a card.
func (d *drawing) cardLook(extent orb.Bound, box Box) view {
	return fit(extent, box, min(box.W, box.H)*0.06, cardZoom)
}

// cardSheet leaves the left to words.
func cardSheet() sheet {
	all := Box{0, 0, CardWidth, CardHeight}
	return sheet{all: all, mapBox: Box{cardPanel, 0, CardWidth - cardPanel, CardHeight}}
}

// column sets words below each other.
type column struct {
	*drawing
	marks []Mark
	y     float64
}

// words adds lines of a text, no more than most of them.
func (c *column) words(text, lang string, size float64, weight int, colour string, most int) {
	const wide = cardPanel - 2*cardPad
	lines := fill(Units(text), func(line string) bool { return c.measure(line, size, weight, false) <= wide })
	for i, line := range lines[:min(len(lines), most)] {
		if i == most-1 && len(lines) > most {
			line += "…"
		}
		c.y += size * 1.24
		c.marks = append(c.marks, Text{
			Text: c.shorten(line, wide, size, weight, false), At: Pt{cardPad + cardBand, c.y - size*0.2}, Size: size, Weight: weight, Lang: lang, Fill: c.of(colour),
		})
	}
}

// row adds a symbol with words behind it, in two lines where they need them.
func (c *column) row(text, lang string, symbol func(at Pt) []Mark) {
	const size, left, wide = 11.5, cardPad + cardBand, cardPanel - 2*cardPad - 26
	lines := fill(Units(text), func(line string) bool { return c.measure(line, size, 400, false) <= wide })
	if len(lines) > 2 {
		lines = []string{lines[0], lines[1] + "…"}
	}
	high := 22 + 12*float64(len(lines)-1)
	c.marks = append(c.marks, symbol(Pt{left + 10.5, c.y + high/2})...)
	y := c.y + high/2 - 6.5*float64(len(lines)-1) + size*0.36
	for _, line := range lines {
		c.marks = append(c.marks, Text{Text: c.shorten(line, wide, size, 400, false), At: Pt{left + 27, y}, Size: size, Weight: 400, Lang: lang, Fill: c.of("ink")})
		y += 13
	}
	c.y += high
}

// name adds a name in both languages.
func (c *column) name(n named) {
	text, in := n.in(c.req.Lang, false)
	size, lines := 22.5, 2
	if in == English || utf8.RuneCountInString(text) > longName {
		size, lines = 19, 1
	}
	c.words(text, in, size, 700, "ink", 4)
	c.y += 5
	if also, other := n.in(other(c.req.Lang), false); other != in {
		c.words(also, other, 10.5, 400, "ink-2", lines)
	}
	c.y += 10
}

// cardLayer writes the words of a card.
func (d *drawing) cardLayer(f *layout.Feature) Layer {
	edge := d.of("ink")
	if a := d.area(d.req.Selected); a != nil {
		edge = d.solid(a.kind)
	}
	c := &column{drawing: d, y: 44, marks: []Mark{
		Rect{Box: Box{0, 0, cardPanel, CardHeight}, Fill: Paint{Colour: d.of("paper")}},
		Rect{Box: Box{0, 0, cardBand, CardHeight}, Fill: Paint{Colour: edge}},
		Rect{Box: Box{cardPanel - 1, 0, 1, CardHeight}, Fill: Paint{Colour: d.of("rule")}},
	}}
	if f != nil || len(d.req.card.Compared) > 0 { // else it is what the card is about
		c.site()
	}
	switch {
	case len(d.req.card.Compared) > 0:
		c.comparison()
	case f != nil:
		c.feature(f)
	default:
		c.whole()
	}
	c.foot()
	return Layer{Name: "card", Marks: c.marks}
}

// site says above all whose map it is.
func (c *column) site() {
	text, in := named{zh: c.layout.Document.NameZH, en: c.layout.Document.NameEN}.in(c.req.Lang, false)
	if text == "" {
		text, in = c.t("map.title"), c.req.Lang
	}
	size := 10.5
	if in == English {
		size = 8.8
	}
	text = c.shorten(capital(text), cardPanel-2*cardPad-14, size, 600, false)
	c.marks = append(c.marks,
		Rect{Box: Box{cardPad + cardBand, 20, 9, 9}, Radius: 1, Fill: Paint{Colour: c.solid(layout.KindCore)}},
		Text{Text: text, At: Pt{cardPad + cardBand + 14, 28.3}, Size: size, Weight: 600, Lang: in, Fill: c.of("ink-2")})
}

// whole names the layout, and how many areas of each kind it has.
func (c *column) whole() {
	c.y = 24
	doc := c.layout.Document
	if n := (named{zh: doc.NameZH, en: doc.NameEN}); n.zh+n.en != "" {
		c.name(named{zh: n.zh, en: capital(n.en)})
	}
	for _, e := range c.kindRows() {
		c.row(e.text+" "+strconv.Itoa(e.count), e.lang, func(at Pt) []Mark { return e.symbol(at) })
	}
}

// feature names a feature, with its kind and its directions.
func (c *column) feature(f *layout.Feature) {
	common := f.Properties.Common()
	a := c.area(f.ID)
	if kind, err := c.voice.T("kind." + common.Kind); err == nil {
		if a != nil && a.Number > 0 && a.kind == layout.KindPark {
			kind += " " + strconv.Itoa(a.Number)
		}
		c.words(kind, c.req.Lang, 11.5, 600, "ink-3", 1)
		c.y += 2
	}
	c.name(nameOf(f))
	if a == nil {
		return
	}
	for _, b := range a.badges {
		if b.code == layout.Unstated && a.kind != layout.KindPark || c.y > cardFloor-22 {
			continue // the core and the zones have fields of their own
		}
		c.row(c.direction(b), c.req.Lang, func(at Pt) []Mark { return c.badgeMarks(b, at, 20) })
	}
}

// direction is an AI+ direction with how it is known.
func (c *column) direction(b badge) string {
	if b.code == layout.Unstated {
		return "AI+ " + c.t("basis.unstated")
	}
	text, _ := b.name.in(c.req.Lang, false)
	return "AI+" + capital(text) + " · " + c.t("basis.short."+b.basis)
}

// comparison lists what is compared.
func (c *column) comparison() {
	c.y += 6
	c.words(c.t("cmp.title"), c.req.Lang, 23, 700, "ink", 1)
	c.y += 10
	shown := 0
	for _, id := range c.req.card.Compared {
		a := c.area(id)
		if a == nil || shown == cardNames {
			continue
		}
		shown++
		text, in := a.name.in(c.req.Lang, true)
		disc := Disc{Mark: c.mark(a, false), area: a}
		c.row(text, in, func(at Pt) []Mark {
			disc.Mid = at
			return c.discMark(disc, 0.9)
		})
		c.y += 6
	}
}

// foot says where the link leads and what the map is not.
func (c *column) foot() {
	c.y = CardHeight - 18
	if c.req.card.Host != "" {
		text := c.shorten(c.req.card.Host, cardPanel-2*cardPad, 11, 600, false)
		c.marks = append(c.marks, Text{Text: text, At: Pt{cardPad + cardBand, c.y}, Size: 11, Weight: 600, Lang: English, Fill: c.of("ink")})
		c.y -= 16
	}
	notes := c.notes()
	for i := len(notes) - 1; i >= 0; i-- {
		text := c.shorten(notes[i], cardPanel-2*cardPad, 8.5, 400, false)
		c.marks = append(c.marks, Text{Text: text, At: Pt{cardPad + cardBand, c.y}, Size: 8.5, Weight: 400, Lang: c.req.Lang, Fill: c.of("ink-3")})
		c.y -= 12
	}
}
