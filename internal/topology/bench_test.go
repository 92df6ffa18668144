package topology_test

import (
	"errors"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/topology"
)

// halves returns two halves of a wavy disc with n vertices in all, which share a wavy border.
func halves(n int) topology.Fabric {
	at := orb.Point{104, 30.6}
	k := n / 4
	arc := func(from float64) []orb.Point {
		var out []orb.Point
		for i := range k + 1 {
			a := from + math.Pi*float64(i)/float64(k)
			d := 0.2 + 0.001*math.Sin(99*a)
			out = append(out, orb.Point{at[0] + d*math.Cos(a), at[1] + d*math.Sin(a)})
		}
		return out
	}
	border := func(sign float64) []orb.Point { // from one end of an arc to the other
		var out []orb.Point
		for i := 1; i < k; i++ {
			f := 2*float64(i)/float64(k) - 1
			out = append(out, orb.Point{at[0] + sign*f*0.2, at[1] + sign*0.002*(1-f*f)*math.Sin(60*math.Pi*f)})
		}
		return out
	}
	join := func(a, b []orb.Point) orb.Geometry {
		r := append(orb.Ring(a), b...)
		return geo.Normalise(orb.Polygon{append(r, r[0])})
	}
	return topology.Fabric{{ID: "A", Geometry: join(arc(0), border(1))}, {ID: "B", Geometry: join(arc(math.Pi), border(-1))}}
}

func benchmark(b *testing.B, n int, op func(f topology.Fabric) (topology.Outcome, error)) {
	f := halves(n)
	for b.Loop() {
		if _, err := op(f); err != nil {
			b.Fatal(err)
		}
	}
}

func split(f topology.Fabric) (topology.Outcome, error) {
	return f.Split("A", orb.LineString{{103.99, 30.5}, {104.02, 31}}, "N")
}

func BenchmarkSplit2000(b *testing.B) { benchmark(b, 2_000, split) }

// The most that is worked on at once.
func BenchmarkSplit90000(b *testing.B) { benchmark(b, 90_000, split) }

func BenchmarkMerge90000(b *testing.B) {
	benchmark(b, 90_000, func(f topology.Fabric) (topology.Outcome, error) { return f.Merge("A", "B") })
}

func BenchmarkMove2000(b *testing.B) {
	benchmark(b, 2_000, func(f topology.Fabric) (topology.Outcome, error) {
		at := f[0].Geometry.(orb.Polygon)[0][7]
		return f.Move("A", false, topology.Move{From: at, To: orb.Point{at[0] + 1e-5, at[1]}})
	})
}

// Work is bounded: what is large but sound is done, what is too large or made to take for ever is refused.
func TestLimits(t *testing.T) {
	if out, err := halves(40_000).Merge("A", "B"); err != nil || len(out.Changed) != 2 {
		t.Errorf("40,000 vertices: %v", err)
	}
	var f geo.Fault
	if _, err := halves(110_000).Merge("A", "B"); !errors.As(err, &f) || f.Rule != geo.RuleVertices {
		t.Errorf("110,000 vertices: %v, want %s", err, geo.RuleVertices)
	}
	comb := func(from, to orb.Point) orb.Geometry { // all teeth across each other's boxes
		var r orb.Ring
		for i := range 5_000 {
			p := from
			if i%2 == 1 {
				p = to
			}
			r = append(r, orb.Point{p[0] + float64(i)*1e-5, p[1] + float64(i%2)*0.1})
		}
		return orb.Polygon{append(r, orb.Point{from[0] + 0.06, from[1] - 1}, orb.Point{from[0], from[1] - 1}, r[0])}
	}
	heap := topology.Fabric{{ID: "A", Geometry: geo.Normalise(comb(orb.Point{104, 30}, orb.Point{104.5, 30.5}))}}
	if _, err := heap.Untangle("A", false); !errors.As(err, &f) || f.Rule != geo.RuleTooComplex {
		t.Errorf("a heap of edges: %v, want %s", err, geo.RuleTooComplex)
	}
}
