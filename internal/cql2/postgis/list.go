package postgis

import (
	"strings"

	"parkmap/internal/cql2"
)

// lists writes a comparison of two lists as sets.
func (w *writer) lists(n *cql2.Node) string {
	kind := "text[]"
	if n.Args[0].Type == cql2.TypeNumbers || n.Args[1].Type == cql2.TypeNumbers {
		kind = "double precision[]"
	}
	a, b := w.list(n.Args[0], kind), w.list(n.Args[1], kind)
	switch n.Op {
	case cql2.OpAContains:
		return "(" + a + " @> " + b + ")"
	case cql2.OpAContainedBy:
		return "(" + a + " <@ " + b + ")"
	case cql2.OpAEquals:
		// The parameters of an operand that is written twice are the same ones.
		return "(" + a + " @> " + b + " AND " + a + " <@ " + b + ")"
	}
	return "(" + a + " && " + b + ")"
}

func (w *writer) list(n *cql2.Node, kind string) string {
	if n.Op == cql2.OpProperty {
		if c := w.column(n); c.Type != kind {
			return c.SQL + "::" + kind
		}
		return w.column(n).SQL
	}
	members := make([]string, len(n.Args))
	for i, a := range n.Args {
		if a.Type == cql2.TypeNumber {
			members[i] = w.double(a)
		} else {
			members[i] = w.text(a)
		}
	}
	return "ARRAY[" + strings.Join(members, ", ") + "]::" + kind
}
