package tileset

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt/mvttest"
)

func TestFeatureID(t *testing.T) {
	for _, test := range []struct {
		name string
		id   layout.ID
		want uint64
	}{
		{"a letter and a digit", "C1", 14*38 + 3},
		{"a hyphen counts", "C1-01", (((14*38+3)*38+1)*38+2)*38 + 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := FeatureID(test.id); got != test.want {
				t.Errorf("%s is %d, want %d", test.id, got, test.want)
			}
		})
	}
	seen := map[uint64]layout.ID{}
	ids := []layout.ID{"", "a", "A", "1", "01", "001", "ZZZZZZZZZ", "ZZZZZZZZZZ", "zzzzzzzzz", "long-lower-case-id", "ID-OF-THIRTY-TWO-CHARACTERS-0001"}
	for _, r := range builtIn(t, nil).ground().rows {
		ids = append(ids, r.feature.ID)
	}
	for _, id := range ids {
		n := FeatureID(id)
		if other, taken := seen[n]; taken || n >= 1<<53 || n == 0 {
			t.Errorf("%q is %d, as is %q", id, n, other)
		}
		seen[n] = id
	}
}

func TestLayers(t *testing.T) {
	var got []string
	for _, l := range builtIn(t, nil).Layers() {
		var names []string
		for _, v := range l.VectorLayers {
			names = append(names, v.ID)
			for _, f := range v.Fields {
				if f.Title.ZH == "" || f.Title.EN == "" {
					t.Errorf("%s: %s has no title", v.ID, f.Name)
				}
			}
		}
		got = append(got, l.Name+": "+strings.Join(names, " "))
		if l.Bounds == nil || l.Version != 7 || l.Title.ZH == "" || l.Title.EN == "" {
			t.Errorf("%+v", l)
		}
	}
	want := []string{
		"layout: context districts areas places context_label districts_label areas_label",
		"areas: areas areas_label", "cores: cores cores_label", "zones: zones zones_label", "parks: parks parks_label",
		"places: places", "facilities: facilities",
		"districts: districts districts_label", "context: context context_label",
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestWholeLayout reads every tile over the layout on every grid: each is valid, holds only what the layer says,
// and each area has its label in one tile of a zoom and its outline in at least that.
func TestWholeLayout(t *testing.T) {
	s := builtIn(t, nil)
	layer, err := s.Layer(Bundle)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range tile.Grids() {
		for _, z := range []int{0, 5, 8, 10, 12} {
			labels, outlines := map[uint64]int{}, map[uint64]int{}
			for _, id := range tilesOver(g, chengdu, z) {
				made := mustTile(t, s, Bundle, g, id)
				decoded := mvttest.Check(t, made.Body.Data())
				if made.Empty != (len(decoded.Layers) == 0) || made.Reduced() != "" {
					t.Errorf("%s %v: empty %t with %d layers, %q", g.Name(), id, made.Empty, len(decoded.Layers), made.Reduced())
				}
				checkFields(t, layer, decoded)
				count(decoded.Layer("areas"), outlines)
				count(decoded.Layer("areas_label"), labels)
			}
			if len(labels) != 14 || len(outlines) != 14 {
				t.Errorf("%s zoom %d: %d labels and %d outlines of 14 areas", g.Name(), z, len(labels), len(outlines))
			}
			for id, n := range labels {
				if n != 1 || outlines[id] == 0 {
					t.Errorf("%s zoom %d: area %d has %d labels and is in %d tiles", g.Name(), z, id, n, outlines[id])
				}
			}
		}
	}
}

func count(l *mvttest.Layer, times map[uint64]int) {
	if l != nil {
		for _, f := range l.Features {
			times[f.ID]++
		}
	}
}

func checkFields(t *testing.T, layer Layer, decoded *mvttest.Tile) {
	t.Helper()
	for _, l := range decoded.Layers {
		i := slices.IndexFunc(layer.VectorLayers, func(v VectorLayer) bool { return v.ID == l.Name })
		if i < 0 {
			t.Fatalf("the layer %s is not described", l.Name)
		}
		for _, f := range l.Features {
			if id, _ := f.Tags["id"].(string); FeatureID(layout.ID(id)) != f.ID {
				t.Errorf("%s: %q has the number %d", l.Name, id, f.ID)
			}
			for key := range f.Tags {
				if !slices.ContainsFunc(layer.VectorLayers[i].Fields, func(f Field) bool { return f.Name == key }) {
					t.Errorf("%s: the attribute %s is not described", l.Name, key)
				}
			}
		}
	}
}

func TestAttributes(t *testing.T) {
	s := builtIn(t, nil)
	g := grid(t, tile.WebMercatorQuad)
	decoded := mvttest.Check(t, mustTile(t, s, Bundle, g, tile.ID{}).Body.Data())
	for _, test := range []struct {
		layer, id, key string
		want           any
	}{
		{"areas", "C1", "kind", "core"},
		{"areas", "C1", "ai", "bigdata,medical,finance,creative"},
		{"areas", "P05", "ai", "auto"},
		{"areas", "P02", "ai", nil},
		{"areas", "P05", "outline", "schematic"},
		{"areas_label", "Z1", "kind", "zone"},
		{"places", "C1-01", "parent", "C1"},
	} {
		t.Run(test.id+" "+test.key, func(t *testing.T) {
			for _, f := range decoded.Layer(test.layer).Features {
				if f.Tags["id"] == test.id {
					if f.Tags[test.key] != test.want {
						t.Errorf("%v, want %v", f.Tags[test.key], test.want)
					}
					return
				}
			}
			t.Error("it is not in the tile")
		})
	}
}

// TestAnchors: positions in the tiles of shifted datums are those that are published, to a decimetre.
func TestAnchors(t *testing.T) {
	mercator := func(p orb.Point) orb.Point { // metres
		c, _ := geo.LookupCRS("EPSG:3857")
		return c.Forward(p)
	}
	for _, test := range []struct {
		name, grid string
		at, want   orb.Point // WGS 84 → metres on the plane of the map
	}{
		{"WGS 84 in Chengdu", tile.WebMercatorQuad, orb.Point{104.0657, 30.6595}, mercator(orb.Point{104.0657, 30.6595})},
		{"GCJ-02 in Chengdu", tile.GCJ02, orb.Point{104.0657, 30.6595}, mercator(orb.Point{104.068207400, 30.657079145})},
		{"GCJ-02 near Shanghai", tile.GCJ02, orb.Point{121.0917077, 30.6107779}, mercator(orb.Point{121.096269279, 30.608604369})},
		{"Baidu in Chengdu", tile.BD09, orb.Point{104.0657, 30.6595}, geo.WGS84ToBD09MC(geo.BD09ToWGS84(orb.Point{104.074701703, 30.663109266}))},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := grid(t, test.grid)
			const z = 20
			id := g.At(test.at, z)
			decoded := mvttest.Check(t, mustTile(t, setOf(t, placesAt(test.at), nil), "places", g, id).Body.Data())
			p := decoded.Layers[0].Features[0].Geometry.(orb.MultiPoint)[0]
			size, west, top := 2*math.Pi*6378137/math.Exp2(z), -math.Pi*6378137, math.Pi*6378137
			if test.grid == tile.BD09 {
				size, west, top = 256*math.Exp2(18-z), 0, 0
				id.Y = -1 - id.Y
			}
			got := orb.Point{west + size*(float64(id.X)+p[0]/4096), top - size*(float64(id.Y)+p[1]/4096)}
			if d := math.Hypot(got[0]-test.want[0], got[1]-test.want[1]); d > 0.1 {
				t.Errorf("%v is %.3f m away from %v", got, d, test.want)
			}
		})
	}
}

// TestSeams: where an outline crosses the edge of two tiles, both have it at the same place.
func TestSeams(t *testing.T) {
	outline := orb.Polygon{{{103.9, 30.5}, {104.31, 30.52}, {104.27, 30.83}, {104.05, 30.71}, {103.88, 30.86}, {103.9, 30.5}}}
	s := setOf(t, areasAt(outline), nil)
	for _, g := range tile.Grids() {
		for z := 10; z <= 13; z++ {
			crossed := 0
			for _, id := range tilesOver(g, outline.Bound(), z) {
				right := tile.ID{Z: z, X: id.X + 1, Y: id.Y}
				a, b := crossings(t, s, g, id, 4096), crossings(t, s, g, right, 0)
				if len(a) != len(b) {
					t.Fatalf("%s %v: %v at its east edge, %v beyond", g.Name(), id, a, b)
				}
				for i := range a {
					// A unit across the outline is more along the edge where the outline is steep.
					if math.Abs(a[i].y-b[i].y) > max(1, math.Abs(a[i].slope)) {
						t.Errorf("%s %v: %v at its east edge, %v beyond", g.Name(), id, a, b)
					}
				}
				crossed += len(a)
			}
			if crossed < 2 {
				t.Errorf("%s zoom %d: no edge is crossed", g.Name(), z)
			}
		}
	}
}

// crossing is where an outline crosses a column of a tile, in units.
type crossing struct{ y, slope float64 }

// crossings returns where outlines of areas cross a column of a tile within its rows, from the top.
func crossings(t *testing.T, s *Set, g *tile.Grid, id tile.ID, x float64) []crossing {
	t.Helper()
	var at []crossing
	l := mvttest.Check(t, mustTile(t, s, "areas", g, id).Body.Data()).Layer("areas")
	if l == nil {
		return nil
	}
	for _, p := range l.Features[0].Geometry.(orb.MultiPolygon) {
		for _, ring := range p {
			for i := 1; i < len(ring); i++ {
				a, b := ring[i-1], ring[i]
				if (a[0]-x-0.25)*(b[0]-x-0.25) < 0 {
					if y := a[1] + (b[1]-a[1])*(x+0.25-a[0])/(b[0]-a[0]); y >= 2 && y < 4094 {
						at = append(at, crossing{y, (b[1] - a[1]) / (b[0] - a[0])})
					}
				}
			}
		}
	}
	slices.SortFunc(at, func(a, b crossing) int { return cmp.Compare(a.y, b.y) })
	return at
}

// TestPublishKeepsTags: a version that moves one park changes the tiles that show it, before or after, and no other.
func TestPublishKeepsTags(t *testing.T) {
	var before, after orb.Bound
	old := builtIn(t, func(l *layout.Layout) { before = featureOf(l, "P05").Geometry.Bound() })
	moved := builtIn(t, func(l *layout.Layout) {
		l.Version = 8
		f := featureOf(l, "P05")
		f.Geometry = geo.Project(f.Geometry, func(p orb.Point) orb.Point { return orb.Point{p[0] + 0.01, p[1] + 0.004} })
		after = f.Geometry.Bound()
	})
	touched, kept := 0, 0
	for _, g := range tile.Grids() {
		for _, z := range []int{6, 9, 11, 13} {
			for _, id := range tilesOver(g, chengdu, z) {
				box := g.Box(id, 4).Bounds()[0]
				a, b := mustTile(t, old, Bundle, g, id), mustTile(t, moved, Bundle, g, id)
				same := a.Body.ETag() == b.Body.ETag()
				switch near := box.Intersects(before) || box.Intersects(after); {
				case !near && !same:
					t.Fatalf("%s %v does not show the park and changes", g.Name(), id)
				case !same:
					touched++
				case !near:
					kept++
				}
			}
			if p := g.At(before.Center(), z); mustTile(t, old, Bundle, g, p).Body.ETag() == mustTile(t, moved, Bundle, g, p).Body.ETag() {
				t.Errorf("%s %v shows the park and stays", g.Name(), p)
			}
		}
	}
	if touched == 0 || kept == 0 {
		t.Errorf("%d tiles changed, %d stayed", touched, kept)
	}
}

// TestSameBytes: two Sets of the same layout make the same tiles, whatever was asked before.
func TestSameBytes(t *testing.T) {
	a, b := builtIn(t, nil), builtIn(t, nil)
	g := grid(t, tile.WebMercatorQuad)
	ids := tilesOver(g, chengdu, 9)
	for i := range ids {
		mustTile(t, b, Bundle, g, ids[len(ids)-1-i])
	}
	for _, id := range ids {
		if x, y := mustTile(t, a, Bundle, g, id), mustTile(t, b, Bundle, g, id); string(x.Body.Data()) != string(y.Body.Data()) {
			t.Errorf("%v differs", id)
		}
	}
}

func TestRefused(t *testing.T) {
	s := builtIn(t, nil)
	mercator := grid(t, tile.WebMercatorQuad)
	for _, test := range []struct {
		name, layer string
		grid        string
		id          tile.ID
	}{
		{"zoom below 0", Bundle, tile.WebMercatorQuad, tile.ID{Z: -1}},
		{"zoom beyond the last", Bundle, tile.WebMercatorQuad, tile.ID{Z: 25}},
		{"column beyond the last", Bundle, tile.WebMercatorQuad, tile.ID{Z: 1, X: 2}},
		{"negative row", Bundle, tile.GCJ02, tile.ID{Z: 1, Y: -1}},
		{"row of another grid", Bundle, tile.WorldCRS84Quad, tile.ID{Z: 1, X: 1, Y: 2}},
		{"column beyond Baidu's", Bundle, tile.BD09, tile.ID{Z: 3, X: -9, Y: 0}},
		{"unknown layer", "nope", tile.WebMercatorQuad, tile.ID{}},
		{"a register without geometry", "units", tile.WebMercatorQuad, tile.ID{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := s.Tile(t.Context(), test.layer, grid(t, test.grid), test.id, Look{}); layout.KindOf(err) != layout.KindNotFound {
				t.Errorf("%v", err)
			}
		})
	}
	if made := mustTile(t, s, Bundle, mercator, tile.ID{Z: 3}); !made.Empty || len(made.Body.Data()) != 0 {
		t.Errorf("a tile without features: %+v", made)
	}
}
