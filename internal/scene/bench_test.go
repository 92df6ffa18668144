package scene_test

import (
	"testing"

	"parkmap/internal/layout"
	"parkmap/internal/scene"
	"parkmap/internal/scene/svg"
)

func BenchmarkFigure1(b *testing.B) {
	m := builtIn(b)
	b.ReportAllocs()
	for b.Loop() {
		svg.Draw(compose(b, m, request(1)), svg.Options{})
	}
}

func BenchmarkFigure2(b *testing.B) {
	m := builtIn(b)
	for b.Loop() {
		svg.Draw(compose(b, m, request(2)), svg.Options{})
	}
}

func BenchmarkModel(b *testing.B) {
	l := manyParks(10_000)
	for b.Loop() {
		model(b, l)
	}
}

func BenchmarkManyParks(b *testing.B) {
	m := model(b, manyParks(10_000))
	for _, c := range []struct {
		name   string
		change func(*scene.Request)
	}{
		{"all", func(*scene.Request) {}},
		{"large", func(r *scene.Request) { r.Width, r.Height, r.Links = 4000, 4000, true }},
		{"selected", func(r *scene.Request) { r.Selected = layout.ID("P00007") }},
	} {
		b.Run(c.name, func(b *testing.B) {
			r := request(0)
			c.change(&r)
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n = len(svg.Draw(compose(b, m, r), svg.Options{}))
			}
			b.ReportMetric(float64(n), "bytes/picture")
		})
	}
}
