package geo_test

import (
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

func BenchmarkAreaM2(b *testing.B) {
	park := orb.Polygon{starRing(orb.Point{104, 30}, 0.025, 800)}
	for b.Loop() {
		geo.AreaM2(park)
	}
}

func BenchmarkValidatePark(b *testing.B) {
	park := orb.Polygon{starRing(orb.Point{104, 30}, 0.025, 800)}
	for b.Loop() {
		geo.Validate(park)
	}
}

func BenchmarkValidateLargest(b *testing.B) {
	outline := orb.Polygon{starRing(orb.Point{104, 30}, 1, 99_000)}
	for b.Loop() {
		geo.Validate(outline)
	}
}

func BenchmarkForward(b *testing.B) {
	crs, err := geo.LookupCRS("EPSG:4544")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		crs.Forward(orb.Point{104.0657, 30.6595})
	}
}

func BenchmarkInverse(b *testing.B) {
	crs, err := geo.LookupCRS("EPSG:4544")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		crs.Inverse(orb.Point{410452.9734, 3393596.5914})
	}
}

func BenchmarkWGS84ToGCJ02(b *testing.B) {
	for b.Loop() {
		geo.WGS84ToGCJ02(orb.Point{104.0657, 30.6595})
	}
}

func BenchmarkGCJ02ToWGS84(b *testing.B) {
	for b.Loop() {
		geo.GCJ02ToWGS84(orb.Point{104.0657, 30.6595})
	}
}

func BenchmarkBBoxIntersects(b *testing.B) {
	park := orb.Polygon{starRing(orb.Point{104, 30}, 0.025, 800)}
	box := geo.BBox{West: 103.999, South: 29.999, East: 104.001, North: 30.001}
	for b.Loop() {
		box.Intersects(park)
	}
}

func BenchmarkSimplifyCoverage(b *testing.B) {
	cells := districts(5, 0.15, rand.New(rand.NewPCG(1, 1)))
	for b.Loop() {
		geo.SimplifyCoverage(cells, 200)
	}
}

func BenchmarkLabelPoint(b *testing.B) {
	park := orb.Polygon{starRing(orb.Point{104, 30}, 0.025, 800)}
	for b.Loop() {
		geo.LabelPoint(park)
	}
}
