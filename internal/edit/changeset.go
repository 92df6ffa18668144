package edit

import (
	"context"
	"strings"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// Create begins a draft.
func (e *Editor) Create(ctx context.Context, call Call, title string) (store.Changeset, error) {
	title = strings.TrimSpace(title)
	if err := plain("/title", title, MaxTitle); err != nil {
		return store.Changeset{}, err
	}
	return e.create(ctx, call, title, func(c store.Changeset) (move, error) {
		return e.begin(c, call.Actor, eventCreated, ""), nil
	})
}

// create takes the first step of a new changeset.
func (e *Editor) create(ctx context.Context, call Call, title string, next func(store.Changeset) (move, error)) (store.Changeset, error) {
	if !call.Actor.MayEver(auth.Draft) {
		return store.Changeset{}, call.Actor.Check(auth.Draft, auth.Thing{})
	}
	return e.take(ctx, call, func() (store.Changeset, error) {
		return store.Changeset{ID: e.NewID(), State: store.Drafted, Title: title, Author: call.Actor.Name, CreatedAt: e.now()}, nil
	}, next)
}

// Rename gives a draft another title.
func (e *Editor) Rename(ctx context.Context, call Call, id, title string) (store.Changeset, error) {
	title = strings.TrimSpace(title)
	if err := plain("/title", title, MaxTitle); err != nil {
		return store.Changeset{}, err
	}
	return e.change(ctx, call, id, func(c store.Changeset) (move, error) {
		if err := e.mayChange(c, call.Actor); err != nil {
			return move{}, err
		}
		m := e.begin(c, call.Actor, eventSaved, "")
		m.Changeset.Title = title
		return m, nil
	})
}

// mayChange is nil when the actor may change what the changeset is about.
func (e *Editor) mayChange(c store.Changeset, actor auth.Principal) error {
	return firstError(own(c, actor), in(c, "only drafts can be changed, and what changes were asked for", store.Drafted, store.ChangesAsked))
}

// Changeset returns a changeset as it is kept.
func (e *Editor) Changeset(ctx context.Context, actor auth.Principal, id string) (store.Changeset, error) {
	if err := actor.Check(auth.ReadHistory, auth.Thing{}); err != nil {
		return store.Changeset{}, err
	}
	return e.store.Changeset(ctx, id)
}

// Changesets lists changesets without items and events.
func (e *Editor) Changesets(ctx context.Context, actor auth.Principal, q store.ChangesetQuery) ([]store.Changeset, error) {
	if err := actor.Check(auth.ReadHistory, auth.Thing{}); err != nil {
		return nil, err
	}
	return e.store.Changesets(ctx, q)
}

// districts are those that the features lie in; a district lies in itself, and what is not there in none.
func districts(features ...*layout.Feature) []layout.ID {
	var list []layout.ID
	for _, f := range features {
		if f == nil {
			continue
		}
		switch p := f.Properties.(type) {
		case *layout.Area:
			list = append(list, p.Districts...)
		case *layout.Place:
			list = append(list, p.Districts...)
		case *layout.District:
			list = append(list, f.ID)
		}
	}
	return list
}
