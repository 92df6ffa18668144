package scene_test

import (
	"fmt"
	"math"
	"os"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/geodata"
	"parkmap/internal/layout"
	"parkmap/internal/page"
	"parkmap/internal/scene"
	"parkmap/static"
)

// builtIn returns the model of the layout that the program ships with.
func builtIn(t testing.TB) *scene.Model {
	t.Helper()
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	return model(t, l)
}

// tiny returns the model of a layout without core, zone, places, units and goals.
func tiny(t testing.TB) *scene.Model {
	t.Helper()
	l, err := layout.ReadFolder(os.DirFS("../../testdata/layout-tiny"))
	if err != nil {
		t.Fatal(err)
	}
	return model(t, l)
}

// model indexes a layout with the texts and colours of the page.
func model(t testing.TB, l *layout.Layout) *scene.Model {
	t.Helper()
	texts, err := page.LoadTexts(static.FS, "src/text")
	if err != nil {
		t.Fatal(err)
	}
	style, err := scene.ReadStyle(static.FS, "src/style")
	if err != nil {
		t.Fatal(err)
	}
	return scene.NewModel(l, style, func(lang string) scene.Voice { return texts.Voice(lang) }, scene.Estimate)
}

// request asks for a figure in the usual size, with all that can be round it.
func request(figure int) scene.Request {
	return scene.Request{Figure: figure, Width: 1200, Height: 900, Theme: scene.ThemeRole, Lang: scene.Chinese, Legend: true, Margin: true}
}

func compose(t testing.TB, m *scene.Model, r scene.Request) *scene.Scene {
	t.Helper()
	s, err := scene.Compose(m, r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// manyParks returns a layout of a core and n-1 parks of about forty corners, spread like seeds of a sunflower
// over a hundred kilometres.
func manyParks(n int) *layout.Layout {
	l := &layout.Layout{Document: layout.Document{NameZH: "众园", NameEN: "many parks"}}
	for i := range n {
		sin, cos := math.Sincos(float64(i) * 2.39996)
		r := 0.5 * math.Sqrt(float64(i)/float64(n))
		kind := layout.KindPark
		if i == 0 {
			kind = layout.KindCore
		}
		l.Features = append(l.Features, layout.Feature{
			Collection: layout.Areas, ID: layout.ID(fmt.Sprintf("P%05d", i)),
			Geometry: star(orb.Point{104 + r*cos, 30.6 + r*sin}, 0.3/math.Sqrt(float64(n))),
			Properties: &layout.Area{
				Base: layout.Base{Kind: kind, NameZH: fmt.Sprintf("第%d产业园", i), NameEN: fmt.Sprintf("Park number %d", i)}, Number: i,
			},
		})
	}
	return l
}

// star returns a ring with many corners round a point; r is in degrees.
func star(at orb.Point, r float64) orb.Polygon {
	var ring orb.Ring
	for i := range 40 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / 40)
		reach := r * (1 - 0.2*float64(i%2))
		ring = append(ring, orb.Point{at[0] + reach*cos, at[1] + reach*sin})
	}
	return orb.Polygon{append(ring, ring[0])}
}
