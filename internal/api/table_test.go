package api

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// serveTables serves the fixture and a database with two tables, one of which has a name of all that addresses
// have trouble with.
func serveTables(t *testing.T) (s *Server, dsn string) {
	t.Helper()
	dsn = newTable(t,
		`CREATE TABLE spots (id int PRIMARY KEY, name text, size float8, at timestamptz, geom geometry(Point, 4326))`,
		`INSERT INTO spots SELECT i, CASE WHEN i % 4 > 0 THEN '点' || i % 5 END, i / 2.0, '2020-01-01T00:00:00Z'::timestamptz + i * interval '1 day', ST_Point(104 + i * 0.01, 30, 4326) FROM generate_series(1, 25) i`,
		`CREATE SCHEMA "a.b"`, `CREATE TABLE "a.b"."园 ""100%"" /x" ("编 号" text PRIMARY KEY, "q" text, geom geometry(Polygon, 4544))`,
		`INSERT INTO "a.b"."园 ""100%"" /x" VALUES ('一/二?', 'x', ST_Transform(ST_MakeEnvelope(104, 30, 104.1, 30.1, 4326), 4544))`,
		`COMMENT ON TABLE spots IS E'Spots of a test\nwith more to say'`)
	tables := openTables(t, dsn, "*", `"a.b".*`)
	return newServer(t, func(o *Options) { o.Tables = tables }), dsn
}

func rowsPage(t *testing.T, s http.Handler, target string) (p struct {
	NumberMatched, NumberReturned int
	Features                      []struct {
		ID         string
		Properties map[string]any
	}
	Links []struct{ Href, Rel string }
}) {
	t.Helper()
	w := get(t, s, target)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", target, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// TestTablePagesAtTheSameTime: answers that are written while others are made hold nothing of theirs.
func TestTablePagesAtTheSameTime(t *testing.T) {
	s, _ := serveTables(t)
	const pages = 12
	target := func(i int) string { return fmt.Sprintf("/api/collections/spots/items?id=%d,%d", i+1, i+pages+1) }
	var want [pages]string
	for i := range want {
		want[i] = get(t, s, target(i)).Body.String()
	}
	var asking sync.WaitGroup
	for i := range 4 * pages {
		asking.Go(func() {
			for j := range pages {
				page := (i + j) % pages
				if got := get(t, s, target(page)).Body.String(); got != want[page] {
					t.Errorf("%s: %s, and alone %s", target(page), got, want[page])
				}
			}
		})
	}
	asking.Wait()
}

func TestTableAnswers(t *testing.T) {
	s, dsn := serveTables(t)
	const spots = "/api/collections/spots/items"
	for _, test := range []struct {
		name, query string
		want        int
	}{
		{"all", "", 25},
		{"box", "bbox=104.005,29,104.035,31", 3},
		{"value", "name=" + url.QueryEscape("点1"), 4},
		{"filter", "filter=" + url.QueryEscape("size BETWEEN 2 AND 4 AND name IS NOT NULL"), 3},
		{"spatial filter", "filter=" + url.QueryEscape("S_INTERSECTS(geometry, BBOX(104.005,29,104.035,31))"), 3},
		{"filter by time", "filter=" + url.QueryEscape("at < TIMESTAMP('2020-01-04T00:00:00Z')"), 2},
		{"filter and box", "bbox=104.005,29,104.035,31&filter=" + url.QueryEscape("size > 1"), 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := rowsPage(t, s, spots+"?limit=2&"+test.query)
			if p.NumberMatched != test.want || p.NumberReturned != min(2, test.want) {
				t.Errorf("%d of %d, want %d", p.NumberReturned, p.NumberMatched, test.want)
			}
			seen := p.NumberReturned
			for next := linkTo(p.Links, "next"); next != ""; {
				p = rowsPage(t, s, strings.TrimPrefix(next, "https://map.example"))
				seen += p.NumberReturned
				next = linkTo(p.Links, "next")
			}
			if seen != test.want {
				t.Errorf("%d on all pages", seen)
			}
		})
	}
	w := get(t, s, spots+"?limit=1")
	if w.Header().Get("X-Layout-Version") != "" {
		t.Error("a table has a version of the layout")
	}
	if again := get(t, s, spots+"?limit=1", "If-None-Match", w.Header().Get("Etag")); again.Code != http.StatusNotModified {
		t.Errorf("the same again: %d", again.Code)
	}
	alter(t, dsn, `UPDATE spots SET name = 'new' WHERE id = 1`)
	if again := get(t, s, spots+"?limit=1", "If-None-Match", w.Header().Get("Etag")); again.Code != http.StatusOK {
		t.Errorf("after a change: %d", again.Code)
	}
	for _, test := range []struct {
		name, target string
		status       int
		says         string
	}{
		{"no such row", spots + "/99", 404, ""},
		{"id that is no number", spots + "/x", 404, ""},
		{"another way to write an id", spots + "/007", 308, ""},
		{"no such table", "/api/collections/spot/items", 404, ""},
		{"no text search", spots + "?q=a", 400, `"parameter":"q"`},
		{"value of another type", spots + "?size=big", 400, `"parameter":"size"`},
		{"unknown column", spots + "?geom=1", 400, `"parameter":"geom"`},
		{"column that cannot be sorted by", spots + "?sortby=geom", 400, `"parameter":"sortby"`},
		{"injection by name", spots + "?sortby=" + url.QueryEscape(`id";DROP TABLE spots--`), 400, ""},
		{"injection by value", spots + "?name=" + url.QueryEscape(`'; DROP TABLE spots --`), 200, `"numberMatched":0`},
		{"filter of an unknown property", spots + "?filter=" + url.QueryEscape("nothing = 1"), 400, ""},
		{"link of another query", spots + "?token=neyJxIjoxfQ", 400, `"parameter":"token"`},
		{"page for people", spots + "?f=html&limit=1", 200, ""},
		{"one row for people", spots + "/1?f=html", 200, "new"},
		{"table", spots + "?f=csv&limit=1", 200, "id,lon,lat,name,size,at"},
		{"sequence", spots + "?f=geojsonseq&limit=1&properties=size", 200, `"properties":{"size":0.5}`},
		{"schema", "/api/collections/spots/schema", 200, `"x-ogc-role":"id"`},
		{"queryables", "/api/collections/spots/queryables", 200, `"format":"date-time"`},
		{"title and text of the comment", "/api/collections/spots?lang=en", 200, `"title":"Spots of a test","description":"with more to say"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := get(t, s, test.target)
			if w.Code != test.status || !strings.Contains(w.Body.String(), test.says) {
				t.Errorf("%d %.400s", w.Code, w.Body)
			}
		})
	}
}

func linkTo(links []struct{ Href, Rel string }, rel string) string {
	for _, l := range links {
		if l.Rel == rel {
			return l.Href
		}
	}
	return ""
}

func alter(t *testing.T, dsn, statement string) {
	t.Helper()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// TestAwkwardNames follows the links of a table whose names hold dots, spaces, quotes, slashes and percent signs.
func TestAwkwardNames(t *testing.T) {
	s, _ := serveTables(t)
	var list struct {
		Collections []struct {
			ID    string
			Links []struct{ Href, Rel, Type string }
		}
	}
	if err := json.Unmarshal(get(t, s, "/api/collections").Body.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, c := range list.Collections {
		if !strings.HasPrefix(c.ID, "a%2Eb.") {
			continue
		}
		found = true
		for _, l := range c.Links {
			drawn := strings.HasSuffix(l.Rel, "/tilesets-vector") || strings.HasSuffix(l.Rel, "/map") // of tables that this server does not draw
			if w := get(t, s, strings.TrimPrefix(l.Href, "https://map.example")); w.Code != http.StatusOK && !drawn {
				t.Errorf("%s: %d %.200s", l.Href, w.Code, w.Body)
			}
			if l.Rel != "items" || l.Type != "application/geo+json" {
				continue
			}
			p := rowsPage(t, s, strings.TrimPrefix(l.Href, "https://map.example"))
			if p.NumberMatched != 1 || p.Features[0].ID != "一/二?" || p.Features[0].Properties["q"] != "x" {
				t.Errorf("%+v", p)
			}
			item := strings.TrimPrefix(strings.TrimSuffix(l.Href, "?f=json"), "https://map.example") + "/" + url.PathEscape(p.Features[0].ID)
			if w := get(t, s, item); w.Code != http.StatusOK {
				t.Errorf("%s: %d %s", item, w.Code, w.Body)
			}
		}
	}
	if !found {
		t.Errorf("it is not listed: %+v", list)
	}
	doc, err := openapi3.NewLoader().LoadFromData(get(t, s, "/api/openapi.json").Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestGDALTables lets GDAL read all pages of a table, with a box and a filter.
func TestGDALTables(t *testing.T) {
	dsn := newTable(t, `CREATE TABLE spots (id int PRIMARY KEY, name text, geom geometry(Point, 3857))`,
		`INSERT INTO spots SELECT i, 'n' || i % 5, ST_Transform(ST_Point(104 + i * 0.01, 30, 4326), 3857) FROM generate_series(1, 57) i`)
	tables := openTables(t, dsn, "*")
	server := httptest.NewServer(newServer(t, func(o *Options) { o.Tables, o.BaseURL = tables, "" }))
	defer server.Close()
	for _, test := range []struct {
		args []string
		want int
	}{
		{nil, 57}, {[]string{"-spat", "104.005", "29", "104.035", "31"}, 3}, {[]string{"-where", "name = 'n1'"}, 12},
	} {
		args := append([]string{"-ro", "-al", "-so", "OAPIF:" + server.URL + "/api", "spots", "-oo", "PAGE_SIZE=10"}, test.args...)
		out, err := exec.Command("ogrinfo", args...).CombinedOutput()
		if err != nil || !strings.Contains(string(out), fmt.Sprintf("Feature Count: %d", test.want)) {
			t.Errorf("%v: %v %.800s", test.args, err, out)
		}
	}
}

// TestTablesAsDescribed holds answers of tables against the OpenAPI document: with and without a key, with values of
// every kind and without any, with counts that are estimated and geometries that are too large.
func TestTablesAsDescribed(t *testing.T) {
	const columns = `name text, whole int2, size float8 NOT NULL, exact numeric, yes bool, day date, at timestamptz, code uuid,
		mood mood, tags text[], doc jsonb, geom geometry(Geometry, 4326)`
	dsn := newTable(t, `CREATE TYPE mood AS ENUM ('sad', 'ok')`,
		`CREATE TABLE keyed (id int PRIMARY KEY, `+columns+`)`, `CREATE TABLE bare (`+columns+`)`,
		`INSERT INTO bare VALUES ('一', 1, 1.5, 2.50, true, '2020-01-02', '2020-01-02T03:04:05Z', '00000000-0000-0000-0000-00000000000a', 'ok', '{x,NULL}', '[1]', ST_Point(104, 30, 4326)),
			(NULL, NULL, 'NaN', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
			('c', 2, 1e300, 'NaN', false, '2020-01-02', '2020-01-02T03:04:05Z', NULL, 'sad', '{}', '{"a": null}', 'SRID=4326;GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(0 0,1 1))')`,
		`INSERT INTO keyed SELECT row_number() OVER (), * FROM bare`,
		`CREATE TABLE large (id int PRIMARY KEY, geom geometry(MultiPoint, 4326))`,
		`ALTER TABLE large ALTER geom SET STORAGE EXTERNAL`,
		`INSERT INTO large SELECT 1, ST_Collect(ST_Point(i % 180, i % 90, 4326)) FROM generate_series(1, 800000) i`,
		`CREATE VIEW slow AS SELECT id, ST_Point(id, CASE WHEN pg_sleep(0.02) IS NULL THEN 1 ELSE 0 END, 4326)::geometry(Point, 4326) AS geom FROM generate_series(1, 60) id`)
	c := clientOf(t, newServer(t, func(o *Options) { o.Tables = openTables(t, dsn, "*") }))
	for _, test := range []struct{ target, says string }{
		{"keyed/items", `"id":"3"`}, {"keyed/items/2", `"size":null`}, {"bare/items", `{"type":"Feature","geometry":`},
		{"bare/items?limit=1", `"rel":"next"`}, {"large/items", `"geometryOmitted"`}, {"large/items/1", `"geometryOmitted"`},
		{"slow/items?limit=1&bbox=0,-1,50,1", `"numberMatchedEstimated":true`}, {"bare/schema", `"mood"`}, {"bare/queryables", `"mood"`}, {"bare", `"links"`},
	} {
		if w := c.get("/api/collections/" + test.target); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), test.says) {
			t.Errorf("%s: %d %.800s", test.target, w.Code, w.Body)
		}
	}
	document := c.get("/api/openapi.json").Body.String()
	if strings.Contains(document, "/collections/bare/items/{featureId}") || !strings.Contains(document, "/collections/keyed/items/{featureId}") {
		t.Error("rows without ids are described as asked for one by one, or others are not")
	}
	if w := c.get("/api/collections/bare/items/1"); w.Code != http.StatusNotFound {
		t.Errorf("a row without an id: %d", w.Code)
	}
}
