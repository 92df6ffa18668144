package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"parkmap/internal/api"
	"parkmap/internal/font"
	"parkmap/internal/layout"
	"parkmap/internal/page"
	"parkmap/internal/scene"
	"parkmap/static"
)

// newPages makes the writer of HTML pages from what the binary carries.
func newPages(mapReviewNumber, contact string) (*page.Page, error) {
	assets, err := bundle(static.FS)
	if err != nil {
		return nil, err
	}
	texts, err := page.LoadTexts(static.FS, "src/text")
	if err != nil {
		return nil, err
	}
	icons, err := page.LoadIcons(static.FS, "src/style/icons.json")
	if err != nil {
		return nil, err
	}
	return page.New(assets, texts, page.Options{ReviewNumber: mapReviewNumber, Contact: contact, PackURL: "/pack.json", Icons: icons})
}

// newDrawing reads what maps are drawn with: the texts, colours and typeface that the binary carries.
func newDrawing() (api.Drawing, error) {
	texts, err := page.LoadTexts(static.FS, "src/text")
	if err != nil {
		return api.Drawing{}, err
	}
	style, err := scene.ReadStyle(static.FS, "src/style")
	if err != nil {
		return api.Drawing{}, err
	}
	face, err := font.Open(static.FS, "dist/fonts/noto-sans-sc")
	if err != nil {
		return api.Drawing{}, fmt.Errorf("this binary was built without its typeface; build it with make build: %w", err)
	}
	return api.Drawing{Style: style, Voices: func(lang string) scene.Voice { return texts.Voice(lang) }, Face: face}, nil
}

// newPictures makes what indexes layouts for drawing.
func newPictures(d api.Drawing) func(*layout.Layout) *scene.Model {
	return func(l *layout.Layout) *scene.Model { return scene.NewModel(l, d.Style, d.Voices, scene.Estimate) }
}

// bundle reads from the manifest where the page's script and style sheet are.
func bundle(fsys fs.FS) (page.Assets, error) {
	text, err := fs.ReadFile(fsys, "dist/manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return page.Assets{}, errors.New("this binary was built without its page; build it with make build")
	}
	if err != nil {
		return page.Assets{}, err
	}
	var manifest struct {
		Script  string   `json:"main.js"`
		Style   string   `json:"main.css"`
		Modules []string `json:"modules"`
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		return page.Assets{}, fmt.Errorf("the manifest of the page: %w", err)
	}
	for i, name := range manifest.Modules {
		manifest.Modules[i] = "/" + name
	}
	return page.Assets{Script: "/" + manifest.Script, Style: "/" + manifest.Style, Modules: manifest.Modules}, nil
}
