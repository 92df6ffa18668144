package edit_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"

	"parkmap/internal/edit"
	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

func wantEqual(t testing.TB, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("want (-), got (+):\n%s", diff)
	}
}

// moved is the change that gives an area a square as its outline.
func (d desk) moved(id layout.ID, lon float64) edit.Change {
	change := d.rename(id, "", "")
	change.Feature.Geometry = geo.Normalise(orb.Polygon{{{lon, 36}, {lon + 0.01, 36}, {lon + 0.01, 36.01}, {lon, 36.01}, {lon, 36}}})
	return change
}

// remove is the change that deletes an area.
func (d desk) remove(id layout.ID) edit.Change {
	change := d.rename(id, "", "")
	change.Op = store.Delete
	return change
}

// TestConflict: both have changed the Chinese name, each another field besides.
func TestConflict(t *testing.T) {
	d := newDesk(t, nil)
	anna := anybody("anna")
	mine := d.moved("T01", 103.62)
	mine.Feature.Properties.Common().NameZH = "我的"
	base := d.area("T01")
	c := d.approved(anna, mine)
	d.publish(anybody("bert"), d.rename("T01", "他的", "Theirs"))

	_, err := d.Publish(t.Context(), anybody("rita"), c.ID, time.Time{})
	var clash *edit.Clash
	if !errors.As(err, &clash) || layout.KindOf(err) != layout.KindConflict || len(clash.Conflicts) != 1 {
		t.Fatalf("published over: %v", err)
	}
	conflict := clash.Conflicts[0]
	if conflict.Version.Author != "bert" || conflict.Version.Number != 2 {
		t.Errorf("theirs is %+v", conflict.Version)
	}
	var parts []string
	for _, p := range conflict.Parts {
		parts = append(parts, p.Name+" by "+p.By)
	}
	wantEqual(t, parts, []string{"geometry by mine", "name_zh by both", "name_en by theirs"})
	wantEqual(t, []string{string(conflict.Parts[1].Theirs), string(conflict.Parts[1].Mine)}, []string{`"他的"`, `"我的"`})
	wantEqual(t, conflict.Base, &base)
	listed := must[[]edit.Conflict](t)(d.Conflicts(t.Context(), anna.Actor, c.ID))
	wantEqual(t, listed, clash.Conflicts)

	c = must[store.Changeset](t)(d.Ask(t.Context(), anybody("rita"), c.ID, "resolve"))
	_, err = d.Submit(t.Context(), anna, c.ID, "")
	wantKind(t, err, layout.KindConflict)
	r := edit.Resolution{Collection: layout.Areas, ID: "T01", Against: 2, Choices: map[string]edit.Choice{"name_zh": {Side: edit.ByMine}}}
	c = must[store.Changeset](t)(d.Resolve(t.Context(), anna, c.ID, r))
	got := c.Items[0]
	if name := got.Feature.Properties.Common(); got.Base != 2 || name.NameZH != "我的" || name.NameEN != "Theirs" || !orb.Equal(got.Feature.Geometry, mine.Feature.Geometry) {
		t.Errorf("resolved to %+v", got)
	}
	must[store.Changeset](t)(d.Submit(t.Context(), anna, c.ID, "", d.reasons(c)...))
}

func TestResolve(t *testing.T) {
	for name, c := range map[string]struct {
		mine, theirs func(d desk) edit.Change
		against      int64
		choices      map[string]edit.Choice
		want         layout.Kind
		check        func(t *testing.T, c store.Changeset)
	}{
		"an open part needs a choice": {
			mine: zh("我的"), theirs: zh("他的"), against: 2, want: layout.KindInvalid,
		},
		"a newer version reopens it": {
			mine: zh("我的"), theirs: zh("他的"), against: 1, choices: choose("name_zh", edit.ByMine), want: layout.KindStale,
		},
		"a part that nobody has changed": {
			mine: zh("我的"), theirs: zh("他的"), against: 2, choices: choose("name_zh", edit.ByMine, "name_en", edit.ByMine), want: layout.KindInvalid,
		},
		"neither side": {
			mine: zh("我的"), theirs: zh("他的"), against: 2, choices: choose("name_zh", "ours"), want: layout.KindInvalid,
		},
		"a value that breaks a rule": {
			mine: zh("我的"), theirs: zh("他的"), against: 2, want: layout.KindInvalid,
			choices: map[string]edit.Choice{"name_zh": {Value: json.RawMessage(`""`)}},
		},
		"a value that is no JSON": {
			mine: zh("我的"), theirs: zh("他的"), against: 2, want: layout.KindInvalid,
			choices: map[string]edit.Choice{"name_zh": {Value: json.RawMessage(`{`)}},
		},
		"another value": {
			mine: zh("我的"), theirs: zh("他的"), against: 2,
			choices: map[string]edit.Choice{"name_zh": {Value: json.RawMessage(`"都行"`)}},
			check:   wantName("都行"),
		},
		"theirs in all is nothing to change": {
			mine: zh("我的"), theirs: zh("他的"), against: 2, choices: choose("name_zh", edit.ByTheirs), check: wantNothing,
		},
		"both have done the same": {
			mine: zh("同"), theirs: zh("同"), against: 2, check: wantNothing,
		},
		"what I alone have changed can be taken back": {
			mine: zh("我的"), theirs: func(d desk) edit.Change { return d.rename("T01", "", "Theirs") }, against: 2,
			choices: choose("name_zh", edit.ByTheirs), check: wantNothing,
		},
		"they have deleted it, I keep it": {
			mine: zh("我的"), theirs: func(d desk) edit.Change { return d.remove("T01") }, against: 2,
			choices: choose(edit.WholeFeature, edit.ByMine),
			check: func(t *testing.T, c store.Changeset) {
				wantName("我的")(t, c)
				if c.Items[0].Base != 0 {
					t.Errorf("made on version %d of what is not there", c.Items[0].Base)
				}
			},
		},
		"they have deleted it, and so it is": {
			mine: zh("我的"), theirs: func(d desk) edit.Change { return d.remove("T01") }, against: 2,
			choices: choose(edit.WholeFeature, edit.ByTheirs), check: wantNothing,
		},
		"I delete it nevertheless": {
			mine: func(d desk) edit.Change { return d.remove("T01") }, theirs: zh("他的"), against: 2,
			choices: choose(edit.WholeFeature, edit.ByMine),
			check: func(t *testing.T, c store.Changeset) {
				if c.Items[0].Op != store.Delete || c.Items[0].Base != 2 {
					t.Errorf("%+v", c.Items[0])
				}
			},
		},
		"a deletion is not decided by nobody": {
			mine: func(d desk) edit.Change { return d.remove("T01") }, theirs: zh("他的"), against: 2, want: layout.KindInvalid,
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, nil)
			anna := anybody("anna")
			mine := d.draft(anna, c.mine(d))
			d.publish(anybody("bert"), c.theirs(d))
			got, err := d.Resolve(t.Context(), anna, mine.ID, edit.Resolution{Collection: layout.Areas, ID: "T01", Against: c.against, Choices: c.choices})
			if layout.KindOf(err) != c.want {
				t.Fatalf("error %v, want kind %q", err, c.want)
			}
			kept := must[store.Changeset](t)(d.store.Changeset(t.Context(), mine.ID))
			if c.want != "" {
				wantEqual(t, kept, mine)
				return
			}
			wantEqual(t, kept, got)
			c.check(t, got)
		})
	}
}

func zh(name string) func(desk) edit.Change {
	return func(d desk) edit.Change { return d.rename("T01", name, "") }
}

func choose(pairs ...string) map[string]edit.Choice {
	choices := map[string]edit.Choice{}
	for i := 0; i < len(pairs); i += 2 {
		choices[pairs[i]] = edit.Choice{Side: pairs[i+1]}
	}
	return choices
}

func wantName(want string) func(*testing.T, store.Changeset) {
	return func(t *testing.T, c store.Changeset) {
		t.Helper()
		if got := c.Items[0].Feature.Properties.Common().NameZH; got != want {
			t.Errorf("the name is %q, want %q", got, want)
		}
	}
}

func wantNothing(t *testing.T, c store.Changeset) {
	t.Helper()
	if len(c.Items) != 0 {
		t.Errorf("left to change: %+v", c.Items)
	}
}

func TestRestore(t *testing.T) {
	d := newDesk(t, nil)
	anna := anybody("anna")
	d.publish(anna, d.rename("T01", "二", ""), d.remove("T04"))
	d.publish(anna, d.rename("T02", "三", ""))
	c := must[store.Changeset](t)(d.Restore(t.Context(), anna, "back", 1, nil))
	if len(c.Items) != 3 || c.Items[0].Base != 2 || c.Items[2].Base != 0 {
		t.Fatalf("to restore: %+v", c.Items)
	}
	one := must[store.Changeset](t)(d.Restore(t.Context(), anna, "one", 1, []layout.ID{"T02"}))
	if len(one.Items) != 1 || one.Items[0].Feature.ID != "T02" {
		t.Fatalf("to restore: %+v", one.Items)
	}
	_, err := d.Restore(t.Context(), anna, "none", 3, nil)
	wantKind(t, err, layout.KindConflict)
	_, err = d.Restore(t.Context(), anna, "never", 9, nil)
	wantKind(t, err, layout.KindNotFound)

	c = must[store.Changeset](t)(d.Submit(t.Context(), anna, c.ID, ""))
	c = must[store.Changeset](t)(d.Approve(t.Context(), edit.Call{Actor: anybody("rita").Actor, Revision: c.Revision}, c.ID, ""))
	must[store.Changeset](t)(d.Publish(t.Context(), anybody("rita"), c.ID, time.Time{}))
	if diff := d.diff(1, 4); len(diff) != 0 {
		t.Errorf("after all is restored: %+v", diff)
	}
	diff := d.diff(1, 3)
	if len(diff) != 3 || diff[0].ID != "T01" || len(diff[0].Parts) != 1 || diff[2].After != nil {
		t.Errorf("between 1 and 3: %+v", diff)
	}
	history := must[[]store.Revision](t)(d.History(t.Context(), "T04", 0, 9))
	if len(history) != 3 || history[1].Op != store.Delete {
		t.Errorf("history %+v", history)
	}
	_, err = d.History(t.Context(), "none", 0, 9)
	wantKind(t, err, layout.KindNotFound)
}

// diff compares two versions.
func (d desk) diff(from, to int64) []edit.Difference {
	d.Helper()
	before, after := must[*layout.Layout](d)(d.store.LoadVersion(d.Context(), from)), must[*layout.Layout](d)(d.store.LoadVersion(d.Context(), to))
	return must[[]edit.Difference](d)(edit.Compare(before, after))
}
