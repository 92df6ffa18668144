package scene

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"parkmap/internal/layout"
)

// legendGroups lists what the legend explains: kind, then AI+ or places, quality, links.
func (d *drawing) legendGroups() [][]entry {
	places := d.shownPlaces()
	var icons []entry
	groups := [][]entry{}
	add := func(head string, rows []entry) {
		if len(rows) > 0 {
			groups = append(groups, append([]entry{{head: true, text: d.t(head), lang: d.req.Lang}}, rows...))
		}
	}
	if d.ai() {
		directions := d.directionRows(d.areas, nil, true)
		if len(directions) > 0 {
			directions = append(directions, d.basisRows()...)
		}
		add("legend.ai", directions)
	} else {
		add("legend.kind", d.kindRows())
		if icons = d.iconRows(places); len(icons) > 0 {
			icons = append(icons, d.basisRows()...)
		}
	}
	add("search.places", d.placeRows(places))
	add("n.nolocation", d.unplacedRows())
	add("legend.ai", icons)
	add("legend.quality", d.qualityRows())
	if d.links && d.linked() {
		add("map.links", d.linkRows())
	}
	return groups
}

// kindRows explains the kinds that the layout has.
func (d *drawing) kindRows() []entry {
	var out []entry
	for _, kind := range layout.Kinds(layout.Areas) {
		n := 0
		for _, a := range d.areas {
			if a.kind == kind {
				n++
			}
		}
		if n == 0 {
			continue
		}
		sample := &area{Area: &layout.Area{}, kind: kind, badges: []badge{{}}}
		look := d.Kinds[kind]
		fill := Paint{Colour: d.solid(kind), Opacity: look.Fill}
		if d.near() {
			fill.Opacity = look.Near
		}
		if d.grey && kind != layout.KindCore {
			fill = d.fillOf(sample)
		}
		out = append(out, entry{text: d.t("kind." + kind), lang: d.req.Lang, count: n, symbol: func(at Pt) []Mark {
			return []Mark{Rect{Box: Box{at.X - 10.5, at.Y - 6.5, 21, 13}, Fill: fill, Stroke: Stroke{Colour: d.solid(kind), Width: 1.75, Dash: []float64{4.5, 2.5}}}}
		}})
	}
	return out
}

// directionRows explains the directions of areas and places, in the order of the vocabulary.
func (d *drawing) directionRows(areas []*area, places []*place, counted bool) []entry {
	first := map[string]badge{}
	count := map[string]int{}
	look := func(b badge) {
		if _, ok := first[b.code]; !ok {
			first[b.code] = b
		}
		count[b.code]++
	}
	for _, a := range areas {
		for _, b := range a.badges {
			if b.code != layout.Unstated || a.kind == layout.KindPark {
				look(b)
			}
		}
	}
	for _, p := range places {
		if p.badge != nil {
			look(*p.badge)
		}
	}
	var out []entry
	for _, code := range d.codes() {
		b, ok := first[code.Code]
		if !ok {
			continue
		}
		name := b.name
		if name.zh == "" && name.en == "" {
			name = named{zh: code.ZH, en: code.EN}
		}
		text, lang := name.in(d.req.Lang, false)
		e := entry{text: capital(text), lang: lang, symbol: func(at Pt) []Mark { return d.badgeMarks(b, at, 18) }}
		if counted {
			e.count = count[b.code]
		}
		out = append(out, e)
	}
	return out
}

// codes lists the directions with their words, "not stated" last.
func (d *drawing) codes() []layout.CodedLabel {
	unstated := layout.CodedLabel{Code: layout.Unstated}
	unstated.ZH, unstated.EN = d.text(d.voices(Chinese), "basis.unstated"), d.text(d.voices(English), "basis.unstated")
	return append(layout.Specialisations(), unstated)
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// iconRows explains the icons that are drawn beside places and parks.
func (d *drawing) iconRows(places []*place) []entry {
	var parks []*area
	for _, a := range d.areas {
		if d.near() && a.kind == layout.KindPark && (d.focus == "" || a.id == d.focus) && !d.out(a.id) {
			if _, ok := d.at(a); ok {
				parks = append(parks, a)
			}
		}
	}
	return d.directionRows(parks, places, false)
}

// basisRows explains filled and hollow icons.
func (d *drawing) basisRows() []entry {
	var out []entry
	for _, basis := range []string{layout.BasisStated, layout.BasisInferred} {
		fill := d.of("ink-2")
		if basis == layout.BasisInferred {
			fill = d.of("paper")
		}
		out = append(out, entry{text: d.t("basis." + basis), lang: d.req.Lang, symbol: func(at Pt) []Mark {
			return []Mark{Circle{At: at, R: 4.25, Fill: Paint{Colour: fill}, Stroke: Stroke{Colour: d.of("ink-2"), Width: 1.5}}}
		}})
	}
	return out
}

// placeRows explains the kinds of places that are drawn.
func (d *drawing) placeRows(places []*place) []entry {
	count := map[string]int{}
	var kinds []string
	for _, p := range places {
		if count[p.kind]++; count[p.kind] == 1 {
			kinds = append(kinds, p.kind)
		}
	}
	var out []entry
	for _, kind := range kinds {
		out = append(out, entry{text: d.t("kind." + kind), lang: d.req.Lang, count: count[kind], symbol: func(at Pt) []Mark {
			return []Mark{Rect{Box: square(at, 7), Fill: Paint{Colour: d.of("ink")}}}
		}})
	}
	return out
}

// unplacedMost bounds the places that are listed because they have no position.
const unplacedMost = 12

// unplacedRows lists the places of a figure that nobody knows where to draw.
func (d *drawing) unplacedRows() []entry {
	var out []entry
	for _, p := range d.places {
		if d.focus == "" || p.parent != d.focus || p.placed || len(out) == unplacedMost {
			continue
		}
		text, lang := p.name.in(d.req.Lang, true)
		out = append(out, entry{text: text, lang: lang, small: true, symbol: func(at Pt) []Mark {
			return []Mark{Rect{Box: square(at, 6), Stroke: Stroke{Colour: d.of("ink-2"), Width: 1}}}
		}})
	}
	return out
}

// qualityRows explains the outlines that the layout has.
func (d *drawing) qualityRows() []entry {
	var out []entry
	for _, q := range []string{layout.OutlineSchematic, layout.OutlineDigitised, layout.OutlineSurveyed} {
		if !slices.ContainsFunc(d.areas, func(a *area) bool { return quality(a) == q }) {
			continue
		}
		out = append(out, entry{text: d.t("legend." + q), lang: d.req.Lang, symbol: func(at Pt) []Mark {
			line := [][]Pt{{{at.X - 10.5, at.Y}, {at.X + 10.5, at.Y}}}
			s := Stroke{Colour: d.of("ink-2"), Width: 1.75, Dash: d.Dashes(q)}
			if q != layout.OutlineSurveyed {
				return []Mark{Path{Lines: line, Stroke: s}}
			}
			s.Width = 4
			return []Mark{Path{Lines: line, Stroke: s}, Path{Lines: line, Stroke: Stroke{Colour: d.of("paper"), Width: 1}}}
		}})
	}
	return out
}

// linkRows explains the symbolic links.
func (d *drawing) linkRows() []entry {
	return []entry{{text: d.t("map.links.note"), lang: d.req.Lang, symbol: func(at Pt) []Mark { return d.linkSample(at) }}}
}

func (p palette) linkSample(at Pt) []Mark {
	w := p.Width["link-main"]
	upper := [][]Pt{{{at.X - 11, at.Y - 3}, {at.X + 11, at.Y - 3}}}
	lower := [][]Pt{{{at.X - 10, at.Y + 4}, {at.X + 11, at.Y + 4}}}
	return []Mark{
		Path{Lines: upper, Stroke: Stroke{Colour: p.of("ink"), Width: 3 * w}},
		Path{Lines: upper, Stroke: Stroke{Colour: p.of("paper"), Width: w}},
		Path{Lines: lower, Stroke: Stroke{Colour: p.of("ink"), Width: p.Width["link"], Dash: p.Dashes("link"), Round: true}},
	}
}

// indexDisc is the size of the discs of an index, as a factor.
const indexDisc = 0.8

// indexMost bounds the areas of an index.
const indexMost = 30

// indexRows lists the areas in sight that pass, with their discs; none when there are too many.
func (d *drawing) indexRows() []entry {
	discs := slices.DeleteFunc(d.discs(), func(disc Disc) bool { return d.out(disc.Of) })
	if len(discs) > indexMost {
		return nil
	}
	slices.SortStableFunc(discs, func(a, b Disc) int { return d.order(a.area) - d.order(b.area) })
	var out []entry
	for _, disc := range discs {
		text, lang := disc.area.name.in(d.req.Lang, true)
		disc.Of = "" // the disc on the map stands for the area
		out = append(out, entry{text: text, lang: lang, small: true, symbol: func(at Pt) []Mark {
			disc.Mid = at
			return d.discMark(disc, indexDisc)
		}})
	}
	return out
}

func (m *Model) order(a *area) int { return slices.Index(m.areas, a) }
