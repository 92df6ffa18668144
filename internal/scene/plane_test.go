package scene_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/geodata"
	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/scene"
)

// around returns the box on a plane round a box of CRS84.
func around(plane scene.Plane, b orb.Bound) orb.Bound {
	out := orb.MultiPoint{}
	for _, p := range []orb.Point{b.Min, b.Max, b.LeftTop(), b.RightBottom()} {
		out = append(out, plane.Forward(p))
	}
	return out.Bound()
}

// TestWindow: what is asked for in a plane is where that plane has it, in pixels that need not be square, and all
// planes show the same things at the same scale.
func TestWindow(t *testing.T) {
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	m, outlines := model(t, l), map[layout.ID]orb.Geometry{}
	for _, f := range l.Features {
		outlines[f.ID] = f.Geometry
	}
	box := orb.Bound{Min: orb.Point{103.9, 30.4}, Max: orb.Point{104.3, 30.8}}
	for _, name := range []string{"EPSG:3857", "OGC:CRS84", "EPSG:4490", "EPSG:4523", "EPSG:4544"} {
		t.Run(name, func(t *testing.T) {
			crs, err := geo.LookupCRS(name)
			if err != nil {
				t.Fatal(err)
			}
			w := around(crs, box)
			s := compose(t, m, scene.Request{Width: 800, Height: 700, Plane: crs, Window: w, Lang: scene.Chinese, Theme: scene.ThemeRole})
			if len(s.Discs) < 4 || len(s.Labels) < 4 || math.Abs(s.Zoom-11.2) > 0.3 {
				t.Errorf("%d discs, %d names, zoom %g", len(s.Discs), len(s.Labels), s.Zoom)
			}
			for _, d := range s.Discs {
				x, y := d.At.X/s.Width, 1-d.At.Y/s.Height
				at := crs.Inverse(orb.Point{w.Min[0] + x*(w.Max[0]-w.Min[0]), w.Min[1] + y*(w.Max[1]-w.Min[1])})
				if !(geo.BBox{West: at[0], South: at[1], East: at[0], North: at[1]}).Intersects(outlines[d.Of]) {
					t.Errorf("the disc of %s is at %v, outside of it", d.Of, at)
				}
			}
		})
	}
}

// TestOnly: a collection by itself is drawn with nothing round it.
func TestOnly(t *testing.T) {
	m := builtIn(t)
	for _, test := range []struct {
		collection    layout.CollectionID
		discs, names  int // at least
		layers, never string
	}{
		{layout.Areas, 14, 10, "areas", "base"},
		{layout.Cores, 1, 1, "areas", "base"},
		{layout.Parks, 12, 10, "areas", "base"},
		{layout.Places, 0, 8, "names", "areas"},
		{layout.Districts, 0, 15, "base", "areas"},
		{layout.Context, 0, 3, "base", "areas"},
	} {
		t.Run(string(test.collection), func(t *testing.T) {
			r := request(0)
			r.Legend, r.Margin, r.Ground = false, false, scene.NoGround
			s := compose(t, m.Only(test.collection), r)
			layers := map[string]bool{}
			for _, l := range s.Layers {
				layers[l.Name] = true
			}
			if len(s.Discs) < test.discs || len(s.Labels) < test.names || !layers[test.layers] || layers[test.never] || layers["ground"] {
				t.Errorf("%d discs, %d names, layers %v", len(s.Discs), len(s.Labels), layers)
			}
		})
	}
}

// TestOnlyShapes: geometries without names are drawn as they are.
func TestOnlyShapes(t *testing.T) {
	m := builtIn(t).OnlyShapes([]orb.Geometry{
		orb.Point{104, 30.5}, orb.LineString{{104, 30.4}, {104.1, 30.6}}, star(orb.Point{104.05, 30.55}, 0.01), orb.MultiPoint{{1, 1}}, nil,
	})
	s := compose(t, m, scene.Request{
		Width: 400, Height: 400, Extent: orb.Bound{Min: orb.Point{103.9, 30.4}, Max: orb.Point{104.2, 30.7}}, Lang: scene.English, Theme: scene.ThemeRole,
	})
	for _, l := range s.Layers {
		if l.Name == "shapes" && len(l.Marks) == 3 {
			return
		}
	}
	t.Errorf("layers %+v", s.Layers)
}

// TestDescribe: what is said without drawing is what the drawing says.
func TestDescribe(t *testing.T) {
	m := builtIn(t)
	for name, r := range pictures() {
		words, err := scene.Describe(m, r)
		if s := compose(t, m, r); err != nil || words != s.Words {
			t.Errorf("%s: %v %v, drawn as %v", name, err, words, s.Words)
		}
	}
}

func BenchmarkDescribe(b *testing.B) {
	m := builtIn(b)
	for b.Loop() {
		if _, err := scene.Describe(m, request(1)); err != nil {
			b.Fatal(err)
		}
	}
}
