package table

import (
	"fmt"

	"parkmap/internal/cql2"
	"parkmap/internal/cql2/postgis"
)

// filter adds what a CQL2 filter asks for; invalid where it does not fit the table. No expression asks for nothing.
func (w *where) filter(t *table, e *cql2.Expression) error {
	if e == nil {
		return nil
	}
	columns, schema := t.filterColumns()
	checked, err := e.For(schema)
	if err != nil {
		return err
	}
	condition, args, err := postgis.Where(checked, columns, len(w.args)+1)
	if err != nil {
		return fmt.Errorf("filter of %s: %w", t.id, err)
	}
	w.add(condition)
	w.args = append(w.args, args...)
	return nil
}

// filterColumns lists what filters may name. Enumerations and texts of extensions are compared as texts.
func (t *table) filterColumns() (postgis.Columns, cql2.Schema) {
	columns, schema := postgis.Columns{}, cql2.Schema{}
	for _, f := range t.fields {
		if !f.kind.queryable {
			continue
		}
		c := postgis.Column{SQL: f.quoted, Type: standardType(f.column)}
		kind, ok := postgis.TypeOf(c.Type)
		if !ok {
			c.SQL, c.Type, kind = f.read, "text", cql2.TypeText
		}
		columns[f.Name], schema[f.Name] = c, kind
	}
	g := postgis.Column{SQL: t.raw(), Type: typeGeometry, SRID: t.srid}
	if t.foreign {
		g.SQL, g.SRID = t.drawn(), 4326
	} else if t.crs.Projected() {
		g.Project = t.crs.Forward
	}
	columns[cql2.PropertyGeometry], schema[cql2.PropertyGeometry] = g, cql2.TypeGeometry
	return columns, schema
}

// standardType is the type of a column as SQL names it.
func standardType(c column) string {
	if c.Element != "" {
		return standardType(column{Type: c.Element}) + "[]"
	}
	if name, ok := map[string]string{
		"int2": "smallint", "int4": "integer", "int8": "bigint", "float4": "real", "float8": "double precision",
		"bool": "boolean", "varchar": "character varying", "bpchar": "character",
		"timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone",
	}[c.Type]; ok {
		return name
	}
	return c.Type
}
