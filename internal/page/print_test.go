package page

import (
	"bytes"
	"fmt"
	"math"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"parkmap/geodata"
	"parkmap/internal/layout"
	"parkmap/internal/scene"
	"parkmap/static"
)

// sheet writes the sheet of a layout, with a query of the address.
func sheet(t *testing.T, a *Atlas, lang, query string) string {
	t.Helper()
	p := testPage(t)
	style, err := scene.ReadStyle(static.FS, "src/style")
	if err != nil {
		t.Fatal(err)
	}
	m := scene.NewModel(a.layout, style, func(lang string) scene.Voice { return p.texts.Voice(lang) }, nil)
	r := request(lang, "/print")
	if r.Query, err = url.ParseQuery(query); err != nil {
		t.Fatal(err)
	}
	passing := layout.NewSieve(a.layout).Passing(layout.ReadFilter(r.Query.Get))
	return written(t, func(b *bytes.Buffer) error { return p.Print(b, a, m, passing, r) })
}

func builtIn(t *testing.T) *Atlas {
	t.Helper()
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	return NewAtlas(l)
}

func TestSheetIsSound(t *testing.T) {
	hostile := fixture()
	hostile.Document.NameZH = `<script>alert(1)</script>`
	hostile.Features[1].Properties.(*layout.Area).NameZH = `"><img src=x onerror=alert(1)>`
	for name, l := range map[string]*layout.Layout{"made up": fixture(), "hostile": hostile, "tiny": tinyAtlas(t).layout, "empty": {}} {
		for _, lang := range []string{Chinese, English} {
			for _, query := range []string{"", "paper=a3&orient=portrait&tone=grey&theme=ai&links=1&sel=T01", "v=fig2&c=x&bbox=1,2&paper=a9&sel=none&ai=none"} {
				t.Run(name+" "+lang+" "+query, func(t *testing.T) {
					body := sheet(t, NewAtlas(l), lang, query)
					doc, err := html.Parse(strings.NewReader(body))
					if err != nil {
						t.Fatal(err)
					}
					checkDocument(t, doc)
					if strings.Contains(body, "ZgotmplZ") || strings.Contains(body, "<img") || strings.Contains(body, "alert(1)</script>") {
						t.Error("a value got into the markup")
					}
				})
			}
		}
	}
}

func TestSheetSaysAll(t *testing.T) {
	for lang, wants := range map[string][]string{
		Chinese: {"突破100 亿元", "三.(一).1", "EPSG:3857", "成发办〔2020〕97号", "示意范围", "审图号", "目标期 2022 · 有效期已满", "https://map.example/?theme=ai", "龙泉驿区", "据名称推断"},
		English: {"over CNY 10 billion", "EPSG:3857", "Schematic outline", "Map review", "document expired", "https://map.example/?theme=ai", "Longquanyi", "inferred"},
	} {
		body := sheet(t, builtIn(t), lang, "theme=ai&tone=grey")
		if n := strings.Count(body, `data-testid="row-`); n != 14 {
			t.Errorf("%s: %d rows in the index", lang, n)
		}
		plain := strings.NewReplacer("突破 100 亿元", "突破100 亿元", "Review no", "Map review").Replace(textOf(t, body))
		for _, want := range wants {
			if !strings.Contains(plain, want) {
				t.Errorf("%s: the sheet does not say %q", lang, want)
			}
		}
		if !strings.Contains(body, `data-testid="qr"`) || !strings.Contains(body, `class="leaf leaf-a4-landscape"`) || !strings.Contains(body, `data-tone="grey"`) {
			t.Errorf("%s: no code, another leaf or another tone", lang)
		}
	}
}

// textOf returns what a document says, without markup.
func textOf(t *testing.T, body string) string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// TestSheetOfMany: what does not fit the first sheet is on further ones, and nothing is said twice.
func TestSheetOfMany(t *testing.T) {
	l := fixture()
	for i := range 200 {
		p := park(i+3, fmt.Sprintf("园%d", i), fmt.Sprintf("Park %d", i))
		p.Targets = core().Targets
		l.Features = append(l.Features, layout.Feature{Collection: layout.Areas, ID: layout.ID(fmt.Sprintf("N%03d", i)), Geometry: square(103.5, 30+float64(i)/100, 0.005), Properties: p})
	}
	body := sheet(t, NewAtlas(l), English, "")
	first, more, _ := strings.Cut(body, `data-testid="sheet-more"`)
	if n := strings.Count(first, `data-testid="row-`); n != leaves()[0].Rows {
		t.Errorf("%d rows on the first sheet", n)
	}
	if n := strings.Count(body, `data-testid="row-`); n != 203 {
		t.Errorf("%d rows in all", n)
	}
	if n := strings.Count(first, "<dd>"); n != leaves()[0].Targets {
		t.Errorf("%d targets on the first sheet", n)
	}
	if n := strings.Count(body, "<dd>"); n != 201 {
		t.Errorf("%d targets in all", n)
	}
	if !strings.Contains(more, "<thead>") || !strings.Contains(first, fmt.Sprintf("%d more areas", 203-leaves()[0].Rows)) {
		t.Error("the first sheet does not say that there are more, or those have no heading")
	}
}

func TestSheetFilter(t *testing.T) {
	body := sheet(t, builtIn(t), English, "ai=smartmfg")
	if n := strings.Count(body, `class="is-out"`); n != 12 {
		t.Errorf("%d areas stand back, want 12", n)
	}
	if !strings.Contains(body, "Filter: 2 of 14 areas") {
		t.Error("the sheet does not say that it is filtered")
	}
}

func TestSheetPermalink(t *testing.T) {
	for query, want := range map[string]string{
		"":                                   "https://map.example/",
		"lang=en&sel=T01&v=fig1&paper=a3":    "https://map.example/?v=fig1&sel=T01&lang=en",
		"c=30.6,104,9&tone=grey&d=1,2&mode=": "https://map.example/?d=1,2&c=30.6,104,9",
		"q=" + url.QueryEscape("龙泉 <b>"):     "https://map.example/?q=%E9%BE%99%E6%B3%89+%3Cb%3E",
	} {
		body := html.UnescapeString(sheet(t, NewAtlas(fixture()), Chinese, query))
		if !strings.Contains(body, ">"+want+"</a>") {
			t.Errorf("%q: the sheet does not name %s", query, want)
		}
	}
	long := sheet(t, NewAtlas(fixture()), Chinese, "q="+strings.Repeat("a", 600))
	if strings.Contains(long, `data-testid="qr"`) || !strings.Contains(long, strings.Repeat("a", 600)) {
		t.Error("an address too long for a code is not printed as text alone")
	}
}

func TestLeaf(t *testing.T) {
	for query, want := range map[string]string{
		"": "a4-landscape", "paper=a3": "a3-landscape", "orient=portrait": "a4-portrait", "paper=a3&orient=portrait": "a3-portrait",
		"paper=A3": "a4-landscape", "orient=upside": "a4-landscape",
	} {
		q, _ := url.ParseQuery(query)
		if got := chooseLeaf(q.Get).Class(); got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
}

func TestBoxOf(t *testing.T) {
	for _, test := range []struct {
		bbox, at string
		ok       bool
	}{
		{"103,30,104,31", "", true}, {"104,30,103,31", "", false}, {"103,30,104", "", false}, {"103,30,104,north", "", false},
		{"103,30,104,91", "", false}, {"NaN,30,104,31", "", false}, {"", "30.6,104.05,9.75", true}, {"", "30.6,104.05", false},
		{"", "91,104,9", false}, {"", "30,104,99", false}, {"", "", false}, {"bad", "30.6,104.05,9", true},
	} {
		box, ok := boxOf(test.bbox, test.at)
		if ok != test.ok || ok && (box.IsEmpty() || box.Min[0] >= box.Max[0] || box.Min[1] >= box.Max[1]) {
			t.Errorf("%q %q: %v %v", test.bbox, test.at, box, ok)
		}
	}
	box, _ := boxOf("", "30.6,104.05,9")
	if c := box.Center(); math.Abs(c[0]-104.05) > 1e-9 || math.Abs(c[1]-30.6) > 0.01 {
		t.Errorf("the middle is %v", c)
	}
	if wide := box.Max[0] - box.Min[0]; math.Abs(wide-960.0/256/512*360) > 1e-9 {
		t.Errorf("%v° wide", wide)
	}
}

func TestOfflinePage(t *testing.T) {
	for _, lang := range []string{Chinese, English} {
		body := written(t, func(b *bytes.Buffer) error {
			return testPage(t).Offline(b, NewAtlas(fixture()), request(lang, "/offline"))
		})
		doc, err := html.Parse(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		checkDocument(t, doc)
		if strings.Contains(body, "<script") {
			t.Error("it needs a script")
		}
	}
}
