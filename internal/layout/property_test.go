package layout_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parkmap/internal/layout"
)

func TestSchemaOf(t *testing.T) {
	collections := layout.Collections()
	for _, v := range layout.Views() {
		collections = append(collections, v.Collection)
	}
	for _, c := range collections {
		t.Run(string(c), func(t *testing.T) {
			seen := map[string]bool{}
			for _, p := range layout.SchemaOf(c) {
				if p.Title.ZH == "" || p.Title.EN == "" {
					t.Errorf("%s has no title", p.Name)
				}
				if seen[p.Name] || p.Name == "" {
					t.Errorf("%q occurs twice", p.Name)
				}
				seen[p.Name] = true
				if p.Sortable && (p.Type == "array" || p.Type == "object") {
					t.Errorf("%s, an %s, cannot be sorted by", p.Name, p.Type)
				}
			}
			for _, name := range []string{"id", "kind", "name_zh", "name_en", "version", "changed_at"} {
				if !seen[name] {
					t.Errorf("%s is missing", name)
				}
			}
		})
	}
	if layout.SchemaOf("roads") != nil {
		t.Error("an unknown collection has a schema")
	}
}

func TestSchemaOfProperties(t *testing.T) {
	find := func(c layout.CollectionID, name string) layout.Property {
		s := layout.SchemaOf(c)
		i := slices.IndexFunc(s, func(p layout.Property) bool { return p.Name == name })
		if i < 0 {
			return layout.Property{}
		}
		p := s[i]
		p.Title = layout.Label{}
		return p
	}
	var codes []string
	for _, s := range layout.Specialisations() {
		codes = append(codes, s.Code)
	}
	cases := []struct {
		collection layout.CollectionID
		want       layout.Property
	}{
		{layout.Areas, layout.Property{Name: "id", Type: "string", Required: true, Queryable: true, Sortable: true, Computed: true}},
		{layout.Areas, layout.Property{Name: "area_km2", Type: "number", Queryable: true, Sortable: true, Computed: true}},
		{layout.Areas, layout.Property{Name: "number", Type: "integer", Required: true, Queryable: true, Sortable: true}},
		{layout.Areas, layout.Property{Name: "district", Type: "array", Queryable: true}},
		{layout.Areas, layout.Property{Name: "specialisations", Type: "array", Queryable: true, Codes: codes}},
		{layout.Areas, layout.Property{Name: "centre", Type: "object"}},
		{layout.Parks, layout.Property{Name: "kind", Type: "string", Required: true, Enum: []string{"park"}, Queryable: true, Sortable: true}},
		{layout.Goals, layout.Property{Name: "specialisations", Type: "array", Queryable: true}},
		{layout.Districts, layout.Property{Name: "schematic", Type: "boolean", Required: true, Queryable: true, Sortable: true}},
		{layout.Units, layout.Property{Name: "changed_at", Type: "string", Format: "date-time", Queryable: true, Sortable: true, Computed: true}},
	}
	for _, c := range cases {
		t.Run(string(c.collection)+" "+c.want.Name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, find(c.collection, c.want.Name)); diff != "" {
				t.Errorf("property (-want +got):\n%s", diff)
			}
		})
	}
	if p := find(layout.Places, "area_km2"); p.Name != "" {
		t.Error("places have an area")
	}
}

func TestTitlesAreUsed(t *testing.T) {
	used := map[string]bool{}
	for _, c := range layout.Collections() {
		for _, p := range layout.SchemaOf(c) {
			used[p.Name] = true
		}
	}
	for name := range layout.PropertyTitles() {
		if !used[name] {
			t.Errorf("no property is named %s", name)
		}
	}
}
