package scene_test

import (
	"strings"
	"testing"

	"parkmap/internal/layout"
	"parkmap/internal/scene"
)

// TestCard: a card names what the link leads to, where, and what its outlines are not; nothing of it leaves its column.
func TestCard(t *testing.T) {
	m := builtIn(t)
	for _, test := range []struct {
		name  string
		card  scene.Card
		words []string
	}{
		{"layout", scene.Card{Lang: scene.Chinese, Host: "map.example"}, []string{"一核一区多园", "园 12", "map.example", "审图号"}},
		{"layout in English", scene.Card{Lang: scene.English}, []string{"One core, one", "Core 1", "Schematic outline"}},
		{"core", scene.Card{Lang: scene.Chinese, Feature: "C1"}, []string{"成都高新区", "AI+大数据 · 文件写明", "AI+文创", "一核一区多园"}},
		{"park", scene.Card{Lang: scene.English, Feature: "P05"}, []string{"Park 5", "Longquan", "龙泉汽车产业功能区", "AI+Automobile · inferred"}},
		{"park without a direction", scene.Card{Lang: scene.Chinese, Feature: "P02"}, []string{"园 2", "AI+ 文件未写明"}},
		{"place", scene.Card{Lang: scene.Chinese, Feature: "C1-01"}, []string{"新川创新科技园"}},
		{"unit", scene.Card{Lang: scene.Chinese, Feature: "U01"}, []string{"成都高新区管委会"}},
		{"comparison", scene.Card{Lang: scene.Chinese, Compared: []layout.ID{"P01", "C1", "P09", "Z1"}}, []string{"对比", "成都东部新区智能", "成都高新区"}},
		{"host that is long", scene.Card{Lang: scene.Chinese, Host: strings.Repeat("long.", 60) + "example"}, []string{"long.long.", "…"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := scene.ComposeCard(m, test.card)
			if err != nil {
				t.Fatal(err)
			}
			text := words(s, "card")
			for _, want := range test.words {
				if !strings.Contains(text, want) {
					t.Errorf("%q lacks %q", text, want)
				}
			}
			bottom := 0.0
			for _, l := range s.Layers {
				for _, mark := range l.Marks {
					if line, ok := mark.(scene.Text); ok && l.Name == "card" {
						if w := scene.Estimate(line.Text, line.Size, line.Weight, false); line.At.X+w > 222 && line.Anchor != "middle" {
							t.Errorf("%q ends at %g", line.Text, line.At.X+w)
						}
						if line.Size > 10.6 && line.At.Y < 290 {
							bottom = max(bottom, line.At.Y)
						}
					}
				}
			}
			if bottom > 258 {
				t.Errorf("the words reach down to %g, into the foot", bottom)
			}
		})
	}
	if _, err := scene.ComposeCard(m, scene.Card{Lang: scene.Chinese, Feature: "X99"}); layout.KindOf(err) != layout.KindNotFound {
		t.Errorf("a card of nothing: %v", err)
	}
}
