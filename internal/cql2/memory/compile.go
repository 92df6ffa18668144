package memory

import (
	"fmt"
	"slices"
	"time"

	"parkmap/internal/cql2"
)

// Predicate is a filter made ready for one order of columns. It is used by one goroutine at a time.
type Predicate struct {
	test test
}

// test and read are parts of a filter; what does not depend on the row was computed when they were made.
type (
	test func(Row) truth
	read func(Row) Value
)

// Compile makes f ready. Column returns the number of the column of a property; all that f names have one.
func Compile(f *cql2.Filter, column func(property string) int) *Predicate {
	c := compiler{column}
	return &Predicate{c.test(f.Root())}
}

// Matches tells whether the filter is true for a row.
func (p *Predicate) Matches(r Row) bool { return p.test(r) == yes }

type compiler struct {
	column func(string) int
}

func (c *compiler) tests(nodes []*cql2.Node) []test {
	out := make([]test, len(nodes))
	for i, n := range nodes {
		out[i] = c.test(n)
	}
	return out
}

func (c *compiler) reads(nodes []*cql2.Node) []read {
	out := make([]read, len(nodes))
	for i, n := range nodes {
		out[i] = c.read(n)
	}
	return out
}

// test compiles what is true, false or unknown.
func (c *compiler) test(n *cql2.Node) test {
	switch n.Op {
	case cql2.OpAnd, cql2.OpOr:
		return logic(n.Op, c.tests(n.Args))
	case cql2.OpNot:
		arg := c.test(n.Args[0])
		return func(r Row) truth { return -arg(r) }
	case cql2.OpIsNull:
		arg := c.read(n.Args[0])
		return func(r Row) truth { return truthOf(arg(r).Kind == Null) }
	case cql2.OpLike:
		return like(c.read(n.Args[0]), c.read(n.Args[1]))
	case cql2.OpIn:
		return in(c.reads(n.Args))
	case cql2.OpBetween:
		a := c.reads(n.Args)
		return logic(cql2.OpAnd, []test{compare(cql2.OpGreaterEqual, a[0], a[1]), compare(cql2.OpLessEqual, a[0], a[2])})
	case cql2.OpEqual, cql2.OpNotEqual, cql2.OpLess, cql2.OpLessEqual, cql2.OpGreater, cql2.OpGreaterEqual:
		return compare(n.Op, c.read(n.Args[0]), c.read(n.Args[1]))
	case cql2.OpAContains, cql2.OpAContainedBy, cql2.OpAEquals, cql2.OpAOverlaps:
		return lists(n.Op, c.read(n.Args[0]), c.read(n.Args[1]))
	case cql2.OpSContains, cql2.OpSCrosses, cql2.OpSDisjoint, cql2.OpSEquals,
		cql2.OpSIntersects, cql2.OpSOverlaps, cql2.OpSTouches, cql2.OpSWithin:
		return c.spatial(n)
	}
	value := c.read(n)
	return func(r Row) truth { return value(r).truth() }
}

// read compiles what has a value. What no property has a part in is computed now.
func (c *compiler) read(n *cql2.Node) read {
	value := c.value(n)
	if len(n.Args) > 0 && !namesProperty(n) {
		return constant(value(nil))
	}
	return value
}

func namesProperty(n *cql2.Node) bool {
	return n.Op == cql2.OpProperty || slices.ContainsFunc(n.Args, namesProperty)
}

func (c *compiler) value(n *cql2.Node) read {
	switch n.Op {
	case cql2.OpBool:
		return constant(Value{Kind: Bool, Bool: n.Bool})
	case cql2.OpNumber:
		return constant(Value{Kind: Number, Number: n.Number})
	case cql2.OpText:
		return constant(Value{Kind: Text, Text: n.Text})
	case cql2.OpDate, cql2.OpTimestamp:
		return constant(Value{Kind: Moment, Micros: n.Time})
	case cql2.OpDayEnd:
		day := c.read(n.Args[0])
		return func(r Row) Value {
			v := day(r)
			v.Micros += (24 * time.Hour).Microseconds() - 1
			return v
		}
	case cql2.OpGeometry:
		return constant(Value{Kind: Shape, Shape: NewGeometry(n.Geometry)})
	case cql2.OpProperty:
		column := c.column(n.Text)
		return func(r Row) Value { return r.Value(column) }
	case cql2.OpList:
		return list(n.Type, c.reads(n.Args))
	case cql2.OpCaseI:
		return folded(c.read(n.Args[0]), FoldCase)
	case cql2.OpAccentI:
		return folded(c.read(n.Args[0]), FoldAccents)
	case cql2.OpAdd, cql2.OpSubtract, cql2.OpMultiply, cql2.OpDivide, cql2.OpModulo, cql2.OpIntDivide, cql2.OpPower:
		return arithmetic(n.Op, c.read(n.Args[0]), c.read(n.Args[1]))
	}
	if n.Type != cql2.TypeBool {
		panic(fmt.Sprintf("memory: %v has no value", n.Op)) // not reached: For lets nothing else through
	}
	truth := c.test(n)
	return func(r Row) Value { return truth(r).value() }
}

func constant(v Value) read { return func(Row) Value { return v } }

func logic(op cql2.Op, args []test) test {
	if op == cql2.OpAnd {
		return func(r Row) truth {
			t := yes
			for _, arg := range args {
				if t = min(t, arg(r)); t == no {
					break
				}
			}
			return t
		}
	}
	return func(r Row) truth {
		t := no
		for _, arg := range args {
			if t = max(t, arg(r)); t == yes {
				break
			}
		}
		return t
	}
}
