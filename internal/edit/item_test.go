package edit_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// TestSaveRefuses wants nothing saved.
func TestSaveRefuses(t *testing.T) {
	based := func(n int64) *int64 { return &n }
	for name, c := range map[string]struct {
		change func(d desk) edit.Change
		want   layout.Kind
		path   string
	}{
		"without its version":     {func(d desk) edit.Change { c := d.rename("T01", "x", ""); c.Base = nil; return c }, layout.KindUnstated, ""},
		"of a version it had not": {func(d desk) edit.Change { c := d.rename("T01", "x", ""); c.Base = based(7); return c }, layout.KindInvalid, "base"},
		"a crossing ring": {func(d desk) edit.Change {
			c := d.rename("T01", "x", "")
			c.Feature.Geometry = orb.Polygon{{{103, 36}, {104, 37}, {104, 36}, {103, 37}, {103, 36}}}
			return c
		}, layout.KindInvalid, "/geometry"},
		"no name":          {func(d desk) edit.Change { return d.patch("T01", `{"properties":{"name_zh":null}}`) }, layout.KindInvalid, "/properties/name_zh"},
		"an unknown unit":  {func(d desk) edit.Change { return d.patch("T01", `{"properties":{"responsible_units":["X9"]}}`) }, layout.KindInvalid, "/properties/responsible_units/0"},
		"an unknown field": {func(d desk) edit.Change { return d.patch("T01", `{"properties":{"x":1}}`) }, layout.KindInvalid, "/properties/x"},
		"another id":       {func(d desk) edit.Change { return d.patch("T01", `{"id":"T09"}`) }, layout.KindInvalid, "/id"},
		"no object":        {func(d desk) edit.Change { return d.patch("T01", `[]`) }, layout.KindInvalid, "/"},
		"too deep": {func(d desk) edit.Change {
			return d.patch("T01", strings.Repeat(`{"a":`, 40)+"1"+strings.Repeat("}", 40))
		}, layout.KindInvalid, "/"},
		"no JSON": {func(d desk) edit.Change { return d.patch("T01", `{`) }, layout.KindInvalid, "/"},
		"an id that is taken elsewhere": {func(d desk) edit.Change {
			c := d.rename("T01", "x", "")
			c.Feature.ID, c.Base = "990101", nil
			return c
		}, layout.KindInvalid, "/id"},
		"a patch of what is not there": {func(d desk) edit.Change {
			c := d.patch("T01", `{}`)
			c.Feature.ID, c.Base = "T99", nil
			return c
		}, layout.KindNotFound, ""},
		"deleting what is not there": {func(d desk) edit.Change {
			return edit.Change{Change: store.Change{Op: store.Delete, Feature: layout.Feature{Collection: layout.Areas, ID: "T99"}}}
		}, layout.KindNotFound, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, nil)
			c0 := d.draft(anybody("anna"))
			_, err := d.Save(t.Context(), anybody("anna"), c0.ID, c.change(d))
			wantKind(t, err, c.want)
			var e *layout.Error
			if errors.As(err, &e) && c.path != "" && (len(e.Violations) == 0 || e.Violations[0].Path != c.path) {
				t.Errorf("violations %+v, want one at %s", e.Violations, c.path)
			}
			wantEqual(t, must[store.Changeset](t)(d.store.Changeset(t.Context(), c0.ID)), c0)
		})
	}
}

// patch is the change that a merge patch makes of an area.
func (d desk) patch(id layout.ID, patch string) edit.Change {
	c := d.rename(id, "", "")
	c.Patch = []byte(patch)
	return c
}

// TestAnyVersionIsTheNewest has a server that is behind the store, as after the database was away.
func TestAnyVersionIsTheNewest(t *testing.T) {
	s, old := seeded(t)
	d := onStore(t, s, func(o *edit.Options) {
		o.Unreviewed, o.Current = true, func() *layout.Layout { return old }
	})
	anna := anybody("anna")
	seen := d.rename("T01", "", "seen")
	must[store.Changeset](t)(d.Propose(t.Context(), anna, "one", d.rename("T01", "", "first")))
	_, err := d.Propose(t.Context(), anna, "two", seen)
	wantKind(t, err, layout.KindConflict)
	whatever := d.patch("T01", `{"properties":{"name_en":"second"}}`)
	whatever.Base, whatever.Any = nil, true
	must[store.Changeset](t)(d.Propose(t.Context(), anna, "three", whatever))
	if got := d.area("T01").Properties.Common().NameEN; got != "second" {
		t.Errorf("T01 is called %q", got)
	}
	whatever.Feature.ID = "T99"
	_, err = d.Propose(t.Context(), anna, "four", whatever)
	wantKind(t, err, layout.KindNotFound)
}

func TestSaveKeepsItsBase(t *testing.T) {
	d := newDesk(t, nil)
	anna := anybody("anna")
	c := d.draft(anna, d.patch("T01", `{"properties":{"name_zh":"一"}}`))
	d.publish(anybody("bert"), d.rename("T01", "他的", ""))
	again := edit.Change{Change: store.Change{Op: store.Put, Feature: layout.Feature{Collection: layout.Areas, ID: "T01"}}, Patch: []byte(`{"properties":{"name_en":"Two"}}`)}
	c = must[store.Changeset](t)(d.Save(t.Context(), anna, c.ID, again))
	if got := c.Items[0]; got.Base != 1 || got.Feature.Properties.Common().NameZH != "一" || got.Feature.Properties.Common().NameEN != "Two" {
		t.Errorf("saved %+v", got)
	}
	_, err := d.Save(t.Context(), anna, c.ID, d.rename("T01", "x", "")) // made on version 2
	wantKind(t, err, layout.KindStale)
	v := must[edit.View](t)(d.Look(t.Context(), c))
	if !v.Items[0].Conflicting() || v.Items[0].Now != 2 || v.Items[0].Before.Version != 1 || len(v.Items[0].Parts) != 2 {
		t.Errorf("looks like %+v", v.Items[0])
	}
	c = must[store.Changeset](t)(d.Discard(t.Context(), anna, c.ID, layout.Areas, "T01"))
	if len(c.Items) != 0 {
		t.Errorf("left: %+v", c.Items)
	}
	late := d.rename("T01", "晚", "")
	old := int64(1)
	late.Base = &old
	c = must[store.Changeset](t)(d.Save(t.Context(), anna, c.ID, late)) // is kept, and told to be in conflict
	if list := must[[]edit.Conflict](t)(d.Conflicts(t.Context(), anna.Actor, c.ID)); len(list) != 1 {
		t.Errorf("conflicts: %+v", list)
	}
}

func TestNewFeatureInADraft(t *testing.T) {
	d := newDesk(t, nil)
	anna := anybody("anna")
	f := d.area("T01")
	p := *f.Properties.(*layout.Area)
	p.Slug, p.Number = "", 9
	f.ID, f.Properties, f.Version = "T09", &p, 0
	c := d.draft(anna, edit.Change{Change: store.Change{Op: store.Put, Feature: f}})
	if c.Items[0].Base != 0 {
		t.Errorf("made on %d", c.Items[0].Base)
	}
	c = must[store.Changeset](t)(d.Save(t.Context(), anna, c.ID, edit.Change{Change: store.Change{Op: store.Delete, Feature: f}}))
	if len(c.Items) != 0 {
		t.Errorf("deleting what the layout never had leaves %+v", c.Items)
	}
}
