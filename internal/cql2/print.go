package cql2

import (
	"errors"
	"strconv"
	"strings"

	"github.com/paulmach/orb/encoding/wkt"
)

// errNotWritable says that a text cannot be written in CQL2 text, where a backslash before a quote escapes it.
var errNotWritable = errors.New("cql2: a text with a backslash before a quote or at its end cannot be written as CQL2 text")

// MarshalText returns e as CQL2 text, which Parse reads as the same tree. It fails for a text literal with a
// backslash before a quote or at its end, which only CQL2 JSON can express.
func (e *Expression) MarshalText() ([]byte, error) {
	var w textWriter
	w.node(e.root)
	if w.failed {
		return nil, errNotWritable
	}
	return []byte(w.b.String()), nil
}

type textWriter struct {
	b      strings.Builder
	failed bool
}

func (w *textWriter) put(parts ...string) {
	for _, s := range parts {
		w.b.WriteString(s)
	}
}

func (w *textWriter) node(n *Node) {
	switch info := ops[n.Op]; info.class {
	case notAnOperator:
		w.operand(n)
	case logical:
		if n.Op == OpNot {
			w.put("NOT ")
		}
		w.joined(n.Args, " "+n.Op.String()+" ")
	case comparison, arithmetic:
		w.joined(n.Args, " "+n.Op.String()+" ")
	case predicate:
		w.predicate(n)
	default:
		w.put(n.Op.String())
		w.listed(n.Args)
	}
}

// joined writes operands with a word between them, in parentheses where they are operators themselves.
func (w *textWriter) joined(args []*Node, word string) {
	for i, a := range args {
		if i > 0 {
			w.put(word)
		}
		w.enclosed(a)
	}
}

func (w *textWriter) enclosed(n *Node) {
	if c := ops[n.Op].class; c == notAnOperator || c >= textFunction {
		w.node(n)
		return
	}
	w.put("(")
	w.node(n)
	w.put(")")
}

func (w *textWriter) listed(args []*Node) {
	w.put("(")
	for i, a := range args {
		if i > 0 {
			w.put(", ")
		}
		w.node(a)
	}
	w.put(")")
}

func (w *textWriter) predicate(n *Node) {
	w.enclosed(n.Args[0])
	switch n.Op {
	case OpIsNull:
		w.put(" IS NULL")
	case OpLike:
		w.put(" LIKE ")
		w.enclosed(n.Args[1])
	case OpBetween:
		w.put(" BETWEEN ")
		w.joined(n.Args[1:], " AND ")
	case OpIn:
		w.put(" IN ")
		w.listed(n.Args[1:])
	}
}

func (w *textWriter) operand(n *Node) {
	switch n.Op {
	case OpBool:
		w.put(strings.ToUpper(strconv.FormatBool(n.Bool)))
	case OpNumber:
		w.put(number(n.Number))
	case OpText:
		w.text(n.Text)
	case OpProperty:
		w.put(quotedName(n.Text))
	case OpDate:
		w.put("DATE('", n.momentText(), "')")
	case OpTimestamp:
		w.put("TIMESTAMP('", n.momentText(), "')")
	case OpInterval:
		w.put("INTERVAL(", boundText(n.Args[0]), ", ", boundText(n.Args[1]), ")")
	case OpGeometry:
		w.put(wkt.MarshalString(n.Geometry))
	case OpBBox:
		numbers := make([]string, len(n.Box))
		for i, v := range n.Box {
			numbers[i] = number(v)
		}
		w.put("BBOX(", strings.Join(numbers, ", "), ")")
	case OpList:
		w.listed(n.Args)
	}
}

func (w *textWriter) text(s string) {
	w.failed = w.failed || strings.HasSuffix(s, `\`) || strings.Contains(s, `\'`)
	w.put("'", strings.ReplaceAll(s, "'", "''"), "'")
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// quotedName returns the name of a property, in quotes where it would be read as something else.
func quotedName(name string) string {
	for i, r := range name {
		if i == 0 && !startsName(r) || !continuesName(r) {
			return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		}
	}
	if isKeyword(name) {
		return `"` + name + `"`
	}
	return name
}

func boundText(n *Node) string {
	switch n.Op {
	case OpProperty:
		return quotedName(n.Text)
	case OpUnbounded:
		return "'..'"
	}
	return "'" + n.momentText() + "'"
}
