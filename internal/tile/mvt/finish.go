package mvt

import (
	"math"
	"slices"
)

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

// maxStep is the coarsest grid on which a tile is drawn before features are left out: half a pixel.
const maxStep = 8

// Finish returns the tile, uncompressed, and what became of its features. A tile without features is empty: no
// bytes. The bytes belong to the builder until its next use.
//
// What compress makes of the tile will have at most maxCompressed bytes; it appends to dst and must give the same
// bytes for the same src. Where the tile is larger, all its positions move to coarser grids first, the same ones in
// all tiles. Where that is not enough features are left out: of those below a pixel the ones in whose pixel there
// is a larger one, then the smallest. The ground of polygons that are left out is drawn as one feature without id and
// attributes, so that no pixel stays empty for them. Without a limit or without compress nothing is left out.
func (b *Builder) Finish(maxCompressed int, compress func(dst, src []byte) []byte) ([]byte, Report) {
	b.sort()
	b.write(b.layers)
	b.report.Step = 1
	fits := func() bool {
		if maxCompressed <= 0 || compress == nil || len(b.out)+len(b.out)/1000+64 <= maxCompressed {
			return true // no format makes it larger than that
		}
		b.packed = compress(b.packed[:0], b.out)
		return len(b.packed) <= maxCompressed
	}
	for !fits() {
		if b.report.Step == maxStep {
			b.thin(maxCompressed, fits)
			break
		}
		b.report.Step *= 2
		b.coarsen(int32(b.report.Step))
		b.write(b.layers)
	}
	b.report.FeaturesKept, b.report.VerticesKept = 0, 0
	for _, l := range b.finished {
		for _, f := range l.features {
			if !f.cover {
				b.report.FeaturesKept++
			}
			b.report.VerticesKept += f.vertices
		}
	}
	b.report.Dropped = b.report.FeaturesIn - b.report.FeaturesKept
	return b.out, b.report
}

// write puts layers together.
func (b *Builder) write(layers []layer) {
	b.out, b.finished = b.out[:0], layers
	for i := range layers {
		if l := &layers[i]; len(l.features) > 0 {
			b.out = l.append(b.out)
		}
	}
}

// coarsen moves all positions to multiples of step and repairs what that breaks.
func (b *Builder) coarsen(step int32) {
	for i := range b.layers {
		l := &b.layers[i]
		old, features := l.body, l.features
		l.body, l.features = b.spare.body[:0], b.spare.features[:0]
		b.current = l
		for _, f := range features {
			l.tags, b.tagged = append(l.tags[:0], tagsOf(old[f.start:f.geometry])...), true
			b.shape.decode(f.kind, old[f.geometry:f.end])
			at := b.shape.pts[0].snap(step)
			b.speck, b.hasSpeck, b.speckSize = point{min(at.x, windowMax-step), min(at.y, windowMax-step)}, true, step
			b.shape.coarsen(f.kind, step)
			b.addShape(f.id, f.kind)
		}
		b.spare.body, b.spare.features = old, features
	}
}

// coarsen moves the positions of s to multiples of step.
func (s *shape) coarsen(kind geometryType, step int32) {
	paths, pts := slices.Clone(s.paths), slices.Clone(s.pts)
	s.reset()
	if kind == points {
		for _, p := range pts {
			s.vertex(p.snap(step))
		}
	}
	skip := false
	for _, p := range paths {
		if skip = skip && !p.outer; skip {
			continue
		}
		for _, q := range pts[p.start:p.end] {
			s.vertex(q.snap(step))
		}
		if kind == lines {
			s.endLine()
		} else {
			skip = !s.endRing(p.outer) && p.outer
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
