package page

import (
	"math"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/simplify"

	"parkmap/internal/layout"
)

// Drawing is a small inline SVG in whole units; north is up, both axes have one scale in metres.
type Drawing struct {
	Width  int
	Height int
	Shapes []Shape
}

// Shape is one path of a drawing. Kind is city or the kind of an area.
type Shape struct {
	ID      layout.ID
	Kind    string
	Outline string // of areas: how it was made
	Path    string
}

// Empty says that there is nothing to draw.
func (d Drawing) Empty() bool { return len(d.Shapes) == 0 }

// sketchWidth is the width of a drawing in its own units; fine enough for a screen, short as text.
const sketchWidth = 800

// frameOf maps lon/lat to the units of a drawing.
type frameOf struct {
	bound orb.Bound
	scale float64 // units per degree of latitude
	cos   float64 // of the middle latitude
}

func newFrame(b orb.Bound) frameOf {
	f := frameOf{bound: b, cos: math.Cos(b.Center().Lat() * math.Pi / 180)}
	wide := math.Max((b.Right()-b.Left())*f.cos, (b.Top()-b.Bottom())/1.2)
	f.scale = sketchWidth / math.Max(wide, 1e-9)
	return f
}

func (f frameOf) project(p orb.Point) orb.Point {
	return orb.Point{(p[0] - f.bound.Left()) * f.cos * f.scale, (f.bound.Top() - p[1]) * f.scale}
}

func (f frameOf) size() (width, height int) {
	return int(math.Ceil((f.bound.Right() - f.bound.Left()) * f.cos * f.scale)),
		int(math.Ceil((f.bound.Top() - f.bound.Bottom()) * f.scale))
}

// drawOverview draws the city's outline, where the layout has one, and the areas.
func drawOverview(l *layout.Layout) Drawing {
	var bound orb.Bound
	var shown []*layout.Feature
	for i := range l.Features {
		f := &l.Features[i]
		if f.Geometry == nil || !(f.Collection == layout.Areas || isCity(f)) {
			continue
		}
		if len(shown) == 0 {
			bound = f.Geometry.Bound()
		}
		bound = bound.Union(f.Geometry.Bound())
		shown = append(shown, f)
	}
	return draw(bound, shown)
}

// drawFeature draws one area by itself, empty when it has no surface.
func drawFeature(f *layout.Feature) Drawing {
	if f.Geometry == nil || f.Geometry.Dimensions() != 2 {
		return Drawing{}
	}
	return draw(f.Geometry.Bound(), []*layout.Feature{f})
}

func draw(bound orb.Bound, features []*layout.Feature) Drawing {
	if len(features) == 0 {
		return Drawing{}
	}
	frame := newFrame(bound.Pad((bound.Right() - bound.Left()) * 0.03))
	d := Drawing{}
	d.Width, d.Height = frame.size()
	for _, city := range []bool{true, false} { // the city lies under the areas
		for _, f := range features {
			if isCity(f) == city {
				d.Shapes = append(d.Shapes, shapeOf(f, frame))
			}
		}
	}
	return d
}

func shapeOf(f *layout.Feature, frame frameOf) Shape {
	s := Shape{ID: f.ID, Kind: f.Properties.Common().Kind, Path: frame.path(f.Geometry)}
	if p, ok := f.Properties.(*layout.Area); ok {
		s.Outline = p.Outline
	}
	return s
}

func isCity(f *layout.Feature) bool {
	return f.Collection == layout.Context && f.Properties.Common().Kind == "city"
}

// path returns the path data of a surface; points and lines give an empty path.
func (f frameOf) path(g orb.Geometry) string {
	var b strings.Builder
	switch g := g.(type) {
	case orb.Polygon:
		f.rings(&b, g)
	case orb.MultiPolygon:
		for _, p := range g {
			f.rings(&b, p)
		}
	}
	return b.String()
}

// rings writes closed rings in whole units; points that fall together or on a line are left out.
func (f frameOf) rings(b *strings.Builder, p orb.Polygon) {
	for _, ring := range p {
		line := make(orb.LineString, 0, len(ring))
		for _, pt := range ring {
			line = append(line, f.project(pt))
		}
		line = simplify.DouglasPeucker(0.8).LineString(line)
		if len(line) < 4 {
			continue
		}
		writeRing(b, line[:len(line)-1])
	}
}

func writeRing(b *strings.Builder, line orb.LineString) {
	x, y := 0, 0
	for i, pt := range line {
		nx, ny := int(math.Round(pt[0])), int(math.Round(pt[1]))
		command := byte('l')
		if i == 0 {
			command, x, y = 'M', 0, 0
		}
		b.WriteByte(command)
		b.WriteString(strconv.Itoa(nx - x))
		if ny-y >= 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(ny - y))
		x, y = nx, ny
	}
	b.WriteByte('z')
}
