package edit

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"parkmap/internal/auth"
	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// Difference is one feature that two states of a layout do not share.
type Difference struct {
	Collection layout.CollectionID
	ID         layout.ID
	Before     *layout.Feature // nil: it was not there
	After      *layout.Feature // nil: it is not there
	Parts      []Part          // what has changed of a feature that both have: Base is before, Mine after
}

// AreaKM2 returns how large a feature is on the earth; 0 for nil and for what has no surface.
func AreaKM2(f *layout.Feature) float64 {
	if f == nil || f.Geometry == nil {
		return 0
	}
	return geo.Km2(geo.AreaM2(f.Geometry))
}

// version returns version n, the one at hand where it is that.
func (e *Editor) version(ctx context.Context, n int64) (*layout.Layout, error) {
	if e.Current != nil {
		if l := e.Current(); l != nil && l.Version == n {
			return l, nil
		}
	}
	return e.store.LoadVersion(ctx, n)
}

// Compare lists the features in which two layouts differ, those that are gone among the others.
func Compare(before, after *layout.Layout) ([]Difference, error) {
	var list []Difference
	old, now := before.Features, after.Features
	for len(old) > 0 || len(now) > 0 {
		d := Difference{}
		switch c := order(old, now); {
		case c < 0:
			d.Before, old = &old[0], old[1:]
		case c > 0:
			d.After, now = &now[0], now[1:]
		default:
			d.Before, d.After, old, now = &old[0], &now[0], old[1:], now[1:]
		}
		differs, err := d.complete()
		if err != nil {
			return nil, err
		}
		if differs {
			list = append(list, d)
		}
	}
	return list, nil
}

// order compares the first features of two lists; an empty one comes last. A feature whose kind has changed may
// stand in another place, and is told as gone and new.
func order(a, b []layout.Feature) int {
	switch {
	case len(a) == 0:
		return 1
	case len(b) == 0:
		return -1
	}
	return layout.Compare(a[0], b[0])
}

// complete fills in what follows from before and after, and says whether there is a difference.
func (d *Difference) complete() (bool, error) {
	f := d.After
	if f == nil {
		f = d.Before
	}
	d.Collection, d.ID = f.Collection, f.ID
	if d.Before == nil || d.After == nil {
		return true, nil
	}
	if d.Before.Version == d.After.Version {
		return false, nil
	}
	var err error
	d.Parts, err = partsOf(d.Collection, d.Before, d.Before, d.After)
	return len(d.Parts) > 0, err
}

// History lists the revisions of the feature of an id by versions below before (0: from the newest), newest
// first, at most limit. The id may be that of a feature that is gone.
func (e *Editor) History(ctx context.Context, id layout.ID, before int64, limit int) ([]store.Revision, error) {
	l, err := e.published(ctx, 0)
	if err != nil {
		return nil, err
	}
	for _, f := range l.Features {
		if f.ID == id {
			return e.store.Revisions(ctx, f.Collection, id, before, limit)
		}
	}
	for _, c := range layout.Collections() {
		list, err := e.store.Revisions(ctx, c, id, before, limit)
		if layout.KindOf(err) != layout.KindNotFound {
			return list, err
		}
	}
	return nil, layout.NotFound("feature", id)
}

// Versions lists versions below before (0: from the newest), newest first, at most limit.
func (e *Editor) Versions(ctx context.Context, before int64, limit int) ([]store.Version, error) {
	return e.store.Versions(ctx, before, limit)
}

// Version returns version n.
func (e *Editor) Version(ctx context.Context, n int64) (store.Version, error) {
	list, err := e.store.Versions(ctx, n+1, 1)
	if err == nil && (n < 1 || len(list) == 0 || list[0].Number != n) {
		err = store.NoVersion(n)
	}
	if err != nil {
		return store.Version{}, err
	}
	return list[0], nil
}

// Restore begins a draft that brings back what version n had: of the features of some ids, or of all that differ
// where none are named.
func (e *Editor) Restore(ctx context.Context, call Call, title string, n int64, ids []layout.ID) (store.Changeset, error) {
	if err := plain("/title", title, MaxTitle); err != nil {
		return store.Changeset{}, err
	}
	old, err := e.version(ctx, n)
	if err != nil {
		return store.Changeset{}, err
	}
	return e.create(ctx, call, title, func(c store.Changeset) (move, error) {
		now, err := e.newest(ctx)
		if err != nil {
			return move{}, err
		}
		m := e.begin(c, call.Actor, eventCreated, fmt.Sprintf("restore version %d", n))
		if m.Put, err = restored(old, now, ids); err != nil {
			return move{}, err
		}
		for _, item := range m.Put {
			thing := auth.Thing{Districts: districts(find(now, keyOf(item.Feature)), find(old, keyOf(item.Feature))), Author: c.Author}
			if err := call.Actor.Check(auth.Draft, thing); err != nil {
				return move{}, err
			}
		}
		return m, nil
	})
}

// restored lists the changes that make now what old was.
func restored(old, now *layout.Layout, ids []layout.ID) ([]store.Item, error) {
	list, err := Compare(now, old)
	if err != nil {
		return nil, err
	}
	items := map[key]store.Item{}
	for _, d := range list {
		k := key{d.Collection, d.ID}
		if len(ids) > 0 && !slices.Contains(ids, d.ID) {
			continue
		}
		if d.After != nil {
			items[k] = store.Item{Change: store.Change{Op: store.Put, Feature: *d.After}, Base: versionOf(find(now, k))}
		} else if find(old, k) == nil {
			items[k] = store.Item{Change: store.Change{Op: store.Delete, Feature: layout.Feature{Collection: d.Collection, ID: d.ID}}, Base: d.Before.Version}
		}
	}
	switch {
	case len(items) == 0:
		return nil, &layout.Error{Kind: layout.KindConflict, Concerns: fmt.Sprintf("version %d", old.Version), Detail: "nothing differs from what is published now"}
	case len(items) > MaxItems:
		return nil, invalid(layout.RuleLimit, "", fmt.Sprintf("a changeset changes at most %d features; name those to restore", MaxItems))
	}
	return slices.SortedFunc(maps.Values(items), func(a, b store.Item) int { return layout.Compare(a.Feature, b.Feature) }), nil
}
