package cql2

import (
	"github.com/paulmach/orb"
)

// geoJSON reads a geometry as RFC 7946 writes it.
func (p *jsonParser) geoJSON(n *jsonNode) *Node {
	return p.geometry(n.pos, p.geometryOf(n, true))
}

func (p *jsonParser) geometryOf(n *jsonNode, collections bool) orb.Geometry {
	kind, ok := n.member("type")
	if !ok {
		p.fail(n.pos, "a geometry has a type")
		return nil
	}
	name := p.str(kind)
	if name == "GeometryCollection" && collections {
		members, ok := n.member("geometries")
		if !ok {
			p.fail(n.pos, "a geometry collection has geometries")
			return nil
		}
		return orb.Collection(jsonList(p, members, func(m *jsonNode) orb.Geometry { return p.geometryOf(m, false) }))
	}
	coordinates, ok := n.member("coordinates")
	if !ok {
		p.fail(n.pos, "a geometry has coordinates")
		return nil
	}
	switch name {
	case "Point":
		return p.position(coordinates)
	case "MultiPoint":
		return orb.MultiPoint(jsonList(p, coordinates, p.position))
	case "LineString":
		return p.line(coordinates)
	case "MultiLineString":
		return orb.MultiLineString(jsonList(p, coordinates, p.line))
	case "Polygon":
		return p.polygon(coordinates)
	case "MultiPolygon":
		return orb.MultiPolygon(jsonList(p, coordinates, p.polygon))
	}
	p.fail(kind.pos, "%.40q is no type of a geometry here", name)
	return nil
}

func (p *jsonParser) line(n *jsonNode) orb.LineString { return jsonList(p, n, p.position) }
func (p *jsonParser) ring(n *jsonNode) orb.Ring       { return jsonList(p, n, p.position) }
func (p *jsonParser) polygon(n *jsonNode) orb.Polygon { return jsonList(p, n, p.ring) }

// position reads two or three numbers; the third is left out.
func (p *jsonParser) position(n *jsonNode) orb.Point {
	p.count(n.pos)
	v := p.numbers(n)
	if len(v) != 2 && len(v) != 3 {
		p.fail(n.pos, "a position is two or three numbers")
		return orb.Point{}
	}
	return orb.Point{v[0], v[1]}
}

func jsonList[T any](p *jsonParser, n *jsonNode, read func(*jsonNode) T) []T {
	if n.kind != '[' || len(n.items) == 0 {
		p.fail(n.pos, "a list that is not empty is missing")
		return nil
	}
	out := make([]T, len(n.items))
	for i := range n.items {
		out[i] = read(&n.items[i])
	}
	return out
}
