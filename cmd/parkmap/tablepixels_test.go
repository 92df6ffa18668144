package main

import (
	"database/sql"
	"fmt"
	"image"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"

	"parkmap/internal/draw"
	"parkmap/internal/pgtest"
	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tile/mvt/mvttest"
)

// cadastre is where a made-up one lies.
var cadastre = orb.Bound{Min: orb.Point{103.93, 30.50}, Max: orb.Point{104.26, 30.78}}

// loadCadastre makes a table of parcels: blocks without gaps, streets between them, and land on which only some are.
func loadCadastre(t *testing.T, dsn, table string, srid, side int) {
	t.Helper()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	exec := func(statement string) {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	exec("CREATE TABLE source (id bigint, geom geometry(Polygon, 4326))")
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	in, err := tx.Prepare("COPY source (id, geom) FROM STDIN")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for i, p := range mvttest.Parcels(cadastre, side, side, 1) {
		x, y := i%side, i/side
		if x%20 == 0 || y%25 == 0 || x > side/2 && (x*7919+y*104729)%11 > 1 {
			continue
		}
		shape, err := ewkb.MarshalToHex(p, 4326)
		if err == nil {
			_, err = in.Exec(i+1, shape)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := in.Exec(); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	exec(fmt.Sprintf("CREATE TABLE %s AS SELECT id, ST_Transform(geom, %d)::geometry(Polygon, %[2]d) AS geom FROM source", table, srid))
	exec(fmt.Sprintf("ALTER TABLE %s ADD PRIMARY KEY (id)", table))
	exec(fmt.Sprintf("CREATE INDEX ON %s USING gist (geom)", table))
	exec("DROP TABLE source")
	exec("ANALYZE " + table)
}

// inked returns how much of each pixel of a tile its polygons cover, in parts of draw.Full, where the tile is drawn size
// pixels wide.
func inked(t *testing.T, data []byte, size int) map[image.Point]uint32 {
	t.Helper()
	pixels := map[image.Point]uint32{}
	if len(data) == 0 {
		return pixels
	}
	var r draw.Raster
	scale := float64(size) / mvt.Extent
	for _, f := range mvttest.Check(t, data).Layers[0].Features {
		r.Reset(image.Rect(0, 0, size, size))
		polygons, _ := f.Geometry.(orb.MultiPolygon)
		if p, ok := f.Geometry.(orb.Polygon); ok {
			polygons = orb.MultiPolygon{p}
		}
		for _, p := range polygons {
			for _, ring := range p {
				for i, q := range ring {
					at := draw.Pt{X: q[0] * scale, Y: q[1] * scale}
					if i == 0 {
						r.MoveTo(at)
					} else {
						r.LineTo(at)
					}
				}
			}
		}
		r.Spans(draw.NonZero, func(y, x0, x1 int, coverage uint32) {
			for x := x0; x < x1 && coverage > 0; x++ {
				pixels[image.Pt(x, y)] += coverage
			}
		})
	}
	return pixels
}

// TestTableBudgetKeepsPixels: at least 99 in 100 pixels that the full tile of a table draws, by half or more, are drawn by
// the one that keeps to its budget, whatever was left out, and few others.
func TestTableBudgetKeepsPixels(t *testing.T) {
	const side, size = 280, 256
	for _, c := range []struct{ srid, kb int }{{4326, 500}, {3857, 60}} {
		t.Run(fmt.Sprintf("EPSG %d, %d KB", c.srid, c.kb), func(t *testing.T) {
			dsn := pgtest.DSN(t)
			loadCadastre(t, dsn, "parcels", c.srid, side)
			serve := func(kb int) *testServer {
				cfg := testConfig(t)
				cfg.Tables, cfg.Publish, cfg.TablesTileKB = dsn, []string{"public.parcels"}, kb
				return startServer(t, cfg)
			}
			whole, tight := serve(0), serve(c.kb)
			grid, _ := tile.LookupGrid(tile.WebMercatorQuad)
			for z := 7; z <= 12; z++ {
				id := grid.At(cadastre.Center(), z)
				path := fmt.Sprintf("/tiles/parcels/%d/%d/%d.mvt", z, id.X, id.Y)
				all, some := mustTile(t, whole, path), mustTile(t, tight, path)
				want, got := inked(t, all.body, size), inked(t, some.body, size)
				drawn, lost := beyond(want, got)
				_, more := beyond(got, want)
				t.Logf("zoom %d: %d bytes instead of %d; of %d pixels %d are lost, %d too many", z, len(some.body), len(all.body), drawn, lost, more)
				if lost*100 > drawn || drawn == 0 {
					t.Errorf("zoom %d: %d of %d pixels are lost", z, lost, drawn)
				}
				if more*10 > len(want) { // at the rim
					t.Errorf("zoom %d: %d pixels are drawn beside %d", z, more, drawn)
				}
			}
		})
	}
}

// beyond counts the pixels of which a covers half or more, and of them those of which b covers nothing.
func beyond(a, b map[image.Point]uint32) (n, alone int) {
	for p, covered := range a {
		if covered >= draw.Full/2 {
			n++
			if b[p] == 0 {
				alone++
			}
		}
	}
	return n, alone
}
