package auth

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parkmap/internal/layout"
)

// maxTokens bounds the tokens of an account that are in force.
const maxTokens = 50

// NewToken makes a token of the account of p. The secret is returned this once. Invalid when something is wrong with
// name, scopes or life.
func (s *Service) NewToken(ctx context.Context, p Principal, address, name string, scopes []Scope, life time.Duration) (secret string, t Token, err error) {
	var found problems
	name = strings.TrimSpace(name)
	found.label("/name", name, true)
	if len(scopes) == 0 {
		found.add("/scopes", "is empty")
	}
	for i, scope := range scopes {
		if !slices.Contains(Scopes(), scope) {
			found.add(fmt.Sprintf("/scopes/%d", i), "must be read, edit, review or admin")
		}
	}
	found.life("/expires_in_days", life, MaxTokenLife)
	if err := found.err("token"); err != nil {
		return "", Token{}, err
	}
	scopes = slices.Clone(scopes)
	slices.Sort(scopes)
	secret = newSecret(tokenPrefix)
	now := s.now()
	t = Token{ID: newID(), Hash: hashSecret(secret), Account: p.Name, Name: name, Scopes: slices.Compact(scopes), CreatedAt: now, ExpiresAt: now.Add(life)}
	err = s.store.Change(ctx, func(w Writer) error {
		list, err := w.Tokens(ctx, p.Name)
		if err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(t Token) bool { return !t.inForce(now) })
		if len(list) >= maxTokens {
			return conflict("tokens", fmt.Sprintf("an account has at most %d; revoke one first", maxTokens))
		}
		if err := w.PutToken(ctx, t); err != nil {
			return err
		}
		return w.Append(ctx, s.event(Actor{p.Name, address}, "token-add", t.ID, fmt.Sprint(t.Scopes)))
	})
	return secret, t, err
}

func (p *problems) life(path string, life, most time.Duration) {
	if life < 24*time.Hour || life > most {
		p.add(path, fmt.Sprintf("must be 1 to %d", int(most.Hours()/24)))
	}
}

// inForce tells whether the token can be used at a time.
func (t Token) inForce(now time.Time) bool { return t.RevokedAt.IsZero() && now.Before(t.ExpiresAt) }

// Tokens lists the tokens of an account, or of all where account is "", newest first.
func (s *Service) Tokens(ctx context.Context, account string) ([]Token, error) {
	return s.store.Tokens(ctx, account)
}

// RevokeToken ends a token of an account, or of any where owner is "". Not-found when there is none; one that is
// revoked already stays as it is.
func (s *Service) RevokeToken(ctx context.Context, by Actor, owner, id string) error {
	return s.store.Change(ctx, func(w Writer) error {
		list, err := w.Tokens(ctx, owner)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(t Token) bool { return t.ID == id })
		if i < 0 {
			return layout.NotFound("token", layout.ID(id))
		}
		t := list[i]
		if !t.RevokedAt.IsZero() {
			return nil
		}
		t.RevokedAt = s.now()
		if err := w.PutToken(ctx, t); err != nil {
			return err
		}
		return w.Append(ctx, s.event(by, "token-revoke", t.ID, "of "+t.Account))
	})
}

// ByToken returns whom a token acts for, by its secret. Unauthenticated when it is none, has expired or was revoked,
// or the account is disabled.
func (s *Service) ByToken(ctx context.Context, secret string) (Principal, error) {
	refused := Unauthenticated("the API token is not known, has expired or was revoked")
	if !wellFormed(secret, tokenPrefix) {
		return Principal{}, refused
	}
	t, a, err := s.store.Token(ctx, hashSecret(secret))
	now := s.now()
	switch {
	case layout.KindOf(err) == layout.KindNotFound:
		return Principal{}, refused
	case err != nil:
		return Principal{}, err
	case a.Disabled() || !t.inForce(now):
		return Principal{}, refused
	}
	if now.Sub(t.UsedAt) >= touchEvery {
		_ = s.store.TouchToken(ctx, t.ID, now) // who cannot be noted can still read
	}
	p := a.principal()
	p.Token = &t
	return p, nil
}
