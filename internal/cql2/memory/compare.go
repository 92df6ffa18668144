package memory

import (
	"cmp"
	"math"
	"strings"

	"parkmap/internal/cql2"
)

// compare is unknown when a side is absent.
func compare(op cql2.Op, left, right read) test {
	return func(r Row) truth {
		a, b := left(r), right(r)
		if a.Kind == Null || b.Kind == Null {
			return unknown
		}
		return truthOf(holds(op, order(a, b)))
	}
}

func holds(op cql2.Op, c int) bool {
	switch op {
	case cql2.OpEqual:
		return c == 0
	case cql2.OpNotEqual:
		return c != 0
	case cql2.OpLess:
		return c < 0
	case cql2.OpLessEqual:
		return c <= 0
	case cql2.OpGreater:
		return c > 0
	}
	return c >= 0
}

// order compares two values of one kind as PostgreSQL does: texts by code points, false before true.
func order(a, b Value) int {
	switch a.Kind {
	case Number:
		return orderNumbers(a.Number, b.Number)
	case Moment:
		return cmp.Compare(a.Micros, b.Micros)
	case Bool:
		return int(truthOf(a.Bool) - truthOf(b.Bool))
	}
	return strings.Compare(a.Text, b.Text)
}

// orderNumbers puts NaN above all other numbers.
func orderNumbers(a, b float64) int {
	if math.IsNaN(a) || math.IsNaN(b) {
		return -cmp.Compare(b2i(!math.IsNaN(a)), b2i(!math.IsNaN(b)))
	}
	return cmp.Compare(a, b)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// in tells whether the first value equals one of the others.
func in(args []read) test {
	equal := make([]test, len(args)-1)
	for i, member := range args[1:] {
		equal[i] = compare(cql2.OpEqual, args[0], member)
	}
	return logic(cql2.OpOr, equal)
}

// like matches a text with a pattern of %, _ and \.
func like(text, pattern read) test {
	return func(r Row) truth {
		s, p := text(r), pattern(r)
		if s.Kind == Null || p.Kind == Null {
			return unknown
		}
		return truthOf(matches([]rune(s.Text), []rune(p.Text)))
	}
}

// matches goes through the text once, and back to behind the last % where that does not lead on.
func matches(s, p []rune) bool {
	i, j, star, mark := 0, 0, -1, 0
	for i < len(s) {
		switch {
		case j < len(p) && p[j] == '%':
			star, mark = j, i
			j++
		case j < len(p) && p[j] == '_':
			i++
			j++
		case j < len(p) && literal(p, j) == s[i]:
			i++
			j += width(p, j)
		case star >= 0:
			mark++
			i, j = mark, star+1
		default:
			return false
		}
	}
	for j < len(p) && p[j] == '%' {
		j++
	}
	return j == len(p)
}

// literal is the character that the pattern asks for at j.
func literal(p []rune, j int) rune { return p[j+width(p, j)-1] }

func width(p []rune, j int) int {
	if p[j] == '\\' && j+1 < len(p) {
		return 2
	}
	return 1
}
