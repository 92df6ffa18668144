package scene

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

// Themes colour the parks by their role or by their AI+ directions.
const (
	ThemeRole = "role"
	ThemeAI   = "ai"
)

// NoGround is a map that lets through what lies below it.
const NoGround = "none"

// Request says what a picture shows.
type Request struct {
	Figure int       // number of a figure of the document; 0 shows Extent
	Extent orb.Bound // in CRS84; all of it is in the picture. The zero value shows what is selected, or else the whole layout
	Plane  Plane     // that Window lies in; nil is the plane of the web map, without a Window
	Window orb.Bound // what fills the map exactly, instead of a figure or an extent; its pixels need not be square
	Chart  bool      // tiles are cut from it: it may be of any size, and from afar it shows little
	Zoom   float64   // of the web map with the scale of a Chart; that of other pictures is measured

	Width, Height float64 // pixels
	WidthMM       float64 // of the paper that it is printed on; 0 is unknown, and no numeric scale is given

	Theme    string // ThemeRole or ThemeAI
	Dark     bool
	Grey     bool // kinds are told apart by pattern and number, for printing in black
	Lang     string
	Links    bool // also where no figure of the whole layout has them
	Unlinked bool // none, also where such a figure has them
	Selected layout.ID
	Passing  map[layout.ID]bool // areas that pass the filter; nil is all

	Legend  bool
	NoIndex bool // the areas are listed elsewhere, and not at the end of the legend
	Margin  bool // title, neat line, scale, north, sources and review number
	Framed  bool // of the margin only neat line, scale and north: what is round the picture says the rest
	Clear   bool // no ground below legend and margin: the paper has its own colour

	Ground        string  // below all of the map: a colour as #RRGGBB, or NoGround; "" takes that of the style
	GroundOpacity float64 // of that colour; 0 counts as 1

	Title        string // instead of that of the figure or of the layout
	ReviewNumber string // of the map, from the mapping authority; "" is none
	Sources      string // the line that names them; "" takes the document
	Prefix       string // of ids, where several pictures share a page

	card *Card // see ComposeCard
}

// maxLabels bounds the names that are tried in one picture, or in a large one, such as a chart: one for each
// labelPx pixels, up to chartLabels.
const (
	maxLabels   = 1500
	labelPx     = 4000
	chartLabels = 20_000
)

// drawing is a picture in the making.
type drawing struct {
	*Model
	palette
	view
	req   Request
	voice Voice
	focus layout.ID // the area that a figure shows alone
	links bool
	err   error // the first text that was missing
}

// Compose decides what a picture shows. It fails when the figure is unknown or a text is missing.
func Compose(m *Model, r Request) (*Scene, error) {
	d, sheet, err := begin(m, r)
	if err != nil {
		return nil, err
	}
	s := d.blank()
	s.Layers = append(s.Layers, d.background(sheet), d.baseLayer())
	d.compose(s)
	s.Layers = append(s.Layers, d.frameLayer(sheet), d.legendLayer(sheet), d.marginLayer(sheet))
	s.Layers = slices.DeleteFunc(s.Layers, func(l Layer) bool { return len(l.Marks) == 0 })
	s.Words = d.describe()
	return s, d.failed()
}

// blank is a picture without anything on it yet.
func (d *drawing) blank() *Scene {
	return &Scene{
		Width: d.req.Width, Height: d.req.Height, Lang: d.req.Lang, Prefix: d.req.Prefix,
		Icons: d.style.Icons, Fonts: d.style.Font, Zoom: d.zoom, Patterns: d.patterns(),
	}
}

// Describe returns Scene.Words of a picture without composing it.
func Describe(m *Model, r Request) ([2]Description, error) {
	d, _, err := begin(m, r)
	if err != nil {
		return [2]Description{}, err
	}
	return d.describe(), d.failed()
}

// begin decides what part of the world a picture shows, and how its sheet is divided.
func begin(m *Model, r Request) (*drawing, sheet, error) {
	d := &drawing{Model: m, palette: m.style.palette(r.Dark, r.Grey), req: r, voice: m.voices(r.Lang), links: r.Links}
	extent, room := r.Extent, float64(maxZoom)
	if extent.IsZero() || extent.IsEmpty() {
		extent = m.extent
		if own, ok := m.ExtentOf(r.Selected); ok && r.Figure == 0 {
			extent, room = own, zoomArea
		}
	}
	if r.Figure != 0 {
		f, ok := m.Figure(r.Figure)
		if !ok {
			return nil, sheet{}, layout.NotFound("figure", layout.ID(fmt.Sprint(r.Figure)))
		}
		d.focus, room = f.Focus, zoomFigure
		if f.Focus == "" {
			extent, d.links = m.extent, !r.Unlinked
		} else {
			extent = m.focusExtent(f.Focus)
		}
	}
	s := d.plan(extent, room)
	d.view = d.look(extent, s.mapBox, room)
	return d, s, nil
}

// look is the view of a map in a box: the window that was asked for, or one that shows an extent.
func (d *drawing) look(extent orb.Bound, box Box, zoom float64) view {
	if d.req.card != nil {
		return d.cardLook(extent, box)
	}
	if d.req.Plane != nil {
		v := window(d.req.Plane, d.req.Window, box)
		if d.req.Chart {
			v.zoom = d.req.Zoom
		}
		return v
	}
	return fit(extent, box, d.padding(box), zoom)
}

func (d *drawing) failed() error {
	if d.err != nil {
		return fmt.Errorf("picture: %w", d.err)
	}
	return nil
}

// padding is the room round the extent, for the discs and names at its edge.
func (d *drawing) padding(box Box) float64 {
	pad := min(box.W, box.H) * 0.06
	if d.req.Figure == 0 && !d.req.Extent.IsZero() && d.req.Selected == "" {
		pad = 0 // a box is shown as it was asked for
	}
	return min(pad, 56)
}

// compose draws the areas, the links and what stands above them.
func (d *drawing) compose(s *Scene) {
	shapes := d.outlines()
	if d.far() {
		s.Layers = append(s.Layers, Layer{Name: "areas", Clip: &d.box, Marks: d.areaMarks(shapes)}, d.farLayer(s))
		return
	}
	s.Layers = append(s.Layers,
		Layer{Name: "shapes", Clip: &d.box, Marks: d.shapeMarks()},
		Layer{Name: "areas", Clip: &d.box, Marks: d.areaMarks(shapes)})
	links := len(s.Layers)
	s.Layers = append(s.Layers, Layer{Name: "links", Clip: &d.box})
	blocks := newGrid(d.box)
	places := d.placeSymbols()
	for i := range places {
		blocks.put(places[i].box())
	}
	s.Discs = spread(d.discs(), blocks, d.box)
	if d.links {
		s.Layers[links].Marks = d.linkMarks(s.Discs)
	}
	symbols := slices.Concat(d.parkIcons(s.Discs), places, d.pointSymbols())
	p := &page{bounds: d.box.grow(-6), boxes: newGrid(d.box), ground: newGround(shapes, d.water(), d.box), heavy: d.mainLinks()}
	for _, disc := range s.Discs {
		p.boxes.put(square(disc.Mid, 25))
	}
	for i := range symbols {
		p.boxes.put(symbols[i].box())
	}
	items := slices.Concat(d.areaItems(s.Discs, p.ground), d.symbolItems(symbols), d.groundItems())
	s.Labels = p.placeAll(items, d.mostLabels(), d.measure)
	streams := d.streamMarks(p)
	s.Layers = append(s.Layers, Layer{Name: "names", Clip: &d.box, Marks: slices.Concat(
		d.stems(s.Discs), d.leaderMarks(s.Labels), streams, d.allSymbols(symbols), d.labelMarks(s.Labels), d.discMarks(s.Discs))})
}

// mostLabels is the most names that are tried.
func (d *drawing) mostLabels() int {
	return max(maxLabels, int(min(d.box.W*d.box.H/labelPx, chartLabels)))
}

func (d *drawing) ai() bool { return d.req.Theme == ThemeAI }

// near tells whether the map is close enough for icons, places and water-clear fills.
func (d *drawing) near() bool { return d.zoom >= zoomNear }

// out tells whether an area is filtered out.
func (d *drawing) out(id layout.ID) bool { return d.req.Passing != nil && !d.req.Passing[id] }

// quiet tells whether an area stands back behind the one that a figure shows.
func (d *drawing) quiet(id layout.ID) bool { return d.focus != "" && d.focus != id }

// t looks a text up in the language of the picture; the first one that is missing fails the picture.
func (d *drawing) t(key string, params ...any) string { return d.text(d.voice, key, params...) }

func (d *drawing) text(v Voice, key string, params ...any) string {
	text, err := v.T(key, params...)
	if err != nil && d.err == nil {
		d.err = err
	}
	return text
}

// discs lists the discs of the areas in sight, that of the selected area first, then in the order of the layout.
func (d *drawing) discs() []Disc {
	several := map[string]int{}
	for _, a := range d.areas {
		several[a.kind]++
	}
	var out []Disc
	for _, first := range []bool{true, false} {
		for _, a := range d.areas {
			if (a.id == d.req.Selected) != first {
				continue
			}
			if at, ok := d.at(a); ok {
				out = append(out, Disc{Of: a.id, At: at, Mark: d.mark(a, several[a.kind] > 1), area: a})
			}
		}
	}
	return out
}

// at returns where the disc of an area belongs in the picture; ok is false when that is out of sight.
func (d *drawing) at(a *area) (at Pt, ok bool) {
	if !a.placed || !d.sees(a.bound, 0) {
		return Pt{}, false
	}
	at = d.project(d.anchor(a))
	return at, d.box.contains(at)
}

// anchor returns where the disc of an area belongs. Areas that a disc covers have it in the middle of their
// box: finding the best place inside takes longer than drawing them.
func (d *drawing) anchor(a *area) orb.Point {
	if box := d.round(a.bound); max(box.W, box.H) < discApart/2 {
		return a.bound.Center()
	}
	return a.pole()
}

// mark returns what the disc of an area says: the number of a park, a letter for a core or zone.
func (d *drawing) mark(a *area, several bool) string {
	number := fmt.Sprint(a.Number)
	if a.Number == 0 {
		number = cut(string(a.id), 6)
	}
	if a.kind == layout.KindPark {
		return number
	}
	letter := d.t("disc." + a.kind)
	if several {
		letter += number
	}
	return letter
}
