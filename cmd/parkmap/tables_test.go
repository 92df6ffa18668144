package main

import (
	"database/sql"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"parkmap/internal/pgtest"
)

// tablesOf makes a database with tables of all sorts and returns its address.
func tablesOf(t *testing.T) (dsn string, exec func(statements ...string)) {
	t.Helper()
	dsn = pgtest.DSN(t)
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	exec = func(statements ...string) {
		t.Helper()
		for _, s := range statements {
			if _, err := db.Exec(s); err != nil {
				t.Fatalf("%s: %v", s, err)
			}
		}
	}
	exec(`CREATE TABLE plots (id int PRIMARY KEY, name text, geom geometry(Polygon, 4326))`, `CREATE INDEX ON plots USING gist (geom)`,
		`INSERT INTO plots VALUES (1, '一号', ST_MakeEnvelope(104, 30, 104.1, 30.1, 4326))`, `ANALYZE plots`,
		`CREATE TABLE plain (name text, geom geometry(Point, 32648))`,
		`CREATE TABLE "a,b" ("say ""hi""" text PRIMARY KEY, geom geometry(Point, 4326))`, `CREATE TABLE "c""d" (id int PRIMARY KEY, geom geometry(Point, 4326))`,
		`CREATE TABLE zero (id int PRIMARY KEY, geom geometry)`, `INSERT INTO zero VALUES (1, 'POINT(1 1)')`,
		`CREATE TABLE parks (id int PRIMARY KEY, geom geometry(Point, 4326))`, `CREATE TABLE other (id int PRIMARY KEY, geom geometry(Point, 4326))`)
	return dsn, exec
}

// TestDoctorOnTables: the program has a reason for each table that is not published, and advice for each other one.
// Names with commas and quotes stand in double quotes.
func TestDoctorOnTables(t *testing.T) {
	dsn, _ := tablesOf(t)
	cfg := testConfig(t)
	startServer(t, cfg)
	out, err := program("doctor", "--store", cfg.Store, "--tables", dsn, "--publish", `plots,plain,"a,b"`, "--publish", `public."c""d", zero, parks`).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{
		"public.plots is published as plots\n           - nobody records its changes", "parkmap tables watch 'public.plots'",
		"public.plain is published as plain\n           - without a spatial index", `CREATE INDEX ON "public"."plain" USING gist ("geom");`,
		"without a primary key its rows have no ids", "GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "PostGIS converts each row from EPSG:32648", "ANALYZE \"public\".\"plain\";",
		"public.a,b is published as a,b", `parkmap tables watch 'public."a,b"'`, `public.c"d is published as c"d`,
		"public.zero is not published: its reference system is not known (SRID 0)", "public.parks is not published: the layout has a collection parks",
		"public.other is not published: no --publish names it",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("doctor does not say %q:\n%s", want, out)
		}
	}
}

// TestTablesWhileServed: the program serves tables of the database of its store, new and altered ones without a
// restart, and a watched table is fresh at once.
func TestTablesWhileServed(t *testing.T) {
	dsn, exec := tablesOf(t)
	cmd := program("serve", "--store", dsn, "--publish", `public.*`, "--listen", "127.0.0.1:0")
	var stdout, stderr syncBuffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address := ""
	eventually(t, "the program says where it listens", func() bool {
		_, rest, found := strings.Cut(stdout.String(), "http://")
		address, _, _ = strings.Cut(rest, " ")
		return found
	})
	says := func(path, want string) bool {
		resp, err := http.Get("http://" + address + path)
		if err != nil {
			return false
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		return err == nil && resp.StatusCode < 300 && strings.Contains(string(body), want)
	}
	if !says("/api/collections/plots/items", "一号") || !says("/api/collections/areas/items?limit=1", "numberMatched") || !says("/tiles/plots/10/807/422.mvt", "一号") {
		t.Errorf("the tables of the store are not served: %s", stderr.String())
	}
	exec(`CREATE TABLE public.fresh (id int PRIMARY KEY, geom geometry(Point, 4326))`, `INSERT INTO public.fresh VALUES (7, ST_Point(104, 30, 4326))`,
		`ALTER TABLE plots ADD COLUMN floors int DEFAULT 3`)
	eventually(t, "the new table", func() bool {
		return says("/api/collections/fresh/items", `"id":"7"`) && says("/api/collections", `"fresh"`)
	})
	eventually(t, "the new column", func() bool {
		return says("/api/collections/plots/items", `"floors":3`) && says("/api/collections/plots/queryables", `"floors"`)
	})
	if out, err := program("tables", "watch", "--store", dsn, "--print", "public.plots").CombinedOutput(); err != nil || !strings.Contains(string(out), "CREATE TRIGGER") {
		t.Errorf("%v: %s", err, out)
	}
	out, err := program("tables", "watch", "--store", dsn, `plots,"a,b"`).CombinedOutput()
	if err != nil || string(out) != "changes are recorded: public.a,b\nchanges are recorded: public.plots\n" {
		t.Errorf("%v: %s", err, out)
	}
	eventually(t, "a tile after the trigger is known", func() bool {
		exec(`UPDATE plots SET name = 'changed'`)
		return says("/tiles/plots/10/807/422.mvt", "changed")
	})
	exec(`UPDATE plots SET name = 'again'`)
	eventually(t, "the next tile", func() bool { return says("/tiles/plots/10/807/422.mvt", "again") })
	exec(`DROP TABLE public.fresh`)
	eventually(t, "the end of the dropped table", func() bool { return !says("/api/collections/fresh", "") })
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v: %s", err, stderr.String())
	}
}
