package mapstyle

import "parkmap/internal/layout"

// areas draws the fills and outlines of areas, larger kinds first, so that a park inside the core stays in sight.
func (b *builder) areas() {
	kinds := []string{layout.KindZone, layout.KindCore, layout.KindPark}
	for _, kind := range kinds {
		look := b.Tables.Kinds[kind]
		b.add(Layer{
			ID: kind + "-fill", Type: "fill", SourceLayer: inAreas, Filter: is("kind", kind),
			Paint: properties{
				"fill-color": b.solid(kind), "fill-antialias": false,
				"fill-opacity": byZoom(zoomNear-0.25, look.Fill, zoomNear+0.25, look.Near),
			},
		})
	}
	for _, kind := range kinds {
		b.outlines(kind)
	}
}

// outlines draws the outlines of a kind by their quality: schematic ones are dashed, those of a survey double.
func (b *builder) outlines(kind string) {
	width := b.Tables.Kinds[kind].Stroke
	surveyed := is("outline", layout.OutlineSurveyed)
	solid := expression{"any", is("outline", layout.OutlineDigitised), surveyed}
	draw := func(part string, filter any, colour string, width float64, dash []float64) {
		paint := properties{"line-color": colour, "line-width": byZoom(6, width*0.5, 9, width)}
		if dash != nil {
			paint["line-dasharray"] = dash
		}
		b.add(Layer{
			ID: kind + "-" + part, Type: "line", SourceLayer: inAreas, Filter: all(is("kind", kind), filter),
			Layout: properties{"line-join": "round"}, Paint: paint,
		})
	}
	if kind == layout.KindCore { // on its strong fill a dash would not be seen
		b.add(Layer{
			ID: kind + "-edge", Type: "line", SourceLayer: inAreas, Filter: is("kind", kind), MaxZoom: zoomNear,
			Paint: properties{"line-color": b.of("land"), "line-width": byZoom(6, width*0.5, 9, width)},
		})
	}
	draw("schematic", not(solid), b.solid(kind), width, b.dash(layout.OutlineSchematic, width))
	draw("outline", solid, b.solid(kind), width, nil)
	draw("surveyed", surveyed, b.of("land"), 1, nil)
}
