package cql2

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// For checks e against a schema. Geometries must be valid and in longitude and latitude: see Transform. An error
// is of kind invalid and says at which character what does not fit, and what would.
func (e *Expression) For(s Schema) (*Filter, error) {
	c := &checker{schema: s}
	root := c.check(e.root)
	c.want(root, TypeBool)
	if c.fault != nil {
		return nil, c.fault.error(e.input)
	}
	return &Filter{root}, nil
}

// checker makes the tree of a filter. The first fault stays.
type checker struct {
	schema Schema
	fault  *fault
}

func (c *checker) fail(n *Node, format string, args ...any) {
	if c.fault == nil {
		c.fault = newFault(n.Pos, format, args...)
	}
}

// want asks that n is of one of the types.
func (c *checker) want(n *Node, types ...Type) {
	var names []string
	for _, t := range types {
		if n.Type == t {
			return
		}
		names = append(names, t.String())
	}
	c.fail(n, "%s stands where %s is needed", n.Type, strings.Join(names, " or "))
}

// check returns a copy of n with types.
func (c *checker) check(n *Node) *Node {
	out := *n
	out.Args = make([]*Node, len(n.Args))
	for i, a := range n.Args {
		out.Args[i] = c.check(a)
	}
	switch ops[n.Op].class {
	case notAnOperator:
		return c.operand(&out)
	case logical:
		for _, a := range out.Args {
			c.want(a, TypeBool)
		}
	case comparison:
		c.same(&out)
	case predicate:
		c.predicate(&out)
	case arithmetic:
		c.want(out.Args[0], TypeNumber)
		c.want(out.Args[1], TypeNumber)
		out.Type = TypeNumber
		return &out
	case textFunction:
		c.want(out.Args[0], TypeText)
		out.Type = TypeText
		return &out
	case spatial:
		out.Type = TypeBool
		return c.spatial(&out)
	case temporal:
		return c.temporal(&out)
	case array:
		c.array(&out)
	}
	out.Type = TypeBool
	return &out
}

// operand gives a literal or a property its type.
func (c *checker) operand(n *Node) *Node {
	switch n.Op {
	case OpBool:
		n.Type = TypeBool
	case OpNumber:
		n.Type = TypeNumber
	case OpText:
		n.Type = TypeText
	case OpDate:
		n.Type = TypeDate
	case OpTimestamp, OpUnbounded:
		n.Type = TypeTimestamp
	case OpInterval:
		n.Type = TypeInterval
		c.want(n.Args[0], TypeDate, TypeTimestamp)
		c.want(n.Args[1], TypeDate, TypeTimestamp)
	case OpBBox:
		n.Op, n.Geometry = OpGeometry, c.box(n)
		n.Type = TypeGeometry
	case OpGeometry:
		n.Type = TypeGeometry
		c.valid(n)
	case OpList:
		c.list(n)
	case OpProperty:
		t, known := c.schema[n.Text]
		if !known {
			c.fail(n, "there is no property %.80q to filter by; there are: %s", n.Text, c.schema.names())
		}
		n.Type = t
	}
	return n
}

func (c *checker) valid(n *Node) {
	if faults := geo.Validate(n.Geometry); len(faults) > 0 {
		c.fail(n, "the geometry is not valid: %s (at %.8g, %.8g)", faults[0].Detail, faults[0].At[0], faults[0].At[1])
	}
}

func (c *checker) box(n *Node) orb.Geometry {
	x0, y0, x1, y1 := n.flat()
	if max(x0, x1) > 180 || min(x0, x1) < -180 || y1 > 90 || y0 < -90 {
		c.fail(n, "the box leaves longitude ±180 or latitude ±90")
	}
	return boxGeometry(n)
}

// list gives a list the type of its members.
func (c *checker) list(n *Node) {
	for _, a := range n.Args {
		c.want(a, TypeText, TypeNumber)
		if a.Type != n.Args[0].Type {
			c.fail(a, "%s stands in a list that begins with %s", a.Type, n.Args[0].Type)
		}
	}
	if len(n.Args) > 0 {
		n.Type = TypeTexts
		if n.Args[0].Type == TypeNumber {
			n.Type = TypeNumbers
		}
	}
}

// same asks that all arguments are scalars of one type; a date and a timestamp may meet.
func (c *checker) same(n *Node) {
	left := n.Args[0]
	c.want(left, TypeText, TypeNumber, TypeBool, TypeDate, TypeTimestamp)
	for _, a := range n.Args[1:] {
		if left.Type.moment() {
			c.want(a, TypeDate, TypeTimestamp)
		} else {
			c.want(a, left.Type)
		}
	}
}

func (c *checker) predicate(n *Node) {
	switch n.Op {
	case OpBetween:
		c.want(n.Args[0], TypeNumber, TypeText, TypeDate, TypeTimestamp)
		c.same(n)
	case OpIn:
		c.same(n)
	case OpIsNull:
		if a := n.Args[0]; a.Op == OpInterval || a.Op == OpList {
			c.fail(a, "%s is never NULL", a.Type)
		}
	case OpLike:
		c.want(n.Args[0], TypeText)
		c.pattern(n.Args[1])
	}
}

// pattern asks for a text literal, perhaps within CASEI and ACCENTI, that does not end with a lone backslash.
func (c *checker) pattern(n *Node) {
	for n.Op == OpCaseI || n.Op == OpAccentI {
		n = n.Args[0]
	}
	if n.Op != OpText {
		c.fail(n, "the pattern of LIKE must be a text")
		return
	}
	if rest := strings.TrimRight(n.Text, `\`); (len(n.Text)-len(rest))%2 == 1 {
		c.fail(n, "the pattern of LIKE ends with a backslash that escapes nothing")
	}
}

// spatial asks for geometries. A collection of different ones has no inside and outside that all functions agree on;
// where it can be used, each member is asked by itself.
func (c *checker) spatial(n *Node) *Node {
	for i, a := range n.Args {
		c.want(a, TypeGeometry)
		members, collection := a.Geometry.(orb.Collection)
		if !collection {
			continue
		}
		if n.Op != OpSIntersects && n.Op != OpSDisjoint {
			c.fail(a, "a geometry collection can be used with S_INTERSECTS and S_DISJOINT only")
		}
		return c.eachMember(n, i, members)
	}
	return n
}

// eachMember writes n with each of the members as argument i: one intersects, or all are disjoint.
func (c *checker) eachMember(n *Node, i int, members orb.Collection) *Node {
	out := &Node{Op: OpOr, Pos: n.Pos, Type: TypeBool}
	if n.Op == OpSDisjoint {
		out.Op = OpAnd
	}
	for _, m := range members {
		part, arg := *n, *n.Args[i]
		arg.Geometry = m
		part.Args = slices.Clone(n.Args)
		part.Args[i] = &arg
		out.Args = append(out.Args, c.spatial(&part))
	}
	return out
}

// array asks for two lists whose members are of one type. An empty list fits both.
func (c *checker) array(n *Node) {
	for _, a := range n.Args {
		if !a.Type.list() {
			c.fail(a, "%s stands where a list is needed", a.Type)
		}
	}
	left, right := n.Args[0].Type, n.Args[1].Type
	if left != right && left != TypeNone && right != TypeNone {
		c.fail(n.Args[1], "%s is compared with %s", right, left)
	}
}
