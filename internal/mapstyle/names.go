package mapstyle

import (
	"maps"

	"parkmap/internal/layout"
	"parkmap/internal/scene"
	"parkmap/internal/sprite"
)

// look is how the letters of a kind of name are set; sizes in pixels, spaces in em.
type look struct {
	font   string
	size   any
	colour string
	space  float64
	offset float64 // across the line that a name runs along, in em
}

// label is a symbol layer with names in a look; more are other properties of its layout.
func (b *builder) label(l Layer, text any, how look, more properties) {
	l.Type = "symbol"
	l.Layout = properties{
		"text-field": text, "text-font": []string{how.font}, "text-size": how.size,
		"text-letter-spacing": how.space, "text-line-height": 1.2, "text-padding": 3,
	}
	maps.Copy(l.Layout, more)
	l.Paint = properties{
		"text-color": b.of(how.colour), "text-halo-color": b.of("land"), "text-halo-width": b.Tables.Width["halo"] / 2,
	}
	b.add(l)
}

// beside lets a name look for room round its symbol, from a distance in em on.
func beside(distance float64) properties {
	return properties{"text-variable-anchor-offset": offsets(distance, distance), "text-justify": "auto"}
}

// besideIcon is beside where an icon may stand to the right of the symbol: with it the name begins farther that way.
func besideIcon(distance, right float64, with func(near, far any) expression) properties {
	near, far := expression{"literal", offsets(distance, distance)}, expression{"literal", offsets(distance, right)}
	return properties{"text-variable-anchor-offset": with(near, far), "text-justify": "auto"}
}

// offsets lists where a name is tried: on the right, where its left end is anchored, then on the other sides.
func offsets(distance, right float64) []any {
	return []any{
		"left", []float64{right, 0}, "right", []float64{-distance, 0},
		"bottom", []float64{0, -distance}, "top", []float64{0, distance},
	}
}

// waterNames sets the names along rivers, ridges and roads, and beside lakes.
func (b *builder) waterNames() {
	spread := func(zh, en float64) float64 {
		if b.Lang == scene.English {
			return en
		}
		return zh
	}
	along := func(kind string, from float64, how look) {
		b.label(Layer{ID: kind + "-names", SourceLayer: inContext, Filter: is("kind", kind), MinZoom: from},
			nameIn(b.Lang, false), how, properties{
				"symbol-placement": "line", "symbol-spacing": 240, "text-max-angle": 60, "text-offset": []float64{0, how.offset},
			})
	}
	along(kindRoad, zoomSecond, look{b.Stacks.Regular, 12, "ink-2", spread(0.35, 0.04), 0})
	along(kindRidge, 7, look{b.Stacks.Regular, 13, "relief-label", spread(1.2, 0.4), 0})
	b.label(Layer{ID: "lake-names", SourceLayer: contextLabels, Filter: is("kind", kindLake), MinZoom: zoomRivers},
		nameIn(b.Lang, false), look{b.Stacks.Leaning, 12, "river-label", 0, 0}, beside(0.9))
	along(kindRiver, 7, look{b.Stacks.Leaning, 13, "river-label", spread(0.8, 0.12), -0.95})
}

// groundNames sets the names of districts and functional areas, landmarks and airports.
func (b *builder) groundNames() {
	name := nameIn(b.Lang, false)
	mark := func(id, kind, icon string, from float64) {
		more := beside(0.9)
		more["icon-image"], more["icon-allow-overlap"], more["text-optional"] = icon, true, true
		b.label(Layer{ID: id, SourceLayer: inContext, Filter: is("kind", kind), MinZoom: from},
			name, look{b.Stacks.Regular, 12, "ink-2", 0.08, 0}, more)
	}
	mark("landmarks", kindLandmark, sprite.Landmark, zoomMarks)
	quiet := look{b.Stacks.Regular, 12, "ink-2", 0.08, 0}
	b.label(Layer{ID: "functional-area-names", SourceLayer: inContext, Filter: is("kind", kindFunction), MinZoom: 8.25, MaxZoom: 12}, name, quiet, nil)
	mark("airports", kindAirport, sprite.Airport, 7)
	district := look{b.Stacks.Regular, byZoom(7, 11, 9, 12, 10, 13), "ink-3", 0.28, 0}
	if b.Lang == scene.English {
		district.space = 0.12
	}
	b.label(Layer{ID: "district-names", SourceLayer: districtLabels, MinZoom: 7.25}, name, district, properties{"text-max-width": 8})
}

// placeNames draws places: their squares and icons, and their names.
func (b *builder) placeNames() {
	b.icons("place-icons", inPlaces, expression{"has", "ai"}, 16)
	more := besideIcon(0.8, 2.4, func(near, far any) expression { return expression{"case", expression{"has", "ai"}, far, near} })
	more["icon-image"], more["icon-allow-overlap"], more["text-optional"] = sprite.Place, true, true
	b.label(Layer{ID: "places", SourceLayer: inPlaces, MinZoom: zoomNear},
		nameIn(b.Lang, false), look{b.Stacks.Regular, 12, "ink", 0, 0}, more)
}

// areaNames sets the names of areas and, above all, their discs.
func (b *builder) areaNames() {
	park := b.bilingual(b.Stacks.Regular)
	more := besideIcon(1.45, 3, func(near, far any) expression { return fromZoom(near, zoomNear, far) })
	more["text-max-width"] = 7.5
	if b.Lang == scene.English {
		more["text-max-width"] = 9.5
	}
	b.label(Layer{ID: "park-names", SourceLayer: areaLabels, Filter: is("kind", layout.KindPark), MinZoom: zoomNames},
		park, look{b.Stacks.Regular, 13, "ink", 0, 0}, more)
	for _, kind := range []string{layout.KindZone, layout.KindCore} {
		more := beside(1.45)
		more["text-max-width"] = 12
		b.label(Layer{ID: kind + "-names", SourceLayer: areaLabels, Filter: is("kind", kind)},
			b.bilingual(b.Stacks.Strong), look{b.Stacks.Strong, 15, "ink", 0.02, 0}, more)
	}
	b.icons("park-icons", areaLabels, is("kind", layout.KindPark), 26)
	number := expression{"to-string", expression{"coalesce", get("number"), get("id")}}
	b.disc(layout.KindPark, number, 12, b.of("ink"))
	for _, kind := range []string{layout.KindZone, layout.KindCore} {
		var letter any = b.text("disc." + kind)
		if b.Several[kind] {
			letter = expression{"concat", letter, number}
		}
		b.disc(kind, letter, 14, b.Tables.Kinds[kind].OnSolid[b.mode])
	}
}

// bilingual is the short name of an area, close up with that in the other language below it.
func (b *builder) bilingual(font string) expression {
	first := nameIn(b.Lang, true)
	second := onlyIn(other(b.Lang))
	both := expression{
		"format", first, properties{"text-font": expression{"literal", []string{font}}},
		"\n", properties{}, second, properties{"font-scale": 0.8, "text-color": b.of("ink-2")},
	}
	known := all(expression{"!=", second, ""}, expression{"!=", first, second})
	return fromZoom(expression{"format", first, properties{}},
		zoomSecond, expression{"case", known, both, expression{"format", first, properties{}}})
}

// disc draws the discs of a kind of area with what is written on them. They are always shown.
func (b *builder) disc(kind string, text any, size float64, ink string) {
	b.add(Layer{
		ID: kind + "-discs", Type: "symbol", SourceLayer: areaLabels, Filter: is("kind", kind),
		Layout: properties{
			"icon-image": sprite.Disc(kind), "icon-allow-overlap": true,
			"text-field": text, "text-font": []string{b.Stacks.Strong}, "text-size": size, "text-allow-overlap": true,
			"icon-size": byZoom(6, 0.7, 8, 1),
		},
		Paint: properties{"text-color": ink},
	})
}

// icons draws the round icon of the first AI+ code of a feature, some pixels to the right of its symbol.
func (b *builder) icons(id, from string, filter any, right float64) {
	code := expression{"coalesce", get("ai"), layout.Unstated}
	comma := expression{"index-of", ",", code}
	first := expression{"case", expression{">=", comma, 0}, expression{"slice", code, 0, comma}, code}
	basis := expression{"coalesce", get("ai_basis"), layout.Unstated}
	unstated := sprite.AI(layout.Unstated, layout.Unstated)
	b.add(Layer{
		ID: id, Type: "symbol", SourceLayer: from, Filter: all(filter), MinZoom: zoomNear,
		Layout: properties{
			"icon-image":         expression{"coalesce", expression{"image", expression{"concat", "ai-", first, "-", basis}}, expression{"image", unstated}},
			"icon-offset":        []float64{right, 0},
			"icon-allow-overlap": true,
		},
	})
}
