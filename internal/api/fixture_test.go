package api

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/font"
	"parkmap/internal/layout"
	"parkmap/internal/page"
	"parkmap/internal/scene"
	"parkmap/internal/source"
	"parkmap/static"
)

// at is when the fixture was published, and the time of all requests.
var at = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// fixtureLayout has a core, a zone, two parks (one of two parts, one with a hole), a place with and one
// without a position, and things without geometry. Its names try what encoders may get wrong.
func fixtureLayout(t testing.TB) *layout.Layout {
	t.Helper()
	base := func(kind, slug, zh, en string) layout.Base {
		return layout.Base{Kind: kind, Slug: slug, NameZH: zh, NameEN: en}
	}
	area := func(id layout.ID, geometry string, a layout.Area) layout.Feature {
		return feature(t, layout.Areas, id, geometry, &a)
	}
	inferred := layout.Specialisation{Code: "auto", LabelZH: "汽车", LabelEN: "Automotive", Basis: layout.BasisInferred}
	return &layout.Layout{
		Version: 7, PublishedAt: at,
		Document: layout.Document{
			NameZH: "测试布局", NameEN: "Test layout", PlaceZH: "某地", PlaceEN: "Somewhere", TitleZH: "方案", TitleEN: "Plan",
			Attributions: []layout.Attribution{{Name: "Nobody", What: "all of it", Licence: "CC0"}},
		},
		Features: []layout.Feature{
			area("C1", "POLYGON((104 30,104.1 30,104.1 30.1,104 30.1,104 30))", layout.Area{Base: base("core", "the-core", "核心“一”", "Core, the"), Number: 1}),
			area("Z1", "POLYGON((104.1 30,104.2 30,104.2 30.1,104.1 30.1,104.1 30))", layout.Area{Base: base("zone", "the-zone", "集聚区", "Zone"), Number: 1}),
			area("T01", "MULTIPOLYGON(((104.3 30,104.35 30,104.35 30.05,104.3 30.05,104.3 30)),((104.4 30,104.45 30,104.45 30.05,104.4 30.05,104.4 30)))",
				layout.Area{Base: base("park", "first", "青松园", "=Formula park"), Number: 1, Specialisations: []layout.Specialisation{inferred},
					ResponsibleUnits: []layout.ID{"U01"}, Responsibility: layout.ResponsibilityOwn, PlannedAreaKM2: 12.5,
					Provenance: layout.Provenance{Outline: layout.OutlineSchematic, PositionErrorM: 500}}),
			area("T02", "POLYGON((103.2 30,103.3 30,103.3 30.1,103.2 30.1,103.2 30),(103.24 30.04,103.24 30.06,103.26 30.06,103.26 30.04,103.24 30.04))",
				layout.Area{Base: base("park", "second", "绿园", "Green <park> & \"co\""), Number: 2, ResponsibleUnits: []layout.ID{"U01", "U02"}}),
			feature(t, layout.Places, "C1-01", "POINT(104.05 30.05)", &layout.Place{Base: base("platform", "", "云平台", "Cloud"), Number: 1}),
			feature(t, layout.Places, "C1-02", "", &layout.Place{Base: base("platform", "", "无位置", "Nowhere"), Number: 2}),
			feature(t, layout.Context, "X1", "LINESTRING(104 30,104.5 30.2)", &layout.ContextFeature{Base: base("river", "", "河", "River")}),
			feature(t, layout.Units, "U01", "", &layout.Unit{Base: base("unit", "", "甲局", "Bureau A"), FullZH: "甲市某局", Level: "municipal"}),
			feature(t, layout.Units, "U02", "", &layout.Unit{Base: base("unit", "", "乙局", "Bureau B"), FullZH: "乙市某局", Level: "district"}),
		},
	}
}

func feature(t testing.TB, c layout.CollectionID, id layout.ID, geometry string, p layout.Properties) layout.Feature {
	t.Helper()
	f := layout.Feature{Collection: c, ID: id, Properties: p, Version: 7, ChangedAt: at}
	if geometry == "" {
		return f
	}
	g, err := wkt.Unmarshal(geometry)
	if err != nil {
		t.Fatal(err)
	}
	f.Geometry = g
	return f
}

// fixturePictures draws with the texts and colours of the page.
func fixtureDrawing(t testing.TB) Drawing {
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
	return Drawing{Style: style, Voices: func(lang string) scene.Voice { return texts.Voice(lang) }, Face: face}
}

func fixturePictures(t testing.TB) func(*layout.Layout) *scene.Model {
	t.Helper()
	d := fixtureDrawing(t)
	return func(l *layout.Layout) *scene.Model { return scene.NewModel(l, d.Style, d.Voices, nil) }
}

// plainPages stands for the templates, which have tests of their own.
type plainPages struct{ *page.Page }

func (plainPages) write(w io.Writer, r page.Request, title string, v any) error {
	_, err := fmt.Fprintf(w, "<!doctype html><html lang=%q><title>%s</title><p>%s %+v</html>", r.Lang, title, r.BaseURL+r.Path, v)
	return err
}

func (p plainPages) Explore(w io.Writer, a *page.Atlas, r page.Request) error {
	return p.write(w, r, "explore", r.Query)
}

func (p plainPages) About(w io.Writer, a *page.Atlas, r page.Request) error {
	return p.write(w, r, "about", nil)
}

func (p plainPages) Print(w io.Writer, a *page.Atlas, m *scene.Model, passing map[layout.ID]bool, r page.Request) error {
	return p.write(w, r, "print", fmt.Sprint(r.Query, len(passing)))
}

func (p plainPages) Offline(w io.Writer, a *page.Atlas, r page.Request) error {
	return p.write(w, r, "offline", nil)
}

func (p plainPages) Feature(w io.Writer, a *page.Atlas, r page.Request, name string) error {
	return p.write(w, r, "feature", name)
}

func (p plainPages) Compare(w io.Writer, a *page.Atlas, r page.Request) error {
	return p.write(w, r, "compare", fmt.Sprintf("%v found %v, all %t", r.Query, r.Found, r.Found == nil))
}

func (plainPages) CompareTable(a *page.Atlas, r page.Request) [][]string {
	return [][]string{{"=1+1", "a, \"b\""}, {"x", r.Query.Get("cmp")}}
}

func (p plainPages) Problem(w io.Writer, a *page.Atlas, r page.Request, v page.Problem) error {
	return p.write(w, r, "problem", v)
}

func (p plainPages) APIDocument(w io.Writer, a *page.Atlas, r page.Request, d page.APIDocument) error {
	return p.write(w, r, "api", d)
}

func fixtureAssets() fstest.MapFS {
	return fstest.MapFS{
		"dist/assets/main-X.js":     {Data: []byte("console.log('" + longText + "')")},
		"dist/assets/main-X.js.br":  {Data: []byte("brotli")},
		"dist/assets/main-X.js.gz":  {Data: []byte("gzip")},
		"dist/assets/mark-Y.svg":    {Data: []byte("<svg/>")},
		"dist/manifest.json":        {Data: []byte("{}")},
		"dist/sw.js":                {Data: []byte("worker()")},
		"dist/assets/archive-Z.zip": {Data: []byte("zip")},
	}
}

const longText = "a text that is so long that it is worth to be compressed, since it says the same again and again; " +
	"again and again; again and again; again and again; again and again; again and again; again and again; again and again; " +
	"again and again; again and again; again and again; again and again; again and again; again and again; again and again; " +
	"again and again; again and again; again and again; again and again; again and again; again and again; again and again; " +
	"again and again; again and again; again and again; again and again; again and again; again and again; again and again; " +
	"again and again; again and again; again and again; again and again; again and again; again and again; again and again; " +
	"again and again; again and again; again and again; again and again; again and again; again and again; again and again; " +
	"again and again; again and again; again and again; again and again; again and again; again and again; again and again; " +
	"again and again; again and again; again and again; again and again; again and again; again and again; again and again."

// newServer serves the fixture; change may alter the options.
func newServer(t testing.TB, change func(*Options)) *Server {
	t.Helper()
	return serveLayout(t, fixtureLayout(t), change)
}

func serveLayout(t testing.TB, l *layout.Layout, change func(*Options)) *Server {
	t.Helper()
	snapshot, err := source.NewSnapshot(l)
	if err != nil {
		t.Fatal(err)
	}
	live := new(source.Live)
	live.Swap(snapshot)
	var ids atomic.Int64
	o := Options{
		Live: live, Pages: plainPages{}, Pictures: fixturePictures(t), Drawing: fixtureDrawing(t), Assets: fixtureAssets(), BaseURL: "https://map.example", Version: "test",
		Log:   slog.New(slog.NewTextHandler(io.Discard, nil)),
		Ready: func() Readiness { return Readiness{Status: Ready} },
		NewID: func() string { return fmt.Sprintf("id-%d", ids.Add(1)) },
		Now:   func() time.Time { return at },
	}
	if change != nil {
		change(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// get asks s for a target; headers come as name, value, name, value.
func get(t testing.TB, s http.Handler, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return do(t, s, http.MethodGet, target, headers...)
}

func do(t testing.TB, s http.Handler, method, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(context.Background(), method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}
