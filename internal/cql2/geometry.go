package cql2

import (
	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// count counts one position of a geometry literal.
func (b *builder) count(pos int) {
	if b.vertices++; b.vertices > MaxVertices {
		b.fail(pos, "the geometries have more than %d positions", MaxVertices)
	}
}

func (b *builder) geometry(pos int, g orb.Geometry) *Node {
	return b.node(Node{Op: OpGeometry, Pos: pos, Geometry: g})
}

func (b *builder) bbox(pos int, box []float64) *Node {
	if len(box) != 4 && len(box) != 6 {
		return b.fail(pos, "a box is 4 or 6 numbers and not %d", len(box))
	}
	if n := len(box) / 2; box[1] > box[n+1] {
		return b.fail(pos, "the second coordinate of the box ends before it starts")
	}
	return b.node(Node{Op: OpBBox, Pos: pos, Box: box})
}

// flat returns the box without heights: west, south, east, north, or what stands for them.
func (n *Node) flat() (x0, y0, x1, y1 float64) {
	half := len(n.Box) / 2
	return n.Box[0], n.Box[1], n.Box[half], n.Box[half+1]
}

// boxGeometry returns what a box in longitude and latitude covers: a polygon, two of them when it crosses 180°,
// or the line or the point that it has shrunk to.
func boxGeometry(n *Node) orb.Geometry {
	x0, y0, x1, y1 := n.flat()
	var parts orb.MultiPolygon
	for _, b := range (geo.BBox{West: x0, South: y0, East: x1, North: y1}).Bounds() {
		if b.Min[0] == b.Max[0] || b.Min[1] == b.Max[1] {
			return thin(b)
		}
		parts = append(parts, b.ToPolygon())
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return parts
}

// Plain tells whether n is a literal of points or of an upright box. Whether these intersect a geometry can be told
// even where it is invalid.
func (n *Node) Plain() bool {
	switch g := n.Geometry.(type) {
	case orb.Point, orb.MultiPoint:
		return true
	case orb.Polygon:
		return len(g) == 1 && upright(g[0])
	}
	return false
}

// upright tells whether each edge of a ring of four goes along one axis.
func upright(r orb.Ring) bool {
	for i := 1; i < len(r); i++ {
		if (r[i-1][0] == r[i][0]) == (r[i-1][1] == r[i][1]) {
			return false
		}
	}
	return len(r) == 5
}

func thin(b orb.Bound) orb.Geometry {
	if b.Min == b.Max {
		return b.Min
	}
	return orb.LineString{b.Min, b.Max}
}

// Transform returns e with the positions of its geometries and boxes converted by f, which turns what the client
// wrote, in the order of its reference system, into longitude and latitude. A box becomes the polygon of its
// corners.
func (e *Expression) Transform(f func(orb.Point) orb.Point) *Expression {
	return &Expression{transform(e.root, f), e.input}
}

func transform(n *Node, f func(orb.Point) orb.Point) *Node {
	out := *n
	switch n.Op {
	case OpGeometry:
		out.Geometry = geo.Project(n.Geometry, f)
	case OpBBox:
		x0, y0, x1, y1 := n.flat()
		bound := orb.Bound{Min: orb.Point{x0, y0}, Max: orb.Point{x1, y1}}
		out.Op, out.Box, out.Geometry = OpGeometry, nil, geo.Project(bound.ToPolygon(), f)
	default:
		out.Args = make([]*Node, len(n.Args))
		for i, a := range n.Args {
			out.Args[i] = transform(a, f)
		}
	}
	return &out
}
