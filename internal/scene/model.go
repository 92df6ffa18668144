package scene

import (
	"slices"
	"strings"
	"sync"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// Languages of pictures.
const (
	Chinese = "zh"
	English = "en"
)

// Voice looks up texts of one language; their parameters come as name, value, name, value.
type Voice interface {
	T(key string, params ...any) (string, error)
}

// Model is one layout, indexed for pictures. It is immutable; Compose may be called at the same time.
type Model struct {
	layout  *layout.Layout
	style   *Style
	voices  func(lang string) Voice
	measure Measure
	alone   bool // one collection by itself, see Only

	areas     []*area // by the order of the layout
	places    []*place
	districts []*spot
	context   map[string][]*spot // by kind
	shapes    []orb.Geometry     // of which nothing but the place is known
	city      []orb.Polygon
	borders   func() []orb.LineString // between districts
	cityLines func() []orb.LineString
	extent    orb.Bound // of the areas
}

// area is the core, a zone or a park.
type area struct {
	*layout.Area
	id       layout.ID
	kind     string
	name     named
	badges   []badge // never empty: an area without a direction is unstated
	polygons []orb.Polygon
	bound    orb.Bound        // of all of it
	pole     func() orb.Point // the point farthest from the outline
	placed   bool             // it has a position
}

// badge is one AI+ direction with how it is known and what the layout calls it.
type badge struct {
	code, basis string
	name        named
}

func newBadge(s layout.Specialisation) badge {
	return badge{s.Code, s.Basis, named{zh: bareDirection(s.LabelZH), en: bareDirection(s.LabelEN)}}
}

// bareDirection returns the name of a direction without the AI+ before it.
func bareDirection(label string) string {
	rest, ok := strings.CutPrefix(strings.TrimSpace(label), "AI")
	if rest = strings.TrimSpace(rest); ok && strings.HasPrefix(rest, "+") {
		return strings.TrimSpace(rest[1:])
	}
	return label
}

type place struct {
	spot
	parent layout.ID
	kind   string
	badge  *badge
}

// spot is something with a name and a position.
type spot struct {
	id       layout.ID
	name     named
	geometry orb.Geometry
	anchor   orb.Point
	placed   bool
	length   float64 // of lines, in degrees
}

// NewModel indexes a layout, which must not change afterwards. Voices returns the texts of a language;
// a nil measure is Estimate.
func NewModel(l *layout.Layout, style *Style, voices func(lang string) Voice, measure Measure) *Model {
	if measure == nil {
		measure = Estimate
	}
	m := &Model{layout: l, style: style, voices: voices, measure: measure}
	m.index(func(*layout.Feature) bool { return true })
	return m
}

// index takes the features of the layout that keep lets through.
func (m *Model) index(keep func(*layout.Feature) bool) {
	m.context = map[string][]*spot{}
	for i := range m.layout.Features {
		if f := &m.layout.Features[i]; keep(f) {
			m.add(f)
		}
	}
	for kind := range m.context {
		slices.SortStableFunc(m.context[kind], func(a, b *spot) int { return compareDown(a.length, b.length) })
	}
	for _, s := range m.context["city"] {
		m.city = append(m.city, polygonsOf(s.geometry)...)
	}
	m.cityLines = sync.OnceValue(func() []orb.LineString { return borders(m.city, nil) })
	m.borders = sync.OnceValue(func() []orb.LineString {
		var all []orb.Polygon
		for _, d := range m.districts {
			all = append(all, polygonsOf(d.geometry)...)
		}
		return borders(all, m.city)
	})
	m.extent = m.bounds()
}

func (m *Model) add(f *layout.Feature) {
	switch p := f.Properties.(type) {
	case *layout.Area:
		m.areas = append(m.areas, newArea(f, p))
	case *layout.Place:
		out := &place{spot: newSpot(f), parent: p.Parent, kind: p.Kind}
		if s := p.Specialisation; s != nil {
			b := newBadge(*s)
			out.badge = &b
		}
		m.places = append(m.places, out)
	case *layout.Facility:
		if m.alone { // the whole map does without
			m.places = append(m.places, &place{spot: newSpot(f), kind: p.Kind})
		}
	case *layout.District:
		s := newSpot(f)
		if p.LabelPoint != [2]float64{} {
			s.anchor, s.placed = p.LabelPoint, true
		}
		m.districts = append(m.districts, &s)
	case *layout.ContextFeature:
		s := newSpot(f)
		for _, line := range linesOf(f.Geometry) {
			s.length += lengthOf(line)
		}
		m.context[p.Kind] = append(m.context[p.Kind], &s)
	}
}

func newArea(f *layout.Feature, p *layout.Area) *area {
	a := &area{Area: p, id: f.ID, kind: p.Kind, name: nameOf(f), polygons: polygonsOf(f.Geometry)}
	for _, s := range p.Specialisations {
		a.badges = append(a.badges, newBadge(s))
	}
	if len(a.badges) == 0 {
		a.badges = []badge{{code: layout.Unstated, basis: layout.Unstated}}
	}
	if isPlaced(f.Geometry) {
		a.bound, a.placed = f.Geometry.Bound(), true
		a.pole = sync.OnceValue(func() orb.Point { return anchorOf(f.Geometry) })
	}
	return a
}

func newSpot(f *layout.Feature) spot {
	s := spot{id: f.ID, name: nameOf(f), geometry: f.Geometry}
	if isPlaced(f.Geometry) {
		s.anchor, s.placed = anchorOf(f.Geometry), true
	}
	return s
}

func isPlaced(g orb.Geometry) bool {
	return g != nil && !g.Bound().IsEmpty()
}

// anchorOf returns where the symbol of a geometry stands.
func anchorOf(g orb.Geometry) orb.Point {
	if p, ok := g.(orb.Point); ok {
		return p
	}
	return geo.LabelPoint(g)
}

func lengthOf(line orb.LineString) float64 {
	sum := 0.0
	for i := 1; i < len(line); i++ {
		sum += distance(line[i-1], line[i])
	}
	return sum
}

func compareDown(a, b float64) int {
	switch {
	case a > b:
		return -1
	case a < b:
		return 1
	}
	return 0
}

// bounds returns the extent of the areas or, where none has a position, of the places, the districts, all else.
func (m *Model) bounds() orb.Bound {
	var areas, places, districts, rest extent
	for _, a := range m.areas {
		if a.placed {
			areas.add(a.bound)
		}
	}
	for _, p := range m.places {
		places.addGeometry(p.geometry)
	}
	for _, d := range m.districts {
		districts.addGeometry(d.geometry)
	}
	for _, list := range m.context {
		for _, s := range list {
			rest.addGeometry(s.geometry)
		}
	}
	for _, g := range m.shapes {
		rest.addGeometry(g)
	}
	for _, e := range []extent{areas, places, districts, rest} {
		if e.any {
			return e.bound
		}
	}
	return orb.Bound{Min: orb.Point{-1, -1}, Max: orb.Point{1, 1}}
}

// Weight is about what the geometries of the layout take in memory, in bytes.
func (m *Model) Weight() int {
	n := 0
	for i := range m.layout.Features {
		n += 256 + 16*positionsOf(m.layout.Features[i].Geometry)
	}
	return n
}

// extent is the box round what was added.
type extent struct {
	bound orb.Bound
	any   bool
}

func (e *extent) add(b orb.Bound) {
	if e.any {
		b = e.bound.Union(b)
	}
	e.bound, e.any = b, true
}

func (e *extent) addGeometry(g orb.Geometry) {
	if isPlaced(g) {
		e.add(g.Bound())
	}
}

// Figure returns a figure of the document by its number.
func (m *Model) Figure(no int) (layout.Figure, bool) {
	for _, f := range m.layout.Document.Figures {
		if f.No == no && no > 0 {
			return f, f.Focus == "" || m.area(f.Focus) != nil
		}
	}
	return layout.Figure{}, false
}

// Extent returns what a picture of the whole layout shows.
func (m *Model) Extent() orb.Bound { return m.extent }

// ExtentOf returns the extent of an area or a place; ok is false when it is unknown or has no position.
func (m *Model) ExtentOf(id layout.ID) (bound orb.Bound, ok bool) {
	if a := m.area(id); a != nil {
		return a.bound, a.placed
	}
	for _, p := range m.places {
		if p.id == id && p.placed {
			return p.geometry.Bound(), true
		}
	}
	return orb.Bound{}, false
}

func (m *Model) area(id layout.ID) *area {
	for _, a := range m.areas {
		if a.id == id {
			return a
		}
	}
	return nil
}

// focusExtent returns the extent of an area with its places.
func (m *Model) focusExtent(id layout.ID) orb.Bound {
	var all extent
	if a := m.area(id); a != nil && a.placed {
		all.add(a.bound)
	}
	for _, p := range m.places {
		if p.parent == id && p.placed {
			all.add(p.geometry.Bound())
		}
	}
	if !all.any {
		return m.extent
	}
	return all.bound
}
