package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"parkmap/internal/pgtest"
)

func TestParcelsShareTheirBorders(t *testing.T) {
	c := cadastre{side: 20}
	edges := map[[2]orb.Point]int{}
	least, most := 99, 0
	for i := range c.count() {
		ring := c.parcel(i).geometry[0]
		least, most = min(least, len(ring)), max(most, len(ring))
		for k := range len(ring) - 1 {
			edges[[2]orb.Point{ring[k], ring[k+1]}]++
		}
	}
	if least < 5 || most > 40 || most < 30 {
		t.Errorf("rings have %d to %d points", least, most)
	}
	inner, rim := 0, 0
	for edge, n := range edges {
		if n != 1 {
			t.Fatalf("%v is an edge of %d parcels in the same direction", edge, n)
		}
		if edges[[2]orb.Point{edge[1], edge[0]}] == 1 {
			inner++
		} else {
			rim++
		}
	}
	if rim > inner/3 || inner == 0 {
		t.Errorf("%d edges are shared, %d are not", inner, rim)
	}
}

// TestParcelsInPostGIS loads a small cadastre: all of it is valid, covers its land without gaps, and is the same again.
func TestParcelsInPostGIS(t *testing.T) {
	db := pgtest.Open(t)
	for _, table := range []string{"one", "two"} {
		if err := makeParcels(t.Context(), db, table, cadastre{side: 30}); err != nil {
			t.Fatal(err)
		}
	}
	if err := projectParcels(t.Context(), db, "one", "projected"); err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for what, query := range map[string]string{
		"rows":         "SELECT count(*) FROM one",
		"invalid":      "SELECT count(*) FROM one WHERE NOT ST_IsValid(geom)",
		"different":    "SELECT count(*) FROM one JOIN two USING (id) WHERE one::text <> two::text",
		"of a block":   "SELECT count(*) FROM one WHERE block = 'B001-002'",
		"wrong way":    "SELECT count(*) FROM one WHERE NOT ST_IsPolygonCCW(geom)",
		"holes":        "SELECT ST_NumInteriorRings(ST_Union(geom)) FROM one",
		"in EPSG:3857": "SELECT count(*) FROM projected WHERE ST_SRID(geom) = 3857",
		"indexes":      "SELECT count(*) FROM pg_indexes WHERE tablename = 'projected'",
	} {
		var n int
		if err := db.QueryRow(query).Scan(&n); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		got[what] = n
	}
	want := map[string]int{"rows": 900, "invalid": 0, "different": 0, "of a block": 100, "wrong way": 0, "holes": 0, "in EPSG:3857": 900, "indexes": 3}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
