package table

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/pgtest"
	"parkmap/internal/source"
)

// TestAwkwardTables reads tables of every kind that there should not be.
func TestAwkwardTables(t *testing.T) {
	var wide []string
	for i := range 500 {
		wide = append(wide, fmt.Sprintf("c%d int DEFAULT %d", i, i))
	}
	point := "geometry(Point, 4326)"
	for _, test := range []struct {
		name       string
		statements []string
		publish    string
		collection layout.CollectionID
		want       []string // geometries, as they are written
		ids        []layout.ID
	}{
		{"mixed types", []string{
			`CREATE TABLE a (id int PRIMARY KEY, g geometry)`,
			`INSERT INTO a VALUES (1, 'SRID=4326;POINT(1 2)'), (2, 'SRID=4326;LINESTRING(0 0,1 1)'), (3, 'SRID=4326;POLYGON((0 0,0 1,1 1,0 0))'),
				(4, 'SRID=4326;GEOMETRYCOLLECTION(POINT(1 1),GEOMETRYCOLLECTION(LINESTRING(0 0,2 2)),POLYGON EMPTY)'), (5, 'SRID=4326;MULTIPOINT(1 1,2 2)')`,
		}, "a", "a", []string{
			`{"type":"Point","coordinates":[1,2]}`, `{"type":"LineString","coordinates":[[0,0],[1,1]]}`, `{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,1],[0,0]]]}`,
			`{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,1]},{"type":"GeometryCollection","geometries":[{"type":"LineString","coordinates":[[0,0],[2,2]]}]}]}`,
			`{"type":"MultiPoint","coordinates":[[1,1],[2,2]]}`,
		}, []layout.ID{"1", "2", "3", "4", "5"}},
		{"heights and measures", []string{
			`CREATE TABLE a (id int PRIMARY KEY, g geometry(GeometryZM, 4326))`,
			`INSERT INTO a VALUES (1, 'SRID=4326;POINT ZM (1 2 3.25 4)'), (2, 'SRID=4326;LINESTRING ZM (0 0 5 9,1 1 6 9)')`,
			`CREATE TABLE b (id int PRIMARY KEY, g geometry(PointM, 4326))`, `INSERT INTO b VALUES (1, 'SRID=4326;POINT M (1 2 3)')`,
		}, "*", "a", []string{`{"type":"Point","coordinates":[1,2,3.25]}`, `{"type":"LineString","coordinates":[[0,0,5],[1,1,6]]}`}, []layout.ID{"1", "2"}},
		{"measures alone", []string{`CREATE TABLE b (id int PRIMARY KEY, g geometry(PointM, 4326))`, `INSERT INTO b VALUES (1, 'SRID=4326;POINT M (1 2 3)')`},
			"b", "b", []string{`{"type":"Point","coordinates":[1,2]}`}, []layout.ID{"1"}},
		{"NULL and empty", []string{
			`CREATE TABLE a (id int PRIMARY KEY, g geometry(MultiPolygon, 4326))`, `INSERT INTO a VALUES (1, NULL), (2, 'SRID=4326;MULTIPOLYGON EMPTY')`,
		}, "a", "a", []string{"null", "null"}, []layout.ID{"1", "2"}},
		{"invalid", []string{
			`CREATE TABLE a (id int PRIMARY KEY, g geometry(Polygon, 4326))`, `INSERT INTO a VALUES (1, 'SRID=4326;POLYGON((0 0,1 1,0 1,1 0,0 0))')`,
		}, "a", "a", []string{`{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,1],[1,0],[0,0]]]}`}, []layout.ID{"1"}},
		{"arcs", []string{
			`CREATE TABLE a (id int PRIMARY KEY, g geometry(CurvePolygon, 4326))`,
			`INSERT INTO a VALUES (1, 'SRID=4326;CURVEPOLYGON((0 0,2 0,2 2,0 2,0 0))')`,
		}, "a", "a", []string{`{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}`}, []layout.ID{"1"}},
		{"triangles", []string{
			`CREATE TABLE a (id int PRIMARY KEY, g geometry(TinZ, 4326))`,
			`INSERT INTO a VALUES (1, 'SRID=4326;TIN Z (((0 0 0,1 0 0,0 1 0,0 0 0)))')`,
		}, "a", "a", []string{`{"type":"MultiPolygon","coordinates":[[[[0,0,0],[1,0,0],[0,1,0],[0,0,0]]]]}`}, []layout.ID{"1"}},
		{"no primary key", []string{`CREATE TABLE a (n int, g ` + point + `)`, `INSERT INTO a VALUES (1, 'SRID=4326;POINT(1 2)'), (1, 'SRID=4326;POINT(1 2)')`},
			"a", "a", []string{`{"type":"Point","coordinates":[1,2]}`, `{"type":"Point","coordinates":[1,2]}`}, []layout.ID{"", ""}},
		{"unique index instead of a primary key", []string{`CREATE TABLE a (n int NOT NULL UNIQUE, g ` + point + `)`, `INSERT INTO a VALUES (7, NULL)`},
			"a", "a", []string{"null"}, []layout.ID{"7"}},
		{"key of several columns", []string{`CREATE TABLE a (n text, m int, g ` + point + `, PRIMARY KEY (n, m))`, `INSERT INTO a VALUES ('a,b%', 1, NULL), ('a', 2, NULL)`},
			"a", "a", []string{"null", "null"}, []layout.ID{"a,2", "a%2Cb%25,1"}},
		{"500 columns", []string{`CREATE TABLE a (id int PRIMARY KEY, g ` + point + `, ` + strings.Join(wide, ", ") + `)`, `INSERT INTO a VALUES (1, 'SRID=4326;POINT(1 2)')`},
			"a", "a", []string{`{"type":"Point","coordinates":[1,2]}`}, []layout.ID{"1"}},
		{"Chinese names", []string{`CREATE SCHEMA 成都`, `CREATE TABLE 成都.园区 (编号 text PRIMARY KEY, 几何 ` + point + `)`, `INSERT INTO 成都.园区 VALUES ('一', 'SRID=4326;POINT(104 30)')`},
			"成都.*", "成都.园区", []string{`{"type":"Point","coordinates":[104,30]}`}, []layout.ID{"一"}},
		{"names with dots, quotes, slashes and percent signs", []string{`CREATE SCHEMA "a.b"`, `CREATE TABLE "a.b"."c""%/'d\" ("i""d" int PRIMARY KEY, "g.e" ` + point + `, "%s" text)`,
			`INSERT INTO "a.b"."c""%/'d\" VALUES (1, NULL, '%s')`},
			`"a.b".*`, `a%2Eb.c"%25%2F'd\`, []string{"null"}, []layout.ID{"1"}},
		{"domain over geometry", []string{`CREATE DOMAIN place AS ` + point, `CREATE TABLE a (id int PRIMARY KEY, g place)`, `INSERT INTO a VALUES (1, 'SRID=4326;POINT(1 2)')`},
			"a", "a", []string{`{"type":"Point","coordinates":[1,2]}`}, []layout.ID{"1"}},
		{"partitioned", []string{`CREATE TABLE a (id int PRIMARY KEY, g ` + point + `) PARTITION BY RANGE (id)`, `CREATE TABLE a1 PARTITION OF a DEFAULT`, `INSERT INTO a VALUES (1, NULL)`},
			"*", "a", []string{"null"}, []layout.ID{"1"}},
		{"materialised view", []string{`CREATE MATERIALIZED VIEW a AS SELECT 5 AS n, ST_Point(1, 2, 4326) AS g`, `CREATE UNIQUE INDEX ON a (n)`},
			"a", "a", []string{`{"type":"Point","coordinates":[1,2]}`}, []layout.ID{"5"}},
		{"view that converts", []string{`CREATE VIEW a AS SELECT 5 AS gid, ST_Transform(ST_Point(1, 2, 4326), 3857) AS g`},
			"a", "a", []string{`{"type":"Point","coordinates":[1,2]}`}, []layout.ID{"5"}},
		{"across 180° and at the poles", []string{
			`CREATE TABLE a (id int PRIMARY KEY, g geometry(Geometry, 4326))`,
			`INSERT INTO a VALUES (1, 'SRID=4326;POLYGON((179 30,181 30,181 31,179 31,179 30))'), (2, 'SRID=4326;MULTIPOLYGON(((179 30,180 30,180 31,179 30)),((-180 30,-179 30,-180 31,-180 30)))'),
				(3, 'SRID=4326;POLYGON((-180 85,0 88,180 85,180 90,-180 90,-180 85))'), (4, 'SRID=4326;POINT(0 -90)'), (5, 'SRID=4326;LINESTRING(170 -89,-170 -90)')`,
		}, "a", "a", []string{
			`{"type":"Polygon","coordinates":[[[179,30],[181,30],[181,31],[179,31],[179,30]]]}`,
			`{"type":"MultiPolygon","coordinates":[[[[179,30],[180,30],[180,31],[179,30]]],[[[-180,30],[-179,30],[-180,31],[-180,30]]]]}`,
			`{"type":"Polygon","coordinates":[[[-180,85],[0,88],[180,85],[180,90],[-180,90],[-180,85]]]}`,
			`{"type":"Point","coordinates":[0,-90]}`, `{"type":"LineString","coordinates":[[170,-89],[-170,-90]]}`,
		}, []layout.ID{"1", "2", "3", "4", "5"}},
		{"beyond 180° in Web Mercator", []string{`CREATE TABLE a (id int PRIMARY KEY, g geometry(Point, 3857))`, `INSERT INTO a VALUES (1, ST_SetSRID(ST_MakePoint(20148554.6, 0), 3857))`},
			"a", "a", []string{`{"type":"Point","coordinates":[180.9975455,0]}`}, []layout.ID{"1"}},
		{"coordinates that are no numbers", []string{`CREATE TABLE a (id int PRIMARY KEY, g ` + point + `)`, `INSERT INTO a VALUES (1, ST_SetSRID(ST_MakePoint('Infinity', 2), 4326))`},
			"a", "a", []string{`{"type":"Point","coordinates":[0,2]}`}, []layout.ID{"1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			tables := newDatabase(t, test.statements...).open([]string{test.publish})
			page := items(t, tables, source.Query{Collection: test.collection})
			var geometries []string
			for i := range page.Features {
				if !json.Valid(page.Features[i].JSON) {
					t.Errorf("no JSON: %s", page.Features[i].JSON)
				}
				geometries = append(geometries, string(page.Features[i].GeometryJSON()))
			}
			if !slices.Equal(geometries, test.want) || !slices.Equal(ids(page), test.ids) {
				t.Errorf("got %v %q, want %v %q", ids(page), geometries, test.ids, test.want)
			}
			for _, id := range test.ids {
				f, err := tables.Item(t.Context(), test.collection, id)
				if id == "" && layout.KindOf(err) != layout.KindNotFound || id != "" && (err != nil || f.ID != id) {
					t.Errorf("item %q: %q, %v", id, f.ID, err)
				}
			}
			box := &geo.BBox{West: -180, South: -90, East: 180, North: 90}
			items(t, tables, source.Query{Collection: test.collection, BBox: box})
			check(t, tables.Rows(t.Context(), string(test.collection), RowsQuery{Box: *box, PixelDeg: 0.1, Limit: 10}, func(Row) error { return nil }))
		})
	}
}

func TestRefused(t *testing.T) {
	d := newDatabase(t, `CREATE TABLE zero (id int, g geometry)`, `INSERT INTO zero VALUES (1, 'POINT(1 1)')`,
		`CREATE TABLE several (id int, g geometry)`, `INSERT INTO several VALUES (1, 'SRID=4326;POINT(1 1)'), (2, 'SRID=3857;POINT(1 1)')`,
		`CREATE TABLE nothing_in (id int, g geometry)`, `CREATE TABLE parks (id int, g geometry(Point, 4326))`,
		`CREATE TABLE other (id int, g geometry(Point, 4326))`, `CREATE TABLE fine (id int PRIMARY KEY, g geometry(Point, 4326))`,
		`CREATE TABLE whole (id int, g geometry(Point, 4326)) PARTITION BY RANGE (id)`, `CREATE TABLE piece PARTITION OF whole DEFAULT`,
		`CREATE TABLE flat (id int)`, `CREATE SCHEMA parkmap`, `CREATE TABLE parkmap.feature (id int, g geometry(Point, 4326))`)
	tables := d.open([]string{"zero", "several", "nothing_in", "parks", "fine", "piece", "flat", "parkmap.*"})
	if got := len(tables.Collections()); got != 1 {
		t.Errorf("%d collections", got)
	}
	refused := tables.state.Load().refused
	for name, part := range map[string]string{
		"public.zero": "SRID 0", "public.several": "several reference systems: 3857, 4326", "public.nothing_in": "empty", "public.parks": "layout has",
		"public.other": "no --publish", "public.piece": "partition", "public.whole": "no --publish",
	} {
		if !strings.Contains(refused[name], part) {
			t.Errorf("%s: %q", name, refused[name])
		}
	}
	if len(refused) != 7 {
		t.Errorf("refused: %v", refused)
	}
	d.exec(`INSERT INTO nothing_in VALUES (1, 'SRID=4326;POINT(1 1)')`)
	check(t, tables.look(t.Context()))
	if _, err := tables.Collection("nothing_in"); err != nil {
		t.Errorf("with a row: %v", err)
	}
}

// TestGrants looks with the eyes of an account that may read some columns of some tables.
func TestGrants(t *testing.T) {
	cluster := pgtest.Start(t, pgtest.Options{})
	dsn := cluster.DSN()
	db, err := sql.Open("postgres", dsn)
	check(t, err)
	defer db.Close()
	d := &database{db, t, dsn}
	d.exec(`CREATE SCHEMA closed`, `CREATE TABLE closed.a (id int PRIMARY KEY, g geometry(Point, 4326))`, `CREATE TABLE secret (id int PRIMARY KEY, g geometry(Point, 4326))`,
		`CREATE TABLE part (id int PRIMARY KEY, hidden text, g geometry(Point, 4326))`, `INSERT INTO part VALUES (1, 'x', NULL)`,
		`CREATE TABLE blind (id int PRIMARY KEY, g geometry(Point, 4326))`)
	cluster.AddRole("reader")
	d.exec(`GRANT SELECT (id, g) ON part TO reader`, `GRANT SELECT (id) ON blind TO reader`, `GRANT SELECT ON closed.a TO reader`)
	reading := *d
	reading.dsn = strings.Replace(dsn, "parkmap@", "reader@", 1)
	tables := reading.open([]string{"*", "*.*"})
	if c := tables.Collections(); len(c) != 1 || c[0].ID != "part" || len(c[0].Schema) != 1 {
		t.Errorf("got %+v", c)
	}
	refused := tables.state.Load().refused
	for name, part := range map[string]string{"closed.a": "GRANT USAGE", "public.secret": "GRANT SELECT", "public.blind": "GRANT SELECT"} {
		if !strings.Contains(refused[name], part) {
			t.Errorf("%s: %q", name, refused[name])
		}
	}
	items(t, tables, source.Query{Collection: "part"})
}

// TestChangedWhileServed drops, alters and locks tables behind the back of the server.
func TestChangedWhileServed(t *testing.T) {
	for _, test := range []struct {
		name   string
		change string
		want   layout.Kind // of the next request; "" answers
		fields int
	}{
		{"dropped", `DROP TABLE a`, layout.KindNotFound, 0},
		{"schema gone with it", `ALTER TABLE a RENAME TO b`, layout.KindNotFound, 0},
		{"column dropped", `ALTER TABLE a DROP COLUMN n`, "", 1},
		{"column of another type", `ALTER TABLE a ALTER COLUMN n TYPE text USING n::text`, "", 2},
		{"column added", `ALTER TABLE a ADD COLUMN m int`, "", 2},
		{"another reference system", `ALTER TABLE a ALTER COLUMN g TYPE geometry(Point, 3857) USING ST_Transform(g, 3857)`, "", 2},
		{"geometry dropped", `ALTER TABLE a DROP COLUMN g`, layout.KindNotFound, 0},
		{"dropped and made anew", `DROP TABLE a; CREATE TABLE a (id int PRIMARY KEY, n int, g geometry(Point, 4326)); INSERT INTO a VALUES (1, 2, ST_Point(1, 2, 4326))`, "", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDatabase(t, `CREATE TABLE a (id int PRIMARY KEY, n int, g geometry(Point, 4326))`, `INSERT INTO a VALUES (1, 2, ST_Point(1, 2, 4326))`)
			tables := d.open([]string{"a"})
			q := source.Query{Collection: "a", Limit: 10, BBox: &geo.BBox{West: 0, South: 0, East: 3, North: 3}}
			items(t, tables, q)
			_, err := tables.Item(t.Context(), "a", "1")
			check(t, err)
			d.exec(test.change)
			page, err := tables.Items(t.Context(), q)
			if layout.KindOf(err) != test.want || test.want == "" && err != nil {
				t.Fatalf("got %v, want %q", err, test.want)
			}
			if _, err := tables.Item(t.Context(), "a", "1"); layout.KindOf(err) != test.want {
				t.Errorf("item: %v", err)
			}
			if test.want == "" {
				if len(page.Features) != 1 && test.name != "another reference system" {
					t.Errorf("%d features", len(page.Features))
				}
				check(t, tables.look(t.Context()))
				page = items(t, tables, q)
				if got := string(page.Features[0].GeometryJSON()); got != `{"type":"Point","coordinates":[1,2]}` {
					t.Errorf("geometry %s", got)
				}
			}
		})
	}
}

func TestLocked(t *testing.T) {
	d := newDatabase(t, `CREATE TABLE a (id int PRIMARY KEY, g geometry(Point, 4326))`, `INSERT INTO a VALUES (1, NULL)`)
	tables := d.open([]string{"a"})
	tx, err := d.Begin()
	check(t, err)
	_, err = tx.Exec(`LOCK TABLE a`)
	check(t, err)
	_, err = tables.Items(t.Context(), source.Query{Collection: "a", Limit: 1})
	if layout.KindOf(err) != layout.KindUnavailable || !strings.Contains(err.Error(), "locked") {
		t.Errorf("got %v", err)
	}
	check(t, tx.Rollback())
	items(t, tables, source.Query{Collection: "a"})
}

func TestSlow(t *testing.T) {
	d := newDatabase(t, `CREATE TABLE a (id int PRIMARY KEY, g geometry(Point, 4326))`, `INSERT INTO a SELECT 1`,
		`CREATE VIEW slow AS SELECT id, CASE WHEN pg_sleep(20) IS NULL THEN g ELSE g END::geometry(Point, 4326) AS g FROM a`)
	tables := d.open([]string{"slow"}, func(o *Options) { o.Timeout = 300 * time.Millisecond })
	_, err := tables.Items(t.Context(), source.Query{Collection: "slow", Limit: 1})
	if layout.KindOf(err) != layout.KindUnavailable || !strings.Contains(err.Error(), "longer") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err = tables.Items(ctx, source.Query{Collection: "slow", Limit: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("a client that left: %v", err)
	}
	eventually(t, "end of what was asked for", func() bool {
		var n int
		check(t, d.QueryRow(`SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%slow%' AND state = 'active' AND pid <> pg_backend_pid()`).Scan(&n))
		return n == 0
	})
}

// TestRestart takes the database away and brings it back.
func TestRestart(t *testing.T) {
	cluster := pgtest.Start(t, pgtest.Options{TCP: true})
	dsn := cluster.DSN()
	db, err := sql.Open("postgres", dsn)
	check(t, err)
	defer db.Close()
	d := &database{db, t, dsn}
	d.exec(`CREATE TABLE a (id int PRIMARY KEY, g geometry(Point, 4326))`, `INSERT INTO a VALUES (1, NULL)`)
	tables := d.open([]string{"a"}, func(o *Options) { o.CheckInterval = 50 * time.Millisecond })
	items(t, tables, source.Query{Collection: "a"})
	cluster.Stop()
	for range 3 {
		if _, err := tables.Items(t.Context(), source.Query{Collection: "a", Limit: 1}); layout.KindOf(err) != layout.KindUnavailable {
			t.Errorf("while it is gone: %v", err)
		}
	}
	eventually(t, "note that the database is gone", func() bool { return tables.Err() != nil })
	if len(tables.Collections()) != 1 {
		t.Error("the collection is gone with its database")
	}
	cluster.Restart()
	eventually(t, "recovery", func() bool { return tables.Err() == nil })
	items(t, tables, source.Query{Collection: "a"})
}
