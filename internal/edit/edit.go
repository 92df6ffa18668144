// Package edit is the one way to change a layout. Whoever edits, by the API, the page, an import or the
// command line, makes a changeset, which is saved, reviewed and published here: rights, then the rules of the
// matter and of the layout, then the store, which takes all of a step or nothing. It knows no HTTP and no SQL.
package edit

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// Store is what an Editor needs of a store.
type Store interface {
	store.Store
	store.Changesets
}

// Options are what an Editor needs besides its store.
type Options struct {
	Now   func() time.Time
	NewID func() string // names changesets; only an Editor that makes some needs it

	// Current returns a published layout that is at hand, which may be older than the newest; nil knows none.
	Current func() *layout.Layout

	// Unreviewed publishes what is submitted at once.
	Unreviewed bool
}

// Editor changes the layout of one store. All methods may be called at the same time.
type Editor struct {
	store Store
	Options
}

// now is the time as stores keep it.
func (e *Editor) now() time.Time { return e.Now().UTC().Truncate(time.Microsecond) }

// New returns an Editor of s.
func New(s Store, o Options) *Editor { return &Editor{store: s, Options: o} }

// Edit is a set of changes that becomes one version.
type Edit struct {
	Base     int64 // the version that the changes were made on
	Author   string
	Comment  string
	Document *layout.Document // nil leaves it as it is
	Changes  []store.Change
}

// Apply publishes e as the next version, without a changeset. Errors: stale when Base is not the newest
// version, invalid with every broken rule when the result would not be a layout, unavailable when the store
// is gone.
func (e *Editor) Apply(ctx context.Context, edit Edit) (store.Version, error) {
	before, err := e.newest(ctx)
	if err != nil {
		return store.Version{}, err
	}
	if edit.Base != before.Version {
		return store.Version{}, &layout.Error{
			Kind:     layout.KindStale,
			Concerns: fmt.Sprintf("version %d", edit.Base),
			Detail:   fmt.Sprintf("version %d has been published since", before.Version),
		}
	}
	p, err := e.publication(before, edit)
	if err != nil {
		return store.Version{}, err
	}
	return e.store.Publish(ctx, p)
}

// publication makes the version that follows before out of an edit; invalid when that would be no layout.
func (e *Editor) publication(before *layout.Layout, edit Edit) (store.Publication, error) {
	if err := layout.Validate(apply(before, edit)); err != nil {
		return store.Publication{}, err
	}
	at := e.now()
	if !at.After(before.PublishedAt) { // clocks of several servers differ; history goes forward
		at = before.PublishedAt.Add(time.Microsecond)
	}
	return store.Publication{
		Base:     before.Version,
		At:       at,
		Author:   edit.Author,
		Comment:  edit.Comment,
		Document: edit.Document,
		Changes:  edit.Changes,
	}, nil
}

// Seed publishes l as the first version of an empty store and says whether it did; a store that holds
// a version already is left as it is. When two servers seed at the same time, one of them does.
func (e *Editor) Seed(ctx context.Context, l *layout.Layout) (bool, error) {
	newest, err := e.newest(ctx)
	if err != nil || newest.Version > 0 {
		return false, err
	}
	changes := make([]store.Change, len(l.Features))
	for i, f := range l.Features {
		changes[i] = store.Change{Op: store.Put, Feature: f}
	}
	_, err = e.Apply(ctx, Edit{Comment: "seed", Document: &l.Document, Changes: changes})
	if layout.KindOf(err) == layout.KindStale {
		return false, nil
	}
	return err == nil, err
}

// newest returns the newest version, or version 0 without features for an empty store.
func (e *Editor) newest(ctx context.Context) (*layout.Layout, error) {
	l, err := e.store.Load(ctx)
	if layout.KindOf(err) == layout.KindNotFound {
		return &layout.Layout{}, nil
	}
	return l, err
}

// published returns a published layout of version least or above: the one at hand where it will do.
func (e *Editor) published(ctx context.Context, least int64) (*layout.Layout, error) {
	if e.Current != nil {
		if l := e.Current(); l != nil && l.Version >= least {
			return l, nil
		}
	}
	return e.newest(ctx)
}

// key names a feature.
type key struct {
	collection layout.CollectionID
	id         layout.ID
}

func keyOf(f layout.Feature) key { return key{f.Collection, f.ID} }

// find returns a feature of l; nil when it is not there.
func find(l *layout.Layout, k key) *layout.Feature {
	if i := slices.IndexFunc(l.Features, func(f layout.Feature) bool { return keyOf(f) == k }); i >= 0 {
		return &l.Features[i]
	}
	return nil
}

// versionOf is the version that last changed f; 0 for nil.
func versionOf(f *layout.Feature) int64 {
	if f == nil {
		return 0
	}
	return f.Version
}

// apply returns the layout that edit makes of before, which it leaves alone.
func apply(before *layout.Layout, edit Edit) *layout.Layout {
	changed := make(map[key]store.Change, len(edit.Changes))
	for _, c := range edit.Changes {
		changed[keyOf(c.Feature)] = c
	}
	after := &layout.Layout{Version: before.Version + 1, Document: before.Document}
	if edit.Document != nil {
		after.Document = *edit.Document
	}
	for _, f := range before.Features {
		if _, ok := changed[keyOf(f)]; !ok {
			after.Features = append(after.Features, f)
		}
	}
	for _, c := range edit.Changes {
		if c.Op == store.Put {
			after.Features = append(after.Features, c.Feature)
		}
	}
	slices.SortFunc(after.Features, layout.Compare)
	return after
}
