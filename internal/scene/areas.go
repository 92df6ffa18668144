package scene

import (
	"slices"
	"strings"

	"parkmap/internal/layout"
)

// outlines projects the outlines of the areas in sight, in the order in which they are drawn: larger kinds
// first, so that a park inside the core stays in sight.
func (d *drawing) outlines() []groundShape {
	var out []groundShape
	for _, kind := range []string{layout.KindZone, layout.KindCore, layout.KindPark} {
		for _, a := range d.areas {
			if a.kind != kind || len(a.polygons) == 0 || !d.sees(a.bound, clipMargin) {
				continue
			}
			if rings := d.rings(a.polygons); len(rings) > 0 {
				out = append(out, groundShape{a.id, rings})
			}
		}
	}
	return out
}

// areaMarks draws the areas, and the outline of the selected one above all.
func (d *drawing) areaMarks(shapes []groundShape) []Mark {
	byID := make(map[layout.ID]*area, len(d.areas))
	for _, a := range d.areas {
		byID[a.id] = a
	}
	var out, picked []Mark
	for _, s := range shapes {
		a := byID[s.id]
		out = append(out, d.areaMark(a, s.rings)...)
		if a.id == d.req.Selected {
			picked = []Mark{
				Path{Lines: s.rings, Closed: true, Stroke: Stroke{Colour: d.of("paper"), Width: d.Width["casing"]}},
				Path{Lines: s.rings, Closed: true, Stroke: Stroke{Colour: d.of("ink"), Width: d.Width["selected"], Dash: d.Dashes(quality(a))}},
			}
		}
	}
	return append(out, picked...)
}

// fullSize is the size in pixels below which the outlines of parks are drawn finer.
const fullSize = 26

// areaMark draws one area: its fill and its outline by quality.
func (d *drawing) areaMark(a *area, rings [][]Pt) []Mark {
	look := d.Kinds[a.kind]
	fine := 1.0
	if round := boxRound(rings...); a.kind == layout.KindPark || d.far() {
		fine = max(0.4, min(1, max(round.W, round.H)/fullSize))
	}
	stroke := Stroke{Colour: d.colourOf(a), Width: look.Stroke * fine, Dash: d.Dashes(quality(a))}
	for i := range stroke.Dash {
		stroke.Dash[i] *= fine
	}
	p := Path{Of: a.id, Lines: rings, Closed: true, Fill: d.fillOf(a), Stroke: stroke}
	switch {
	case d.out(a.id) && a.kind == layout.KindPark:
		p.Opacity = d.Opacity["filtered"]
		return []Mark{p}
	case d.out(a.id): // the core and the zones stay as outlines, for orientation
		p.Fill, p.Stroke.Width = Paint{}, 1.5
		return []Mark{p}
	case d.quiet(a.id):
		p.Opacity = 0.45
	}
	var out []Mark
	if quality(a) == layout.OutlineSurveyed {
		p.Stroke.Width += 2
	}
	out = append(out, p)
	edge := Path{Lines: rings, Closed: true, Opacity: p.Opacity}
	if a.kind == layout.KindCore && !d.near() && !d.grey {
		edge.Stroke = Stroke{Colour: d.of("land"), Width: look.Stroke}
		out = slices.Insert(out, 0, Mark(edge))
	}
	if quality(a) == layout.OutlineSurveyed {
		edge.Stroke = Stroke{Colour: d.of("land"), Width: 1}
		out = append(out, edge)
	}
	return out
}

func quality(a *area) string {
	if a.Outline == "" {
		return layout.OutlineSchematic
	}
	return a.Outline
}

// colourOf returns the colour of an area's outline and disc.
func (d *drawing) colourOf(a *area) string {
	if d.ai() && a.kind == layout.KindPark {
		return d.palette.ai(a.badges[0].code)
	}
	return d.solid(a.kind)
}

// fillOf returns what fills an area.
func (d *drawing) fillOf(a *area) Paint {
	look := d.Kinds[a.kind]
	opacity := look.Fill
	if d.near() {
		opacity = look.Near
	}
	code := a.badges[0].code
	switch {
	case a.kind == layout.KindPark && d.ai() && code == layout.Unstated:
		return Paint{Pattern: "unstated", Opacity: 0.7}
	case d.grey && a.kind != layout.KindCore:
		return Paint{Pattern: "grey-" + a.kind, Opacity: 1}
	case a.kind != layout.KindPark || !d.ai():
		return Paint{Colour: d.solid(a.kind), Opacity: opacity}
	case len(a.badges) > 1:
		return Paint{Pattern: mixID(a.badges), Opacity: d.AI.Fill}
	}
	return Paint{Colour: d.palette.ai(code), Opacity: d.AI.Fill}
}

func mixID(badges []badge) string {
	codes := []string{"mix"}
	for _, b := range badges {
		codes = append(codes, safeID(b.code))
	}
	return strings.Join(codes, "-")
}

// safeID keeps what may stand in an id of a document, and no more than is needed to tell codes apart.
func safeID(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, s[:min(len(s), maxName)])
}

// patterns lists the patterns that the areas and the legend may use.
func (d *drawing) patterns() []Pattern {
	out := []Pattern{}
	if d.grey {
		hatch, wide, dots := 5.0, 1.5, 6.0
		if d.near() { // large surfaces, with names on them
			hatch, wide, dots = 11, 0.75, 9
		}
		out = append(out,
			Pattern{ID: "grey-zone", Size: hatch, Angle: 45, Stripes: []Stripe{{d.solid(layout.KindZone), 0, wide}}},
			Pattern{ID: "grey-park", Size: dots, Dot: 1, Colour: d.solid(layout.KindPark)})
	}
	if !d.ai() {
		return out
	}
	out = append(out, Pattern{ID: "unstated", Size: 6, Angle: 45, Stripes: []Stripe{{d.palette.ai(layout.Unstated), 0, 1}}})
	known := map[string]bool{}
	for _, a := range d.areas {
		id := mixID(a.badges)
		if len(a.badges) < 2 || known[id] || a.kind != layout.KindPark || d.grey {
			continue
		}
		known[id] = true
		mix := Pattern{ID: id, Size: 9 * float64(len(a.badges)), Angle: 45}
		for i, b := range a.badges {
			mix.Stripes = append(mix.Stripes, Stripe{d.palette.ai(b.code), 9 * float64(i), 9})
		}
		out = append(out, mix)
	}
	return out
}
