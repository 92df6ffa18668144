package scene_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/scene"
)

// pictures are requests that try the kinds of pictures that there are.
func pictures() map[string]scene.Request {
	out := map[string]scene.Request{}
	for figure := 1; figure <= 3; figure++ {
		for _, lang := range []string{scene.Chinese, scene.English} {
			for _, theme := range []string{scene.ThemeRole, scene.ThemeAI} {
				for _, grey := range []bool{false, true} {
					r := request(figure)
					r.Lang, r.Theme, r.Grey, r.Dark = lang, theme, grey, theme == scene.ThemeAI
					out[fmt.Sprintf("figure %d %s %s grey %t", figure, lang, theme, grey)] = r
				}
			}
		}
	}
	change := func(name string, figure int, change func(*scene.Request)) {
		r := request(figure)
		change(&r)
		out[name] = r
	}
	change("tall", 1, func(r *scene.Request) { r.Width, r.Height, r.WidthMM = 700, 1400, 190 })
	change("wide", 1, func(r *scene.Request) { r.Width, r.Height = 1600, 400 })
	change("small", 1, func(r *scene.Request) { r.Width, r.Height = 400, 300 })
	change("least", 1, func(r *scene.Request) { r.Width, r.Height = 16, 16 })
	change("bare", 1, func(r *scene.Request) { r.Margin, r.Legend = false, false })
	change("legend alone", 2, func(r *scene.Request) { r.Margin = false })
	change("selected", 0, func(r *scene.Request) { r.Selected = "P09" })
	change("filtered", 1, func(r *scene.Request) { r.Passing = map[layout.ID]bool{"P05": true} })
	change("a box", 0, func(r *scene.Request) {
		r.Extent, r.Links = orb.Bound{Min: orb.Point{103.9, 30.4}, Max: orb.Point{104.2, 30.8}}, true
	})
	change("street level", 0, func(r *scene.Request) {
		r.Extent = orb.Bound{Min: orb.Point{104.06, 30.54}, Max: orb.Point{104.07, 30.55}}
	})
	return out
}

// TestNamesStandApart: no two names overlap, none leaves the picture, and none covers a disc.
func TestNamesStandApart(t *testing.T) {
	m := builtIn(t)
	for name, r := range pictures() {
		t.Run(name, func(t *testing.T) {
			s := compose(t, m, r)
			var boxes []scene.Box
			var names []string
			for _, l := range s.Labels {
				boxes, names = append(boxes, l.Box), append(names, l.Lines[0].Text)
			}
			for _, d := range s.Discs {
				boxes = append(boxes, scene.Box{X: d.Mid.X - 11, Y: d.Mid.Y - 11, W: 22, H: 22})
				names = append(names, "disc "+d.Mark)
			}
			for i, a := range boxes {
				if a.X < 0 || a.Y < 0 || a.X+a.W > s.Width || a.Y+a.H > s.Height {
					t.Errorf("%s leaves the picture: %+v", names[i], a)
				}
				for j, b := range boxes[:i] {
					if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
						t.Errorf("%s covers %s", names[i], names[j])
					}
				}
			}
		})
	}
}

// TestMarksStayInTheFrame: what no clip cuts off ends within the picture.
func TestMarksStayInTheFrame(t *testing.T) {
	m := builtIn(t)
	for name, r := range pictures() {
		t.Run(name, func(t *testing.T) {
			s := compose(t, m, r)
			for _, l := range s.Layers {
				for _, mark := range l.Marks {
					text, ok := mark.(scene.Text)
					if !ok || l.Clip != nil {
						continue
					}
					w := scene.Estimate(text.Text, text.Size, text.Weight, text.Serif)
					left := text.At.X - map[string]float64{"end": w, "middle": w / 2}[text.Anchor]
					if left < -1 || left+w > s.Width+1 || text.At.Y > s.Height || text.At.Y < 0 {
						t.Errorf("%s: %q stands at %+v, %g wide", l.Name, text.Text, text.At, w)
					}
				}
			}
		})
	}
}

// words returns the texts of a layer, joined.
func words(s *scene.Scene, layer string) string {
	var out []string
	for _, l := range s.Layers {
		if l.Name != layer {
			continue
		}
		for _, mark := range l.Marks {
			if text, ok := mark.(scene.Text); ok {
				out = append(out, text.Text)
			}
		}
	}
	return strings.Join(out, "|")
}

func TestFigure1(t *testing.T) {
	s := compose(t, builtIn(t), request(1))
	var marks []string
	for _, d := range s.Discs {
		marks = append(marks, d.Mark)
	}
	if want := "核 区 1 2 3 4 5 6 7 8 9 10 11 12"; strings.Join(marks, " ") != want {
		t.Errorf("discs %v, want %s", marks, want)
	}
	named := map[layout.ID]bool{}
	for _, l := range s.Labels {
		named[l.Of] = true
	}
	for _, d := range s.Discs {
		if !named[d.Of] {
			t.Errorf("%s has no name", d.Of)
		}
	}
	for layer, want := range map[string][]string{
		"legend": {"层级", "核", "区", "园", "范围", "示意范围(虚线)", "联系线", "示意联系,非线路", "索引", "12"},
		"margin": {"“一核一区多园”空间布局示意图", "据正文重绘,非原图", "审图号:未填写(示意图)", "示意范围,不作为法定边界", "成发办〔2020〕97号", "N", "km"},
	} {
		for _, text := range want {
			if got := words(s, layer); !strings.Contains(got, text) {
				t.Errorf("%s has no %q: %s", layer, text, got)
			}
		}
	}
	own, other := s.Words[0], s.Words[1]
	if own.Lang != scene.Chinese || other.Lang != scene.English || !strings.Contains(own.Text, "14 个区域") || !strings.Contains(other.Text, "14 areas") {
		t.Errorf("descriptions %+v", s.Words)
	}
}

func TestFigure2ShowsThePlacesOfTheCore(t *testing.T) {
	s := compose(t, builtIn(t), request(2))
	squares := map[layout.ID]bool{}
	for _, l := range s.Layers {
		for _, mark := range l.Marks {
			if r, ok := mark.(scene.Rect); ok && strings.HasPrefix(string(r.Of), "C1-") {
				squares[r.Of] = true
			}
		}
	}
	if len(squares) != 9 {
		t.Errorf("%d places, want 9", len(squares))
	}
	if got := words(s, "legend"); !strings.Contains(got, "载体") || !strings.Contains(got, "新业态集聚地") || strings.Contains(got, "联系") {
		t.Errorf("legend %s", got)
	}
}

func TestOrderOfTheLegend(t *testing.T) {
	m := builtIn(t)
	r := request(1)
	r.Theme, r.Lang = scene.ThemeAI, scene.English
	got := words(compose(t, m, r), "legend")
	at := -1
	for _, text := range []string{"AI+ direction", "Health", "Finance", "Not stated", "Stated", "Outline", "Schematic (dashed)", "Links", "Symbolic links, not routes"} {
		i := strings.Index(got, text)
		if i <= at {
			t.Errorf("%q does not follow in %s", text, got)
		}
		at = i
	}
}

func TestReviewNumberAndScale(t *testing.T) {
	r := request(1)
	r.ReviewNumber, r.WidthMM = "川S(2026)1号", 277
	got := words(compose(t, builtIn(t), r), "margin")
	if !strings.Contains(got, "审图号:川S(2026)1号") || !strings.Contains(got, "约 1 : ") {
		t.Errorf("margin %s", got)
	}
}

// TestFilteredFades: what does not pass fades, and core and zone stay as outlines without a fill.
func TestFilteredFades(t *testing.T) {
	r := request(1)
	r.Passing = map[layout.ID]bool{"P05": true}
	s := compose(t, builtIn(t), r)
	for _, l := range s.Layers {
		if l.Name != "areas" {
			continue
		}
		for _, mark := range l.Marks {
			p, ok := mark.(scene.Path)
			if !ok || p.Of == "" {
				continue
			}
			park := strings.HasPrefix(string(p.Of), "P")
			if faded := p.Opacity == 0.12; faded != (park && p.Of != "P05") {
				t.Errorf("%s has opacity %g", p.Of, p.Opacity)
			}
			if !park && p.Fill != (scene.Paint{}) {
				t.Errorf("%s has a fill", p.Of)
			}
		}
	}
	for _, l := range s.Labels {
		if l.Of == "P04" {
			t.Error("a park that does not pass has a name")
		}
	}
}

func TestUnknownFigure(t *testing.T) {
	for _, no := range []int{-1, 4, 99} {
		if _, err := scene.Compose(builtIn(t), request(no)); layout.KindOf(err) != layout.KindNotFound {
			t.Errorf("figure %d: %v", no, err)
		}
	}
	if _, err := scene.Compose(tiny(t), request(2)); layout.KindOf(err) != layout.KindNotFound {
		t.Errorf("a figure that the layout lacks: %v", err)
	}
}

// TestGreyHasNoHue: every colour of a picture for printing in black is a grey.
func TestGreyHasNoHue(t *testing.T) {
	for _, theme := range []string{scene.ThemeRole, scene.ThemeAI} {
		r := request(1)
		r.Grey, r.Theme = true, theme
		for _, c := range colours(compose(t, builtIn(t), r)) {
			if len(c) != 7 || c[1:3] != c[3:5] || c[3:5] != c[5:7] {
				t.Errorf("%s is no grey", c)
			}
		}
	}
}

func colours(s *scene.Scene) []string {
	var out []string
	for _, l := range s.Layers {
		for _, mark := range l.Marks {
			switch m := mark.(type) {
			case scene.Path:
				out = append(out, m.Fill.Colour, m.Stroke.Colour)
			case scene.Rect:
				out = append(out, m.Fill.Colour, m.Stroke.Colour)
			case scene.Circle:
				out = append(out, m.Fill.Colour, m.Stroke.Colour)
			case scene.Icon:
				out = append(out, m.Fill.Colour)
			case scene.Text:
				out = append(out, m.Fill, m.Halo)
			}
		}
	}
	for _, p := range s.Patterns {
		out = append(out, p.Colour)
		for _, stripe := range p.Stripes {
			out = append(out, stripe.Colour)
		}
	}
	return slices.DeleteFunc(out, func(c string) bool { return c == "" })
}

// TestManyParks: thousands of parks are all drawn, as many discs as fit stand apart.
func TestManyParks(t *testing.T) {
	m := model(t, manyParks(3000))
	s := compose(t, m, request(0))
	shapes := 0
	for _, l := range s.Layers {
		for _, mark := range l.Marks {
			if p, ok := mark.(scene.Path); ok && p.Of != "" {
				shapes++
			}
		}
	}
	if shapes != 3000 {
		t.Errorf("%d outlines, want 3000", shapes)
	}
	if n := len(s.Discs); n < 150 || n > 1200 {
		t.Errorf("%d discs", n)
	}
	for i, a := range s.Discs {
		for _, b := range s.Discs[:i] {
			if max(a.Mid.X-b.Mid.X, b.Mid.X-a.Mid.X, a.Mid.Y-b.Mid.Y, b.Mid.Y-a.Mid.Y) < 26 {
				t.Fatalf("the discs %s and %s touch", a.Mark, b.Mark)
			}
		}
	}
}

// TestNothingToShow: a layout without any position has pictures all the same.
func TestNothingToShow(t *testing.T) {
	l := &layout.Layout{Features: []layout.Feature{
		{Collection: layout.Areas, ID: "P1", Properties: &layout.Area{Base: layout.Base{Kind: layout.KindPark}}},
		{Collection: layout.Areas, ID: "P2", Geometry: orb.MultiPolygon{}, Properties: &layout.Area{Base: layout.Base{Kind: layout.KindCore}}},
		{Collection: layout.Context, ID: "X1", Geometry: orb.LineString{}, Properties: &layout.ContextFeature{Base: layout.Base{Kind: "river"}}},
		{Collection: layout.Districts, ID: "D1", Properties: &layout.District{}},
	}}
	for _, r := range []scene.Request{request(0), {Width: 16, Height: 16, Lang: scene.English}} {
		if s := compose(t, model(t, l), r); len(s.Discs) != 0 || len(s.Labels) != 0 {
			t.Errorf("%d discs, %d names", len(s.Discs), len(s.Labels))
		}
	}
}

// TestClearLeavesTheGroundOut: of what is below everything only the map is left.
func TestClearLeavesTheGroundOut(t *testing.T) {
	r := request(1)
	r.Clear, r.NoIndex = true, true
	s := compose(t, builtIn(t), r)
	all := scene.Box{W: s.Width, H: s.Height}
	for _, mark := range s.Layers[0].Marks {
		if rect, ok := mark.(scene.Rect); !ok || rect.Box == all {
			t.Errorf("%+v lies below", mark)
		}
	}
	if got := words(s, "legend"); strings.Contains(got, "索引") || !strings.Contains(got, "层级") {
		t.Errorf("legend %s", got)
	}
}
