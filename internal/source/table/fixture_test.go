package table

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"go.uber.org/goleak"

	"parkmap/internal/layout"
	"parkmap/internal/pgtest"
	"parkmap/internal/source"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// database is an empty database with what it holds by statements, and tables published from it.
type database struct {
	*sql.DB
	t   testing.TB
	dsn string
}

func newDatabase(t testing.TB, statements ...string) *database {
	t.Helper()
	dsn := pgtest.DSN(t)
	db, err := sql.Open("postgres", dsn)
	check(t, err)
	t.Cleanup(func() { check(t, db.Close()) })
	d := &database{db, t, dsn}
	d.exec(statements...)
	return d
}

func (d *database) exec(statements ...string) {
	d.t.Helper()
	for _, s := range statements {
		if _, err := d.Exec(s); err != nil {
			d.t.Fatalf("%.200s: %v", s, err)
		}
	}
}

// open publishes what the patterns name; change may alter the options.
func (d *database) open(patterns []string, change ...func(*Options)) *Tables {
	d.t.Helper()
	o := Options{Flag: "--tables", CheckInterval: time.Hour}
	for _, text := range patterns {
		p, err := ParsePattern(text)
		check(d.t, err)
		o.Publish = append(o.Publish, p)
	}
	for _, c := range change {
		c(&o)
	}
	tables, err := Open(d.t.Context(), d.dsn, o)
	check(d.t, err)
	d.t.Cleanup(func() { check(d.t, tables.Close()) })
	return tables
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// items reads a page; the limit is 100 where q has none.
func items(t testing.TB, tables source.Source, q source.Query) source.Page {
	t.Helper()
	if q.Limit == 0 {
		q.Limit = 100
	}
	page, err := tables.Items(context.Background(), q)
	check(t, err)
	return page
}

func ids(page source.Page) []layout.ID {
	list := []layout.ID{}
	for _, f := range page.Features {
		list = append(list, f.ID)
	}
	return list
}

// eventually waits until done is true.
func eventually(t testing.TB, what string, done func() bool) {
	t.Helper()
	for range 200 {
		if done() {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("in five seconds there was no %s", what)
}
