package tileset

import (
	"testing"

	"parkmap/internal/source"
	"parkmap/internal/tile"
)

// BenchmarkLayoutTileCold makes tiles of the built-in layout that are not kept, compressed.
func BenchmarkLayoutTileCold(b *testing.B) {
	s := builtIn(b, nil)
	g := grid(b, tile.WebMercatorQuad)
	for name, z := range map[string]int{"z7": 7, "z9": 9, "z11": 11, "z13": 13} {
		ids := tilesOver(g, chengdu, z)
		plan := s.byName[Bundle]
		s.draw(plan, g, ids[0]) // the geometries of the level
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			bytes := 0
			for i := range b.N {
				made := s.draw(plan, g, ids[i%len(ids)])
				_, data, _ := made.Body.Pick(source.Gzip)
				bytes += len(data)
			}
			b.ReportMetric(float64(bytes)/float64(b.N), "bytes/tile")
		})
	}
}

// BenchmarkLayoutTileKept finds a tile that is kept.
func BenchmarkLayoutTileKept(b *testing.B) {
	s := builtIn(b, nil)
	g := grid(b, tile.WebMercatorQuad)
	id := g.At(chengdu.Center(), 10)
	mustTile(b, s, Bundle, g, id)
	b.ReportAllocs()
	for b.Loop() {
		if s.Kept(Bundle, g, id, Look{}) == nil {
			b.Fatal("it is not kept")
		}
	}
}

// BenchmarkLevels makes the geometries of all levels, as happens once for each published version.
func BenchmarkLevels(b *testing.B) {
	for b.Loop() {
		ground := newGround(builtIn(b, nil).ground().snapshot)
		for level := range maxLevel {
			ground.geometries(level)
		}
	}
}
