package book_test

import (
	"net/url"
	"sync"
	"testing"
	"time"

	"parkmap/geodata"
	"parkmap/internal/book"
	"parkmap/internal/font"
	"parkmap/internal/layout"
	"parkmap/internal/page"
	"parkmap/internal/scene"
	"parkmap/static"
)

// press has all that sheets and books of one layout are made with.
type press struct {
	pages   *page.Page
	atlas   *page.Atlas
	model   *scene.Model
	options book.Options
}

// openFace opens the typeface once for all tests: its files are unpacked when they are first needed.
var openFace = sync.OnceValues(func() (*font.Face, error) { return font.Open(static.FS, "dist/fonts/noto-sans-sc") })

func builtIn(t testing.TB) *layout.Layout {
	t.Helper()
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	l.Version, l.PublishedAt = 7, time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	return l
}

func newPress(t testing.TB, l *layout.Layout) *press {
	t.Helper()
	texts, err := page.LoadTexts(static.FS, "src/text")
	if err != nil {
		t.Fatal(err)
	}
	style, err := scene.ReadStyle(static.FS, "src/style")
	if err != nil {
		t.Fatal(err)
	}
	face, err := openFace()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := page.New(page.Assets{}, texts, page.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &press{
		pages: pages, atlas: page.NewAtlas(l), options: book.Options{Face: face, Style: style, Creator: "parkmap test"},
		model: scene.NewModel(l, style, func(lang string) scene.Voice { return texts.Voice(lang) }, scene.Estimate),
	}
}

func request(lang string) page.Request {
	return page.Request{
		Lang: lang, Path: "/f/P05.pdf", Query: url.Values{"lang": {lang}}, BaseURL: "https://map.example.org",
		Today: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC),
	}
}

func (p *press) sheet(t testing.TB, id layout.ID, lang string) []byte {
	t.Helper()
	of, err := p.pages.Sheet(p.atlas, request(lang), id)
	if err != nil {
		t.Fatal(err)
	}
	data, err := book.Sheet(of, p.model, p.options)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (p *press) book(t testing.TB, lang string) []byte {
	t.Helper()
	of, err := p.pages.Book(p.atlas, request(lang))
	if err != nil {
		t.Fatal(err)
	}
	data, err := book.Book(of, p.model, p.options)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
