package postgis

import (
	"fmt"

	"parkmap/internal/cql2"
)

// formulas are memory.Arithmetic in SQL over a and b, doubles that may be calculated with. An error of PostgreSQL, such as
// that of a zero divisor, cannot occur: what would raise it is NULL. %[1]d is cql2.MaxLog.
var formulas = map[cql2.Op]string{
	cql2.OpAdd:       "a + b",
	cql2.OpSubtract:  "a - b",
	cql2.OpMultiply:  "CASE WHEN a = 0 OR b = 0 THEN 0 WHEN abs(ln(abs(a)) + ln(abs(b))) <= %[1]d THEN a * b END",
	cql2.OpDivide:    quotient("a / b"),
	cql2.OpIntDivide: quotient("trunc(a / b)"),
	cql2.OpModulo:    quotient("a - trunc(a / b) * b"),
	cql2.OpPower: "CASE WHEN b = 0 THEN 1 WHEN a = 0 THEN CASE WHEN b > 0 THEN 0 END" +
		" WHEN a < 0 AND b <> trunc(b) THEN NULL WHEN abs(b * ln(abs(a))) <= %[1]d THEN power(a, b) END",
}

func quotient(q string) string {
	return "CASE WHEN b = 0 THEN NULL WHEN a = 0 THEN 0 WHEN abs(ln(abs(a)) - ln(abs(b))) <= %[1]d THEN " + q + " END"
}

// arithmetic writes an operator over doubles. The subquery gives each operand one name, so that nested operators
// do not multiply; OFFSET 0 keeps the planner from undoing that.
func (w *writer) arithmetic(n *cql2.Node) string {
	a, b := w.double(n.Args[0]), w.double(n.Args[1])
	formula := formulas[n.Op]
	if n.Op != cql2.OpAdd && n.Op != cql2.OpSubtract {
		formula = fmt.Sprintf(formula, cql2.MaxLog)
	}
	return fmt.Sprintf("(SELECT CASE WHEN %s AND %s THEN %s END FROM (SELECT %s AS a, %s AS b OFFSET 0) AS v)",
		operand("a"), operand("b"), formula, a, b)
}

func operand(name string) string {
	return fmt.Sprintf("(%[1]s = 0 OR abs(%[1]s) BETWEEN %[2]g AND %[3]g)", name, cql2.MinOperand, cql2.MaxOperand)
}
