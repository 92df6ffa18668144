package auth_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/store/sqlite"
)

const password = "correct horse 电池"

// plainPasswords stand for Argon2id and count what they are asked.
type plainPasswords struct{ calls atomic.Int32 }

func (p *plainPasswords) Hash(_ context.Context, password string) (string, error) {
	return "plain:" + password, nil
}

func (p *plainPasswords) Matches(_ context.Context, password, hash string) (bool, error) {
	p.calls.Add(1)
	return hash == "plain:"+password, nil
}

// fixture is a service on a store of its own, with an admin, a planner and a clock.
type fixture struct {
	*auth.Service
	t         *testing.T
	ctx       context.Context
	store     auth.Store
	passwords *plainPasswords
	now       time.Time
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "parkmap.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	f := &fixture{t: t, ctx: t.Context(), store: s.Accounts(), passwords: &plainPasswords{}, now: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}
	f.Service = auth.New(f.store, f.passwords, func() time.Time { return f.now })
	f.add(auth.Account{Name: "root", Role: auth.Admin})
	f.add(auth.Account{Name: "anna", DisplayName: "安娜", Role: auth.Planner, Districts: []layout.ID{"510104"}})
	return f
}

func (f *fixture) add(a auth.Account) auth.Account {
	f.t.Helper()
	a, err := f.Add(f.ctx, auth.CommandLine(), a, password)
	f.check(err)
	return a
}

func (f *fixture) check(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) wantKind(err error, want layout.Kind) {
	f.t.Helper()
	if got := layout.KindOf(err); got != want {
		f.t.Fatalf("error %v has kind %q, want %q", err, got, want)
	}
}

func (f *fixture) try(name, password, address string) error {
	_, _, err := f.SignIn(f.ctx, auth.Credentials{Name: name, Password: password, Address: address})
	return err
}

func (f *fixture) signIn(name string) (string, auth.Principal) {
	f.t.Helper()
	secret, p, err := f.SignIn(f.ctx, auth.Credentials{Name: name, Password: password, Address: "192.0.2.1"})
	f.check(err)
	return secret, p
}

func TestMatrixIsComplete(t *testing.T) {
	seen := map[auth.Action]bool{}
	for _, r := range auth.Matrix() {
		if seen[r.Action] || r.Title.ZH == "" || r.Title.EN == "" {
			t.Errorf("%+v", r)
		}
		seen[r.Action] = true
		for _, g := range []auth.Grant{r.Visitor, r.Viewer, r.Planner, r.Reviewer, r.Admin} {
			if g != auth.Never && g != auth.Always && g != auth.InDistricts && g != auth.NotOwn {
				t.Errorf("%s grants %q", r.Action, g)
			}
		}
		if r.Visitor != auth.Never && r.Action != auth.Read {
			t.Errorf("a visitor may %s", r.Action)
		}
	}
}

func TestAllows(t *testing.T) {
	planner := auth.Principal{Name: "p", Role: auth.Planner, Districts: []layout.ID{"A", "B"}}
	everywhere := auth.Principal{Name: "e", Role: auth.Planner, Districts: []layout.ID{auth.AllDistricts}}
	reviewer := auth.Principal{Name: "r", Role: auth.Reviewer}
	admin := auth.Principal{Name: "a", Role: auth.Admin}
	token := func(p auth.Principal, scopes ...auth.Scope) auth.Principal {
		p.Token = &auth.Token{Scopes: scopes}
		return p
	}
	for _, c := range []struct {
		name   string
		who    auth.Principal
		action auth.Action
		thing  auth.Thing
		want   bool
	}{
		{"visitor reads", auth.Anonymous(), auth.Read, auth.Thing{}, true},
		{"visitor reads what is private", auth.Anonymous(), auth.ReadPrivate, auth.Thing{}, false},
		{"nobody at all", auth.Principal{}, auth.Read, auth.Thing{}, false},
		{"role that there is not", auth.Principal{Name: "x", Role: "root"}, auth.Draft, auth.Thing{}, false},
		{"action that there is not", admin, "fly", auth.Thing{}, false},
		{"planner in a district", planner, auth.Draft, auth.Thing{Districts: []layout.ID{"B"}}, true},
		{"planner in both districts", planner, auth.Draft, auth.Thing{Districts: []layout.ID{"B", "A"}}, true},
		{"planner across the border", planner, auth.Draft, auth.Thing{Districts: []layout.ID{"B", "C"}}, false},
		{"planner nowhere", planner, auth.Draft, auth.Thing{}, false},
		{"planner of all districts nowhere", everywhere, auth.Draft, auth.Thing{}, true},
		{"planner approves", planner, auth.Review, auth.Thing{Author: "x"}, false},
		{"reviewer approves others", reviewer, auth.Review, auth.Thing{Author: "p"}, true},
		{"reviewer approves themselves", reviewer, auth.Review, auth.Thing{Author: "r"}, false},
		{"admin publishes own", admin, auth.Publish, auth.Thing{Author: "a"}, false},
		{"token with scope", token(admin, auth.ScopeEdit), auth.Draft, auth.Thing{}, true},
		{"token without scope", token(admin, auth.ScopeRead), auth.Draft, auth.Thing{}, false},
		{"token beyond the role", token(reviewer, auth.ScopeAdmin), auth.Accounts, auth.Thing{}, false},
		{"token makes a token", token(admin, auth.Scopes()...), auth.OwnTokens, auth.Thing{}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.who.Allows(c.action, c.thing); got != c.want {
				t.Errorf("got %t", got)
			}
			if err := c.who.Check(c.action, c.thing); (err == nil) != c.want {
				t.Errorf("Check: %v", err)
			}
		})
	}
}

// TestSameWorkForKnownAndUnknownNames counts the passwords that are compared: each answer takes one.
func TestSameWorkForKnownAndUnknownNames(t *testing.T) {
	f := newFixture(t)
	f.add(auth.Account{Name: "off", Role: auth.Viewer})
	yes := true
	_, err := f.Change(f.ctx, auth.CommandLine(), "off", auth.Patch{Disabled: &yes})
	f.check(err)
	_, err = f.Add(f.ctx, auth.CommandLine(), auth.Account{Name: "no-password", Role: auth.Viewer}, "")
	f.check(err)
	texts := map[string]bool{}
	for i, c := range []struct{ name, password string }{
		{"anna", "wrong password"}, {"nobody", password}, {"off", password}, {"no-password", ""}, {"no-password", password},
		{"", ""}, {"'; DROP TABLE account; --", password}, {"a\x00b", password}, {"anna", string(make([]byte, 5000))},
	} {
		before := f.passwords.calls.Load()
		err := f.try(c.name, c.password, fmt.Sprintf("192.0.2.%d", i))
		f.wantKind(err, layout.KindUnauthenticated)
		texts[err.Error()] = true
		if n := f.passwords.calls.Load() - before; n != 1 {
			t.Errorf("%q: %d passwords were compared", c.name, n)
		}
	}
	if len(texts) != 1 {
		t.Errorf("the answers differ: %v", texts)
	}
}

func TestLimitOfAnAccount(t *testing.T) {
	f := newFixture(t)
	f.signIn("anna")
	for i := range auth.AccountFailures {
		f.wantKind(f.try("Anna ", "wrong password", fmt.Sprintf("192.0.2.%d", i)), layout.KindUnauthenticated)
	}
	before := f.passwords.calls.Load()
	err := f.try("anna", password, "198.51.100.1")
	f.wantKind(err, layout.KindLimited)
	if f.passwords.calls.Load() != before {
		t.Error("a password was compared beyond the limit")
	}
	f.check(f.try("root", password, "198.51.100.1"))
	f.now = f.now.Add(auth.SignInWindow)
	f.check(f.try("anna", password, "198.51.100.1"))
	list, err := f.Log(f.ctx, 0, 100)
	f.check(err)
	logged := 0
	for _, e := range list {
		if e.Action == "sign-in-limit" {
			logged++
		}
	}
	if logged != 1 {
		t.Errorf("the limit is in the log %d times, want once", logged)
	}
}

func TestLimitOfAnAddress(t *testing.T) {
	f := newFixture(t)
	for i := range auth.AddressFailures {
		f.check(f.try("root", password, "2001:db8::1")) // what succeeds does not count
		f.wantKind(f.try(fmt.Sprintf("guess-%d", i), password, fmt.Sprintf("2001:db8::%x", i+1)), layout.KindUnauthenticated)
	}
	f.wantKind(f.try("root", password, "2001:db8::ffff"), layout.KindLimited) // the same network
	f.check(f.try("root", password, "2001:db8:0:1::1"))
	f.wantKind(f.try("root", password, "2001:db8::1%eth0"), layout.KindLimited)
}

func TestNewPasswordLiftsTheLimit(t *testing.T) {
	f := newFixture(t)
	for range auth.AccountFailures {
		f.wantKind(f.try("anna", "wrong password", "192.0.2.9"), layout.KindUnauthenticated)
	}
	f.check(f.SetPassword(f.ctx, auth.CommandLine(), "anna", "another long one"))
	f.check(f.try("anna", "another long one", "192.0.2.9"))
}

func TestSessionEnds(t *testing.T) {
	for _, c := range []struct {
		name string
		end  func(f *fixture, p auth.Principal, use func())
	}{
		{"sign-out", func(f *fixture, p auth.Principal, use func()) { f.check(f.SignOut(f.ctx, p, "")) }},
		{"new password", func(f *fixture, p auth.Principal, use func()) {
			f.check(f.SetPassword(f.ctx, auth.CommandLine(), "anna", "another long one"))
		}},
		{"other role", func(f *fixture, p auth.Principal, use func()) {
			role := auth.Viewer
			_, err := f.Change(f.ctx, auth.CommandLine(), "anna", auth.Patch{Role: &role})
			f.check(err)
		}},
		{"other districts", func(f *fixture, p auth.Principal, use func()) {
			_, err := f.Change(f.ctx, auth.CommandLine(), "anna", auth.Patch{Districts: &[]layout.ID{"510105"}})
			f.check(err)
		}},
		{"disabled", func(f *fixture, p auth.Principal, use func()) {
			yes := true
			_, err := f.Change(f.ctx, auth.CommandLine(), "anna", auth.Patch{Disabled: &yes})
			f.check(err)
		}},
		{"idle", func(f *fixture, p auth.Principal, use func()) { f.now = f.now.Add(auth.SessionIdle) }},
		{"too old, though used", func(f *fixture, p auth.Principal, use func()) {
			for f.now.Add(auth.SessionIdle / 2).Before(p.Session.ExpiresAt) {
				f.now = f.now.Add(auth.SessionIdle / 2)
				use()
			}
			f.now = p.Session.ExpiresAt
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t)
			secret, p := f.signIn("anna")
			use := func() {
				_, err := f.BySession(f.ctx, secret)
				f.check(err)
			}
			use()
			c.end(f, p, use)
			_, err := f.BySession(f.ctx, secret)
			f.wantKind(err, layout.KindUnauthenticated)
		})
	}
}

func TestEachSignInIsANewSession(t *testing.T) {
	f := newFixture(t)
	one, _ := f.signIn("anna")
	two, _ := f.signIn("anna")
	if one == two {
		t.Error("the secret is the same")
	}
}

func TestChangeOwnPassword(t *testing.T) {
	f := newFixture(t)
	elsewhere, _ := f.signIn("anna")
	_, p := f.signIn("anna")
	_, _, err := f.ChangePassword(f.ctx, p, "wrong password", "another long one", "192.0.2.1")
	f.wantKind(err, layout.KindInvalid)
	secret, _, err := f.ChangePassword(f.ctx, p, password, "another long one", "192.0.2.1")
	f.check(err)
	_, err = f.BySession(f.ctx, secret)
	f.check(err)
	_, err = f.BySession(f.ctx, elsewhere)
	f.wantKind(err, layout.KindUnauthenticated)
}

func TestTokens(t *testing.T) {
	f := newFixture(t)
	_, p := f.signIn("anna")
	secret, token, err := f.NewToken(f.ctx, p, "", "QGIS", []auth.Scope{auth.ScopeRead, auth.ScopeRead}, 48*time.Hour)
	f.check(err)
	use := func() error { _, err := f.ByToken(f.ctx, secret); return err }
	f.check(use())
	list, err := f.Tokens(f.ctx, "anna")
	f.check(err)
	if len(list) != 1 || !list[0].UsedAt.Equal(f.now) || len(list[0].Scopes) != 1 {
		t.Errorf("%+v", list)
	}
	f.wantKind(f.RevokeToken(f.ctx, auth.CommandLine(), "root", token.ID), layout.KindNotFound) // not theirs
	f.now = f.now.Add(48 * time.Hour)
	f.wantKind(use(), layout.KindUnauthenticated) // expired
	f.now = f.now.Add(-time.Hour)
	f.check(use())
	f.check(f.RevokeToken(f.ctx, auth.CommandLine(), "anna", token.ID))
	f.wantKind(use(), layout.KindUnauthenticated)

	for name, scopes := range map[string][]auth.Scope{"no scope": nil, "other scope": {"all"}} {
		_, _, err = f.NewToken(f.ctx, p, "", "x", scopes, 48*time.Hour)
		if layout.KindOf(err) != layout.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, _, err = f.NewToken(f.ctx, p, "", "x", auth.Scopes(), 0)
	f.wantKind(err, layout.KindInvalid)
	_, _, err = f.NewToken(f.ctx, p, "", "x", auth.Scopes(), auth.MaxTokenLife+1)
	f.wantKind(err, layout.KindInvalid)
}

func TestInvitation(t *testing.T) {
	f := newFixture(t)
	invite := func() (string, auth.Invitation) {
		t.Helper()
		secret, i, err := f.Invite(f.ctx, auth.Actor{Name: "root"}, auth.Invitation{Role: auth.Planner, Districts: []layout.ID{"D1"}, Note: "李华"}, 24*time.Hour)
		f.check(err)
		return secret, i
	}
	accept := func(secret, name string) error {
		_, _, err := f.Accept(f.ctx, auth.Acceptance{Secret: secret, Name: name, Password: password})
		return err
	}
	secret, _ := invite()
	f.wantKind(accept(secret, "anna"), layout.KindConflict) // the name is taken; the invitation is still good
	f.check(accept(secret, "li"))
	f.wantKind(accept(secret, "li2"), layout.KindNotFound) // once
	li, err := f.Account(f.ctx, "li")
	f.check(err)
	if li.Role != auth.Planner || len(li.Districts) != 1 {
		t.Errorf("%+v", li)
	}
	revoked, i := invite()
	f.check(f.RevokeInvitation(f.ctx, auth.CommandLine(), i.ID))
	f.wantKind(accept(revoked, "x"), layout.KindNotFound)
	late, _ := invite()
	f.now = f.now.Add(24 * time.Hour)
	f.wantKind(accept(late, "x"), layout.KindNotFound)
	f.wantKind(accept("parkmap_invitation_no", "x"), layout.KindNotFound)
}

func TestProvider(t *testing.T) {
	f := newFixture(t)
	by := func(subject, name, invitation string) (auth.Principal, error) {
		_, p, err := f.SignInBy(f.ctx, auth.Identity{Issuer: "https://issuer.example", Subject: subject, Name: name, DisplayName: "X"}, invitation, "")
		return p, err
	}
	_, err := by("s1", "anna", "") // has a password: a name alone does not take it over
	f.wantKind(err, layout.KindForbidden)
	_, err = by("s1", "stranger", "")
	f.wantKind(err, layout.KindForbidden)
	_, err = f.Add(f.ctx, auth.CommandLine(), auth.Account{Name: "li", Role: auth.Reviewer}, "")
	f.check(err)
	p, err := by("s1", "li", "")
	f.check(err)
	if p.Name != "li" || p.Role != auth.Reviewer {
		t.Errorf("%+v", p)
	}
	p, err = by("s1", "renamed", "") // the subject counts
	f.check(err)
	if p.Name != "li" {
		t.Errorf("%+v", p)
	}
	_, err = by("s2", "li", "") // tied to another person
	f.wantKind(err, layout.KindForbidden)
	secret, _, err := f.Invite(f.ctx, auth.CommandLine(), auth.Invitation{Role: auth.Viewer}, 24*time.Hour)
	f.check(err)
	p, err = by("s3", "wang@example.org", secret)
	f.check(err)
	if p.Name != "wang@example.org" || p.Role != auth.Viewer {
		t.Errorf("%+v", p)
	}
}

func TestHostileTexts(t *testing.T) {
	f := newFixture(t)
	long := string(make([]rune, 1<<20))
	for _, name := range []string{"", " ", "a b", "安娜", "<script>", "a\x00", "a\u202eb", "-a", long, "a\nb", "\xff"} {
		_, err := f.Add(f.ctx, auth.CommandLine(), auth.Account{Name: name, DisplayName: "x", Role: auth.Viewer}, password)
		if layout.KindOf(err) != layout.KindInvalid {
			t.Errorf("name %.20q: %v", name, err)
		}
	}
	for _, text := range []string{"a\x00b", "a\u202eb", "a\u2066b", "a\x1b[31m", "a\nb", "\xff", "a\ufeffb", long} {
		_, err := f.Add(f.ctx, auth.CommandLine(), auth.Account{Name: "x", DisplayName: text, Role: auth.Viewer}, password)
		if layout.KindOf(err) != layout.KindInvalid {
			t.Errorf("display name %.20q: %v", text, err)
		}
	}
	for i, text := range []string{`<img src=x onerror="alert(1)">`, "سارة", "=HYPERLINK(1)", "安娜·O'Neil"} { // plain text wherever it goes
		f.add(auth.Account{Name: fmt.Sprintf("x%d", i), DisplayName: text, Role: auth.Viewer})
	}
	for _, p := range []string{"short", long, "root123456", "with\x00nul-inside", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"} {
		_, err := f.Add(f.ctx, auth.CommandLine(), auth.Account{Name: "root1234", DisplayName: "x", Role: auth.Viewer}, p)
		if layout.KindOf(err) != layout.KindInvalid {
			t.Errorf("password %.20q: %v", p, err)
		}
	}
	for _, a := range []auth.Account{{Role: "root"}, {Role: auth.Planner}, {Role: auth.Admin, Districts: []layout.ID{"D"}}, {Role: auth.Planner, Districts: []layout.ID{"<b>"}}} {
		a.Name = "y"
		_, err := f.Add(f.ctx, auth.CommandLine(), a, password)
		if layout.KindOf(err) != layout.KindInvalid {
			t.Errorf("%+v: %v", a, err)
		}
	}
}

func TestLastAdminStays(t *testing.T) {
	f := newFixture(t)
	yes, viewer := true, auth.Viewer
	for _, p := range []auth.Patch{{Disabled: &yes}, {Role: &viewer}} {
		_, err := f.Change(f.ctx, auth.Actor{Name: "root"}, "root", p)
		f.wantKind(err, layout.KindConflict)
	}
	f.signIn("root")
	f.add(auth.Account{Name: "second", Role: auth.Admin})
	_, err := f.Change(f.ctx, auth.Actor{Name: "root"}, "root", auth.Patch{Role: &viewer})
	f.check(err)
}
