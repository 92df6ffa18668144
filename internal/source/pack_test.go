package source

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/geodata"
	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// shipped is the layout that the program ships with, as a store gives it out.
func shipped(t testing.TB) *layout.Layout {
	t.Helper()
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	published := fixture(t)
	l.Version, l.PublishedAt = published.Version, published.PublishedAt
	for i := range l.Features {
		l.Features[i].Version, l.Features[i].ChangedAt = l.Version, l.PublishedAt
	}
	return l
}

func newShipped(t testing.TB) *Snapshot {
	t.Helper()
	s, err := NewSnapshot(shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPack(t *testing.T) {
	data, err := Pack(newFixture(t))
	if err != nil {
		t.Fatal(err)
	}
	var pack struct {
		Version     int
		PublishedAt string `json:"published_at"`
		Document    map[string]any
		Areas       []struct {
			ID         string
			NameZH     string     `json:"name_zh"`
			AreaKM2    float64    `json:"area_km2"`
			LabelPoint [2]float64 `json:"label_point"`
			Geometry   struct {
				Type        string
				Coordinates any
			}
		}
		Places, Units []map[string]any
	}
	if err := json.Unmarshal(data, &pack); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	if pack.Version != 3 || pack.PublishedAt != "2024-05-06T07:08:09Z" || pack.Document == nil {
		t.Errorf("head: %+v", pack)
	}
	area := pack.Areas[1]
	if area.ID != "T2" || area.NameZH == "" || area.AreaKM2 < 12308 || area.LabelPoint != [2]float64{0.5, 0.5} || area.Geometry.Type != "Polygon" {
		t.Errorf("area: %+v", area)
	}
	if _, placed := pack.Places[0]["geometry"]; placed || pack.Places[0]["id"] != "T2-01" {
		t.Errorf("place without a position: %v", pack.Places[0])
	}
	if _, labelled := pack.Places[1]["label_point"]; labelled || pack.Places[1]["geometry"] == nil {
		t.Errorf("place at a point: %v", pack.Places[1])
	}
	if len(pack.Units) != 1 {
		t.Errorf("units: %v", pack.Units)
	}
	names := []string{"areas", "places", "districts", "context", "facilities", "units", "scenarios", "tasks", "goals", "organisations"}
	at := 0
	for _, name := range names {
		next := bytes.Index(data, []byte(`,"`+name+`":[`))
		if next <= at {
			t.Errorf("%s is not where it belongs", name)
		}
		at = next
	}
}

func TestPackIsDeterministic(t *testing.T) {
	a, err := Pack(newShipped(t))
	if err != nil {
		t.Fatal(err)
	}
	b, err := Pack(newShipped(t))
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("two packs of one layout differ, %v", err)
	}
}

func TestPackWeight(t *testing.T) {
	data, err := Pack(newShipped(t))
	if err != nil {
		t.Fatal(err)
	}
	const most = 70 << 10
	encoding, served, _ := NewBody("application/json", data).Pick(Brotli)
	t.Logf("%d bytes, %d as served", len(data), len(served))
	if encoding != Brotli || len(served) > most {
		t.Errorf("more than %d bytes", most)
	}
}

func TestPackHoldsNoMoreDecimals(t *testing.T) {
	data, err := Pack(newShipped(t))
	if err != nil {
		t.Fatal(err)
	}
	var pack map[string]json.RawMessage
	if err := json.Unmarshal(data, &pack); err != nil {
		t.Fatal(err)
	}
	for name, decimals := range map[string]int{"areas": 5, "places": 5, "districts": 4} {
		var features []struct {
			Geometry struct{ Coordinates json.RawMessage }
		}
		if err := json.Unmarshal(pack[name], &features); err != nil {
			t.Fatal(err)
		}
		for _, f := range features {
			for number := range strings.FieldsFuncSeq(string(f.Geometry.Coordinates), func(r rune) bool { return strings.ContainsRune("[],", r) }) {
				if _, digits, _ := strings.Cut(number, "."); len(digits) > decimals {
					t.Fatalf("%s has a coordinate %s", name, number)
				}
			}
		}
	}
}

func TestBackgroundKeepsBordersShared(t *testing.T) {
	s := newShipped(t)
	before, after := 0, 0
	edges := map[[2]orb.Point]bool{}
	var outline []orb.Ring
	for row, g := range simplifyBackground(s.entries) {
		f := s.entries[row].feature
		before += vertices(f.Geometry)
		after += vertices(g)
		if faults := geo.Validate(g); len(faults) > 0 && g.Dimensions() == 2 {
			t.Errorf("%s is no longer valid: %v", f.ID, faults[0])
		}
		for _, r := range ringsOf(g) {
			if f.Collection == layout.Districts {
				addEdges(edges, r)
			} else if f.Properties.Common().Kind == kindCity {
				outline = append(outline, r)
			}
		}
	}
	if len(outline) == 0 || after*4 > before*3 {
		t.Errorf("%d rings of the outline, %d of %d vertices left", len(outline), after, before)
	}
	t.Logf("%d of %d vertices left", after, before)
	for _, r := range outline {
		for i := 1; i < len(r); i++ {
			if !edges[edge(r[i-1], r[i])] {
				t.Fatalf("the outline has an edge %v %v that no district has", r[i-1], r[i])
			}
		}
	}
}

func ringsOf(g orb.Geometry) []orb.Ring {
	switch g := g.(type) {
	case orb.Polygon:
		return g
	case orb.MultiPolygon:
		return slices.Concat([]orb.Polygon(g)...)
	}
	return nil
}

func vertices(g orb.Geometry) int {
	n := 0
	geo.Project(g, func(p orb.Point) orb.Point { n++; return p })
	return n
}

func edge(a, b orb.Point) [2]orb.Point {
	if a[0] > b[0] || a[0] == b[0] && a[1] > b[1] {
		a, b = b, a
	}
	return [2]orb.Point{a, b}
}

func addEdges(edges map[[2]orb.Point]bool, r orb.Ring) {
	for i := 1; i < len(r); i++ {
		edges[edge(r[i-1], r[i])] = true
	}
}

func TestPackSpellsNames(t *testing.T) {
	data, err := Pack(newShipped(t))
	if err != nil {
		t.Fatal(err)
	}
	var pack struct{ Pinyin map[string]string }
	if err := json.Unmarshal(data, &pack); err != nil {
		t.Fatal(err)
	}
	spelled := pack.Pinyin["P04"]
	for i, want := range []string{"long", "tan", "xin", "jing", "ji"} {
		readings := strings.Split(strings.Fields(spelled)[i], "/")
		if !slices.Contains(readings, want) {
			t.Errorf("character %d of P04 is spelled %v, without %q", i+1, readings, want)
		}
	}
	for _, id := range []string{"C1", "C1-01", "U01", "K01", "S1", "G1", "F01"} {
		if pack.Pinyin[id] == "" {
			t.Errorf("%s is not spelled", id)
		}
	}
	if pack.Pinyin["O01"] != "" {
		t.Error("what the page does not search is spelled")
	}
}

func TestPackPairsTraditionalCharacters(t *testing.T) {
	data, err := Pack(newShipped(t))
	if err != nil {
		t.Fatal(err)
	}
	var pack struct{ Traditional string }
	if err := json.Unmarshal(data, &pack); err != nil {
		t.Fatal(err)
	}
	pairs := []rune(pack.Traditional)
	if len(pairs)%2 != 0 {
		t.Fatalf("%d characters are no pairs", len(pairs))
	}
	simplified := map[rune]rune{}
	for i := 0; i < len(pairs); i += 2 {
		simplified[pairs[i]] = pairs[i+1]
	}
	for traditional, want := range map[rune]rune{'龍': '龙', '經': '经', '園': '园', '發': '发', '髮': '发'} {
		if got := simplified[traditional]; got != want {
			t.Errorf("%c: got %q, want %q", traditional, got, want)
		}
	}
	if got, ok := simplified['鱷']; ok {
		t.Errorf("鱷 became %c, which no name has", got)
	}
}
