package table

import (
	"fmt"
	"strings"
)

// maxGeometry is the size in bytes from which a geometry is not given as a feature; tiles cut it.
const maxGeometry = 16_000_000

// selection is what a query of features reads, each column once, and where what stands.
type selection struct {
	table   *table
	columns []string // in SQL; the first is the geometry
	forms   []sent   // of the columns
	shown   []int    // of table.fields: what features are given
	values  []int    // of columns, of the fields shown
	key     []int    // of columns
	order   []int    // of columns, of the keys of the order
	names   [][]byte // of the fields shown: ,"name":
}

// What stands for a geometry that is not given: something empty in a reference system that there is not, as SQL and as it
// comes, from servers of either order of bytes.
const (
	omittedSQL = "'SRID=998998;GEOMETRYCOLLECTION EMPTY'::geometry"
	omittedNDR = "\x01\x07\x00\x00\x20\x56\x3e\x0f\x00\x00\x00\x00\x00"
	omittedXDR = "\x00\x20\x00\x00\x07\x00\x0f\x3e\x56\x00\x00\x00\x00"
)

func (t *table) selection(shown []int, o order) *selection {
	s := &selection{table: t, shown: shown, forms: []sent{sentText}, columns: []string{
		"CASE WHEN " + t.large() + " THEN " + omittedSQL + " ELSE " + t.drawn() + " END",
	}}
	at := map[int]int{}
	column := func(field int) int {
		if i, ok := at[field]; ok {
			return i
		}
		at[field] = len(s.columns)
		name, form := alias+".ctid::text", sentText
		if field != placeOfRow {
			name, form = t.fields[field].sent()
		}
		s.columns, s.forms = append(s.columns, name), append(s.forms, form)
		return at[field]
	}
	for n, i := range shown {
		var name []byte
		if n > 0 {
			name = append(name, ',')
		}
		s.names = append(s.names, append(appendString(name, []byte(t.fields[i].Name)), ':'))
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

// large asks whether a geometry is larger than maxGeometry. How large a compressed one is when it is unpacked is looked at
// only where that may be too much.
func (t *table) large() string {
	const packed = 32 // times smaller, at most
	return fmt.Sprintf("(pg_column_size(%[1]s) > %[2]d AND (pg_column_size(%[1]s) > %[3]d OR ST_MemSize(%[1]s) > %[3]d))",
		t.raw(), maxGeometry/packed, maxGeometry)
}

// sql is the query up to its conditions. Each row comes as one record, which takes less time than its columns one by one;
// see splitter.
func (s *selection) sql() string {
	return "SELECT record_send(ROW(" + strings.Join(s.columns, ", ") + ")) FROM " + s.table.from()
}
