package layout

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/paulmach/orb"
)

// Kind is the class of an error, as a caller has to tell them apart.
type Kind string

// The kinds of errors.
const (
	KindNotFound    Kind = "not-found"
	KindConflict    Kind = "conflict"
	KindStale       Kind = "stale"
	KindInvalid     Kind = "invalid"
	KindForbidden   Kind = "forbidden"
	KindUnavailable Kind = "unavailable"

	KindUnauthenticated Kind = "unauthenticated" // the caller has to say who they are
	KindLimited         Kind = "limited"         // too often; RetryAfter says when again
	KindUnstated        Kind = "unstated"        // the caller has to say which version is meant
)

// Violation is one broken rule of an invalid input.
type Violation struct {
	Rule   string     // such as ring-simple; a constant of this package or of geo
	Path   string     // JSON pointer into the input, behind the file or feature where there are many; or a parameter
	At     *orb.Point // where on the map, lon/lat in CRS84; nil when nowhere
	Clause string     // the clause of the document that the rule rests on, if any
	Detail string     // one plain sentence
}

// String returns where it is, the rule and the detail in one line.
func (v Violation) String() string {
	s := v.Rule + ": " + v.Detail
	if v.Path != "" {
		s = v.Path + ": " + s
	}
	if v.At != nil {
		s += fmt.Sprintf(" (at %.8g, %.8g)", v.At[0], v.At[1])
	}
	return s
}

// Error is an error with a kind. Its text is for people and names no internals.
type Error struct {
	Kind       Kind
	Concerns   string // what it is about, such as "area P05"
	Detail     string // one plain sentence
	Violations []Violation
	RetryAfter time.Duration // of limited: how long to wait
	Err        error         // the cause, for the log only
}

// Error returns what it concerns, the detail and the first violation with its place; the kind only where
// nothing else says what is wrong.
func (e *Error) Error() string {
	var parts []string
	if e.Concerns != "" {
		parts = append(parts, e.Concerns)
	}
	switch {
	case e.Detail != "":
		parts = append(parts, e.Detail)
	case len(e.Violations) == 0:
		parts = append(parts, string(e.Kind))
	}
	if len(e.Violations) > 0 {
		parts = append(parts, e.Violations[0].String())
	}
	s := strings.Join(parts, ": ")
	if more := len(e.Violations) - 1; more > 0 {
		s += fmt.Sprintf(" (and %d more)", more)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first *Error in the chain of err, or "" when there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// NotFound says that a thing of a sort has no such id.
func NotFound(sort string, id ID) error {
	return &Error{Kind: KindNotFound, Concerns: fmt.Sprintf("%s %q", sort, id), Detail: "there is none with this id"}
}

// Invalid says that an input breaks rules.
func Invalid(concerns string, violations ...Violation) error {
	return &Error{Kind: KindInvalid, Concerns: concerns, Violations: violations}
}

// Unavailable says that something needed is not there for the moment.
func Unavailable(concerns string, err error) error {
	return &Error{Kind: KindUnavailable, Concerns: concerns, Detail: "not available at the moment", Err: err}
}
