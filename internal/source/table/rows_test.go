package table

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/source"
)

// rowsOf reads the rows of a tile: their ids, values as text, and geometries.
func rowsOf(t *testing.T, tables *Tables, layer string, q RowsQuery) (rows []string, shapes []orb.Geometry) {
	t.Helper()
	if q.Limit == 0 {
		q.Limit = 1000
	}
	check(t, tables.Rows(t.Context(), layer, q, func(r Row) error {
		g, _, err := ewkb.Unmarshal(slices.Clone(r.EWKB))
		if err != nil {
			return err
		}
		rows = append(rows, fmt.Sprint(r.ID, r.Names, r.Values))
		shapes = append(shapes, g)
		return nil
	}))
	return rows, shapes
}

func TestRows(t *testing.T) {
	d := newDatabase(t,
		`CREATE TABLE a (id int PRIMARY KEY, name text, n float8, yes bool, doc jsonb, g geometry(Polygon, 3857))`,
		`INSERT INTO a SELECT i, 'n' || i, CASE WHEN i = 2 THEN 'NaN' ELSE i / 2.0 END, i = 1, '{}', CASE WHEN i <> 3 THEN ST_Transform(ST_MakeEnvelope(100 + i, 30, 100.5 + i, 30.5, 4326), 3857) END FROM generate_series(4, 1, -1) i`)
	tables := d.open([]string{"a"})
	box := geo.BBox{West: 101.2, South: 30.1, East: 103, North: 30.2}
	rows, shapes := rowsOf(t, tables, "a", RowsQuery{Box: box, Sorted: true})
	want := []string{
		"1 [id name n yes] [{2  1 0 false} {1 n1 0 0 false} {3  0 0.5 false} {4  0 0 true}]",
		"2 [id name n yes] [{2  2 0 false} {1 n2 0 0 false} {0  0 0 false} {4  0 0 false}]",
	}
	if !slices.Equal(rows, want) {
		t.Errorf("got %q, want %q", rows, want)
	}
	crs := tables.CRS("a")
	if p := crs.Inverse(shapes[0].Bound().Min); crs.Code != 3857 || p[0] < 100.99 || p[0] > 101.01 {
		t.Errorf("EPSG:%d, %v", crs.Code, p)
	}
	if fields := tables.Fields("a"); len(fields) != 4 || fields[2].Type != "number" {
		t.Errorf("fields %v", fields)
	}
	if rows, _ := rowsOf(t, tables, "a", RowsQuery{Box: box, Limit: 1, Sorted: true}); len(rows) != 1 {
		t.Errorf("%d rows within a limit of one", len(rows))
	}
	token := tables.Token("a")
	rowsOf(t, tables, "a", RowsQuery{Box: box, Token: token})
	d.exec(`ALTER TABLE a ALTER COLUMN g TYPE geometry(Polygon, 4326) USING ST_Transform(g, 4326)`)
	check(t, tables.look(t.Context()))
	err := tables.Rows(t.Context(), "a", RowsQuery{Box: box, Token: token, Limit: 9}, func(Row) error { return nil })
	if layout.KindOf(err) != layout.KindUnavailable {
		t.Errorf("rows of another system: %v", err)
	}
}

// TestThinning asks that large rows are all there, that of small ones each cell has its first, and that a tile beside
// agrees.
func TestThinning(t *testing.T) {
	const rows = `SELECT i, ST_Transform(ST_MakeEnvelope(104.003 + (i %% 100) * 0.01, 30.003 + (i / 100) * 0.01, 104.003 + (i %% 100) * 0.01 + w, 30.004 + (i / 100) * 0.01, 4326), %d)
		FROM generate_series(0, 9999) i, LATERAL (SELECT CASE WHEN i %% 500 = 0 THEN 0.5 ELSE 0.001 END AS w) s`
	for _, srid := range []int{4326, 3857, 4544} {
		for _, key := range []string{"id int PRIMARY KEY", "id int", "id text PRIMARY KEY"} {
			t.Run(fmt.Sprint(srid, key), func(t *testing.T) {
				d := newDatabase(t, fmt.Sprintf(`CREATE TABLE a (%s, g geometry(Polygon, %d))`, key, srid), `INSERT INTO a `+fmt.Sprintf(rows, srid))
				tables := d.open([]string{"a"})
				box := geo.BBox{West: 103, South: 29, East: 106, North: 32}
				got, shapes := rowsOf(t, tables, "a", RowsQuery{Box: box, PixelDeg: 0.1})
				large := 0
				cells := map[string]bool{}
				crs := tables.CRS("a")
				for _, g := range shapes {
					b := geo.Project(g, crs.Inverse).Bound()
					if b.Max[0]-b.Min[0] > 0.4 {
						large++
					}
					cells[fmt.Sprintf("%d %d", int(b.Min[0]*10), int(b.Min[1]*10))] = true
				}
				if large != 20 {
					t.Errorf("%d of 20 large rows", large)
				}
				if len(got) > 1000 || len(cells) < 100 {
					t.Errorf("%d rows in %d pixels, of 100 that have some", len(got), len(cells))
				}
				if again, _ := rowsOf(t, tables, "a", RowsQuery{Box: box, PixelDeg: 0.1}); !slices.Equal(got, again) {
					t.Error("another time, other rows")
				}
				if whole, _ := rowsOf(t, tables, "a", RowsQuery{Box: box, Limit: 20000}); len(whole) != 10000 {
					t.Errorf("%d rows without thinning", len(whole))
				}
			})
		}
	}
}

// TestLargeGeometry has a geometry of five million vertices cut for tiles, left out of features, and told of by doctor;
// one that is large only when it is unpacked too.
func TestLargeGeometry(t *testing.T) {
	d := newDatabase(t, `CREATE TABLE a (id int PRIMARY KEY, g geometry(Polygon, 4326))`, `ALTER TABLE a ALTER g SET STORAGE EXTERNAL`,
		`INSERT INTO a SELECT 1, ST_Segmentize(ST_MakeEnvelope(104, 30, 114, 40, 4326), 40.0 / 5000000)`, `INSERT INTO a VALUES (2, ST_MakeEnvelope(104, 30, 105, 31, 4326))`,
		`CREATE TABLE packed (id int PRIMARY KEY, g geometry(Polygon, 4326))`,
		`INSERT INTO packed SELECT 1, ST_Segmentize(ST_MakeEnvelope(0, 0, 64, 64, 4326), 256.0 / 1048576)`)
	var vertices, stored int
	check(t, d.QueryRow(`SELECT ST_NPoints(g) FROM a WHERE id = 1`).Scan(&vertices))
	check(t, d.QueryRow(`SELECT pg_column_size(g) FROM packed`).Scan(&stored))
	if vertices < 5_000_000 || stored > maxGeometry {
		t.Fatalf("the test has %d vertices, and %d bytes in the other table", vertices, stored)
	}
	tables := d.open([]string{"*"})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	size := 0
	check(t, tables.Rows(t.Context(), "a", RowsQuery{Box: geo.BBox{West: 113.9, South: 39.9, East: 114.1, North: 40.1}, Limit: 9}, func(r Row) error {
		size = len(r.EWKB)
		return nil
	}))
	if size == 0 || size > 4_000_000 {
		t.Errorf("%d bytes for a tile", size)
	}
	for _, c := range []layout.CollectionID{"a", "packed"} {
		f, err := tables.Item(t.Context(), c, "1")
		check(t, err)
		if string(f.GeometryJSON()) != "null" || !strings.Contains(string(f.JSON), "geometryOmitted") {
			t.Errorf("got %.200s", f.JSON)
		}
	}
	page := items(t, tables, source.Query{Collection: "a", BBox: &geo.BBox{West: 104, South: 30, East: 106, North: 32}})
	if len(page.Features) != 2 || page.NumberMatched != 2 || string(page.Features[1].GeometryJSON()) == "null" {
		t.Errorf("a page of %d", len(page.Features))
	}
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 50 {
		t.Errorf("%d MiB were allocated", used)
	}
	findings, err := Examine(t.Context(), d.dsn, Options{Publish: tables.options.Publish, Flag: "--tables"})
	check(t, err)
	for _, f := range findings {
		if !slices.ContainsFunc(f.Advice, func(a Advice) bool { return strings.Contains(a.Why, "1 of its geometries are larger than 16 MB") }) {
			t.Errorf("doctor says of %s: %v", f.Table, f.Advice)
		}
	}
}

// TestWatch follows the token of a watched table through changes of two transactions that overlap, on two servers.
func TestWatch(t *testing.T) {
	d := newDatabase(t, `CREATE TABLE "a'b" (id int PRIMARY KEY, g geometry(Point, 4326))`)
	var minutes atomic.Int64
	o := func(o *Options) { o.Now = func() time.Time { return time.Unix(minutes.Load()*60, 0) } }
	tables := d.open([]string{"a'b"}, o)
	other := d.open([]string{"a'b"}, o)
	before := tables.Token("a'b")
	if before != other.Token("a'b") || !strings.Contains(before, "-t") {
		t.Errorf("tokens %q, %q", before, other.Token("a'b"))
	}
	minutes.Add(1)
	if tables.Token("a'b") == before {
		t.Error("the token of a table that nobody watches lasts")
	}
	names := 0
	check(t, Watch(t.Context(), d.dsn, Options{Publish: tables.options.Publish, Flag: "--tables"}, false, func(string, string) { names++ }))
	if names != 1 {
		t.Fatalf("%d tables are watched", names)
	}
	check(t, tables.look(t.Context()))
	check(t, other.look(t.Context()))
	seen := map[string]bool{}
	next := func(what string) {
		t.Helper()
		eventually(t, "new token after "+what, func() bool { return !seen[tables.Token("a'b")] })
		eventually(t, "agreement after "+what, func() bool { return tables.Token("a'b") == other.Token("a'b") })
		minutes.Add(60)
		if seen[tables.Token("a'b")] {
			t.Errorf("after %s the token is one of before", what)
		}
		seen[tables.Token("a'b")] = true
	}
	next("watching")
	d.exec(`INSERT INTO "a'b" VALUES (1, NULL), (2, NULL)`)
	next("an insertion")
	first, err := d.Begin()
	check(t, err)
	second, err := d.Begin()
	check(t, err)
	_, err = first.Exec(`UPDATE "a'b" SET g = NULL WHERE id = 1`)
	check(t, err)
	_, err = second.Exec(`UPDATE "a'b" SET g = NULL WHERE id = 2`)
	check(t, err)
	check(t, second.Commit())
	next("the later of two transactions")
	check(t, first.Commit())
	next("the earlier of two transactions")
	d.exec(`TRUNCATE "a'b"`)
	next("a truncation")
	rolled, err := d.Begin()
	check(t, err)
	_, err = rolled.Exec(`INSERT INTO "a'b" VALUES (9, NULL)`)
	check(t, err)
	check(t, rolled.Rollback())
	time.Sleep(50 * time.Millisecond)
	if !seen[tables.Token("a'b")] {
		t.Error("a transaction that was rolled back changed the token")
	}
}
