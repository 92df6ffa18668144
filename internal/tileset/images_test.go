package tileset

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"parkmap/geodata"
	"parkmap/internal/font"
	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/page"
	"parkmap/internal/scene"
	"parkmap/internal/scene/raster"
	"parkmap/internal/source"
	"parkmap/internal/tile"
	"parkmap/internal/turn"
	"parkmap/static"
)

// imageSet returns the Set of a layout, which draws images.
func imageSet(t testing.TB, l *layout.Layout) *Set {
	t.Helper()
	texts, err := page.LoadTexts(static.FS, "src/text")
	if err != nil {
		t.Fatal(err)
	}
	style, err := scene.ReadStyle(static.FS, "src/style")
	if err != nil {
		t.Fatal(err)
	}
	face, err := font.Open(static.FS, "dist/fonts/noto-sans-sc")
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := source.NewSnapshot(l)
	if err != nil {
		t.Fatal(err)
	}
	model := sync.OnceValue(func() *scene.Model {
		return scene.NewModel(l, style, func(lang string) scene.Voice { return texts.Voice(lang) }, nil)
	})
	return New(snapshot, nil, &Images{Model: model, Pen: raster.New(face, nil), Turns: turn.New(256<<20, time.Second)})
}

func chengduLayout(t testing.TB) *layout.Layout {
	t.Helper()
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// looks are two that differ in all that they can.
func looks() []Look {
	return []Look{
		{Format: PNG(), Scale: 1, Theme: scene.ThemeRole, Lang: scene.Chinese, Base: true},
		{Format: PNG(), Scale: 2, Theme: scene.ThemeAI, Lang: scene.English, Dark: true},
	}
}

func imageOf(t testing.TB, s *Set, g *tile.Grid, id tile.ID, look Look) image.Image {
	t.Helper()
	made, err := s.Tile(t.Context(), Bundle, g, id, look)
	if err != nil {
		t.Fatalf("%v: %v", id, err)
	}
	img, err := png.Decode(bytes.NewReader(made.Body.Data()))
	if err != nil {
		t.Fatalf("%v: %v", id, err)
	}
	return img
}

// Names and lines that cross the border of two tiles are whole: tiles are the same as one large drawing.
func TestImagesMeet(t *testing.T) {
	s := imageSet(t, chengduLayout(t))
	for grid, zooms := range map[string][]int{tile.WebMercatorQuad: {9, 13}, tile.BD09: {12}} {
		g, _ := tile.LookupGrid(grid)
		for _, z := range zooms {
			for _, look := range looks() {
				t.Run(fmt.Sprintf("%s %d at %d", grid, z, look.Scale), func(t *testing.T) {
					first := g.At(orb.Point{104.0633, 30.5506}, z)
					corner := g.Corner(first)
					chart, err := s.images.chart(t.Context(), Bundle, g, z, look)
					if err != nil {
						t.Fatal(err)
					}
					seen, window := chart.Window(scene.Box{X: corner[0] * tilePx, Y: corner[1] * tilePx, W: 2 * tilePx, H: 2 * tilePx})
					whole, err := s.images.Pen.Draw(seen, raster.Options{Scale: float64(look.Scale), Window: window})
					if err != nil {
						t.Fatal(err)
					}
					side := tilePx * look.Scale
					tiles := image.NewRGBA(whole.Rect)
					for i := range 4 {
						id := tile.ID{Z: z, X: first.X + i%2, Y: first.Y + i/2}
						if g.RowsUp() {
							id.Y = first.Y - i/2
						}
						at := image.Rect(i%2*side, i/2*side, i%2*side+side, i/2*side+side)
						draw.Draw(tiles, at, imageOf(t, s, g, id, look), image.Point{}, draw.Src)
					}
					same(t, tiles, whole)
				})
			}
		}
	}
}

// same compares images. Files have colours that are not multiplied by their opacity, which rounds them.
func same(t *testing.T, got, want *image.RGBA) {
	t.Helper()
	colours := map[color.RGBA]bool{}
	for y := range want.Rect.Dy() {
		for x := range want.Rect.Dx() {
			a, b := got.RGBAAt(x, y), want.RGBAAt(x, y)
			colours[b] = true
			for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B), int(a.A) - int(b.A)} {
				if d*d > 1 {
					t.Fatalf("pixel %d, %d of the tiles is %v, of the whole %v", x, y, a, b)
				}
			}
		}
	}
	if len(colours) < 50 {
		t.Errorf("only %d colours: there is too little to compare", len(colours))
	}
}

// Whatever the grid, an area has its colour where it lies.
func TestImagesShowAreasInTheirPlace(t *testing.T) {
	l := chengduLayout(t)
	s := imageSet(t, l)
	look := Look{Format: PNG(), Scale: 1, Theme: scene.ThemeRole, Lang: scene.Chinese}
	colours := map[string]color.RGBA{layout.KindCore: {173, 67, 66, 36}, layout.KindZone: {31, 59, 112, 33}, layout.KindPark: {168, 123, 30, 56}}
	for _, g := range tile.Grids() {
		if g.Name() == tile.CGCS2000Quad {
			continue // the same numbers as WorldCRS84Quad
		}
		t.Run(g.Name(), func(t *testing.T) {
			z := int(math.Round(14 - wider(g)))
			for _, f := range l.Features {
				if f.Collection != layout.Areas {
					continue
				}
				want := colours[f.Properties.Common().Kind]
				var seen []color.NRGBA
				found := false
				for _, off := range [][2]float64{{24, 24}, {-24, -24}, {24, -24}, {-24, 24}} { // beside the disc, where no name is
					got := pixelAt(t, s, g, z, geo.LabelPoint(f.Geometry), off, look)
					seen = append(seen, got)
					found = math.Abs(float64(got.R)-float64(want.R)) <= 4 && math.Abs(float64(got.G)-float64(want.G)) <= 4 && math.Abs(float64(got.A)-float64(want.A)) <= 2
					if found {
						break
					}
				}
				if !found {
					t.Errorf("%s has the colours %v, want %v", f.ID, seen, want)
				}
			}
		})
	}
}

// pixelAt returns the colour at a position of WGS 84, some pixels off.
func pixelAt(t testing.TB, s *Set, g *tile.Grid, z int, at orb.Point, off [2]float64, look Look) color.NRGBA {
	t.Helper()
	n := math.Ldexp(1, z)
	q := g.Project(at)
	q = orb.Point{q[0]*n + off[0]/tilePx, q[1]*n + off[1]/tilePx}
	id := g.At(g.Unproject(orb.Point{q[0] / n, q[1] / n}), z)
	corner := g.Corner(id)
	img := imageOf(t, s, g, id, look)
	return color.NRGBAModel.Convert(img.At(int((q[0]-corner[0])*tilePx), int((q[1]-corner[1])*tilePx))).(color.NRGBA)
}

func TestImagesFromAfar(t *testing.T) {
	s := imageSet(t, chengduLayout(t))
	g, _ := tile.LookupGrid(tile.WebMercatorQuad)
	look := looks()[0]
	red := color.RGBA{173, 67, 66, 255}
	for z := range 8 {
		n := 0
		img := imageOf(t, s, g, g.At(orb.Point{104.06, 30.6}, z), look)
		for i := range tilePx * tilePx {
			if color.RGBAModel.Convert(img.At(i%tilePx, i/tilePx)) == red {
				n++
			}
		}
		if n < 5 || n > 60 {
			t.Errorf("zoom %d has %d pixels in the colour of the core", z, n)
		}
	}
}

func TestImagesThatThereAreNone(t *testing.T) {
	g, _ := tile.LookupGrid(tile.WebMercatorQuad)
	look := looks()[0]
	for name, c := range map[string]struct {
		set   *Set
		layer string
		id    tile.ID
	}{
		"no images":      {setOf(t, chengduLayout(t), nil), Bundle, tile.ID{}},
		"unknown layer":  {imageSet(t, chengduLayout(t)), "nope", tile.ID{}},
		"zoom too deep":  {imageSet(t, chengduLayout(t)), Bundle, tile.ID{Z: 21}},
		"outside a grid": {imageSet(t, chengduLayout(t)), Bundle, tile.ID{Z: 3, X: 8}},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := c.set.Tile(t.Context(), c.layer, g, c.id, look); layout.KindOf(err) != layout.KindNotFound {
				t.Errorf("error %v, want not-found", err)
			}
		})
	}
}

// awkward are layouts whose images have to be made all the same.
func awkward() map[string]*layout.Layout {
	empty := &layout.Layout{Version: 1}
	return map[string]*layout.Layout{
		"nothing":              empty,
		"a name of a megabyte": areasAt(square(104, 30, 0.1)),
		"at the antimeridian":  areasAt(square(179.95, 0, 0.04), square(-179.95, 0, 0.04)),
		"at the pole":          areasAt(square(10, 89.9, 0.05)),
		"the whole world":      areasAt(orb.Polygon{{{-180, -90}, {180, -90}, {180, 90}, {-180, 90}, {-180, -90}}}),
		"many":                 manyAt(500),
	}
}

func square(x, y, half float64) orb.Polygon {
	return orb.Polygon{{{x - half, y - half}, {x + half, y - half}, {x + half, y + half}, {x - half, y + half}, {x - half, y - half}}}
}

// manyAt is a layout of n parks, close to each other.
func manyAt(n int) *layout.Layout {
	var outlines []orb.Geometry
	for i := range n {
		sin, cos := math.Sincos(float64(i) * 2.39996)
		r := 0.4 * math.Sqrt(float64(i)/float64(n))
		outlines = append(outlines, square(104+r*cos, 30.6+r*sin, 0.2/math.Sqrt(float64(n))))
	}
	return areasAt(outlines...)
}

func TestImagesOfAwkwardLayouts(t *testing.T) {
	for name, l := range awkward() {
		t.Run(name, func(t *testing.T) {
			if name == "a name of a megabyte" {
				l.Features[0].Properties.(*layout.Area).NameZH = string(bytes.Repeat([]byte("园区"), 200_000))
			}
			s := imageSet(t, l)
			for _, name := range []string{tile.WebMercatorQuad, tile.BD09} {
				g, _ := tile.LookupGrid(name)
				for _, z := range []int{0, 10, 20} {
					imageOf(t, s, g, g.At(orb.Point{104, 30.6}, z), looks()[0])
				}
			}
		})
	}
}

func BenchmarkImage(b *testing.B) {
	s := imageSet(b, chengduLayout(b))
	g, _ := tile.LookupGrid(tile.WebMercatorQuad)
	for _, z := range []int{9, 11, 13} {
		for _, f := range []Format{PNG(), WebP()} {
			b.Run(fmt.Sprintf("%d %s", z, f.Name), func(b *testing.B) {
				look := looks()[0]
				look.Format = f
				chart, err := s.images.chart(b.Context(), Bundle, g, z, look)
				if err != nil {
					b.Fatal(err)
				}
				corner := g.Corner(g.At(orb.Point{104.06, 30.60}, z))
				b.ReportAllocs()
				n := 0
				for b.Loop() {
					seen, window := chart.Window(scene.Box{X: corner[0] * tilePx, Y: corner[1] * tilePx, W: tilePx, H: tilePx})
					made, err := s.images.draw(b.Context(), seen, window, look)
					if err != nil {
						b.Fatal(err)
					}
					n = len(made.Body.Data())
				}
				b.ReportMetric(float64(n), "bytes/tile")
			})
		}
	}
}

func BenchmarkChart(b *testing.B) {
	for name, l := range map[string]*layout.Layout{"built-in": chengduLayout(b), "10,000 parks": manyAt(10_000)} {
		s := imageSet(b, l)
		g, _ := tile.LookupGrid(tile.WebMercatorQuad)
		for _, z := range []int{9, 11, 13, 20} {
			b.Run(fmt.Sprintf("%s %d", name, z), func(b *testing.B) {
				b.ReportAllocs()
				n := 0
				for b.Loop() {
					m := s.images.model(Bundle, true)
					r := scene.Request{Theme: scene.ThemeAI, Lang: scene.Chinese}
					c, err := scene.NewChart(m, r, gridPlane{g}, tilePx*float64(int(1)<<z), webZoom(g, z))
					if err != nil {
						b.Fatal(err)
					}
					n = c.Weight()
				}
				b.ReportMetric(float64(n), "bytes/chart")
			})
		}
	}
}
