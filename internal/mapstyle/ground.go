package mapstyle

// Zooms from which things are shown: those of the atlas less one, for a tile here is 512 pixels wide.
const (
	zoomNames  = 8.0 // of parks
	zoomSecond = 9.5 // names in the other language
	zoomRivers = 9.0 // all of them, and lakes
	zoomNear   = 10  // places, icons, full names
	zoomMarks  = 11.0
)

// Names of layers of the tiles.
const (
	inContext      = "context"
	contextLabels  = "context_label"
	inDistricts    = "districts"
	districtLabels = "districts_label"
	inAreas        = "areas"
	areaLabels     = "areas_label"
	inPlaces       = "places"
)

// kinds of context.
const (
	kindCity     = "city"
	kindLake     = "lake"
	kindRiver    = "river"
	kindRoad     = "ring-road"
	kindRidge    = "ridge"
	kindAirport  = "airport"
	kindLandmark = "landmark"
	kindFunction = "functional-area"
)

// ground draws land, waters, roads and borders.
func (b *builder) ground() {
	outside := "land"
	if b.OwnGround {
		outside = "outside"
	}
	b.add(Layer{ID: "outside", Type: "background", Paint: properties{"background-color": b.of(outside)}})
	b.fill("land", inContext, kindCity, b.of("land"))
	b.add(Layer{
		ID: "districts", Type: "line", SourceLayer: inDistricts,
		Layout: properties{"line-join": "round"},
		Paint: properties{
			"line-color": b.of("district-line"), "line-width": b.Tables.Width["district"],
			"line-opacity": byZoom(7, 0.45, 11, 0.8),
		},
	})
	b.fill("lakes", inContext, kindLake, b.of("water"))
	b.line("shores", kindLake, b.of("water-line"), 1, nil)
	b.line("rivers", kindRiver, b.of("water-line"), byZoom(6, 1, 9, 1.75, 11, 3), nil)
	b.line("roads", kindRoad, b.of("road-line"), byZoom(6, 1.5, 9, 3, 13, 5), nil)
	b.line("roads-inside", kindRoad, b.of("land"), byZoom(6, 0.5, 9, 1.5, 13, 3.2), nil)
	b.line("ridges", kindRidge, b.of("relief-label"), 1.5, properties{"line-dasharray": []float64{0.07, 3.3}, "line-opacity": 0.6})
	b.line("city-glow", kindCity, b.of("city-line"), 9, properties{"line-opacity": 0.13})
	b.line("city", kindCity, b.of("city-line"), b.Tables.Width[kindCity], nil)
}

func (b *builder) fill(id, from, kind, colour string) {
	b.add(Layer{
		ID: id, Type: "fill", SourceLayer: from, Filter: is("kind", kind),
		Paint: properties{"fill-color": colour, "fill-antialias": false},
	})
}

// line draws a kind of context as lines; more are other properties of its paint.
func (b *builder) line(id, kind, colour string, width any, more properties) {
	paint := properties{"line-color": colour, "line-width": width}
	for name, value := range more {
		paint[name] = value
	}
	b.add(Layer{
		ID: id, Type: "line", SourceLayer: inContext, Filter: is("kind", kind),
		Layout: properties{"line-join": "round", "line-cap": "round"}, Paint: paint,
	})
}
