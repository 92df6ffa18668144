package memory

import (
	"github.com/peterstace/simplefeatures/geom"

	"parkmap/internal/cql2"
)

// spatial compiles a spatial predicate. Where one side is a literal it is prepared once.
func (c *compiler) spatial(n *cql2.Node) test {
	left, right := n.Args[0], n.Args[1]
	op := n.Op
	if left.Op == cql2.OpGeometry && right.Op != cql2.OpGeometry {
		left, right = right, left
		op = exchanged(op)
	}
	a, b := c.read(left), c.read(right)
	relate := relation(op)
	plain := left.Plain() || right.Plain()
	if right.Op == cql2.OpGeometry {
		if p := prepared(op, b(nil).Shape); p != nil {
			relate = p
		}
	}
	return func(r Row) truth {
		x, y := a(r).Shape, b(r).Shape
		if x == nil || y == nil {
			return unknown
		}
		return related(op, plain, x, y, relate)
	}
}

// exchanged is the predicate that says the same with its sides exchanged.
func exchanged(op cql2.Op) cql2.Op {
	switch op {
	case cql2.OpSContains:
		return cql2.OpSWithin
	case cql2.OpSWithin:
		return cql2.OpSContains
	}
	return op
}

// related looks at the boxes first. Predicates are unknown for invalid geometries, and but for S_INTERSECTS and
// S_DISJOINT for collections. Whether plain literals intersect an invalid geometry is known.
func related(op cql2.Op, plain bool, a, b *Geometry, relate func(a, b geom.Geometry) (bool, error)) truth {
	intersects := op == cql2.OpSIntersects || op == cql2.OpSDisjoint
	if a.empty || b.empty || !a.bound.Intersects(b.bound) {
		return truthOf(op == cql2.OpSDisjoint)
	}
	x, y := a.made(), b.made()
	switch {
	case !x.ok || !y.ok:
		return unknown
	case !intersects && (x.collection || y.collection):
		return unknown
	case !(intersects && plain) && !(x.valid && y.valid):
		return unknown
	}
	holds, err := relate(x.geometry, y.geometry)
	if err != nil {
		return unknown
	}
	return truthOf(holds)
}

func relation(op cql2.Op) func(a, b geom.Geometry) (bool, error) {
	switch op {
	case cql2.OpSContains:
		return geom.Contains
	case cql2.OpSWithin:
		return geom.Within
	case cql2.OpSCrosses:
		return geom.Crosses
	case cql2.OpSEquals:
		return geom.Equals
	case cql2.OpSOverlaps:
		return geom.Overlaps
	case cql2.OpSTouches:
		return geom.Touches
	case cql2.OpSDisjoint:
		return geom.Disjoint
	}
	return func(a, b geom.Geometry) (bool, error) { return geom.Intersects(a, b), nil }
}

// prepared returns the predicate with the right side prepared, where that helps, or nil.
func prepared(op cql2.Op, right *Geometry) func(a, b geom.Geometry) (bool, error) {
	p, err := geom.Prepare(right.made().geometry)
	if err != nil {
		return nil
	}
	switch op {
	case cql2.OpSIntersects:
		return func(a, _ geom.Geometry) (bool, error) { return p.Intersects(a) }
	case cql2.OpSDisjoint:
		return func(a, _ geom.Geometry) (bool, error) { return p.Disjoint(a) }
	case cql2.OpSContains:
		return func(a, _ geom.Geometry) (bool, error) { return p.Within(a) }
	case cql2.OpSWithin:
		return func(a, _ geom.Geometry) (bool, error) { return p.Contains(a) }
	}
	return nil
}
