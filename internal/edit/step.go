package edit

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// Limits of a changeset.
const (
	MaxItems = 1000
	MaxTitle = 200  // characters
	MaxText  = 4000 // characters of a comment or reason
)

// maxTries bounds how often a step begins anew because somebody else was first.
const maxTries = 100

// Call is what every call has.
type Call struct {
	Actor    auth.Principal
	Address  string // of the client; "" for commands
	Revision int64  // that the caller has seen; 0 does not say

	receipt *store.Receipt
}

// What events are called.
const (
	eventCreated   = "created"
	eventSaved     = "saved"
	eventDeleted   = "deleted"
	eventDiscarded = "discarded"
	eventResolved  = "resolved"
	eventSubmitted = "submitted"
	eventAsked     = "changes-asked"
	eventApproved  = "approved"
	eventScheduled = "scheduled"
	eventPublished = "published"
	eventWithdrawn = "withdrawn"
	eventCommented = "commented"
	eventConflict  = "conflict"
)

// move is a step in the making: the changeset as it is to be, and the version that it becomes with the step.
type move struct {
	store.Step
	publication *store.Publication // nil for none
}

// begin makes the move that follows from c, with nothing changed yet.
func (e *Editor) begin(c store.Changeset, actor auth.Principal, kind, text string) move {
	now := e.now()
	c.Revision++
	c.ChangedAt = now
	c.Items, c.Events = nil, nil
	return move{Step: store.Step{Changeset: c, Event: store.Event{At: now, Author: actor.Name, Kind: kind, Text: text}}}
}

// audited tells whether a step goes into the audit log besides the record of its changeset.
func audited(kind string) bool {
	return slices.Contains([]string{eventSubmitted, eventAsked, eventApproved, eventScheduled, eventPublished, eventWithdrawn}, kind)
}

// audit is what the audit log says of a step; nil for nothing.
func audit(s store.Step, address string) *auth.Event {
	if !audited(s.Event.Kind) {
		return nil
	}
	e := auth.Event{At: s.Event.At, Actor: s.Event.Author, Action: "changeset-" + s.Event.Kind, Subject: s.Changeset.ID, Address: address}
	if s.Changeset.Version > 0 {
		e.Detail = fmt.Sprintf("version %d", s.Changeset.Version)
	}
	return &e
}

// change reads a changeset and takes the step that next makes of it. When somebody else takes one meanwhile, or
// publishes, it begins anew; a caller who named a revision is told that it is stale instead.
func (e *Editor) change(ctx context.Context, call Call, id string, next func(store.Changeset) (move, error)) (store.Changeset, error) {
	return e.take(ctx, call, func() (store.Changeset, error) {
		c, err := e.store.Changeset(ctx, id)
		if err == nil && call.Revision != 0 && call.Revision != c.Revision {
			err = store.Moved(id)
		}
		return c, err
	}, next)
}

func (e *Editor) take(ctx context.Context, call Call, read func() (store.Changeset, error), next func(store.Changeset) (move, error)) (store.Changeset, error) {
	var err error
	for range maxTries {
		var c store.Changeset
		var m move
		if c, err = read(); err != nil {
			return c, err
		}
		if m, err = next(c); err != nil {
			return c, err
		}
		if m.Receipt = call.receipt; m.Receipt != nil {
			m.Receipt.Changeset = m.Changeset.ID
		}
		m.Audit = audit(m.Step, call.Address)
		if m.publication == nil {
			err = e.store.Step(ctx, m.Step)
		} else {
			m.publication.Step = &m.Step
			_, err = e.store.Publish(ctx, *m.publication)
		}
		if layout.KindOf(err) != layout.KindStale {
			return after(c, m.Step), err
		}
	}
	return store.Changeset{}, err
}

// after is the changeset that a step makes of c.
func after(c store.Changeset, s store.Step) store.Changeset {
	items := slices.DeleteFunc(slices.Clone(c.Items), func(i store.Item) bool {
		same := func(j store.Item) bool { return keyOf(i.Feature) == keyOf(j.Feature) }
		return slices.ContainsFunc(s.Put, same) || slices.ContainsFunc(s.Drop, same)
	})
	for _, item := range s.Put {
		item.Feature.Version, item.Feature.ChangedAt = item.Base, time.Time{}
		items = append(items, item)
	}
	slices.SortFunc(items, func(a, b store.Item) int { return layout.Compare(a.Feature, b.Feature) })
	s.Event.Number = s.Changeset.Revision
	events := append(slices.Clone(c.Events), s.Event)
	c = s.Changeset
	c.Items, c.Events = items, events
	return c
}

// Key is the name that the caller of a creating call has given it, so that a repeated call is known.
type Key struct {
	Name        string
	Fingerprint string // of all that was asked
}

// Once runs do unless a call with the same key of the same actor has been made: then it returns the changeset
// that one made or moved, and true. A key that came with another fingerprint is invalid. Without a name it
// only runs do.
func (e *Editor) Once(ctx context.Context, actor auth.Principal, k Key, do func(Call) (store.Changeset, error)) (store.Changeset, bool, error) {
	call := Call{Actor: actor}
	if k.Name == "" {
		c, err := do(call)
		return c, false, err
	}
	if c, known, err := e.repeated(ctx, actor, k); known || err != nil {
		return c, known, err
	}
	call.receipt = &store.Receipt{Author: actor.Name, Key: k.Name, Fingerprint: k.Fingerprint, At: e.now()}
	c, err := do(call)
	if err == nil {
		return c, false, nil
	}
	if again, known, failed := e.repeated(ctx, actor, k); known && failed == nil { // it was made in the meantime
		return again, true, nil
	}
	return c, false, err
}

func (e *Editor) repeated(ctx context.Context, actor auth.Principal, k Key) (store.Changeset, bool, error) {
	r, err := e.store.Receipt(ctx, actor.Name, k.Name)
	switch {
	case layout.KindOf(err) == layout.KindNotFound:
		return store.Changeset{}, false, nil
	case err != nil:
		return store.Changeset{}, false, err
	case r.Fingerprint != k.Fingerprint:
		return store.Changeset{}, false, invalid("key", "Idempotency-Key", "the key was used for another call")
	}
	c, err := e.store.Changeset(ctx, r.Changeset)
	return c, true, err
}

// invalid says what is wrong with one part of what was asked.
func invalid(rule, path, detail string) error {
	return layout.Invalid("", layout.Violation{Rule: rule, Path: path, Detail: detail})
}

// plain checks a text of people: no control characters, at most so many characters.
func plain(path, text string, most int) error {
	switch {
	case !utf8.ValidString(text):
		return invalid(layout.RuleText, path, "is no UTF-8 text")
	case utf8.RuneCountInString(text) > most:
		return invalid(layout.RuleLimit, path, fmt.Sprintf("is longer than %d characters", most))
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f }):
		return invalid(layout.RuleText, path, "holds a control character")
	}
	return nil
}

// wrongState says that a changeset is not where a step may be taken.
func wrongState(c store.Changeset, detail string) error {
	return &layout.Error{Kind: layout.KindConflict, Concerns: "changeset " + c.ID, Detail: "it is " + string(c.State) + "; " + detail}
}

// in is nil when the changeset is in one of the states.
func in(c store.Changeset, detail string, states ...store.State) error {
	if slices.Contains(states, c.State) {
		return nil
	}
	return wrongState(c, detail)
}

// own is nil when the actor is the author.
func own(c store.Changeset, actor auth.Principal) error {
	if c.Author == actor.Name && actor.Name != "" {
		return nil
	}
	return &layout.Error{Kind: layout.KindForbidden, Concerns: "changeset " + c.ID, Detail: "only its author may change it"}
}

// another is nil when the actor is not the author.
func another(c store.Changeset, actor auth.Principal) error {
	if c.Author != actor.Name {
		return nil
	}
	return &layout.Error{Kind: layout.KindForbidden, Concerns: "changeset " + c.ID, Detail: "nobody decides on their own work"}
}

// firstError returns the first error that is not nil.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
