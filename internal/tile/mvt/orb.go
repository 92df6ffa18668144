package mvt

import "github.com/paulmach/orb"

// Add adds g, WGS 84 longitude and latitude in degrees, as far as it can be seen in the tile or in the margin of
// BufferPx around it: as a feature of points, of lines or of polygons, or, for a collection, as one of each that
// occurs, of which the first in the order polygons, lines, points has the id. An id of 0 is none. Nothing is added
// for nil and for what is empty. Positions are taken as they stand: an edge from 179° to −179° runs around the
// world. Those that are not finite are left out.
func (b *Builder) Add(id uint64, g orb.Geometry, attrs []Attr) {
	b.clip.frame = b.wgs84
	b.addParts(id, attrs, func(kind geometryType) { b.collect(kind, g, 0) })
}

// addParts adds the features of one geometry. collect gathers what there is of one type.
func (b *Builder) addParts(id uint64, attrs []Attr, collect func(geometryType)) {
	before := len(b.current.features)
	b.attrs, b.tagged = attrs, false
	for _, kind := range [3]geometryType{polygons, lines, points} {
		b.shape.reset()
		b.hasSpeck = false
		collect(kind)
		if len(b.shape.pts) == 0 && !b.hasSpeck {
			continue
		}
		b.addShape(id, kind)
		if len(b.current.features) > before {
			id = 0
		}
	}
	b.attrs = nil
	b.report.FeaturesIn += len(b.current.features) - before
}

// maxDepth bounds how deep collections may lie in each other.
const maxDepth = 16

// collect gathers what g has of a type.
func (b *Builder) collect(kind geometryType, g orb.Geometry, depth int) {
	switch g := g.(type) {
	case orb.Collection:
		for _, m := range g {
			if depth < maxDepth {
				b.collect(kind, m, depth+1)
			}
		}
	case orb.Polygon:
		if kind == polygons {
			b.addPolygon(g)
		}
	case orb.MultiPolygon:
		if kind == polygons {
			for _, p := range g {
				b.addPolygon(p)
			}
		}
	case orb.Ring:
		b.collect(kind, orb.Polygon{g}, depth)
	case orb.Bound:
		b.collect(kind, g.ToPolygon(), depth)
	case orb.LineString:
		if kind == lines {
			b.addLine(g)
		}
	case orb.MultiLineString:
		if kind == lines {
			for _, l := range g {
				b.addLine(l)
			}
		}
	case orb.Point:
		if kind == points {
			b.addPoint(g)
		}
	case orb.MultiPoint:
		if kind == points {
			for _, p := range g {
				b.addPoint(p)
			}
		}
	}
}

func (b *Builder) addLine(l orb.LineString) {
	b.report.VerticesIn += len(l)
	b.clip.begin()
	for _, p := range l {
		b.clip.line(p)
	}
	b.endLine()
}

func (b *Builder) addPoint(p orb.Point) {
	b.report.VerticesIn++
	if s, ok := b.clip.frame.spot(p); ok && s.side() == 0 {
		b.shape.pts = append(b.shape.pts, s.round())
	}
}
