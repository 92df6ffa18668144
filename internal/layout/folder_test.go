package layout_test

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

const tinyFolder = "../../testdata/layout-tiny"

// tiny returns the files of the tiny layout, to be changed by the test.
func tiny(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS(tinyFolder), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(tinyFolder + "/" + name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// replace changes the first occurrence of old in a file of the folder.
func replace(t *testing.T, files fstest.MapFS, name, old, with string) {
	t.Helper()
	text := string(files[name].Data)
	if !strings.Contains(text, old) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, with, 1))}
}

func readTiny(t *testing.T) *layout.Layout {
	t.Helper()
	l, err := layout.ReadFolder(tiny(t))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestReadFolderTiny(t *testing.T) {
	l := readTiny(t)
	var ids []layout.ID
	for _, f := range l.Features {
		ids = append(ids, f.ID)
	}
	want := []layout.ID{"T01", "T02", "T03", "T04", "990101", "X01", "U01", "U02"}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Errorf("features (-want +got):\n%s", diff)
	}
	if l.Document.NameEN != "Test layout" || l.Version != 0 {
		t.Errorf("document %q, version %d", l.Document.NameEN, l.Version)
	}
}

func TestTinyShapes(t *testing.T) {
	l := readTiny(t)
	t01, t02 := l.Features[0].Geometry.(orb.Polygon), l.Features[1].Geometry.(orb.Polygon)
	for _, square := range []orb.Polygon{t01, t02} {
		if area := geo.AreaM2(square) / 1e6; area < 24.99 || area > 25.01 {
			t.Errorf("area %v km², want 25", area)
		}
	}
	shared := 0
	for _, p := range t01[0][:4] {
		if slices.Contains(t02[0], p) {
			shared++
		}
	}
	if shared != 2 {
		t.Errorf("T01 and T02 share %d vertices, want 2", shared)
	}
	t03 := l.Features[2].Geometry.(orb.MultiPolygon)
	if len(t03) != 2 || len(t03[0]) != 2 || len(t03[1]) != 1 {
		t.Error("T03 is not two parts with one hole")
	}
	if west := l.Features[3].Geometry.Bound().Min[0]; west != 103.2 {
		t.Errorf("T04 begins at %v°E", west)
	}
}

func TestReadFolderBroken(t *testing.T) {
	cases := []struct {
		name, file, old, with string
		rule, path, detail    string
		at                    *orb.Point
	}{
		{"not JSON", "units.json", `"id"`, `"id`, layout.RuleJSON, "units.json#", "line ", nil},
		{"cut off", "tasks.json", `]`, ``, layout.RuleJSON, "tasks.json#", "near line 1", nil},
		{"not UTF-8", "units.json", "Jia", "\xff", layout.RuleJSON, "units.json#", "UTF-8", nil},
		{"text behind", "goals.json", "]", "] []", layout.RuleJSON, "goals.json#", "behind", nil},
		{"bracket behind", "goals.json", "]", "]]", layout.RuleJSON, "goals.json#", "behind", nil},
		{"name twice", "areas.geojson", `"kind": "park"`, `"kind": "park", "kind": "core"`, layout.RuleJSON, "areas.geojson#/features/0/properties/kind", "twice", nil},
		{"no collection", "areas.geojson", `"FeatureCollection"`, `"Feature"`, layout.RuleType, "areas.geojson#/type", "FeatureCollection", nil},
		{"no array", "tasks.json", `[]`, `{}`, layout.RuleType, "tasks.json#", "array", nil},
		{"unknown member", "areas.geojson", `"type": "Feature",`, `"type": "Feature", "crs": 1,`, layout.RuleMember, "areas.geojson#/features/0/crs", "T01: unknown", nil},
		{"unknown property", "areas.geojson", `"slug"`, `"Slug"`, layout.RuleMember, "areas.geojson#/features/0/properties/Slug", "T01: unknown", nil},
		{"unknown in a list", "areas.geojson", `"basis": "inferred"`, `"basis": "inferred", "x": 1`, layout.RuleMember, "areas.geojson#/features/1/properties/specialisations/0/x", "T02: ", nil},
		{"text for a number", "areas.geojson", `"number": 3`, `"number": "3"`, layout.RuleType, "areas.geojson#/features/2/properties/number", "T03: a string", nil},
		{"fraction for a count", "areas.geojson", `"number": 3`, `"number": 3.5`, layout.RuleType, "areas.geojson#/features/2/properties/number", "whole", nil},
		{"number too large", "areas.geojson", `"position_error_m": 25`, `"position_error_m": 1e999`, layout.RuleType, "areas.geojson#/features/2/properties/position_error_m", "large", nil},
		{"two numbers needed", "districts.geojson", `103.45,`, ``, layout.RuleType, "districts.geojson#/features/0/properties/label_point", "", nil},
		{"control character", "units.json", "Test Office of Jia City", `Test \u0007`, layout.RuleText, "units.json#/0/full_en", "U01: ", nil},
		{"text too long", "document.json", "Note on", strings.Repeat("x", 20_001), layout.RuleLimit, "document.json#/title_en", "20000", nil},
		{"nested too deep", "tasks.json", "[]", strings.Repeat("[", 40) + strings.Repeat("]", 40), layout.RuleLimit, "tasks.json#/0/0/0", "deeper", nil},
		{"id taken", "areas.geojson", `"T02"`, `"T01"`, layout.RuleUniqueID, "areas.geojson#/features/1", "T01: the id is that of areas.geojson#/features/0", nil},
		{"id taken elsewhere", "units.json", `"U01"`, `"T01"`, layout.RuleUniqueID, "units.json#/0", "T01: ", nil},
		{"no id", "areas.geojson", `"id": "T01",`, ``, layout.RuleID, "areas.geojson#/features/0", "letters", nil},
		{"id not ASCII", "areas.geojson", `"T04"`, `"园1"`, layout.RuleID, "areas.geojson#/features/3", "园1: ", nil},
		{"slug", "areas.geojson", `"test-park-2"`, `"Test Park"`, layout.RuleSlug, "areas.geojson#/features/1/properties/slug", "T02: ", nil},
		{"slug taken", "areas.geojson", `"test-park-2"`, `"unit-one"`, layout.RuleUniqueSlug, "#", "slug", nil},
		{"slug is an id", "areas.geojson", `"test-park-2"`, `"990101"`, layout.RuleUniqueSlug, "areas.geojson#/features/1/properties/slug", "is an id", nil},
		{"no name", "areas.geojson", `"Test Park Two"`, `""`, layout.RuleName, "areas.geojson#/features/1/properties/name_en", "T02: ", nil},
		{"name too long", "units.json", `"甲市试验办"`, `"` + strings.Repeat("甲", 301) + `"`, layout.RuleName, "units.json#/0/name_zh", "300", nil},
		{"kind", "areas.geojson", `"park"`, `"garden"`, layout.RuleKind, "areas.geojson#/features/0/properties/kind", "T01: ", nil},
		{"open kind", "units.json", `"committee"`, `"A Committee"`, layout.RuleKind, "units.json#/0/kind", "U01: ", nil},
		{"level", "units.json", `"municipal"`, `"galactic"`, layout.RuleValue, "units.json#/0/level", "U01: ", nil},
		{"negative", "areas.geojson", `"position_error_m": 25`, `"position_error_m": -25`, layout.RuleValue, "areas.geojson#/features/2/properties/position_error_m", "negative", nil},
		{"no responsibility", "areas.geojson", `"responsibility": "own",`, ``, layout.RuleValue, "areas.geojson#/features/0/properties/responsibility", "T01: ", nil},
		{"date", "document.json", `"number": "示例"`, `"number": "示例", "expires": "2020-13-01"`, layout.RuleValue, "document.json#/expires", "date", nil},
		{"document without a name", "document.json", `"Test layout"`, `""`, layout.RuleName, "document.json#/name_en", "name", nil},
		{"parent", "areas.geojson", `"clause": "1.1"`, `"clause": "1.1", "parent": "U01"`, layout.RuleKnownParent, "areas.geojson#/features/0/properties/parent", "U01", nil},
		{"unit", "areas.geojson", `"U02"`, `"U09"`, layout.RuleKnownUnit, "areas.geojson#/features/1/properties/responsible_units/1", "U09", nil},
		{"unit twice", "areas.geojson", `"U02"`, `"U01"`, layout.RuleKnownUnit, "areas.geojson#/features/1/properties/responsible_units/1", "twice", nil},
		{"district", "areas.geojson", `"990101"`, `"990102"`, layout.RuleKnownDistrict, "areas.geojson#/features/0/properties/district/0", "990102", nil},
		{"functional area", "areas.geojson", `"clause": "1.1"`, `"clause": "1.1", "functional_area": "X09"`, layout.RuleKnownFeature, "areas.geojson#/features/0/properties/functional_area", "X09", nil},
		{"figure", "document.json", `"in_document"`, `"focus": "P01", "in_document"`, layout.RuleKnownFeature, "document.json#/figures/0/focus", "P01", nil},
		{"outline missing", "areas.geojson", `"outline": "digitised",`, ``, layout.RuleOutline, "areas.geojson#/features/2/properties/outline", "T03: ", nil},
		{"outline unknown", "areas.geojson", `"digitised"`, `"guessed"`, layout.RuleValue, "areas.geojson#/features/2/properties/outline", "guessed", nil},
		{"code", "areas.geojson", `"chip"`, `"chips"`, layout.RuleSpecialisation, "areas.geojson#/features/1/properties/specialisations/0/code", "chips", nil},
		{"basis", "areas.geojson", `"basis": "inferred"`, `"basis": "guessed"`, layout.RuleSpecialisation, "areas.geojson#/features/1/properties/specialisations/0/basis", "guessed", nil},
		{"published size without one", "areas.geojson", `"outline": "digitised",`, `"outline": "digitised", "size_basis": "published",`, layout.RuleSize, "areas.geojson#/features/2/properties/size_basis", "T03: ", nil},
		{"no geometry", "areas.geojson", `"geometry": {"type":"Polygon"`, `"bbox": {"type":"Polygon"`, layout.RuleGeometryPresent, "areas.geojson#/features/0/geometry", "T01: ", nil},
		{"geometry type", "context.geojson", `"type":"Polygon","coordinates":[`, `"type":"MultiLineString","coordinates":[`, layout.RuleGeometryType, "context.geojson#/features/0/geometry", "X01: a MultiLineString", nil},
		{"collection of geometries", "areas.geojson", `{"type":"Polygon"`, `{"type":"GeometryCollection"`, layout.RuleGeometryType, "areas.geojson#/features/0/geometry/type", "T01: ", nil},
		{"height", "areas.geojson", `[103.62,36.0]`, `[103.62,36.0,500]`, layout.RuleGeometryFlat, "areas.geojson#/features/0/geometry/coordinates/0/0", "T01: ", &orb.Point{103.62, 36}},
		{"text for a coordinate", "areas.geojson", `[103.62,36.0]`, `["103.62",36.0]`, layout.RuleType, "areas.geojson#/features/0/geometry/coordinates/0/0", "T01: ", nil},
		{"ring crosses itself", "areas.geojson", `[[103.62,36.0],[103.67547,36.0]`, `[[103.62,36.0],[103.65,36.1]`, string(geo.RuleSelfIntersection), "areas.geojson#/features/0/geometry", "T01: ", &orb.Point{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files := tiny(t)
			replace(t, files, c.file, c.old, c.with)
			_, err := layout.ReadFolder(files)
			v := violation(t, err, c.rule)
			if !strings.HasPrefix(v.Path, c.path) && c.path != "#" {
				t.Errorf("path %q, want %q", v.Path, c.path)
			}
			if !strings.Contains(v.Detail, c.detail) {
				t.Errorf("detail %q does not hold %q", v.Detail, c.detail)
			}
			if (v.At == nil) != (c.at == nil) || v.At != nil && *c.at != (orb.Point{}) && *v.At != *c.at {
				t.Errorf("at %v, want %v", v.At, c.at)
			}
		})
	}
}

// violation returns the first violation of a rule in err, which has to be of kind invalid.
func violation(t *testing.T, err error, rule string) layout.Violation {
	t.Helper()
	var e *layout.Error
	if !errors.As(err, &e) || e.Kind != layout.KindInvalid {
		t.Fatalf("error %v is not of kind invalid", err)
	}
	for _, v := range e.Violations {
		if v.Rule == rule {
			if len(e.Violations) == 1 && !strings.Contains(err.Error(), v.Rule) {
				t.Errorf("the text %q does not name the rule", err)
			}
			return v
		}
	}
	t.Fatalf("no violation of %q in %v", rule, e.Violations)
	return layout.Violation{}
}

func TestReadFolderFiles(t *testing.T) {
	for _, name := range append(fileNames(), "document.json") {
		t.Run("without "+name, func(t *testing.T) {
			files := tiny(t)
			delete(files, name)
			_, err := layout.ReadFolder(files)
			if v := violation(t, err, layout.RuleFile); v.Path != name {
				t.Errorf("path %q", v.Path)
			}
		})
	}
	t.Run("a folder in place of a file", func(t *testing.T) {
		files := tiny(t)
		delete(files, "units.json")
		files["units.json/x"] = &fstest.MapFile{}
		_, err := layout.ReadFolder(files)
		violation(t, err, layout.RuleFile)
	})
	t.Run("other files are left alone", func(t *testing.T) {
		files := tiny(t)
		files["parks.geojson"] = &fstest.MapFile{Data: []byte("not JSON")}
		if _, err := layout.ReadFolder(files); err != nil {
			t.Error(err)
		}
	})
	t.Run("no area", func(t *testing.T) {
		files := tiny(t)
		files["areas.geojson"] = files["places.geojson"]
		_, err := layout.ReadFolder(files)
		violation(t, err, layout.RuleHasArea)
	})
}

func fileNames() []string {
	var names []string
	for _, c := range layout.Collections() {
		names = append(names, layout.FileName(c))
	}
	return names
}

func TestReadFolderManyFaults(t *testing.T) {
	files := tiny(t)
	files["tasks.json"] = &fstest.MapFile{Data: []byte("[" + strings.Repeat(`{"x": 1},`, 500) + `{"x": 1}]`)}
	_, err := layout.ReadFolder(files)
	var e *layout.Error
	if !errors.As(err, &e) || len(e.Violations) > 50 {
		t.Errorf("%d violations are reported", len(e.Violations))
	}
}
