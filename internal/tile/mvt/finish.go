package mvt

import "math"

// Report tells what became of the features of a tile.
type Report struct {
	FeaturesIn   int // that have something to show in the tile or its margin
	FeaturesKept int
	Dropped      int // features left out because the tile would have been too large
	VerticesIn   int // read
	VerticesKept int // written
	Step         int // units between the positions that were used: 1, or more where the tile would have been too large
	Repaired     int // features of polygons that rounding had broken or that were broken before
}

// Finish returns the tile, uncompressed, and what became of its features. A tile without features is empty: no
// bytes. The bytes belong to the builder until its next Reset.
func (b *Builder) Finish(maxCompressed int, compress func(dst, src []byte) []byte) ([]byte, Report) {
	b.write()
	b.report.Step = 1
	for i := range b.layers {
		for _, f := range b.layers[i].features {
			b.report.FeaturesKept++
			b.report.VerticesKept += f.vertices
		}
	}
	return b.out, b.report
}

// write puts the layers together.
func (b *Builder) write() {
	b.out = b.out[:0]
	for i := range b.layers {
		if l := &b.layers[i]; len(l.features) > 0 {
			b.out = l.append(b.out)
		}
	}
}

func length(pts []point) float64 {
	sum := 0.
	for i := 1; i < len(pts); i++ {
		sum += math.Hypot(float64(pts[i].x-pts[i-1].x), float64(pts[i].y-pts[i-1].y))
	}
	return sum
}
