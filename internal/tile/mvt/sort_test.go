package mvt_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tile/mvt/mvttest"
)

// TestSort: features give the same bytes in whatever order they come, with a limit and without.
func TestSort(t *testing.T) {
	type row struct {
		id    uint64
		shape orb.Geometry
		attrs []mvt.Attr
	}
	g := grid(t, tile.WebMercatorQuad)
	id := g.At(chengdu, 14)
	box := g.Box(id, 0)
	bound := orb.Bound{Min: orb.Point{box.West, box.South}, Max: orb.Point{box.East, box.North}}
	parcels := mvttest.Parcels(bound, 20, 20, 1)
	for _, c := range []struct {
		name string
		id   func(i int) uint64
		same bool // some rows share theirs
	}{
		{"ids", func(i int) uint64 { return uint64(1000 - i) }, false},
		{"no ids", func(int) uint64 { return 0 }, false},
		{"ids shared by three", func(i int) uint64 { return uint64(i/3 + 1) }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var rows []row
			for i, p := range parcels {
				attrs := []mvt.Attr{{Key: "n", Value: mvt.Int(int64(i * i))}, {Key: "use", Value: mvt.String([]string{"a", "b"}[i%2])}}
				rows = append(rows, row{c.id(2 * i), p, attrs[:1+i%2]}, row{c.id(2*i + 1), p, attrs}) // every parcel twice
			}
			rows = append(rows, row{c.id(900), orb.Collection{parcels[5], chengdu}, nil})
			make := func(most int) []byte {
				b := mvt.NewBuilder(g, id)
				b.Layer("parcels")
				b.Sort()
				for _, r := range rows {
					b.Add(r.id, r.shape, r.attrs)
				}
				data, _ := b.Finish(most, func(dst, src []byte) []byte { return append(dst, src...) })
				return slices.Clone(data)
			}
			whole, small := make(0), make(20_000)
			if len(small) > 20_000 || len(small) < 10_000 {
				t.Errorf("%d bytes within the limit", len(small))
			}
			shuffle := rand.New(rand.NewPCG(1, 2))
			for range 3 {
				shuffle.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
				if !bytes.Equal(make(0), whole) || !bytes.Equal(make(20_000), small) {
					t.Error("another order, another tile")
				}
			}
			if c.same {
				return // nor are their ids unique in the tile
			}
			features := mvttest.Check(t, whole).Layers[0].Features
			if len(features) != len(rows)+1 {
				t.Errorf("%d features of %d rows", len(features), len(rows))
			}
			if !slices.IsSortedFunc(features, func(p, q mvttest.Feature) int { return int(p.ID) - int(q.ID) }) {
				t.Error("not by their ids")
			}
		})
	}
}

// TestSortedAsAdded: what was put in order is the tile that it would be had it come so.
func TestSortedAsAdded(t *testing.T) {
	g := grid(t, tile.WebMercatorQuad)
	id := g.At(chengdu, 14)
	draw := func(ids ...uint64) []byte {
		b := mvt.NewBuilder(g, id)
		b.Layer("a")
		b.Sort()
		for _, n := range ids {
			b.Add(n, chengdu, []mvt.Attr{{Key: []string{"even", "odd"}[n%2], Value: mvt.Int(int64(n / 2))}})
		}
		data, _ := b.Finish(0, nil)
		return slices.Clone(data)
	}
	if !bytes.Equal(draw(1, 2, 3, 4, 5, 6), draw(6, 2, 5, 1, 4, 3)) {
		t.Error("they differ")
	}
}
