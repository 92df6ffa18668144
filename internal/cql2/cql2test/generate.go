package cql2test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"parkmap/internal/cql2"
)

// Generator makes expressions in CQL2 text that fit a schema. The same seed makes the same ones.
type Generator struct {
	Rand   *rand.Rand
	Names  map[cql2.Type][]string // properties by their type
	Values map[cql2.Type][]string // literals by their type; geometries as WKT
}

// pick returns one of list.
func (g *Generator) pick(list ...string) string { return list[g.Rand.IntN(len(list))] }

// operand is a property or a literal of a type.
func (g *Generator) operand(t cql2.Type) string {
	if g.Rand.IntN(2) == 0 && len(g.Names[t]) > 0 {
		return g.pick(g.Names[t]...)
	}
	return g.pick(g.Values[t]...)
}

// Condition makes an expression that is true, false or unknown.
func (g *Generator) Condition(depth int) string {
	if depth > 0 && g.Rand.IntN(3) > 0 {
		switch g.Rand.IntN(4) {
		case 0:
			return "NOT (" + g.Condition(depth-1) + ")"
		case 1:
			return "((" + g.Condition(depth-1) + ") = (" + g.Condition(depth-1) + "))"
		default:
			return "(" + g.Condition(depth-1) + g.pick(" AND ", " OR ") + g.Condition(depth-1) + ")"
		}
	}
	switch g.Rand.IntN(9) {
	case 0:
		return g.number(2) + g.comparison() + g.number(2)
	case 1:
		return g.text() + g.comparison() + g.text()
	case 2:
		return g.text() + g.pick(" LIKE ", " NOT LIKE ") + g.pattern()
	case 3:
		return g.moment() + g.comparison() + g.moment()
	case 4:
		return g.temporal()
	case 5:
		return g.pick("S_INTERSECTS", "S_DISJOINT", "S_WITHIN", "S_CONTAINS", "S_TOUCHES", "S_CROSSES", "S_OVERLAPS", "S_EQUALS") +
			"(" + g.operand(cql2.TypeGeometry) + ", " + g.operand(cql2.TypeGeometry) + ")"
	case 6:
		return g.list()
	case 7:
		return g.null()
	}
	return g.within()
}

func (g *Generator) comparison() string { return g.pick(" = ", " <> ", " < ", " <= ", " > ", " >= ") }

func (g *Generator) number(depth int) string {
	if depth == 0 || g.Rand.IntN(2) == 0 {
		return g.operand(cql2.TypeNumber)
	}
	return "(" + g.number(depth-1) + g.pick(" + ", " - ", " * ", " / ", " % ", " div ", " ^ ") + g.number(depth-1) + ")"
}

func (g *Generator) text() string {
	s := g.operand(cql2.TypeText)
	switch g.Rand.IntN(5) {
	case 0:
		return "CASEI(" + s + ")"
	case 1:
		return "ACCENTI(" + s + ")"
	case 2:
		return "ACCENTI(CASEI(" + s + "))"
	}
	return s
}

func (g *Generator) pattern() string {
	p := g.pick("'%'", "'_%'", "''", "'%都%'", "'a\\_%'", "'%\\%%'", "'É%'", "'%ß'", "'_'", "'%e%e%'", "'成都_'")
	return g.pick(p, "CASEI("+p+")", "ACCENTI("+p+")", "ACCENTI(CASEI("+p+"))")
}

func (g *Generator) moment() string { return g.operand(g.momentType()) }

func (g *Generator) momentType() cql2.Type {
	if g.Rand.IntN(2) == 0 {
		return cql2.TypeDate
	}
	return cql2.TypeTimestamp
}

func (g *Generator) temporal() string {
	instants := []string{"T_AFTER", "T_BEFORE", "T_DISJOINT", "T_EQUALS", "T_INTERSECTS"}
	if g.Rand.IntN(2) == 0 {
		return g.pick(instants...) + "(" + g.moment() + ", " + g.pick(g.moment(), g.interval()) + ")"
	}
	return g.pick(append(instants, "T_CONTAINS", "T_DURING", "T_FINISHEDBY", "T_FINISHES", "T_MEETS", "T_METBY",
		"T_OVERLAPPEDBY", "T_OVERLAPS", "T_STARTEDBY", "T_STARTS")...) + "(" + g.interval() + ", " + g.interval() + ")"
}

// interval makes one of properties and literals; two literals may end before they start, which is refused.
func (g *Generator) interval() string {
	end := func() string {
		s := strings.TrimPrefix(strings.TrimPrefix(g.moment(), "TIMESTAMP("), "DATE(")
		return g.pick(strings.TrimSuffix(s, ")"), strings.TrimSuffix(s, ")"), "'..'")
	}
	return "INTERVAL(" + end() + ", " + end() + ")"
}

func (g *Generator) list() string {
	t := cql2.TypeTexts
	item := g.text
	if g.Rand.IntN(2) == 0 {
		t, item = cql2.TypeNumbers, func() string { return g.number(1) }
	}
	literal := "(" + item() + ", " + item() + ")"
	one := "(" + item() + ")"
	return g.pick("A_CONTAINS", "A_CONTAINEDBY", "A_EQUALS", "A_OVERLAPS") +
		"(" + g.pick(g.Names[t]...) + ", " + g.pick(literal, literal, one, "()", g.pick(g.Names[t]...)) + ")"
}

func (g *Generator) null() string {
	types := []cql2.Type{cql2.TypeNumber, cql2.TypeText, cql2.TypeBool, cql2.TypeDate, cql2.TypeTimestamp, cql2.TypeGeometry, cql2.TypeTexts}
	what := g.pick(g.Names[types[g.Rand.IntN(len(types))]]...)
	return g.pick(what, g.number(2), "CASEI("+g.pick(g.Names[cql2.TypeText]...)+")") + g.pick(" IS NULL", " IS NOT NULL")
}

func (g *Generator) within() string {
	of := [](func() string){func() string { return g.number(1) }, g.text, g.moment}[g.Rand.IntN(3)]
	if g.Rand.IntN(2) == 0 {
		return fmt.Sprintf("%s%s%s AND %s", of(), g.pick(" BETWEEN ", " NOT BETWEEN "), of(), of())
	}
	return fmt.Sprintf("%s%s(%s, %s)", of(), g.pick(" IN ", " NOT IN "), of(), of())
}
