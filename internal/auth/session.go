package auth

import (
	"context"
	"errors"
	"time"

	"parkmap/internal/layout"
)

// start makes a session of an account: a new one with a new secret, whatever the client had before.
func (s *Service) start(ctx context.Context, a Account, via, address string) (secret string, p Principal, err error) {
	secret = newSecret(sessionPrefix)
	now := s.now()
	session := Session{Hash: hashSecret(secret), Account: a.Name, Via: via, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(SessionLifetime)}
	err = s.store.Change(ctx, func(w Writer) error {
		current, err := w.Account(ctx, a.Name)
		if err != nil {
			return err
		}
		if current.Disabled() || current.Password != a.Password {
			return Unauthenticated("the account was changed meanwhile")
		}
		a = current
		a.SeenAt = now
		if err := errors.Join(w.PutAccount(ctx, a), w.PutSession(ctx, session)); err != nil {
			return err
		}
		return w.Append(ctx, s.event(Actor{a.Name, address}, "sign-in", a.Name, via))
	})
	if err != nil {
		return "", Principal{}, err
	}
	p = a.principal()
	p.Session = &session
	return secret, p, nil
}

// BySession returns who has a session, by its secret. Unauthenticated when it is none, is over, or the account is
// disabled.
func (s *Service) BySession(ctx context.Context, secret string) (Principal, error) {
	if !wellFormed(secret, sessionPrefix) {
		return Principal{}, Unauthenticated("the session is over; sign in again")
	}
	session, a, err := s.store.Session(ctx, hashSecret(secret))
	now := s.now()
	switch {
	case layout.KindOf(err) == layout.KindNotFound:
		return Principal{}, Unauthenticated("the session is over; sign in again")
	case err != nil:
		return Principal{}, err
	case a.Disabled() || !now.Before(session.EndsAt()):
		return Principal{}, Unauthenticated("the session is over; sign in again")
	}
	if now.Sub(session.SeenAt) >= touchEvery {
		session.SeenAt = now
		_ = s.store.TouchSession(ctx, session.Hash, now) // who cannot be noted can still read
	}
	p := a.principal()
	p.Session = &session
	return p, nil
}

// EndsAt is when the session is over unless it is used.
func (s Session) EndsAt() time.Time {
	if idle := s.SeenAt.Add(SessionIdle); idle.Before(s.ExpiresAt) {
		return idle
	}
	return s.ExpiresAt
}

// SignOut ends the session of p.
func (s *Service) SignOut(ctx context.Context, p Principal, address string) error {
	return s.store.Change(ctx, func(w Writer) error {
		if err := w.EndSession(ctx, p.Session.Hash); err != nil {
			return err
		}
		return w.Append(ctx, s.event(Actor{p.Name, address}, "sign-out", p.Name, ""))
	})
}

// ChangePassword gives p a new password, ends all its sessions and starts a new one. Failures count as those of
// SignIn; forbidden when the current password is wrong.
func (s *Service) ChangePassword(ctx context.Context, p Principal, current, next, address string) (secret string, renewed Principal, err error) {
	_, err = s.checked(ctx, p.Name, Credentials{Password: current, Address: address})
	if layout.KindOf(err) == layout.KindUnauthenticated {
		err = layout.Invalid("password", layout.Violation{Rule: "account", Path: "/current", Detail: "is not the current password"})
	}
	if err != nil {
		return "", Principal{}, err
	}
	if err := s.SetPassword(ctx, Actor{p.Name, address}, p.Name, next); err != nil {
		return "", Principal{}, err
	}
	a, err := s.store.Account(ctx, p.Name)
	if err != nil {
		return "", Principal{}, err
	}
	return s.start(ctx, a, "password", address)
}
