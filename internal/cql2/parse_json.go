package cql2

import (
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// ParseJSON reads CQL2 JSON. An error is of kind invalid and says at which character what is wrong.
func ParseJSON(data []byte) (*Expression, error) {
	if len(data) > MaxBytes {
		return nil, tooLong()
	}
	input := string(data)
	if !utf8.ValidString(input) {
		return nil, newFault(0, "this is no UTF-8").error(input)
	}
	tree, f := readJSON(input)
	if f != nil {
		return nil, f.error(input)
	}
	r := &jsonParser{builder{input: input}}
	root := r.expression(&tree)
	if r.fault != nil {
		return nil, r.fault.error(input)
	}
	return &Expression{root, input}, nil
}

// jsonParser turns JSON values into nodes.
type jsonParser struct{ builder }

func (p *jsonParser) expression(n *jsonNode) *Node {
	switch {
	case n.kind == '{':
		return p.object(n)
	case n.kind == '[':
		return p.fail(n.pos, misplacedList)
	}
	switch v := n.value.(type) {
	case bool:
		return p.node(Node{Op: OpBool, Pos: n.pos, Bool: v})
	case json.Number:
		return p.node(Node{Op: OpNumber, Pos: n.pos, Number: p.number(n)})
	case string:
		return p.text(n.pos, v)
	}
	return p.fail(n.pos, "null has no place in an expression; there is the operator isNull")
}

// arguments reads the arguments of an operator; those of functions on lists may be lists.
func (p *jsonParser) arguments(op Op, items []jsonNode) []*Node {
	out := make([]*Node, len(items))
	for i := range items {
		switch n := &items[i]; {
		case ops[op].class != array:
			out[i] = p.expression(n)
		case n.kind == '[':
			out[i] = p.node(Node{Op: OpList, Pos: n.pos, Args: p.arguments(OpList, n.items)})
		default:
			out[i] = p.listProperty(p.expression(n))
		}
	}
	return out
}

func (p *jsonParser) number(n *jsonNode) float64 {
	number, ok := n.value.(json.Number)
	v, err := number.Float64()
	if !ok || err != nil {
		p.fail(n.pos, "there is no number, or a number that is too large")
	}
	return v
}

// str returns a string value.
func (p *jsonParser) str(n *jsonNode) string {
	s, ok := n.value.(string)
	if !ok {
		p.fail(n.pos, "a text is missing")
	}
	return s
}

// object reads an operator, a property or a literal, by the first name that tells which.
func (p *jsonParser) object(n *jsonNode) *Node {
	kinds := []struct {
		name string
		read func(v *jsonNode) *Node
		with []string // other members
	}{
		{"op", func(*jsonNode) *Node { return p.operator(n) }, []string{"args"}},
		{"property", func(v *jsonNode) *Node { return p.property(n.pos, p.str(v)) }, nil},
		{"date", func(v *jsonNode) *Node { return p.instant(n.pos, p.str(v), OpDate) }, nil},
		{"timestamp", func(v *jsonNode) *Node { return p.instant(n.pos, p.str(v), OpTimestamp) }, nil},
		{"interval", p.interval, nil},
		{"type", func(*jsonNode) *Node { return p.geoJSON(n) }, []string{"coordinates", "geometries", "bbox"}},
		{"bbox", func(v *jsonNode) *Node { return p.builder.bbox(n.pos, p.numbers(v)) }, nil},
	}
	for _, k := range kinds {
		v, ok := n.member(k.name)
		if !ok {
			continue
		}
		for _, name := range n.names {
			if name != k.name && !slices.Contains(k.with, name) {
				return p.fail(n.pos, "the member %.40q does not belong here", name)
			}
		}
		return k.read(v)
	}
	return p.fail(n.pos, "an object has one of the members op, property, date, timestamp, interval, bbox or type")
}

func (p *jsonParser) operator(n *jsonNode) *Node {
	nameNode, _ := n.member("op")
	name := p.str(nameNode)
	op, ok := opNamed(name)
	if !ok {
		return p.fail(nameNode.pos, "there is no operator or function %.40q", name)
	}
	list, ok := n.member("args")
	if !ok || list.kind != '[' {
		return p.fail(n.pos, "the operator %s has no list args", op)
	}
	items := list.items
	if want := ops[op].args; want == many && len(items) < 2 || want != many && len(items) != want {
		return p.fail(list.pos, "the operator %s has the wrong number of arguments: %d", op, len(items))
	}
	if op == OpIn {
		if items[1].kind != '[' || len(items[1].items) == 0 {
			return p.fail(items[1].pos, "the second argument of the operator IN must be a list that is not empty")
		}
		items = append([]jsonNode{items[0]}, items[1].items...)
	}
	return p.node(Node{Op: op, Pos: n.pos, Args: p.arguments(op, items)})
}

func (p *jsonParser) interval(v *jsonNode) *Node {
	if v.kind != '[' || len(v.items) != 2 {
		return p.fail(v.pos, "an interval is a list of two ends")
	}
	return p.builder.interval(v.pos, p.bound(&v.items[0]), p.bound(&v.items[1]))
}

func (p *jsonParser) bound(n *jsonNode) *Node {
	if name, ok := n.member("property"); ok {
		return p.property(n.pos, p.str(name))
	}
	return p.boundOf(n.pos, p.str(n))
}

func (p *jsonParser) numbers(n *jsonNode) []float64 {
	if n.kind != '[' {
		p.fail(n.pos, "a list of numbers is missing")
	}
	out := make([]float64, len(n.items))
	for i := range n.items {
		out[i] = p.number(&n.items[i])
	}
	return out
}
