package page

import (
	"testing"
	"testing/fstest"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

func TestFigure(t *testing.T) {
	for _, test := range []struct {
		name, lang string
		target     layout.Target
		want       string
	}{
		{"printed words stay", Chinese, layout.Target{PrintedZH: "突破1000亿元", UnitZH: "亿元"}, "突破 1000 亿元"},
		{"a plus takes the unit", Chinese, layout.Target{PrintedZH: "2000+", UnitZH: "名"}, "2000+ 名"},
		{"words behind the number", Chinese, layout.Target{PrintedZH: "100家以上", UnitZH: "家"}, "100 家以上"},
		{"without a printed form", Chinese, layout.Target{Comparator: ">", Value: 1500, UnitZH: "亿元"}, "超过 1,500 亿元"},
		{"at least, without a printed form", Chinese, layout.Target{Comparator: ">=", Value: 30, UnitZH: "家"}, "30 家以上"},
		{"hundred million yuan", English, layout.Target{Comparator: ">", Value: 100, UnitZH: "亿元"}, "over CNY 10 billion"},
		{"less than a billion", English, layout.Target{Comparator: ">", Value: 5, UnitZH: "亿元"}, "over CNY 500 million"},
		{"trillions", English, layout.Target{Comparator: "=", Value: 20000, UnitZH: "亿元"}, "CNY 2 trillion"},
		{"ten thousand yuan, at least", English, layout.Target{Comparator: ">=", Value: 300, UnitZH: "万元"}, "CNY 3+ million"},
		{"a small sum", English, layout.Target{Comparator: "=", Value: 1200, UnitZH: "元"}, "CNY 1,200"},
		{"a count at least", English, layout.Target{Comparator: ">=", Value: 2000, UnitZH: "名", UnitEN: "people"}, "2,000+ people"},
		{"a plain count", English, layout.Target{Comparator: "=", Value: 10, UnitZH: "个", UnitEN: "projects"}, "10 projects"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := (Voice{Lang: test.lang}).Figure(test.target).String(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestGroupDigits(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 999: "999", 1000: "1,000", 1234567.891: "1,234,567.89", -1234: "-1,234", 41.15: "41.15"} {
		if got := groupDigits(v); got != want {
			t.Errorf("%v: got %q, want %q", v, got, want)
		}
	}
}

func TestDate(t *testing.T) {
	for _, test := range []struct{ lang, iso, want string }{
		{Chinese, "2026-11-23", "2026年11月23日"},
		{English, "2026-11-03", "3 Nov 2026"},
		{English, "spring", "spring"},
	} {
		if got := (Voice{Lang: test.lang}).Date(test.iso); got != test.want {
			t.Errorf("%s: got %q, want %q", test.iso, got, test.want)
		}
	}
}

func TestExpired(t *testing.T) {
	d := &layout.Document{Expires: "2031-05-06"}
	if expired(d, testDay) {
		t.Error("expired on its last day")
	}
	if !expired(d, testDay.AddDate(0, 0, 1)) {
		t.Error("not expired on the day after")
	}
	if expired(&layout.Document{}, testDay) {
		t.Error("a document without an end expires")
	}
}

func TestTextsMustAgree(t *testing.T) {
	for _, test := range []struct{ name, zh, en, edit string }{
		{"a key is missing in one language", `{"a":"甲","b":"乙"}`, `{"a":"A"}`, `{}`},
		{"a key has two texts", `{"a":"甲"}`, `{"a":"A"}`, `{"a":"A"}`},
		{"no JSON", `{"a":"甲"}`, `{`, `{}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			fsys := fstest.MapFS{
				"t/zh.json": {Data: []byte(test.zh)}, "t/en.json": {Data: []byte(test.en)},
				"t/edit-zh.json": {Data: []byte(test.edit)}, "t/edit-en.json": {Data: []byte(test.edit)},
			}
			if _, err := LoadTexts(fsys, "t"); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func TestTextsFill(t *testing.T) {
	v := Texts{English: {"a": "{n} of {all}"}}.Voice(English)
	if got, err := v.T("a", "n", 2, "all", 3); err != nil || got != "2 of 3" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := v.T("b"); err == nil {
		t.Error("a key without a text is no error")
	}
}

func TestBareDirection(t *testing.T) {
	for in, want := range map[string]string{"AI+汽车": "汽车", "AI + automobile": "automobile", "AI chips": "AI chips", "汽车": "汽车"} {
		if got := bareDirection(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestParseSource(t *testing.T) {
	for _, test := range []struct {
		name, in string
		want     Source
	}{
		{"text only", " a book ", Source{Text: "a book"}},
		{"with an address", "a page | https://a.example/x", Source{Text: "a page", Href: "https://a.example/x"}},
		{"with a remark behind", "a page | https://a.example/x (limits)", Source{Text: "a page (limits)", Href: "https://a.example/x"}},
		{"two bars", "why | a page | http://a.example", Source{Text: "why · a page", Href: "http://a.example"}},
		{"another scheme is text", "a | javascript:x", Source{Text: "a | javascript:x"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := parseSource(test.in); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestForeignSource(t *testing.T) {
	for _, test := range []struct{ name, lang, text, want string }{
		{"English on a Chinese page", Chinese, "a book, 2021", "en"},
		{"Chinese on an English page", English, "一本书,2021", "zh-CN"},
		{"Chinese on a Chinese page", Chinese, "一本书", ""},
		{"mixed", Chinese, "一本书 MIT", ""},
		{"a number", English, "2021", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := (Voice{Lang: test.lang}).foreign(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestDrawing(t *testing.T) {
	holed := append(square(10, 50, 0.1), square(10.02, 50.02, 0.02)[0])
	f := &layout.Feature{ID: "T1", Collection: layout.Areas, Geometry: orb.MultiPolygon{holed, square(10.2, 50, 0.1)}, Properties: core()}
	d := drawFeature(f)
	if len(d.Shapes) != 1 || d.Width != sketchWidth || d.Height <= 0 {
		t.Fatalf("got %+v", d)
	}
	rings := 0
	for _, c := range d.Shapes[0].Path {
		if c == 'z' {
			rings++
		}
	}
	if rings != 3 {
		t.Errorf("%d rings, want 3: %s", rings, d.Shapes[0].Path)
	}
	if !drawFeature(&layout.Feature{Geometry: orb.Point{1, 2}}).Empty() {
		t.Error("a point is drawn")
	}
	if !drawOverview(&layout.Layout{}).Empty() {
		t.Error("an empty layout is drawn")
	}
}
