package store

import (
	"context"
	"fmt"
	"time"

	"parkmap/internal/layout"
)

// OpenError says why a database cannot be used at all. Its text is one sentence for the operator:
// what is wrong, and what to do about it. It holds no password.
type OpenError struct {
	Database string // the file, or the server and database
	Reason   string // what is wrong with it
	Advice   string // what to do, as a request
	Err      error  // the cause, not part of the text
}

// Error returns the sentence.
func (e *OpenError) Error() string {
	return fmt.Sprintf("%s %s: %s", e.Database, e.Reason, e.Advice)
}

// Unwrap returns the cause.
func (e *OpenError) Unwrap() error { return e.Err }

// Empty says that nothing has been published yet.
func Empty() error {
	return &layout.Error{Kind: layout.KindNotFound, Concerns: "layout", Detail: "nothing has been published yet"}
}

// NoVersion says that version n does not exist.
func NoVersion(n int64) error {
	return &layout.Error{Kind: layout.KindNotFound, Concerns: fmt.Sprintf("version %d", n),
		Detail: "there is no such version"}
}

// NoVersionBy says that nothing was published by a time.
func NoVersionBy(at time.Time) error {
	return &layout.Error{Kind: layout.KindNotFound, Concerns: "version of " + at.UTC().Format(time.RFC3339),
		Detail: "nothing had been published by then"}
}

// NoFeature says that a collection never held a feature.
func NoFeature(collection layout.CollectionID, id layout.ID) error {
	return layout.NotFound("feature of "+string(collection), id)
}

// Stale says that a publication starts from base although the newest version is another.
func Stale(base, newest int64) error {
	return &layout.Error{Kind: layout.KindStale, Concerns: "layout",
		Detail: fmt.Sprintf("the newest version is %d, not %d", newest, base)}
}

// Gone says that a change deletes a feature that the layout does not have.
func Gone(collection layout.CollectionID, id layout.ID) error {
	return &layout.Error{Kind: layout.KindConflict, Concerns: fmt.Sprintf("feature %q of %s", id, collection),
		Detail: "it cannot be deleted because it is not there"}
}

// Broken says that the database holds something that this program cannot read.
func Broken(concerns string, err error) error {
	return &layout.Error{Kind: layout.KindUnavailable, Concerns: concerns,
		Detail: "the database holds something that this program cannot read", Err: err}
}

// Fail gives the error of a call to its caller: it says what was tried, keeps an error that has a
// kind already, names the end of ctx when that is the reason, and leaves the rest to classify.
func Fail(ctx context.Context, tried string, err error, classify func(error) error) error {
	switch {
	case err == nil:
		return nil
	case layout.KindOf(err) != "":
		return fmt.Errorf("%s: %w", tried, err)
	case ctx.Err() != nil:
		return fmt.Errorf("%s: %w (%w)", tried, ctx.Err(), err)
	}
	return fmt.Errorf("%s: %w", tried, classify(err))
}
