package memory

import (
	"slices"

	"parkmap/internal/cql2"
)

// list makes a list of its members.
func list(t cql2.Type, members []read) read {
	return func(r Row) Value {
		v := Value{Kind: Texts}
		if t == cql2.TypeNumbers {
			v.Kind = Numbers
		}
		for _, member := range members {
			switch m := member(r); m.Kind {
			case Text:
				v.Texts = append(v.Texts, m.Text)
			case Number:
				v.Numbers = append(v.Numbers, m.Number)
			case Null:
				v.Gap = true
			}
		}
		return v
	}
}

// lists compares two lists as sets; unknown when one is absent.
func lists(op cql2.Op, left, right read) test {
	return func(r Row) truth {
		a, b := left(r), right(r)
		if a.Kind == Null || b.Kind == Null {
			return unknown
		}
		switch op {
		case cql2.OpAContains:
			return truthOf(contains(a, b))
		case cql2.OpAContainedBy:
			return truthOf(contains(b, a))
		case cql2.OpAEquals:
			return truthOf(contains(a, b) && contains(b, a))
		}
		return truthOf(overlap(a.Texts, b.Texts) || overlap(a.Numbers, b.Numbers))
	}
}

// contains tells whether each member of b, none absent, is one of a.
func contains(a, b Value) bool {
	return !b.Gap && subset(b.Texts, a.Texts) && subset(b.Numbers, a.Numbers)
}

func subset[T comparable](members, of []T) bool {
	return !slices.ContainsFunc(members, func(m T) bool { return !slices.Contains(of, m) })
}

func overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(m T) bool { return slices.Contains(b, m) })
}
