package mvt

import (
	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/tile"
)

// Builder makes one tile. It may be used again after Reset, which keeps its memory; it is not safe for use by
// several goroutines at once.
type Builder struct {
	grid    *tile.Grid
	id      tile.ID
	wgs84   frame
	rows    frame // for positions as SetCRS says
	clip    clipper
	shape   shape
	writer  writer
	layers  []layer
	current *layer
	report  Report

	out      []byte
	packed   []byte  // out as compress leaves it
	spare    layer   // one that is not in use
	finished []layer // that out was made of

	attrs  []Attr // of the geometry at hand
	tagged bool   // they, or others, are in the tags of the layer

	// Where nothing is left of a feature of lines or polygons it is drawn as a speck.
	speck     point
	speckSize int32
	hasSpeck  bool

	chunk [64]orb.Point // scratch
	mend  mender
}

// NewBuilder returns a Builder for a tile of g.
func NewBuilder(g *tile.Grid, id tile.ID) *Builder {
	b := &Builder{}
	b.Reset(g, id)
	return b
}

// A Builder keeps maxKept bytes, about, for the next tile: enough for all but monstrous ones. After one of these it
// keeps what it has as long as tiles need a good part of it, one byte in keptShare.
const (
	maxKept   = 32 << 20
	keptShare = 10
)

// Reset begins another tile: without layers, and with WKB in WGS 84.
func (b *Builder) Reset(g *tile.Grid, id tile.ID) {
	if held := b.held(); held > maxKept && held > keptShare*len(b.out) {
		*b = Builder{}
	}
	b.grid, b.id = g, id
	b.wgs84 = newFrame(g, id, geo.CRS{})
	b.rows = b.wgs84
	b.layers, b.current = b.layers[:0], nil
	b.out = b.out[:0]
	b.report = Report{}
	b.clip.out = &b.shape
}

// held returns about how many bytes b holds.
func (b *Builder) held() int {
	n := cap(b.out) + cap(b.packed) + b.spare.held() + 8*cap(b.shape.pts) + cap(b.writer.buf) + 24*cap(b.mend.segs)
	for i := range b.layers[:cap(b.layers)] {
		n += b.layers[:cap(b.layers)][i].held()
	}
	return n
}

// SetCRS says in which reference system the WKB of AddWKB is from now on, easting or longitude first. On a grid of
// the same projection positions are not taken back to the earth and there again.
func (b *Builder) SetCRS(c geo.CRS) { b.rows = newFrame(b.grid, b.id, c) }

// Layer begins a layer; the features added next belong to it, so the first call comes before them. Layers that stay empty are left out. Names must
// differ within a tile.
func (b *Builder) Layer(name string) {
	if b.current == nil || len(b.current.features) > 0 {
		if len(b.layers) < cap(b.layers) {
			b.layers = b.layers[:len(b.layers)+1]
		} else {
			b.layers = append(b.layers, layer{})
		}
		b.current = &b.layers[len(b.layers)-1]
	}
	b.current.reset(name)
}

// Sort says that the features of the layer come in any order. Finish puts them in that of their ids; of those that
// have the same one or none, what is drawn and said decides. The tile is the same whatever order they came in.
func (b *Builder) Sort() { b.current.sorted = true }

// AddLabel adds a point where p, WGS 84 longitude and latitude in degrees, lies in the tile itself: each point is
// in one tile only. An id of 0 is none.
func (b *Builder) AddLabel(id uint64, p orb.Point, attrs []Attr) {
	s, ok := b.wgs84.spot(p)
	if !ok || s.x < -1 || s.y < -1 || s.x > Extent || s.y > Extent {
		return
	}
	// The position as it is written counts: clients leave out symbols on the far edges of a tile.
	if at := s.round(); at.x < 0 || at.y < 0 || at.x >= Extent || at.y >= Extent {
		return
	}
	b.report.FeaturesIn++
	b.report.VerticesIn++
	b.shape.reset()
	b.shape.pts = append(b.shape.pts, s.round())
	b.attrs, b.tagged = attrs, false
	b.addPoints(id)
	b.attrs = nil
}

// emit adds a feature with what the writer holds.
func (b *Builder) emit(id uint64, f feature) {
	if !b.tagged {
		b.current.setTags(b.attrs)
		b.tagged = true
	}
	b.current.add(id, f, b.writer.buf)
}

// addPoints adds a feature of the points of the shape.
func (b *Builder) addPoints(id uint64) {
	if len(b.shape.pts) == 0 {
		return
	}
	b.writer.reset()
	b.writer.points(b.shape.pts)
	b.emit(id, feature{kind: points, vertices: len(b.shape.pts), at: b.shape.pts[0]})
}

// addShape adds a feature of the shape.
func (b *Builder) addShape(id uint64, kind geometryType) {
	switch kind {
	case polygons:
		b.addPolygons(id)
	case lines:
		b.addLines(id)
	case points:
		b.addPoints(id)
	}
}

// addLines adds a feature of the lines of the shape.
func (b *Builder) addLines(id uint64) {
	b.endSpeck(lines)
	if len(b.shape.paths) == 0 {
		return
	}
	f := feature{kind: lines, at: b.shape.pts[0]}
	b.writer.reset()
	for _, p := range b.shape.paths {
		pts := b.shape.of(p)
		b.writer.line(pts)
		f.vertices += len(pts)
		f.size += length(pts)
	}
	b.emit(id, f)
}

// addPolygons adds a feature of the rings of the shape, repaired where need be.
func (b *Builder) addPolygons(id uint64) {
	if len(b.shape.paths) > 0 && !b.mend.sound(&b.shape) {
		b.report.Repaired++
		b.mend.repair(&b.shape)
	}
	b.endSpeck(polygons)
	if len(b.shape.paths) == 0 {
		return
	}
	b.emit(id, b.writePolygons())
}

// writePolygons has the writer hold the rings of the shape.
func (b *Builder) writePolygons() feature {
	f := feature{kind: polygons, at: b.shape.pts[b.shape.paths[0].start]}
	b.writer.reset()
	for _, p := range b.shape.paths {
		b.writer.ring(b.shape.of(p), (p.area2 > 0) != p.outer)
		f.vertices += p.end - p.start
		f.size += float64(max(p.area2, -p.area2)) / 2
	}
	return f
}
