package table

import (
	"parkmap/internal/cql2"
	"parkmap/internal/cql2/postgis"
)

// filter adds the condition of a CQL2 filter; invalid when it does not fit the columns. Without one nothing is added.
func (p *plan) filter(e *cql2.Expression) error {
	if e == nil {
		return nil
	}
	schema, columns := p.table.filterable()
	f, err := e.For(schema)
	if err != nil {
		return err
	}
	condition, args, err := postgis.Where(f, columns, len(p.where.args)+1)
	if err != nil {
		return err
	}
	p.where.add(condition)
	p.where.args = append(p.where.args, args...)
	return nil
}

// filterable lists what filters may name: the queryable columns, and the geometry under the name that it has in
// queryables.
func (t *table) filterable() (cql2.Schema, postgis.Columns) {
	schema, columns := cql2.Schema{}, postgis.Columns{}
	for _, f := range t.fields {
		sqlType := f.Type
		switch {
		case f.TypeKind == "e":
			sqlType = "text"
		case f.Element != "":
			sqlType = f.Element + "[]"
		}
		of, ok := postgis.TypeOf(sqlType)
		if !ok || !f.kind.queryable {
			continue
		}
		name := f.quoted
		if f.TypeKind == "e" {
			name += "::text"
		}
		schema[f.Name], columns[f.Name] = of, postgis.Column{SQL: name, Type: sqlType}
	}
	schema[cql2.PropertyGeometry], columns[cql2.PropertyGeometry] = cql2.TypeGeometry, t.filterGeometry()
	return schema, columns
}

func (t *table) filterGeometry() postgis.Column {
	wide := "ST_Transform(" + t.raw() + ", 4326)"
	switch {
	case t.foreign: // without the index, for only PostGIS can convert the literals
		return postgis.Column{SQL: wide, SRID: 4326}
	case !t.crs.Projected():
		return postgis.Column{SQL: t.raw(), SRID: t.srid}
	case t.crs.Code == webMercator:
		wide = ""
	}
	return postgis.Column{SQL: t.raw(), SRID: t.srid, Project: t.crs.Forward, Wide: wide}
}
