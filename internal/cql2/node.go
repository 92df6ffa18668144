package cql2

import (
	"github.com/paulmach/orb"
)

// Node is one operator with its arguments, one property or one literal. Which fields count depends on Op.
// Nodes are never changed once they are made.
type Node struct {
	Op       Op
	Pos      int          // where it begins in the input, in bytes
	Type     Type         // what it yields; set in the tree of a Filter only
	Args     []*Node      // of operators, OpInterval and OpList; OpIn has the value first, then the members
	Text     string       // of OpText, and the name of OpProperty
	Number   float64      // of OpNumber, finite
	Bool     bool         // of OpBool
	Time     int64        // of OpDate and OpTimestamp: microseconds since 1970 in UTC; a date stands for its first
	Geometry orb.Geometry // of OpGeometry, planar; heights are read and left out
	Box      []float64    // of OpBBox: four numbers, or six with heights, as written
	depth    int
}

// Expression is a filter as it was written. Its tree is sound by grammar; the properties and types that it names
// are not known yet: see For.
type Expression struct {
	root  *Node
	input string // for the places of errors
}

// Root returns the tree of e.
func (e *Expression) Root() *Node { return e.root }

// Filter is an expression that fits a schema. Every node has its Type and the root is a TypeBool; temporal
// functions and bounding boxes are gone, for comparisons and geometries say the same.
type Filter struct {
	root *Node
}

// Root returns the tree of f.
func (f *Filter) Root() *Node { return f.root }

// builder makes nodes within the limits. The first fault stays.
type builder struct {
	input    string
	nodes    int
	vertices int
	fault    *fault
}

// node returns a node over args, counted.
func (b *builder) node(n Node) *Node {
	n.depth = 1
	for _, a := range n.Args {
		n.depth = max(n.depth, a.depth+1)
	}
	if n.depth > MaxDepth {
		return b.fail(n.Pos, "the operators stand more than %d deep in each other", MaxDepth)
	}
	if b.nodes++; b.nodes > MaxNodes {
		return b.fail(n.Pos, "there are more than %d operators, properties and literals", MaxNodes)
	}
	return &n
}

// fail notes a fault unless there is one, and returns a node to go on with.
func (b *builder) fail(pos int, format string, args ...any) *Node {
	if b.fault == nil {
		b.fault = newFault(pos, format, args...)
	}
	return &Node{Op: OpBool, Pos: pos}
}

// misplacedList says that a list stands where it cannot be compared with anything.
const misplacedList = "a list can stand behind IN and in functions on lists only, and not in another list"

// text returns a literal, checked.
func (b *builder) text(pos int, s string) *Node {
	b.checkText(pos, s)
	return b.node(Node{Op: OpText, Pos: pos, Text: s})
}

// listProperty lets properties through as arguments of functions on lists.
func (b *builder) listProperty(n *Node) *Node {
	if n.Op != OpProperty {
		return b.fail(n.Pos, "a function on lists takes lists and properties")
	}
	return n
}

// property returns a reference to a property.
func (b *builder) property(pos int, name string) *Node {
	if name == "" {
		return b.fail(pos, "the name of a property is empty")
	}
	b.checkText(pos, name)
	return b.node(Node{Op: OpProperty, Pos: pos, Text: name})
}
