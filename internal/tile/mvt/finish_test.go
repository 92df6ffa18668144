package mvt_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tile/mvt/mvttest"
)

// dense are 40,000 parcels, far more than a tile of the city can hold.
var dense = mvttest.Parcels(city, 200, 200, 3)

// drawDense draws them with the attributes of a cadastre into the tile at chengdu, for a budget.
func drawDense(t testing.TB, z, budget int) (*mvttest.Tile, []byte, mvt.Report) {
	t.Helper()
	g := grid(t, tile.WebMercatorQuad)
	b := mvt.NewBuilder(g, g.At(chengdu, z))
	b.Layer("parcels")
	for i, p := range dense {
		attrs := []mvt.Attr{
			{Key: "number", Value: mvt.String(fmt.Sprintf("510107-%06d", i))},
			{Key: "floors", Value: mvt.Int(int64(i % 30))},
		}
		if err := b.AddWKB(uint64(i+1), wkb.MustMarshal(p), nil, attrs); err != nil {
			t.Fatal(err)
		}
	}
	data, report := b.Finish(budget, gz)
	return mvttest.Check(t, data), data, report
}

// TestBudget asks for smaller and smaller tiles of the same parcels: each keeps to its budget, gives up positions before
// features and draws nearly all the pixels of the full one.
func TestBudget(t *testing.T) {
	for _, z := range []int{6, 8, 10} {
		full, data, _ := drawDense(t, z, 0)
		size := len(gz(nil, data))
		pixels := drawnPixels(full)
		for _, test := range []struct {
			name  string
			share float64 // of the size of the full tile
			drawn float64 // of its pixels, at least
		}{
			{"enough", 1, 1}, {"nine tenths", 0.9, 0.99}, {"a half", 0.5, 0}, {"a tenth", 0.1, 0}, {"next to nothing", 0.0005, 0},
		} {
			t.Run(fmt.Sprintf("zoom %d, %s", z, test.name), func(t *testing.T) {
				budget := int(float64(size) * test.share)
				drawn, data, report := drawDense(t, z, budget)
				packed := len(gz(nil, data))
				both := 0
				for p := range drawnPixels(drawn) {
					if pixels[p] {
						both++
					}
				}
				share := float64(both) / float64(len(pixels))
				t.Logf("%d of %d bytes, %.4f of the pixels, %+v", packed, budget, share, report)
				switch {
				case len(data) > 0 && packed > budget:
					t.Errorf("%d bytes are more than %d", packed, budget)
				case report.Dropped > 0 && report.Step != 8:
					t.Errorf("features went before positions: %+v", report)
				case report.FeaturesKept+report.Dropped != report.FeaturesIn:
					t.Errorf("features are not accounted for: %+v", report)
				case test.share == 1 && (report.Dropped > 0 || report.Step > 1):
					t.Errorf("something went without need: %+v", report)
				case share < test.drawn:
					t.Errorf("%.4f of the pixels are drawn", share)
				case test.share > 0.01 && packed < budget/2 && report.Dropped > 0:
					t.Errorf("%d bytes of %d are used", packed, budget)
				}
			})
		}
	}
}

// drawnPixels returns the pixels, of which a tile has 256 × 256, that polygons cover in their middle or have a corner in.
func drawnPixels(drawn *mvttest.Tile) map[[2]int]bool {
	pixels := map[[2]int]bool{}
	if len(drawn.Layers) == 0 {
		return pixels
	}
	for _, f := range drawn.Layers[0].Features {
		for _, p := range f.Geometry.(orb.MultiPolygon) {
			for _, r := range p {
				for _, q := range r {
					pixels[[2]int{int(q[0]+64) / 16, int(q[1]+64) / 16}] = true
				}
			}
			b := p.Bound()
			for x := int(b.Min[0]+64) / 16; x <= int(b.Max[0]+64)/16; x++ {
				for y := int(b.Min[1]+64) / 16; y <= int(b.Max[1]+64)/16; y++ {
					if inside(p, orb.Point{float64(16*x) - 55.9, float64(16*y) - 55.9}) {
						pixels[[2]int{x, y}] = true
					}
				}
			}
		}
	}
	return pixels
}

// inside tells whether an odd number of rings of p hold q.
func inside(p orb.Polygon, q orb.Point) bool {
	in := false
	for _, r := range p {
		for i := 1; i < len(r); i++ {
			a, b := r[i-1], r[i]
			if (a[1] > q[1]) != (b[1] > q[1]) && q[0] < a[0]+(b[0]-a[0])*(q[1]-a[1])/(b[1]-a[1]) {
				in = !in
			}
		}
	}
	return in
}

// TestCoarserGridsKeepBordersShared squeezes parcels that cover the tile: on the coarser grid, too, every edge has two
// sides.
func TestCoarserGridsKeepBordersShared(t *testing.T) {
	g := grid(t, tile.WebMercatorQuad)
	draw := func(budget int) (*mvttest.Layer, []byte, mvt.Report) {
		b := mvt.NewBuilder(g, g.At(chengdu, 13))
		b.Layer("parcels")
		for i, p := range dense {
			b.Add(uint64(i+1), p, nil)
		}
		data, report := b.Finish(budget, gz)
		return mvttest.Check(t, data).Layer("parcels"), bytes.Clone(data), report
	}
	_, data, _ := draw(0)
	size := len(gz(nil, data))
	steps := map[int]bool{}
	for share := 1.0; share > 0.7; share -= 0.02 {
		l, _, report := draw(int(share * float64(size)))
		steps[report.Step] = true
		if report.Dropped > 0 {
			break
		}
		alone := 0
		for e := range borders(l) {
			if inWindow(e[0]) || inWindow(e[1]) {
				alone++
			}
		}
		if alone > 8*report.Repaired {
			t.Errorf("step %d: %d edges have one side only, %d parcels were repaired", report.Step, alone, report.Repaired)
		}
	}
	for _, step := range []int{1, 2, 4, 8} {
		if !steps[step] {
			t.Errorf("step %d was not reached: %v", step, steps)
		}
	}
}

func inWindow(p orb.Point) bool { return p[0] > -64 && p[0] < 4160 && p[1] > -64 && p[1] < 4160 }

// TestBudgetOfPointsAndLines drops some of each kind, keeps the layers apart and leaves none of their keys behind.
func TestBudgetOfPointsAndLines(t *testing.T) {
	b := mvt.NewBuilder(grid(t, tile.WebMercatorQuad), base)
	g := grid(t, tile.WebMercatorQuad)
	b.Layer("lines")
	for i := range 2000 {
		x, y := float64(i%64*64), float64(i/64*100)
		b.Add(uint64(i+1), project(g, orb.LineString{{x, y}, {x + float64(i%40), y + 0.3}}), []mvt.Attr{
			{Key: fmt.Sprintf("key %d", i%7), Value: mvt.Int(int64(i * i))}})
	}
	b.Layer("points")
	for i := range 2000 {
		b.AddLabel(uint64(i+1), project(g, orb.Point{float64(i%50*80) + 1, float64(i/50*90) + 1}).(orb.Point), []mvt.Attr{
			{Key: "n", Value: mvt.Int(int64(i))}})
	}
	full, _ := b.Finish(0, nil)
	budget := len(gz(nil, full)) * 6 / 10
	data, report := b.Finish(budget, gz)
	drawn := mvttest.Check(t, data)
	if report.Dropped == 0 || report.Dropped+report.FeaturesKept != 4000 || len(gz(nil, data)) > budget || len(drawn.Layers) != 2 {
		t.Errorf("%+v, %d bytes of %d, %d layers", report, len(gz(nil, data)), budget, len(drawn.Layers))
	}
}
