package geo_test

import (
	"database/sql"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lib/pq"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/geo"
	"parkmap/internal/pgtest"
)

func rulesOf(faults []geo.Fault) []geo.Rule {
	var r []geo.Rule
	for _, f := range faults {
		r = append(r, f.Rule)
	}
	return r
}

func TestValidateTellsTheRule(t *testing.T) {
	for _, c := range corpus {
		t.Run(c.name, func(t *testing.T) {
			if got := geo.Validate(parse(t, c.wkt)); !slices.Equal(rulesOf(got), c.rules) {
				t.Errorf("Validate = %v, want %v", got, c.rules)
			}
		})
	}
	for _, c := range stricter {
		t.Run(c.name, func(t *testing.T) {
			if got := geo.Validate(c.g); !slices.Equal(rulesOf(got), c.rules) {
				t.Errorf("Validate = %v, want %v", got, c.rules)
			}
		})
	}
}

func TestValidateTellsThePlace(t *testing.T) {
	tests := []struct {
		name, wkt string
		at        orb.Point
	}{
		{"where edges cross", "POLYGON((0 0,1 1,1 0,0 1,0 0))", orb.Point{0.5, 0.5}},
		{"where a ring touches itself", "POLYGON((0 0,4 0,4 4,2 0,0 4,0 0))", orb.Point{2, 0}},
		{"where a spike begins to run back", "POLYGON((0 0,2 0,2 1,5 1,2 1,2 2,0 2,0 0))", orb.Point{2, 1}},
		{"a corner of the hole outside", "POLYGON((0 0,4 0,4 4,0 4,0 0),(4 2,6 1,6 3,4 2))", orb.Point{6, 1}},
		{"a corner of the hole in a hole", "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1),(1 1,4 3,3 4,1 1))", orb.Point{4, 3}},
		{"where holes cut off a piece", "POLYGON((0 0,4 0,4 4,0 4,0 0),(2 0,3 2,2 4,1 2,2 0))", orb.Point{2, 4}},
		{"a position off the earth", "LINESTRING(0 0,104 99)", orb.Point{104, 99}},
		{"the end of an open ring", "POLYGON((0 0,1 0,1 1,0 1))", orb.Point{0, 1}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			faults := geo.Validate(parse(t, c.wkt))
			if len(faults) == 0 || faults[0].At != c.at {
				t.Errorf("Validate = %v, want a fault at %v", faults, c.at)
			}
		})
	}
}

func TestValidateAgreesWithPostGIS(t *testing.T) {
	var texts []string
	for _, c := range corpus {
		texts = append(texts, c.wkt)
	}
	for i, valid := range postgisValid(t, pgtest.Open(t), texts) {
		if ours := len(corpus[i].rules) == 0; ours != valid {
			t.Errorf("%s: ST_IsValid says %v", corpus[i].name, valid)
		}
	}
}

// Small whole numbers make rings meet in every way there is.
func TestValidateAgreesWithPostGISAtRandom(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var geometries []orb.Geometry
	var texts []string
	for range 6000 {
		g := randomPolygons(random)
		geometries = append(geometries, g)
		texts = append(texts, wkt.MarshalString(g))
	}
	sound := 0
	for i, valid := range postgisValid(t, pgtest.Open(t), texts) {
		if faults := geo.Validate(geometries[i]); (len(faults) == 0) != valid {
			t.Errorf("%s: ST_IsValid says %v, we say %v", texts[i], valid, faults)
		}
		if valid {
			sound++
		}
	}
	if sound < 300 || sound > 5700 {
		t.Errorf("%d of 6000 are valid: the test does not show much", sound)
	}
}

// randomPolygons returns up to three parts with up to two holes each.
func randomPolygons(random *rand.Rand) orb.Geometry {
	multi := make(orb.MultiPolygon, 1+random.IntN(3))
	for i := range multi {
		x, y := float64(4*random.IntN(3)), float64(4*random.IntN(2))
		multi[i] = orb.Polygon{randomRing(random, x, y, 5)}
		for range random.IntN(3) {
			multi[i] = append(multi[i], randomRing(random, x+1, y+1, 4))
		}
	}
	return multi
}

// randomRing returns three to five corners on a grid of size steps. Sorted around their middle they seldom cross.
func randomRing(random *rand.Rand, x, y float64, size int) orb.Ring {
	var ring orb.Ring
	for range 3 + random.IntN(3) {
		ring = append(ring, orb.Point{x + float64(random.IntN(size)), y + float64(random.IntN(size))})
	}
	if random.IntN(5) > 0 {
		angle := func(p orb.Point) float64 {
			return math.Atan2(p[1]-y-float64(size)/2+0.6, p[0]-x-float64(size)/2+0.6)
		}
		slices.SortFunc(ring, func(a, b orb.Point) int {
			if angle(a) < angle(b) {
				return -1
			}
			return 1
		})
	}
	return append(ring, ring[0])
}

func postgisValid(t *testing.T, db *sql.DB, texts []string) []bool {
	t.Helper()
	rows, err := db.Query(`SELECT ST_IsValid(ST_GeomFromText(w, 4326))
		FROM unnest($1::text[]) WITH ORDINALITY AS u(w, n) ORDER BY n`, pq.Array(texts))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []bool
	for rows.Next() {
		var valid bool
		if err := rows.Scan(&valid); err != nil {
			t.Fatal(err)
		}
		all = append(all, valid)
	}
	if err := rows.Err(); err != nil || len(all) != len(texts) {
		t.Fatalf("%d of %d answers, %v", len(all), len(texts), err)
	}
	return all
}

// Whatever comes in, the answer takes no more than a few seconds even on a busy machine.
func TestValidateInTime(t *testing.T) {
	heap := make(orb.Ring, 0, 99_999)
	for range 49_999 {
		heap = append(heap, orb.Point{1, 1}, orb.Point{2, 2})
	}
	fan := make(orb.MultiPolygon, 0, 24_000)
	for i := range 24_000 {
		a := float64(i) * 2 * math.Pi / 24_000
		fan = append(fan, orb.Polygon{{{0, 0}, {math.Cos(a), math.Sin(a)}, {math.Cos(a + 1e-4), math.Sin(a + 1e-4)}, {0, 0}}})
	}
	row := make(orb.MultiPolygon, 0, 24_000)
	for i := range 24_000 {
		x := float64(i) * 1e-3
		row = append(row, orb.Polygon{{{x, 0}, {x + 5e-4, 0}, {x, 1e-3}, {x, 0}}})
	}
	tests := []struct {
		name  string
		g     orb.Geometry
		first geo.Rule
	}{
		{"a large outline", orb.Polygon{starRing(orb.Point{104, 30}, 1, 99_000)}, ""},
		{"a large outline with 10,000 holes", sieve(), ""},
		{"24,000 parts in a row", row, ""},
		{"two positions to and fro", orb.Polygon{append(heap, heap[0])}, geo.RuleSelfIntersection},
		{"24,000 parts in one point", fan, geo.RuleTooComplex},
		{"too many vertices", make(orb.MultiPoint, geo.MaxVertices+1), geo.RuleVertices},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			faults := geo.Validate(c.g)
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			switch {
			case c.first == "" && len(faults) > 0:
				t.Errorf("Validate = %v, want none", faults[0])
			case c.first != "" && (len(faults) == 0 || faults[0].Rule != c.first):
				t.Errorf("Validate = %v, want %v first", faults, c.first)
			}
		})
	}
}

// starRing returns a closed ring with a wavy outline that does not cross itself.
func starRing(centre orb.Point, radius float64, vertices int) orb.Ring {
	ring := make(orb.Ring, 0, vertices+1)
	for i := range vertices {
		a := 2 * math.Pi * float64(i) / float64(vertices)
		r := radius * (1 + 0.2*math.Sin(7*a) + 0.02*math.Sin(101*a))
		ring = append(ring, orb.Point{centre[0] + r*math.Cos(a), centre[1] + r*math.Sin(a)})
	}
	return append(ring, ring[0])
}

func sieve() orb.Polygon {
	polygon := orb.Polygon{starRing(orb.Point{104, 30}, 2, 50_000)}
	for i := range 100 {
		for j := range 100 {
			x, y := 103.5+float64(i)*0.01, 29.5+float64(j)*0.01
			polygon = append(polygon, orb.Ring{{x, y}, {x + .005, y}, {x, y + .005}, {x, y}})
		}
	}
	return polygon
}

func TestValidateStopsAtTwentyFaults(t *testing.T) {
	var many orb.MultiPoint
	for i := range 50 {
		many = append(many, orb.Point{181 + float64(i), 0})
	}
	if n := len(geo.Validate(many)); n != 20 {
		t.Errorf("%d faults, want 20", n)
	}
	var zigzag orb.Ring
	for i := range 50 {
		zigzag = append(zigzag, orb.Point{float64(i), float64(i % 2)})
	}
	zigzag = append(zigzag, orb.Point{50, 0.5}, orb.Point{0, 0.5}, zigzag[0])
	if n := len(geo.Validate(orb.Polygon{zigzag})); n != 20 {
		t.Errorf("%d faults, want 20", n)
	}
}

func TestCheckType(t *testing.T) {
	polygon := orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}
	tests := []struct {
		name    string
		g       orb.Geometry
		allowed string
		want    []geo.Rule
	}{
		{"polygon among polygons", polygon, "Polygon MultiPolygon", nil},
		{"multipolygon where a polygon must be", orb.MultiPolygon{polygon}, "Polygon", rules(geo.RuleType)},
		{"collection", orb.Collection{polygon}, "Polygon MultiPolygon", rules(geo.RuleType)},
		{"point", orb.Point{1, 2}, "Point", nil},
		{"nil", nil, "Point", rules(geo.RuleEmpty)},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got := geo.CheckType(c.g, strings.Fields(c.allowed)...); !slices.Equal(rulesOf(got), c.want) {
				t.Errorf("CheckType = %v, want %v", got, c.want)
			}
		})
	}
}

// A fault goes into JSON, which has no other numbers.
func TestPlaceIsAlwaysFinite(t *testing.T) {
	for _, p := range []orb.Point{{math.NaN(), 1}, {1, math.Inf(1)}} {
		fault := geo.Validate(orb.LineString{{0, 0}, p})[0]
		if fault.At != (orb.Point{}) || !strings.Contains(fault.Detail, "position 2") {
			t.Errorf("%v: %v", p, fault)
		}
	}
}

func TestFaultReadsAsAnError(t *testing.T) {
	var err error = geo.Validate(parse(t, "POLYGON((0 0,1 1,1 0,0 1,0 0))"))[0]
	if want := "a ring crosses or touches itself (self-intersection at 0.5, 0.5)"; err.Error() != want {
		t.Errorf("got %q, want %q", err, want)
	}
}
