package auth

import (
	"context"
	"slices"
	"strings"
	"time"

	"parkmap/internal/layout"
)

// Invite makes an invitation to an account of the role, districts and note of i. The secret is returned this once.
func (s *Service) Invite(ctx context.Context, by Actor, i Invitation, life time.Duration) (secret string, made Invitation, err error) {
	var found problems
	note := strings.TrimSpace(i.Note)
	found.role(i.Role, i.Districts)
	found.label("/note", note, false)
	found.life("/expires_in_days", life, MaxInvitationLife)
	if err := found.err("invitation"); err != nil {
		return "", Invitation{}, err
	}
	secret = newSecret(invitationPrefix)
	now := s.now()
	made = Invitation{ID: newID(), Hash: hashSecret(secret), Role: i.Role, Districts: sorted(i.Districts), Note: note,
		CreatedBy: by.Name, CreatedAt: now, ExpiresAt: now.Add(life)}
	err = s.store.Change(ctx, func(w Writer) error {
		if err := w.PutInvitation(ctx, made); err != nil {
			return err
		}
		return w.Append(ctx, s.event(by, "invitation-add", made.ID, Account{Role: made.Role, Districts: made.Districts}.rights()))
	})
	return secret, made, err
}

// Invitations lists invitations, newest first.
func (s *Service) Invitations(ctx context.Context) ([]Invitation, error) {
	return s.store.Invitations(ctx)
}

// RevokeInvitation takes an invitation back. Not-found when there is none that is open.
func (s *Service) RevokeInvitation(ctx context.Context, by Actor, id string) error {
	return s.store.Change(ctx, func(w Writer) error {
		list, err := w.Invitations(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(i Invitation) bool { return i.ID == id && i.open(s.now()) })
		if i < 0 {
			return layout.NotFound("open invitation", layout.ID(id))
		}
		list[i].RevokedAt = s.now()
		if err := w.PutInvitation(ctx, list[i]); err != nil {
			return err
		}
		return w.Append(ctx, s.event(by, "invitation-revoke", id, ""))
	})
}

// Acceptance is what somebody who was invited says of themselves.
type Acceptance struct {
	Secret      string // of the invitation
	Name        string
	DisplayName string
	Password    string
	Address     string
}

// Accept makes the account of an invitation and signs it in. Not-found when the invitation is none, has expired or
// was used; otherwise as Add.
func (s *Service) Accept(ctx context.Context, acc Acceptance) (secret string, p Principal, err error) {
	if _, err := s.invitation(ctx, s.store, acc.Secret); err != nil {
		return "", Principal{}, err
	}
	a := Account{Name: CleanName(acc.Name), DisplayName: strings.TrimSpace(acc.DisplayName)}
	if a.DisplayName == "" {
		a.DisplayName = a.Name
	}
	var found problems
	found.name("/name", a.Name)
	found.label("/display_name", a.DisplayName, true)
	found.password("/password", acc.Password, a.Name)
	if err := found.err("account"); err != nil {
		return "", Principal{}, err
	}
	if err := s.hash(ctx, &a, acc.Password); err != nil {
		return "", Principal{}, err
	}
	if err := s.redeem(ctx, acc.Secret, &a, acc.Address); err != nil {
		return "", Principal{}, err
	}
	return s.start(ctx, a, "invitation", acc.Address)
}

// redeem makes account a of an invitation, which is used from then on.
func (s *Service) redeem(ctx context.Context, secret string, a *Account, address string) error {
	return s.store.Change(ctx, func(w Writer) error {
		i, err := s.invitation(ctx, w, secret)
		if err != nil {
			return err
		}
		a.Role, a.Districts = i.Role, i.Districts
		by := Actor{a.Name, address}
		if err := s.add(ctx, w, by, a); err != nil {
			return err
		}
		i.UsedAt, i.UsedBy = s.now(), a.Name
		if err := w.PutInvitation(ctx, i); err != nil {
			return err
		}
		return w.Append(ctx, s.event(by, "invitation-accept", i.ID, "of "+i.CreatedBy))
	})
}

// invitation returns an invitation that is open.
func (s *Service) invitation(ctx context.Context, r Reader, secret string) (Invitation, error) {
	refused := &layout.Error{Kind: layout.KindNotFound, Concerns: "invitation", Detail: "it is not known, has expired or was used; ask for another one"}
	if !wellFormed(secret, invitationPrefix) {
		return Invitation{}, refused
	}
	i, err := r.Invitation(ctx, hashSecret(secret))
	if layout.KindOf(err) == layout.KindNotFound || err == nil && !i.open(s.now()) {
		return Invitation{}, refused
	}
	return i, err
}

// InvitationLink is where somebody accepts an invitation, on the server at base. Browsers do not send what is behind
// the #, so that the secret is in no log.
func InvitationLink(base, secret string) string { return base + "/join#" + secret }
