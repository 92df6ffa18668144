package source

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

func fixtureGeometry(t testing.TB, text string) orb.Geometry {
	t.Helper()
	if text == "" {
		return nil
	}
	g, err := wkt.Unmarshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// fixture is a layout of two touching parks, one with two parts, a core, a place without a position, and a unit.
func fixture(t testing.TB) *layout.Layout {
	t.Helper()
	at := time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)
	area := func(id layout.ID, geometry string, a layout.Area) layout.Feature {
		return layout.Feature{
			Collection: layout.Areas, ID: id, Geometry: fixtureGeometry(t, geometry),
			Properties: &a, Version: 3, ChangedAt: at,
		}
	}
	base := func(kind, slug, zh, en, clause string) layout.Base {
		return layout.Base{Kind: kind, Slug: slug, NameZH: zh, NameEN: en, Clause: clause}
	}
	return &layout.Layout{Version: 3, PublishedAt: at, Features: []layout.Feature{
		area("T10", "MULTIPOLYGON(((10 0,11 0,11 1,10 1,10 0)),((12 0,13 0,13 1,12 1,12 0)))", layout.Area{
			Base: base("park", "east", "龙湖新经济产业功能区", "Longhu New Economy Zone", "三.(二).10"), Number: 10,
			ShortZH: "龙湖", ResponsibleUnits: []layout.ID{"U1"}, Districts: []layout.ID{"D1", "D2"}, PlannedAreaKM2: 30,
		}),
		area("T2", "POLYGON((0 0,1 0,1 1,0 1,0 0))", layout.Area{
			Base: base("park", "first", "重庆路医学园", "Medical Park", "三.(二).2"), Number: 2, ShortZH: "医学园",
			Specialisations: []layout.Specialisation{{Code: "medical", LabelZH: "AI+医疗", LabelEN: "AI+Medical", Basis: "inferred"}},
			Districts:       []layout.ID{"D1"}, PlannedAreaKM2: 7.5,
		}),
		area("T3", "POLYGON((1 0,2 0,2 1,1 1,1 0))", layout.Area{
			Base: base("park", "T2", "绿色机器人园", "Green Robot Park", "三.(二).3"), Number: 3, Districts: []layout.ID{"D2"},
		}),
		area("K1", "POLYGON((179 -1,180 -1,180 1,179 1,179 -1))", layout.Area{
			Base: base("core", "heart", "核心", "Core", "三.(一).1"), Number: 1,
		}),
		{Collection: layout.Units, ID: "U1", Properties: &layout.Unit{Base: base("", "", "经信局", "Economy Bureau", ""), FullZH: "市经济和信息化局"}},
		{Collection: layout.Places, ID: "T2-01", Properties: &layout.Place{Base: base("platform", "", "云平台", "Cloud", "")}},
		{Collection: layout.Places, ID: "T2-02", Geometry: orb.Point{0.5, 0.5}, Properties: &layout.Place{Base: base("platform", "", "芯谷", "Chip Valley", "")}},
	}}
}

func newFixture(t testing.TB) *Snapshot {
	t.Helper()
	s, err := NewSnapshot(fixture(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func ids(features []layout.Feature) []layout.ID {
	list := []layout.ID{}
	for _, f := range features {
		list = append(list, f.ID)
	}
	return list
}

func idsRead(features []Feature) []layout.ID {
	list := []layout.ID{}
	for _, f := range features {
		list = append(list, f.ID)
	}
	return list
}

func TestCollections(t *testing.T) {
	s := newFixture(t)
	var list []layout.CollectionID
	for _, c := range s.Collections() {
		list = append(list, c.ID)
		if c.Title.ZH == "" || c.Title.EN == "" || c.Description.ZH == "" || c.Description.EN == "" || len(c.Schema) == 0 {
			t.Errorf("%s is not described: %+v", c.ID, c)
		}
	}
	want := []layout.CollectionID{
		"areas", "cores", "zones", "parks", "places", "facilities", "districts", "context",
		"scenarios", "tasks", "goals", "units", "organisations",
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Error(diff)
	}
	parks, err := s.Collection(layout.Parks)
	if err != nil {
		t.Fatal(err)
	}
	if parks.Count != 3 || !slices.Equal(parks.GeometryTypes, []string{"MultiPolygon", "Polygon"}) ||
		*parks.Extent != (geo.BBox{West: 0, South: 0, East: 13, North: 1}) {
		t.Errorf("parks: %+v", parks)
	}
	units, _ := s.Collection(layout.Units)
	if units.Count != 1 || units.Extent != nil || units.GeometryTypes != nil {
		t.Errorf("units: %+v", units)
	}
	if _, err := s.Collection("nothing"); layout.KindOf(err) != layout.KindNotFound {
		t.Errorf("unknown collection: %v", err)
	}
}

func TestItem(t *testing.T) {
	tests := []struct {
		name       string
		collection layout.CollectionID
		ask, want  layout.ID // want "": not found
	}{
		{"by id", "areas", "T10", "T10"},
		{"by slug", "areas", "east", "T10"},
		{"an id goes before a slug", "areas", "T2", "T2"},
		{"in a view", "parks", "T10", "T10"},
		{"by slug in a view", "cores", "heart", "K1"},
		{"not in the view of another kind", "cores", "T10", ""},
		{"without geometry", "units", "U1", "U1"},
		{"unknown", "areas", "T99", ""},
		{"no id", "areas", "", ""},
		{"unknown collection", "nothing", "T10", ""},
	}
	s := newFixture(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, err := s.Item(context.Background(), test.collection, test.ask)
			if test.want == "" && layout.KindOf(err) != layout.KindNotFound {
				t.Errorf("got %v, %v, want not-found", f.ID, err)
			}
			if f.ID != test.want {
				t.Errorf("got %q, want %q", f.ID, test.want)
			}
		})
	}
}

func TestFeatureJSON(t *testing.T) {
	s := newFixture(t)
	read, err := s.Item(t.Context(), "parks", "first")
	if err != nil {
		t.Fatal(err)
	}
	data := read.JSON
	var f struct {
		Type, ID   string
		Geometry   struct{ Type string }
		Properties map[string]any
	}
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	if f.Type != "Feature" || f.ID != "T2" || f.Geometry.Type != "Polygon" || f.Properties["id"] != "T2" ||
		f.Properties["version"] != 3.0 || f.Properties["changed_at"] != "2024-05-06T07:08:09Z" {
		t.Errorf("got %s", data)
	}
	// one square degree at the equator, by ST_Area(geography)
	if area := f.Properties["area_km2"].(float64); area < 12308.77 || area > 12308.79 {
		t.Errorf("area_km2 = %v", area)
	}
	properties := read.PropertiesJSON()
	if !json.Valid(properties) || properties[0] != '{' {
		t.Errorf("properties: %s", properties)
	}
	if unit, _ := s.Item(t.Context(), "units", "U1"); !json.Valid(unit.JSON) || string(unit.GeometryJSON()) != "null" {
		t.Errorf("unit: %s", unit.JSON)
	}
}

func TestMeasures(t *testing.T) {
	s := newFixture(t)
	m, err := s.Measures("areas", "T2")
	if err != nil || *m.BBox != (geo.BBox{West: 0, South: 0, East: 1, North: 1}) || m.LabelPoint == nil {
		t.Errorf("got %+v, %v", m, err)
	}
	if none, err := s.Measures("places", "T2-01"); err != nil || none != (Measures{}) {
		t.Errorf("without geometry: %+v, %v", none, err)
	}
}

func TestNewSnapshotLeavesTheLayoutAsItIs(t *testing.T) {
	l := fixture(t)
	before := ids(l.Features)
	s, err := NewSnapshot(l)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(before, ids(l.Features)) {
		t.Error("the features of the argument were moved")
	}
	want := []layout.ID{"K1", "T2", "T3", "T10", "T2-01", "T2-02", "U1"}
	if got := ids(s.Layout().Features); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if s.Version() != 3 || s.Document() != &s.Layout().Document {
		t.Error("version or document differ")
	}
}

func TestNewSnapshotRefusesFeaturesWithoutProperties(t *testing.T) {
	_, err := NewSnapshot(&layout.Layout{Features: []layout.Feature{{Collection: layout.Areas, ID: "T1"}}})
	if err == nil {
		t.Error("no error")
	}
}

func TestLive(t *testing.T) {
	var live Live
	if live.Current() != nil {
		t.Error("a new holder holds something")
	}
	a, b := newFixture(t), newFixture(t)
	if live.Swap(a) != nil || live.Swap(b) != a || live.Current() != b {
		t.Error("swap does not return what was there")
	}
}

func TestSnapshotIsReadByManyAtOnce(t *testing.T) {
	s := newFixture(t)
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			q := Query{
				Collection: layout.Areas, Limit: 2, Text: "park", SortBy: []SortKey{{"number", i%2 == 0}},
				BBox: &geo.BBox{West: -10, South: -10, East: 20, North: 20},
			}
			page, err := s.Items(context.Background(), q)
			if err != nil || page.NumberMatched != 2 {
				t.Errorf("%d matched, %v", page.NumberMatched, err)
			}
			if hits := s.Search("lhxjj", 1); len(hits) != 1 {
				t.Errorf("found %v", hits)
			}
			if _, err := Pack(s); err != nil {
				t.Error(err)
			}
			body, err := s.Body("k", func() (string, []byte, error) { return "", bytes.Repeat([]byte("park "), 1000), nil })
			if err != nil {
				t.Error(err)
				return
			}
			if encoding, _, _ := body.Pick("br, gzip"); encoding != Brotli {
				t.Errorf("sent as %q", encoding)
			}
		})
	}
	wait.Wait()
}
