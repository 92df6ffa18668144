package ogc

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

var update = flag.Bool("update", false, "write golden files anew")

const base = Base("https://map.example")

func dataset() Dataset {
	schema := []layout.Property{
		{Name: "id", Type: "string", Title: layout.Label{ZH: "编号", EN: "Id"}, Required: true, Queryable: true, Sortable: true, Computed: true},
		{Name: "kind", Type: "string", Title: layout.Label{ZH: "类别", EN: "Kind"}, Enum: []string{"lake", "sea"}, Required: true, Queryable: true, Sortable: true},
		{Name: "depth", Type: "number", Title: layout.Label{ZH: "深度", EN: "Depth"}, Queryable: true, Sortable: true},
		{Name: "fish", Type: "array", Title: layout.Label{ZH: "鱼", EN: "Fish"}, Queryable: true},
		{Name: "uses", Type: "array", Title: layout.Label{ZH: "用途", EN: "Uses"}, Codes: []string{"swim", "ship"}, Queryable: true},
		{Name: "limit", Type: "string", Title: layout.Label{ZH: "界限", EN: "Limit"}, Queryable: true},
		{Name: "owner", Type: "object", Title: layout.Label{ZH: "所有者"}},
	}
	return Dataset{
		Title: "Waters", Description: "Lakes and rules", Version: "1.2",
		Collections: []CollectionInfo{
			{ID: "lakes", Title: layout.Label{ZH: "湖", EN: "Lakes"}, Description: layout.Label{ZH: "所有湖", EN: "All lakes"},
				GeometryTypes: []string{"MultiPolygon", "Polygon"}, Extent: &geo.BBox{West: 1, South: 2, East: 3, North: 4}, Count: 5, Schema: schema},
			{ID: "rules", Title: layout.Label{ZH: "规则", EN: "Rules"}, Schema: schema[:2]},
		},
	}
}

func TestGolden(t *testing.T) {
	d := dataset()
	lakes, rules := d.Collections[0], d.Collections[1]
	for name, doc := range map[string]any{
		"landing.json":          NewLanding(base, d, ZH, "json"),
		"conformance.json":      NewConformance(true),
		"collections.json":      NewCollections(base, d, EN, "json"),
		"collection.lakes.json": NewCollection(base, lakes, EN, "json"),
		"collection.rules.json": NewCollection(base, rules, ZH, "json"),
		"queryables.lakes.json": NewQueryables(base, lakes, EN),
		"schema.lakes.json":     NewSchema(base, lakes, ZH),
		"schema.rules.json":     NewSchema(base, rules, EN),
		"openapi.json":          NewOpenAPI(base, d),
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			enc.SetIndent("", "  ")
			enc.SetEscapeHTML(false)
			if err := enc.Encode(doc); err != nil {
				t.Fatal(err)
			}
			golden(t, name, b.Bytes())
		})
	}
}

func golden(t *testing.T, name string, data []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(data)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func loadOpenAPI(t *testing.T) *openapi3.T {
	t.Helper()
	data, err := json.Marshal(NewOpenAPI(base, dataset()))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestOpenAPIIsValid(t *testing.T) {
	if err := loadOpenAPI(t).Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestParameters checks the definitions that Part 1 lays down: requirements 13 (limit), 15 (bbox) and
// 25 (datetime).
func TestParameters(t *testing.T) {
	operation := loadOpenAPI(t).Paths.Value("/collections/lakes/items").Get
	for _, test := range []struct{ name, kind string }{{"bbox", "array"}, {"limit", "integer"}, {"datetime", "string"}} {
		t.Run(test.name, func(t *testing.T) {
			p := operation.Parameters.GetByInAndName("query", test.name)
			if p == nil || p.Required || p.Style != "form" || p.Explode == nil || *p.Explode || !p.Schema.Value.Type.Is(test.kind) {
				t.Fatalf("%+v", p)
			}
		})
	}
	box := operation.Parameters.GetByInAndName("query", "bbox").Schema.Value
	if box.MinItems != 4 || box.MaxItems == nil || *box.MaxItems != 6 || !box.Items.Value.Type.Is("number") {
		t.Errorf("bbox: %+v", box)
	}
	limit := operation.Parameters.GetByInAndName("query", "limit").Schema.Value
	if *limit.Min != 1 || *limit.Max != MaxLimit || limit.Default != float64(DefaultLimit) {
		t.Errorf("limit: %+v", limit)
	}
}

// TestQueryParameters: each queryable is a parameter, but for one that has the name of another parameter.
func TestQueryParameters(t *testing.T) {
	var got []string
	for _, p := range QueryParameters(dataset().Collections[0]) {
		got = append(got, p.Name)
	}
	if want := []string{"id", "kind", "depth", "fish", "uses"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	operation := loadOpenAPI(t).Paths.Value("/collections/lakes/items").Get
	for _, name := range got {
		if operation.Parameters.GetByInAndName("query", name) == nil {
			t.Errorf("%s is no parameter", name)
		}
	}
}

func TestGeometryFormat(t *testing.T) {
	for _, test := range []struct {
		name  string
		types []string
		want  string
	}{
		{"none", nil, "geometry-any"},
		{"one", []string{"Point"}, "geometry-point"},
		{"multi", []string{"MultiPolygon"}, "geometry-multipolygon"},
		{"both", []string{"MultiPolygon", "Polygon"}, "geometry-polygon-or-multipolygon"},
		{"mixed", []string{"LineString", "Point"}, "geometry-any"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := geometryFormat(test.types); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func TestLang(t *testing.T) {
	full, half := layout.Label{ZH: "湖", EN: "Lake"}, layout.Label{ZH: "湖"}
	for _, test := range []struct {
		name  string
		lang  Lang
		label layout.Label
		want  string
	}{
		{"Chinese", ZH, full, "湖"},
		{"English", EN, full, "Lake"},
		{"no translation", EN, half, "湖"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.lang.Of(test.label); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	for _, test := range []struct{ name, got, want string }{
		{"landing page", base.API(), "https://map.example/api"},
		{"item", base.Item("lakes", "L 1/2"), "https://map.example/api/collections/lakes/items/L%201%2F2"},
		{"queryables", base.Queryables("lakes"), "https://map.example/api/collections/lakes/queryables"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("%s, want %s", test.got, test.want)
			}
		})
	}
}

// TestAppendLinks compares with what the tags of the links say.
func TestAppendLinks(t *testing.T) {
	for _, test := range []struct {
		name  string
		links []Link
	}{
		{"none", []Link{}},
		{"all members", []Link{{"https://map.example/a?b=c&d=<e>", "self", TypeGeoJSON, "GeoJSON 文本"}, {"/x", "next", "", ""}}},
		{"what JSON escapes", []Link{{"a\"b\\c", "d\n\x01\x7f", "\u2028\u2029–", "\xff"}}},
	} {
		want, err := layout.MarshalJSON(test.links)
		if err != nil {
			t.Fatal(err)
		}
		if got := AppendLinks(nil, test.links); !bytes.Equal(got, want) {
			t.Errorf("%s: %s, want %s", test.name, got, want)
		}
	}
}
