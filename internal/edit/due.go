package edit

import (
	"context"
	"errors"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// PublishDue publishes the approved changesets whose time has come, and returns how many. Any number of servers
// may do so at once: each changeset is published once. What can no longer be published, because of a conflict
// or a rule, is left approved without a time, with the reason on record.
func (e *Editor) PublishDue(ctx context.Context) (int, error) {
	ids, err := e.store.Due(ctx, e.now())
	if err != nil {
		return 0, err
	}
	published := 0
	for _, id := range ids {
		done, err := e.publishDue(ctx, id)
		if err != nil {
			return published, err
		}
		if done {
			published++
		}
	}
	return published, nil
}

// errNotDue says that another server was faster.
var errNotDue = errors.New("not due")

func (e *Editor) publishDue(ctx context.Context, id string) (bool, error) {
	c, err := e.change(ctx, Call{}, id, func(c store.Changeset) (move, error) {
		if c.State != store.Approved || c.PublishAt.IsZero() || c.PublishAt.After(e.now()) {
			return move{}, errNotDue
		}
		by := auth.Principal{Name: c.Reviewer}
		l, err := e.publishable(ctx, c)
		switch layout.KindOf(err) {
		case layout.KindConflict, layout.KindInvalid:
			m := e.begin(c, by, eventConflict, err.Error())
			m.Changeset.PublishAt = time.Time{}
			return m, nil
		}
		if err != nil {
			return move{}, err
		}
		return e.publish(l, e.begin(c, by, eventPublished, ""), c)
	})
	if errors.Is(err, errNotDue) {
		return false, nil
	}
	return c.State == store.Published, err
}
