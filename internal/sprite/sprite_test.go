package sprite_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"os"
	"testing"

	"parkmap/internal/layout"
	"parkmap/internal/scene"
	"parkmap/internal/sprite"
	"parkmap/static"
)

type entry struct{ Width, Height, X, Y, PixelRatio int }

func style(t testing.TB) *scene.Style {
	t.Helper()
	s, err := scene.ReadStyle(static.FS, "src/style")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sheet(t *testing.T, dark bool, ratio int) (image.Image, map[string]entry) {
	t.Helper()
	made, err := sprite.Make(style(t), dark, ratio)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(made.PNG))
	if err != nil {
		t.Fatal(err)
	}
	index := map[string]entry{}
	if err := json.Unmarshal(made.JSON, &index); err != nil {
		t.Fatal(err)
	}
	if path := os.Getenv("SPRITE_OUT"); path != "" {
		_ = os.WriteFile(path, made.PNG, 0o600)
	}
	return img, index
}

func TestSymbolsHaveTheirColours(t *testing.T) {
	for name, c := range map[string]struct {
		dark   bool
		symbol string
		x, y   float64 // part of the size
		want   string
	}{
		"core":                {false, sprite.Disc("core"), 0.2, 0.5, "AD4342"},
		"core in the dark":    {true, sprite.Disc("core"), 0.2, 0.5, "E27266"},
		"zone":                {false, sprite.Disc("zone"), 0.2, 0.2, "1F3B70"},
		"park, its ring":      {false, sprite.Disc("park"), 0.11, 0.5, "A87B1E"},
		"park, its middle":    {false, sprite.Disc("park"), 0.5, 0.5, "FAF8F2"},
		"stated":              {false, sprite.AI("finance", layout.BasisStated), 0.5, 0.05, "645900"},
		"inferred, inside":    {false, sprite.AI("auto", layout.BasisInferred), 0.5, 0.15, "FAF8F2"},
		"place":               {false, sprite.Place, 0.5, 0.5, "1C2527"},
		"hatch, on a stripe":  {false, sprite.Hatch, 0.5, 0.45, "5C6568"},
		"not stated, outside": {false, sprite.AI(layout.Unstated, ""), 0.5, 0.5, "FAF8F2"},
	} {
		t.Run(name, func(t *testing.T) {
			img, index := sheet(t, c.dark, 2)
			e, ok := index[c.symbol]
			if !ok {
				t.Fatalf("no symbol %s", c.symbol)
			}
			got := color.NRGBAModel.Convert(img.At(e.X+int(c.x*float64(e.Width)), e.Y+int(c.y*float64(e.Height)))).(color.NRGBA)
			if hex := hexOf(got); hex != c.want || got.A != 255 {
				t.Errorf("%s with alpha %d, want %s", hex, got.A, c.want)
			}
		})
	}
}

func hexOf(c color.NRGBA) string {
	const digits = "0123456789ABCDEF"
	var out []byte
	for _, v := range []uint8{c.R, c.G, c.B} {
		out = append(out, digits[v>>4], digits[v&15])
	}
	return string(out)
}

func TestSymbolsLieApartAndHoldInk(t *testing.T) {
	for _, ratio := range []int{1, 2} {
		img, index := sheet(t, false, ratio)
		var boxes []image.Rectangle
		for name, e := range index {
			box := image.Rect(e.X, e.Y, e.X+e.Width, e.Y+e.Height)
			if !box.In(img.Bounds()) || e.PixelRatio != ratio {
				t.Errorf("%s: %+v in %v", name, e, img.Bounds())
			}
			for _, other := range boxes {
				if box.Overlaps(other) {
					t.Errorf("%s overlaps another", name)
				}
			}
			boxes = append(boxes, box)
			ink := 0
			for y := box.Min.Y; y < box.Max.Y; y++ {
				for x := box.Min.X; x < box.Max.X; x++ {
					if _, _, _, a := img.At(x, y).RGBA(); a > 0x8000 {
						ink++
					}
				}
			}
			if ink < box.Dx()*box.Dy()/12 {
				t.Errorf("%s holds %d pixels of ink", name, ink)
			}
		}
	}
}

func TestEveryCodeAndIconHasASymbol(t *testing.T) {
	_, index := sheet(t, true, 1)
	s := style(t)
	for code := range s.AI.Codes {
		for _, basis := range []string{layout.BasisStated, layout.BasisInferred} {
			if _, ok := index[sprite.AI(code, basis)]; !ok {
				t.Errorf("no symbol for %s %s", code, basis)
			}
		}
	}
	for name := range s.Icons {
		if _, ok := index[sprite.Icon(name)]; !ok {
			t.Errorf("no symbol for the icon %s", name)
		}
	}
}

func TestHatchRepeatsWithoutASeam(t *testing.T) {
	img, index := sheet(t, false, 2)
	e := index[sprite.Hatch]
	for i := range e.Width { // along a stripe the colour stays the same, across the edges too
		at := func(x, y int) color.Color { return img.At(e.X+(x+e.Width)%e.Width, e.Y+(y+e.Height)%e.Height) }
		if at(i, -1) != at(i-1, 0) {
			t.Errorf("a seam at %d: %v and %v", i, at(i, -1), at(i-1, 0))
		}
	}
}

func TestMakeIsTheSameEachTime(t *testing.T) {
	a, errA := sprite.Make(style(t), false, 2)
	b, errB := sprite.Make(style(t), false, 2)
	if errA != nil || errB != nil || !bytes.Equal(a.PNG, b.PNG) || !bytes.Equal(a.JSON, b.JSON) {
		t.Error("differs", errA, errB)
	}
}

func TestMakeRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*scene.Style){
		"a bad icon":   func(s *scene.Style) { s.Icons["gear"] = "no path" },
		"a bad colour": func(s *scene.Style) { s.Page["ink"] = [2]string{"black", "white"} },
		"no colour":    func(s *scene.Style) { delete(s.Page, "land") },
	} {
		t.Run(name, func(t *testing.T) {
			s := style(t)
			spoil(s)
			if _, err := sprite.Make(s, false, 1); err == nil {
				t.Error("was drawn")
			}
		})
	}
}
