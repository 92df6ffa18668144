// Package edit is the one way to change a layout. The seed, and all that edits, publish through it: it
// applies the changes to the newest version, checks the rules of the layout on the result, and hands
// the whole to the store, which takes all of it or nothing. It knows no HTTP and no SQL.
package edit

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// Editor publishes changes to the layout of one store.
type Editor struct {
	store store.Store
	now   func() time.Time
}

// New returns an Editor of s that dates its versions by now.
func New(s store.Store, now func() time.Time) *Editor {
	return &Editor{store: s, now: now}
}

// Edit is a set of changes that becomes one version.
type Edit struct {
	Base     int64 // the version that the changes were made on
	Author   string
	Comment  string
	Document *layout.Document // nil leaves it as it is
	Changes  []store.Change
}

// Apply publishes e as the next version. Errors: stale when Base is not the newest version, invalid with
// every broken rule when the result would not be a layout, unavailable when the store is gone.
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
	after := apply(before, edit)
	if err := layout.Validate(after); err != nil {
		return store.Version{}, err
	}
	return e.store.Publish(ctx, store.Publication{
		Base:     edit.Base,
		At:       e.now().UTC().Truncate(time.Microsecond),
		Author:   edit.Author,
		Comment:  edit.Comment,
		Document: edit.Document,
		Changes:  edit.Changes,
	})
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

// apply returns the layout that edit makes of before, which it leaves alone.
func apply(before *layout.Layout, edit Edit) *layout.Layout {
	type key struct {
		collection layout.CollectionID
		id         layout.ID
	}
	changed := make(map[key]store.Change, len(edit.Changes))
	for _, c := range edit.Changes {
		changed[key{c.Feature.Collection, c.Feature.ID}] = c
	}
	after := &layout.Layout{Version: before.Version + 1, Document: before.Document}
	if edit.Document != nil {
		after.Document = *edit.Document
	}
	for _, f := range before.Features {
		if _, ok := changed[key{f.Collection, f.ID}]; !ok {
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
