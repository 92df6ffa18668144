package table

import (
	"database/sql"
	"net/url"
	"slices"
	"strings"
	"testing"

	"parkmap/internal/cql2"
	"parkmap/internal/layout"
	"parkmap/internal/pgtest"
	"parkmap/internal/source"
)

func filtered(t testing.TB, tables *Tables, collection layout.CollectionID, text string) ([]layout.ID, error) {
	t.Helper()
	e, err := cql2.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	page, err := tables.Items(t.Context(), source.Query{Collection: collection, Limit: 10, Filter: e})
	ids := []layout.ID{}
	for _, f := range page.Features {
		ids = append(ids, f.ID)
	}
	return ids, err
}

func TestFilterOfColumns(t *testing.T) {
	d := newDatabase(t,
		`CREATE TYPE mood AS ENUM ('sad', 'ok')`, `CREATE DOMAIN short AS varchar(5)`,
		`CREATE TABLE thing (id bigint PRIMARY KEY, whole int2, number numeric, yes bool, day date, moment timestamptz, local timestamp,
			code uuid, mood mood, short short, tags text[], sizes int[], doc jsonb, fixed char(3), "名 称" text, geom geometry(Point, 4326))`,
		`INSERT INTO thing VALUES
			(1, 1, 1.50, true, '2020-01-02', '2020-01-02 03:04:05.25+08', '2020-01-02 03:04:05', '00000000-0000-0000-0000-00000000000a', 'sad', 'a,b', '{x,y}', '{1,2}', '{"a": 1}', 'q', '成都', ST_Point(104, 30, 4326)),
			(2, 2, 'NaN', false, '-infinity', 'infinity', NULL, NULL, 'ok', 'c"', '{}', NULL, '[1]', NULL, 'Été', NULL),
			(3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, ST_GeomFromText('POINT EMPTY', 4326))`)
	tables := d.open([]string{"thing"})
	for _, test := range []struct {
		name, filter string
		want         []layout.ID // nil: invalid
	}{
		{"whole number", "id = 1", []layout.ID{"1"}},
		{"whole number beside a fraction", "whole < 1.5", []layout.ID{"1"}},
		{"number beyond the type", "whole < 40000", []layout.ID{"1", "2"}},
		{"decimal", "number = 1.5", []layout.ID{"1"}},
		{"calculated", "id * 2 + whole = 6", []layout.ID{"2"}},
		{"division by zero", "id / (id - id) > 0", []layout.ID{}},
		{"truth", "yes", []layout.ID{"1"}},
		{"date", "day > DATE('2020-01-01')", []layout.ID{"1"}},
		{"infinite date", "day < DATE('2020-01-01')", []layout.ID{"2"}},
		{"moment in a day", "T_INTERSECTS(moment, DATE('2020-01-01'))", []layout.ID{"1"}},
		{"time without zone", "local = TIMESTAMP('2020-01-02T03:04:05Z')", []layout.ID{"1"}},
		{"uuid", "code = '00000000-0000-0000-0000-00000000000a'", []layout.ID{"1"}},
		{"no uuid", "code = 'a'", []layout.ID{}},
		{"enumeration", "mood IN ('ok', 'glad')", []layout.ID{"2"}},
		{"domain", "short LIKE '%\"'", []layout.ID{"2"}},
		{"padded text", "fixed = 'q'", []layout.ID{"1"}},
		{"list", "A_CONTAINS(tags, ('y'))", []layout.ID{"1"}},
		{"list of numbers", "A_OVERLAPS(sizes, (2, 9))", []layout.ID{"1"}},
		{"Chinese and blanks", `"名 称" = '成都'`, []layout.ID{"1"}},
		{"accents and case", `ACCENTI(CASEI("名 称")) = ACCENTI(CASEI('ETE'))`, []layout.ID{"2"}},
		{"geometry", "S_INTERSECTS(geometry, BBOX(103,29,105,31))", []layout.ID{"1"}},
		{"no geometry", "geometry IS NULL", []layout.ID{"2"}},
		{"elsewhere", "S_DISJOINT(geometry, BBOX(0,0,1,1))", []layout.ID{"1", "3"}},
		{"injection", `short = ''' OR true --'`, []layout.ID{}},
		{"the name of the column", "geom IS NULL", nil},
		{"document", "doc IS NULL", nil},
		{"wrong type", "whole = 'a'", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			ids, err := filtered(t, tables, "thing", test.filter)
			if test.want == nil {
				if layout.KindOf(err) != layout.KindInvalid {
					t.Errorf("%v %v", ids, err)
				}
				return
			}
			if err != nil || !slices.Equal(ids, test.want) {
				t.Errorf("%v %v, want %v", ids, err, test.want)
			}
		})
	}
}

// TestFilterOfSystems: a filter in longitude and latitude finds the rows whatever the reference system of the table,
// also where it is larger than that system.
func TestFilterOfSystems(t *testing.T) {
	statements := []string{}
	systems := map[string]string{"degrees": "4326", "mercator": "3857", "kruger": "4544", "utm": "32648"}
	for name, srid := range systems {
		statements = append(statements,
			`CREATE TABLE `+name+` (id int PRIMARY KEY, geom geometry(Polygon, `+srid+`))`,
			`INSERT INTO `+name+` SELECT i, ST_Transform(ST_MakeEnvelope(104 + i * 0.1, 30, 104.05 + i * 0.1, 30.05, 4326), `+srid+`) FROM generate_series(1, 5) AS i`)
	}
	d := newDatabase(t, statements...)
	tables := d.open([]string{"degrees", "mercator", "kruger", "utm"})
	for name := range systems {
		for filter, want := range map[string][]layout.ID{
			"S_INTERSECTS(geometry, BBOX(104.12,30.01,104.22,30.02))":                             {"1", "2"},
			"S_WITHIN(geometry, BBOX(104.25,29.9,104.48,30.1))":                                   {"3", "4"},
			"S_CONTAINS(geometry, POINT(104.42 30.02))":                                           {"4"},
			"S_INTERSECTS(geometry, BBOX(-180,-90,180,90)) AND id < 3":                            {"1", "2"},
			"S_WITHIN(geometry, BBOX(170,-90,104.3,90)) OR S_TOUCHES(geometry, BBOX(0,0,1,1))":    {"1", "2"},
			"S_INTERSECTS(geometry, BBOX(104.12,30.01,104.22,30.02)) AND NOT id IN (SELECTED, 2)": nil,
			"S_DISJOINT(geometry, GEOMETRYCOLLECTION(POINT(104.12 30.01), POINT(104.42 30.01)))":  {"2", "3", "5"},
			"S_CROSSES(LINESTRING(104.31 29,104.31 30.02), geometry)":                             {"3"},
		} {
			ids, err := filtered(t, tables, layout.CollectionID(name), filter)
			if want == nil {
				if layout.KindOf(err) != layout.KindInvalid || !strings.Contains(err.Error(), "SELECTED") {
					t.Errorf("%s: %v", filter, err)
				}
			} else if err != nil || !slices.Equal(ids, want) {
				t.Errorf("%s in %s: %v %v, want %v", filter, name, ids, err, want)
			}
		}
	}
}

// TestFilterPagesOfRows: pages and counts keep to the filter, and a token belongs to one filter.
func TestFilterPagesOfRows(t *testing.T) {
	d := newDatabase(t, `CREATE TABLE many (id int PRIMARY KEY, geom geometry(Point, 4326))`,
		`INSERT INTO many SELECT i, ST_Point(i, 0, 4326) FROM generate_series(1, 20) AS i`)
	tables := d.open([]string{"many"})
	even, err := cql2.Parse("id % 2 = 0 AND S_INTERSECTS(geometry, BBOX(0,-1,15,1))")
	if err != nil {
		t.Fatal(err)
	}
	q := source.Query{Collection: "many", Limit: 3, Filter: even}
	var ids []layout.ID
	for {
		page, err := tables.Items(t.Context(), q)
		if err != nil || page.NumberMatched != 7 {
			t.Fatalf("%d match: %v", page.NumberMatched, err)
		}
		for _, f := range page.Features {
			ids = append(ids, f.ID)
		}
		if page.Next == "" {
			break
		}
		q.After = page.Next
	}
	if want := []layout.ID{"2", "4", "6", "8", "10", "12", "14"}; !slices.Equal(ids, want) {
		t.Errorf("%v", ids)
	}
	if q.Filter, err = cql2.Parse("id > 0"); err != nil {
		t.Fatal(err)
	}
	if _, err := tables.Items(t.Context(), q); layout.KindOf(err) != layout.KindInvalid {
		t.Errorf("the token of another filter: %v", err)
	}
}

// TestFilterOfPoorDatabases: a database that lacks what a function needs gets a sentence, and answers all else.
func TestFilterOfPoorDatabases(t *testing.T) {
	cluster := pgtest.Start(t, pgtest.Options{})
	as := func(user, dsn string) *database {
		dsn = strings.Replace(dsn, "parkmap@", user+"@", 1)
		db, err := sql.Open("postgres", dsn)
		check(t, err)
		t.Cleanup(func() { check(t, db.Close()) })
		return &database{db, t, dsn}
	}
	const superuser = "postgres"
	dsn := cluster.DSN()
	as(superuser, dsn).exec(`DROP COLLATION pg_catalog."und-x-icu"`, `CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0`)
	u, err := url.Parse(dsn)
	check(t, err)
	u.Path = "/latin"
	latin := as(superuser, u.String())
	latin.exec(`CREATE EXTENSION postgis`)
	for _, test := range []struct {
		name     string
		database *database
		filter   string
		says     string // "" answers
	}{
		{"CASEI without ICU", as("parkmap", dsn), "CASEI(name) = CASEI('A')", "without ICU"},
		{"ACCENTI without ICU", as("parkmap", dsn), "ACCENTI(name) = ACCENTI('b')", ""},
		{"ACCENTI in LATIN1", latin, "ACCENTI(name) = ACCENTI('b')", "not in UTF-8"},
		{"CASEI in LATIN1", latin, "CASEI(name) = CASEI('B')", "not in UTF-8"},
		{"Chinese in LATIN1", latin, "name = '成都'", "not in UTF-8"},
		{"comparison in LATIN1", latin, "name = 'b'", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.database.exec(`DROP TABLE IF EXISTS a`, `CREATE TABLE a (id int PRIMARY KEY, name text, geom geometry(Point, 4326))`, `INSERT INTO a VALUES (1, 'b')`)
			ids, err := filtered(t, test.database.open([]string{"a"}), "a", test.filter)
			if test.says == "" && (err != nil || len(ids) != 1) || test.says != "" && (layout.KindOf(err) != layout.KindInvalid || !strings.Contains(err.Error(), test.says)) {
				t.Errorf("%v %v", ids, err)
			}
		})
	}
}
