package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
)

// Changesets keeps the sets of changes that are to become versions, from the first draft to their end.
// It does not ask whether a step is allowed. All methods may be called at the same time; errors are those
// of Store.
type Changesets interface {
	// Changeset returns one with its items by layout.Compare and its events, oldest first.
	Changeset(ctx context.Context, id string) (Changeset, error)

	// Changesets lists changesets without items and events, those that changed last first.
	Changesets(ctx context.Context, q ChangesetQuery) ([]Changeset, error)

	// Step takes a changeset one step on, all of it or nothing; it is durable when Step returns. Stale when
	// the changeset is not at the revision before that of the step any more. An error that is ErrRepeated
	// says that the receipt of the step is there already.
	Step(ctx context.Context, s Step) error

	// Due lists the ids of the approved changesets that are to be published by a time, the earliest first.
	Due(ctx context.Context, by time.Time) ([]string, error)

	// Receipt returns what a call left under a key of an author; not-found when there was none.
	Receipt(ctx context.Context, author, key string) (Receipt, error)
}

// State says how far a changeset has come.
type State string

// The states.
const (
	Drafted      State = "draft"
	InReview     State = "in-review"
	ChangesAsked State = "changes-asked"
	Approved     State = "approved"
	Published    State = "published"
	Withdrawn    State = "withdrawn"
)

// States lists the states in the order in which a changeset goes through them.
func States() []State {
	return []State{Drafted, InReview, ChangesAsked, Approved, Published, Withdrawn}
}

// Changeset is a set of changes by one author.
type Changeset struct {
	ID        string
	Revision  int64 // grows by one with each step, from 1
	State     State
	Title     string
	Author    string
	Reviewer  string // who decided last; "" before
	CreatedAt time.Time
	ChangedAt time.Time
	PublishAt time.Time // when an approved one is to be published; zero: when somebody does
	Version   int64     // that it became; 0 before

	Items  []Item
	Events []Event
}

// Item is one change of a changeset.
type Item struct {
	Change       // the version of its feature is Base
	Base   int64 // the version that last changed the feature when the change was made; 0: it was not there
}

// Event is one step on record. Its number is the revision that it made.
type Event struct {
	Number     int64
	At         time.Time
	Author     string
	Kind       string
	Text       string
	Collection layout.CollectionID // of the feature that it is about; "" for none
	Feature    layout.ID
	Place      *orb.Point // lon/lat that it is pinned to; nil for none
}

// Step is what happens to a changeset at once.
type Step struct {
	Changeset Changeset // as it is to be, at the revision that the step makes; its items and events do not count
	Put       []Item
	Drop      []Item // by collection and id; what is not there is dropped already
	Event     Event  // numbered by the revision
	Receipt   *Receipt
	Audit     *auth.Event // for the audit log, which takes it with the step; nil for nothing
}

// Receipt is what is known of a call that must not happen twice: a key that its author chose, a hash of
// what was asked, and the changeset that it made or moved.
type Receipt struct {
	Author      string
	Key         string
	Fingerprint string
	Changeset   string
	At          time.Time
}

// ReceiptsKept is how long a receipt is kept at least.
const ReceiptsKept = 7 * 24 * time.Hour

// ErrRepeated is the cause of an error that says that a call has been made before.
var ErrRepeated = errors.New("the call has been made before")

// Repeated says that there is a receipt of this key.
func Repeated(key string) error {
	return &layout.Error{Kind: layout.KindConflict, Concerns: fmt.Sprintf("key %q", key), Detail: "the call has been made before", Err: ErrRepeated}
}

// ChangesetQuery narrows a list of changesets. A field without value does not.
type ChangesetQuery struct {
	State  State
	Author string
	Before time.Time // changed before
	Limit  int
}

// NoChangeset says that there is no changeset of an id.
func NoChangeset(id string) error { return layout.NotFound("changeset", layout.ID(id)) }

// NoReceipt says that a key has not been used.
func NoReceipt(key string) error { return layout.NotFound("receipt", layout.ID(key)) }

// Moved says that a changeset is not where a step starts from.
func Moved(id string) error {
	return &layout.Error{Kind: layout.KindStale, Concerns: "changeset " + id, Detail: "it has been changed since; look at it again"}
}
