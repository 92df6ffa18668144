package mvt_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"runtime"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/twpayne/go-geom"
	goewkb "github.com/twpayne/go-geom/encoding/ewkb"
	gowkb "github.com/twpayne/go-geom/encoding/wkb"

	"parkmap/internal/geo"
	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tile/mvt/mvttest"
)

// drawWKB returns the tile base with one geometry, or an error.
func drawWKB(t testing.TB, data []byte) ([]byte, error) {
	t.Helper()
	b := mvt.NewBuilder(grid(t, tile.WebMercatorQuad), base)
	b.Layer("a")
	err := b.AddWKB(1, data, nil, nil)
	out, report := b.Finish(0, nil)
	if err != nil && (len(out) > 0 || report.FeaturesIn > 0) {
		t.Errorf("an error, and %d bytes: %+v", len(out), report)
	}
	mvttest.Check(t, out)
	return out, err
}

func TestBadWKB(t *testing.T) {
	square := wkb.MustMarshal(units(t, "POLYGON((10 10,20 10,20 20,10 20,10 10))"))
	le := binary.LittleEndian
	header := func(kind, count uint32) []byte { return le.AppendUint32(le.AppendUint32([]byte{1}, kind), count) }
	deep := bytes.Repeat(header(7, 1), 10_000)
	for _, test := range []struct {
		name string
		data []byte
	}{
		{"one byte", []byte{1}},
		{"no byte order", append([]byte{2}, square[1:]...)},
		{"no type", header(0, 0)},
		{"unknown type", header(18, 0)},
		{"circular string", header(8, 0)},
		{"curve polygon", header(10, 0)},
		{"multi surface", header(12, 0)},
		{"forged number of rings", header(3, math.MaxUint32)},
		{"forged number of vertices", append(header(3, 1), 0xff, 0xff, 0xff, 0x7f, 0, 0)},
		{"forged number of parts", append(header(6, 1<<30), square...)},
		{"forged length of a line", header(2, math.MaxUint32)},
		{"collections 10,000 deep", append(deep, square...)},
		{"SRID missing", header(ewkbSRID|3, 0)[:5]},
		{"text", []byte("POLYGON((0 0,1 1,1 0,0 0))")},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := drawWKB(t, test.data); !errors.Is(err, mvt.ErrWKB) {
				t.Errorf("error %v", err)
			}
		})
	}
	t.Run("cut short anywhere", func(t *testing.T) {
		for n := 1; n < len(square); n++ {
			if _, err := drawWKB(t, square[:n]); !errors.Is(err, mvt.ErrWKB) {
				t.Errorf("%d bytes: error %v", n, err)
			}
		}
	})
}

const ewkbSRID = 0x20000000

func TestEmptyGeometryIsNoFeature(t *testing.T) {
	b := mvt.NewBuilder(grid(t, tile.WebMercatorQuad), base)
	b.Layer("a")
	b.Add(1, nil, nil)
	b.Add(1, orb.Collection{nil}, nil)
	b.Add(1, orb.Polygon{{}}, nil)
	b.Add(1, orb.MultiPolygon{{}}, nil)
	for name, data := range map[string][]byte{
		"NULL":            nil,
		"empty point":     must(goewkb.Marshal(geom.NewPointEmpty(geom.XY).SetSRID(4326), goewkb.NDR)),
		"empty polygon":   wkb.MustMarshal(orb.Polygon{}),
		"empty ring":      wkb.MustMarshal(orb.Polygon{{}}),
		"empty parts":     wkb.MustMarshal(orb.MultiPolygon{{}, {}}),
		"empty in a list": wkb.MustMarshal(orb.Collection{orb.MultiPoint{}, orb.LineString{}}),
	} {
		if err := b.AddWKB(1, data, nil, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if out, report := b.Finish(0, nil); len(out) > 0 || report.FeaturesIn > 0 {
		t.Errorf("%x, %+v", out, report)
	}
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}

// TestZAndMAreDropped writes one polygon in all the ways of WKB: the same tile comes out.
func TestZAndMAreDropped(t *testing.T) {
	p := units(t, "POLYGON((10 10,20 10,20 20,10 20,10 10))").(orb.Polygon)
	want, err := drawWKB(t, wkb.MustMarshal(p))
	if err != nil || len(want) == 0 {
		t.Fatal(err)
	}
	flat := func(layout geom.Layout) *geom.Polygon {
		var numbers []float64
		for _, q := range p[0] {
			numbers = append(numbers, append(q[:], 1000, 2000)[:layout.Stride()]...)
		}
		return geom.NewPolygonFlat(layout, numbers, []int{len(numbers)})
	}
	for name, data := range map[string][]byte{
		"big-endian":       wkb.MustMarshal(p, binary.BigEndian),
		"EWKB with SRID":   ewkb.MustMarshal(p, 4326),
		"EWKB Z":           must(goewkb.Marshal(flat(geom.XYZ).SetSRID(4326), goewkb.NDR)),
		"EWKB M":           must(goewkb.Marshal(flat(geom.XYM), goewkb.XDR)),
		"EWKB ZM":          must(goewkb.Marshal(flat(geom.XYZM), goewkb.NDR)),
		"ISO WKB Z":        must(gowkb.Marshal(flat(geom.XYZ), gowkb.NDR)),
		"ISO WKB ZM":       must(gowkb.Marshal(flat(geom.XYZM), gowkb.XDR)),
		"as a part":        wkb.MustMarshal(orb.MultiPolygon{p}),
		"in a collection":  wkb.MustMarshal(orb.Collection{p}),
		"last byte unused": append(wkb.MustMarshal(p), 0),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := drawWKB(t, data); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%x, %v\nwanted %x", got, err, want)
			}
		})
	}
}

// TestReferenceSystems draws the same parcels from WGS 84, from Web Mercator without a way over the earth, and from
// Gauss-Krüger by a function.
func TestReferenceSystems(t *testing.T) {
	g := grid(t, tile.WebMercatorQuad)
	id := g.At(chengdu, 12)
	want, _ := drawParcels(t, g, id)
	for _, name := range []string{"EPSG:3857", "EPSG:4490", "EPSG:4544"} {
		crs, err := geo.LookupCRS(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, way := range []string{"SetCRS", "function"} {
			t.Run(name+" by "+way, func(t *testing.T) {
				b := mvt.NewBuilder(g, id)
				b.Layer("parcels")
				back := crs.Inverse
				if way == "SetCRS" {
					b.SetCRS(crs)
					back = nil
				}
				for i, p := range parcels {
					if err := b.AddWKB(uint64(i+1), wkb.MustMarshal(geo.Project(p, crs.Forward)), back, nil); err != nil {
						t.Fatal(err)
					}
				}
				data, _ := b.Finish(0, nil)
				got := mvttest.Check(t, data)
				if len(got.Layers[0].Features) != len(want.Layers[0].Features) {
					t.Fatalf("%d features, wanted %d", len(got.Layers[0].Features), len(want.Layers[0].Features))
				}
				for i, f := range got.Layers[0].Features {
					if w := want.Layers[0].Features[i]; f.ID != w.ID || !near(f.Geometry, w.Geometry, 1) {
						t.Errorf("feature %d: %v, wanted %v", f.ID, f.Geometry, w.Geometry)
					}
				}
			})
		}
	}
}

// near tells whether the bounds of two geometries differ by at most d units.
func near(a, b orb.Geometry, d float64) bool {
	p, q := a.Bound(), b.Bound()
	return math.Abs(p.Min[0]-q.Min[0]) <= d && math.Abs(p.Min[1]-q.Min[1]) <= d &&
		math.Abs(p.Max[0]-q.Max[0]) <= d && math.Abs(p.Max[1]-q.Max[1]) <= d
}

// TestEndsOfTheEarth draws what has no place on a map, on all grids and zooms: nothing panics, all that comes out
// keeps to the rules.
func TestEndsOfTheEarth(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for name, g := range map[string]orb.Geometry{
		"across 180° the long way":    orb.Polygon{{{179, 30}, {-179, 30}, {-179, 31}, {179, 31}, {179, 30}}},
		"beyond 180°":                 orb.Polygon{{{179, 30}, {181, 30}, {181, 31}, {179, 31}, {179, 30}}},
		"cut at 180°":                 orb.MultiPolygon{{{{179, 30}, {180, 30}, {180, 31}, {179, 30}}}, {{{-180, 30}, {-179, 30}, {-180, 31}, {-180, 30}}}},
		"the whole world":             orb.Polygon{{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}}},
		"around the north pole":       orb.Polygon{{{-180, 85}, {-60, 88}, {60, 88}, {180, 85}, {180, 90}, {-180, 90}, {-180, 85}}},
		"point at the south pole":     orb.Point{0, -90},
		"line over the pole":          orb.LineString{{0, 80}, {0, 90}, {180, 80}},
		"latitudes beyond the poles":  orb.Polygon{{{0, 80}, {10, 95}, {20, 200}, {0, 80}}},
		"longitude 1e300":             orb.LineString{{104, 30}, {1e300, 31}, {104, 31}},
		"infinite":                    orb.Polygon{{{104, 30}, {inf, 30}, {105, inf}, {104, -inf}, {104, 30}}},
		"not a number":                orb.Polygon{{{104, 30}, {nan, nan}, {105, 30}, {105, 31}, {104, nan}, {104, 30}}},
		"only not numbers":            orb.Polygon{{{nan, nan}, {nan, nan}, {nan, nan}, {nan, nan}}},
		"point that is not a number":  orb.Point{nan, 30},
		"at the rim of the datum":     orb.Polygon{{{72, 30}, {72.01, 30}, {72.01, 30.01}, {72, 30.01}, {72, 30}}},
		"smallest numbers":            orb.Polygon{{{5e-324, 0}, {1e-300, 5e-324}, {0, 1e-320}, {5e-324, 0}}},
		"as far as numbers go, twice": orb.Polygon{{{-math.MaxFloat64, 0}, {math.MaxFloat64, 0}, {0, math.MaxFloat64}, {-math.MaxFloat64, 0}}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, grid := range tile.Grids() {
				for _, z := range []int{0, 1, 2, 5, 10, 16, grid.MaxZoom()} {
					minX, minY, maxX, maxY := grid.Limits(z)
					at := grid.At(chengdu, z)
					for _, id := range []tile.ID{at, {Z: z, X: minX, Y: minY}, {Z: z, X: maxX, Y: maxY}, {Z: z, X: minX, Y: at.Y}} {
						b := mvt.NewBuilder(grid, id)
						b.Layer("a")
						b.Add(1, g, nil)
						if p, ok := g.(orb.Point); ok {
							b.AddLabel(2, p, nil)
						}
						data, _ := b.Finish(0, nil)
						mvttest.Check(t, data)
					}
				}
			}
		})
	}
}

// TestFiveMillionVertices draws one ring of five million vertices at zooms at which it is a dot, fills the tile, and
// passes it: the memory that is held does not grow with it.
func TestFiveMillionVertices(t *testing.T) {
	const n = 5_000_000
	le := binary.LittleEndian
	data := make([]byte, 0, 13+16*(n+1))
	data = append(data, 1, 3, 0, 0, 0, 1, 0, 0, 0)
	data = le.AppendUint32(data, n+1)
	for i := range n + 1 {
		sin, cos := math.Sincos(2 * math.Pi * float64(i%n) / n)
		r := 1 + 0.01*math.Sin(float64(i%n)*0.05)
		data = le.AppendUint64(data, math.Float64bits(104+r*cos))
		data = le.AppendUint64(data, math.Float64bits(30+r*sin))
	}
	g := grid(t, tile.WebMercatorQuad)
	for _, z := range []int{0, 6, 18} {
		at := g.At(orb.Point{105, 30}, z)
		b := mvt.NewBuilder(g, at)
		b.Layer("a")
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := b.AddWKB(1, data, nil, nil); err != nil {
			t.Fatal(err)
		}
		out, report := b.Finish(500_000, gz)
		runtime.ReadMemStats(&after)
		t.Logf("zoom %d: %+v, %d bytes, %d MB allocated", z, report, len(out), (after.TotalAlloc-before.TotalAlloc)>>20)
		if grown := after.TotalAlloc - before.TotalAlloc; grown > 200<<20 {
			t.Errorf("zoom %d: %d MB", z, grown>>20)
		}
		if len(gz(nil, out)) > 500_000 {
			t.Errorf("zoom %d: %d bytes", z, len(out))
		}
		if tile, err := mvttest.Decode(out); err != nil || tile.Layer("a") == nil {
			t.Errorf("zoom %d: %v", z, err)
		}
	}
}

func TestValues(t *testing.T) {
	b := mvt.NewBuilder(grid(t, tile.WebMercatorQuad), base)
	b.Layer("a")
	many := []mvt.Attr{
		{Key: "text", Value: mvt.String("双流区")}, {Key: "empty", Value: mvt.String("")},
		{Key: "whole", Value: mvt.Int(42)}, {Key: "negative", Value: mvt.Int(-7)}, {Key: "least", Value: mvt.Int(math.MinInt64)},
		{Key: "number", Value: mvt.Float(1.5)}, {Key: "same number", Value: mvt.Float(1.5)}, {Key: "nan", Value: mvt.Float(math.NaN())},
		{Key: "yes", Value: mvt.Bool(true)}, {Key: "no", Value: mvt.Bool(false)},
		{Key: "nothing"}, {Key: "text", Value: mvt.String("again")}, {Key: "bytes", Value: mvt.String("a\xff")},
		{Key: "a \"key\" 100% 键.", Value: mvt.Int(1)},
	}
	p := units(t, "POINT(5 5)")
	b.Add(1, p, many)
	b.Add(2, p, []mvt.Attr{{Key: "number", Value: mvt.String("1.5")}, {Key: "whole", Value: mvt.Float(42)}})
	b.Add(3, p, nil)
	data, _ := b.Finish(0, nil)
	l := mvttest.Check(t, data).Layer("a")
	want := map[string]any{
		"text": "双流区", "empty": "", "whole": int64(42), "negative": int64(-7), "least": int64(math.MinInt64),
		"number": 1.5, "same number": 1.5, "yes": true, "no": false, "bytes": "a\uFFFD", "a \"key\" 100% 键.": int64(1),
	}
	got := l.Features[0].Tags
	if f, ok := got["nan"].(float64); !ok || !math.IsNaN(f) {
		t.Errorf("nan is %v", got["nan"])
	}
	delete(got, "nan")
	if len(got) != len(want) {
		t.Errorf("%v", got)
	}
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s is %v, wanted %v", k, got[k], v)
		}
	}
	if tags := l.Features[1].Tags; tags["number"] != "1.5" || tags["whole"] != 42.0 {
		t.Errorf("%v", tags)
	}
	if len(l.Features[2].Tags) != 0 {
		t.Errorf("%v", l.Features[2].Tags)
	}
	t.Run("500 columns", func(t *testing.T) {
		b.Reset(grid(t, tile.WebMercatorQuad), base)
		b.Layer("a")
		for id := range uint64(20) {
			var attrs []mvt.Attr
			for i := range 500 {
				attrs = append(attrs, mvt.Attr{Key: strings.Repeat("k", i+1), Value: mvt.Int(int64(i) * int64(id))})
			}
			b.Add(id+1, p, attrs)
		}
		data, _ := b.Finish(0, nil)
		if l := mvttest.Check(t, data).Layer("a"); len(l.Features[19].Tags) != 500 {
			t.Errorf("%d tags", len(l.Features[19].Tags))
		}
	})
}
