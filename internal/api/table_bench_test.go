package api

import (
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"parkmap/internal/pgtest"
	"parkmap/internal/source/table"
)

// benchRows is how many polygons the table of the benchmarks has.
const benchRows = 200_000

// openTables publishes what the patterns name.
func openTables(t testing.TB, dsn string, patterns ...string) *table.Tables {
	t.Helper()
	var publish []table.Pattern
	for _, text := range patterns {
		p, err := table.ParsePattern(text)
		if err != nil {
			t.Fatal(err)
		}
		publish = append(publish, p)
	}
	tables, err := table.Open(t.Context(), dsn, table.Options{Publish: publish, Flag: "--tables", CheckInterval: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tables.Close() })
	return tables
}

func newTable(t testing.TB, statements ...string) (dsn string) {
	t.Helper()
	dsn = pgtest.DSN(t)
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%.100s: %v", s, err)
		}
	}
	return dsn
}

// BenchmarkTableItems compares answers made from a table with database/sql, which runs the same query as a prepared
// statement and throws the rows away. Both ask for another feature, box or value each time.
func BenchmarkTableItems(b *testing.B) {
	dsn := newTable(b,
		`CREATE TABLE parcels (id bigint PRIMARY KEY, kind text, owner text, value float8, geom geometry(Polygon, 4326))`,
		fmt.Sprintf(`INSERT INTO parcels SELECT i, 'k' || i %% 10, 'owner ' || i / 100, i / 7.0,
			ST_Buffer(ST_Point(103 + (i %% 1000) * 0.01 + 0.005, 29 + (i / 1000) * 0.01 + 0.005, 4326), 0.004, 4) FROM generate_series(0, %d) i`, benchRows-1),
		`CREATE INDEX ON parcels USING gist (geom)`, `CREATE INDEX ON parcels (owner)`, `VACUUM ANALYZE parcels`)
	tables := openTables(b, dsn, "*")
	s := newServer(b, func(o *Options) {
		o.Tables, o.Now, o.NewID = tables, nil, nil
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	})
	db, err := sql.Open("postgres", dsn+"&jit=off")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxIdleConns(8)
	box := func(n int64) (west, south float64) { return 103 + float64(n%990)*0.01, 29 + float64(n*7%180)*0.01 }
	const columns = `SELECT ST_AsEWKB(geom), id, kind, owner, value FROM parcels WHERE `
	for _, test := range []struct {
		name, query, path string
		args              func(n int64) []any
		address           func(n int64) string
	}{
		{"one", columns + `id = $1`, "/parcels/items/%s",
			func(n int64) []any { return []any{n * 7919 % benchRows} }, func(n int64) string { return fmt.Sprint(n * 7919 % benchRows) }},
		{"box", columns + `geom && ST_MakeEnvelope($1, $2, $3, $4, 4326) ORDER BY id LIMIT 101`, "/parcels/items?bbox=%s",
			func(n int64) []any { w, s := box(n); return []any{w + 0.002, s + 0.002, w + 0.098, s + 0.098} },
			func(n int64) string {
				w, s := box(n)
				return fmt.Sprintf("%v,%v,%v,%v", w+0.002, s+0.002, w+0.098, s+0.098)
			}},
		{"attribute", columns + `owner = $1 ORDER BY id LIMIT 101`, "/parcels/items?owner=%s",
			func(n int64) []any { return []any{fmt.Sprintf("owner %d", n%2000)} }, func(n int64) string { return fmt.Sprintf("owner%%20%d", n%2000) }},
	} {
		b.Run(test.name+"/database", func(b *testing.B) {
			stmt, err := db.Prepare(test.query)
			if err != nil {
				b.Fatal(err)
			}
			defer stmt.Close()
			var n atomic.Int64
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					rows, err := stmt.Query(test.args(n.Add(1))...)
					if err != nil {
						b.Error(err)
						return
					}
					discard(b, rows)
				}
			})
		})
		b.Run(test.name+"/server", func(b *testing.B) {
			var n atomic.Int64
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				w := &sink{header: http.Header{}}
				for pb.Next() {
					r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, "/api/collections"+fmt.Sprintf(test.path, test.address(n.Add(1))), nil)
					if err != nil {
						b.Error(err)
						return
					}
					r.Host, r.RemoteAddr = "127.0.0.1:8080", "127.0.0.1:40000"
					clear(w.header)
					s.ServeHTTP(w, r)
				}
			})
		})
	}
}

func discard(b *testing.B, rows *sql.Rows) {
	defer rows.Close()
	values := make([]sql.RawBytes, 5)
	for rows.Next() {
		if err := rows.Scan(&values[0], &values[1], &values[2], &values[3], &values[4]); err != nil {
			b.Error(err)
		}
	}
	if err := rows.Err(); err != nil {
		b.Error(err)
	}
}
