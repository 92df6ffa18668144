package cql2

import (
	"strings"

	"github.com/paulmach/orb"
)

// geometryNamed returns what reads the body of a geometry in WKT (OGC 06-103r4, clause 7), or nil.
func (p *parser) geometryNamed(name string) func() orb.Geometry {
	switch strings.ToUpper(name) {
	case "POINT":
		return func() orb.Geometry { return p.point() }
	case "LINESTRING":
		return func() orb.Geometry { return p.line() }
	case "POLYGON":
		return func() orb.Geometry { return p.polygon() }
	case "MULTIPOINT":
		return func() orb.Geometry { return orb.MultiPoint(p.positions(p.loosePosition)) }
	case "MULTILINESTRING":
		return func() orb.Geometry { return orb.MultiLineString(bracketed(p, p.line)) }
	case "MULTIPOLYGON":
		return func() orb.Geometry { return orb.MultiPolygon(bracketed(p, p.polygon)) }
	case "GEOMETRYCOLLECTION":
		return func() orb.Geometry { return orb.Collection(bracketed(p, p.member)) }
	}
	return nil
}

// wkt reads a geometry whose name was read.
func (p *parser) wkt(name token, read func() orb.Geometry) *Node {
	p.dimension()
	g := read()
	return p.geometry(name.pos, g)
}

// dimension reads the Z between a name and its body.
func (p *parser) dimension() {
	if !p.tok.is("(") && !p.accept("Z") {
		p.fail(p.tok.pos, "a geometry has positions of two or three numbers, and none is empty; %s is not expected", p.tok)
	}
}

// member reads a geometry of a collection. A collection within a collection is refused.
func (p *parser) member() orb.Geometry {
	name := p.tok
	read := p.geometryNamed(name.text)
	if read == nil || name.kind != tokenName || strings.EqualFold(name.text, "GEOMETRYCOLLECTION") {
		p.fail(name.pos, "a geometry that is no collection is missing; there is %s", name)
		return nil
	}
	p.advance()
	p.dimension()
	return read()
}

func (p *parser) point() orb.Point {
	p.expect("(")
	at := p.position()
	p.expect(")")
	return at
}

func (p *parser) line() orb.LineString { return p.positions(p.position) }

func (p *parser) polygon() orb.Polygon {
	return bracketed(p, func() orb.Ring { return orb.Ring(p.positions(p.position)) })
}

func (p *parser) positions(read func() orb.Point) []orb.Point { return bracketed(p, read) }

// bracketed reads what stands in parentheses with commas between.
func bracketed[T any](p *parser, read func() T) []T {
	p.expect("(")
	var out []T
	for more := true; more; more = p.accept(",") {
		out = append(out, read())
	}
	p.expect(")")
	return out
}

// position reads two or three numbers; the third is left out.
func (p *parser) position() orb.Point {
	pos := p.tok.pos
	at := orb.Point{p.coordinate(), p.coordinate()}
	if p.tok.kind == tokenNumber || p.tok.is("-") || p.tok.is("+") {
		p.coordinate()
	}
	p.count(pos)
	return at
}

// loosePosition reads a position of a MULTIPOINT, in parentheses or not.
func (p *parser) loosePosition() orb.Point {
	if !p.accept("(") {
		return p.position()
	}
	at := p.position()
	p.expect(")")
	return at
}

func (p *parser) coordinate() float64 {
	sign := p.tok
	negative := p.accept("-")
	if !negative {
		p.accept("+")
	}
	v := p.tok.number
	if p.tok.kind != tokenNumber {
		p.fail(sign.pos, "a coordinate is missing; there is %s", p.tok)
		return 0
	}
	p.advance()
	if negative {
		return -v
	}
	return v
}
