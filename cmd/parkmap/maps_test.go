package main

import (
	"bytes"
	"database/sql"
	"image/png"
	"net/http"
	"testing"
	"time"

	"parkmap/internal/pgtest"
)

// TestTableMaps: a table is drawn where its rows are, whatever system and dimension they are kept in, and what is too
// much says so.
func TestTableMaps(t *testing.T) {
	dsn := pgtest.Start(t, pgtest.Options{}).DSN()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		plots, "ALTER TABLE plots ADD PRIMARY KEY (id)",
		"CREATE TABLE metres AS SELECT id, ST_Transform(geom, 4544)::geometry(Polygon, 4544) AS geom FROM plots",
		"CREATE TABLE heights AS SELECT id, ST_Force3D(geom)::geometry(PolygonZ, 4326) AS geom FROM plots",
		"CREATE TABLE points AS SELECT id, ST_Force4D(ST_Centroid(geom))::geometry(PointZM, 4326) AS geom FROM plots",
		"CREATE TABLE lines AS SELECT id, ST_ExteriorRing(geom)::geometry(LineString, 4326) AS geom FROM plots",
		"CREATE TABLE mixed AS SELECT id, CASE WHEN id % 2 = 0 THEN ST_Collect(geom, ST_Centroid(geom)) ELSE geom END::geometry(Geometry, 4326) AS geom FROM plots",
		"CREATE TABLE none (id int PRIMARY KEY, geom geometry(Point, 4326))",
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	cfg := testConfig(t)
	cfg.Tables, cfg.Publish = dsn, []string{"public.*"}
	cfg.TablesTimeout, cfg.TablesTTL, cfg.TablesConns = 5*time.Second, time.Second, 2
	s := startServer(t, cfg)
	// The box has the lower left plot from 0 to 90 of 100 pixels.
	const box = "/map?f=png&bbox=104,30,104.01,30.01&width=100&height=100"
	for _, test := range []struct {
		table  string
		inside bool // the middle of the plot is drawn, not only its edge
	}{{"plots", true}, {"metres", true}, {"heights", true}, {"points", true}, {"lines", false}, {"mixed", true}} {
		a := mustTile(t, s, "/api/collections/"+test.table+box)
		img, err := png.Decode(bytes.NewReader(a.body))
		if err != nil {
			t.Errorf("%s: %d %.300s", test.table, a.status, a.body)
			continue
		}
		opaque := func(x, y int) bool { _, _, _, alpha := img.At(x, y).RGBA(); return alpha > 0 }
		if opaque(45, 55) != test.inside || opaque(96, 4) {
			t.Errorf("%s: drawn in its middle %t, beside it %t", test.table, opaque(45, 55), opaque(96, 4))
		}
		if test.table != "points" && !opaque(90, 50) {
			t.Errorf("%s: no edge", test.table)
		}
	}
	if a := mustTile(t, s, "/api/collections/none"+box); a.status != http.StatusOK {
		t.Errorf("a table without rows: %d %s", a.status, a.body)
	}
	if a := mustTile(t, s, "/api/collections/none/map"); a.status != http.StatusBadRequest {
		t.Errorf("a table without rows and a box: %d %s", a.status, a.body)
	}
	if a := mustTile(t, s, "/api/collections/plots/map?f=svg&crs=EPSG:4544"); a.status != http.StatusOK || bytes.Count(a.body, []byte("<path")) < 400 {
		t.Errorf("all of them: %d, %d paths", a.status, bytes.Count(a.body, []byte("<path")))
	}
}
