package book_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/page"
	"parkmap/internal/pdf/pdftest"
)

// squeezed is a text without spaces, by which lines that were broken compare.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

func number(t *testing.T, info, what string) int {
	t.Helper()
	m := regexp.MustCompile(what + `:\s+(\d+)`).FindStringSubmatch(info)
	if m == nil {
		t.Fatalf("no %s in %s", what, info)
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// Every area has a sheet that says what its page says, in both languages, and so has every place.
func TestSheetSaysWhatThePageSays(t *testing.T) {
	l := builtIn(t)
	p := newPress(t, l)
	for _, lang := range []string{page.Chinese, page.English} {
		for _, f := range l.Features {
			if f.Collection != layout.Areas && (f.Collection != layout.Places || lang == page.English) {
				continue
			}
			t.Run(lang+" "+string(f.ID), func(t *testing.T) {
				data := p.sheet(t, f.ID, lang)
				if len(data) > 500_000 {
					t.Errorf("%d bytes", len(data))
				}
				name := pdftest.File(t, data)
				info := pdftest.Run(t, "pdfinfo", name)
				if most := map[bool]int{true: 1, false: 2}[f.Properties.Common().Kind == layout.KindPark || f.Collection == layout.Places]; number(t, info, "Pages") > most {
					t.Errorf("more than %d pages", most)
				}
				if f.Collection == layout.Areas {
					if n := strings.Count(pdftest.Run(t, "pdfinfo", "-struct", name), "Figure"); n != 3 {
						t.Errorf("%d figures, where map, overview and code should be", n)
					}
				}
				text := squeezed(pdftest.Run(t, "pdftotext", "-raw", name, "-"))
				of, err := p.pages.Sheet(p.atlas, request(lang), f.ID)
				if err != nil {
					t.Fatal(err)
				}
				for _, want := range said(of) {
					if !strings.Contains(text, squeezed(want)) {
						t.Errorf("does not say %q", want)
					}
				}
			})
		}
	}
}

// said lists what a sheet has to say, each a text that stands in one column.
func said(of page.Sheet) []string {
	out := []string{of.Name.Text, of.Also.Text, string(of.ID), of.Link, of.Review}
	if of.Quality != nil {
		out = append(out, of.Quality.Phrase, of.Quality.How)
	}
	for _, target := range of.Targets {
		out = append(out, target.Figure.Digits, target.Metric.Text)
	}
	for _, s := range append(of.Intro, of.Sections...) {
		out = append(out, s.Title)
		for _, r := range s.Rows {
			for _, v := range r.Values {
				if len(v.Text) < 60 { // a longer one may go on in the next column
					out = append(out, v.Text)
				}
			}
		}
	}
	return out
}

func TestSheetOrder(t *testing.T) {
	p := newPress(t, builtIn(t))
	text := pdftest.Run(t, "pdftotext", "-raw", pdftest.File(t, p.sheet(t, "P05", page.Chinese)), "-")
	at := -1
	for _, want := range []string{"龙泉汽车产业功能区", "示意范围", "AI+ 方向", "责任单位", "其他来源", "编制"} {
		next := strings.LastIndex(text, want)
		if next <= at {
			t.Errorf("%q stands at %d, not behind %d", want, next, at)
		}
		at = next
	}
}

// What a sheet is drawn with has to be told apart where there is no colour: the fills by their luminance.
func TestGreyPrintTellsKindsApart(t *testing.T) {
	p := newPress(t, builtIn(t))
	out := pdftest.Run(t, "pdftoppm", "-r", "72", "-gray", "-singlefile", "-f", "3", "-l", "3", pdftest.File(t, p.book(t, page.Chinese)))
	fields := strings.SplitN(out, "\n", 4)
	var w, h int
	if _, err := fmt.Sscan(fields[1], &w, &h); err != nil || fields[0] != "P5" {
		t.Fatalf("no image: %q %v", fields[0], err)
	}
	// The fills of the figure's legend, from darkest to lightest: core, zone, park, paper of the map.
	count := map[byte]int{}
	for _, v := range []byte(fields[3]) {
		count[v]++
	}
	shades := []byte{}
	for v := 0; v < 256; v++ {
		if count[byte(v)] > 700 && (len(shades) == 0 || byte(v)-shades[len(shades)-1] > 12) {
			shades = append(shades, byte(v))
		}
	}
	if len(shades) < 4 {
		t.Errorf("only the shades %v are there in quantity", shades)
	}
}

func TestBook(t *testing.T) {
	for _, lang := range []string{page.Chinese, page.English} {
		t.Run(lang, func(t *testing.T) {
			l := builtIn(t)
			p := newPress(t, l)
			data := p.book(t, lang)
			if len(data) > 5_000_000 {
				t.Errorf("%d bytes", len(data))
			}
			if lang == page.English && !bytes.Equal(data, newPress(t, builtIn(t)).book(t, lang)) {
				t.Error("the same layout gives another book")
			}
			name := pdftest.File(t, data)
			pages := number(t, pdftest.Run(t, "pdfinfo", name), "Pages")
			if pages < 20 || pages > 60 {
				t.Errorf("%d pages", pages)
			}
			text := pdftest.Run(t, "pdftotext", name, "-")
			flat := squeezed(text)
			for _, f := range l.Features {
				switch f.Collection {
				case layout.Areas, layout.Places, layout.Tasks, layout.Goals, layout.Scenarios:
					name := f.Properties.Common().NameZH
					if lang == page.English {
						name = f.Properties.Common().NameEN
					}
					if g, ok := f.Properties.(*layout.Goal); ok {
						name = strings.TrimPrefix(name, g.Label)
					}
					if !strings.Contains(flat, squeezed(name)) {
						t.Errorf("%s: %q is not there", f.ID, name)
					}
				}
			}
			for _, f := range l.Document.Figures {
				if want := map[string]string{page.Chinese: f.TitleZH, page.English: f.TitleEN}[lang]; !strings.Contains(strings.ToLower(flat), strings.ToLower(squeezed(want))) {
					t.Errorf("no figure %q", want)
				}
			}
			inContents(t, p, lang, name, pages)
		})
	}
}

// inContents holds the page numbers of the contents against the pages that they name.
func inContents(t *testing.T, p *press, lang, name string, pages int) {
	t.Helper()
	of, err := p.pages.Book(p.atlas, request(lang))
	if err != nil {
		t.Fatal(err)
	}
	contents := pdftest.Run(t, "pdftotext", "-layout", "-f", "2", "-l", "2", name, "-")
	for _, f := range of.Sheets {
		m := regexp.MustCompile(regexp.QuoteMeta(f.Name.Text) + `\s+(\d+)\n`).FindStringSubmatch(contents)
		if m == nil {
			t.Errorf("the contents do not list %q:\n%s", f.Name.Text, contents)
			return
		}
		n, _ := strconv.Atoi(m[1])
		if text := pdftest.Run(t, "pdftotext", "-f", m[1], "-l", m[1], name, "-"); !strings.Contains(squeezed(text), squeezed(f.Name.Text)) || n > pages {
			t.Errorf("%q is not on page %d", f.Name.Text, n)
		}
	}
}

func TestSameLayoutSameSheet(t *testing.T) {
	a, b := newPress(t, builtIn(t)), newPress(t, builtIn(t))
	if !bytes.Equal(a.sheet(t, "C1", page.Chinese), b.sheet(t, "C1", page.Chinese)) {
		t.Error("the sheets differ")
	}
}

// Texts that nobody thought of end in a document that can be read, with all that was said or a word on what is not.
func TestHostileTexts(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a megabyte without spaces", strings.Repeat("长", 350_000), "另有"},
		{"a megabyte of words", strings.Repeat("word ", 200_000), "另有"},
		{"emoji", "园区 😀🏭 end", "😀"},
		{"right to left", "שלום עולם end", "end"},
		{"controls", "a\x00\x1b[0m\r\n\tb end", "end"},
		{"marks of direction", "a\u202Eb\u2066c end", "abc end"},
		{"a character that no font has", "a\U0002A6D6b end", "end"},
		{"operators of PDF", "(a) Tj ET Q \\) endstream end", "endstream end"},
		{"nothing but spaces", "   ", "龙泉"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := builtIn(t)
			for i := range l.Features {
				if p, ok := l.Features[i].Properties.(*layout.Area); ok && l.Features[i].ID == "P05" {
					p.Notes = append(p.Notes, layout.Label{ZH: c.text, EN: c.text})
					p.PlaceInTextZH = c.text
					if len(c.text) < 300 && strings.TrimSpace(c.text) != "" {
						p.NameZH, p.ShortZH = c.text, c.text
					}
				}
			}
			p := newPress(t, l)
			data := p.sheet(t, "P05", page.Chinese)
			if len(data) > 500_000 {
				t.Errorf("%d bytes", len(data))
			}
			if text := pdftest.Run(t, "pdftotext", "-raw", pdftest.File(t, data), "-"); !strings.Contains(text, c.want) {
				t.Errorf("does not say %q:\n%.500s", c.want, text)
			}
		})
	}
}

func TestHugeLayoutGivesABoundedBook(t *testing.T) {
	const n = page.MaxRows + 100
	l := &layout.Layout{Version: 1, Document: layout.Document{NameZH: "众园", NameEN: "many parks"}}
	for i := range n {
		at := orb.Point{104 + float64(i%60)/50, 30 + float64(i/60)/50}
		l.Features = append(l.Features, layout.Feature{
			Collection: layout.Areas, ID: layout.ID(fmt.Sprintf("P%04d", i)),
			Geometry: orb.Polygon{{at, {at[0] + 0.01, at[1]}, {at[0] + 0.01, at[1] + 0.01}, at}},
			Properties: &layout.Area{Base: layout.Base{
				Kind: layout.KindPark, NameZH: fmt.Sprintf("第%d产业园", i), NameEN: fmt.Sprintf("Park number %d", i)}, Number: i,
			},
		})
	}
	p := newPress(t, l)
	name := pdftest.File(t, p.book(t, page.English))
	info := pdftest.Run(t, "pdfinfo", name)
	if size, pages := number(t, info, "File size"), number(t, info, "Pages"); size > 5_000_000 || pages > 200 {
		t.Errorf("%d bytes, %d pages", size, pages)
	}
	text := squeezed(pdftest.Run(t, "pdftotext", "-raw", name, "-"))
	for _, want := range []string{
		squeezed(fmt.Sprintf("the first %d areas; the other %d", page.MaxSheets, n-page.MaxSheets)),
		squeezed(fmt.Sprintf("%d more rows are online", n-page.MaxRows)),
	} {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q", want)
		}
	}
}

func TestOtherFeaturesHaveNoSheet(t *testing.T) {
	p := newPress(t, builtIn(t))
	for _, id := range []layout.ID{"U01", "G1", "nothing"} {
		if _, err := p.pages.Sheet(p.atlas, request(page.English), id); layout.KindOf(err) != layout.KindNotFound {
			t.Errorf("%s: %v", id, err)
		}
	}
}
