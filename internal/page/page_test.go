package page

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"parkmap/geodata"
	"parkmap/internal/layout"
)

// all writes every page of an atlas in one language, by name.
func all(t *testing.T, a *Atlas, lang string) map[string]string {
	t.Helper()
	p := testPage(t)
	pages := map[string]string{
		"explore": written(t, func(b *bytes.Buffer) error { return p.Explore(b, a, request(lang, "/")) }),
		"about":   written(t, func(b *bytes.Buffer) error { return p.About(b, a, request(lang, "/about")) }),
		"compare": written(t, func(b *bytes.Buffer) error { return p.Compare(b, a, compareRequest(a, lang)) }),
		"problem": written(t, func(b *bytes.Buffer) error {
			return p.Problem(b, a, request(lang, "/f/x"), Problem{Status: 404, Feature: true})
		}),
		"api": written(t, func(b *bytes.Buffer) error {
			return p.APIDocument(b, a, request(lang, "/api"), APIDocument{
				Title: "areas", Tables: []APITable{{Columns: []string{"id"}, Rows: [][]APICell{{{Text: "C1", Href: "/x"}}}}},
			})
		}),
	}
	for _, f := range a.layout.Features {
		path := "/f/" + string(f.ID)
		pages[path] = written(t, func(b *bytes.Buffer) error { return p.Feature(b, a, request(lang, path), string(f.ID)) })
	}
	return pages
}

func TestEveryPageIsSound(t *testing.T) {
	for _, lang := range []string{Chinese, English} {
		for name, body := range all(t, NewAtlas(fixture()), lang) {
			t.Run(lang+" "+name, func(t *testing.T) {
				doc, err := html.Parse(strings.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				checkDocument(t, doc)
				if strings.Contains(body, "ZgotmplZ") || strings.Contains(body, "<no value>") {
					t.Error("the template engine refused a value")
				}
			})
		}
	}
}

// checkDocument asks for one h1, unique ids, a language, and nothing that the content policy refuses.
func checkDocument(t *testing.T, doc *html.Node) {
	t.Helper()
	count := map[string]int{}
	ids := map[string]int{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.Data+n.Namespace]++ // a picture has a title of its own
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				ids[a.Val]++
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				t.Errorf("<%s> has the attribute %s", n.Data, a.Key)
			}
		}
		if n.Data == "script" && n.FirstChild != nil && !hasType(n, "application/json") {
			t.Error("a script stands in the page")
		}
	}
	for _, element := range []string{"h1", "main", "title"} {
		if count[element] != 1 {
			t.Errorf("%d <%s>, want one", count[element], element)
		}
	}
	if count["style"]+count["stylesvg"] > 0 {
		t.Error("a style sheet stands in the page")
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %q is used %d times", id, n)
		}
	}
}

func hasType(n *html.Node, want string) bool {
	for _, a := range n.Attr {
		if a.Key == "type" && a.Val == want {
			return true
		}
	}
	return false
}

// facts are words, dates and counts of the layout that the program ships with, which no other may show.
func facts(t *testing.T) []string {
	t.Helper()
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	d := l.Document
	return []string{d.PlaceZH, d.PlaceEN, d.Number, d.Expires, d.TitleZH}
}

func TestAnotherLayoutShowsNothingOfTheOneShipped(t *testing.T) {
	words := facts(t)
	for _, lang := range []string{Chinese, English} {
		for name, body := range all(t, tinyAtlas(t), lang) {
			for _, word := range words {
				if strings.Contains(body, word) {
					t.Errorf("%s %s shows %q", lang, name, word)
				}
			}
		}
	}
}

func TestExploreListsAllAreas(t *testing.T) {
	body := all(t, NewAtlas(fixture()), Chinese)["explore"]
	got := regexp.MustCompile(`data-testid="item-(\w+)"`).FindAllStringSubmatch(body, -1)
	var ids []string
	for _, m := range got {
		ids = append(ids, m[1])
	}
	if diff := cmp.Diff([]string{"C1", "T01", "T02"}, ids); diff != "" {
		t.Error(diff)
	}
	for _, want := range []string{`href="/f/T01"`, "正文称 3 个园区,列名 2 处", "目标期 2030 · 有效期已满", `class="sketch-city"`, "/assets/main-X.js", `href="/pack.json"`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestExploreIsLight(t *testing.T) {
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	const budget = 20 << 10 // compressed
	for _, lang := range []string{Chinese, English} {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		if err := testPage(t).Explore(w, NewAtlas(l), request(lang, "/")); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if packed.Len() > budget {
			t.Errorf("%s: %d bytes, budget %d", lang, packed.Len(), budget)
		}
	}
}

func TestFeatureSays(t *testing.T) {
	pages := map[string]map[string]string{}
	for _, lang := range []string{Chinese, English} {
		pages[lang] = all(t, NewAtlas(fixture()), lang)
	}
	for _, test := range []struct{ name, lang, path, want string }{
		{"target as printed", Chinese, "/f/C1", "突破 100 亿元"},
		{"target in CNY", English, "/f/C1", "over CNY 10 billion"},
		{"basis", Chinese, "/f/C1", "文件写明"},
		{"the place through which it is stated", English, "/f/C1", "through Platform"},
		{"published size", English, "/f/C1", "Planned area 41.5 km²"},
		{"where the size comes from", English, "/f/C1", `href="https://page.example/1"`},
		{"how the outline was drawn", English, "/f/C1", "off by about 2.5 km"},
		{"the clause in our words", Chinese, "/f/C1", "设立甲核"},
		{"no target rather than nought", Chinese, "/f/T01", "本文件未给出单独目标"},
		{"nothing stated rather than guessed", English, "/f/T01", "The document states no AI+ direction"},
		{"no size of a nominal outline", Chinese, "/f/T01", "面积:未找到公布数字"},
		{"shared units", English, "/f/T01", "Shared by all parks"},
		{"what the document disagrees on", English, "/f/T01", "three and two"},
		{"other sources apart", English, "/f/T01", "What follows is not from the document"},
		{"expired", English, "/f/T01", "Targets for 2030 · document expired"},
		{"markup of names as text", English, "/f/C1", "First &lt;core&gt;"},
		{"a name that has no translation", English, "/f/T02", `<h1 lang="zh-CN">乙园</h1>`},
		{"what a unit answers for", English, "/f/U1", `href="/f/T01"`},
		{"position of a place", English, "/f/C1-01", "off by about 250 m"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if body := flat(pages[test.lang][test.path]); !strings.Contains(body, test.want) {
				t.Errorf("%s in %s does not say %q:\n%s", test.path, test.lang, test.want, body)
			}
		})
	}
}

var tags = regexp.MustCompile(`</?(small|b|span)( [^>]*)?>`)

// flat drops the inline elements of a page, so that sentences can be looked for.
func flat(body string) string { return tags.ReplaceAllString(body, "") }

func TestFeatureNamesNoNominalSize(t *testing.T) {
	body := all(t, NewAtlas(fixture()), English)["/f/T01"]
	if strings.Contains(body, "km²") {
		t.Error("the page of a nominal outline shows a size")
	}
}

func TestFeatureBySlug(t *testing.T) {
	a := NewAtlas(fixture())
	if id, err := a.Resolve("first-core"); err != nil || id != "C1" {
		t.Errorf("got %q, %v", id, err)
	}
	err := testPage(t).Feature(io.Discard, a, request(English, "/f/nope"), "nope")
	if layout.KindOf(err) != layout.KindNotFound {
		t.Errorf("an unknown id gives %v", err)
	}
}

func TestProblemWithoutALayout(t *testing.T) {
	body := written(t, func(b *bytes.Buffer) error {
		return testPage(t).Problem(b, nil, request(English, "/"), Problem{Status: 503, Errors: []ProblemError{{At: "bbox", Detail: "must be four numbers"}}})
	})
	for _, want := range []string{"The service is not available", "must be four numbers", "One core, one zone, many parks"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q", want)
		}
	}
}

func TestLanguagesAreLinked(t *testing.T) {
	r := request(English, "/f/C1")
	r.Query = map[string][]string{"lang": {"en"}}
	body := written(t, func(b *bytes.Buffer) error { return testPage(t).Feature(b, NewAtlas(fixture()), r, "C1") })
	for _, want := range []string{
		`<html lang="en">`,
		`<link rel="alternate" hreflang="zh" href="https://map.example/f/C1?lang=zh">`,
		`<link rel="canonical" href="https://map.example/f/C1">`,
		`href="?lang=zh"`,
		`href="/f/U1?lang=en"`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
}

func ExampleVoice_Figure() {
	texts := Texts{Chinese: {}, English: {}}
	target := layout.Target{Comparator: ">", Value: 50, UnitZH: "亿元", PrintedZH: "超过50亿元"}
	fmt.Println(texts.Voice(Chinese).Figure(target))
	fmt.Println(texts.Voice(English).Figure(target))
	// Output:
	// 超过 50 亿元
	// over CNY 5 billion
}

func TestReaderIsToldWhereToReport(t *testing.T) {
	atlas := NewAtlas(fixture())
	for contact, want := range map[string]string{
		"":                           "",
		"mailto:maps@example.org":    `href="mailto:maps@example.org?subject=T01"`,
		"https://example.org/report": `href="https://example.org/report"`,
	} {
		p := testPage(t)
		p.options.Contact = contact
		html := written(t, func(b *bytes.Buffer) error { return p.Feature(b, atlas, request("en", "/f/T01"), "T01") })
		if got := strings.Contains(html, "Report a problem"); got != (contact != "") || !strings.Contains(html, want) {
			t.Errorf("contact %q: the page says where: %v; want %s", contact, got, want)
		}
	}
}
