package postgis

import (
	"strings"

	"github.com/paulmach/orb"

	"parkmap/internal/cql2"
)

// Column is what a property is in a table.
type Column struct {
	SQL  string // the quoted name, or an expression, written by the program and never by a client
	Type string // of PostgreSQL, as format_type or pg_type has it: bigint, int8, character varying(20), text[], …

	// Of a geometry: its SRID, and what turns longitude and latitude into positions of that system, longitude or
	// easting first; nil keeps them. Wide is the geometry in longitude and latitude, for literals that the system
	// is too small for; "" where it is not.
	SRID    int
	Project func(orb.Point) orb.Point
	Wide    string
}

// Columns is the closed list of what a filter may name, by property.
type Columns map[string]Column

// Quote returns name as an identifier of SQL.
func Quote(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// names are the types by their names in pg_type.
var names = map[string]string{
	"int2": "smallint", "int4": "integer", "int8": "bigint", "float4": "real", "float8": "double precision",
	"varchar": "character varying", "bpchar": "character", "bool": "boolean",
	"timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone",
}

// base is the type without its length, in the words of SQL.
func (c Column) base() string {
	name := c.Type
	if before, length, ok := strings.Cut(name, "("); ok {
		_, after, _ := strings.Cut(length, ")")
		name = before + after
	}
	if sqlName, ok := names[name]; ok {
		return sqlName
	}
	return name
}

// TypeOf returns the type that properties of a type of PostgreSQL have in filters; ok is false where there is none
// and the column cannot be filtered by. Geometries are not asked for here.
func TypeOf(sqlType string) (t cql2.Type, ok bool) {
	c := Column{Type: sqlType}
	if element, list := strings.CutSuffix(c.Type, "[]"); list {
		switch element, _ := TypeOf(element); element {
		case cql2.TypeText:
			return cql2.TypeTexts, true
		case cql2.TypeNumber:
			return cql2.TypeNumbers, true
		}
		return cql2.TypeNone, false
	}
	switch c.base() {
	case "smallint", "integer", "bigint", "real", "double precision", "numeric":
		return cql2.TypeNumber, true
	case "text", "character varying", "character", "name", "uuid", "citext":
		return cql2.TypeText, true
	case "boolean":
		return cql2.TypeBool, true
	case "date":
		return cql2.TypeDate, true
	case "timestamp without time zone", "timestamp with time zone":
		return cql2.TypeTimestamp, true
	}
	return cql2.TypeNone, false
}
