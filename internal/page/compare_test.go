package page

import (
	"bytes"
	"fmt"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// compareRequest asks for a comparison of the first areas of an atlas.
func compareRequest(a *Atlas, lang string) Request {
	r := request(lang, "/compare")
	var ids []layout.ID
	for _, f := range a.areas[:min(3, len(a.areas))] {
		ids = append(ids, f.ID)
	}
	r.Query = url.Values{"cmp": {joinIDs(ids)}, "lang": {lang}}
	return r
}

// compared writes the comparison that a query asks for.
func compared(t *testing.T, a *Atlas, lang, query string) string {
	t.Helper()
	r := request(lang, "/compare")
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	r.Query = values
	return written(t, func(b *bytes.Buffer) error { return testPage(t).Compare(b, a, r) })
}

func columns(body string) string {
	var ids []string
	for _, m := range regexp.MustCompile(`data-testid="cmp-([\w-]+)"`).FindAllStringSubmatch(body, -1) {
		ids = append(ids, m[1])
	}
	return strings.Join(ids, ",")
}

func TestCompareShows(t *testing.T) {
	a := NewAtlas(shipped(t))
	const misread, full = "链接中有无法识别的内容", "最多对比 4 个"
	for _, test := range []struct {
		name, query, columns string
		says, silent         []string
	}{
		{"nothing yet", "", "", []string{"请选择 2 到 4 处区域"}, []string{misread, full, "cmp-table"}},
		{"one", "cmp=P05", "P05", []string{"再加入一处即可对比"}, []string{misread}},
		{"four in their order", "cmp=P09,P01,P05,P08", "P09,P01,P05,P08", []string{"本文件未给出单独目标", "共同名单", "名单"}, []string{misread, full, `name="cmp"><option`}},
		{"a slug", "cmp=longquan-qiche,C1", "P05,C1", []string{"突破 100 亿元 人工智能产业规模"}, []string{misread}},
		{"five", "cmp=P01,P02,P03,P04,P05", "P01,P02,P03,P04", []string{full}, []string{misread}},
		{"unknown ones", "cmp=P01,X99,<b>,P02", "P01,P02", []string{misread}, []string{"<b>,", full}},
		{"what is no area", "cmp=U01,P02", "P02", []string{misread}, nil},
		{"twice the same", "cmp=P02,P02,hello", "P02", []string{misread}, nil},
		{"broken weights", "cmp=P01&w=9.9.9.9", "P01", []string{misread}, nil},
		{"broken place", "near=nowhere", "", []string{misread}, nil},
		{"no direction", "ai=nonsense", "", []string{misread}, nil},
		{"the filter for what is unstated", "ai=unstated", "", nil, []string{misread}},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := compared(t, a, Chinese, test.query)
			if got := columns(body); got != test.columns {
				t.Errorf("columns %s, want %s", got, test.columns)
			}
			for _, want := range test.says {
				if !strings.Contains(flat(body), want) {
					t.Errorf("does not say %q", want)
				}
			}
			for _, unwanted := range test.silent {
				if strings.Contains(body, unwanted) {
					t.Errorf("says %q", unwanted)
				}
			}
		})
	}
}

func TestWhatIsNotKnownIsNoNought(t *testing.T) {
	table := testPage(t).CompareTable(NewAtlas(shipped(t)), Request{Lang: English, Query: url.Values{"cmp": {"C1,P02"}}})
	rows := map[string][]string{}
	for _, row := range table {
		rows[row[0]] = row[1:]
		for _, cell := range row {
			if cell == "" || cell == "0" {
				t.Errorf("%s has %q", row[0], cell)
			}
		}
	}
	if got := rows["Targets"]; !strings.Contains(got[0], "over CNY 10 billion AI industry scale") || got[1] != "— No separate target in this document" {
		t.Errorf("targets %q", got)
	}
	if got := rows["AI+ directions"][1]; got != "— The document states no AI+ direction" {
		t.Errorf("directions %q", got)
	}
	if got := rows["Area (other sources)"][0]; !strings.Contains(got, "What holds it") || strings.Contains(got, "Planned") {
		t.Errorf("the size of what holds the core is not said as such: %q", got)
	}
}

func TestASharedListIsSaidOnce(t *testing.T) {
	a := NewAtlas(shipped(t))
	body := flat(compared(t, a, English, "cmp=P01,P05"))
	if n := strings.Count(body, `href="/f/U06"`); n != 1 {
		t.Errorf("the first unit of the shared list is linked %d times", n)
	}
	if !strings.Contains(body, "The same list as for Eastern New Area") {
		t.Error("the second park does not refer to the list of the first")
	}
	table := testPage(t).CompareTable(a, Request{Lang: English, Query: url.Values{"cmp": {"P01,P05"}}})
	for _, row := range table {
		if row[0] == "Responsible units" && row[1] != row[2] {
			t.Error("the file does not say the list in full")
		}
	}
}

func TestIdenticalRowsFold(t *testing.T) {
	body := compared(t, NewAtlas(shipped(t)), English, "cmp=P01,P05")
	rows := regexp.MustCompile(`<tr( class="same")?><th scope="row">([^<]+)`).FindAllStringSubmatch(body, -1)
	got := map[string]bool{}
	for _, m := range rows {
		got[strings.TrimSpace(m[2])] = m[1] != ""
	}
	for term, same := range map[string]bool{"Kind": true, "Clause": true, "Responsible units": true, "AI+ directions": false, "Targets": false, "District": false} {
		if folded, ok := got[term]; !ok || folded != same {
			t.Errorf("%s: in the table %v, folded %v, want %v", term, ok, folded, same)
		}
	}
}

// extent is how wide and high a path is, in units of the drawing.
func extent(path string) (width, height float64) {
	var x, y, minX, minY, maxX, maxY float64
	first := true
	for _, m := range regexp.MustCompile(`([Ml])(-?\d+) ?(-?\d+)`).FindAllStringSubmatch(path, -1) {
		dx, _ := strconv.ParseFloat(m[2], 64)
		dy, _ := strconv.ParseFloat(m[3], 64)
		if m[1] == "M" {
			x, y = dx, dy
		} else {
			x, y = x+dx, y+dy
		}
		if first {
			minX, maxX, minY, maxY, first = x, x, y, y, false
		}
		minX, maxX, minY, maxY = math.Min(minX, x), math.Max(maxX, x), math.Min(minY, y), math.Max(maxY, y)
	}
	return maxX - minX, maxY - minY
}

func TestOutlinesAreAtOneScale(t *testing.T) {
	a := NewAtlas(shipped(t))
	features := []*layout.Feature{a.byID["C1"], a.byID["P07"], a.byID["P12"], a.byID["U01"]}
	sketches, bar := drawTogether(features)
	if !sketches[3].Empty() {
		t.Error("what has no surface is drawn")
	}
	perM := float64(bar.Units) / bar.Metres
	for i, f := range features[:3] {
		if sketches[i].Width != sketches[0].Width || sketches[i].Height != sketches[0].Height {
			t.Errorf("%s: the frame is %d by %d", f.ID, sketches[i].Width, sketches[i].Height)
		}
		b := f.Geometry.Bound()
		wantW := geo.DistanceM(orb.Point{b.Left(), b.Center()[1]}, orb.Point{b.Right(), b.Center()[1]}) * perM
		wantH := geo.DistanceM(orb.Point{b.Center()[0], b.Bottom()}, orb.Point{b.Center()[0], b.Top()}) * perM
		if w, h := extent(sketches[i].Shapes[0].Path); math.Abs(w-wantW) > 4 || math.Abs(h-wantH) > 4 {
			t.Errorf("%s: %v by %v units, want %.1f by %.1f", f.ID, w, h, wantW, wantH)
		}
	}
}

func TestRoundLength(t *testing.T) {
	for length, want := range map[float64]float64{9: 5, 10: 10, 1999: 1000, 2000: 2000, 4999: 2000, 7345: 5000} {
		if got := roundLength(length); got != want {
			t.Errorf("%v: %v, want %v", length, got, want)
		}
	}
}

// rankedIDs are the areas of a ranking in their order, with their ranks.
func rankedIDs(body string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`data-testid="rank-([\w-]+)"><td class="rank">(\d+)`).FindAllStringSubmatch(body, -1) {
		out = append(out, m[2]+" "+m[1])
	}
	return out
}

func TestShortlistOfThePage(t *testing.T) {
	a := NewAtlas(shipped(t))
	for _, test := range []struct {
		name, query string
		first       []string
	}{
		{"finance is stated through a place", "ai=finance&w=3.0.0.0", []string{"1 C1", "2 Z1", "2 P01"}},
		{"manufacturing is inferred of two", "ai=smartmfg&w=1.0.0.0", []string{"1 P01", "1 P11", "3 C1"}},
		{"near the factory of cars", "near=F12&w=0.1.0.0", []string{"1 P05"}},
		{"the same by its position", "near=30.549252,104.209705&w=0.1.0.0", []string{"1 P05"}},
		{"parks only", "kind=park&w=0.0.1.0", []string{"1 P01", "1 P02"}},
		{"a district", "d=510112&w=0.0.1.0", []string{"1 P05"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := rankedIDs(compared(t, a, English, test.query))
			if diff := cmp.Diff(test.first, got[:min(len(got), len(test.first))]); diff != "" {
				t.Error(diff)
			}
		})
	}
	body := compared(t, a, English, "d=510112&kind=park&u=U06&q=x&cmp=P01&ai=auto")
	for _, want := range []string{
		`<input type="hidden" name="d" value="510112">`, `<input type="hidden" name="q" value="x">`, `<input type="hidden" name="cmp" value="P01">`,
		`href="/compare?kind=park&amp;ai=auto&amp;d=510112&amp;u=U06&amp;q=x&amp;cmp=P01,P05"`, "Narrowed to",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestThousandsOfAreas(t *testing.T) {
	l := fixture()
	for i := range 3000 {
		id := layout.ID(fmt.Sprintf("N%04d", i))
		l.Features = append(l.Features, layout.Feature{
			Collection: layout.Areas, ID: id, Geometry: square(104+float64(i%60)/50, 30+float64(i/60)/50, 0.01), Properties: park(i+3, "=园<i>", "=1+1 <i>"),
		})
	}
	a := NewAtlas(l)
	body := compared(t, a, English, "cmp=N0001,N0002")
	if got := len(rankedIDs(body)); got != maxRanked {
		t.Errorf("%d areas are ranked", got)
	}
	if !strings.Contains(body, "Show all 3,003") && !strings.Contains(body, "Show all 3003") {
		t.Error("no way to all of them")
	}
	if strings.Contains(body, "<i>") {
		t.Error("a name is taken for markup")
	}
	if got := len(rankedIDs(compared(t, a, English, "all=1"))); got != 3003 {
		t.Errorf("all are %d", got)
	}
}

func TestStateQuery(t *testing.T) {
	values := url.Values{"mode": {"dark"}, "cmp": {"P01,P05"}, "kind": {"park"}, "w": {"3.2.1.0"}, "near": {"30.5,104.1"}, "q": {"a b&c"}}
	if got, want := StateQuery(values), "kind=park&q=a+b%26c&cmp=P01,P05&near=30.5,104.1&w=3.2.1.0&mode=dark"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestWishesThatCannotBeRead(t *testing.T) {
	a := NewAtlas(fixture())
	for _, query := range []string{
		"near=NaN,NaN", "near=1e999,0", "near=91,0", "near=0,181", "near=%20,%20", "near=1,2,3", "near=U1", "near=<i>",
		"w=....", "w=1.1.1", "w=-1.0.0.0", "w=1.1.1.1.1", "w=4.0.0.0", "w=１.1.1.1", "w=a.b.c.d", "ai=<script>", "cmp=../../x",
	} {
		body := compared(t, a, English, query)
		if !strings.Contains(body, "Part of the link was not understood") {
			t.Errorf("%s: no notice", query)
		}
		if strings.Contains(body, "<i>") || strings.Contains(body, "<script>") {
			t.Errorf("%s: taken for markup", query)
		}
		if got := rankedIDs(body); len(got) != 3 || got[0] != "1 C1" {
			t.Errorf("%s: ranked %v, want as by default", query, got)
		}
	}
	for _, query := range []string{"near=90,-180", "near=%2030.1%20,%20104", "near=C1-01", "near=first-core", "w=0.0.0.0", "w=3.3.3.3", "ai=,auto,", "cmp=,,"} {
		if body := compared(t, a, English, query); strings.Contains(body, "was not understood") {
			t.Errorf("%s: not understood", query)
		}
	}
}
