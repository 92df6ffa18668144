package storetest

import (
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// Whole is a publication on version base that puts n features, each with an outline of 100 vertices,
// and the document.
func Whole(base int64, n int) store.Publication {
	changes := make([]store.Change, n)
	for i := range changes {
		f := park(layout.ID(fmt.Sprintf("P%03d", i)), base+1)
		f.Geometry = orb.Polygon{circle(orb.Point{104 + float64(i)/100, 30}, 100)}
		changes[i] = put(f)
	}
	p := publication(base, changes...)
	p.Document = document()
	return p
}

// circle is a ring of n vertices around a centre.
func circle(centre orb.Point, n int) orb.Ring {
	r := make(orb.Ring, n+1)
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		r[i] = orb.Point{centre[0] + 0.005*cos, centre[1] + 0.005*sin}
	}
	r[n] = r[0]
	return r
}

// Bench measures Load and Publish of a whole layout of 300 features.
func Bench(b *testing.B, database func(t testing.TB) Opener) {
	const n = 300
	b.Run("Load", func(b *testing.B) {
		s := newBench(b, database(b))
		if _, err := s.Publish(b.Context(), Whole(0, n)); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if l, err := s.Load(b.Context()); err != nil || len(l.Features) != n {
				b.Fatal(err)
			}
		}
	})
	b.Run("Publish", func(b *testing.B) {
		s := newBench(b, database(b))
		base := int64(0)
		for b.Loop() {
			if _, err := s.Publish(b.Context(), Whole(base, n)); err != nil {
				b.Fatal(err)
			}
			base++
		}
	})
}
