package pdf_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"parkmap/internal/pdf/pdftest"
	"parkmap/internal/scene"
	"parkmap/internal/scene/pdf"
)

func TestNamesAreFoundInTheText(t *testing.T) {
	for _, lang := range []string{scene.Chinese, scene.English} {
		t.Run(lang, func(t *testing.T) {
			s := compose(t, scene.Request{Figure: 1, Width: 1200, Height: 900, Theme: scene.ThemeRole, Lang: lang, Legend: true, Margin: true})
			name := file(t, s)
			text := strings.Join(strings.Fields(pdftest.Run(t, "pdftotext", name, "-")), "")
			for _, l := range s.Labels {
				for _, line := range l.Lines {
					if !strings.Contains(text, strings.Join(strings.Fields(line.Text), "")) {
						t.Errorf("%q is not in the text", line.Text)
					}
				}
			}
			info := pdftest.Run(t, "pdfinfo", name)
			for _, want := range []string{"Tagged:          yes", "Page size:       900 x 675 pts", s.Words[0].Title, "Creator:         parkmap test"} {
				if !strings.Contains(info, want) {
					t.Errorf("pdfinfo does not say %q:\n%s", want, info)
				}
			}
		})
	}
}

// A rim round letters must not be a second text to those who copy or search.
func TestTextsAreThereOnce(t *testing.T) {
	s := &scene.Scene{Width: 300, Height: 100, Layers: []scene.Layer{{Marks: []scene.Mark{
		scene.Text{Text: "成都高新区", At: scene.Pt{X: 20, Y: 60}, Size: 30, Weight: 700, Fill: "#000000", Halo: "#FFFFFF", HaloWidth: 4},
	}}}}
	if text := strings.TrimSpace(pdftest.Run(t, "pdftotext", "-raw", file(t, s), "-")); text != "成都高新区" {
		t.Errorf("the text is %q", text)
	}
}

func TestColoursOfTheFigure(t *testing.T) {
	for _, look := range []struct {
		name string
		r    scene.Request
	}{
		{"by role", scene.Request{Theme: scene.ThemeRole}},
		{"by AI+", scene.Request{Theme: scene.ThemeAI}},
		{"dark", scene.Request{Theme: scene.ThemeRole, Dark: true}},
		{"grey", scene.Request{Theme: scene.ThemeRole, Grey: true}},
	} {
		t.Run(look.name, func(t *testing.T) {
			r := look.r
			r.Figure, r.Width, r.Height, r.Lang, r.Unlinked = 1, 700, 560, scene.Chinese, true
			s := compose(t, r)
			img := pixels(t, s, 2)
			discs := 0
			for _, l := range s.Layers {
				for _, m := range l.Marks {
					c, ok := m.(scene.Circle)
					if !ok || c.Of == "" || c.Stroke.Width == 0 {
						continue
					}
					discs++
					if got := img.At(int(2*(c.At.X-c.R)), int(2*c.At.Y)); !near(got, c.Stroke.Colour, 24) {
						t.Errorf("the ring of %s is %v, not %s", c.Of, got, c.Stroke.Colour)
					}
					if got := img.At(int(2*c.At.X), int(2*(c.At.Y+c.R*0.7))); !near(got, c.Fill.Colour, 12) {
						t.Errorf("the disc of %s is %v, not %s", c.Of, got, c.Fill.Colour)
					}
				}
			}
			if discs != 12 {
				t.Errorf("%d discs of parks", discs)
			}
		})
	}
}

// Each primitive paints what it should, and nothing else.
func TestPrimitives(t *testing.T) {
	square := func(x, y, side float64) []scene.Pt {
		return []scene.Pt{{X: x, Y: y}, {X: x + side, Y: y}, {X: x + side, Y: y + side}, {X: x, Y: y + side}}
	}
	ink := scene.Paint{Colour: "#204080"}
	for _, c := range []struct {
		name  string
		mark  scene.Mark
		is    []scene.Pt // has the colour
		isnt  []scene.Pt // is paper
		value string     // "" is that of ink
	}{
		{"a hole by the even-odd rule", scene.Path{Lines: [][]scene.Pt{square(10, 10, 80), square(30, 30, 40)}, Closed: true, Fill: ink},
			[]scene.Pt{{X: 20, Y: 50}, {X: 80, Y: 50}}, []scene.Pt{{X: 50, Y: 50}, {X: 5, Y: 5}}, ""},
		{"half opaque", scene.Rect{Box: scene.Box{X: 10, Y: 10, W: 80, H: 80}, Fill: scene.Paint{Colour: "#204080", Opacity: 0.5}},
			[]scene.Pt{{X: 50, Y: 50}}, nil, "#8F9FBF"},
		{"opacity of fill and whole together", scene.Rect{Box: scene.Box{X: 10, Y: 10, W: 80, H: 80}, Fill: scene.Paint{Colour: "#000000", Opacity: 0.5}, Opacity: 0.5},
			[]scene.Pt{{X: 50, Y: 50}}, nil, "#BFBFBF"},
		{"round corners", scene.Rect{Box: scene.Box{X: 10, Y: 10, W: 80, H: 80}, Radius: 40, Fill: ink},
			[]scene.Pt{{X: 50, Y: 12}, {X: 50, Y: 50}}, []scene.Pt{{X: 14, Y: 14}, {X: 86, Y: 86}}, ""},
		{"dashes", scene.Path{Lines: [][]scene.Pt{{{X: 0, Y: 50}, {X: 100, Y: 50}}}, Stroke: scene.Stroke{Colour: "#204080", Width: 6, Dash: []float64{20, 20}}},
			[]scene.Pt{{X: 10, Y: 50}, {X: 50, Y: 50}}, []scene.Pt{{X: 30, Y: 50}, {X: 70, Y: 50}}, ""},
		{"an open line is not filled", scene.Path{Lines: [][]scene.Pt{{{X: 10, Y: 10}, {X: 90, Y: 10}, {X: 90, Y: 90}}}, Stroke: scene.Stroke{Colour: "#204080", Width: 6}},
			[]scene.Pt{{X: 50, Y: 10}, {X: 90, Y: 50}}, []scene.Pt{{X: 70, Y: 40}, {X: 50, Y: 50}}, ""},
		{"stripes stay in the shape", scene.Path{Lines: [][]scene.Pt{square(20, 20, 60)}, Closed: true, Fill: scene.Paint{Pattern: "stripes"}},
			[]scene.Pt{{X: 25, Y: 50}, {X: 45, Y: 50}}, []scene.Pt{{X: 35, Y: 50}, {X: 5, Y: 50}, {X: 85, Y: 50}}, ""},
		{"dots", scene.Rect{Box: scene.Box{W: 100, H: 100}, Fill: scene.Paint{Pattern: "dots"}},
			[]scene.Pt{{X: 10, Y: 10}, {X: 50, Y: 70}}, []scene.Pt{{X: 20, Y: 20}, {X: 1, Y: 1}}, ""},
		{"an icon is turned round its middle", scene.Icon{Name: "bar", At: scene.Pt{X: 50, Y: 50}, Size: 96, Angle: 90, Fill: ink},
			[]scene.Pt{{X: 50, Y: 20}, {X: 50, Y: 80}}, []scene.Pt{{X: 20, Y: 50}, {X: 80, Y: 50}}, ""},
		{"a text hangs from its end", scene.Text{Text: "█████", At: scene.Pt{X: 90, Y: 60}, Anchor: "end", Size: 15, Fill: "#204080"},
			[]scene.Pt{{X: 80, Y: 55}, {X: 40, Y: 55}}, []scene.Pt{{X: 95, Y: 55}, {X: 5, Y: 55}}, ""},
		{"a text is turned", scene.Text{Text: "█████", At: scene.Pt{X: 45, Y: 10}, Anchor: "start", Size: 15, Angle: 90, Fill: "#204080"},
			[]scene.Pt{{X: 51, Y: 20}, {X: 51, Y: 60}}, []scene.Pt{{X: 51, Y: 5}, {X: 20, Y: 20}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &scene.Scene{
				Width: 100, Height: 100, Lang: scene.English, Icons: map[string]string{"bar": "M2 10H22V14H2z"},
				Patterns: []scene.Pattern{
					{ID: "stripes", Size: 20, Stripes: []scene.Stripe{{Colour: "#204080", Wide: 10}}},
					{ID: "dots", Size: 20, Dot: 5, Colour: "#204080"},
				},
				Layers: []scene.Layer{{Marks: []scene.Mark{c.mark}}},
			}
			want := c.value
			if want == "" {
				want = "#204080"
			}
			img := pixels(t, s, 1)
			for _, p := range c.is {
				if got := img.At(int(p.X), int(p.Y)); !near(got, want, 3) {
					t.Errorf("%v is %v", p, got)
				}
			}
			for _, p := range c.isnt {
				if got := img.At(int(p.X), int(p.Y)); !near(got, "#FFFFFF", 3) {
					t.Errorf("%v is %v, not paper", p, got)
				}
			}
		})
	}
}

func TestClipsHold(t *testing.T) {
	s := &scene.Scene{Width: 100, Height: 100, Layers: []scene.Layer{
		{Clip: &scene.Box{X: 20, Y: 20, W: 30, H: 30}, Marks: []scene.Mark{scene.Rect{Box: scene.Box{W: 100, H: 100}, Fill: scene.Paint{Colour: "#204080"}}}},
		{Marks: []scene.Mark{scene.Circle{At: scene.Pt{X: 80, Y: 80}, R: 10, Fill: scene.Paint{Colour: "#204080"}}}},
	}}
	img := pixels(t, s, 1)
	for _, c := range []struct {
		x, y   int
		colour string
	}{{30, 30, "#204080"}, {60, 30, "#FFFFFF"}, {10, 30, "#FFFFFF"}, {80, 80, "#204080"}} {
		if got := img.At(c.x, c.y); !near(got, c.colour, 3) {
			t.Errorf("%d, %d is %v, not %s", c.x, c.y, got, c.colour)
		}
	}
}

func TestSameSceneSameBytes(t *testing.T) {
	draw := func() []byte {
		s := compose(t, scene.Request{Figure: 2, Width: 800, Height: 600, Theme: scene.ThemeAI, Lang: scene.English, Legend: true, Margin: true})
		data, err := pdf.Draw(s, pdf.Options{Face: face(t), Modified: time.Unix(1e9, 0)})
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	first := draw()
	if !bytes.Equal(first, draw()) {
		t.Error("the bytes differ")
	}
	if len(first) > 150_000 {
		t.Errorf("%d bytes", len(first))
	}
}
