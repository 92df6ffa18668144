package mapstyle

import (
	"math"

	"github.com/paulmach/orb"

	"parkmap/internal/scene"
)

// Style is a document of the MapLibre style specification.
type Style struct {
	Version  int               `json:"version"`
	Name     string            `json:"name"`
	Metadata map[string]string `json:"metadata"`
	Center   [2]float64        `json:"center"` // lon/lat in CRS84
	Zoom     float64           `json:"zoom"`
	Sources  map[string]Source `json:"sources"`
	Sprite   string            `json:"sprite"`
	Glyphs   string            `json:"glyphs"`
	Layers   []Layer           `json:"layers"`
}

// Source says where the tiles are.
type Source struct {
	Type        string `json:"type"`
	URL         string `json:"url"` // of a TileJSON document
	Attribution string `json:"attribution,omitempty"`
}

// Layer draws the features of one layer of the tiles in one way.
type Layer struct {
	ID          string     `json:"id"`
	Type        string     `json:"type"`
	Source      string     `json:"source,omitempty"`
	SourceLayer string     `json:"source-layer,omitempty"`
	MinZoom     float64    `json:"minzoom,omitempty"`
	MaxZoom     float64    `json:"maxzoom,omitempty"`
	Filter      expression `json:"filter,omitempty"`
	Layout      properties `json:"layout,omitempty"`
	Paint       properties `json:"paint,omitempty"`
}

// properties are those of a layer by name.
type properties map[string]any

// Stacks are the names of the glyph stacks that texts are set in.
type Stacks struct{ Regular, Strong, Leaning string }

// Options say what a style is for.
type Options struct {
	Tables *scene.Style // colours and lines
	Dark   bool
	Lang   string      // scene.Chinese or scene.English; the other language is the second one of names
	Voice  scene.Voice // texts of that language
	Stacks Stacks

	Title       string
	Attribution string // HTML
	Metadata    map[string]string
	Extent      orb.Bound       // in CRS84, of what is shown first
	OwnGround   bool            // the layout draws the ground that it lies on: a city
	Several     map[string]bool // kinds of area, other than parks, of which there is more than one: their discs have numbers

	TileJSON string // addresses, absolute
	Sprite   string // without ending
	Glyphs   string // with {fontstack} and {range}
}

// sourceID names the only source of a style.
const sourceID = "layout"

// New writes a style. It fails when a text is missing.
func New(o Options) (*Style, error) {
	b := &builder{Options: o}
	if o.Dark {
		b.mode = 1
	}
	b.ground()
	b.areas()
	b.waterNames()
	b.groundNames()
	b.placeNames()
	b.areaNames()
	if b.err != nil {
		return nil, b.err
	}
	centre, zoom := view(o.Extent)
	return &Style{
		Version: 8, Name: o.Title, Metadata: o.Metadata,
		Center: centre, Zoom: zoom,
		Sources: map[string]Source{sourceID: {Type: "vector", URL: o.TileJSON, Attribution: o.Attribution}},
		Sprite:  o.Sprite, Glyphs: o.Glyphs,
		Layers: b.layers,
	}, nil
}

// builder collects the layers of a style, the lowest first.
type builder struct {
	Options
	mode   int // 0 is light, 1 dark
	layers []Layer
	err    error // the first text that was missing
}

func (b *builder) add(l Layer) {
	if l.Type != "background" {
		l.Source = sourceID
	}
	b.layers = append(b.layers, l)
}

// of returns a colour of the page or of its lines by name.
func (b *builder) of(name string) string {
	c, ok := b.Tables.Page[name]
	if !ok {
		c = b.Tables.Lines[name]
	}
	return c[b.mode]
}

func (b *builder) solid(kind string) string { return b.Tables.Kinds[kind].Solid[b.mode] }

// dash returns dashes and gaps as multiples of the width of a line, as styles have them; nil for a solid line.
func (b *builder) dash(name string, width float64) []float64 {
	lengths := b.Tables.Dashes(name)
	for i := range lengths {
		lengths[i] = round(lengths[i]/width, 1000)
	}
	return lengths
}

func (b *builder) text(key string) string {
	text, err := b.Voice.T(key)
	if err != nil && b.err == nil {
		b.err = err
	}
	return text
}

// viewPx is the side of the square that the first view fits, in pixels.
const viewPx = 640

// view returns the middle of an extent, and the zoom at which it fits a window. A zoom shows 512·2^zoom pixels for the
// circumference of the earth.
func view(e orb.Bound) (centre [2]float64, zoom float64) {
	mercator := func(lat float64) float64 { return math.Log(math.Tan(math.Pi/4 + lat*math.Pi/360)) }
	wide := (e.Max[0] - e.Min[0]) / 360
	high := (mercator(e.Max[1]) - mercator(e.Min[1])) / (2 * math.Pi)
	const least, most, steps = 1e-5, 16, 4
	zoom = math.Log2(viewPx / 512.0 / max(wide, high, least))
	zoom = math.Floor(max(0, min(zoom, most))*steps) / steps
	mid := (mercator(e.Max[1]) + mercator(e.Min[1])) / 2
	lat := 360/math.Pi*math.Atan(math.Exp(mid)) - 90
	return [2]float64{round((e.Min[0]+e.Max[0])/2, 1e5), round(lat, 1e5)}, zoom
}

func round(v, parts float64) float64 { return math.Round(v*parts) / parts }
