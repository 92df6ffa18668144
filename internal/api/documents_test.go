package api

import (
	"encoding/json"
	"mime"
	"net/http"
	"slices"
	"strings"
	"testing"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
)

func TestGoldenDocuments(t *testing.T) {
	c := newClient(t, nil)
	for name, target := range map[string]string{
		"landing.json":           "/api",
		"landing.en.json":        "/api?lang=en",
		"conformance.json":       "/api/conformance",
		"collection.places.json": "/api/collections/places?lang=en",
		"collection.units.json":  "/api/collections/units?lang=en",
		"items.areas.json":       "/api/collections/areas/items?limit=2&sortby=-area_km2&properties=kind,name_zh,specialisations,area_km2",
		"item.T01.json":          "/api/collections/areas/items/T01?properties=kind,name_zh,specialisations",
		"items.areas.csv":        "/api/collections/areas/items?f=csv&properties=name_zh,name_en,specialisations,number",
		"items.places.csv":       "/api/collections/places/items?f=csv&properties=name_zh",
		"items.areas.geojsonseq": "/api/collections/areas/items?f=geojsonseq&properties=kind",
		"problem.json":           "/api/collections/areas/items?limit=0",
	} {
		t.Run(name, func(t *testing.T) {
			golden(t, name, indented(c.get(target).Body.Bytes()))
		})
	}
}

// TestLinks follows every link of the documents: each leads to a resource of the type that it names.
func TestLinks(t *testing.T) {
	c := newClient(t, nil)
	seen := map[string]bool{}
	var follow func(target string, depth int)
	follow = func(target string, depth int) {
		if seen[target] || depth > 4 {
			return
		}
		seen[target] = true
		var doc any
		if w := c.get(target); json.Unmarshal(w.Body.Bytes(), &doc) != nil {
			return
		}
		for _, l := range linksIn(doc) {
			href := strings.TrimPrefix(l.Href, "https://map.example")
			if href == l.Href {
				t.Errorf("%s: the link %s leads elsewhere", target, l.Href)
				continue
			}
			href = strings.NewReplacer("{tileMatrix}", "1", "{tileRow}", "0", "{tileCol}", "1").Replace(href)
			w := c.get(href)
			got, _, _ := mime.ParseMediaType(w.Header().Get("Content-Type"))
			want, _, _ := mime.ParseMediaType(l.Type)
			if l.Rel == "item" && w.Code == http.StatusNoContent { // nothing in that tile
				continue
			}
			if w.Code != http.StatusOK || got != want {
				t.Errorf("%s: the link %s %s gives %d %s, want %s", target, l.Rel, href, w.Code, got, want)
			}
			follow(href, depth+1)
		}
	}
	follow("/api", 0)
	if len(seen) < 13*5 {
		t.Errorf("only %d documents are reached from the landing page", len(seen))
	}
}

func linksIn(doc any) []ogc.Link {
	var out []ogc.Link
	switch v := doc.(type) {
	case []any:
		for _, member := range v {
			out = append(out, linksIn(member)...)
		}
	case map[string]any:
		if href, ok := v["href"].(string); ok {
			rel, _ := v["rel"].(string)
			kind, _ := v["type"].(string)
			title, _ := v["title"].(string)
			return []ogc.Link{{Href: href, Rel: rel, Type: kind, Title: title}}
		}
		for name, member := range v {
			if name != "geometry" && name != "paths" && name != "components" {
				out = append(out, linksIn(member)...)
			}
		}
	}
	return out
}

// TestRequiredLinks checks the links that the standard asks for, by Abstract Test Suite A.2 of Part 1.
func TestRequiredLinks(t *testing.T) {
	c := newClient(t, nil)
	for _, test := range []struct{ name, target, rels string }{
		{"landing page", "/api", "self alternate service-desc service-doc conformance data"},
		{"collections", "/api/collections", "self alternate items"},
		{"collection", "/api/collections/areas", "self alternate items http://www.opengis.net/def/rel/ogc/1.0/queryables http://www.opengis.net/def/rel/ogc/1.0/schema"},
		{"features", "/api/collections/areas/items", "self alternate collection"},
		{"feature", "/api/collections/areas/items/T01", "self alternate collection"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var doc any
			c.json(test.target, &doc)
			have := map[string]bool{}
			for _, l := range linksIn(doc) {
				have[l.Rel] = true
			}
			for _, rel := range strings.Fields(test.rels) {
				if !have[rel] {
					t.Errorf("there is no link %s", rel)
				}
			}
		})
	}
}

func TestServiceDescription(t *testing.T) {
	c := newClient(t, nil)
	var landing ogc.Landing
	c.json("/api", &landing)
	for _, l := range landing.Links {
		if l.Rel == "service-desc" && l.Type == "application/vnd.oai.openapi+json;version=3.0" {
			if got := c.get("/api/openapi.json").Header().Get("Content-Type"); got != l.Type {
				t.Errorf("the document has the type %s", got)
			}
			return
		}
	}
	t.Error("there is no link to the OpenAPI document")
}

func TestLanguages(t *testing.T) {
	c := newClient(t, nil)
	for _, test := range []struct{ name, query, header, want string }{
		{"nothing said", "", "", "责任单位"},
		{"parameter", "?lang=en", "zh", "Units"},
		{"header", "", "en-GB,en;q=0.9,zh;q=0.1", "Units"},
		{"header Chinese", "", "zh-Hans-CN", "责任单位"},
		{"weights", "", "en;q=0.2, zh;q=0.9", "责任单位"},
		{"other language", "", "fr", "Units"},
		{"unreadable", "", ";;;", "责任单位"},
		{"any", "", "*", "责任单位"},
		{"any at last", "", "fr, *;q=0.1", "责任单位"},
		{"refused", "", "en;q=0", "责任单位"},
		{"weight of no number", "", "en;q=x", "责任单位"},
		{"traditional script", "", "zh-Hant-TW", "责任单位"},
		{"underscore", "", "en_GB", "Units"},
		{"upper case", "", "EN", "Units"},
		{"not UTF-8", "", "\xff\xfe", "责任单位"},
		{"far too many", "", strings.Repeat("en-", 1000), "责任单位"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var doc ogc.Collection
			c.json("/api/collections/units"+test.query, &doc, "Accept-Language", test.header)
			if doc.Title != test.want {
				t.Errorf("the title is %q, want %q", doc.Title, test.want)
			}
			lang := map[string]string{"责任单位": "zh", "Units": "en"}[test.want]
			if got := c.get("/api/collections/units"+test.query, "Accept-Language", test.header).Header().Get("Content-Language"); got != lang {
				t.Errorf("Content-Language is %q, want %q", got, lang)
			}
		})
	}
}

// TestLinkTitles: every link title is in the language that Content-Language names, in answers whose bodies are
// kept apart by language; representations without titles name no language and are the same in each.
func TestLinkTitles(t *testing.T) {
	c := newClient(t, nil)
	want := map[string]map[string]string{
		"zh": {"next": "下一页", "prev": "上一页", "items": "CSV 表格", "service-doc": "接口说明(网页)", "collection": "所属集合"},
		"en": {"next": "Next page", "prev": "Previous page", "items": "CSV table", "service-doc": "API documentation (HTML)", "collection": "Collection"},
	}
	second := strings.TrimPrefix(c.items(areas+"?limit=1").link("next"), "https://map.example")
	for target, rel := range map[string]string{
		areas + "?limit=1": "next", second: "prev", "/api/collections/areas": "items", "/api/collections": "items",
		"/api": "service-doc", areas + "/T01": "collection",
	} {
		tags := map[string]bool{}
		for lang, titles := range want {
			t.Run(target+" "+lang, func(t *testing.T) {
				var doc any
				c.json(target, &doc, "Accept-Language", lang)
				if !slices.ContainsFunc(linksIn(doc), func(l ogc.Link) bool { return l.Rel == rel && l.Title == titles[rel] }) {
					t.Errorf("no link %s titled %q: %+v", rel, titles[rel], linksIn(doc))
				}
				h := c.get(target, "Accept-Language", lang).Header()
				if h.Get("Content-Language") != lang || !strings.Contains(h.Get("Vary"), "Accept-Language") {
					t.Errorf("headers %v", h)
				}
				tags[h.Get("ETag")] = true
			})
		}
		if len(tags) != len(want) {
			t.Errorf("%s: the languages share an ETag", target)
		}
	}
}

func TestPlainFormatsHaveNoLanguage(t *testing.T) {
	c := newClient(t, nil)
	for _, target := range []string{areas + "?f=csv", areas + "?f=geojsonseq", areas + "/T01?f=csv"} {
		zh, en := c.get(target, "Accept-Language", "zh").Header(), c.get(target, "Accept-Language", "en").Header()
		if zh.Get("ETag") != en.Get("ETag") || zh.Get("Content-Language") != "" || en.Get("Content-Language") != "" {
			t.Errorf("%s: %v, %v", target, zh, en)
		}
	}
}

func TestAttribution(t *testing.T) {
	c := newClient(t, func(o *Options) { o.MapReviewNumber = "GS(2026)1" })
	for lang, want := range map[string]string{"zh": "Nobody (CC0); 审图号 GS(2026)1", "en": "Nobody (CC0); Map review number GS(2026)1"} {
		var doc ogc.Landing
		c.json("/api?lang="+lang, &doc)
		if doc.Attribution != want {
			t.Errorf("%s: %q, want %q", lang, doc.Attribution, want)
		}
	}
}

// TestUnknownLanguage: every document of the API refuses a language that there is none of.
func TestUnknownLanguage(t *testing.T) {
	c := newClient(t, nil)
	for _, path := range []string{
		"/api", "/api/conformance", "/api/collections", "/api/collections/areas", "/api/collections/areas/queryables",
		"/api/collections/areas/schema", "/api/collections/areas/items", "/api/collections/areas/items/T01",
	} {
		for _, lang := range []string{"xx", "fr", "ZH", "zh-CN", "en,zh", "%20en"} {
			t.Run(path+" "+lang, func(t *testing.T) {
				p := c.problem(path + "?lang=" + lang)
				if p.Status != http.StatusBadRequest || len(p.Errors) != 1 || p.Errors[0].Parameter != "lang" {
					t.Errorf("%+v", p)
				}
			})
		}
	}
}

// TestSpecialisationsAreDescribed: the codes to ask for are in the queryables and in the OpenAPI document.
func TestSpecialisationsAreDescribed(t *testing.T) {
	c := newClient(t, nil)
	var want []string
	for _, s := range layout.Specialisations() {
		want = append(want, s.Code)
	}
	for collection, name := range map[string]string{"areas": "specialisations", "parks": "specialisations", "places": "specialisation"} {
		var queryables ogc.PropertiesSchema
		c.json("/api/collections/"+collection+"/queryables", &queryables)
		if items := queryables.Properties[name].Items; items == nil || !slices.Equal(items.Enum, want) {
			t.Errorf("the queryables of %s say %+v", collection, queryables.Properties[name])
		}
		var doc ogc.OpenAPI
		c.json("/api/openapi.json", &doc)
		parameters := doc.Paths["/collections/"+collection+"/items"].Get.Parameters
		i := slices.IndexFunc(parameters, func(p ogc.Parameter) bool { return p.Name == name })
		if i < 0 || !slices.Equal(parameters[i].Schema.Items.Enum, want) {
			t.Errorf("the OpenAPI document does not list the codes for %s", collection)
		}
	}
}

func TestFormats(t *testing.T) {
	c := newClient(t, nil)
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	for _, test := range []struct {
		name, target, accept string
		code                 int
		want                 string
	}{
		{"nothing said", "/api/collections/areas/items", "", 200, "application/geo+json"},
		{"anything", "/api/collections/areas/items", "*/*", 200, "application/geo+json"},
		{"browser", "/api/collections/areas/items", browser, 200, "text/html; charset=utf-8"},
		{"browser at a schema", "/api/collections/areas/schema", browser, 200, "text/html; charset=utf-8"},
		{"f before Accept", "/api/collections/areas/items?f=csv", browser, 200, "text/csv; charset=utf-8; header=present"},
		{"GDAL", "/api/collections/areas/items", "application/geo+json, application/json", 200, "application/geo+json"},
		{"JSON for GeoJSON", "/api/collections/areas/items", "application/json", 200, "application/geo+json"},
		{"JSON for schema", "/api/collections/areas/queryables", "application/json", 200, "application/schema+json"},
		{"csv", "/api/collections/areas/items", "text/csv", 200, "text/csv; charset=utf-8; header=present"},
		{"group", "/api/collections/areas/items", "text/*", 200, "text/html; charset=utf-8"},
		{"sequence", "/api/collections/areas/items", "application/geo+json-seq", 200, "application/geo+json-seq"},
		{"weights", "/api/collections/areas/items", "text/html;q=0.1, text/csv;q=0.5", 200, "text/csv; charset=utf-8; header=present"},
		{"refused", "/api/collections/areas/items", "*/*, application/geo+json;q=0", 200, "text/html; charset=utf-8"},
		{"no such type", "/api/collections/areas/items", "image/png", 406, "application/problem+json"},
		{"nothing readable", "/api/collections/areas/items", "///", 406, "application/problem+json"},
		{"OpenAPI to a browser", "/api/openapi.json", browser, 200, "application/vnd.oai.openapi+json;version=3.0"},
		{"OpenAPI by its type", "/api/openapi.json", "application/vnd.oai.openapi+json;version=3.0", 200, "application/vnd.oai.openapi+json;version=3.0"},
		{"no csv of a document", "/api/collections?f=csv", "", 400, "application/problem+json"},
		{"unknown f", "/api?f=xml", "", 400, "application/problem+json"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := c.get(test.target, "Accept", test.accept)
			if got := w.Header().Get("Content-Type"); w.Code != test.code || got != test.want {
				t.Errorf("%d %s, want %d %s", w.Code, got, test.code, test.want)
			}
		})
	}
}

// TestPagesKeepTheLanguage: a reader who asked for a language in the address stays with it.
func TestPagesKeepTheLanguage(t *testing.T) {
	c := newClient(t, nil)
	for _, target := range []string{"/api", "/api/collections", "/api/collections/areas", "/api/collections/areas/items", "/api/collections/areas/items/T01", "/api/collections/areas/schema"} {
		t.Run(target, func(t *testing.T) {
			if body := c.get(target + "?f=html&lang=en").Body.String(); !strings.Contains(body, "/api?lang=en") {
				t.Errorf("no link in English: %s", body)
			}
			if body := c.get(target + "?f=html").Body.String(); strings.Contains(body, "lang=zh") {
				t.Errorf("a language that was not asked for: %s", body)
			}
		})
	}
}
