// Package cql2 reads and writes filters in the Common Query Language of OGC 21-065r2 (CQL2), as text and as
// JSON, and checks them against the properties of a collection. One syntax tree serves both encodings and both
// back ends: package memory evaluates it over values, package postgis turns it into SQL.
//
// It understands comparison, logic, LIKE, BETWEEN, IN, IS NULL, arithmetic, CASEI and ACCENTI, and the spatial,
// temporal and array functions of the standard; no other functions. Logic is that of SQL: what depends on an
// absent value is unknown, and a feature is let through when its filter is true.
//
// The package knows no HTTP, no SQL, no clock and no features.
package cql2

// Limits of one expression. Each has an error of its own.
const (
	MaxBytes    = 64 << 10 // of the encoded expression
	MaxDepth    = 64       // of operators and parentheses within each other
	MaxNodes    = 2000     // operators, properties and literals
	MaxText     = 2000     // characters of a text literal or a name
	MaxVertices = 5000     // positions of all geometry literals
)

// Bounds of arithmetic. They keep clear of the ends of what a double can hold, where PostgreSQL would stop a query
// with an error; what would leave them is unknown.
const (
	MinOperand = 1e-300 // least magnitude of what is calculated with, but for 0
	MaxOperand = 1e300  // greatest magnitude of it
	MaxLog     = 690    // greatest natural logarithm, up or down, of a product, quotient or power
)
