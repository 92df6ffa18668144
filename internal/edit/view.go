package edit

import (
	"context"

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// View is a changeset as people look at it: each item beside what it was made on.
type View struct {
	store.Changeset
	Items []ViewItem
}

// ViewItem is one change with its surroundings.
type ViewItem struct {
	store.Item
	Before *layout.Feature // that it was made on; nil: it was not there
	Now    int64           // version of the feature that is published now; 0: none
	Parts  []Part          // what it changes: Base is before, Mine after
}

// Conflicting tells whether somebody else has published the feature since.
func (i ViewItem) Conflicting() bool { return i.Now != i.Base }

// Look returns the view of a changeset.
func (e *Editor) Look(ctx context.Context, c store.Changeset) (View, error) {
	l, err := e.published(ctx, max(least(c, nil), c.Version))
	if err != nil {
		return View{}, err
	}
	v := View{Changeset: c}
	for _, item := range c.Items {
		i := ViewItem{Item: item, Now: item.Base}
		now := find(l, keyOf(item.Feature))
		if c.State != store.Published && c.State != store.Withdrawn {
			i.Now = versionOf(now)
		}
		switch {
		case item.Base == 0:
		case versionOf(now) == item.Base:
			i.Before = now
		default:
			if i.Before, err = e.at(ctx, keyOf(item.Feature), item.Base); err != nil {
				return View{}, err
			}
		}
		if i.Before != nil && item.Op == store.Put {
			if i.Parts, err = partsOf(item.Feature.Collection, i.Before, i.Before, &item.Feature); err != nil {
				return View{}, err
			}
		}
		v.Items = append(v.Items, i)
	}
	return v, nil
}
