package mapstyle_test

import (
	"encoding/json"
	"errors"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"parkmap/internal/mapstyle"
	"parkmap/internal/page"
	"parkmap/internal/scene"
	"parkmap/static"
)

var update = flag.Bool("update", false, "write golden files anew")

func options(t *testing.T, dark bool, lang string) mapstyle.Options {
	t.Helper()
	tables, err := scene.ReadStyle(static.FS, "src/style")
	if err != nil {
		t.Fatal(err)
	}
	texts, err := page.LoadTexts(static.FS, "src/text")
	if err != nil {
		t.Fatal(err)
	}
	return mapstyle.Options{
		Tables: tables, Dark: dark, Lang: lang, Voice: texts.Voice(lang),
		Stacks: mapstyle.Stacks{Regular: "R", Strong: "S", Leaning: "L"},
		Title:  "Test", Attribution: "A &lt;B&gt;", Metadata: map[string]string{"parkmap:mode": "light"},
		Extent: orb.Bound{Min: orb.Point{103.5, 30}, Max: orb.Point{104.5, 31}}, OwnGround: true,
		TileJSON: "https://map.example/tiles/layout.json", Sprite: "https://map.example/sprites/s", Glyphs: "https://map.example/fonts/{fontstack}/{range}.pbf",
	}
}

func made(t *testing.T, o mapstyle.Options) *mapstyle.Style {
	t.Helper()
	s, err := mapstyle.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func layer(t *testing.T, s *mapstyle.Style, id string) mapstyle.Layer {
	t.Helper()
	for _, l := range s.Layers {
		if l.ID == id {
			return l
		}
	}
	t.Fatalf("no layer %s", id)
	return mapstyle.Layer{}
}

func TestGolden(t *testing.T) {
	got, err := json.MarshalIndent(made(t, options(t, false, scene.Chinese)), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	name := filepath.Join("testdata", "light-zh.json")
	if *update {
		if err := os.WriteFile(name, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestColoursAreThoseOfTheAtlas(t *testing.T) {
	for name, c := range map[string]struct {
		dark            bool
		layer, property string
		want            any
	}{
		"core":           {false, "core-fill", "fill-color", "#AD4342"},
		"core, dark":     {true, "core-fill", "fill-color", "#E27266"},
		"zone":           {false, "zone-fill", "fill-color", "#1F3B70"},
		"park":           {false, "park-fill", "fill-color", "#A87B1E"},
		"park, outline":  {true, "park-schematic", "line-color", "#E0B765"},
		"land":           {false, "land", "fill-color", "#F3EFE4"},
		"outside":        {true, "outside", "background-color", "#0F1416"},
		"rivers":         {false, "rivers", "line-color", "#6E97A5"},
		"names of parks": {false, "park-names", "text-color", "#1C2527"},
		"halo":           {true, "park-names", "text-halo-color", "#1B2326"},
	} {
		t.Run(name, func(t *testing.T) {
			s := made(t, options(t, c.dark, scene.English))
			if got := layer(t, s, c.layer).Paint[c.property]; got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

func TestDashesFollowTheQuality(t *testing.T) {
	s := made(t, options(t, false, scene.Chinese))
	if dash := layer(t, s, "core-schematic").Paint["line-dasharray"]; !cmp.Equal(dash, []float64{2.333, 1.333}) {
		t.Errorf("7 4 of a line 3 wide is %v", dash)
	}
	if dash, ok := layer(t, s, "core-outline").Paint["line-dasharray"]; ok {
		t.Errorf("a known outline is dashed: %v", dash)
	}
}

func TestLayersHaveNamesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, l := range made(t, options(t, false, scene.Chinese)).Layers {
		if seen[l.ID] {
			t.Errorf("two layers %s", l.ID)
		}
		seen[l.ID] = true
		if (l.Type == "background") != (l.SourceLayer == "") {
			t.Errorf("%s of type %s draws %q", l.ID, l.Type, l.SourceLayer)
		}
	}
}

func TestNamesAreInTheLanguage(t *testing.T) {
	for lang, first := range map[string]string{scene.Chinese: "name_zh", scene.English: "name_en"} {
		text, err := json.Marshal(layer(t, made(t, options(t, false, lang)), "district-names").Layout["text-field"])
		if err != nil || !strings.HasPrefix(string(text), `["coalesce",["get","`+first+`"]`) {
			t.Errorf("%s: %s %v", lang, text, err)
		}
	}
}

func TestDiscsOfSeveralZonesAreNumbered(t *testing.T) {
	o := options(t, false, scene.English)
	if text := layer(t, made(t, o), "zone-discs").Layout["text-field"]; text != "Z" {
		t.Errorf("%v", text)
	}
	o.Several = map[string]bool{"zone": true}
	text, err := json.Marshal(layer(t, made(t, o), "zone-discs").Layout["text-field"])
	if err != nil || !strings.HasPrefix(string(text), `["concat","Z",`) {
		t.Errorf("%s %v", text, err)
	}
}

func TestGroundWithoutACity(t *testing.T) {
	o := options(t, false, scene.Chinese)
	o.OwnGround = false
	if colour := layer(t, made(t, o), "outside").Paint["background-color"]; colour != "#F3EFE4" {
		t.Errorf("the ground is %v", colour)
	}
}

func TestView(t *testing.T) {
	world := orb.Bound{Min: orb.Point{-180, -80}, Max: orb.Point{180, 80}}
	point := orb.Bound{Min: orb.Point{104, 30}, Max: orb.Point{104, 30}}
	for name, c := range map[string]struct {
		extent    orb.Bound
		lat, zoom float64
	}{
		"a city":  {orb.Bound{Min: orb.Point{103.5, 30}, Max: orb.Point{104.5, 31}}, 30.5013, 8.5},
		"a point": {point, 30, 16},
		"all":     {world, 0, 0.25},
	} {
		o := options(t, false, scene.Chinese)
		o.Extent = c.extent
		s := made(t, o)
		if math.Abs(s.Center[1]-c.lat) > 0.001 || s.Zoom != c.zoom {
			t.Errorf("%s: %v at %g", name, s.Center, s.Zoom)
		}
	}
}

func TestMissingText(t *testing.T) {
	o := options(t, false, scene.Chinese)
	o.Voice = mute{}
	if _, err := mapstyle.New(o); err == nil {
		t.Error("a style without its texts was made")
	}
}

type mute struct{}

func (mute) T(string, ...any) (string, error) { return "", errors.New("no text") }
