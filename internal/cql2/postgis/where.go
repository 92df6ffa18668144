package postgis

import (
	"fmt"
	"strconv"
	"strings"

	"parkmap/internal/cql2"
)

// Where returns a condition of SQL in parentheses, true for the rows that f lets through, and the arguments of its
// parameters, which are numbered from first. Arguments are string, int64, float64, bool and []byte. An error says
// that f names a property that is no column.
func Where(f *cql2.Filter, columns Columns, first int) (sql string, args []any, err error) {
	w := &writer{columns: columns, first: first}
	sql = w.condition(f.Root())
	return sql, w.args, w.err
}

// writer writes the parts of a condition, each of which can stand as an operand.
type writer struct {
	columns Columns
	first   int
	args    []any
	err     error
}

// bind adds an argument and returns its parameter with a type.
func (w *writer) bind(v any, sqlType string) string {
	w.args = append(w.args, v)
	return "$" + strconv.Itoa(w.first+len(w.args)-1) + "::" + sqlType
}

func (w *writer) column(n *cql2.Node) Column {
	c, known := w.columns[n.Text]
	if !known && w.err == nil {
		w.err = fmt.Errorf("cql2: property %q is no column", n.Text)
	}
	return c
}

// condition writes what is true, false or NULL.
func (w *writer) condition(n *cql2.Node) string {
	switch n.Op {
	case cql2.OpAnd, cql2.OpOr:
		return w.logic(n)
	case cql2.OpNot:
		return "(NOT " + w.condition(n.Args[0]) + ")"
	case cql2.OpIsNull:
		return "(" + w.value(n.Args[0]) + " IS NULL)"
	case cql2.OpLike:
		return "(" + w.text(n.Args[0]) + " LIKE " + w.text(n.Args[1]) + ")"
	case cql2.OpIn:
		operands := w.operands(n.Args)
		return "(" + operands[0] + " IN (" + strings.Join(operands[1:], ", ") + "))"
	case cql2.OpBetween:
		o := w.operands(n.Args)
		return "(" + ordered(n, o[0]) + " BETWEEN " + o[1] + " AND " + o[2] + ")"
	case cql2.OpEqual, cql2.OpNotEqual:
		o := w.operands(n.Args)
		return "(" + o[0] + " " + n.Op.String() + " " + o[1] + ")"
	case cql2.OpLess, cql2.OpLessEqual, cql2.OpGreater, cql2.OpGreaterEqual:
		o := w.operands(n.Args)
		return "(" + ordered(n, o[0]) + " " + n.Op.String() + " " + o[1] + ")"
	case cql2.OpAContains, cql2.OpAContainedBy, cql2.OpAEquals, cql2.OpAOverlaps:
		return w.lists(n)
	case cql2.OpSContains, cql2.OpSCrosses, cql2.OpSDisjoint, cql2.OpSEquals,
		cql2.OpSIntersects, cql2.OpSOverlaps, cql2.OpSTouches, cql2.OpSWithin:
		return w.spatial(n)
	case cql2.OpBool:
		return w.bind(n.Bool, "boolean")
	}
	return w.column(n).SQL
}

func (w *writer) logic(n *cql2.Node) string {
	parts := make([]string, len(n.Args))
	for i, a := range n.Args {
		parts[i] = w.condition(a)
	}
	return "(" + strings.Join(parts, " "+n.Op.String()+" ") + ")"
}

// ordered writes the first operand of an order so that texts are ordered by code points.
func ordered(n *cql2.Node, operand string) string {
	if n.Args[0].Type == cql2.TypeText {
		return "(" + operand + ` COLLATE "C")`
	}
	return operand
}

// operands writes the sides of a comparison. A literal takes the type of the column beside it, so that an index on
// the column serves.
func (w *writer) operands(nodes []*cql2.Node) []string {
	out := make([]string, len(nodes))
	switch nodes[0].Type {
	case cql2.TypeNumber:
		w.numbers(nodes, out)
	case cql2.TypeDate, cql2.TypeTimestamp:
		w.moments(nodes, out)
	case cql2.TypeText:
		for i, n := range nodes {
			out[i] = w.text(n)
		}
	default:
		for i, n := range nodes {
			out[i] = w.condition(n)
		}
	}
	return out
}

// value writes n for IS NULL.
func (w *writer) value(n *cql2.Node) string {
	switch {
	case n.Op == cql2.OpProperty:
		return w.column(n).SQL
	case n.Type == cql2.TypeNumber:
		return w.double(n)
	case n.Type == cql2.TypeText:
		return w.text(n)
	case n.Type == cql2.TypeGeometry:
		return w.geometry(n, Column{SRID: crs84}) // a literal
	case n.Type == cql2.TypeBool:
		return w.condition(n)
	}
	return w.timestamp(n)
}
