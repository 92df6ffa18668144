package geo_test

import (
	"math"
	"testing"

	"github.com/lib/pq"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/geo"
	"parkmap/internal/pgtest"
)

// measured is what PostGIS geography is asked for as well.
func measured() map[string]orb.Geometry {
	hole := func(p orb.Polygon, ring orb.Ring) orb.Polygon {
		ring.Reverse()
		return append(p, ring)
	}
	at := orb.Point{104.0657, 30.6595}
	return map[string]orb.Geometry{
		"a plot of 30 m":         orb.Polygon{starRing(at, 0.00015, 12)},
		"a block of 100 m":       orb.Polygon{starRing(at, 0.0005, 30)},
		"a park of 1 km":         orb.Polygon{starRing(at, 0.005, 200)},
		"a park of 5 km":         orb.Polygon{starRing(at, 0.025, 800)},
		"a park of four corners": orb.Polygon{{{104, 30.6}, {104.06, 30.6}, {104.06, 30.66}, {104, 30.66}, {104, 30.6}}},
		"a city of 150 km":       orb.Polygon{starRing(at, 0.7, 3000)},
		"a country":              orb.Polygon{starRing(at, 15, 500)},
		"a park with a hole":     hole(orb.Polygon{starRing(at, 0.025, 800)}, starRing(at, 0.01, 90)),
		"an island in a hole": orb.MultiPolygon{
			hole(orb.Polygon{starRing(at, 0.1, 300)}, starRing(at, 0.05, 90)), {starRing(at, 0.01, 40)}},
		"at the equator":          orb.Polygon{starRing(orb.Point{10, 0.01}, 0.05, 100)},
		"in the south":            orb.Polygon{starRing(orb.Point{-70, -54}, 0.05, 100)},
		"in the far north":        orb.Polygon{starRing(orb.Point{20, 88}, 0.5, 100)},
		"at the antimeridian":     orb.Polygon{{{179, 10}, {180, 10}, {180, 11}, {179, 11}, {179, 10}}},
		"a line":                  orb.LineString{{104, 30}, {104.3, 30.2}, {121.5, 31.2}},
		"lines":                   orb.MultiLineString{{{104, 30}, {104.3, 30.2}}, {{0, 0}, {0, 1}}},
		"a line to the antipodes": orb.LineString{{0, 0}, {179.5, 0.3}},
		"a point":                 at,
		"clockwise":               geo.Project(orb.Polygon{starRing(at, 0.01, 50)}, func(p orb.Point) orb.Point { return orb.Point{208 - p[0], p[1]} }),
	}
}

func TestMeasuresAgreeWithPostGIS(t *testing.T) {
	db := pgtest.Open(t)
	for name, g := range measured() {
		t.Run(name, func(t *testing.T) {
			var area, length, perimeter float64
			err := db.QueryRow(`SELECT ST_Area(g), ST_Length(g), ST_Perimeter(g)
				FROM (SELECT ST_GeographyFromText($1) AS g) AS x`, wkt.MarshalString(g)).Scan(&area, &length, &perimeter)
			if err != nil {
				t.Fatal(err)
			}
			nearly(t, "area", geo.AreaM2(g), area, 1e-6)
			nearly(t, "length", geo.LengthM(g), length+perimeter, 1e-7)
		})
	}
}

func nearly(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if math.Abs(got-want) > relative*math.Abs(want) {
		t.Errorf("%s = %v, want %v: off by %.1e", what, got, want, math.Abs(got/want-1))
	}
}

func TestDistanceAgreesWithPostGIS(t *testing.T) {
	points := []orb.Point{{104, 30}, {104, 30}, {104.00001, 30}, {104.1, 30.1}, {121.5, 31.2}, {-70, -54}, {-75.9, -30.1}, {180, 0}, {-180, 0}}
	var from, to []float64
	for _, p := range points {
		from, to = append(from, p[0]), append(to, p[1])
	}
	rows, err := pgtest.Open(t).Query(`SELECT ST_Distance(ST_Point(x, y)::geography, ST_Point(104, 30)::geography)
		FROM unnest($1::float8[], $2::float8[]) WITH ORDINALITY AS u(x, y, n) ORDER BY n`, pq.Array(from), pq.Array(to))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for _, p := range points {
		var want float64
		if !rows.Next() {
			t.Fatal("too few rows")
		}
		if err := rows.Scan(&want); err != nil {
			t.Fatal(err)
		}
		if got := geo.DistanceM(p, orb.Point{104, 30}); math.Abs(got-want) > 1e-6+1e-9*want {
			t.Errorf("from %v: %v, want %v", p, got, want)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func TestMeasuresOfOddGeometries(t *testing.T) {
	square := orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}
	area, length := geo.AreaM2(square), geo.LengthM(square)
	tests := []struct {
		name         string
		g            orb.Geometry
		area, length float64
	}{
		{"nil", nil, 0, 0},
		{"empty polygon", orb.Polygon{}, 0, 0},
		{"empty ring", orb.Polygon{{}}, 0, 0},
		{"two positions", orb.Polygon{{{0, 0}, {0, 0}}}, 0, 0},
		{"points", orb.MultiPoint{{0, 0}, {1, 1}}, 0, 0},
		{"ring", square, area, length},
		{"ring that is not closed", square[:4], area, length - geo.DistanceM(square[3], square[0])},
		{"bound", orb.Bound{Max: orb.Point{1, 1}}, area, length},
		{"collection", orb.Collection{square, orb.LineString{{0, 0}, {1, 0}}, orb.Point{3, 3}}, area, length + geo.DistanceM(orb.Point{}, orb.Point{1, 0})},
		{"hole larger than the outer ring", orb.Polygon{square, {{-1, -1}, {2, -1}, {2, 2}, {-1, 2}, {-1, -1}}}, 0,
			length + geo.LengthM(orb.Ring{{-1, -1}, {2, -1}, {2, 2}, {-1, 2}, {-1, -1}})},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			nearly(t, "area", geo.AreaM2(c.g), c.area, 1e-12)
			nearly(t, "length", geo.LengthM(c.g), c.length, 1e-12)
		})
	}
}

func TestUnitsOfArea(t *testing.T) {
	const m2 = 2_500_000.0
	nearly(t, "km2", geo.Km2(m2), 2.5, 1e-15)
	nearly(t, "hectares", geo.Hectare(m2), 250, 1e-15)
	nearly(t, "mu", geo.Mu(m2), 3750, 1e-15)
}
