package mvt_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tile/mvt/mvttest"
)

// city is a box around Chengdu, and parcels cover it.
var (
	city    = orb.Bound{Min: orb.Point{103.9, 30.5}, Max: orb.Point{104.2, 30.8}}
	parcels = mvttest.Parcels(city, 40, 40, 7)
)

// drawParcels returns the tile with all parcels, from WKB.
func drawParcels(t testing.TB, g *tile.Grid, id tile.ID) (*mvttest.Tile, mvt.Report) {
	t.Helper()
	b := mvt.NewBuilder(g, id)
	b.Layer("parcels")
	for i, p := range parcels {
		if err := b.AddWKB(uint64(i+1), wkb.MustMarshal(p), nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	data, report := b.Finish(0, nil)
	return mvttest.Check(t, data), report
}

// edge is a directed edge of a ring.
type edge [2]orb.Point

// borders returns how often each edge occurs more in one direction than in the other.
func borders(l *mvttest.Layer) map[edge]int {
	open := map[edge]int{}
	for _, f := range l.Features {
		for _, p := range f.Geometry.(orb.MultiPolygon) {
			for _, r := range p {
				for i := 1; i < len(r); i++ {
					e, back := edge{r[i-1], r[i]}, edge{r[i], r[i-1]}
					if open[back] > 0 {
						if open[back]--; open[back] == 0 {
							delete(open, back)
						}
					} else {
						open[e]++
					}
				}
			}
		}
	}
	return open
}

// TestBordersStayShared draws parcels that cover a box, at each zoom and on each grid. In a tile inside the box every
// edge belongs to two parcels, one for each direction, unless it lies on the margin; only where rounding broke a
// parcel, cut it in two or left nothing of it, its neighbours may differ.
func TestBordersStayShared(t *testing.T) {
	for _, name := range []string{tile.WebMercatorQuad, tile.WorldCRS84Quad, tile.CGCS2000Quad, tile.GCJ02, tile.BD09} {
		g := grid(t, name)
		for z := 10; z <= 18; z++ {
			t.Run(fmt.Sprintf("%s zoom %d", name, z), func(t *testing.T) {
				id := g.At(chengdu, z)
				drawn, report := drawParcels(t, g, id)
				l := drawn.Layer("parcels")
				inside := func(p orb.Point) bool { return p[0] > -64 && p[0] < 4160 && p[1] > -64 && p[1] < 4160 }
				box := g.Box(id, mvt.BufferPx)
				covered := city.Contains(orb.Point{box.West, box.South}) && city.Contains(orb.Point{box.East, box.North})
				alone := 0
				for e := range borders(l) {
					if covered && (inside(e[0]) || inside(e[1])) {
						alone++
					}
				}
				if alone > 8*report.Repaired {
					t.Errorf("%d edges have one side only, %d parcels were repaired", alone, report.Repaired)
				}
				area := 0.
				for _, f := range l.Features {
					area += mvttest.Area(f.Geometry)
				}
				if covered && report.Repaired == 0 && area != 4224*4224 {
					t.Errorf("the parcels cover %v units, the tile has %v", area, 4224*4224)
				}
			})
		}
	}
}

// TestTilesMeet compares neighbouring tiles: in the strip that both show they have the same vertices.
func TestTilesMeet(t *testing.T) {
	for _, name := range []string{tile.WebMercatorQuad, tile.WorldCRS84Quad, tile.GCJ02, tile.BD09} {
		g := grid(t, name)
		for z := 10; z <= 16; z++ {
			t.Run(fmt.Sprintf("%s zoom %d", name, z), func(t *testing.T) {
				id := g.At(chengdu, z)
				below := id.Y + 1
				if g.RowsUp() {
					below = id.Y - 1
				}
				a, _ := drawParcels(t, g, id)
				for _, next := range []struct {
					id   tile.ID
					step orb.Point
				}{
					{tile.ID{Z: z, X: id.X + 1, Y: id.Y}, orb.Point{4096, 0}},
					{tile.ID{Z: z, X: id.X, Y: below}, orb.Point{0, 4096}},
				} {
					b, _ := drawParcels(t, g, next.id)
					strip := func(d *mvttest.Tile, shift orb.Point) []orb.Point {
						seen := map[orb.Point]bool{}
						l := d.Layer("parcels")
						if l == nil {
							return nil
						}
						for _, f := range l.Features {
							for _, p := range f.Geometry.(orb.MultiPolygon) {
								for _, q := range p[0] {
									q = orb.Point{q[0] + shift[0], q[1] + shift[1]}
									if q[0] > next.step[0]-64 && q[0] < 4160 && q[1] > next.step[1]-64 && q[1] < 4160 {
										seen[q] = true
									}
								}
							}
						}
						return slices.SortedFunc(maps.Keys(seen), func(p, q orb.Point) int {
							return slices.Compare(p[:], q[:])
						})
					}
					if ours, theirs := strip(a, orb.Point{}), strip(b, next.step); !slices.Equal(ours, theirs) {
						t.Errorf("%v and %v differ: %d vertices and %d", id, next.id, len(ours), len(theirs))
					}
				}
			})
		}
	}
}
