package scene

import "parkmap/internal/layout"

// far tells whether a chart is so small that its parts would hide each other.
func (d *drawing) far() bool { return d.req.Chart && d.zoom < zoomFar }

// dotPx is the radius of the dot that stands for a layout from afar.
const dotPx = 3.5

// farLayer is the dot and the name of a layout that is seen from afar.
func (d *drawing) farLayer(s *Scene) Layer {
	doc := d.layout.Document
	name := named{zh: doc.PlaceZH, en: doc.PlaceEN}
	if name.zh == "" && name.en == "" {
		name = named{zh: doc.NameZH, en: doc.NameEN}
	}
	it := item{rank: rankCore, at: d.project(d.heart()), r: dotPx, left: dotPx + 2, right: dotPx + 2, modes: around(), tone: "lead"}
	it.lines = plainLines(name, "lead", 13, d.req.Lang)
	it.w, it.h = d.measure.block(it.lines)
	p := &page{bounds: d.box, boxes: newGrid(d.box), ground: newGround(nil, nil, d.box)}
	s.Labels = p.placeAll([]item{it}, 1, d.measure)
	dot := Circle{
		At: it.at, R: dotPx, Fill: Paint{Colour: d.solid(layout.KindCore)}, Stroke: Stroke{Colour: d.of("land"), Width: 1.5},
	}
	return Layer{Name: "names", Clip: &d.box, Marks: append([]Mark{dot}, d.labelMarks(s.Labels)...)}
}

// heart is where the dot stands: the first core, or the middle of all areas.
func (d *drawing) heart() (at [2]float64) {
	for _, a := range d.areas {
		if a.kind == layout.KindCore && a.placed {
			return a.pole()
		}
	}
	return d.extent.Center()
}
