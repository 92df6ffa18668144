package auth

import (
	"context"
	"time"

	"parkmap/internal/layout"
)

// How long things last.
const (
	SessionIdle       = 12 * time.Hour     // without a request
	SessionLifetime   = 7 * 24 * time.Hour // whatever happens
	MaxTokenLife      = 366 * 24 * time.Hour
	MaxInvitationLife = 30 * 24 * time.Hour

	touchEvery = time.Minute // how exactly the last use is known
)

// Service is sign-in, accounts, tokens and invitations over a Store. It does not ask whether its caller may do
// what it is told: Principal.Check does. All methods may be called at the same time.
type Service struct {
	store     Store
	passwords Passwords
	now       func() time.Time
}

// New makes a Service.
func New(store Store, passwords Passwords, now func() time.Time) *Service {
	return &Service{store, passwords, func() time.Time { return now().UTC().Truncate(time.Microsecond) }}
}

// event is something that actor does now.
func (s *Service) event(by Actor, action, subject, detail string) Event {
	return Event{At: s.now(), Actor: by.Name, Action: action, Subject: subject, Detail: detail, Address: by.Address}
}

// Log lists entries of the audit log with a number below before (0: from the newest), newest first, at most limit.
func (s *Service) Log(ctx context.Context, before int64, limit int) ([]Entry, error) {
	return s.store.Entries(ctx, before, limit)
}

// MaxRefusals bounds the refusals of an account that are logged within SignInWindow.
const MaxRefusals = 100

// NoteRefusal logs that somebody was refused what they asked for, and why.
func (s *Service) NoteRefusal(ctx context.Context, by Actor, request, why string) error {
	now := s.now()
	n, err := s.store.CountAttempt(ctx, "refusal "+by.Name, now, now.Add(-SignInWindow))
	if err != nil || n.Count > MaxRefusals {
		return err
	}
	return s.store.Change(ctx, func(w Writer) error {
		return w.Append(ctx, s.event(by, "refused", request, why))
	})
}

func conflict(concerns, detail string) error {
	return &layout.Error{Kind: layout.KindConflict, Concerns: concerns, Detail: detail}
}
