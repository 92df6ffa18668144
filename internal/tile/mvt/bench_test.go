package mvt_test

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tile/mvt/mvttest"
)

// chengdu is a point of the city, in whose tile the benchmarks are.
var chengdu = orb.Point{104.0657, 30.6595}

// benchParcels draws columns × rows parcels that cover the tile of zoom z of g at chengdu, from WKB.
func benchParcels(b *testing.B, gridName string, z, columns, rows int) {
	g := grid(b, gridName)
	id := g.At(chengdu, z)
	box := g.Box(id, 0)
	bound := orb.Bound{Min: orb.Point{box.West, box.South}, Max: orb.Point{box.East, box.North}}
	var rowsOfWKB [][]byte
	vertices := 0
	for _, p := range mvttest.Parcels(bound, columns, rows, 1) {
		rowsOfWKB = append(rowsOfWKB, wkb.MustMarshal(p))
		vertices += len(p[0])
	}
	uses := []string{"residential", "industrial", "commercial", "green"}
	builder := mvt.NewBuilder(g, id)
	var report mvt.Report
	var attrs []mvt.Attr
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		builder.Reset(g, id)
		builder.Layer("parcels")
		for i, w := range rowsOfWKB {
			attrs = append(attrs[:0],
				mvt.Attr{Key: "id", Value: mvt.Int(int64(i))},
				mvt.Attr{Key: "use", Value: mvt.String(uses[i%4])},
				mvt.Attr{Key: "floors", Value: mvt.Int(int64(i % 30))})
			if err := builder.AddWKB(uint64(i+1), w, nil, attrs); err != nil {
				b.Fatal(err)
			}
		}
		_, report = builder.Finish(0, nil)
	}
	b.ReportMetric(float64(report.Repaired), "repaired")
	b.ReportMetric(float64(vertices), "vertices")
	if report.FeaturesKept < columns*rows*9/10 { // a shifted tile lies a little beside its box
		b.Fatalf("%+v", report)
	}
}

func BenchmarkParcels(b *testing.B) {
	b.Run("z14, 800", func(b *testing.B) { benchParcels(b, tile.WebMercatorQuad, 14, 32, 25) })
	b.Run("z12, 10k", func(b *testing.B) { benchParcels(b, tile.WebMercatorQuad, 12, 100, 100) })
	b.Run("z10, 160k", func(b *testing.B) { benchParcels(b, tile.WebMercatorQuad, 10, 400, 400) })
	b.Run("gcj02 z12, 10k", func(b *testing.B) { benchParcels(b, tile.GCJ02, 12, 100, 100) })
	b.Run("bd09 z12, 10k", func(b *testing.B) { benchParcels(b, tile.BD09, 12, 100, 100) })
}

// BenchmarkLayoutTile draws 14 areas of 250 vertices with label points, as orb geometries.
func BenchmarkLayoutTile(b *testing.B) {
	g := grid(b, tile.WebMercatorQuad)
	id := g.At(chengdu, 9)
	box := g.Box(id, 0)
	var areas []orb.Polygon
	for _, p := range mvttest.Parcels(orb.Bound{Min: orb.Point{box.West, box.South}, Max: orb.Point{box.East, box.North}}, 2, 7, 1) {
		var ring orb.Ring
		for i := 1; i < len(p[0]); i++ {
			a, c := p[0][i-1], p[0][i]
			for k := range 8 {
				f := float64(k) / 8
				ring = append(ring, orb.Point{a[0] + f*(c[0]-a[0]), a[1] + f*(c[1]-a[1])})
			}
		}
		areas = append(areas, orb.Polygon{append(ring, ring[0])})
	}
	builder := mvt.NewBuilder(g, id)
	attrs := []mvt.Attr{{Key: "id", Value: mvt.String("P01")}, {Key: "kind", Value: mvt.String("park")}, {Key: "name_zh", Value: mvt.String("成都")}}
	b.ReportAllocs()
	for b.Loop() {
		builder.Reset(g, id)
		builder.Layer("areas")
		for i, p := range areas {
			builder.Add(uint64(i+1), p, attrs)
		}
		builder.Layer("labels")
		for i, p := range areas {
			builder.AddLabel(uint64(i+1), p[0][0], attrs)
		}
		builder.Finish(0, nil)
	}
}
