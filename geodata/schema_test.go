package geodata_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"parkmap/geodata"
	"parkmap/internal/layout"
)

const tinyFolder = "../testdata/layout-tiny"

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := geodata.FS.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// folder returns the files of a layout folder as one value, one text in one of them changed.
func folder(t *testing.T, fsys fs.FS, file, old, with string) any {
	t.Helper()
	files := map[string]any{}
	names := []string{"document.json"}
	for _, c := range layout.Collections() {
		names = append(names, layout.FileName(c))
	}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			t.Fatal(err)
		}
		if name == file {
			if !bytes.Contains(data, []byte(old)) {
				t.Fatalf("%s does not hold %s", file, old)
			}
			data = bytes.Replace(data, []byte(old), []byte(with), 1)
		}
		if files[name], err = jsonschema.UnmarshalJSON(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestSchemaAccepts(t *testing.T) {
	s := compile(t)
	folders := map[string]fs.FS{"geodata": geodata.FS, "layout-tiny": os.DirFS(tinyFolder)}
	for name, fsys := range folders {
		t.Run(name, func(t *testing.T) {
			if err := s.Validate(folder(t, fsys, "", "", "")); err != nil {
				t.Errorf("%#v", err)
			}
		})
	}
}

func TestSchemaRejects(t *testing.T) {
	s := compile(t)
	cases := []struct{ name, file, old, with string }{
		{"unknown property", "areas.geojson", `"slug"`, `"colour"`},
		{"unknown member", "areas.geojson", `"type": "Feature",`, `"type": "Feature", "crs": {},`},
		{"wrong type", "areas.geojson", `"number": 1`, `"number": "1"`},
		{"kind", "areas.geojson", `"park"`, `"garden"`},
		{"code", "areas.geojson", `"agri"`, `"farming"`},
		{"basis", "areas.geojson", `"basis": "stated"`, `"basis": "heard"`},
		{"outline", "areas.geojson", `"surveyed"`, `"guessed"`},
		{"no name", "areas.geojson", `"name_en": "Test Park One",`, ``},
		{"empty name", "areas.geojson", `"Test Park One"`, `""`},
		{"id", "areas.geojson", `"T01"`, `"T 01"`},
		{"no geometry", "areas.geojson", `"geometry": {"type":"Polygon"`, `"shape": {"type":"Polygon"`},
		{"geometry type", "areas.geojson", `"type":"Polygon"`, `"type":"LineString"`},
		{"height", "areas.geojson", `[103.62,36.0]`, `[103.62,36.0,500]`},
		{"off the earth", "areas.geojson", `[103.62,36.0]`, `[36.0,103.62]`},
		{"short ring", "context.geojson", `"coordinates":[[`, `"coordinates":[[[1,2],[3,4],[1,2]],[`},
		{"negative error", "areas.geojson", `"position_error_m": 25`, `"position_error_m": -25`},
		{"level", "units.json", `"municipal"`, `"galactic"`},
		{"comparator", "document.json", `"accuracy"`, `"overall_goals": [{"metric_zh": "", "metric_en": "", "comparator": "~", "value": 1, "unit_zh": "", "unit_en": ""}], "accuracy"`},
		{"date", "document.json", `"number"`, `"expires": "2020-02-30", "number"`},
		{"not a list", "tasks.json", `[]`, `{}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if s.Validate(folder(t, os.DirFS(tinyFolder), c.file, c.old, c.with)) == nil {
				t.Error("accepted")
			}
		})
	}
	t.Run("missing file", func(t *testing.T) {
		files := folder(t, os.DirFS(tinyFolder), "", "", "").(map[string]any)
		delete(files, "units.json")
		if s.Validate(files) == nil {
			t.Error("accepted")
		}
	})
}

// TestSchemaKnowsTheModel compares the properties in the schema with those of the program.
func TestSchemaKnowsTheModel(t *testing.T) {
	data, err := geodata.FS.ReadFile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	type object struct {
		Required   []string
		Properties map[string]json.RawMessage
	}
	var schema struct {
		Defs map[string]json.RawMessage `json:"$defs"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	for _, c := range layout.Collections() {
		var list struct {
			Items      object
			Properties struct {
				Features struct {
					Items struct {
						Properties struct{ Properties object }
					}
				}
			}
		}
		if err := json.Unmarshal(schema.Defs[string(c)], &list); err != nil {
			t.Fatalf("%s: %v", c, err)
		}
		got := list.Items
		if layout.HasGeometry(c) {
			got = list.Properties.Features.Items.Properties.Properties
		}
		compareModel(t, c, got.Required, got.Properties)
	}
}

func compareModel(t *testing.T, c layout.CollectionID, required []string, properties map[string]json.RawMessage) {
	t.Helper()
	var wantRequired, want, got []string
	for _, p := range layout.SchemaOf(c) {
		if p.Computed && (p.Name != "id" || layout.HasGeometry(c)) {
			continue
		}
		want = append(want, p.Name)
		if p.Required {
			wantRequired = append(wantRequired, p.Name)
		}
		if len(p.Enum) > 0 && !strings.Contains(string(properties[p.Name]), p.Enum[len(p.Enum)-1]) {
			t.Errorf("%s: %s does not list %v", c, p.Name, p.Enum)
		}
	}
	for name := range properties {
		got = append(got, name)
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: properties (-program +schema):\n%s", c, diff)
	}
	if diff := cmp.Diff(wantRequired, required); diff != "" {
		t.Errorf("%s: required (-program +schema):\n%s", c, diff)
	}
}
