package cql2

import "strings"

// Op is what a node is.
type Op uint8

// Literals and properties.
const (
	OpBool Op = iota
	OpNumber
	OpText
	OpDate
	OpTimestamp
	OpUnbounded // the open end of an interval
	OpInterval  // of two dates, timestamps, properties or open ends
	OpGeometry
	OpBBox
	OpList
	OpProperty

	// OpDayEnd is the last microsecond of a date. Only filters have it.
	OpDayEnd
)

// Operators.
const (
	OpAnd Op = iota + OpDayEnd + 1
	OpOr
	OpNot
	OpEqual
	OpNotEqual
	OpLess
	OpGreater
	OpLessEqual
	OpGreaterEqual
	OpLike
	OpBetween
	OpIn
	OpIsNull
	OpAdd
	OpSubtract
	OpMultiply
	OpDivide
	OpModulo
	OpIntDivide
	OpPower
	OpCaseI
	OpAccentI
	OpSContains
	OpSCrosses
	OpSDisjoint
	OpSEquals
	OpSIntersects
	OpSOverlaps
	OpSTouches
	OpSWithin
	OpTAfter
	OpTBefore
	OpTContains
	OpTDisjoint
	OpTDuring
	OpTEquals
	OpTFinishedBy
	OpTFinishes
	OpTIntersects
	OpTMeets
	OpTMetBy
	OpTOverlappedBy
	OpTOverlaps
	OpTStartedBy
	OpTStarts
	OpAContainedBy
	OpAContains
	OpAEquals
	OpAOverlaps
	opCount
)

// class says how an operator is written as text and checked.
type class uint8

const (
	notAnOperator class = iota
	logical
	comparison
	predicate // LIKE, BETWEEN, IN, IS NULL
	arithmetic
	textFunction
	spatial
	temporal
	array
)

// many is the number of arguments of operators that take two or more.
const many = -1

// opInfo is what the encodings call an operator. Functions are written in capitals as text.
type opInfo struct {
	json  string
	class class
	args  int
}

var ops = [opCount]opInfo{
	OpAnd: {"and", logical, many}, OpOr: {"or", logical, many}, OpNot: {"not", logical, 1},
	OpEqual: {"=", comparison, 2}, OpNotEqual: {"<>", comparison, 2}, OpLess: {"<", comparison, 2},
	OpGreater: {">", comparison, 2}, OpLessEqual: {"<=", comparison, 2}, OpGreaterEqual: {">=", comparison, 2},
	OpLike: {"like", predicate, 2}, OpBetween: {"between", predicate, 3}, OpIn: {"in", predicate, 2},
	OpIsNull: {"isNull", predicate, 1},
	OpAdd:    {"+", arithmetic, 2}, OpSubtract: {"-", arithmetic, 2}, OpMultiply: {"*", arithmetic, 2},
	OpDivide: {"/", arithmetic, 2}, OpModulo: {"%", arithmetic, 2}, OpIntDivide: {"div", arithmetic, 2},
	OpPower: {"^", arithmetic, 2},
	OpCaseI: {"casei", textFunction, 1}, OpAccentI: {"accenti", textFunction, 1},
	OpSContains: {"s_contains", spatial, 2}, OpSCrosses: {"s_crosses", spatial, 2},
	OpSDisjoint: {"s_disjoint", spatial, 2}, OpSEquals: {"s_equals", spatial, 2},
	OpSIntersects: {"s_intersects", spatial, 2}, OpSOverlaps: {"s_overlaps", spatial, 2},
	OpSTouches: {"s_touches", spatial, 2}, OpSWithin: {"s_within", spatial, 2},
	OpTAfter: {"t_after", temporal, 2}, OpTBefore: {"t_before", temporal, 2},
	OpTContains: {"t_contains", temporal, 2}, OpTDisjoint: {"t_disjoint", temporal, 2},
	OpTDuring: {"t_during", temporal, 2}, OpTEquals: {"t_equals", temporal, 2},
	OpTFinishedBy: {"t_finishedBy", temporal, 2}, OpTFinishes: {"t_finishes", temporal, 2},
	OpTIntersects: {"t_intersects", temporal, 2}, OpTMeets: {"t_meets", temporal, 2},
	OpTMetBy: {"t_metBy", temporal, 2}, OpTOverlappedBy: {"t_overlappedBy", temporal, 2},
	OpTOverlaps: {"t_overlaps", temporal, 2}, OpTStartedBy: {"t_startedBy", temporal, 2},
	OpTStarts:      {"t_starts", temporal, 2},
	OpAContainedBy: {"a_containedBy", array, 2}, OpAContains: {"a_contains", array, 2},
	OpAEquals: {"a_equals", array, 2}, OpAOverlaps: {"a_overlaps", array, 2},
}

// String returns the operator as it is written as text.
func (op Op) String() string {
	if op < opCount {
		return strings.ToUpper(ops[op].json)
	}
	return ""
}

// opNamed returns the operator with a name of CQL2 JSON, in any case when it is a function.
func opNamed(name string) (Op, bool) {
	for op := OpAnd; op < opCount; op++ {
		if info := ops[op]; info.json == name || info.class >= textFunction && strings.EqualFold(info.json, name) {
			return op, true
		}
	}
	return 0, false
}

// functionNamed returns the function that text calls by name.
func functionNamed(name string) (Op, bool) {
	op, ok := opNamed(name)
	return op, ok && ops[op].class >= textFunction
}
