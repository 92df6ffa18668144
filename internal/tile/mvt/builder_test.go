package mvt_test

import (
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/geo"
	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tile/mvt/mvttest"
)

func grid(t testing.TB, name string) *tile.Grid {
	t.Helper()
	g, ok := tile.LookupGrid(name)
	if !ok {
		t.Fatalf("no grid %s", name)
	}
	return g
}

// units returns the geometry of a text whose numbers are units of the tile base of WebMercatorQuad as WGS 84.
func units(t testing.TB, text string) orb.Geometry {
	t.Helper()
	g, err := wkt.Unmarshal(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return project(grid(t, tile.WebMercatorQuad), g)
}

// base is the tile in whose units the geometries of tests are written.
var base = tile.ID{Z: 6, X: 50, Y: 26}

// encode returns the only layer of the tile base with g in it, given as orb and as WKB, or nil.
func encode(t testing.TB, g orb.Geometry) (*mvttest.Layer, mvt.Report) {
	t.Helper()
	b := mvt.NewBuilder(grid(t, tile.WebMercatorQuad), base)
	b.Layer("a")
	b.Add(7, g, []mvt.Attr{{Key: "k", Value: mvt.String("v")}})
	data, report := b.Finish(0, nil)
	data = append([]byte(nil), data...)
	if g != nil {
		b.Reset(grid(t, tile.WebMercatorQuad), base)
		b.Layer("a")
		if err := b.AddWKB(7, wkb.MustMarshal(g), nil, []mvt.Attr{{Key: "k", Value: mvt.String("v")}}); err != nil {
			t.Fatal(err)
		}
		if again, _ := b.Finish(0, nil); string(again) != string(data) {
			t.Errorf("from WKB another tile is made")
		}
	}
	return mvttest.Check(t, data).Layer("a"), report
}

func TestGeometry(t *testing.T) {
	for _, test := range []struct {
		name, in string
		want     string // one geometry of the tile, as WKT
	}{
		{"point", "POINT(10 20)", "MULTIPOINT((10 20))"},
		{"rounded", "POINT(9.6 20.4)", "MULTIPOINT((10 20))"},
		{"square", "POLYGON((10 10,20 10,20 20,10 20,10 10))", "MULTIPOLYGON(((10 10,20 10,20 20,10 20,10 10)))"},
		{"square the other way", "POLYGON((10 10,10 20,20 20,20 10,10 10))", "MULTIPOLYGON(((10 10,20 10,20 20,10 20,10 10)))"},
		{"smaller than a unit", "POLYGON((10.2 10.2,10.6 10.2,10.6 10.6,10.2 10.2))", "MULTIPOLYGON(((10 10,11 10,11 11,10 11,10 10)))"},
		{"spike", "POLYGON((10 10,20 10,20 15,30 15,20 15,20 20,10 20,10 10))", "MULTIPOLYGON(((10 10,20 10,20 15,20 20,10 20,10 10)))"},
		{"bow tie", "POLYGON((0 0,10 10,10 0,0 10,0 0))", "MULTIPOLYGON(((0 0,5 5,0 10,0 0)),((5 5,10 0,10 10,5 5)))"},
		{"clipped", "POLYGON((4000 10,5000 10,5000 20,4000 20,4000 10))", "MULTIPOLYGON(((4000 10,4160 10,4160 20,4000 20,4000 10)))"},
		{"around the tile", "POLYGON((-500 -500,5000 -500,5000 5000,-500 5000,-500 -500))",
			"MULTIPOLYGON(((4160 -64,4160 4160,-64 4160,-64 -64,4160 -64)))"},
		{"comb clipped apart", "POLYGON((4100 10,5000 10,5000 50,4100 50,4100 40,4900 40,4900 20,4100 20,4100 10))",
			"MULTIPOLYGON(((4100 10,4160 10,4160 20,4100 20,4100 10)),((4100 40,4160 40,4160 50,4100 50,4100 40)))"},
		{"line", "LINESTRING(10 10,20 10,20 10.2)", "MULTILINESTRING((10 10,20 10))"},
		{"line that comes back", "LINESTRING(4000 10,5000 10,5000 20,4000 20)", "MULTILINESTRING((4000 10,4160 10),(4160 20,4000 20))"},
		{"line through a corner", "LINESTRING(-1000 3000,3000 -1000)", "MULTILINESTRING((-64 2064,2064 -64))"},
		{"hole", "POLYGON((0 0,30 0,30 30,0 30,0 0),(10 10,20 10,20 20,10 20,10 10))",
			"MULTIPOLYGON(((0 0,30 0,30 30,0 30,0 0),(10 10,10 20,20 20,20 10,10 10)))"},
		{"hole that comes to lie on the outer ring", "POLYGON((0 0,30 0,30 30,0 30,0 0),(10 0.3,20 0.3,20 20,10 20,10 0.3))",
			"MULTIPOLYGON(((0 0,10 0,10 20,20 20,20 0,30 0,30 30,0 30,0 0)))"},
		{"parts that come to share an edge", "MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((10.3 0,20 0,20 10,10.3 10,10.3 0)))",
			"MULTIPOLYGON(((0 0,10 0,20 0,20 10,10 10,0 10,0 0)))"},
	} {
		t.Run(test.name, func(t *testing.T) {
			l, _ := encode(t, units(t, test.in))
			if l == nil {
				t.Fatal("nothing is drawn")
			}
			if len(l.Features) != 1 || l.Features[0].ID != 7 || l.Features[0].Tags["k"] != "v" {
				t.Errorf("%+v", l.Features)
			}
			if got := wkt.MarshalString(l.Features[0].Geometry); got != test.want {
				t.Errorf("%s\nwanted %s", got, test.want)
			}
		})
	}
}

// project takes units of the tile base of g to WGS 84.
func project(g *tile.Grid, in orb.Geometry) orb.Geometry {
	return geo.Project(in, func(p orb.Point) orb.Point {
		c := g.Corner(base)
		return g.Unproject(orb.Point{(p[0]/4096 + c[0]) / 64, (p[1]/4096 + c[1]) / 64})
	})
}

func TestAwkward(t *testing.T) {
	for _, test := range awkward {
		t.Run(test.name, func(t *testing.T) { encode(t, units(t, test.wkt)) })
	}
}

// TestLabelsNearAnEdge: a label that rounding moves onto the edge between two tiles is in the tile that the edge
// begins, for clients draw no symbol on a far edge.
func TestLabelsNearAnEdge(t *testing.T) {
	g := grid(t, tile.WebMercatorQuad)
	for name, eighths := range map[string]float64{"just before": -3, "half a unit before": -4, "more than that": -5, "on it": 0, "behind it": 3} {
		t.Run(name, func(t *testing.T) {
			const z, unit = 8, 360.0 / 256 / mvt.Extent
			p := orb.Point{-180 + 201*360.0/256 + eighths/8*unit, 30.5}
			at := g.At(p, z)
			found := []int{}
			for x := 200; x <= 201; x++ {
				b := mvt.NewBuilder(g, tile.ID{Z: z, X: x, Y: at.Y})
				b.Layer("a")
				b.AddLabel(1, p, nil)
				data, _ := b.Finish(0, nil)
				for _, l := range mvttest.Check(t, data).Layers {
					for range l.Features {
						found = append(found, x)
					}
				}
			}
			want := 201
			if eighths < -4 {
				want = 200
			}
			if len(found) != 1 || found[0] != want {
				t.Errorf("in %v, want %d", found, want)
			}
		})
	}
}
