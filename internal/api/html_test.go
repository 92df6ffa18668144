package api

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"parkmap/geodata"
	"parkmap/internal/layout"
	"parkmap/internal/page"
	"parkmap/static"
)

// realPages are the templates of the program with its texts.
func realPages(t testing.TB) *page.Page {
	t.Helper()
	texts, err := page.LoadTexts(static.FS, "src/text")
	if err != nil {
		t.Fatal(err)
	}
	p, err := page.New(page.Assets{Script: "/assets/main-X.js", Style: "/assets/main-X.js"}, texts, page.Options{PackURL: "/pack.json"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// realServer serves the layout that the program ships with, by its real templates.
func realServer(t testing.TB) *Server {
	t.Helper()
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	l.Version, l.PublishedAt = 1, at
	return serveLayout(t, l, func(o *Options) { o.Pages = realPages(t) })
}

// readLayouts are the shipped layout and the made-up one.
func readLayouts(t *testing.T) map[string]*layout.Layout {
	t.Helper()
	shipped, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	tiny, err := layout.ReadFolder(os.DirFS("../../testdata/layout-tiny"))
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*layout.Layout{"shipped": shipped, "tiny": tiny}
}

// TestEveryPage asks for the page of every document of the API, of every feature in each of its
// collections and at its own address, in both languages: each is there and sound.
func TestEveryPage(t *testing.T) {
	for name, l := range readLayouts(t) {
		t.Run(name, func(t *testing.T) {
			s := serveLayout(t, l, func(o *Options) { o.Pages = realPages(t) })
			for _, lang := range []string{"zh", "en"} {
				for _, target := range pageTargets(t, s) {
					w := get(t, s, target+"?lang="+lang, "Accept", "text/html")
					if w.Code != http.StatusOK {
						t.Errorf("%s in %s: %d %.300s", target, lang, w.Code, w.Body)
						continue
					}
					if problems := unsound(w); len(problems) > 0 {
						t.Errorf("%s in %s: %v", target, lang, problems)
					}
				}
			}
		})
	}
}

// pageTargets lists the addresses of all pages.
func pageTargets(t *testing.T, s *Server) []string {
	t.Helper()
	snapshot := s.live.Current()
	list := []string{"/", "/about", "/api", "/api/", "/api/conformance", "/api/collections"}
	for _, f := range snapshot.Layout().Features {
		list = append(list, "/f/"+url.PathEscape(string(f.ID)))
	}
	for _, c := range snapshot.Collections() {
		root := "/api/collections/" + string(c.ID)
		list = append(list, root, root+"/queryables", root+"/schema", root+"/items")
		for _, f := range featuresOf(t, s, root) {
			list = append(list, root+"/items/"+url.PathEscape(f.ID))
		}
	}
	return list
}

// jsonFeature is a feature as its GeoJSON says it.
type jsonFeature struct {
	ID         string
	Geometry   *struct{ Coordinates json.RawMessage }
	Properties map[string]any
}

func featuresOf(t *testing.T, s *Server, root string) []jsonFeature {
	t.Helper()
	var doc struct{ Features []jsonFeature }
	dec := json.NewDecoder(get(t, s, root+"/items?limit=10000").Body)
	dec.UseNumber()
	if err := dec.Decode(&doc); err != nil {
		t.Fatalf("%s: %v", root, err)
	}
	return doc.Features
}

// checkPage asks for a page that is sound.
func checkPage(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if problems := unsound(w); len(problems) > 0 {
		t.Errorf("%v: %s", problems, w.Body)
	}
}

// unsound says what is wrong with a page: its type, values that the template engine refused, elements
// that are not closed in order, ids given twice, and more or less than one title, h1 and main.
func unsound(w *httptest.ResponseRecorder) []string {
	var out []string
	body := w.Body.String()
	if got := w.Header().Get("Content-Type"); got != typeHTML {
		out = append(out, "the type is "+got)
	}
	for _, word := range []string{"ZgotmplZ", "<no value>", "%!", "&lt;nil&gt;"} {
		if strings.Contains(body, word) {
			out = append(out, "has "+word)
		}
	}
	count, ids := map[string]int{}, map[string]bool{}
	err := eachTag(body, func(tag html.Token) {
		count[tag.Data]++
		for _, a := range tag.Attr {
			if a.Key == "id" && ids[a.Val] {
				out = append(out, "has the id "+a.Val+" twice")
			}
			if a.Key == "id" {
				ids[a.Val] = true
			}
		}
	})
	if err != nil {
		out = append(out, err.Error())
	}
	for _, element := range []string{"html", "title", "h1", "main"} {
		if count[element] != 1 {
			out = append(out, "has not one "+element)
		}
	}
	return out
}

// eachTag calls visit with each element of a page; it fails when one is not closed where it has to be.
func eachTag(body string, visit func(html.Token)) error {
	void := []string{"meta", "link", "input", "br", "hr", "img", "wbr"}
	z := html.NewTokenizer(strings.NewReader(body))
	var open []string
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return err
			}
			if len(open) > 0 {
				return errors.New("is left open: " + strings.Join(open, " "))
			}
			return nil
		case html.SelfClosingTagToken:
			visit(z.Token())
		case html.StartTagToken:
			tag := z.Token()
			visit(tag)
			if !slices.Contains(void, tag.Data) {
				open = append(open, tag.Data)
			}
		case html.EndTagToken:
			tag := z.Token()
			if len(open) == 0 || open[len(open)-1] != tag.Data {
				return errors.New("</" + tag.Data + "> closes " + strings.Join(open, " "))
			}
			open = open[:len(open)-1]
		}
	}
}

// TestPagesSayAll: the pages of items and of an item carry all that their JSON carries: every value of
// every property, the coordinates, the counts and the links (conformance class html of Part 1).
func TestPagesSayAll(t *testing.T) {
	s := realServer(t)
	for _, c := range s.live.Current().Collections() {
		root := "/api/collections/" + string(c.ID)
		t.Run(string(c.ID), func(t *testing.T) {
			for _, lang := range []string{"zh", "en"} {
				whole := textOf(t, get(t, s, root+"/items?f=html&limit=10000&lang="+lang))
				for _, f := range featuresOf(t, s, root) {
					one := textOf(t, get(t, s, root+"/items/"+url.PathEscape(f.ID)+"?f=html&lang="+lang))
					for _, want := range f.leaves() {
						if !strings.Contains(one, want) || !strings.Contains(whole, want) {
							t.Fatalf("a page on %s in %s lacks %.200q", f.ID, lang, want)
						}
					}
				}
			}
		})
	}
}

// leaves are the texts and numbers of a feature as a page has to show them.
func (f jsonFeature) leaves() []string {
	out := []string{f.ID}
	if f.Geometry != nil {
		out = append(out, spaced(f.Geometry.Coordinates))
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			out = append(out, strings.Join(strings.Fields(v), " "))
		case json.Number:
			out = append(out, v.String())
		case []any:
			for _, member := range v {
				walk(member)
			}
		case map[string]any:
			for _, member := range v {
				walk(member)
			}
		}
	}
	walk(f.Properties)
	return out
}

// textOf is the text of a page, with single spaces.
func textOf(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	doc, err := html.Parse(w.Body)
	if err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %v", w.Code, err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func TestItemsPage(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Pages = realPages(t) })
	for _, test := range []struct{ name, target, want string }{
		{"counts in Chinese", areas + "?f=html&limit=2", "共 4 个,本页 2 个"},
		{"counts in English", areas + "?f=html&limit=2&lang=en", "4 matched, 2 on this page"},
		{"titles in Chinese", areas + "/T01?f=html", "规划面积(平方公里)"},
		{"titles in English", areas + "/T01?f=html&lang=en", "Planned area, km²"},
		{"members of objects", areas + "/T01?f=html&lang=en", "<dt>Basis</dt> <dd>inferred</dd>"},
		{"references", areas + "/T01?f=html&lang=en", `<a href="https://map.example/f/U01?lang=en">U01 Bureau A</a>`},
		{"language of a text", areas + "/T01?f=html&lang=en", `<span lang="zh">青松园</span>`},
		{"markup as text", areas + "/T02?f=html&lang=en", "Green &lt;park&gt; &amp; &#34;co&#34;"},
		{"type of the geometry", areas + "/T01?f=html&lang=en", "<code>MultiPolygon</code>"},
		{"box of the geometry", areas + "/T01?f=html&lang=en", "<code>104.3, 30, 104.45, 30.05</code>"},
		{"coordinates", areas + "/T01?f=html&lang=en", "<details><summary>10 positions</summary><code>[[[[104.3,30], [104.35,30], "},
		{"sketch", areas + "/T01?f=html&lang=en", `<path class="sketch-park" d="M`},
		{"no geometry", "/api/collections/units/items/U01?f=html&lang=en", "<td>none</td>"},
		{"some properties", areas + "/T01?f=html&lang=en&properties=number", "<th scope=\"row\">Number</th><td>1</td>"},
		{"each feature of a page", areas + "?f=html&lang=en", "<summary>T02 · Green &lt;park&gt; &amp; &#34;co&#34;</summary>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := get(t, s, test.target)
			if !strings.Contains(w.Body.String(), test.want) {
				t.Errorf("no %q in %s", test.want, w.Body)
			}
			checkPage(t, w)
		})
	}
	if body := get(t, s, areas+"/T01?f=html&lang=en&properties=number").Body.String(); strings.Contains(body, "Planned area") {
		t.Error("a property that was not asked for")
	}
}

// TestPagesHaveTheLinks: the pages carry the links that the JSON has, by their relation.
func TestPagesHaveTheLinks(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Pages = realPages(t) })
	first := get(t, s, areas+"?f=json&limit=1")
	var page collection
	if err := json.Unmarshal(first.Body.Bytes(), &page); err != nil {
		t.Fatal(err)
	}
	second := strings.Replace(strings.TrimPrefix(page.link("next"), "https://map.example"), "f=json", "f=html", 1)
	for target, rels := range map[string][]string{
		second:                           {"self", "alternate", "next", "prev", "collection"},
		areas + "/T01?f=html":            {"self", "alternate", "collection"},
		"/api?f=html":                    {"self", "alternate", "service-desc", "service-doc", "conformance", "data"},
		"/api/collections/areas?f=html":  {"self", "alternate", "items"},
		"/api/collections?f=html":        {"self", "alternate", "service-desc"},
		"/api/conformance?f=html":        {"alternate"},
		"/api/collections/areas/schema?": {"alternate"},
	} {
		t.Run(target, func(t *testing.T) {
			have := map[string]string{}
			if err := eachTag(get(t, s, target, "Accept", "text/html").Body.String(), func(tag html.Token) {
				if tag.Data != "a" {
					return
				}
				rel, href := attribute(tag, "rel"), attribute(tag, "href")
				have[rel] = href
			}); err != nil {
				t.Fatal(err)
			}
			for _, rel := range rels {
				if w := get(t, s, strings.TrimPrefix(have[rel], "https://map.example")); have[rel] == "" || w.Code != http.StatusOK {
					t.Errorf("the link %s is %q", rel, have[rel])
				}
			}
		})
	}
}

func attribute(tag html.Token, name string) string {
	for _, a := range tag.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
