package auth

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parkmap/internal/layout"
)

// List lists accounts by name, those behind after, at most limit.
func (s *Service) List(ctx context.Context, after string, limit int) ([]Account, error) {
	return s.store.Accounts(ctx, after, limit)
}

// Account returns an account.
func (s *Service) Account(ctx context.Context, name string) (Account, error) {
	return s.store.Account(ctx, name)
}

// Add makes an account of the name, display name, role and districts of a. Without a password it can only be signed
// in to through an identity provider. Invalid when something is wrong with it, conflict when the name is taken.
func (s *Service) Add(ctx context.Context, by Actor, a Account, password string) (Account, error) {
	a = Account{Name: CleanName(a.Name), DisplayName: strings.TrimSpace(a.DisplayName), Role: a.Role, Districts: sorted(a.Districts)}
	if a.DisplayName == "" {
		a.DisplayName = a.Name
	}
	found := a.check()
	if password != "" {
		found.password("/password", password, a.Name)
	}
	if err := found.err("account"); err != nil {
		return Account{}, err
	}
	if err := s.hash(ctx, &a, password); err != nil {
		return Account{}, err
	}
	err := s.store.Change(ctx, func(w Writer) error { return s.add(ctx, w, by, &a) })
	return a, err
}

// hash sets the password of an account, where there is one.
func (s *Service) hash(ctx context.Context, a *Account, password string) (err error) {
	if password != "" {
		a.Password, err = s.passwords.Hash(ctx, password)
	}
	return err
}

// add puts a new account, unless its name is taken.
func (s *Service) add(ctx context.Context, w Writer, by Actor, a *Account) error {
	switch _, err := w.Account(ctx, a.Name); {
	case err == nil:
		return conflict(fmt.Sprintf("account %q", a.Name), "there is one of this name already")
	case layout.KindOf(err) != layout.KindNotFound:
		return err
	}
	a.CreatedAt, a.ChangedAt = s.now(), s.now()
	if err := w.PutAccount(ctx, *a); err != nil {
		return err
	}
	return w.Append(ctx, s.event(by, "account-add", a.Name, a.rights()))
}

// rights says what an account may do, for the log.
func (a Account) rights() string {
	text := string(a.Role)
	if len(a.Districts) > 0 {
		text += " of " + joinIDs(a.Districts)
	}
	if a.Disabled() {
		text += ", disabled"
	}
	return text
}

func joinIDs(ids []layout.ID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = string(id)
	}
	return strings.Join(texts, ",")
}

func sorted(ids []layout.ID) []layout.ID {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Patch changes an account; nil leaves a member as it is.
type Patch struct {
	DisplayName *string
	Role        *Role
	Districts   *[]layout.ID
	Disabled    *bool
}

// Change changes an account. Where its rights change it is signed out everywhere. The last admin keeps the role and
// stays enabled: conflict.
func (s *Service) Change(ctx context.Context, by Actor, name string, p Patch) (Account, error) {
	var a Account
	err := s.store.Change(ctx, func(w Writer) (err error) {
		before, err := w.Account(ctx, CleanName(name))
		if err != nil {
			return err
		}
		a = before.patched(p, s.now())
		if err := a.check().err("account"); err != nil {
			return err
		}
		if err := keepAdmin(ctx, w, before, a); err != nil {
			return err
		}
		if err := w.PutAccount(ctx, a); err != nil {
			return err
		}
		detail := ""
		if before.rights() != a.rights() {
			detail = before.rights() + " → " + a.rights()
			if err := w.EndSessions(ctx, a.Name); err != nil {
				return err
			}
		}
		return w.Append(ctx, s.event(by, "account-change", a.Name, detail))
	})
	return a, err
}

// patched returns the account as p leaves it. A role other than planner has no districts.
func (a Account) patched(p Patch, now time.Time) Account {
	if p.DisplayName != nil {
		a.DisplayName = strings.TrimSpace(*p.DisplayName)
	}
	if p.Role != nil && *p.Role != a.Role {
		a.Role = *p.Role
		if a.Role != Planner {
			a.Districts = nil
		}
	}
	if p.Districts != nil {
		a.Districts = sorted(*p.Districts)
	}
	if p.Disabled != nil && *p.Disabled != a.Disabled() {
		a.DisabledAt = time.Time{}
		if *p.Disabled {
			a.DisabledAt = now
		}
	}
	a.ChangedAt = now
	return a
}

// keepAdmin refuses to take the last admin away.
func keepAdmin(ctx context.Context, r Reader, before, after Account) error {
	if !before.admin() || after.admin() {
		return nil
	}
	n, err := r.Admins(ctx)
	if err == nil && n < 2 {
		err = conflict(fmt.Sprintf("account %q", before.Name), "it is the last admin; make another one first")
	}
	return err
}

// SetPassword gives an account a new password and signs it out everywhere. Sign-in to it is not limited any more.
func (s *Service) SetPassword(ctx context.Context, by Actor, name, password string) error {
	name = CleanName(name)
	var found problems
	found.password("/password", password, name)
	if err := found.err("password"); err != nil {
		return err
	}
	if _, err := s.store.Account(ctx, name); err != nil {
		return err
	}
	hash, err := s.passwords.Hash(ctx, password)
	if err != nil {
		return err
	}
	err = s.store.Change(ctx, func(w Writer) error {
		a, err := w.Account(ctx, name)
		if err != nil {
			return err
		}
		a.Password, a.ChangedAt = hash, s.now()
		if err := w.PutAccount(ctx, a); err != nil {
			return err
		}
		if err := w.EndSessions(ctx, name); err != nil {
			return err
		}
		return w.Append(ctx, s.event(by, "password-change", name, ""))
	})
	if err != nil {
		return err
	}
	return s.store.UncountAttempts(ctx, accountKey(name), AccountFailures)
}
