package memory

import (
	"math"

	"parkmap/internal/cql2"
)

// arithmetic is unknown where Arithmetic says so.
func arithmetic(op cql2.Op, left, right read) read {
	return func(r Row) Value {
		a, b := left(r), right(r)
		if a.Kind == Null || b.Kind == Null {
			return Value{}
		}
		v, ok := Arithmetic(op, a.Number, b.Number)
		if !ok {
			return Value{}
		}
		return Value{Kind: Number, Number: v}
	}
}

// Arithmetic computes a op b. It is unknown for NaN and infinity, for a zero divisor, for powers that are not
// real, and where the result would leave the bounds of package cql2. Modulo has the sign of a.
func Arithmetic(op cql2.Op, a, b float64) (v float64, ok bool) {
	if !operand(a) || !operand(b) {
		return 0, false
	}
	switch op {
	case cql2.OpAdd:
		return a + b, true
	case cql2.OpSubtract:
		return a - b, true
	case cql2.OpMultiply:
		if a == 0 || b == 0 {
			return 0, true
		}
		return a * b, bounded(math.Log(math.Abs(a)) + math.Log(math.Abs(b)))
	case cql2.OpPower:
		return power(a, b)
	}
	return quotient(op, a, b)
}

func operand(v float64) bool {
	return v == 0 || math.Abs(v) >= cql2.MinOperand && math.Abs(v) <= cql2.MaxOperand
}

func quotient(op cql2.Op, a, b float64) (v float64, ok bool) {
	switch {
	case b == 0:
		return 0, false
	case a == 0:
		return 0, true
	case !bounded(math.Log(math.Abs(a)) - math.Log(math.Abs(b))):
		return 0, false
	}
	q := a / b
	switch op {
	case cql2.OpDivide:
		return q, true
	case cql2.OpIntDivide:
		return math.Trunc(q), true
	}
	return a - float64(math.Trunc(q)*b), true // the conversion keeps the product from being fused
}

func power(a, b float64) (v float64, ok bool) {
	switch {
	case b == 0:
		return 1, true
	case a == 0:
		return 0, b > 0
	case a < 0 && b != math.Trunc(b):
		return 0, false
	}
	return math.Pow(a, b), bounded(b * math.Log(math.Abs(a)))
}

func bounded(log float64) bool { return math.Abs(log) <= cql2.MaxLog }
