package cql2

import "strings"

// named reads what begins with a name: a function or a literal where a parenthesis follows, else a property.
func (p *parser) named(name token) *Node {
	if read := p.geometryNamed(name.text); read != nil {
		if p.tok.is("(") || p.tok.kind == tokenName && !isKeyword(p.tok.text) {
			return p.wkt(name, read)
		}
	}
	if !p.tok.is("(") {
		return p.property(name.pos, name.text)
	}
	switch strings.ToUpper(name.text) {
	case "BBOX":
		return p.bbox(name.pos)
	case "DATE":
		p.advance()
		return p.closing(p.moment(name.pos, OpDate))
	case "TIMESTAMP":
		p.advance()
		return p.closing(p.moment(name.pos, OpTimestamp))
	case "INTERVAL":
		return p.interval(name.pos)
	}
	op, ok := functionNamed(name.text)
	if !ok {
		return p.fail(name.pos, "there is no function %.40q", name.text)
	}
	p.advance()
	return p.call(name, op)
}

// call reads the arguments of a function.
func (p *parser) call(name token, op Op) *Node {
	var args []*Node
	for more := !p.accept(")"); more; {
		args = append(args, p.argument(op))
		if more = p.accept(","); !more {
			p.expect(")")
		}
	}
	if len(args) != ops[op].args {
		return p.fail(name.pos, "%s takes %d arguments and has %d", op, ops[op].args, len(args))
	}
	return p.node(Node{Op: op, Pos: name.pos, Args: args})
}

// argument reads one argument. Those of functions on lists are properties, or lists in parentheses, even of one
// member.
func (p *parser) argument(op Op) *Node {
	pos := p.tok.pos
	if ops[op].class != array {
		return p.expression()
	}
	if p.accept("(") {
		return p.node(Node{Op: OpList, Pos: pos, Args: p.list()})
	}
	return p.listProperty(p.expression())
}

func (p *parser) closing(n *Node) *Node {
	p.expect(")")
	return n
}

// moment reads the text of a date or a timestamp.
func (p *parser) moment(pos int, op Op) *Node {
	t := p.tok
	if t.kind != tokenText {
		return p.fail(t.pos, "a text such as '2020-06-30' is missing; there is %s", t)
	}
	p.advance()
	return p.instant(pos, t.text, op)
}

func (p *parser) interval(pos int) *Node {
	p.advance()
	start := p.bound()
	p.expect(",")
	end := p.bound()
	p.expect(")")
	return p.builder.interval(pos, start, end)
}

// bound reads one end of an interval: a text or a property.
func (p *parser) bound() *Node {
	t := p.tok
	switch {
	case t.kind == tokenText:
		p.advance()
		return p.boundOf(t.pos, t.text)
	case t.kind == tokenQuotedName, t.kind == tokenName && !isKeyword(t.text):
		p.advance()
		return p.property(t.pos, t.text)
	}
	return p.fail(t.pos, "a date, a timestamp, '..' or a property is missing; there is %s", t)
}

func (p *parser) bbox(pos int) *Node {
	p.advance()
	var box []float64
	for more := true; more; more = p.accept(",") {
		box = append(box, p.coordinate())
	}
	p.expect(")")
	return p.builder.bbox(pos, box)
}
