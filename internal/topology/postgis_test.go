package topology_test

import (
	"database/sql"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/lib/pq"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
	"github.com/paulmach/orb/planar"

	"parkmap/internal/geo"
	"parkmap/internal/pgtest"
	"parkmap/internal/topology"
)

// PostGIS finds a partition after many operations valid, as large as its frame, and without gaps and overlaps.
func TestPartitionBeforePostGIS(t *testing.T) {
	p := newPartition(3)
	for range 250 {
		p.step(t)
	}
	p.check(t, "in the end")
	var texts []string
	for _, s := range p.fabric {
		texts = append(texts, wkt.MarshalString(s.Geometry))
	}
	db := pgtest.Open(t)
	const shapes = `WITH shape AS (
		SELECT n, ST_GeomFromText(w, 4326) AS g FROM unnest($1::text[]) WITH ORDINALITY AS u(w, n)) `
	frame := wkt.MarshalString(p.frame.ToPolygon())
	tests := []struct{ name, query string }{
		{"not valid", `SELECT count(*) FROM shape WHERE NOT ST_IsValid(g) OR $2 = ''`},
		{"overlap", `SELECT count(*) FROM shape a, shape b WHERE a.n < b.n AND ST_Overlaps(a.g, b.g) OR $2 = ''`},
		{"lie in another one", `SELECT count(*) FROM shape a, shape b WHERE a.n <> b.n AND ST_Contains(a.g, b.g) OR $2 = ''`},
		{"gaps and what stands out", `SELECT (NOT ST_Equals(ST_Union(g), ST_GeomFromText($2, 4326)))::int FROM shape`},
		{"times another area than the frame", `SELECT (sum(ST_Area(g)) / ST_Area(ST_GeomFromText($2, 4326)) NOT BETWEEN 1 - 1e-12 AND 1 + 1e-12)::int FROM shape`},
	}
	for _, c := range tests {
		var n int
		if err := db.QueryRow(shapes+c.query, pq.Array(texts), frame).Scan(&n); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if n != 0 {
			t.Errorf("%d %s", n, c.name)
		}
	}
}

// cloud returns polygons around a place: a star with n points, every one at a random distance.
func cloud(random *rand.Rand, at orb.Point, n int) orb.Geometry {
	var r orb.Ring
	for i := range n {
		a := 2 * math.Pi * float64(i) / float64(n)
		d := 0.01 * (0.3 + random.Float64())
		r = append(r, orb.Point{at[0] + d*math.Cos(a), at[1] + d*math.Sin(a)})
	}
	return geo.Normalise(orb.Polygon{append(r, r[0])})
}

// knotOf returns a ring through some vertices of r in random order.
func knotOf(random *rand.Rand, r orb.Ring) orb.Polygon {
	var knot orb.Ring
	for _, i := range random.Perm(len(r) - 1)[:5] {
		knot = append(knot, r[i])
	}
	return orb.Polygon{append(knot, knot[0])}
}

// What shapes have in common, what of them lies beyond, and what untangling leaves is as large as PostGIS finds it.
func TestOverlaysAgreeWithPostGIS(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	var first, second, tangled []string
	var common, beyond, mended []float64
	for range 150 {
		a := cloud(random, orb.Point{104, 30}, 5+random.IntN(60))
		b := cloud(random, orb.Point{104 + 0.02*random.Float64(), 30}, 5+random.IntN(60))
		both, err := topology.Common(a, b)
		if err != nil {
			t.Fatal(err)
		}
		rest, err := topology.Beyond(a, b)
		if err != nil {
			t.Fatal(err)
		}
		knot := knotOf(random, b.(orb.Polygon)[0])
		out, err := topology.Fabric{{ID: "K", Geometry: knot}}.Untangle("K", false)
		if err != nil {
			t.Fatal(err)
		}
		whole := orb.Geometry(knot)
		for _, c := range out.Changed {
			whole = c.Geometry
		}
		first, second = append(first, wkt.MarshalString(a)), append(second, wkt.MarshalString(b))
		common, beyond = append(common, planar.Area(both)), append(beyond, planar.Area(rest))
		tangled, mended = append(tangled, wkt.MarshalString(knot)), append(mended, planar.Area(whole))
	}
	db := pgtest.Open(t)
	compareAreas(t, db, "common", `ST_Area(ST_Intersection(ST_GeomFromText(a), ST_GeomFromText(b)))`, first, second, common)
	compareAreas(t, db, "beyond", `ST_Area(ST_Difference(ST_GeomFromText(a), ST_GeomFromText(b)))`, first, second, beyond)
	compareAreas(t, db, "untangled", `ST_Area(ST_MakeValid(ST_GeomFromText(a)))`, tangled, tangled, mended)
}

func compareAreas(t *testing.T, db *sql.DB, what, area string, first, second []string, want []float64) {
	t.Helper()
	rows, err := db.Query(`SELECT `+area+` FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS u(a, b, n) ORDER BY n`,
		pq.Array(first), pq.Array(second))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var got float64
		if err := rows.Scan(&got); err != nil {
			t.Fatal(err)
		}
		if math.Abs(got-want[n]) > 1e-9 {
			t.Errorf("%s: %s and %s: PostGIS says %g, we say %g", what, first[n], second[n], got, want[n])
		}
	}
	if rows.Err() != nil || n != len(want) {
		t.Fatalf("%d answers, %v", n, rows.Err())
	}
}
