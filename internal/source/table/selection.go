package table

import (
	"database/sql"
	"fmt"
)

// maxGeometry is the size in bytes from which a geometry is not given as a feature; tiles cut it.
const maxGeometry = 16_000_000

// selection is what a query of features reads, each column once, and where what stands.
type selection struct {
	table   *table
	columns []string // in SQL; the first is the geometry
	shown   []int    // of table.fields: what features are given
	values  []int    // of columns, of the fields shown
	key     []int    // of columns
	order   []int    // of columns, of the keys of the order
}

// tooLarge stands for a geometry that is not given: a byte that no EWKB is.
const tooLarge = 1

func (t *table) selection(shown []int, o order) *selection {
	g := t.raw()
	s := &selection{table: t, shown: shown, columns: []string{
		fmt.Sprintf("CASE WHEN pg_column_size(%s) <= %d THEN ST_AsEWKB(%s, 'NDR') WHEN %s IS NOT NULL THEN '\\x00'::bytea END", g, maxGeometry, t.drawn(), g),
	}}
	at := map[int]int{}
	column := func(field int) int {
		if i, ok := at[field]; ok {
			return i
		}
		at[field] = len(s.columns)
		if field == placeOfRow {
			s.columns = append(s.columns, alias+".ctid::text")
		} else {
			s.columns = append(s.columns, t.fields[field].read)
		}
		return at[field]
	}
	for _, i := range shown {
		s.values = append(s.values, column(i))
	}
	for _, i := range t.key {
		s.key = append(s.key, column(i))
	}
	for _, k := range o.keys {
		s.order = append(s.order, column(k.field))
	}
	return s
}

// row makes room for a row of the selection, and pointers to read it into.
func (s *selection) row() (values []sql.RawBytes, dest []any) {
	values, dest = make([]sql.RawBytes, len(s.columns)), make([]any, len(s.columns))
	for i := range values {
		dest[i] = &values[i]
	}
	return values, dest
}
