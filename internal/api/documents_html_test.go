package api

import (
	"encoding/json"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"parkmap/internal/layout"
)

// TestDocumentPagesSayAll: the pages of the other documents carry all texts, numbers and names of their JSON,
// and each of its links.
func TestDocumentPagesSayAll(t *testing.T) {
	s := realServer(t)
	targets := []string{"/api", "/api/conformance", "/api/collections"}
	for _, c := range s.live.Current().Collections() {
		root := "/api/collections/" + string(c.ID)
		targets = append(targets, root, root+"/queryables", root+"/schema")
	}
	for _, target := range targets {
		for _, lang := range []string{"zh", "en"} {
			t.Run(target+" "+lang, func(t *testing.T) {
				var doc map[string]any
				dec := json.NewDecoder(get(t, s, target+"?f=json", "Accept-Language", lang).Body)
				dec.UseNumber()
				if err := dec.Decode(&doc); err != nil {
					t.Fatal(err)
				}
				page := get(t, s, target+"?f=html", "Accept-Language", lang)
				have := linksOfPage(t, page.Body.String())
				for _, l := range linksIn(doc) {
					if !have[l.Href+" "+l.Type+" "+l.Title] {
						t.Errorf("no link %+v", l)
					}
				}
				text := textOf(t, page)
				for _, want := range leavesOf(doc) {
					if !strings.Contains(text, want) {
						t.Errorf("the page lacks %.200q", want)
					}
				}
			})
		}
	}
}

// linksOfPage are the links of a page: address, type and title.
func linksOfPage(t *testing.T, body string) map[string]bool {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "a" && n.FirstChild != nil {
			tag := html.Token{Attr: n.Attr}
			found[attribute(tag, "href")+" "+attribute(tag, "type")+" "+n.FirstChild.Data] = true
		}
	}
	return found
}

// leavesOf are the texts, numbers and relations in a document, and the names of properties.
func leavesOf(doc map[string]any) []string {
	var out []string
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
			if v["href"] != nil {
				out = append(out, v["rel"].(string))
				return
			}
			for name, member := range v {
				if name == "properties" {
					out = slices.AppendSeq(out, maps.Keys(member.(map[string]any)))
				}
				walk(member)
			}
		}
	}
	walk(doc)
	return out
}

func TestDocumentPages(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Pages = realPages(t) })
	const collection = "/api/collections/areas"
	for _, test := range []struct{ name, target, want string }{
		{"count", collection, `<a href="https://map.example/api/collections/areas/items?lang=en">4</a>`},
		{"count in the list", "/api/collections", `<a href="https://map.example/api/collections/areas/items?lang=en">4</a>`},
		{"links in the list are folded", "/api/collections", "<summary>areas · "},
		{"role", collection + "/schema", "role: primary-geometry"},
		{"required", collection + "/schema", "required"},
		{"read-only", collection + "/schema", "read-only"},
		{"no other properties", collection + "/schema", "<th scope=\"row\">Other properties</th><td>none</td>"},
		{"type of members", collection + "/queryables", "<code>array (string)</code>"},
		{"attribution", "/api", "Nobody (CC0)"},
		{"guide", "/api", "<h2>How to ask</h2>"},
		{"numbers of the guide", "/api", "100 when you say nothing, 10000 at most"},
		{"self of the landing page", "/api", `<a href="https://map.example/api?f=html&amp;lang=en" rel="self" type="text/html">HTML</a>`},
		{"self of a collection", collection, `<a href="https://map.example/api/collections/areas?f=html&amp;lang=en" rel="self" type="text/html">HTML</a>`},
		{"self of a document without links", "/api/conformance", `<a href="https://map.example/api/conformance?f=html&amp;lang=en" rel="self" type="text/html">HTML</a>`},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := get(t, s, test.target+"?f=html&lang=en")
			if !strings.Contains(w.Body.String(), test.want) {
				t.Errorf("no %q in %s", test.want, w.Body)
			}
			checkPage(t, w)
		})
	}
}

// TestCallsOfTheGuide: what the landing page offers to copy is answered, whatever the layout.
func TestCallsOfTheGuide(t *testing.T) {
	call := regexp.MustCompile(`curl &#39;https://map\.example([^&]*(?:&amp;[^&]+)*)&#39;`)
	layouts := readLayouts(t)
	layouts["empty"] = &layout.Layout{Version: 1, PublishedAt: at}
	for name, l := range layouts {
		t.Run(name, func(t *testing.T) {
			s := serveLayout(t, l, func(o *Options) { o.Pages = realPages(t) })
			calls := call.FindAllStringSubmatch(get(t, s, "/api?f=html").Body.String(), -1)
			if len(calls) != 3 {
				t.Fatalf("%d calls, want three", len(calls))
			}
			for _, c := range calls {
				if w := get(t, s, html.UnescapeString(c[1])); w.Code != http.StatusOK {
					t.Errorf("%s: %d %s", c[1], w.Code, w.Body)
				}
			}
		})
	}
}
