package pdf_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strconv"
	"sync"
	"testing"
	"time"

	"parkmap/geodata"
	"parkmap/internal/font"
	"parkmap/internal/layout"
	"parkmap/internal/page"
	"parkmap/internal/pdf/pdftest"
	"parkmap/internal/scene"
	"parkmap/internal/scene/pdf"
	"parkmap/static"
)

// builtIn is the model of the layout that the program ships with.
var builtIn = sync.OnceValues(func() (*scene.Model, error) {
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		return nil, err
	}
	texts, err := page.LoadTexts(static.FS, "src/text")
	if err != nil {
		return nil, err
	}
	style, err := scene.ReadStyle(static.FS, "src/style")
	return scene.NewModel(l, style, func(lang string) scene.Voice { return texts.Voice(lang) }, scene.Estimate), err
})

// openFace opens the typeface once for all tests: its files are unpacked when they are first needed.
var openFace = sync.OnceValues(func() (*font.Face, error) { return font.Open(static.FS, "dist/fonts/noto-sans-sc") })

func face(t *testing.T) *font.Face {
	t.Helper()
	f, err := openFace()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func compose(t *testing.T, r scene.Request) *scene.Scene {
	t.Helper()
	m, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	s, err := scene.Compose(m, r)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// file draws a scene into a file and returns its name.
func file(t *testing.T, s *scene.Scene) string {
	t.Helper()
	data, err := pdf.Draw(s, pdf.Options{Face: face(t), Creator: "parkmap test", Modified: time.Unix(1e9, 0)})
	if err != nil {
		t.Fatal(err)
	}
	return pdftest.File(t, data)
}

// pixels renders a scene by its document, a few pixels of the image a pixel of the scene.
func pixels(t *testing.T, s *scene.Scene, times int) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader([]byte(pdftest.Run(t, "pdftoppm", "-r", strconv.Itoa(96*times), "-png", file(t, s)))))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// near tells whether two colours differ by no more than a few steps.
func near(a color.Color, hex string, by int) bool {
	v, _ := strconv.ParseUint(hex[1:], 16, 32)
	r, g, b, _ := a.RGBA()
	for i, c := range []uint32{r, g, b} {
		if d := int(c>>8) - int(v>>(16-8*i)&255); d > by || d < -by {
			return false
		}
	}
	return true
}
