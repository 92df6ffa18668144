package pdf_test

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"parkmap/internal/draw"
	"parkmap/internal/font"
	"parkmap/internal/pdf"
	"parkmap/internal/pdf/pdftest"
	"parkmap/static"
)

func document(t *testing.T) *pdf.Document { return documentTelling(t, nil) }

func documentTelling(t *testing.T, missing func(rune)) *pdf.Document {
	t.Helper()
	face, err := font.Open(static.FS, "dist/fonts/noto-sans-sc")
	if err != nil {
		t.Fatal(err)
	}
	return pdf.New(face, pdf.Info{
		Title: "园区 (1) \\ <&>", Subject: "范围", Creator: "parkmap", Lang: "zh-CN", Modified: time.Date(2020, 12, 1, 8, 0, 0, 0, time.UTC), Missing: missing,
	})
}

// saved writes a document into a file.
func saved(t *testing.T, d *pdf.Document) string {
	t.Helper()
	data, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return pdftest.File(t, data)
}

func TestTextComesBack(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"Chinese", "成都高新区〔2020〕97号", "成都高新区〔2020〕97号"},
		{"Latin with accents", "Çà, é – “ok”", "Çà, é – “ok”"},
		{"what would end a string", `a) b\ (c <d> %e`, `a) b\ (c <d> %e`},
		{"an emoji that the face lacks", "园😀区", "园😀区"},
		{"controls are left out", "a\x00b\x1b[31mc\u0085d", "ab[31mcd"},
		{"marks of direction are left out", "a\u202Eb\u2066c\u200D", "abc"},
		{"broken UTF-8", "a\xff\xfeb", "a\ufffd\ufffdb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := document(t)
			p := d.AddPage(pdf.A4Width, pdf.A4Height)
			p.Mark(d.Element("P"), func() { p.Text(c.text, draw.Pt{X: 50, Y: 100}, pdf.Style{Size: 12, Colour: "#000000"}) })
			if got := strings.TrimSpace(pdftest.Run(t, "pdftotext", "-raw", saved(t, d), "-")); got != c.want {
				t.Errorf("%q comes back as %q", c.text, got)
			}
		})
	}
}

// Letters that run to the left are set one after the other: each is there to be found.
func TestRightToLeftIsThere(t *testing.T) {
	var told []rune
	d := documentTelling(t, func(r rune) { told = append(told, r) })
	d.AddPage(300, 300).Text("שלום", draw.Pt{X: 50, Y: 100}, pdf.Style{Size: 12})
	text := pdftest.Run(t, "pdftotext", "-raw", saved(t, d), "-")
	for _, r := range "שלום" {
		if !strings.ContainsRune(text, r) {
			t.Errorf("%q is not in %q", r, text)
		}
	}
	if string(told) != "שלום" {
		t.Errorf("told of %q", string(told))
	}
}

// The table of a file says where its objects begin, and each stream how long it is.
func TestFileIsWellFormed(t *testing.T) {
	d := document(t)
	first := d.AddPage(pdf.A4Width, pdf.A4Height)
	second := d.AddPage(pdf.A4Height, pdf.A4Width)
	first.Mark(d.Element("H1"), func() {
		first.Text("标题", draw.Pt{X: 20, Y: 40}, pdf.Style{Size: 20, Grow: 0.03, Halo: "#FFFFFF", HaloWidth: 2})
	})
	d.Group("Table", func() {
		d.Group("TR", func() {
			second.Mark(d.Element("TD").Lang("en"), func() { second.Text("cell", draw.Pt{X: 20, Y: 40}, pdf.Style{Size: 9, Opacity: 0.5}) })
		})
	})
	first.LinkTo(20, 20, 100, 30, second, 10)
	first.Link(20, 60, 100, 30, "https://example.org/f/P05?lang=zh&a=(b)")
	d.Bookmark(0, "一", first, 0)
	d.Bookmark(1, "一.一", first, 50)
	d.Bookmark(1, "一.二", second, 0)
	d.Bookmark(0, "二", second, 10)
	data, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	table := bytes.LastIndex(data, []byte("xref\n0 "))
	table = bytes.LastIndex(data[:table+1], []byte("\nxref\n")) + 1
	entries := regexp.MustCompile(`(\d{10}) 00000 n`).FindAllSubmatch(data[table:], -1)
	for i, e := range entries {
		at, _ := strconv.Atoi(string(e[1]))
		if want := strconv.Itoa(i+1) + " 0 obj"; !bytes.HasPrefix(data[at:], []byte(want)) {
			t.Errorf("object %d is not at %d", i+1, at)
		}
	}
	if len(entries) < 20 {
		t.Errorf("%d objects", len(entries))
	}
	name := saved(t, d)
	info := pdftest.Run(t, "pdfinfo", "-struct-text", name)
	for _, want := range []string{"Document", "H1", "标题", "Table", "TR", "TD", "cell"} {
		if !strings.Contains(info, want) {
			t.Errorf("the structure lacks %q:\n%s", want, info)
		}
	}
	facts := pdftest.Run(t, "pdfinfo", "-l", "2", name)
	for _, want := range []string{"园区 (1) \\ <&>", "Pages:           2", "Tagged:          yes", "2020"} {
		if !strings.Contains(facts, want) {
			t.Errorf("pdfinfo lacks %q:\n%s", want, facts)
		}
	}
	if address := pdftest.Run(t, "pdfinfo", "-url", name); !strings.Contains(address, "https://example.org/f/P05?lang=zh&a=(b)") {
		t.Errorf("the links are %q", address)
	}
	pdftest.Run(t, "pdftoppm", "-r", "20", "-png", name)
}

func TestPagesMove(t *testing.T) {
	d := document(t)
	for _, text := range []string{"one", "two", "three", "four"} {
		d.AddPage(200, 200).Text(text, draw.Pt{X: 20, Y: 40}, pdf.Style{Size: 12})
	}
	d.Move(2, 1)
	if got := strings.Fields(pdftest.Run(t, "pdftotext", saved(t, d), "-")); strings.Join(got, " ") != "one three four two" {
		t.Errorf("the pages are %q", got)
	}
	if n := d.Number(d.Pages()[2]); n != 3 {
		t.Errorf("the third page has number %d", n)
	}
}

// What is no number and what lies off the page does not break the file.
func TestAwkwardNumbers(t *testing.T) {
	d := document(t)
	p := d.AddPage(200, 200)
	nan := 0.0
	nan /= nan
	p.Draw(pdf.Box(nan, 1e300, -5, 0), pdf.Brush{Fill: "#112233", Stroke: "red", Width: 1, Dash: []float64{0, 0}})
	p.Text("x", draw.Pt{X: nan, Y: -1e9}, pdf.Style{Size: 12, Colour: "none"})
	pdftest.Run(t, "pdftotext", saved(t, d), "-")
}

func TestMeasure(t *testing.T) {
	d := document(t)
	if w := d.Width("成都", 10, 0); w != 20 {
		t.Errorf("two characters of 10 pt are %v wide", w)
	}
	if w := d.Width("成都\u200B", 10, 1); w != 22 {
		t.Errorf("with room between them %v", w)
	}
}
