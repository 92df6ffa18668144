package edit

import (
	"context"
	"fmt"
	"slices"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// Change is what a caller wants to do to one feature.
type Change struct {
	store.Change

	// Base is the version that last changed the feature when the caller looked at it; nil does not say, which
	// is enough for features that are new, and for those that the draft changes already.
	Base *int64

	// Any says that the feature may be at whatever version it is, instead of Base. It has to be there.
	Any bool

	// Patch is a JSON merge patch (RFC 7396) that makes the feature out of what it is; nil for none.
	Patch []byte
}

// Save makes a change part of a draft, in place of what the draft did to that feature before. It is checked by
// itself; what it was made on may be out of date: see Conflicts.
func (e *Editor) Save(ctx context.Context, call Call, id string, change Change) (store.Changeset, error) {
	return e.change(ctx, call, id, func(c store.Changeset) (move, error) {
		if err := e.mayChange(c, call.Actor); err != nil {
			return move{}, err
		}
		kind := eventSaved
		if change.Op == store.Delete {
			kind = eventDeleted
		}
		return e.save(ctx, e.begin(c, call.Actor, kind, ""), c, call.Actor, change)
	})
}

// save adds a change to a move.
func (e *Editor) save(ctx context.Context, m move, c store.Changeset, actor auth.Principal, change Change) (move, error) {
	k := keyOf(change.Feature)
	l, err := e.published(ctx, least(c, change.Base))
	if change.Any {
		l, err = e.newest(ctx) // the one at hand may be behind
	}
	if err != nil {
		return move{}, err
	}
	now, item := find(l, k), itemOf(c, k)
	base, err := e.base(ctx, change, now, item)
	if err != nil {
		return move{}, err
	}
	made, err := made(change, now, item)
	if err != nil {
		return move{}, err
	}
	if err := e.checkChange(l, c, made, actor, now); err != nil {
		return move{}, err
	}
	m.Event.Collection, m.Event.Feature = k.collection, k.id
	if made.Op == store.Delete && base == 0 { // the layout never had it
		m.Drop = append(m.Drop, store.Item{Change: made})
		return m, nil
	}
	if item == nil && len(c.Items)+len(m.Put) >= MaxItems {
		return move{}, invalid(layout.RuleLimit, "", fmt.Sprintf("a changeset changes at most %d features", MaxItems))
	}
	m.Put = append(m.Put, store.Item{Change: made, Base: base})
	return m, nil
}

// least is the version that a layout must have for c and a change to be compared with it.
func least(c store.Changeset, base *int64) int64 {
	var n int64
	if base != nil {
		n = *base
	}
	for _, item := range c.Items {
		n = max(n, item.Base)
	}
	return n
}

func itemOf(c store.Changeset, k key) *store.Item {
	if i := slices.IndexFunc(c.Items, func(i store.Item) bool { return keyOf(i.Feature) == k }); i >= 0 {
		return &c.Items[i]
	}
	return nil
}

// base decides which version of a feature a change was made on. What the draft has changed already keeps its
// base until a conflict is resolved.
func (e *Editor) base(ctx context.Context, change Change, now *layout.Feature, item *store.Item) (int64, error) {
	given := change.Base
	k := keyOf(change.Feature)
	switch {
	case item != nil && given != nil && *given != item.Base:
		return 0, &layout.Error{
			Kind: layout.KindStale, Concerns: fmt.Sprintf("feature %q of %s", k.id, k.collection),
			Detail: fmt.Sprintf("the draft changes version %d of it, not version %d", item.Base, *given),
		}
	case item != nil:
		return item.Base, nil
	case change.Any && now == nil:
		return 0, layout.NotFound("feature of "+string(k.collection), k.id)
	case change.Any:
		return now.Version, nil
	case given == nil && now == nil:
		return 0, nil
	case given == nil:
		return 0, &layout.Error{
			Kind: layout.KindUnstated, Concerns: fmt.Sprintf("feature %q of %s", k.id, k.collection),
			Detail: fmt.Sprintf("say which version of it you have changed; it is at version %d", now.Version),
		}
	case *given == versionOf(now) || *given == 0:
		return *given, nil
	}
	was, err := e.at(ctx, k, *given)
	if err != nil && layout.KindOf(err) != layout.KindNotFound {
		return 0, err
	}
	if versionOf(was) != *given {
		return 0, invalid(layout.RuleValue, "base", fmt.Sprintf("version %d did not change this feature", *given))
	}
	return *given, nil
}

// at returns a feature as version n had it; nil when it was not there.
func (e *Editor) at(ctx context.Context, k key, n int64) (*layout.Feature, error) {
	list, err := e.store.Revisions(ctx, k.collection, k.id, n+1, 1)
	if err != nil || list[0].Op == store.Delete {
		return nil, err
	}
	return &list[0].Feature, nil
}

// made is the change with its patch applied, to what the draft has made of the feature or to what is published.
func made(change Change, now *layout.Feature, item *store.Item) (store.Change, error) {
	out := change.Change
	if item != nil {
		now = nil
		if item.Op == store.Put {
			now = &item.Feature
		}
	}
	if now == nil && (change.Patch != nil || out.Op == store.Delete) {
		return out, layout.NotFound("feature of "+string(out.Feature.Collection), out.Feature.ID)
	}
	if out.Op == store.Delete {
		out.Feature = layout.Feature{Collection: out.Feature.Collection, ID: out.Feature.ID}
	}
	if change.Patch == nil {
		return out, nil
	}
	var err error
	out.Feature, err = patched(*now, change.Patch)
	return out, err
}

// checkChange checks rights and rules of one change.
func (e *Editor) checkChange(l *layout.Layout, c store.Changeset, change store.Change, actor auth.Principal, now *layout.Feature) error {
	f := &change.Feature
	if change.Op == store.Delete {
		return actor.Check(auth.Draft, auth.Thing{Districts: districts(now), Author: c.Author})
	}
	if err := actor.Check(auth.Draft, auth.Thing{Districts: districts(now, f), Author: c.Author}); err != nil {
		return err
	}
	changes := []store.Change{change}
	for _, item := range c.Items {
		if keyOf(item.Feature) != keyOf(*f) {
			changes = append(changes, item.Change)
		}
	}
	return layout.ValidateFeature(apply(l, Edit{Changes: changes}), *f)
}

// Discard takes the change of one feature out of a draft.
func (e *Editor) Discard(ctx context.Context, call Call, id string, collection layout.CollectionID, feature layout.ID) (store.Changeset, error) {
	return e.change(ctx, call, id, func(c store.Changeset) (move, error) {
		if err := e.mayChange(c, call.Actor); err != nil {
			return move{}, err
		}
		item := itemOf(c, key{collection, feature})
		if item == nil {
			return move{}, layout.NotFound("change of "+string(collection), feature)
		}
		m := e.begin(c, call.Actor, eventDiscarded, "")
		m.Event.Collection, m.Event.Feature = collection, feature
		m.Drop = []store.Item{*item}
		return m, nil
	})
}
