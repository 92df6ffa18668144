package raster_test

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"parkmap/geodata"
	"parkmap/internal/font"
	"parkmap/internal/layout"
	"parkmap/internal/page"
	"parkmap/internal/scene"
	"parkmap/internal/scene/raster"
	"parkmap/static"
)

func newPen(t testing.TB, missing func(rune)) *raster.Pen {
	t.Helper()
	face, err := font.Open(static.FS, "dist/fonts/noto-sans-sc")
	if err != nil {
		t.Fatal(err)
	}
	return raster.New(face, missing)
}

// builtIn returns the model of the layout that the program ships with, with names as a pen measures them.
func builtIn(t testing.TB, pen *raster.Pen) *scene.Model {
	t.Helper()
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := page.LoadTexts(static.FS, "src/text")
	if err != nil {
		t.Fatal(err)
	}
	style, err := scene.ReadStyle(static.FS, "src/style")
	if err != nil {
		t.Fatal(err)
	}
	return scene.NewModel(l, style, func(lang string) scene.Voice { return texts.Voice(lang) }, pen.Measure)
}

func compose(t testing.TB, m *scene.Model, r scene.Request) *scene.Scene {
	t.Helper()
	s, err := scene.Compose(m, r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func paint(t testing.TB, pen *raster.Pen, s *scene.Scene, o raster.Options) *image.RGBA {
	t.Helper()
	img, err := pen.Draw(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// window is a part of a scene that shows dashes, patterns, letters and icons.
var window = scene.Box{X: 420, Y: 300, W: 256, H: 256}

// requests are pictures that between them have all that can be drawn.
func requests() map[string]scene.Request {
	return map[string]scene.Request{
		"by role":        {Figure: 1, Width: 900, Height: 700, Theme: scene.ThemeRole, Lang: scene.Chinese, Legend: true, Margin: true},
		"by AI+, dark":   {Figure: 2, Width: 900, Height: 700, Theme: scene.ThemeAI, Dark: true, Lang: scene.English, Links: true},
		"grey":           {Figure: 1, Width: 900, Height: 700, Theme: scene.ThemeAI, Grey: true, Lang: scene.Chinese},
		"with selection": {Width: 900, Height: 700, Theme: scene.ThemeAI, Lang: scene.Chinese, Selected: "P09"},
	}
}

func TestWindowIsPartOfTheWhole(t *testing.T) {
	pen := newPen(t, nil)
	m := builtIn(t, pen)
	for name, r := range requests() {
		for _, scale := range []float64{1, 2} {
			t.Run(fmt.Sprintf("%s at %g", name, scale), func(t *testing.T) {
				s := compose(t, m, r)
				whole := paint(t, pen, s, raster.Options{Scale: scale})
				part := paint(t, pen, s, raster.Options{Scale: scale, Window: window})
				at := image.Pt(int(window.X*scale), int(window.Y*scale))
				colours := map[color.RGBA]bool{}
				for y := range part.Rect.Dy() {
					for x := range part.Rect.Dx() {
						got, want := part.RGBAAt(x, y), whole.RGBAAt(at.X+x, at.Y+y)
						if got != want {
							t.Fatalf("pixel %d, %d of the window is %v, in the whole %v", x, y, got, want)
						}
						colours[got] = true
					}
				}
				if len(colours) < 100 {
					t.Errorf("the window shows only %d colours", len(colours))
				}
			})
		}
	}
}

// plain is a scene of marks on nothing.
func plain(marks ...scene.Mark) *scene.Scene {
	return &scene.Scene{
		Width: 120, Height: 60, Lang: scene.Chinese, Layers: []scene.Layer{{Name: "marks", Marks: marks}},
		Icons: map[string]string{"square": "M4 4h16v16h-16z", "broken": "M1 x"},
		Patterns: []scene.Pattern{
			{ID: "stripes", Size: 4, Stripes: []scene.Stripe{{Colour: "#FF0000", At: 0, Wide: 2}, {Colour: "#0000FF", At: 2, Wide: 2}}},
			{ID: "dots", Size: 10, Dot: 2, Colour: "#00FF00"},
		},
	}
}

func TestMarks(t *testing.T) {
	red, half := scene.Paint{Colour: "#FF0000"}, scene.Paint{Colour: "#FF0000", Opacity: 0.5}
	line := [][]scene.Pt{{{X: 10, Y: 30}, {X: 110, Y: 30}}}
	for name, c := range map[string]struct {
		mark scene.Mark
		at   image.Point
		want color.RGBA
	}{
		"rectangle":               {scene.Rect{Box: scene.Box{X: 10, Y: 10, W: 50, H: 20}, Fill: red}, image.Pt(10, 10), color.RGBA{255, 0, 0, 255}},
		"round corner":            {scene.Rect{Box: scene.Box{X: 10, Y: 10, W: 50, H: 20}, Radius: 8, Fill: red}, image.Pt(10, 10), color.RGBA{}},
		"opacity of the fill":     {scene.Circle{At: scene.Pt{X: 30, Y: 30}, R: 10, Fill: half}, image.Pt(30, 30), color.RGBA{128, 0, 0, 128}},
		"opacity of all":          {scene.Circle{At: scene.Pt{X: 30, Y: 30}, R: 10, Fill: half, Opacity: 0.5}, image.Pt(30, 30), color.RGBA{64, 0, 0, 64}},
		"line":                    {scene.Path{Lines: line, Stroke: scene.Stroke{Colour: "#FF0000", Width: 4}}, image.Pt(60, 29), color.RGBA{255, 0, 0, 255}},
		"open lines have no fill": {scene.Path{Lines: [][]scene.Pt{{{X: 0, Y: 0}, {X: 100, Y: 0}, {X: 100, Y: 59}}}, Fill: red}, image.Pt(90, 30), color.RGBA{}},
		"gap of a dashed line":    {scene.Path{Lines: line, Stroke: scene.Stroke{Colour: "#FF0000", Width: 4, Dash: []float64{10, 10}}}, image.Pt(25, 30), color.RGBA{}},
		"icon":                    {scene.Icon{Name: "square", At: scene.Pt{X: 30, Y: 30}, Size: 24, Fill: red}, image.Pt(23, 23), color.RGBA{255, 0, 0, 255}},
		"icon that is unknown":    {scene.Icon{Name: "none", At: scene.Pt{X: 30, Y: 30}, Size: 24, Fill: red}, image.Pt(30, 30), color.RGBA{}},
		"first stripe":            {scene.Rect{Box: scene.Box{W: 120, H: 60}, Fill: scene.Paint{Pattern: "stripes"}}, image.Pt(41, 10), color.RGBA{255, 0, 0, 255}},
		"second stripe":           {scene.Rect{Box: scene.Box{W: 120, H: 60}, Fill: scene.Paint{Pattern: "stripes"}}, image.Pt(42, 10), color.RGBA{0, 0, 255, 255}},
		"dot":                     {scene.Rect{Box: scene.Box{W: 120, H: 60}, Fill: scene.Paint{Pattern: "dots"}}, image.Pt(44, 44), color.RGBA{0, 255, 0, 255}},
		"between dots":            {scene.Rect{Box: scene.Box{W: 120, H: 60}, Fill: scene.Paint{Pattern: "dots"}}, image.Pt(50, 50), color.RGBA{}},
		"unknown pattern":         {scene.Rect{Box: scene.Box{W: 120, H: 60}, Fill: scene.Paint{Pattern: "none"}}, image.Pt(50, 50), color.RGBA{}},
		"no colour":               {scene.Rect{Box: scene.Box{W: 120, H: 60}, Fill: scene.Paint{Colour: "red"}}, image.Pt(50, 50), color.RGBA{}},
		"halo": {scene.Text{
			Text: "一", At: scene.Pt{X: 60, Y: 40}, Anchor: "middle", Size: 40, Weight: 400, Fill: "#000000", Halo: "#FF0000", HaloWidth: 8,
		}, image.Pt(60, 29), color.RGBA{255, 0, 0, 255}},
		"letter": {scene.Text{Text: "一", At: scene.Pt{X: 60, Y: 40}, Anchor: "middle", Size: 40, Weight: 400, Fill: "#FF0000"}, image.Pt(60, 25), color.RGBA{255, 0, 0, 255}},
	} {
		t.Run(name, func(t *testing.T) {
			img := paint(t, newPen(t, nil), plain(c.mark), raster.Options{})
			if got := img.RGBAAt(c.at.X, c.at.Y); got != c.want {
				t.Errorf("pixel %v is %v, want %v", c.at, got, c.want)
			}
		})
	}
}

// inkOf returns the box of what is drawn.
func inkOf(img *image.RGBA) image.Rectangle {
	var box image.Rectangle
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			if img.RGBAAt(x, y).A > 0 {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

func TestTextStandsAtItsAnchor(t *testing.T) {
	pen := newPen(t, nil)
	wide := pen.Measure("成都Ag", 16, 600, false)
	for anchor, left := range map[string]float64{"start": 60, "middle": 60 - wide/2, "end": 60 - wide} {
		t.Run(anchor, func(t *testing.T) {
			text := scene.Text{Text: "成都Ag", At: scene.Pt{X: 60, Y: 40}, Anchor: anchor, Size: 16, Weight: 600, Fill: "#000000"}
			box := inkOf(paint(t, pen, plain(text), raster.Options{}))
			if math.Abs(float64(box.Min.X)-left) > 2 || math.Abs(float64(box.Max.X)-left-wide) > 2 {
				t.Errorf("ink from %d to %d, want about %.1f to %.1f", box.Min.X, box.Max.X, left, left+wide)
			}
			if box.Min.Y < 24 || box.Max.Y > 46 {
				t.Errorf("ink from %d down to %d does not stand on the line at 40", box.Min.Y, box.Max.Y)
			}
		})
	}
}

func TestAwkwardTexts(t *testing.T) {
	for name, c := range map[string]struct {
		text    string
		missing string  // characters that are told of
		wide    float64 // at least; 0 draws nothing
	}{
		"emoji":                 {"园😀😀", "😀", 36},
		"right to left":         {"مرحبا", "مرحبا", 20},
		"controls":              {"\x00\x1b\n\u202e\u200d", "", 0},
		"lacking":               {"\U0002A700", "\U0002A700", 8},
		"no character":          {"\xff\xfe", "", 1},
		"selector of a variant": {"园\ufe0f", "", 10},
		"a megabyte":            {strings.Repeat("园", 350_000), "", 100},
		"a megabyte of unknown": {strings.Repeat("😀", 250_000), "😀", 100},
	} {
		t.Run(name, func(t *testing.T) {
			var told []rune
			pen := newPen(t, func(r rune) { told = append(told, r) })
			text := scene.Text{Text: c.text, At: scene.Pt{X: 2, Y: 40}, Size: 12, Weight: 400, Fill: "#000000", Halo: "#FFFFFF", HaloWidth: 3}
			for range 2 {
				box := inkOf(paint(t, pen, plain(text), raster.Options{}))
				if wide := float64(box.Dx()); wide < c.wide || c.wide == 0 && wide > 0 {
					t.Errorf("%g pixels wide, want %g", wide, c.wide)
				}
			}
			if c.missing != "" && string(told) != c.missing {
				t.Errorf("told of %q, want %q", string(told), c.missing)
			}
		})
	}
}

func TestSizesThatAreRefused(t *testing.T) {
	for name, o := range map[string]raster.Options{
		"no width":     {Window: scene.Box{W: 0.2, H: 10}},
		"negative":     {Window: scene.Box{W: -10, H: 10}},
		"too large":    {Scale: 100},
		"huge":         {Window: scene.Box{W: 1e12, H: 1e12}},
		"not a number": {Window: scene.Box{W: math.NaN(), H: 10}},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := newPen(t, nil).Draw(plain(), o); layout.KindOf(err) != layout.KindInvalid {
				t.Errorf("error %v, want invalid", err)
			}
		})
	}
}

func TestBrokenIconIsAnError(t *testing.T) {
	if _, err := newPen(t, nil).Draw(plain(scene.Icon{Name: "broken", Size: 9}), raster.Options{}); err == nil {
		t.Error("was drawn")
	}
}

func BenchmarkFigure1(b *testing.B) {
	pen := newPen(b, nil)
	m := builtIn(b, pen)
	s := compose(b, m, scene.Request{Figure: 1, Width: 1600, Height: 1200, Theme: scene.ThemeRole, Lang: scene.Chinese, Legend: true, Margin: true})
	b.ReportAllocs()
	for b.Loop() {
		paint(b, pen, s, raster.Options{})
	}
}
