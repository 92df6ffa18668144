package scene

import "parkmap/internal/layout"

// The sizes of AI+ icons beside discs and beside places, in pixels.
const (
	iconPx  = 20
	iconGap = 2
	smallPx = 16
)

// symbol is a mark that is no disc: the icons of a park, a place, an airport, a landmark.
type symbol struct {
	of       layout.ID
	at       Pt
	shape    string // square, plane, dot, or icons
	badges   []badge
	size     float64 // of an icon
	name     named
	selected bool
	quiet    bool
}

// parkIcons are the AI+ icons beside the discs of parks. From afar they are left out, unless there is no
// colour to tell the directions apart.
func (d *drawing) parkIcons(discs []Disc) []symbol {
	if d.zoom < zoomNear && !(d.req.Grey && d.ai()) {
		return nil
	}
	var out []symbol
	for _, disc := range discs {
		a := disc.area
		if a.kind == layout.KindPark && !d.out(a.id) && (d.focus == "" || d.focus == a.id) {
			out = append(out, symbol{of: a.id, at: Pt{disc.Mid.X + 26, disc.Mid.Y}, shape: "icons", badges: a.badges, size: iconPx})
		}
	}
	return out
}

// placeSymbols are the places that a figure shows, or that are shown close up.
func (d *drawing) placeSymbols() []symbol {
	var out []symbol
	for _, p := range d.shownPlaces() {
		s := symbol{of: p.id, at: d.project(p.anchor), shape: "square", size: smallPx, name: p.name, selected: p.id == d.req.Selected}
		if p.badge != nil && (d.zoom >= zoomNear || d.focus != "") {
			s.badges = []badge{*p.badge}
		}
		out = append(out, s)
	}
	return out
}

// shownPlaces lists the places in sight that are drawn.
func (d *drawing) shownPlaces() []*place {
	var out []*place
	for _, p := range d.places {
		shown := d.alone || d.zoom >= zoomNear || p.id == d.req.Selected
		if d.focus != "" {
			shown = p.parent == d.focus
		}
		if shown && p.placed && !d.out(p.parent) && d.box.contains(d.project(p.anchor)) {
			out = append(out, p)
		}
	}
	return out
}

// pointSymbols are airports, and landmarks close up.
func (d *drawing) pointSymbols() []symbol {
	var out []symbol
	for _, kind := range []string{"airport", "landmark"} {
		if kind == "landmark" && d.zoom < zoomLandmark {
			continue
		}
		shape := "dot"
		if kind == "airport" {
			shape = "plane"
		}
		for _, s := range d.context[kind] {
			at := d.project(s.anchor)
			if s.placed && d.box.contains(at) {
				out = append(out, symbol{of: s.id, at: at, shape: shape, name: s.name, quiet: true})
			}
		}
	}
	return out
}

// reach is how far a symbol reaches to the right of its middle.
func (s *symbol) reach() float64 {
	n := float64(len(s.badges))
	switch {
	case s.shape == "icons":
		return n*(s.size+iconGap) - s.size/2
	case n > 0:
		return 8 + n*(s.size+iconGap)
	case s.shape == "plane":
		return 8
	}
	return 5
}

func (s *symbol) half() float64 {
	switch {
	case s.shape == "plane":
		return 8
	case len(s.badges) > 0:
		return s.size / 2
	}
	return 5
}

func (s *symbol) box() Box {
	half, before := s.half(), s.half()
	if s.shape == "square" {
		before = 5
	}
	return Box{s.at.X - before, s.at.Y - half, before + s.reach(), 2 * half}
}

// symbolMarks draws a symbol.
func (d *drawing) symbolMarks(s symbol) []Mark {
	var out []Mark
	ink := Paint{Colour: d.of("ink")}
	first := s.at.X
	switch s.shape {
	case "square":
		if s.selected {
			out = append(out, Rect{Box: square(s.at, 13), Stroke: Stroke{Colour: d.of("ink"), Width: 2}})
		}
		out = append(out, Rect{Of: s.of, Box: square(s.at, 8.5), Fill: Paint{Colour: d.of("land")}}, Rect{Of: s.of, Box: square(s.at, 7), Fill: ink})
		first += 8 + s.size/2
	case "plane":
		out = append(out, Icon{Name: "plane", At: s.at, Size: 16, Angle: 45, Fill: Paint{Colour: d.of("ink-2")}})
	case "dot":
		out = append(out, Circle{Of: s.of, At: s.at, R: 2.5, Fill: Paint{Colour: d.of("ink-2")}})
	}
	for i, b := range s.badges {
		out = append(out, d.badgeMarks(b, Pt{first + float64(i)*(s.size+iconGap), s.at.Y}, s.size)...)
	}
	return out
}

// badgeMarks draws the round icon of a direction: filled when the document states it, hollow when it is
// inferred, a broken ring when nothing is stated.
func (p palette) badgeMarks(b badge, at Pt, size float64) []Mark {
	colour, paper := Paint{Colour: p.ai(b.code)}, Paint{Colour: p.of("paper")}
	if b.code == layout.Unstated {
		return []Mark{
			Circle{At: at, R: size/2 - 0.75, Fill: paper},
			Icon{Name: p.icon(b.code), At: at, Size: size * 1.14, Fill: colour},
		}
	}
	ring := Circle{At: at, R: size/2 - 0.75, Fill: paper, Stroke: Stroke{Colour: colour.Colour, Width: 1.5}}
	glyph := colour
	if b.basis == layout.BasisStated {
		ring.Fill, glyph = colour, Paint{Colour: p.tone(p.AI.OnSolid)}
	}
	return []Mark{ring, Icon{Name: p.icon(b.code), At: at, Size: size * 0.62, Fill: glyph}}
}
