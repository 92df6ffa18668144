package mvt

import (
	"math"

	"github.com/paulmach/orb"
)

// endRing ends a ring whose positions the clipper has seen. It tells whether something is left of it. An outer ring
// that lies in the window leaves a speck, too: where nothing else is left of the feature, be it too small for the grid
// or flat, it is drawn as one unit.
func (b *Builder) endRing(outer bool) bool {
	b.clip.endRing()
	kept := b.shape.endRing(outer)
	if outer && b.clip.started && !b.clip.left {
		b.setSpeck(b.clip.last)
	}
	return kept
}

func (b *Builder) setSpeck(s spot) {
	if b.hasSpeck || s.side() != 0 {
		return
	}
	p := point{int32(math.Floor(s.x)), int32(math.Floor(s.y))}
	b.speck, b.hasSpeck, b.speckSize = point{min(p.x, windowMax-1), min(p.y, windowMax-1)}, true, 1
}

// endLine ends a line whose positions the clipper has seen. A line that is too short for the grid leaves a speck.
// What the clipper skipped last lies beyond a side, as does the position before it: nothing of it is seen.
func (b *Builder) endLine() {
	paths := len(b.shape.paths)
	if b.shape.endLine(); len(b.shape.paths) == paths && b.clip.started {
		b.setSpeck(b.clip.last)
	}
}

// endSpeck draws the speck where nothing else is left of a feature: a square, or a line to the east.
func (b *Builder) endSpeck(kind geometryType) {
	if len(b.shape.paths) > 0 || !b.hasSpeck {
		return
	}
	p, size := b.speck, b.speckSize
	b.shape.reset()
	if kind == lines {
		b.shape.pts = append(b.shape.pts, p, point{p.x + size, p.y})
		b.shape.endLine()
		return
	}
	b.shape.pts = append(b.shape.pts, p, point{p.x + size, p.y}, point{p.x + size, p.y + size}, point{p.x, p.y + size})
	b.shape.endRing(true)
}

// tiny tells whether a position is so near to the first one of a ring that a ring of such positions only is no
// larger than a unit.
func (f *frame) tiny(first, p orb.Point) bool {
	return math.Abs(p[0]-first[0]) <= f.unit[0] && math.Abs(p[1]-first[1]) <= f.unit[1]
}

// addPolygon adds the rings of p to the shape.
func (b *Builder) addPolygon(p orb.Polygon) {
	for i, r := range p {
		if i == 0 && b.addTiny(r) {
			return
		}
		b.report.VerticesIn += len(r)
		b.clip.begin()
		for _, q := range r {
			b.clip.ring(q)
		}
		if n := len(r); n > 0 && r[0] != r[n-1] {
			b.clip.ring(r[0])
		}
		if !b.endRing(i == 0) && i == 0 {
			return
		}
	}
}

// addTiny deals with an outer ring that is no larger than a unit without projecting it.
func (b *Builder) addTiny(r orb.Ring) bool {
	for _, q := range r {
		if !b.clip.frame.tiny(r[0], q) {
			return false
		}
	}
	b.report.VerticesIn += len(r)
	if len(r) > 0 {
		b.addSpeck(r[0])
	}
	return true
}

func (b *Builder) addSpeck(p orb.Point) {
	if s, ok := b.clip.frame.spot(p); ok {
		b.setSpeck(s)
	}
}
