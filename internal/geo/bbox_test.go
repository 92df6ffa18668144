package geo_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/lib/pq"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/geo"
	"parkmap/internal/pgtest"
)

func TestBBoxIntersects(t *testing.T) {
	const ring = "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1))"
	const fiji = "MULTIPOLYGON(((177 -18,180 -18,180 -16,177 -16,177 -18)),((-180 -18,-179 -18,-179 -16,-180 -16,-180 -18)))"
	tests := []struct {
		name string
		box  geo.BBox
		wkt  string
		want bool
	}{
		{"point inside", geo.BBox{West: 0, South: 0, East: 2, North: 2}, "POINT(1 1)", true},
		{"point on the edge", geo.BBox{West: 0, South: 0, East: 2, North: 2}, "POINT(2 1)", true},
		{"point outside", geo.BBox{West: 0, South: 0, East: 2, North: 2}, "POINT(3 1)", false},
		{"one of the points", geo.BBox{West: 0, South: 0, East: 2, North: 2}, "MULTIPOINT((3 1),(1 1))", true},
		{"line through", geo.BBox{West: 0, South: 0, East: 2, North: 2}, "LINESTRING(-1 1,3 1.5)", true},
		{"line past a corner", geo.BBox{West: 0, South: 0, East: 2, North: 2}, "LINESTRING(1 4,4 1)", false},
		{"line over a corner", geo.BBox{West: 0, South: 0, East: 2, North: 2}, "LINESTRING(1 3,3 1)", true},
		{"one of the lines", geo.BBox{West: 0, South: 0, East: 2, North: 2}, "MULTILINESTRING((8 8,9 9),(1 3,3 1))", true},
		{"box in a hole", geo.BBox{West: 3, South: 3, East: 4, North: 4}, ring, false},
		{"box in the solid part", geo.BBox{West: .2, South: .2, East: .4, North: .4}, ring, true},
		{"box around it", geo.BBox{West: -1, South: -1, East: 10, North: 10}, ring, true},
		{"box touches from outside", geo.BBox{West: 9, South: 9, East: 10, North: 10}, ring, true},
		{"box without area, inside", geo.BBox{West: .5, South: .5, East: .5, North: .5}, ring, true},
		{"bounds overlap, shapes do not", geo.BBox{West: 0, South: 6, East: 3, North: 9}, "POLYGON((0 0,9 0,9 9,0 0))", false},
		{"across 180°, east of it", geo.BBox{West: 170, South: -20, East: -179.5, North: -10}, fiji, true},
		{"across 180°, beside it", geo.BBox{West: 179, South: -10, East: -179, North: 10}, fiji, false},
		{"across 180°, point in the middle of the world", geo.BBox{West: 170, South: -20, East: -170, North: 20}, "POINT(0 0)", false},
		{"across 180°, point west", geo.BBox{West: 170, South: -20, East: -170, North: 20}, "POINT(175 0)", true},
		{"across 180°, point on the line", geo.BBox{West: 170, South: -20, East: -170, North: 20}, "POINT(-180 0)", true},
		{"collection", geo.BBox{West: 0, South: 0, East: 2, North: 2}, "GEOMETRYCOLLECTION(POINT(5 5),POINT(1 1))", true},
		{"empty", geo.BBox{West: -180, South: -90, East: 180, North: 90}, "POLYGON EMPTY", false},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got := c.box.Intersects(parse(t, c.wkt)); got != c.want {
				t.Errorf("Intersects = %v, want %v", got, c.want)
			}
		})
	}
	world := geo.BBox{West: -180, South: -90, East: 180, North: 90}
	if world.Intersects(nil) || world.Intersects(orb.Collection{nil}) {
		t.Error("something intersects nil")
	}
	if !world.Intersects(orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 0}}) || !world.Intersects(orb.Bound{Max: orb.Point{1, 1}}) {
		t.Error("a ring or a bound does not intersect the world")
	}
}

func TestBBoxAgreesWithPostGISAtRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	var texts, boxes []string
	var ours []bool
	for len(texts) < 4000 {
		var g orb.Geometry = slices.Clone(randomPolygons(random).(orb.MultiPolygon)[:1])
		if len(texts)%4 == 0 {
			g = orb.LineString(randomRing(random, 0, 0, 9))
		}
		if len(geo.Validate(g)) > 0 {
			continue
		}
		w, s := float64(random.IntN(24))/2, float64(random.IntN(20))/2
		box := geo.BBox{West: w, South: s, East: w + float64(random.IntN(5))/2, North: s + float64(random.IntN(5))/2}
		texts = append(texts, wkt.MarshalString(g))
		bound := box.Bounds()[0]
		boxes = append(boxes, wkt.MarshalString(orb.LineString{bound.Min, bound.Max}))
		ours = append(ours, box.Intersects(g))
	}
	rows, err := pgtest.Open(t).Query(`SELECT ST_Intersects(ST_GeomFromText(g), ST_Envelope(ST_GeomFromText(b)))
		FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS u(g, b, n) ORDER BY n`, pq.Array(texts), pq.Array(boxes))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n, hits := 0, 0
	for ; rows.Next(); n++ {
		var want bool
		if err := rows.Scan(&want); err != nil {
			t.Fatal(err)
		}
		if want {
			hits++
		}
		if ours[n] != want {
			t.Errorf("%s and %s: ST_Intersects says %v", texts[n], boxes[n], want)
		}
	}
	if err := rows.Err(); err != nil || n != len(ours) || hits < 300 || hits > 3700 {
		t.Fatalf("%d of %d answers, %d intersect, %v", n, len(ours), hits, err)
	}
}

func TestBBoxBounds(t *testing.T) {
	tests := []struct {
		name string
		box  geo.BBox
		want []orb.Bound
	}{
		{"plain", geo.BBox{West: 1, South: 2, East: 3, North: 4}, []orb.Bound{{Min: orb.Point{1, 2}, Max: orb.Point{3, 4}}}},
		{"a line", geo.BBox{West: 1, South: 2, East: 1, North: 4}, []orb.Bound{{Min: orb.Point{1, 2}, Max: orb.Point{1, 4}}}},
		{"across 180°", geo.BBox{West: 170, South: 2, East: -160, North: 4},
			[]orb.Bound{{Min: orb.Point{170, 2}, Max: orb.Point{180, 4}}, {Min: orb.Point{-180, 2}, Max: orb.Point{-160, 4}}}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got := c.box.Bounds(); !slices.Equal(got, c.want) {
				t.Errorf("Bounds = %v, want %v", got, c.want)
			}
		})
	}
}
