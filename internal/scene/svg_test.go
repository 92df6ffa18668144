package scene_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/scene"
	"parkmap/internal/scene/svg"
)

var update = flag.Bool("update", false, "write golden files anew")

func TestGoldenFigure(t *testing.T) {
	r := request(1)
	r.Width, r.Height = 480, 400
	got := svg.Draw(compose(t, tiny(t), r), svg.Options{})
	file := filepath.Join("testdata", "tiny.fig1.svg")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// element is what a reader of XML finds.
type element struct {
	name  string
	attrs map[string]string
	text  string
}

// parse reads a picture as XML.
func parse(t *testing.T, data []byte) []element {
	t.Helper()
	var out []element
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("no XML: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				if _, twice := e.attrs[a.Name.Space+" "+a.Name.Local]; twice {
					t.Errorf("<%s> has %s twice", e.name, a.Name.Local)
				}
				e.attrs[a.Name.Space+" "+a.Name.Local] = a.Value
			}
			out = append(out, e)
		case xml.CharData:
			if len(out) > 0 {
				out[len(out)-1].text += string(token)
			}
		}
	}
}

// known are the elements of pictures.
const known = " svg title desc metadata defs clipPath pattern g path rect circle text tspan "

// TestPicturesAreSafe: every picture is XML of known elements, without styles, scripts and outside references,
// and what it refers to is in it.
func TestPicturesAreSafe(t *testing.T) {
	m := builtIn(t)
	for name, r := range pictures() {
		t.Run(name, func(t *testing.T) {
			r.Prefix = "p7-"
			checkSafe(t, svg.Draw(compose(t, m, r), svg.Options{}), "p7-")
		})
	}
}

func checkSafe(t *testing.T, data []byte, prefix string) {
	t.Helper()
	ids, refs := map[string]bool{}, map[string]bool{}
	for i, e := range parse(t, data) {
		if !strings.Contains(known, " "+e.name+" ") {
			t.Errorf("there is a <%s>", e.name)
		}
		if i == 0 && (e.attrs[" role"] != "img" || e.attrs[" lang"] == "") {
			t.Errorf("the picture is %v", e.attrs)
		}
		for name, value := range e.attrs {
			name = strings.TrimSpace(name)
			if strings.HasPrefix(name, "on") || name == "style" || name == "href" || strings.Contains(value, "url(") && !strings.HasPrefix(value, "url(#"+prefix) {
				t.Errorf("<%s %s=%q>", e.name, name, value)
			}
			if ref, ok := strings.CutPrefix(value, "url(#"); ok {
				refs[strings.TrimSuffix(ref, ")")] = true
			}
			if name == "id" {
				if ids[value] || !strings.HasPrefix(value, prefix) {
					t.Errorf("the id %q is there twice, or has no prefix", value)
				}
				ids[value] = true
			}
		}
	}
	for ref := range refs {
		if !ids[ref] {
			t.Errorf("nothing has the id %q", ref)
		}
	}
}

func TestInline(t *testing.T) {
	got := svg.Draw(compose(t, tiny(t), request(1)), svg.Options{Inline: true})
	if !bytes.HasPrefix(got, []byte("<svg ")) || bytes.Contains(got, []byte("xml:lang")) {
		t.Errorf("%.200s", got)
	}
}

// TestSameBytes: pictures of the same layout, indexed twice, are the same.
func TestSameBytes(t *testing.T) {
	a, b := builtIn(t), builtIn(t)
	for name, r := range pictures() {
		x, y := svg.Draw(compose(t, a, r), svg.Options{}), svg.Draw(compose(t, b, r), svg.Options{})
		if !bytes.Equal(x, y) {
			t.Errorf("%s differs", name)
		}
	}
}

// TestHostileNames: whatever a name holds, it stays text, and readers of XML get along with it.
func TestHostileNames(t *testing.T) {
	long := strings.Repeat("很长", 1<<18)
	for name, text := range map[string]string{
		"markup":    `<script>alert("1")</script>`,
		"quotes":    `" onload="alert(1)`,
		"entity":    `&lt;b&gt; ]]> <!-- --> <![CDATA[`,
		"long":      long,
		"long word": strings.Repeat("x", 1<<20),
		"emoji":     "👩‍👩‍👧‍👦 园 🏭",
		"arabic":    "منطقة صناعية",
		"overrides": "园\u202e区\u2066x\u2069\u200f",
		"controls":  "a\x00b\x1b[31mc\u0085d\tline\nline\r\ufffe\uffff",
		"broken":    "园\xff\xfe区\xed\xa0\x80",
		"spaces":    " \u3000 \t ",
		"empty":     "",
	} {
		t.Run(name, func(t *testing.T) {
			l := hostileLayout(text)
			for figure := range 2 {
				r := request(figure)
				r.Theme, r.ReviewNumber, r.Sources = scene.ThemeAI, text, text
				data := svg.Draw(compose(t, model(t, l), r), svg.Options{})
				checkSafe(t, data, "")
				if !utf8.Valid(data) || len(data) > 1<<18 {
					t.Errorf("%d bytes, valid %t", len(data), utf8.Valid(data))
				}
				for _, r := range "\u202e\u2066\x1b\x00\ufffe" {
					if bytes.ContainsRune(data, r) {
						t.Errorf("%U is in the picture", r)
					}
				}
			}
		})
	}
}

// hostileLayout gives everything that has a name the same one, and ids and codes that hold it too.
func hostileLayout(text string) *layout.Layout {
	base := func(kind string) layout.Base { return layout.Base{Kind: kind, NameZH: text, NameEN: text} }
	codes := []layout.Specialisation{{Code: text, LabelZH: text, Basis: text}, {Code: `")`, Basis: "stated"}}
	area := func(id layout.ID, kind string, west float64) layout.Feature {
		return layout.Feature{
			Collection: layout.Areas, ID: id, Geometry: star(orb.Point{west, 30}, 0.1),
			Properties: &layout.Area{Base: base(kind), ShortZH: text, ShortEN: text, Specialisations: codes, Provenance: layout.Provenance{Outline: text}},
		}
	}
	features := []layout.Feature{
		area("C", layout.KindCore, 104), area(layout.ID(text+"1"), layout.KindPark, 104.3), area("P2", layout.KindPark, 104.6),
		{Collection: layout.Places, ID: "C-1", Geometry: orb.Point{104, 30.02}, Properties: &layout.Place{Base: layout.Base{Kind: "platform", NameZH: text, NameEN: text, Parent: "C"}}},
		{Collection: layout.Districts, ID: "D", Geometry: star(orb.Point{104.3, 30.2}, 0.3), Properties: &layout.District{Base: base("district")}},
	}
	for i, kind := range layout.Kinds(layout.Context) {
		y := 29.8 + 0.05*float64(i)
		features = append(features, layout.Feature{
			Collection: layout.Context, ID: layout.ID(kind), Geometry: orb.LineString{{103.9, y}, {104.8, y}}, Properties: &layout.ContextFeature{Base: base(kind)},
		})
	}
	return &layout.Layout{Features: features, Document: layout.Document{
		NameZH: text, NameEN: text, PlaceZH: text, TitleZH: text, Number: text, Expires: text,
		Figures: []layout.Figure{{No: 1, TitleZH: text, TitleEN: text, Focus: "C"}},
	}}
}
