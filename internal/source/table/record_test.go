package table

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"parkmap/internal/geo"
)

// everywhere is a box that holds all.
var everywhere = geo.BBox{West: -180, South: -90, East: 180, North: 90}

// TestRowValues reads one value of each type.
func TestRowValues(t *testing.T) {
	cases := []struct{ column, value, want string }{
		{"int2", "-7", "{2  -7 0 false}"},
		{"int4", "70000", "{2  70000 0 false}"},
		{"int8", "9223372036854775807", "{2  9223372036854775807 0 false}"},
		{"float4", "0.1", "{3  0 0.1 false}"},
		{"float8", "1e-300", "{3  0 1e-300 false}"},
		{"float8", "'-Infinity'", "{0  0 0 false}"},
		{"numeric", "12345678901234567.25", "{3  0 1.2345678901234568e+16 false}"},
		{"numeric", "'NaN'", "{0  0 0 false}"},
		{"bool", "true", "{4  0 0 true}"},
		{"text", "'成都 é'", "{1 成都 é 0 0 false}"},
		{"text", "''", "{1  0 0 false}"},
		{"text", "NULL", "{0  0 0 false}"},
		{"char(5)", "'ab'", "{1 ab 0 0 false}"},
		{"varchar(9)", "'ab '", "{1 ab  0 0 false}"},
		{"name", "'ab'", "{1 ab 0 0 false}"},
		{"uuid", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "{1 a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11 0 0 false}"},
		{"date", "'2020-02-03'", "{1 2020-02-03 0 0 false}"},
		{"timestamptz", "'2020-02-03 04:05:06+08'", "{1 2020-02-02T20:05:06Z 0 0 false}"},
		{"timestamp", "'2020-02-03 04:05:06.5'", "{1 2020-02-03T04:05:06.5 0 0 false}"},
		{"timetz", "'04:05:06+08'", "{1 04:05:06+08 0 0 false}"},
		{"whole", "5", "{2  5 0 false}"},
		{"mood", "'glad'", "{1 glad 0 0 false}"},
	}
	d := newDatabase(t, `CREATE DOMAIN whole AS int CHECK (VALUE > 0)`, `CREATE TYPE mood AS ENUM ('sad', 'glad')`)
	for i, c := range cases {
		d.exec(fmt.Sprintf(`CREATE TABLE a%d ("a %%b" %s, g geometry)`, i, c.column),
			fmt.Sprintf(`INSERT INTO a%d VALUES (%s, ST_Point(104, 30, 4326))`, i, c.value))
	}
	tables := d.open([]string{"a*"})
	for i, c := range cases {
		t.Run(c.column+" "+c.value, func(t *testing.T) {
			rows, _ := rowsOf(t, tables, fmt.Sprint("a", i), RowsQuery{Box: everywhere})
			if want := []string{"0 [a %b] [" + c.want + "]"}; !slices.Equal(rows, want) {
				t.Errorf("got %q, want %q", rows, want)
			}
		})
	}
}

// TestKeyBehindManyColumns: the id is read where the key is none of the values.
func TestKeyBehindManyColumns(t *testing.T) {
	text := "CREATE TABLE a (g geometry(Point, 4326)"
	for i := range maxTileFields + 5 {
		text += fmt.Sprintf(", c%d text DEFAULT 'v%[1]d'", i)
	}
	d := newDatabase(t, text+", id int PRIMARY KEY)", `INSERT INTO a (id, g) VALUES (77, ST_Point(104, 30, 4326))`)
	check(t, d.open([]string{"a"}).Rows(t.Context(), "a", RowsQuery{Box: everywhere, Limit: 9}, func(r Row) error {
		if r.ID != 77 || len(r.Values) != maxTileFields || r.Values[39].Text != "v39" {
			t.Errorf("%d %v", r.ID, r.Values)
		}
		return nil
	}))
}

// TestBrokenRecords: what is not as it was asked for is an error, not another row.
func TestBrokenRecords(t *testing.T) {
	shape := &tileShape{columns: []string{"a", "b"}, forms: []sent{sentInt, sentText}, kinds: make([]kind, 2), id: -1}
	column := func(value string) []byte {
		return append(binary.BigEndian.AppendUint32([]byte{0, 0, 0, 25}, uint32(len(value))), value...)
	}
	whole := slices.Concat([]byte{0, 0, 0, 3}, column("\x01geometry"), column("\x00\x00\x00\x00\x00\x00\x00\x07"), column("seven"))
	read := func(data []byte) (Row, error) {
		r := Row{Values: make([]Value, 2)}
		return r, shape.read(data, &r)
	}
	if r, err := read(whole); err != nil || string(r.EWKB) != "\x01geometry" || r.Values[0].Int != 7 || r.Values[1].Text != "seven" {
		t.Fatal(r, err)
	}
	for n := range whole {
		if _, err := read(whole[:n]); !errors.Is(err, errRecord) {
			t.Errorf("%d bytes of %d: %v", n, len(whole), err)
		}
	}
	for name, data := range map[string][]byte{
		"more behind":  append(slices.Clone(whole), 0),
		"other number": bytes.Replace(whole, []byte{0, 0, 0, 3}, []byte{0, 0, 0, 4}, 1),
		"other type":   slices.Concat([]byte{0, 0, 0, 3}, column(""), column("7"), column("seven")),
	} {
		if _, err := read(data); !errors.Is(err, errRecord) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestReadAhead: all rows come once and in their order, however many batches they are; the query ends with the first
// error of who uses them, and with its own.
func TestReadAhead(t *testing.T) {
	const most = 200_000 // more than what fits between the two ends of a connection
	d := newDatabase(t, `CREATE VIEW a AS SELECT i AS id, 1 / (i - 150000) AS n, ST_Point(104, 30, 4326) AS g FROM generate_series(1, 200000) i`)
	tables := d.open([]string{"a"})
	stop := errors.New("enough")
	for _, c := range []struct {
		name         string
		limit, until int
	}{
		{"one batch", 100, 0},
		{"many", 140_000, 0},
		{"stopped in the first", most, 5},
		{"stopped later", most, 100_000},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := 0
			err := tables.Rows(t.Context(), "a", RowsQuery{Box: everywhere, Limit: c.limit}, func(r Row) error {
				if n++; r.ID != uint64(n) {
					t.Fatalf("row %d is %d", n, r.ID)
				}
				if n == c.until {
					return stop
				}
				return nil
			})
			if c.until > 0 && (!errors.Is(err, stop) || n != c.until) || c.until == 0 && (err != nil || n != c.limit) {
				t.Errorf("%d rows, %v", n, err)
			}
		})
	}
	n := 0
	err := tables.Rows(t.Context(), "a", RowsQuery{Box: everywhere, Limit: most}, func(Row) error { n++; return nil })
	if err == nil || n >= 150_000 {
		t.Errorf("%d rows and %v of a query that divides by zero", n, err)
	}
	ctx, leave := context.WithTimeout(t.Context(), time.Minute)
	defer leave()
	err = tables.Rows(ctx, "a", RowsQuery{Box: everywhere, Limit: most}, func(Row) error { leave(); return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("after the client left: %v", err)
	}
}
