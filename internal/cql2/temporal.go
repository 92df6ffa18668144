package cql2

// span is what an argument of a temporal function covers, its ends included.
type span struct{ start, end *Node }

// spanOf returns what n covers; an instant is one moment or one day.
func spanOf(n *Node) span {
	if n.Op == OpInterval {
		return span{n.Args[0], n.Args[1]}
	}
	return span{n, n}
}

// temporal turns a temporal function into comparisons of the ends of its arguments, by the definitions of
// OWL-Time (https://www.w3.org/TR/owl-time/). Only five functions take instants.
func (c *checker) temporal(n *Node) *Node {
	for _, arg := range n.Args {
		if takesInstants(n.Op) {
			c.want(arg, TypeDate, TypeTimestamp, TypeInterval)
		} else {
			c.want(arg, TypeInterval)
		}
	}
	if c.fault != nil {
		return n
	}
	a, b := spanOf(n.Args[0]), spanOf(n.Args[1])
	switch n.Op {
	case OpTContains, OpTFinishedBy, OpTMetBy, OpTOverlappedBy, OpTStartedBy, OpTAfter:
		a, b = b, a // the same as the function below with the arguments exchanged
	}
	var parts []*Node
	switch n.Op {
	case OpTBefore, OpTAfter:
		parts = []*Node{ends(n, OpLess, a.end, b.start, true, false)}
	case OpTDisjoint, OpTIntersects:
		parts = intersects(n, a, b)
	case OpTEquals:
		parts = []*Node{starts(n, OpEqual, a, b), finishes(n, OpEqual, a, b)}
	case OpTDuring, OpTContains:
		parts = []*Node{starts(n, OpGreater, a, b), finishes(n, OpLess, a, b)}
	case OpTFinishes, OpTFinishedBy:
		parts = []*Node{starts(n, OpGreater, a, b), finishes(n, OpEqual, a, b)}
	case OpTStarts, OpTStartedBy:
		parts = []*Node{starts(n, OpEqual, a, b), finishes(n, OpLess, a, b)}
	case OpTMeets, OpTMetBy:
		parts = []*Node{ends(n, OpEqual, a.end, b.start, true, false)}
	case OpTOverlaps, OpTOverlappedBy:
		parts = []*Node{
			starts(n, OpLess, a, b), ends(n, OpGreater, a.end, b.start, true, false), finishes(n, OpLess, a, b),
		}
	}
	out := allOf(n, parts)
	if n.Op == OpTDisjoint {
		out = &Node{Op: OpNot, Pos: n.Pos, Type: TypeBool, Args: []*Node{out}}
	}
	return out
}

func takesInstants(op Op) bool {
	switch op {
	case OpTAfter, OpTBefore, OpTDisjoint, OpTEquals, OpTIntersects:
		return true
	}
	return false
}

func intersects(n *Node, a, b span) []*Node {
	return []*Node{
		ends(n, OpLessEqual, a.start, b.end, false, true), ends(n, OpGreaterEqual, a.end, b.start, true, false),
	}
}

func starts(n *Node, op Op, a, b span) *Node { return ends(n, op, a.start, b.start, false, false) }

func finishes(n *Node, op Op, a, b span) *Node { return ends(n, op, a.end, b.end, true, true) }

// ends compares two ends of spans; lastA and lastB say which are the later ones. Two dates are compared by day.
// Beside a timestamp a date that ends a span counts with its last moment.
func ends(n *Node, op Op, a, b *Node, lastA, lastB bool) *Node {
	if a.Op == OpUnbounded || b.Op == OpUnbounded {
		return unbounded(n, op, a, b, lastA, lastB)
	}
	if a.Type != b.Type {
		a, b = lastMoment(a, lastA), lastMoment(b, lastB)
	}
	return &Node{Op: op, Pos: n.Pos, Type: TypeBool, Args: []*Node{a, b}}
}

func lastMoment(n *Node, last bool) *Node {
	if !last || n.Type != TypeDate {
		return n
	}
	if n.Op == OpDate {
		return &Node{Op: OpTimestamp, Pos: n.Pos, Type: TypeTimestamp, Time: n.lastMicro()}
	}
	return &Node{Op: OpDayEnd, Pos: n.Pos, Type: TypeTimestamp, Args: []*Node{n}}
}

// unbounded compares ends of which one or both are open: infinitely early or late. The answer is known, unless
// the other end is a property without a value.
func unbounded(n *Node, op Op, a, b *Node, lastA, lastB bool) *Node {
	rank := func(end *Node, last bool) int {
		switch {
		case end.Op != OpUnbounded:
			return 0
		case last:
			return 1
		}
		return -1
	}
	x, y := rank(a, lastA), rank(b, lastB)
	holds := map[Op]bool{
		OpLess: x < y, OpLessEqual: x <= y, OpEqual: x == y, OpGreaterEqual: x >= y, OpGreater: x > y,
	}[op]
	known := a
	if a.Op == OpUnbounded {
		known = b
	}
	truth := &Node{Op: OpBool, Pos: n.Pos, Type: TypeBool, Bool: holds}
	if known.Op != OpProperty {
		return truth
	}
	same := &Node{Op: OpEqual, Pos: n.Pos, Type: TypeBool, Args: []*Node{known, known}} // true or unknown
	if !holds {
		same.Op = OpNotEqual // false or unknown
	}
	return same
}

func allOf(n *Node, parts []*Node) *Node {
	if len(parts) == 1 {
		return parts[0]
	}
	return &Node{Op: OpAnd, Pos: n.Pos, Type: TypeBool, Args: parts}
}
