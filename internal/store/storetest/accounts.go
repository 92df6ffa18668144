package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
)

// keeper returns what keeps the accounts of a store.
func keeper(s Database) auth.Store { return s.Accounts() }

func (b *bench) change(do func(auth.Writer) error) {
	b.Helper()
	if err := keeper(b.Database).Change(b.ctx, do); err != nil {
		b.Fatalf("Change: %v", err)
	}
}

func person(name string, role auth.Role) auth.Account {
	return auth.Account{Name: name, DisplayName: "规划师 <b>" + name, Role: role, Password: "$hash", CreatedAt: at(1), ChangedAt: at(2)}
}

func testAccounts(t *testing.T, b *bench) {
	k := keeper(b.Database)
	anna := person("anna", auth.Planner)
	anna.Districts, anna.SeenAt, anna.DisabledAt = []layout.ID{"510104", "D-1"}, at(3), at(4)
	anna.Issuer, anna.Subject = "https://issuer.example", "s-1"
	b.change(func(w auth.Writer) error {
		return errors.Join(w.PutAccount(b.ctx, anna), w.PutAccount(b.ctx, person("bob", auth.Admin)), w.PutAccount(b.ctx, person("Zoe", auth.Admin)))
	})
	got, err := k.Account(b.ctx, "anna")
	wantEqual(t, err, nil)
	wantEqual(t, got, anna)
	got, err = k.AccountOf(b.ctx, "https://issuer.example", "s-1")
	wantEqual(t, err, nil)
	wantEqual(t, got, anna)
	_, err = k.Account(b.ctx, "nobody")
	wantKind(t, err, layout.KindNotFound)
	_, err = k.AccountOf(b.ctx, "https://other.example", "s-1")
	wantKind(t, err, layout.KindNotFound)

	anna.Role, anna.Districts, anna.DisabledAt, anna.Issuer, anna.Subject = auth.Admin, nil, time.Time{}, "", ""
	b.change(func(w auth.Writer) error { return w.PutAccount(b.ctx, anna) })
	list, err := k.Accounts(b.ctx, "Zoe", 10) // by code points
	wantEqual(t, err, nil)
	wantEqual(t, list, []auth.Account{anna, person("bob", auth.Admin)})
	list, err = k.Accounts(b.ctx, "", 1)
	wantEqual(t, err, nil)
	wantEqual(t, list, []auth.Account{person("Zoe", auth.Admin)})
	n, err := k.Admins(b.ctx)
	wantEqual(t, err, nil)
	wantEqual(t, n, 3)
}

func testSessions(t *testing.T, b *bench) {
	k := keeper(b.Database)
	s := auth.Session{Hash: "h1", Account: "anna", Via: "password", CreatedAt: at(1), SeenAt: at(1), ExpiresAt: at(9)}
	other := auth.Session{Hash: "h2", Account: "anna", Via: "oidc", CreatedAt: at(1), SeenAt: at(1), ExpiresAt: at(2)}
	b.change(func(w auth.Writer) error {
		return errors.Join(w.PutAccount(b.ctx, person("anna", auth.Viewer)), w.PutSession(b.ctx, s), w.PutSession(b.ctx, other))
	})
	wantEqual(t, k.TouchSession(b.ctx, "h1", at(5)), nil)
	wantEqual(t, k.TouchSession(b.ctx, "h1", at(4)), nil) // late, and no news
	got, a, err := k.Session(b.ctx, "h1")
	wantEqual(t, err, nil)
	s.SeenAt = at(5)
	wantEqual(t, got, s)
	wantEqual(t, a.SeenAt, at(5))

	late := auth.Session{Hash: "h3", Account: "anna", CreatedAt: at(3), SeenAt: at(3), ExpiresAt: at(9)}
	b.change(func(w auth.Writer) error { return w.PutSession(b.ctx, late) })
	_, _, err = k.Session(b.ctx, "h2")
	wantKind(t, err, layout.KindNotFound) // it had expired
	b.change(func(w auth.Writer) error { return w.EndSession(b.ctx, "h3") })
	_, _, err = k.Session(b.ctx, "h3")
	wantKind(t, err, layout.KindNotFound)
	b.change(func(w auth.Writer) error { return w.EndSessions(b.ctx, "anna") })
	_, _, err = k.Session(b.ctx, "h1")
	wantKind(t, err, layout.KindNotFound)
}

func testTokens(t *testing.T, b *bench) {
	k := keeper(b.Database)
	one := auth.Token{ID: "t1", Hash: "h1", Account: "anna", Name: "QGIS", Scopes: []auth.Scope{auth.ScopeEdit, auth.ScopeRead}, CreatedAt: at(1), ExpiresAt: at(9)}
	two := auth.Token{ID: "t2", Hash: "h2", Account: "bob", Name: "x", CreatedAt: at(2), ExpiresAt: at(9)}
	b.change(func(w auth.Writer) error {
		return errors.Join(w.PutAccount(b.ctx, person("anna", auth.Viewer)), w.PutAccount(b.ctx, person("bob", auth.Viewer)),
			w.PutToken(b.ctx, one), w.PutToken(b.ctx, two))
	})
	wantEqual(t, k.TouchToken(b.ctx, "t1", at(3)), nil)
	one.UsedAt = at(3)
	one.RevokedAt = at(4)
	b.change(func(w auth.Writer) error { return w.PutToken(b.ctx, one) })
	got, a, err := k.Token(b.ctx, "h1")
	wantEqual(t, err, nil)
	wantEqual(t, got, one)
	wantEqual(t, a.Name, "anna")
	list, err := k.Tokens(b.ctx, "")
	wantEqual(t, err, nil)
	wantEqual(t, list, []auth.Token{two, one})
	list, err = k.Tokens(b.ctx, "anna")
	wantEqual(t, err, nil)
	wantEqual(t, list, []auth.Token{one})
}

func testInvitations(t *testing.T, b *bench) {
	k := keeper(b.Database)
	i := auth.Invitation{ID: "i1", Hash: "h", Role: auth.Planner, Districts: []layout.ID{"D1"}, Note: "给李华", CreatedBy: "bob", CreatedAt: at(1), ExpiresAt: at(9)}
	b.change(func(w auth.Writer) error { return w.PutInvitation(b.ctx, i) })
	i.UsedAt, i.UsedBy = at(2), "li"
	b.change(func(w auth.Writer) error { return w.PutInvitation(b.ctx, i) })
	got, err := k.Invitation(b.ctx, "h")
	wantEqual(t, err, nil)
	wantEqual(t, got, i)
	list, err := k.Invitations(b.ctx)
	wantEqual(t, err, nil)
	wantEqual(t, list, []auth.Invitation{i})
	_, err = k.Invitation(b.ctx, "g")
	wantKind(t, err, layout.KindNotFound)
}

func testAttempts(t *testing.T, b *bench) {
	k, other := keeper(b.Database), keeper(opened(t, b.open))
	count := func(k auth.Store, now, since int64, want auth.Attempts) {
		t.Helper()
		n, err := k.CountAttempt(b.ctx, "a", at(now), at(since))
		wantEqual(t, err, nil)
		wantEqual(t, n, want)
	}
	count(k, 2, 1, auth.Attempts{Count: 1, Since: at(2)})
	count(other, 3, 1, auth.Attempts{Count: 2, Since: at(2)}) // another server counts on
	n, err := k.Attempts(b.ctx, "a", at(1))
	wantEqual(t, err, nil)
	wantEqual(t, n, auth.Attempts{Count: 2, Since: at(2)})
	wantEqual(t, k.UncountAttempts(b.ctx, "a", 1), nil)
	count(k, 4, 1, auth.Attempts{Count: 2, Since: at(2)})
	wantEqual(t, k.UncountAttempts(b.ctx, "a", 99), nil)
	count(k, 4, 1, auth.Attempts{Count: 1, Since: at(2)})
	count(k, 5, 2, auth.Attempts{Count: 1, Since: at(5)}) // the window is over
	n, err = k.Attempts(b.ctx, "a", at(5))
	wantEqual(t, err, nil)
	wantEqual(t, n, auth.Attempts{})
}

func testChangeIsAllOrNothing(t *testing.T, b *bench) {
	refused := errors.New("refused")
	err := keeper(b.Database).Change(b.ctx, func(w auth.Writer) error {
		if err := errors.Join(w.PutAccount(b.ctx, person("anna", auth.Admin)), w.Append(b.ctx, auth.Event{Action: "a"})); err != nil {
			return err
		}
		return refused
	})
	if !errors.Is(err, refused) {
		t.Fatal(err)
	}
	_, err = keeper(b.Database).Account(b.ctx, "anna")
	wantKind(t, err, layout.KindNotFound)
	chain, err := auth.VerifyLog(b.ctx, keeper(b.Database), "")
	wantEqual(t, err, nil)
	wantEqual(t, chain, auth.Chain{})
}

// testLog writes from two servers at once; the log stays one chain.
func testLog(t *testing.T, b *bench) {
	const each = 20
	var tasks sync.WaitGroup
	for s, k := range []auth.Store{keeper(b.Database), keeper(opened(t, b.open))} {
		tasks.Go(func() {
			for i := range each {
				err := k.Change(b.ctx, func(w auth.Writer) error {
					return w.Append(b.ctx, auth.Event{At: at(1), Actor: fmt.Sprint(s), Action: "a", Subject: fmt.Sprint(i), Detail: "→ \"区\"", Address: "::1"})
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	tasks.Wait()
	chain, err := auth.VerifyLog(b.ctx, keeper(b.Database), "")
	wantEqual(t, err, nil)
	if chain.Entries != 2*each || chain.Broken != 0 || chain.Head == "" {
		t.Fatalf("%+v", chain)
	}
	page, err := keeper(b.Database).Entries(b.ctx, 5, 2)
	wantEqual(t, err, nil)
	if len(page) != 2 || page[0].Number != 4 || page[1].Number != 3 || page[0].Detail != "→ \"区\"" || !page[0].At.Equal(at(1)) {
		t.Fatalf("%+v", page)
	}
	again, err := auth.VerifyLog(b.ctx, keeper(b.Database), page[0].Hash)
	wantEqual(t, err, nil)
	wantEqual(t, again.Known, true)
}

// testLastAdmin takes the role from both admins at the same time, on two servers: one of them keeps it.
func testLastAdmin(t *testing.T, b *bench) {
	b.change(func(w auth.Writer) error {
		return errors.Join(w.PutAccount(b.ctx, person("anna", auth.Admin)), w.PutAccount(b.ctx, person("bob", auth.Admin)))
	})
	stores := []auth.Store{keeper(b.Database), keeper(opened(t, b.open))}
	viewer := auth.Viewer
	errs := make([]error, 2)
	var tasks sync.WaitGroup
	for i, name := range []string{"anna", "bob"} {
		tasks.Go(func() {
			_, errs[i] = auth.New(stores[i], nil, func() time.Time { return at(1) }).Change(b.ctx, auth.CommandLine(), name, auth.Patch{Role: &viewer})
		})
	}
	tasks.Wait()
	n, err := stores[0].Admins(b.ctx)
	wantEqual(t, err, nil)
	if n != 1 || (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("%d admins left, %v", n, errs)
	}
	wantKind(t, errors.Join(errs...), layout.KindConflict)
}
