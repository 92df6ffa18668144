package auth

import (
	"context"
	"fmt"

	"parkmap/internal/layout"
)

// Identity is what an identity provider has proven of somebody.
type Identity struct {
	Issuer      string
	Subject     string // permanent name of the person at the issuer
	Name        string // proposed as name of the account
	DisplayName string
}

// SignInBy starts a session for somebody whom an identity provider knows: for the account that is tied to them; else
// for a new one, where invitation is the secret of an open invitation; else for the account without password that has
// their name and is tied to nobody, which from then on is tied to them. Forbidden when there is none of these: an
// account with a password cannot be taken over by a name.
func (s *Service) SignInBy(ctx context.Context, id Identity, invitation, address string) (secret string, p Principal, err error) {
	a, err := s.store.AccountOf(ctx, id.Issuer, id.Subject)
	if layout.KindOf(err) == layout.KindNotFound {
		a, err = s.tie(ctx, id, invitation, address)
	}
	switch {
	case err != nil:
		return "", Principal{}, err
	case a.Disabled():
		return "", Principal{}, noAccount()
	}
	return s.start(ctx, a, "oidc", address)
}

func noAccount() error {
	return &layout.Error{Kind: layout.KindForbidden, Concerns: "sign-in", Detail: "there is no account for you here; ask an admin for an invitation"}
}

// tie finds or makes the account of somebody who comes for the first time.
func (s *Service) tie(ctx context.Context, id Identity, invitation, address string) (Account, error) {
	name := CleanName(id.Name)
	var found problems
	if found.name("/name", name); len(found) > 0 {
		return Account{}, &layout.Error{Kind: layout.KindForbidden, Concerns: "sign-in", Detail: "the identity provider tells no name that an account can have"}
	}
	if invitation != "" {
		a := Account{Name: name, DisplayName: id.DisplayName, Issuer: id.Issuer, Subject: id.Subject}
		if found.label("/display_name", a.DisplayName, true); len(found) > 0 {
			a.DisplayName = name
		}
		err := s.redeem(ctx, invitation, &a, address)
		return a, err
	}
	var a Account
	err := s.store.Change(ctx, func(w Writer) (err error) {
		a, err = w.Account(ctx, name)
		if layout.KindOf(err) == layout.KindNotFound || err == nil && (a.Password != "" || a.Subject != "") {
			return noAccount()
		}
		if err != nil {
			return err
		}
		a.Issuer, a.Subject, a.ChangedAt = id.Issuer, id.Subject, s.now()
		if err := w.PutAccount(ctx, a); err != nil {
			return err
		}
		return w.Append(ctx, s.event(Actor{name, address}, "account-tie", name, fmt.Sprintf("%.200s", id.Issuer)))
	})
	return a, err
}
