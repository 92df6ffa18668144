package scene

import (
	"slices"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

// Only returns a model that holds one collection of the layout and nothing else, not even land: what it draws can be
// laid over other maps. Its places are shown at every scale.
func (m *Model) Only(c layout.CollectionID) *Model {
	out := &Model{layout: m.layout, style: m.style, voices: m.voices, measure: m.measure, alone: true}
	kinds := layout.Kinds(c)
	out.index(func(f *layout.Feature) bool {
		return f.Collection == c || f.Collection == layout.Areas && slices.Contains(kinds, f.Properties.Common().Kind)
	})
	return out
}

// Overlay returns a model of the areas and places alone, for maps that others draw the ground of.
func (m *Model) Overlay() *Model {
	out := &Model{layout: m.layout, style: m.style, voices: m.voices, measure: m.measure}
	out.index(func(f *layout.Feature) bool { return f.Collection == layout.Areas || f.Collection == layout.Places })
	return out
}

// Measured returns the model for a pen with other letters than those that the model was made for.
func (m *Model) Measured(measure Measure) *Model {
	out := *m
	out.measure = measure
	return &out
}

// OnlyShapes returns a model of geometries in CRS84 of which nothing but their place is known: points, lines and
// polygons without names.
func (m *Model) OnlyShapes(shapes []orb.Geometry) *Model {
	out := &Model{layout: &layout.Layout{}, style: m.style, voices: m.voices, measure: m.measure, alone: true, shapes: shapes}
	out.index(nil)
	return out
}

// shapeMarks draws the geometries that have no name: surfaces first, then lines, then points.
func (d *drawing) shapeMarks() []Mark {
	look := d.Kinds[layout.KindPark]
	colour := d.tone(look.Solid)
	var surfaces, lines, points []Mark
	for _, g := range d.shapes {
		switch g := g.(type) {
		case orb.Point:
			points = append(points, d.pointMarks(orb.MultiPoint{g}, colour)...)
		case orb.MultiPoint:
			points = append(points, d.pointMarks(g, colour)...)
		default:
			if rings := d.rings(polygonsOf(g)); len(rings) > 0 {
				surfaces = append(surfaces, Path{
					Lines: rings, Closed: true, Fill: Paint{Colour: colour, Opacity: look.Fill}, Stroke: Stroke{Colour: colour, Width: 1},
				})
			}
			if runs := d.runs(linesOf(g)); len(runs) > 0 {
				lines = append(lines, Path{Lines: runs, Stroke: Stroke{Colour: colour, Width: 1.5}})
			}
		}
	}
	return slices.Concat(surfaces, lines, points)
}

func (d *drawing) pointMarks(points orb.MultiPoint, colour string) []Mark {
	var out []Mark
	for _, p := range points {
		if at := d.project(p); d.box.grow(clipMargin).contains(at) {
			out = append(out, Circle{At: at, R: 3, Fill: Paint{Colour: colour}, Stroke: Stroke{Colour: d.of("land"), Width: 1}})
		}
	}
	return out
}
