package edit

import (
	"context"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/auth"
	"parkmap/internal/check"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// Submit hands a draft to the reviewers: text says what it changes and becomes the title where there is none.
// Nothing goes to review that could not be published: conflicts and broken rules are refused. Without review
// it is published at once. Each warning of the checks needs a reason.
func (e *Editor) Submit(ctx context.Context, call Call, id, text string, reasons ...Reason) (store.Changeset, error) {
	if err := firstError(plain("/text", text, MaxText), checkReasons(reasons)); err != nil {
		return store.Changeset{}, err
	}
	return e.change(ctx, call, id, func(c store.Changeset) (move, error) {
		if err := e.mayChange(c, call.Actor); err != nil {
			return move{}, err
		}
		return e.submit(ctx, e.begin(c, call.Actor, eventSubmitted, text), c, call.Actor, func(list []check.Issue) (string, error) {
			return accept(c, list, reasons, isWarning)
		})
	})
}

// submit makes a move the one that hands c to the reviewers; reasoned returns the reasons for its issues.
func (e *Editor) submit(ctx context.Context, m move, c store.Changeset, actor auth.Principal, reasoned func([]check.Issue) (string, error)) (move, error) {
	if m.Changeset.Title == "" {
		m.Changeset.Title = firstLine(m.Event.Text)
	}
	if m.Changeset.Title == "" {
		return move{}, invalid(layout.RuleText, "/text", "say what is changed, and why")
	}
	l, err := e.publishable(ctx, c)
	if err != nil {
		return move{}, err
	}
	for _, item := range c.Items {
		change := item.Change
		if err := e.checkChange(l, c, change, actor, find(l, keyOf(item.Feature))); err != nil {
			return move{}, err
		}
	}
	list, err := issues(l, c)
	if err == nil {
		err = blocked(c, list)
	}
	if err != nil {
		return move{}, err
	}
	because, err := reasoned(list)
	if err != nil {
		return move{}, err
	}
	m.Event.Text = strings.TrimSpace(m.Event.Text + "\n" + because)
	m.Changeset.State = store.InReview
	if e.Unreviewed {
		m.Event.Kind = eventPublished
		return e.publish(l, m, c)
	}
	return m, nil
}

// firstLine is the first line of a text as a title.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	runes := []rune(strings.TrimSpace(line))
	return string(runes[:min(len(runes), MaxTitle)])
}

// Propose makes a changeset of one change and submits it. Warnings are left to the reviewer.
func (e *Editor) Propose(ctx context.Context, call Call, title string, change Change) (store.Changeset, error) {
	if err := plain("/title", title, MaxTitle); err != nil {
		return store.Changeset{}, err
	}
	return e.create(ctx, call, title, func(c store.Changeset) (move, error) {
		m, err := e.save(ctx, e.begin(c, call.Actor, eventSubmitted, ""), c, call.Actor, change)
		if err != nil {
			return move{}, err
		}
		return e.submit(ctx, m, after(c, m.Step), call.Actor, func([]check.Issue) (string, error) { return "", nil })
	})
}

// Ask gives a changeset back to its author, with what has to change.
func (e *Editor) Ask(ctx context.Context, call Call, id, text string) (store.Changeset, error) {
	if err := firstError(plain("/text", text, MaxText), stated("/text", text, "say what has to change")); err != nil {
		return store.Changeset{}, err
	}
	return e.change(ctx, call, id, func(c store.Changeset) (move, error) {
		err := firstError(call.Actor.Check(auth.Review, auth.Thing{Author: c.Author}), another(c, call.Actor),
			in(c, "changes are asked for in review, and before it is published", store.InReview, store.Approved))
		m := e.begin(c, call.Actor, eventAsked, text)
		m.Changeset.State, m.Changeset.Reviewer, m.Changeset.PublishAt = store.ChangesAsked, call.Actor.Name, time.Time{}
		return m, err
	})
}

// stated is nil when a text says something.
func stated(path, text, detail string) error {
	if strings.TrimSpace(text) == "" {
		return invalid(layout.RuleText, path, detail)
	}
	return nil
}

// Approve says that a changeset may be published. The caller names the revision that was looked at, and accepts
// with a reason each issue that only a reviewer can lift.
func (e *Editor) Approve(ctx context.Context, call Call, id, text string, reasons ...Reason) (store.Changeset, error) {
	if call.Revision == 0 {
		return store.Changeset{}, &layout.Error{Kind: layout.KindUnstated, Concerns: "changeset " + id, Detail: "say which revision of it you have looked at"}
	}
	if err := firstError(plain("/text", text, MaxText), checkReasons(reasons)); err != nil {
		return store.Changeset{}, err
	}
	return e.change(ctx, call, id, func(c store.Changeset) (move, error) {
		err := firstError(call.Actor.Check(auth.Review, auth.Thing{Author: c.Author}), another(c, call.Actor),
			in(c, "only what is in review can be approved", store.InReview))
		if err != nil {
			return move{}, err
		}
		l, err := e.publishable(ctx, c)
		if err != nil {
			return move{}, err
		}
		list, err := issues(l, c)
		if err != nil {
			return move{}, err
		}
		because, err := accept(c, list, reasons, isLifted)
		if err != nil {
			return move{}, err
		}
		m := e.begin(c, call.Actor, eventApproved, strings.TrimSpace(text+"\n"+because))
		m.Changeset.State, m.Changeset.Reviewer = store.Approved, call.Actor.Name
		return m, nil
	})
}

// Publish makes the next version of an approved changeset: at once, or at a time in the future.
func (e *Editor) Publish(ctx context.Context, call Call, id string, at time.Time) (store.Changeset, error) {
	return e.change(ctx, call, id, func(c store.Changeset) (move, error) {
		err := firstError(call.Actor.Check(auth.Publish, auth.Thing{Author: c.Author}), another(c, call.Actor),
			in(c, "only what is approved can be published", store.Approved))
		if err != nil {
			return move{}, err
		}
		l, err := e.publishable(ctx, c)
		if err != nil {
			return move{}, err
		}
		if at.After(e.now()) {
			m := e.begin(c, call.Actor, eventScheduled, at.UTC().Format(time.RFC3339))
			m.Changeset.PublishAt = at.UTC().Truncate(time.Microsecond)
			return m, nil
		}
		return e.publish(l, e.begin(c, call.Actor, eventPublished, ""), c)
	})
}

// publish makes a move the one with which c becomes the version after l.
func (e *Editor) publish(l *layout.Layout, m move, c store.Changeset) (move, error) {
	p, err := e.publication(l, Edit{Author: c.Author, Comment: m.Changeset.Title, Changes: changesOf(c)})
	if err != nil {
		return move{}, err
	}
	m.Changeset.State, m.Changeset.Version, m.Changeset.PublishAt = store.Published, l.Version+1, time.Time{}
	m.publication = &p
	return m, nil
}

// publishable returns the newest version if c could follow it: it changes something, nobody has published what
// it changes, and the result is a layout. The error of a conflict is a *Clash.
func (e *Editor) publishable(ctx context.Context, c store.Changeset) (*layout.Layout, error) {
	if len(c.Items) == 0 {
		return nil, wrongState(c, "it changes nothing")
	}
	l, err := e.newest(ctx)
	if err != nil {
		return nil, err
	}
	conflicts, err := e.conflicts(ctx, l, c)
	if err != nil {
		return nil, err
	}
	if len(conflicts) > 0 {
		return nil, &Clash{c.ID, conflicts}
	}
	return l, layout.Validate(apply(l, Edit{Changes: changesOf(c)}))
}

// Withdraw ends a changeset that is not published. Its author may, and whoever may review it.
func (e *Editor) Withdraw(ctx context.Context, call Call, id, text string) (store.Changeset, error) {
	if err := plain("/text", text, MaxText); err != nil {
		return store.Changeset{}, err
	}
	return e.change(ctx, call, id, func(c store.Changeset) (move, error) {
		if own(c, call.Actor) != nil {
			if err := call.Actor.Check(auth.Review, auth.Thing{Author: c.Author}); err != nil {
				return move{}, err
			}
		}
		err := in(c, "there is nothing to withdraw", store.Drafted, store.InReview, store.ChangesAsked, store.Approved)
		m := e.begin(c, call.Actor, eventWithdrawn, text)
		m.Changeset.State, m.Changeset.PublishAt = store.Withdrawn, time.Time{}
		return m, err
	})
}

// Remark is a comment: on a changeset, on a feature of it, or pinned to a place.
type Remark struct {
	Text       string
	Collection layout.CollectionID
	Feature    layout.ID
	Place      *[2]float64 // lon/lat
}

// Comment adds a remark to a changeset, whatever its state.
func (e *Editor) Comment(ctx context.Context, call Call, id string, r Remark) (store.Changeset, error) {
	if err := firstError(plain("/text", r.Text, MaxText), stated("/text", r.Text, "a comment says something")); err != nil {
		return store.Changeset{}, err
	}
	if p := r.Place; p != nil && !(p[0] >= -180 && p[0] <= 180 && p[1] >= -90 && p[1] <= 90) {
		return store.Changeset{}, invalid(layout.RuleValue, "/place", "a place is longitude and latitude in degrees")
	}
	return e.change(ctx, call, id, func(c store.Changeset) (move, error) {
		if err := call.Actor.Check(auth.Comment, auth.Thing{Author: c.Author}); err != nil {
			return move{}, err
		}
		if r.Feature != "" && itemOf(c, key{r.Collection, r.Feature}) == nil {
			return move{}, invalid(layout.RuleKnownFeature, "/feature", "the changeset does not change this feature")
		}
		m := e.begin(c, call.Actor, eventCommented, r.Text)
		m.Event.Collection, m.Event.Feature = r.Collection, r.Feature
		if r.Place != nil {
			m.Event.Place = (*orb.Point)(r.Place)
		}
		return m, nil
	})
}
