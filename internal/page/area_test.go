package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"parkmap/geodata"
	"parkmap/internal/layout"
)

// shipped is the layout that the program ships with.
func shipped(t *testing.T) *layout.Layout {
	t.Helper()
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// unsaid lists the properties of areas that no page says as they are, each with its reason.
func unsaid() map[string]string {
	return map[string]string{
		"slug":                 "a second address, which leads to the page",
		"specialisations/code": "stands for the label",
		"targets/comparator":   "a word or a sign of the figure, which is looked for as a whole",
		"targets/unit_en":      "money is said in CNY; the figure is looked for as a whole",
		"targets/printed_zh":   "the figure is looked for as a whole",
	}
}

// wordings are what a page says for a code of a closed list.
func wordings(v Voice, path, code string) string {
	name := path[strings.LastIndex(path, "/")+1:]
	switch {
	case path == "kind":
		return v.Kind(code)
	case name == "basis" && strings.HasPrefix(path, "specialisations"):
		return v.text("basis."+code, "?")
	case path == "place_in_text_basis":
		return v.text("d.placetext."+code, "?")
	case strings.HasSuffix(name, "confidence"):
		return v.text("d.conf."+code, "?")
	case path == "outline":
		return v.text("q."+code, "?")
	case path == "size_basis":
		return v.text("d.size."+code, "?")
	case path == "responsibility":
		return map[string]string{"own": v.text("d.units.own", "?"), "shared": v.text("n.shared", "?")}[code]
	}
	return ""
}

// said is a page as a reader has it: its text without the frame, and where its links lead.
type said struct {
	text  string
	hrefs map[string]bool
}

func read(t *testing.T, body string) said {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	s := said{hrefs: map[string]bool{}}
	var words strings.Builder
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.TextNode:
			words.WriteString(n.Data)
		case n.Type == html.ElementNode && n.Data == "a":
			for _, a := range n.Attr {
				if a.Key == "href" {
					s.hrefs[a.Val] = true
				}
			}
		}
	}
	s.text = dense(words.String())
	return s
}

// dense drops all spaces, which pages set as they need them.
func dense(text string) string { return strings.Join(strings.Fields(text), "") }

// eachLeaf calls visit for the texts and numbers of a JSON value, with their path without indexes.
func eachLeaf(value any, path string, visit func(path string, leaf any)) {
	switch value := value.(type) {
	case map[string]any:
		for name, inner := range value {
			eachLeaf(inner, strings.TrimPrefix(path+"/"+name, "/"), visit)
		}
	case []any:
		for _, inner := range value {
			eachLeaf(inner, path, visit)
		}
	default:
		visit(path, value)
	}
}

// TestAreasSayAllThatTheDataHold looks for every leaf of every area's JSON in its page: texts in Chinese on
// the Chinese page, those in English on the English one, ids as links, codes as their wording.
func TestAreasSayAllThatTheDataHold(t *testing.T) {
	a, p := NewAtlas(shipped(t)), testPage(t)
	for _, f := range a.areas {
		pages := map[string]said{}
		for _, lang := range []string{Chinese, English} {
			pages[lang] = read(t, written(t, func(b *bytes.Buffer) error { return p.Feature(b, a, request(lang, "/f/"+string(f.ID)), string(f.ID)) }))
		}
		data, err := layout.MarshalJSON(f.Properties)
		if err != nil {
			t.Fatal(err)
		}
		var properties map[string]any
		if err := json.Unmarshal(data, &properties); err != nil {
			t.Fatal(err)
		}
		leaves := 0
		eachLeaf(properties, "", func(path string, leaf any) {
			leaves++
			if missing := a.missing(p, pages, f, path, leaf); missing != "" {
				t.Errorf("%s %s: %s", f.ID, path, missing)
			}
		})
		if leaves < 20 {
			t.Errorf("%s: only %d leaves were looked for", f.ID, leaves)
		}
		for _, target := range f.Properties.(*layout.Area).Targets {
			for lang, page := range pages {
				if want := p.texts.Voice(lang).Figure(target).String(); !strings.Contains(page.text, dense(want)) {
					t.Errorf("%s in %s: no target %s", f.ID, lang, want)
				}
			}
		}
	}
}

// missing says what of a leaf the pages do not say; "" when they say it, or when it is left out for a reason.
func (a *Atlas) missing(p *Page, pages map[string]said, f *layout.Feature, path string, leaf any) string {
	if n, ok := leaf.(float64); ok {
		return missingNumber(a, pages, f, path, n)
	}
	text := fmt.Sprint(leaf)
	for lang, page := range pages {
		if want := wordings(p.texts.Voice(lang), path, text); want != "" {
			if !strings.Contains(page.text, dense(want)) {
				return fmt.Sprintf("no %q in %s", want, lang)
			}
			return ""
		}
	}
	if _, ok := a.byID[layout.ID(text)]; ok {
		if !pages[English].hrefs["/f/"+text] {
			return "no link to " + text
		}
		return ""
	}
	if unsaid()[path] != "" {
		return ""
	}
	lang := English
	if strings.HasSuffix(path, "_zh") || strings.HasSuffix(path, "/zh") {
		lang = Chinese
	}
	for entry := range strings.SplitSeq(text, " ; ") {
		s := parseSource(entry)
		if !strings.Contains(strings.ToLower(pages[lang].text), strings.ToLower(dense(s.Text))) {
			return fmt.Sprintf("no %q in %s", s.Text, lang)
		}
		if s.Href != "" && !pages[lang].hrefs[s.Href] {
			return "no link to " + s.Href
		}
	}
	return ""
}

func missingNumber(a *Atlas, pages map[string]said, f *layout.Feature, path string, n float64) string {
	want := groupDigits(n)
	switch {
	case path == "number":
		if a.numberOf(f) == 0 {
			return ""
		}
	case strings.HasSuffix(path, "/lon") || strings.HasSuffix(path, "/lat"):
		want = strconv.FormatFloat(n, 'f', 4, 64)
	case strings.HasSuffix(path, "position_error_m"):
		want = strconv.Itoa(int(math.Round(n)))
	case strings.HasSuffix(path, "year"):
		want = strconv.Itoa(int(n))
	case strings.HasPrefix(path, "targets/"):
		return "" // the figure as a whole is looked for
	}
	for lang, page := range pages {
		if !strings.Contains(page.text, want) {
			return fmt.Sprintf("no %s in %s", want, lang)
		}
	}
	return ""
}

func TestSectionsOfAnAreaComeInOrder(t *testing.T) {
	a, p := NewAtlas(shipped(t)), testPage(t)
	v := p.texts.Voice(English)
	body := written(t, func(b *bytes.Buffer) error { return p.Feature(b, a, request(English, "/f/C1"), "C1") })
	doc, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == "h2" {
			got = append(got, n.FirstChild.Data)
		}
	}
	want := []string{"Targets for 2022"}
	for _, key := range []string{"d.ai", "d.units", "d.places", "d.facilities", "d.names", "d.settles", "d.other", "d.area", "d.inconsistencies"} {
		want = append(want, v.text(key, key))
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestFacilitiesOfAnArea(t *testing.T) {
	a := NewAtlas(shipped(t))
	for id, want := range map[layout.ID][]layout.ID{
		"P06": {"F45", "F76"}, "P05": {"F12"}, "C1": {"F65", "F75"}, "Z1": {"F63"}, "P01": nil,
	} {
		if got := idsOf(a.facilitiesIn(id)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
}

func TestAThemeIsNoMention(t *testing.T) {
	a, p := NewAtlas(shipped(t)), testPage(t)
	body := flat(written(t, func(b *bytes.Buffer) error { return p.Feature(b, a, request(English, "/f/P05"), "P05") }))
	for _, want := range []string{"not this area", `href="/f/S4"`, "intelligent connected vehicles", "the size of what holds it, not its own"} {
		if !strings.Contains(body, want) {
			t.Errorf("P05 does not say %q", want)
		}
	}
	if strings.Contains(body, "Planned area") {
		t.Error("the size of what holds P05 is said to be its own")
	}
}
