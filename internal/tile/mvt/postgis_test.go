package mvt_test

import (
	"database/sql"
	"fmt"
	"math"
	"testing"

	"github.com/lib/pq"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/pgtest"
	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tile/mvt/mvttest"
)

// asMVT returns what ST_AsMVT makes of geometries, whose ids are their places counted from 1.
func asMVT(t *testing.T, db *sql.DB, id tile.ID, geometries []orb.Geometry) *mvttest.Layer {
	t.Helper()
	var blobs [][]byte
	for _, g := range geometries {
		blobs = append(blobs, wkb.MustMarshal(g))
	}
	var data []byte
	err := db.QueryRow(`
		SELECT ST_AsMVT(q, 'a', 4096, 'geom', 'id') FROM (
			SELECT n AS id, ST_AsMVTGeom(ST_Transform(ST_GeomFromWKB(g, 4326), 3857), ST_TileEnvelope($1, $2, $3), 4096, 64) AS geom
			FROM unnest($4::bytea[]) WITH ORDINALITY AS u(g, n)) q
		WHERE geom IS NOT NULL`, id.Z, id.X, id.Y, pq.ByteaArray(blobs)).Scan(&data)
	if err != nil {
		t.Fatal(err)
	}
	l := mvttest.Check(t, data).Layer("a")
	if l == nil {
		return &mvttest.Layer{}
	}
	return l
}

// ours returns what the builder makes of the same.
func ours(t *testing.T, id tile.ID, geometries []orb.Geometry) *mvttest.Layer {
	t.Helper()
	b := mvt.NewBuilder(grid(t, tile.WebMercatorQuad), id)
	b.Layer("a")
	for i, g := range geometries {
		b.Add(uint64(i+1), g, nil)
	}
	data, _ := b.Finish(0, nil)
	if l := mvttest.Check(t, data).Layer("a"); l != nil {
		return l
	}
	return &mvttest.Layer{}
}

// TestAgainstPostGIS draws parcels as ST_AsMVT does: each parcel that PostGIS draws is drawn with the same area, give
// or take what rounding its few vertices differently can do; what PostGIS leaves out is a unit here. All polygons are
// valid in the eyes of PostGIS.
func TestAgainstPostGIS(t *testing.T) {
	db := pgtest.Open(t)
	var all []orb.Geometry
	for _, p := range parcels {
		all = append(all, p)
	}
	g := grid(t, tile.WebMercatorQuad)
	for _, z := range []int{7, 9, 10, 11, 12, 13, 14, 16} {
		t.Run(fmt.Sprintf("zoom %d", z), func(t *testing.T) {
			id := g.At(chengdu, z)
			theirs, own := asMVT(t, db, id, all), ours(t, id, all)
			byID := map[uint64]orb.Geometry{}
			for _, f := range theirs.Features {
				byID[f.ID] = f.Geometry
			}
			theirArea, ownArea := 0., 0.
			for _, f := range own.Features {
				want, drawn := byID[f.ID]
				delete(byID, f.ID)
				area := mvttest.Area(f.Geometry)
				if !drawn {
					if area > 2 {
						t.Errorf("feature %d, of %v units, is not drawn by PostGIS", f.ID, area)
					}
					continue
				}
				theirArea += mvttest.Area(want)
				ownArea += area
				d := math.Abs(area - mvttest.Area(want))
				if clipped(f.Geometry) {
					d -= 25 // PostGIS rounds before it clips
				}
				if d > 2 && d > 0.02*area {
					t.Errorf("feature %d has %v units, in PostGIS %v", f.ID, area, mvttest.Area(want))
				}
			}
			for id := range byID {
				t.Errorf("feature %d is not drawn here", id)
			}
			if math.Abs(ownArea-theirArea) > 2e-4*theirArea {
				t.Errorf("in all %v units, in PostGIS %v", ownArea, theirArea)
			}
			validInPostGIS(t, db, own)
		})
	}
}

// clipped tells whether g comes to the margin.
func clipped(g orb.Geometry) bool {
	b := g.Bound()
	return b.Min[0] == -64 || b.Min[1] == -64 || b.Max[0] == 4160 || b.Max[1] == 4160
}

// TestAwkwardAgainstPostGIS compares areas of what is broken from the start: the same, except where PostGIS does not
// take it for what an odd number of rings covers.
func TestAwkwardAgainstPostGIS(t *testing.T) {
	differ := map[string]string{
		"sliver across the tile": "PostGIS takes it for flat before it rounds",
	}
	db := pgtest.Open(t)
	for _, test := range awkward {
		t.Run(test.name, func(t *testing.T) {
			geometries := []orb.Geometry{units(t, test.wkt)}
			members := geometries // ST_AsMVTGeom keeps one type of a collection only, so PostGIS gets them one by one
			if c, ok := geometries[0].(orb.Collection); ok {
				members = c
			}
			theirs, own := asMVT(t, db, base, members), ours(t, base, geometries)
			validInPostGIS(t, db, own)
			area := func(l *mvttest.Layer) (sum float64) {
				for _, f := range l.Features {
					sum += mvttest.Area(f.Geometry)
				}
				return sum
			}
			if a, b := area(own), area(theirs); math.Abs(a-b) > 2 && differ[test.name] == "" {
				t.Errorf("%v units, in PostGIS %v", a, b)
			}
		})
	}
}

// validInPostGIS asks ST_IsValid about all polygons of a layer.
func validInPostGIS(t *testing.T, db *sql.DB, l *mvttest.Layer) {
	t.Helper()
	var texts []string
	for _, f := range l.Features {
		texts = append(texts, wkt.MarshalString(f.Geometry))
	}
	rows, err := db.Query(`SELECT g, ST_IsValidReason(ST_GeomFromText(g)) FROM unnest($1::text[]) g
		WHERE NOT ST_IsValid(ST_GeomFromText(g))`, pq.Array(texts))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var g, reason string
		if err := rows.Scan(&g, &reason); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s: %s", reason, g)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
