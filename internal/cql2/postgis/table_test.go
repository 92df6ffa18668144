package postgis_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/lib/pq"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/cql2"
	"parkmap/internal/cql2/memory"
	"parkmap/internal/cql2/postgis"
	"parkmap/internal/pgtest"
)

// cell is a value for both back ends; a nil argument is NULL.
type cell struct {
	arg   any
	value memory.Value
}

type row []cell

func (r row) Value(column int) memory.Value { return r[column].value }

var null = cell{}

func num(v float64) cell {
	return cell{strconv.FormatFloat(v, 'f', -1, 64), memory.Value{Kind: memory.Number, Number: v}}
}
func text(s string) cell { return cell{s, memory.Value{Kind: memory.Text, Text: s}} }
func truth(b bool) cell  { return cell{b, memory.Value{Kind: memory.Bool, Bool: b}} }
func texts(s ...string) cell {
	return cell{pq.Array(append([]string{}, s...)), memory.Value{Kind: memory.Texts, Texts: s}}
}
func numbers(v ...float64) cell {
	return cell{pq.Array(append([]float64{}, v...)), memory.Value{Kind: memory.Numbers, Numbers: v}}
}

// moment is a date or a timestamp in UTC, as RFC 3339 without the zone.
func moment(s string) cell {
	t, err := time.Parse("2006-01-02T15:04:05.999999", s)
	if err != nil {
		if t, err = time.Parse(time.DateOnly, s); err != nil {
			panic(err)
		}
	}
	return cell{s, memory.Value{Kind: memory.Moment, Micros: t.UnixMicro()}}
}

func shape(s string) cell {
	v := memory.Value{Kind: memory.Shape}
	if strings.HasSuffix(s, "EMPTY") { // orb reads POINT EMPTY as a point
		v.Shape = memory.NewGeometry(orb.MultiPoint{})
	} else {
		g, err := wkt.Unmarshal(s)
		if err != nil {
			panic(s + ": " + err.Error())
		}
		v.Shape = memory.NewGeometry(g)
	}
	return cell{"SRID=4326;" + s, v}
}

type column struct {
	name, sqlType string
	kind          cql2.Type
}

// table is the same data in a database and in memory.
type table struct {
	db      *sql.DB
	columns []column
	schema  cql2.Schema
	sql     postgis.Columns
	rows    []row
}

func newTable(t testing.TB, columns []column, rows []row) *table {
	t.Helper()
	tab := &table{db: pgtest.Open(t), columns: columns, schema: cql2.Schema{}, sql: postgis.Columns{}, rows: rows}
	var names, casts []string
	for i, c := range columns {
		tab.schema[c.name] = c.kind
		tab.sql[c.name] = postgis.Column{SQL: postgis.Quote(c.name), Type: c.sqlType, SRID: 4326}
		names = append(names, postgis.Quote(c.name)+" "+c.sqlType)
		casts = append(casts, fmt.Sprintf("$%d::text::%s", i+2, c.sqlType))
		if strings.HasSuffix(c.sqlType, "[]") || c.sqlType == "boolean" {
			casts[i] = fmt.Sprintf("$%d::%s", i+2, c.sqlType)
		}
		if c.kind != cql2.TypeGeometry {
			if got, ok := postgis.TypeOf(c.sqlType); !ok || got != c.kind {
				t.Fatalf("%s is %v", c.sqlType, got)
			}
		}
	}
	tab.exec(t, "CREATE TABLE t (row int, "+strings.Join(names, ", ")+")")
	insert, err := tab.db.Prepare("INSERT INTO t VALUES ($1, " + strings.Join(casts, ", ") + ")")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = insert.Close() }()
	for i, r := range rows {
		args := []any{i}
		for _, c := range r {
			args = append(args, c.arg)
		}
		if _, err := insert.Exec(args...); err != nil {
			t.Fatalf("row %d: %v", i, err)
		}
	}
	return tab
}

func (tab *table) exec(t testing.TB, statement string) {
	t.Helper()
	if _, err := tab.db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func (tab *table) filter(text string) (*cql2.Filter, error) {
	e, err := cql2.Parse(text)
	if err != nil {
		return nil, err
	}
	return e.For(tab.schema)
}

// inDatabase lists the rows that PostGIS lets through.
func (tab *table) inDatabase(t testing.TB, f *cql2.Filter) []int {
	t.Helper()
	where, args, err := postgis.Where(f, tab.sql, 2)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := tab.db.Query("SELECT row FROM t WHERE $1::int = 1 AND "+where+" ORDER BY row", append([]any{1}, args...)...)
	if err != nil {
		t.Fatalf("%v\n%s", err, where)
	}
	defer func() { _ = rows.Close() }()
	var out []int
	for rows.Next() {
		var i int
		if err := rows.Scan(&i); err != nil {
			t.Fatal(err)
		}
		out = append(out, i)
	}
	if err := rows.Err(); err != nil {
		t.Fatalf("%v\n%s", err, where)
	}
	return out
}

// inMemory lists the rows that package memory lets through.
func (tab *table) inMemory(f *cql2.Filter) []int {
	p := memory.Compile(f, func(name string) int {
		return slices.IndexFunc(tab.columns, func(c column) bool { return c.name == name })
	})
	var out []int
	for i, r := range tab.rows {
		if p.Matches(r) {
			out = append(out, i)
		}
	}
	return out
}

// check tells whether both give the same rows, and returns how many.
func (tab *table) check(t testing.TB, text string) int {
	t.Helper()
	f, err := tab.filter(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	want, got := tab.inDatabase(t, f), tab.inMemory(f)
	if !slices.Equal(got, want) {
		where, args, _ := postgis.Where(f, tab.sql, 1)
		t.Errorf("%s\nin memory   %v\nin PostGIS  %v\n%s %v", text, got, want, where, args)
	}
	return len(want)
}
