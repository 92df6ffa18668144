package store

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
)

// StepRow is a step in the form of rows, checked: what it holds can be stored and read again.
type StepRow struct {
	Head    Changeset // times in UTC, whole microseconds
	Put     []ItemRow
	Drop    []Item
	Event   Event
	Receipt *Receipt
	Audit   *auth.Event
}

// ItemRow is one change of a changeset as both databases keep it.
type ItemRow struct {
	Row
	Base int64
}

// NewStepRow checks and encodes s. The error is invalid and lists everything that cannot be stored.
func NewStepRow(s Step) (StepRow, error) {
	r := StepRow{Head: s.Changeset, Drop: s.Drop, Event: s.Event, Receipt: s.Receipt, Audit: s.Audit}
	h := &r.Head
	h.CreatedAt, h.ChangedAt, h.PublishAt = micro(h.CreatedAt), micro(h.ChangedAt), micro(h.PublishAt)
	r.Event.Number, r.Event.At = h.Revision, micro(r.Event.At)
	violations := checkStep(r)
	for i, item := range s.Put {
		row, err := encode(item.Change)
		if err != nil {
			violations = append(violations, violation(fmt.Sprintf("/items/%d", i), err))
		}
		r.Put = append(r.Put, ItemRow{row, item.Base})
	}
	if len(violations) > 0 {
		return StepRow{}, layout.Invalid("changeset", violations...)
	}
	return r, nil
}

// micro is a time as both databases keep it; the zero time stays.
func micro(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.UTC().Truncate(time.Microsecond)
}

// checkStep checks what does not belong to a single item.
func checkStep(r StepRow) []layout.Violation {
	var found []layout.Violation
	if r.Head.ID == "" || r.Head.Revision < 1 || !slices.Contains(States(), r.Head.State) {
		found = append(found, violation("/", errors.New("a changeset needs an id, a revision from 1 and a state")))
	}
	texts := []struct{ path, text string }{
		{"/id", r.Head.ID}, {"/title", r.Head.Title}, {"/author", r.Head.Author}, {"/reviewer", r.Head.Reviewer},
		{"/event/author", r.Event.Author}, {"/event/kind", r.Event.Kind}, {"/event/text", r.Event.Text},
		{"/event/feature", string(r.Event.Collection+"/") + string(r.Event.Feature)},
	}
	if r.Receipt != nil {
		texts = append(texts, struct{ path, text string }{"/key", r.Receipt.Author + r.Receipt.Key + r.Receipt.Fingerprint})
	}
	for _, t := range texts {
		if err := checkText(t.text); err != nil {
			found = append(found, violation(t.path, err))
		}
	}
	if r.Event.Place != nil {
		if err := checkPositions(*r.Event.Place); err != nil {
			found = append(found, violation("/event/place", err))
		}
	}
	return found
}

// Item reads the row of a change.
func (r ItemRow) Item() (Item, error) {
	f, err := r.Feature(r.Base, time.Time{})
	return Item{Change{r.Op, f}, r.Base}, err
}
