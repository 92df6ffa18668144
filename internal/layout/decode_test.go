package layout_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

func TestDecodeFeature(t *testing.T) {
	const input = `{"type":"Feature","id":7,"bbox":[1,2,3,4],
		"geometry":{"type":"Polygon","coordinates":[[[0,0],[0,1],[1.123456789,1],[0,0]]]},
		"properties":{"kind":"park","name_zh":"园","name_en":"Park","clause":null,"number":1,"short_zh":"园","short_en":"Park",
			"version":3,"changed_at":"2020-01-01T00:00:00Z","area_km2":5,"id":"x","planned_area_km2":2}}`
	got, err := layout.DecodeFeature(layout.Areas, []byte(input))
	if err != nil {
		t.Fatal(err)
	}
	want := layout.Feature{
		Collection: layout.Areas,
		ID:         "7",
		Geometry:   orb.Polygon{{{0, 0}, {1.12345679, 1}, {0, 1}, {0, 0}}}, // on the grid, counter-clockwise
		Properties: &layout.Area{
			Base:   layout.Base{Kind: "park", NameZH: "园", NameEN: "Park"},
			Number: 1, ShortZH: "园", ShortEN: "Park", PlannedAreaKM2: 2,
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("feature (-want +got):\n%s", diff)
	}
}

func TestDecodeGeometry(t *testing.T) {
	cases := []struct {
		name, geometry string
		want           orb.Geometry
	}{
		{"none", `null`, nil},
		{"point", `{"type":"Point","coordinates":[1,2]}`, orb.Point{1, 2}},
		{"points", `{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}`, orb.MultiPoint{{1, 2}, {3, 4}}},
		{"line", `{"type":"LineString","coordinates":[[1,2],[3,4]]}`, orb.LineString{{1, 2}, {3, 4}}},
		{"lines", `{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}`, orb.MultiLineString{{{1, 2}, {3, 4}}}},
		{"parts", `{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[0,1],[0,0]]]]}`, orb.MultiPolygon{{{{0, 0}, {1, 0}, {0, 1}, {0, 0}}}}},
		{"empty line", `{"type":"LineString","coordinates":[]}`, orb.LineString{}},
		{"empty ring", `{"type":"Polygon","coordinates":[[]]}`, orb.Polygon{{}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f, err := layout.DecodeFeature(layout.Places, []byte(`{"type":"Feature","properties":{},"geometry":`+c.geometry+`}`))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, f.Geometry); diff != "" {
				t.Errorf("geometry (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDecodeFeatureBroken(t *testing.T) {
	feature := func(geometry string) string {
		return `{"type":"Feature","properties":{},"geometry":` + geometry + `}`
	}
	cases := []struct{ name, input, rule, path string }{
		{"nothing", ``, layout.RuleJSON, ""},
		{"null", `null`, layout.RuleType, ""},
		{"other type", `{"type":"Point","properties":{}}`, layout.RuleType, "/type"},
		{"no properties", `{"type":"Feature","geometry":null}`, layout.RuleMember, "/properties"},
		{"properties are a list", `{"type":"Feature","properties":[]}`, layout.RuleType, "/properties"},
		{"id is an object", `{"type":"Feature","properties":{},"id":{}}`, layout.RuleType, "/id"},
		{"reference system", `{"type":"Feature","properties":{},"crs":{}}`, layout.RuleMember, "/crs"},
		{"name in capitals", `{"type":"Feature","properties":{"NAME_ZH":"x"}}`, layout.RuleMember, "/properties/NAME_ZH"},
		{"slash in a name", `{"type":"Feature","properties":{"a/b":"x"}}`, layout.RuleMember, "/properties/a~1b"},
		{"geometry is a text", feature(`"POINT(1 2)"`), layout.RuleType, "/geometry"},
		{"geometry without type", feature(`{"coordinates":[1,2]}`), layout.RuleGeometryType, "/geometry/type"},
		{"geometry without coordinates", feature(`{"type":"Point"}`), layout.RuleMember, "/geometry/coordinates"},
		{"geometry collection", feature(`{"type":"GeometryCollection","geometries":[]}`), layout.RuleMember, "/geometry/geometries"},
		{"one number", feature(`{"type":"Point","coordinates":[1]}`), layout.RuleType, "/geometry/coordinates"},
		{"three numbers", feature(`{"type":"LineString","coordinates":[[1,2],[1,2,3]]}`), layout.RuleGeometryFlat, "/geometry/coordinates/1"},
		{"too flat", feature(`{"type":"Polygon","coordinates":[[1,2],[3,4]]}`), layout.RuleType, "/geometry/coordinates/0/0"},
		{"null coordinate", feature(`{"type":"Point","coordinates":[1,null]}`), layout.RuleType, "/geometry/coordinates"},
		{"endless coordinate", feature(`{"type":"Point","coordinates":[1,1e400]}`), layout.RuleType, "/geometry/coordinates"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := layout.DecodeFeature(layout.Places, []byte(c.input))
			if v := violation(t, err, c.rule); v.Path != c.path {
				t.Errorf("path %q, want %q", v.Path, c.path)
			}
		})
	}
	t.Run("view", func(t *testing.T) {
		_, err := layout.DecodeFeature(layout.Parks, []byte(feature("null")))
		violation(t, err, layout.RuleValue)
	})
}

func TestPropertiesRoundTrip(t *testing.T) {
	for _, f := range readTiny(t).Features {
		data, err := layout.MarshalProperties(f.Properties)
		if err != nil {
			t.Fatal(err)
		}
		again, err := layout.UnmarshalProperties(f.Collection, data)
		if err != nil {
			t.Fatalf("%s: %v", f.ID, err)
		}
		if diff := cmp.Diff(f.Properties, again); diff != "" {
			t.Errorf("%s (-want +got):\n%s", f.ID, diff)
		}
	}
}

func TestMarshalKeepsText(t *testing.T) {
	data, err := layout.MarshalProperties(&layout.Unit{Base: layout.Base{NameEN: "R&D <x>\u2028"}})
	if err != nil || !strings.Contains(string(data), "R&D <x>") {
		t.Errorf("%s, %v", data, err)
	}
}

func TestDocumentRoundTrip(t *testing.T) {
	want := readTiny(t).Document
	data, err := layout.MarshalDocument(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := layout.UnmarshalDocument(data)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("document (-want +got), %v:\n%s", err, diff)
	}
	_, err = layout.UnmarshalDocument([]byte(`{"name_zh":1}`))
	if v := violation(t, err, layout.RuleType); v.Path != "/name_zh" {
		t.Errorf("path %q", v.Path)
	}
}
