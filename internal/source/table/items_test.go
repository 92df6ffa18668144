package table

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/source"
)

const spots = `CREATE TABLE spot (id int PRIMARY KEY, name text, size float8, kind text NOT NULL, geom geometry(Point, 4326))`

// TestPaging walks forth and back over ties and NULLs in every order, and compares with all at once.
func TestPaging(t *testing.T) {
	d := newDatabase(t, spots,
		`INSERT INTO spot SELECT i, CASE i % 4 WHEN 0 THEN NULL ELSE 'n' || i % 3 END, CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN 'NaN' ELSE i % 2 + 0.5 END,
			'k' || i % 2, ST_Point(i, i, 4326) FROM generate_series(1, 23) i`,
		`CREATE TABLE pair (a int, b text, note text, geom geometry(Point, 4326), PRIMARY KEY (a, b))`,
		`INSERT INTO pair SELECT i % 5, 'b%,' || i, 'x' || i % 2, ST_Point(i, i, 4326) FROM generate_series(1, 17) i`,
		`CREATE TABLE bare (name text, geom geometry(Point, 4326))`,
		`INSERT INTO bare SELECT CASE i % 3 WHEN 0 THEN NULL ELSE 'n' || i END, ST_Point(i, i, 4326) FROM generate_series(1, 11) i`,
		`CREATE VIEW looked AS SELECT name AS label, geom FROM bare`,
	)
	tables := d.open([]string{"*"})
	key := func(names ...string) (keys []source.SortKey) {
		for _, n := range names {
			keys = append(keys, source.SortKey{Property: strings.TrimPrefix(n, "-"), Descending: n[0] == '-'})
		}
		return keys
	}
	for _, test := range []struct {
		collection layout.CollectionID
		sort       []source.SortKey
	}{
		{"spot", nil}, {"spot", key("name")}, {"spot", key("-name")}, {"spot", key("size", "-name")},
		{"spot", key("-size", "name")}, {"spot", key("kind")}, {"spot", key("-kind", "-id")}, {"spot", key("-id")},
		{"pair", nil}, {"pair", key("note")}, {"pair", key("-note", "b")}, {"pair", key("-a")},
		{"bare", nil}, {"bare", key("name")}, {"bare", key("-name")}, {"looked", nil}, {"looked", key("-label")},
	} {
		t.Run(fmt.Sprint(test.collection, test.sort), func(t *testing.T) {
			q := source.Query{Collection: test.collection, SortBy: test.sort}
			all := texts(items(t, tables, q))
			for _, limit := range []int{1, 4, len(all)} {
				forth, back := walk(t, tables, q, limit)
				if diff := cmp.Diff(all, forth); diff != "" {
					t.Errorf("%d a page, forth: %s", limit, diff)
				}
				if diff := cmp.Diff(all, back); diff != "" {
					t.Errorf("%d a page, back: %s", limit, diff)
				}
			}
		})
	}
}

func texts(page source.Page) []string {
	list := []string{}
	for _, f := range page.Features {
		list = append(list, string(f.JSON))
	}
	return list
}

// walk reads all pages forth, then back.
func walk(t *testing.T, tables source.Source, q source.Query, limit int) (forth, back []string) {
	t.Helper()
	q.Limit = limit
	page := items(t, tables, q)
	if page.Prev != "" {
		t.Error("the first page has one before it")
	}
	matched := page.NumberMatched
	for forth = texts(page); page.Next != ""; forth = append(forth, texts(page)...) {
		q.After = page.Next
		page = items(t, tables, q)
		if page.NumberMatched != matched || page.Estimated {
			t.Errorf("%d match, then %d", matched, page.NumberMatched)
		}
	}
	if matched != len(forth) {
		t.Errorf("%d match, %d are there", matched, len(forth))
	}
	q.After = ""
	for back = texts(page); page.Prev != ""; back = append(texts(page), back...) {
		q.Before = page.Prev
		page = items(t, tables, q)
		if page.Next == "" {
			t.Error("a page read back has none behind it")
		}
	}
	return forth, back
}

func TestFilters(t *testing.T) {
	d := newDatabase(t,
		`CREATE TYPE mood AS ENUM ('sad', 'ok')`, `CREATE DOMAIN short AS varchar(5)`,
		`CREATE TABLE thing (id bigint PRIMARY KEY, whole int2, number numeric, yes bool, day date, moment timestamptz, local timestamp,
			code uuid, mood mood, short short, tags text[], sizes int[], doc jsonb, fixed char(3), geom geometry(Point, 4326))`,
		`INSERT INTO thing VALUES
			(1, 1, 1.50, true, '2020-01-02', '2020-01-02 03:04:05.25+08', '2020-01-02 03:04:05', '00000000-0000-0000-0000-00000000000a', 'sad', 'a,b', '{x,y}', '{1,2}', '{"a": 1}', 'q', ST_Point(104, 30, 4326)),
			(2, 2, 'NaN', false, '-infinity', 'infinity', NULL, NULL, 'ok', 'c"', '{}', NULL, '[1]', NULL, NULL),
			(3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, ST_GeomFromText('POINT EMPTY', 4326))`)
	tables := d.open([]string{"thing"})
	for _, test := range []struct {
		name, property string
		values         []string
		want           []layout.ID // nil: invalid
	}{
		{"whole number", "id", []string{"1"}, []layout.ID{"1"}},
		{"one of several", "id", []string{"1", "3"}, []layout.ID{"1", "3"}},
		{"none", "id", []string{"9"}, []layout.ID{}},
		{"no number", "id", []string{"x"}, nil},
		{"number too large", "whole", []string{"40000"}, nil},
		{"number with digits behind the dot", "whole", []string{"1.5"}, nil},
		{"decimal", "number", []string{"1.5"}, []layout.ID{"1"}},
		{"not a number", "number", []string{"NaN"}, nil},
		{"truth", "yes", []string{"false"}, []layout.ID{"2"}},
		{"no truth", "yes", []string{"maybe"}, nil},
		{"date", "day", []string{"2020-01-02"}, []layout.ID{"1"}},
		{"no date", "day", []string{"2020-02-31"}, nil},
		{"moment in another zone", "moment", []string{"2020-01-01T19:04:05.25Z"}, []layout.ID{"1"}},
		{"no moment", "moment", []string{"now"}, nil},
		{"time without zone", "local", []string{"2020-01-02T03:04:05"}, []layout.ID{"1"}},
		{"uuid", "code", []string{"00000000-0000-0000-0000-00000000000A"}, []layout.ID{"1"}},
		{"no uuid", "code", []string{"a"}, nil},
		{"enumeration", "mood", []string{"ok"}, []layout.ID{"2"}},
		{"not of the enumeration", "mood", []string{"glad"}, nil},
		{"domain", "short", []string{"a,b"}, []layout.ID{"1"}},
		{"quotes", "short", []string{`c"`}, []layout.ID{"2"}},
		{"injection", "short", []string{`' OR true --`}, []layout.ID{}},
		{"member of a list", "tags", []string{"y", "z"}, []layout.ID{"1"}},
		{"member with braces", "tags", []string{`{"y"}`}, []layout.ID{}},
		{"number of a list", "sizes", []string{"2"}, []layout.ID{"1"}},
		{"no number of a list", "sizes", []string{"two"}, nil},
		{"padded text", "fixed", []string{"q"}, []layout.ID{"1"}},
		{"document", "doc", []string{"1"}, nil},
		{"geometry", "geom", []string{"1"}, nil},
		{"no column", `id" OR 1=1 --`, []string{"1"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := source.Query{Collection: "thing", Limit: 10, Equal: map[string][]string{test.property: test.values}}
			page, err := tables.Items(t.Context(), q)
			if test.want == nil {
				if layout.KindOf(err) != layout.KindInvalid {
					t.Errorf("got %v, want invalid", err)
				}
				return
			}
			check(t, err)
			if got := ids(page); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
	want := []string{
		`{"type":"Feature","id":"1","geometry":{"type":"Point","coordinates":[104,30]},"properties":{"id":1,"whole":1,"number":1.50,"yes":true,"day":"2020-01-02","moment":"2020-01-01T19:04:05.25Z","local":"2020-01-02T03:04:05","code":"00000000-0000-0000-0000-00000000000a","mood":"sad","short":"a,b","tags":["x","y"],"sizes":[1,2],"doc":{"a": 1},"fixed":"q"}}`,
		`{"type":"Feature","id":"2","geometry":null,"properties":{"id":2,"whole":2,"number":null,"yes":false,"day":"-infinity","moment":"infinity","local":null,"code":null,"mood":"ok","short":"c\"","tags":[],"sizes":null,"doc":[1],"fixed":null}}`,
		`{"type":"Feature","id":"3","geometry":null,"properties":{"id":3,"whole":null,"number":null,"yes":null,"day":null,"moment":null,"local":null,"code":null,"mood":null,"short":null,"tags":null,"sizes":null,"doc":null,"fixed":null}}`,
	}
	page := items(t, tables, source.Query{Collection: "thing"})
	if diff := cmp.Diff(want, texts(page)); diff != "" {
		t.Error(diff)
	}
	for _, f := range page.Features {
		if !json.Valid(f.JSON) || !json.Valid(f.GeometryJSON()) || !json.Valid(f.PropertiesJSON()) {
			t.Errorf("no JSON: %s", f.JSON)
		}
	}
}

// TestBoxes compares boxes with PostGIS's own test in lon/lat for every kind of reference system.
func TestBoxes(t *testing.T) {
	var statements []string
	systems := map[layout.CollectionID]int{"p4326": 4326, "p3857": 3857, "p4490": 4490, "p4544": 4544, "p4523": 4523, "p32648": 32648, "p3395": 3395}
	for name, srid := range systems {
		statements = append(statements, fmt.Sprintf(`CREATE TABLE %s AS SELECT x * 100 + y AS id,
			ST_Transform(ST_MakeEnvelope(102 + x * 0.2, 29 + y * 0.2, 102.15 + x * 0.2, 29.15 + y * 0.2, 4326), %d)::geometry(Polygon, %d) AS geom
			FROM generate_series(0, 19) x, generate_series(0, 9) y`, name, srid, srid),
			fmt.Sprintf(`ALTER TABLE %s ADD PRIMARY KEY (id)`, name), fmt.Sprintf(`CREATE INDEX ON %s USING gist (geom)`, name))
	}
	statements = append(statements, `CREATE TABLE geog (id int PRIMARY KEY, geom geography(Polygon, 4326))`, `INSERT INTO geog SELECT id, geom FROM p4326`)
	systems["geog"] = 4326
	d := newDatabase(t, statements...)
	tables := d.open([]string{"*"})
	for _, box := range []geo.BBox{
		{West: 103.17, South: 29.57, East: 103.9, North: 30.01}, {West: 102.16, South: 29.16, East: 102.19, North: 29.19},
		{West: -180, South: -90, East: 180, North: 90}, {West: 170, South: 29.5, East: 102.5, North: 30}, {West: 104, South: 30, East: 104, North: 30},
	} {
		for name := range systems {
			t.Run(fmt.Sprint(name, box), func(t *testing.T) {
				want := []layout.ID{}
				east := box.East
				if box.West > box.East {
					box.West = -180 // the layout of the test ends at 106
				}
				rows, err := d.Query(`SELECT id FROM p4326 WHERE ST_Intersects(geom, ST_MakeEnvelope($1, $2, $3, $4, 4326)) ORDER BY id`, box.West, box.South, east, box.North)
				check(t, err)
				defer rows.Close()
				for rows.Next() {
					var id string
					check(t, rows.Scan(&id))
					want = append(want, layout.ID(id))
				}
				check(t, rows.Err())
				page := items(t, tables, source.Query{Collection: name, BBox: &box, Limit: 1000})
				if got := ids(page); !slices.Equal(got, want) || page.NumberMatched != len(want) {
					t.Errorf("got %v (%d), want %v", got, page.NumberMatched, want)
				}
			})
		}
	}
}

// TestBoxesAtTheEdge asks for boxes across 180° and at the poles.
func TestBoxesAtTheEdge(t *testing.T) {
	d := newDatabase(t, `CREATE TABLE a (id int PRIMARY KEY, g geometry(Geometry, 4326))`,
		`INSERT INTO a VALUES (1, 'SRID=4326;MULTIPOLYGON(((179 30,180 30,180 31,179 30)),((-180 30,-179 30,-180 31,-180 30)))'),
			(2, 'SRID=4326;POLYGON((-180 85,0 88,180 85,180 90,-180 90,-180 85))'), (3, 'SRID=4326;POINT(0 -90)'), (4, 'SRID=4326;POINT(-179.5 0)')`)
	tables := d.open([]string{"a"})
	for _, test := range []struct {
		name string
		box  geo.BBox
		want []layout.ID
	}{
		{"across 180°", geo.BBox{West: 179.9, South: -1, East: -179.4, North: 40}, []layout.ID{"1", "4"}},
		{"west of 180°", geo.BBox{West: 179, South: 29, East: 180, North: 32}, []layout.ID{"1"}},
		{"east of 180°", geo.BBox{West: -180, South: 29, East: -179.9, North: 32}, []layout.ID{"1"}},
		{"the north pole", geo.BBox{West: 10, South: 90, East: 20, North: 90}, []layout.ID{"2"}},
		{"the south pole", geo.BBox{West: -180, South: -90, East: 180, North: -89}, []layout.ID{"3"}},
		{"a point", geo.BBox{West: -179.5, South: 0, East: -179.5, North: 0}, []layout.ID{"4"}},
		{"a point within", geo.BBox{West: -179.5, South: 30, East: -179.5, North: 30}, []layout.ID{"1"}},
		{"a line", geo.BBox{West: 179.7, South: 29, East: 179.7, North: 40}, []layout.ID{"1"}},
		{"around the earth", geo.BBox{West: 1, South: -90, East: 0, North: 90}, []layout.ID{"1", "2", "3", "4"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := ids(items(t, tables, source.Query{Collection: "a", BBox: &test.box})); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
