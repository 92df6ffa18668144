package api

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"parkmap/internal/layout"
)

// newPictured serves the fixture with two figures, the second of which shows the core.
func newPictured(t testing.TB) *client {
	t.Helper()
	l := fixtureLayout(t)
	l.Document.Figures = []layout.Figure{
		{No: 1, TitleZH: "全图", TitleEN: "All of it"}, {No: 2, TitleZH: "核心", TitleEN: "The core", Focus: "C1"},
	}
	return clientOf(t, serveLayout(t, l, func(o *Options) { o.MapReviewNumber = "川S(2026)1号" }))
}

// elements reads a picture as XML and counts its elements by name.
func elements(t *testing.T, data []byte) map[string]int {
	t.Helper()
	names := map[string]int{}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return names
		}
		if err != nil {
			t.Fatalf("no XML: %v", err)
		}
		if e, ok := token.(xml.StartElement); ok {
			names[e.Name.Local]++
		}
	}
}

func TestPicture(t *testing.T) {
	c := newPictured(t)
	for target, want := range map[string][]string{
		"/map/fig1.svg":                              {`data-id="T01"`, "全图", "审图号:川S(2026)1号", `lang="zh-CN"`, `width="1200"`, `height="900"`},
		"/map/fig1.svg?lang=en":                      {"All of it", `lang="en"`, "Review no. ", `<tspan lang="zh-CN">川`},
		"/map/fig2.svg?lang=en&sel=the-core":         {"The core", `data-id="C1"`, "Core, the"},
		"/map/view.svg?sel=T02&lang=en&theme=ai":     {"Green &lt;park&gt; &amp; &quot;co&quot;", `url(#unstated)`},
		"/map/view.svg?bbox=104,30,104.2,30.1":       {`data-id="C1"`, `data-id="Z1"`},
		"/map/view.svg?bbox=103,29,105,31&kind=core": {`opacity="0.12"`},
		"/map/view.svg?sel=Z1&mode=dark&grey=1":      {`url(#grey-zone)`},
		"/map/fig1.svg?width=16&height=4000":         {`viewBox="0 0 16 4000"`},
		"/map/fig1.svg?margin=0&legend=0":            {`data-layer="names"`},
	} {
		t.Run(target, func(t *testing.T) {
			w := c.get(target)
			if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/svg+xml" {
				t.Fatalf("%d %q: %.300s", w.Code, w.Header().Get("Content-Type"), w.Body)
			}
			for _, text := range want {
				if !strings.Contains(w.Body.String(), text) {
					t.Errorf("no %s in the picture", text)
				}
			}
			if n := elements(t, w.Body.Bytes()); n["title"] != 1 || n["desc"] != 1 || n["script"]+n["style"]+n["image"]+n["foreignObject"] > 0 {
				t.Errorf("elements %v", n)
			}
		})
	}
	if w := c.get("/map/fig1.svg?margin=0&legend=0"); strings.Contains(w.Body.String(), "审图号") {
		t.Error("a picture without a margin has a review number")
	}
}

// TestPictureHeaders: a picture is cached, revalidated, compressed and open to other sites like the other data.
func TestPictureHeaders(t *testing.T) {
	c := newPictured(t)
	const target = "/map/fig1.svg?lang=en"
	w := c.get(target, "Accept", "text/html,image/avif", "Accept-Encoding", "br")
	h := w.Header()
	for name, want := range map[string]string{
		"X-Layout-Version": "7", "Content-Encoding": "br", "Content-Language": "en", "Cache-Control": "public, max-age=0, must-revalidate",
		"Access-Control-Allow-Origin": "*", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
	} {
		if h.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, h.Get(name), want)
		}
	}
	again := c.get(target, "Accept-Encoding", "br", "If-None-Match", h.Get("ETag"))
	if again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Errorf("%d with %d bytes for what the client holds", again.Code, again.Body.Len())
	}
	if zh := c.get("/map/fig1.svg", "Accept-Language", "zh"); zh.Header().Get("ETag") == h.Get("ETag") {
		t.Error("the pictures in both languages are the same")
	}
	a, b := c.get("/map/fig1.svg?kind=core,zone"), c.get("/map/fig1.svg?kind=zone,core,island")
	if a.Header().Get("ETag") != b.Header().Get("ETag") {
		t.Error("filters that mean the same give different pictures")
	}
	metrics := get(t, c.server, "https://map.example/metrics").Body.String()
	if !strings.Contains(metrics, `route="/map/:file",status="200"`) {
		t.Error("pictures are not in the metrics")
	}
}

func TestPictureProblems(t *testing.T) {
	c := newPictured(t)
	const box = "/map/view.svg?bbox="
	for _, test := range []struct{ name, target, parameter string }{
		{"width of zero", "/map/fig1.svg?width=0", "width"},
		{"negative height", "/map/fig1.svg?height=-5", "height"},
		{"huge width", "/map/fig1.svg?width=4001", "width"},
		{"width beyond any number", "/map/fig1.svg?width=99999999999999999999", "width"},
		{"no number", "/map/fig1.svg?width=wide", "width"},
		{"fraction", "/map/fig1.svg?height=100.5", "height"},
		{"sign", "/map/fig1.svg?width=%2B100", "width"},
		{"empty size", "/map/fig1.svg?width=", "width"},
		{"theme", "/map/fig1.svg?theme=x", "theme"},
		{"mode", "/map/fig1.svg?mode=auto", "mode"},
		{"language", "/map/fig1.svg?lang=fr", "lang"},
		{"links", "/map/fig1.svg?links=yes", "links"},
		{"legend", "/map/fig1.svg?legend=2", "legend"},
		{"margin", "/map/fig1.svg?margin=", "margin"},
		{"grey", "/map/fig1.svg?grey=true", "grey"},
		{"unknown feature", "/map/fig1.svg?sel=P99", "sel"},
		{"unknown parameter", "/map/fig1.svg?zoom=3", "zoom"},
		{"box of a figure", "/map/fig1.svg?bbox=1,2,3,4", "bbox"},
		{"format in the query", "/map/fig1.png?f=png", "f"},
		{"box of a feature", "/f/T01.svg?bbox=1,2,3,4", "bbox"},
		{"another feature", "/f/T01.png?sel=T02", "sel"},
		{"huge in twice the density", "/map/fig1@2x.png?width=2001", "width"},
		{"given twice", "/map/fig1.svg?width=20&width=30", "width"},
		{"view of nothing", "/map/view.svg", "bbox"},
		{"selected without a position", "/map/view.svg?sel=C1-02", "bbox"},
		{"selected is a unit", "/map/view.svg?sel=U01", "bbox"},
		{"three numbers", box + "1,2,3", "bbox"},
		{"six numbers", box + "1,2,0,3,4,9", "bbox"},
		{"no numbers", box + "a,b,c,d", "bbox"},
		{"not a number", box + "NaN,1,2,3", "bbox"},
		{"no width", box + "104,30,104,31", "bbox"},
		{"no height", box + "104,30,105,30", "bbox"},
		{"upside down", box + "104,31,105,30", "bbox"},
		{"across 180°", box + "170,0,-170,10", "bbox"},
		{"beyond the world", box + "-200,0,10,10", "bbox"},
		{"beyond the poles", box + "0,0,10,91", "bbox"},
		{"beyond the projection", box + "0,0,10,88", "bbox"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := c.problem(test.target, "Accept", "text/html")
			if p.Status != http.StatusBadRequest || len(p.Errors) != 1 || p.Errors[0].Parameter != test.parameter {
				t.Errorf("%+v, want 400 that names %s", p, test.parameter)
			}
		})
	}
	for _, target := range []string{
		"/map/fig3.svg", "/map/fig0.svg", "/map/fig01.svg", "/map/fig1.gif", "/map/fig1@2x.svg", "/map/fig1@2x.pdf", "/map/fig1@3x.png", "/map/fig1", "/f/U99.svg", "/f/U01.svg", "/f/C1-02.png", "/f/T01@2x.svg", "/map/.svg", "/map/fig1.svg.svg", "/map/", "/map/a/b.svg",
	} {
		if p := c.problem(target); p.Status != http.StatusNotFound {
			t.Errorf("%s: %+v, want 404", target, p)
		}
	}
}

// TestPictureWithoutFigures: a layout whose document has no figures has views all the same.
func TestPictureWithoutFigures(t *testing.T) {
	c := newClient(t, nil)
	if p := c.problem("/map/fig1.svg"); p.Status != http.StatusNotFound {
		t.Errorf("%+v", p)
	}
	if w := c.get("/map/view.svg?bbox=-180,-85,180,85"); w.Code != http.StatusOK {
		t.Errorf("the world: %d %.200s", w.Code, w.Body)
	}
}
