package source

import (
	"parkmap/internal/cql2"
	"parkmap/internal/cql2/memory"
)

// geometryColumn is the number that filters know the geometry by.
const geometryColumn = -1

// filter is the CQL2 filter of a plan, made ready for the entries of one collection.
type filter struct {
	predicate *memory.Predicate
	row       filterRow
}

// filterRow gives the values of an entry to a filter.
type filterRow struct {
	entry   *entry
	moments map[int]bool // columns whose numbers are moments
}

// newFilter checks e against the collection; invalid when it does not fit. No filter comes of no expression.
func newFilter(c *collection, e *cql2.Expression) (*filter, error) {
	if e == nil {
		return nil, nil
	}
	schema := cql2.SchemaOf(c.meta.Schema, len(c.meta.GeometryTypes) > 0)
	checked, err := e.For(schema)
	if err != nil {
		return nil, err
	}
	f := &filter{row: filterRow{moments: map[int]bool{}}}
	for name, t := range schema {
		if t == cql2.TypeTimestamp {
			f.row.moments[c.columns[name]] = true
		}
	}
	f.predicate = memory.Compile(checked, func(name string) int {
		if schema[name] == cql2.TypeGeometry {
			return geometryColumn
		}
		return c.columns[name]
	})
	return f, nil
}

func (f *filter) matches(e *entry) bool {
	f.row.entry = e
	return f.predicate.Matches(&f.row)
}

// Value implements memory.Row.
func (r *filterRow) Value(column int) memory.Value {
	if column == geometryColumn {
		if r.entry.shape == nil {
			return memory.Value{}
		}
		return memory.Value{Kind: memory.Shape, Shape: r.entry.shape}
	}
	switch v := &r.entry.values[column]; v.kind {
	case boolValue:
		return memory.Value{Kind: memory.Bool, Bool: v.number == 1}
	case numberValue:
		if r.moments[column] {
			return memory.Value{Kind: memory.Moment, Micros: int64(v.number)}
		}
		return memory.Value{Kind: memory.Number, Number: v.number}
	case textValue:
		return memory.Value{Kind: memory.Text, Text: v.text}
	case listValue:
		return memory.Value{Kind: memory.Texts, Texts: v.list}
	}
	return memory.Value{}
}
