package edit_test

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/check"
	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// desk is an editor on a seeded store, with a clock that the test moves.
type desk struct {
	testing.TB
	*edit.Editor
	store edit.Store
	clock *atomic.Int64 // seconds behind now
}

func newDesk(t testing.TB, change func(*edit.Options)) desk {
	t.Helper()
	s, _ := seeded(t)
	return onStore(t, s, change)
}

func onStore(t testing.TB, s edit.Store, change func(*edit.Options)) desk {
	t.Helper()
	d := desk{t, nil, s, new(atomic.Int64)}
	var ids atomic.Int64
	o := edit.Options{
		Now:   func() time.Time { return now().Add(time.Duration(d.clock.Load()) * time.Second) },
		NewID: func() string { return fmt.Sprintf("c%d", ids.Add(1)) },
	}
	if change != nil {
		change(&o)
	}
	d.Editor = edit.New(s, o)
	return d
}

// anybody is an admin, who may do everything as far as rights go.
func anybody(name string) edit.Call { return as(name, auth.Admin) }

// as is a call by somebody.
func as(name string, role auth.Role, districts ...layout.ID) edit.Call {
	return edit.Call{Actor: auth.Principal{Name: name, Role: role, Districts: districts}}
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// area is an area of the newest version.
func (d desk) area(id layout.ID) layout.Feature {
	d.Helper()
	l := must[*layout.Layout](d)(d.store.Load(d.Context()))
	i := slices.IndexFunc(l.Features, func(f layout.Feature) bool { return f.ID == id })
	if i < 0 {
		d.Fatalf("there is no %s", id)
	}
	return l.Features[i]
}

// rename is the change that gives an area other names; "" leaves one as it is.
func (d desk) rename(id layout.ID, zh, en string) edit.Change {
	d.Helper()
	f := d.area(id)
	p := *f.Properties.(*layout.Area)
	if zh != "" {
		p.NameZH = zh
	}
	if en != "" {
		p.NameEN = en
	}
	base := f.Version
	f.Properties = &p
	return edit.Change{Change: store.Change{Op: store.Put, Feature: f}, Base: &base}
}

// save begins a draft with changes.
func (d desk) draft(call edit.Call, changes ...edit.Change) store.Changeset {
	d.Helper()
	c := must[store.Changeset](d)(d.Create(d.Context(), call, "draft of "+call.Actor.Name))
	for _, change := range changes {
		c = must[store.Changeset](d)(d.Save(d.Context(), call, c.ID, change))
	}
	return c
}

// approved takes a draft to its approval by a reviewer.
func (d desk) approved(call edit.Call, changes ...edit.Change) store.Changeset {
	d.Helper()
	c := d.draft(call, changes...)
	reasons := d.reasons(c)
	c = must[store.Changeset](d)(d.Submit(d.Context(), call, c.ID, "", reasons...))
	reviewer := anybody("rita")
	reviewer.Revision = c.Revision
	return must[store.Changeset](d)(d.Approve(d.Context(), reviewer, c.ID, "good", reasons...))
}

// reasons has one for each issue of a changeset.
func (d desk) reasons(c store.Changeset) []edit.Reason {
	d.Helper()
	var reasons []edit.Reason
	for _, i := range must[[]check.Issue](d)(d.Check(d.Context(), anybody("rita").Actor, c.ID)) {
		reasons = append(reasons, edit.Reason{Code: i.Code, Feature: i.Feature, With: i.With, Text: "it has to be so"})
	}
	return reasons
}

func (d desk) publish(call edit.Call, changes ...edit.Change) store.Changeset {
	d.Helper()
	c := d.approved(call, changes...)
	return must[store.Changeset](d)(d.Publish(d.Context(), anybody("rita"), c.ID, time.Time{}))
}

// wantKind fails the test unless err has a kind.
func wantKind(t testing.TB, err error, want layout.Kind) {
	t.Helper()
	if layout.KindOf(err) != want {
		t.Errorf("error %v, want kind %q", err, want)
	}
}
