package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/store/sqlite"
)

const goodPassword = "correct horse battery"

// plainPasswords stand for Argon2id, which is slow on purpose.
type plainPasswords struct{}

func (plainPasswords) Hash(_ context.Context, password string) (string, error) {
	return "plain:" + password, nil
}

func (plainPasswords) Matches(_ context.Context, password, hash string) (bool, error) {
	return hash == "plain:"+password, nil
}

// countingStore counts the calls of a store.
type countingStore struct {
	auth.Store
	calls atomic.Int32
}

func (s *countingStore) Session(ctx context.Context, hash string) (auth.Session, auth.Account, error) {
	s.calls.Add(1)
	return s.Store.Session(ctx, hash)
}

func (s *countingStore) Token(ctx context.Context, hash string) (auth.Token, auth.Account, error) {
	s.calls.Add(1)
	return s.Store.Token(ctx, hash)
}

func (s *countingStore) Change(ctx context.Context, do func(auth.Writer) error) error {
	s.calls.Add(1)
	return s.Store.Change(ctx, do)
}

func (s *countingStore) Account(ctx context.Context, name string) (auth.Account, error) {
	s.calls.Add(1)
	return s.Store.Account(ctx, name)
}

func (s *countingStore) Accounts(ctx context.Context, after string, limit int) ([]auth.Account, error) {
	s.calls.Add(1)
	return s.Store.Accounts(ctx, after, limit)
}

func (s *countingStore) Tokens(ctx context.Context, account string) ([]auth.Token, error) {
	s.calls.Add(1)
	return s.Store.Tokens(ctx, account)
}

func (s *countingStore) Invitations(ctx context.Context) ([]auth.Invitation, error) {
	s.calls.Add(1)
	return s.Store.Invitations(ctx)
}

func (s *countingStore) Invitation(ctx context.Context, hash string) (auth.Invitation, error) {
	s.calls.Add(1)
	return s.Store.Invitation(ctx, hash)
}

func (s *countingStore) Entries(ctx context.Context, before int64, limit int) ([]auth.Entry, error) {
	s.calls.Add(1)
	return s.Store.Entries(ctx, before, limit)
}

func (s *countingStore) Attempts(ctx context.Context, key string, since time.Time) (auth.Attempts, error) {
	s.calls.Add(1)
	return s.Store.Attempts(ctx, key, since)
}

// accounts is a server with an account of each role, named as the role is.
type accounts struct {
	*client
	*auth.Service
	store *countingStore
	now   time.Time
}

func newAccounts(t *testing.T, change func(*Options)) *accounts {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "parkmap.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return newAccountsOn(t, s, change)
}

// newAccountsOn is newAccounts with a store of the test's.
func newAccountsOn(t *testing.T, s *sqlite.Store, change func(*Options)) *accounts {
	t.Helper()
	a := &accounts{store: &countingStore{Store: s.Accounts()}, now: at}
	a.Service = auth.New(a.store, plainPasswords{}, func() time.Time { return a.now })
	for _, role := range auth.Roles() {
		account := auth.Account{Name: string(role), Role: role}
		if role == auth.Planner {
			account.Districts = []layout.ID{"D1"}
		}
		if _, err := a.Add(t.Context(), auth.CommandLine(), account, goodPassword); err != nil {
			t.Fatal(err)
		}
	}
	a.client = newClient(t, func(o *Options) {
		o.Accounts = a.Service
		if change != nil {
			change(o)
		}
	})
	return a
}

// with is the same server for a part of a test.
func (a *accounts) with(t *testing.T) *accounts {
	c, part := *a.client, *a
	c.t, part.client = t, &c
	return &part
}

// send sends a request of a page of this server; headers come as name, value. Each answer is held against the OpenAPI
// document.
func (a *accounts) send(method, target string, body any, headers ...string) *httptest.ResponseRecorder {
	a.t.Helper()
	var text []byte
	switch body := body.(type) {
	case nil:
	case string:
		text = []byte(body)
	default:
		var err error
		if text, err = json.Marshal(body); err != nil {
			a.t.Fatal(err)
		}
	}
	r := httptest.NewRequestWithContext(a.t.Context(), method, "https://map.example"+target, bytes.NewReader(text))
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	a.server.ServeHTTP(w, r)
	if isCall(r.URL.Path) && method != http.MethodOptions {
		if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Access-Control-Allow-Origin") != "" {
			a.t.Errorf("%s %s may be kept, or read by other sites: %v", method, target, w.Header())
		}
		a.validateCall(r, w)
	}
	return w
}

// signIn returns the headers of somebody who is signed in.
func (a *accounts) signIn(name string) []string {
	a.t.Helper()
	w := a.send(http.MethodPost, "/api/session", map[string]string{"name": name, "password": goodPassword})
	if w.Code != http.StatusOK {
		a.t.Fatalf("sign in as %s: %d %s", name, w.Code, w.Body)
	}
	return []string{"Cookie", cookieOf(w)}
}

// cookieOf is the cookie that an answer sets, as it is sent back.
func cookieOf(w *httptest.ResponseRecorder) string {
	for _, c := range w.Result().Cookies() {
		if strings.HasSuffix(c.Name, sessionCookie) {
			return c.Name + "=" + c.Value
		}
	}
	return ""
}

// token returns the headers of a token of an account.
func (a *accounts) token(name string, scopes ...auth.Scope) (headers []string, id string) {
	a.t.Helper()
	w := a.send(http.MethodPost, "/api/tokens", map[string]any{"name": "t", "scopes": scopes, "expires_in_days": 2}, a.signIn(name)...)
	var made struct {
		Token  struct{ ID string }
		Secret string
	}
	a.decode(w, http.StatusCreated, &made)
	return []string{"Authorization", "Bearer " + made.Secret}, made.Token.ID
}

func (a *accounts) decode(w *httptest.ResponseRecorder, status int, v any) {
	a.t.Helper()
	if w.Code != status {
		a.t.Fatalf("%d, want %d: %s", w.Code, status, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), v); err != nil {
		a.t.Fatal(err)
	}
}

func (a *accounts) wantStatus(w *httptest.ResponseRecorder, want int) {
	a.t.Helper()
	if w.Code != want {
		a.t.Errorf("%d, want %d: %s", w.Code, want, w.Body)
	}
	if w.Code >= 400 {
		readProblem(a.t, w)
	}
}

// TestRightsOfCalls is made from the matrix: each call is tried by each role, with a session and with tokens. Who may
// do it gets beyond the gate, whatever the call then says of its missing body; all others are refused there.
func TestRightsOfCalls(t *testing.T) {
	a := newAccounts(t, nil)
	fill := strings.NewReplacer(":user", "nobody", ":token", "none", ":invitation", "none")
	for _, k := range a.server.calls() {
		for _, role := range append([]auth.Role{auth.Visitor}, auth.Roles()...) {
			t.Run(fmt.Sprintf("%s %s as %s", k.method, k.path, role), func(t *testing.T) {
				a := a.with(t)
				var who []string
				p := auth.Principal{Name: string(role), Role: role, Districts: []layout.ID{"D1"}}
				want := 0
				if role != auth.Visitor {
					who = a.signIn(string(role))
				} else {
					p = auth.Anonymous()
				}
				switch {
				case k.action == "" || p.MayEver(k.action):
				case role == auth.Visitor:
					want = http.StatusUnauthorized
				default:
					want = http.StatusForbidden
				}
				w := a.send(k.method, fill.Replace(k.path), nil, who...)
				refused := w.Code == http.StatusUnauthorized || w.Code == http.StatusForbidden
				if refused != (want != 0) || want != 0 && w.Code != want {
					t.Errorf("%d %s", w.Code, w.Body)
				}
			})
		}
	}
}

// TestRightsOfTokens tries each call by tokens of an admin, one for each scope.
func TestRightsOfTokens(t *testing.T) {
	a := newAccounts(t, nil)
	fill := strings.NewReplacer(":user", "nobody", ":token", "none", ":invitation", "none")
	for _, scope := range auth.Scopes() {
		who, _ := a.token("admin", scope)
		p := auth.Principal{Name: "admin", Role: auth.Admin, Token: &auth.Token{Scopes: []auth.Scope{scope}}}
		for _, k := range a.server.calls() {
			w := a.send(k.method, fill.Replace(k.path), nil, who...)
			allowed := k.action == "" || p.MayEver(k.action)
			if (w.Code == http.StatusForbidden) == allowed {
				t.Errorf("%s %s with scope %s: %d %s", k.method, k.path, scope, w.Code, w.Body)
			}
		}
	}
}

func TestVisitorsNeverTouchTheStore(t *testing.T) {
	a := newAccounts(t, nil)
	before := a.store.calls.Load()
	for _, k := range a.server.calls() {
		if k.action == "" && k.method != http.MethodGet {
			continue // sign-in and invitations have something to look up
		}
		for _, who := range [][]string{nil, {"Authorization", "Bearer parkmap_token_short"}, {"Authorization", "Basic YTpi"}, {"Cookie", "__Host-parkmap_session=x"}} {
			a.send(k.method, strings.ReplaceAll(k.path, ":", ""), nil, who...)
		}
	}
	a.send(http.MethodPost, "/api/invitations/accept", map[string]string{"secret": "guess", "name": "x", "password": goodPassword})
	if n := a.store.calls.Load() - before; n != 0 {
		t.Errorf("the store was asked %d times", n)
	}
}

func TestSessionOfABrowser(t *testing.T) {
	a := newAccounts(t, nil)
	w := a.send(http.MethodPost, "/api/session", map[string]string{"name": " Planner", "password": goodPassword})
	header := w.Header().Get("Set-Cookie")
	for _, part := range []string{"__Host-parkmap_session=parkmap_session_", "; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax", "; Max-Age=604800"} {
		if !strings.Contains(header, part) {
			t.Errorf("the cookie lacks %s: %s", part, header)
		}
	}
	who := []string{"Cookie", cookieOf(w)}
	var session sessionDocument
	a.decode(a.send(http.MethodGet, "/api/session", nil, who...), http.StatusOK, &session)
	if session.User == nil || session.User.Name != "planner" || session.EndsAt == nil || !slices.Contains(session.Actions, auth.Draft) {
		t.Errorf("%+v", session)
	}
	a.wantStatus(a.send(http.MethodDelete, "/api/session", nil, who...), http.StatusNoContent)
	session = sessionDocument{}
	a.decode(a.send(http.MethodGet, "/api/session", nil, who...), http.StatusOK, &session) // a stolen cookie is worth nothing
	if session.User != nil || !slices.Equal(session.Actions, []auth.Action{auth.Read}) {
		t.Errorf("%+v", session)
	}
	a.wantStatus(a.send(http.MethodGet, "/api/tokens", nil, who...), http.StatusUnauthorized)
}

func TestCookieWithoutTLS(t *testing.T) {
	a := newAccounts(t, func(o *Options) { o.BaseURL = "" })
	r := httptest.NewRequest(http.MethodPost, "http://localhost/api/session", strings.NewReader(`{"name":"viewer","password":"`+goodPassword+`"}`))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	a.server.ServeHTTP(w, r)
	if h := w.Header().Get("Set-Cookie"); !strings.HasPrefix(h, "parkmap_session=") || strings.Contains(h, "Secure") {
		t.Errorf("%d %s", w.Code, h)
	}
}

// TestSessionFixation brings a secret of the attacker's choice to the sign-in.
func TestSessionFixation(t *testing.T) {
	a := newAccounts(t, nil)
	planted := "__Host-parkmap_session=parkmap_session_" + strings.Repeat("A", 52)
	w := a.send(http.MethodPost, "/api/session", map[string]string{"name": "viewer", "password": goodPassword}, "Cookie", planted)
	if got := cookieOf(w); got == planted || got == "" {
		t.Errorf("the cookie is %q", got)
	}
	a.wantStatus(a.send(http.MethodGet, "/api/tokens", nil, "Cookie", planted), http.StatusUnauthorized)
	// Who signs in again gets a new session, and the old one is over.
	old := a.signIn("viewer")
	w = a.send(http.MethodPost, "/api/session", map[string]string{"name": "viewer", "password": goodPassword}, old...)
	a.wantStatus(w, http.StatusOK)
	a.wantStatus(a.send(http.MethodGet, "/api/tokens", nil, old...), http.StatusUnauthorized)
}

func TestCrossSite(t *testing.T) {
	a := newAccounts(t, nil)
	who := a.signIn("admin")
	body := map[string]any{"name": "x", "scopes": []string{"read"}, "expires_in_days": 1}
	for _, c := range []struct {
		name    string
		headers []string
		want    int
	}{
		{"other site", []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, http.StatusForbidden},
		{"site beside ours", []string{"Sec-Fetch-Site", "same-site", "Origin", "https://a.map.example"}, http.StatusForbidden},
		{"old browser, other site", []string{"Origin", "https://evil.example"}, http.StatusForbidden},
		{"sandboxed frame", []string{"Origin", "null"}, http.StatusForbidden},
		{"own page", []string{"Sec-Fetch-Site", "same-origin", "Origin", "https://map.example"}, http.StatusCreated},
		{"old browser, own page", []string{"Origin", "https://map.example"}, http.StatusCreated},
		{"no browser", nil, http.StatusCreated},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := a.with(t)
			a.wantStatus(a.send(http.MethodPost, "/api/tokens", body, slices.Concat(who, c.headers)...), c.want)
		})
	}
	form := a.send(http.MethodPost, "/api/tokens", "name=x", append(who, "Content-Type", "text/plain")...)
	a.wantStatus(form, http.StatusUnsupportedMediaType)
	preflight := a.send(http.MethodOptions, "/api/users", nil, "Origin", "https://evil.example", "Access-Control-Request-Method", "POST")
	if preflight.Header().Get("Access-Control-Allow-Origin") != "" || preflight.Header().Get("Access-Control-Allow-Methods") != "" {
		t.Errorf("%v", preflight.Header())
	}
}

func TestTokenOverHTTP(t *testing.T) {
	a := newAccounts(t, nil)
	who, id := a.token("admin", auth.ScopeAdmin)
	ask := func(want int) {
		t.Helper()
		a.wantStatus(a.send(http.MethodGet, "/api/users", nil, who...), want)
	}
	ask(http.StatusOK)
	w := a.send(http.MethodGet, "/api/users", nil, "Authorization", who[1]+"x")
	a.wantStatus(w, http.StatusUnauthorized)
	if w.Header().Get("WWW-Authenticate") == "" {
		t.Error("no WWW-Authenticate")
	}
	a.now = a.now.Add(48 * time.Hour)
	ask(http.StatusUnauthorized) // expired
	a.now = a.now.Add(-47 * time.Hour)
	ask(http.StatusOK)
	a.wantStatus(a.send(http.MethodDelete, "/api/tokens/"+id, nil, a.signIn("viewer")...), http.StatusNotFound) // not theirs
	a.wantStatus(a.send(http.MethodDelete, "/api/tokens/"+id, nil, a.signIn("admin")...), http.StatusNoContent)
	ask(http.StatusUnauthorized)
	a.wantStatus(a.send(http.MethodGet, "/api/tokens?user=admin", nil, a.signIn("planner")...), http.StatusForbidden)
}

func TestRoleTakenAwayWhileSignedIn(t *testing.T) {
	a := newAccounts(t, nil)
	admin := a.signIn("admin")
	a.wantStatus(a.send(http.MethodPost, "/api/users", map[string]any{"name": "second", "role": "admin", "password": goodPassword}, admin...), http.StatusCreated)
	second := a.signIn("second")
	token, _ := a.token("second", auth.ScopeAdmin)
	a.wantStatus(a.send(http.MethodGet, "/api/users", nil, token...), http.StatusOK)
	a.wantStatus(a.send(http.MethodPatch, "/api/users/second", map[string]any{"role": "viewer"}, admin...), http.StatusOK)
	a.wantStatus(a.send(http.MethodGet, "/api/users", nil, second...), http.StatusUnauthorized)
	a.wantStatus(a.send(http.MethodGet, "/api/users", nil, token...), http.StatusForbidden)
	a.wantStatus(a.send(http.MethodPatch, "/api/users/second", map[string]any{"disabled": true}, admin...), http.StatusOK)
	a.wantStatus(a.send(http.MethodGet, "/api/users", nil, token...), http.StatusUnauthorized)
	a.wantStatus(a.send(http.MethodPatch, "/api/users/admin", map[string]any{"role": "viewer"}, admin...), http.StatusConflict) // the last one
}

// TestSignInLimits spoofs X-Forwarded-For: it counts only when a trusted proxy says it.
func TestSignInLimits(t *testing.T) {
	for _, proxied := range []bool{false, true} {
		a := newAccounts(t, func(o *Options) {
			if proxied {
				o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} // where requests of tests come from
			}
		})
		limited := 0
		for i := range auth.AddressFailures + 5 {
			w := a.send(http.MethodPost, "/api/session", map[string]string{"name": fmt.Sprintf("n%d", i), "password": "wrong password"},
				"X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i))
			if w.Code == http.StatusTooManyRequests {
				limited++
				if w.Header().Get("Retry-After") != "900" {
					t.Errorf("Retry-After is %q", w.Header().Get("Retry-After"))
				}
			}
		}
		if want := map[bool]int{false: 5, true: 0}[proxied]; limited != want {
			t.Errorf("behind a proxy %t: %d limited, want %d", proxied, limited, want)
		}
	}
}

func TestInvitationOverHTTP(t *testing.T) {
	a := newAccounts(t, nil)
	w := a.send(http.MethodPost, "/api/invitations", map[string]any{"role": "planner", "districts": []string{"D2"}, "note": "王芳", "expires_in_days": 7}, a.signIn("admin")...)
	var made struct{ Secret, Link string }
	a.decode(w, http.StatusCreated, &made)
	if made.Link != "https://map.example/join#"+made.Secret {
		t.Errorf("the link is %q", made.Link)
	}
	body := map[string]any{"secret": made.Secret, "name": "wang", "display_name": "王芳", "password": goodPassword}
	w = a.send(http.MethodPost, "/api/invitations/accept", body)
	a.wantStatus(w, http.StatusOK)
	var session sessionDocument
	a.decode(a.send(http.MethodGet, "/api/session", nil, "Cookie", cookieOf(w)), http.StatusOK, &session)
	if session.User == nil || session.User.Name != "wang" || session.User.Role != auth.Planner || session.User.Districts[0] != "D2" {
		t.Errorf("%+v", session.User)
	}
	body["name"] = "wang2"
	a.wantStatus(a.send(http.MethodPost, "/api/invitations/accept", body), http.StatusNotFound)
}

func TestAudit(t *testing.T) {
	a := newAccounts(t, nil)
	admin := a.signIn("admin")
	a.wantStatus(a.send(http.MethodPost, "/api/users", map[string]any{"name": "eve", "display_name": "=cmd()", "role": "viewer", "password": goodPassword}, admin...), http.StatusCreated)
	var seen []int64
	for target := "/api/audit?limit=2"; target != ""; {
		var page struct {
			Entries []entryDocument
			Next    int64
		}
		a.decode(a.send(http.MethodGet, target, nil, admin...), http.StatusOK, &page)
		for _, e := range page.Entries {
			seen = append(seen, e.Number)
		}
		target = ""
		if page.Next > 0 {
			target = fmt.Sprintf("/api/audit?limit=2&before=%d", page.Next)
		}
	}
	if !slices.Equal(seen, []int64{6, 5, 4, 3, 2, 1}) {
		t.Errorf("entries %v", seen)
	}
	w := a.send(http.MethodGet, "/api/audit?f=csv", nil, admin...)
	lines := strings.Split(strings.TrimSpace(w.Body.String()), "\r\n")
	if len(lines) != 7 || !strings.HasPrefix(lines[1], "6,2026-01-02T03:04:05Z,admin,account-add,eve,viewer,192.0.2.1,") {
		t.Errorf("%d lines, %q", len(lines), lines[1])
	}
	for _, bad := range []string{"limit=0", "before=x", "before=0", "f=xml", "page=1"} {
		a.wantStatus(a.send(http.MethodGet, "/api/audit?"+bad, nil, admin...), http.StatusBadRequest)
	}
}

// TestRefusalsAreLogged: who is signed in and tries what they may not is in the log, and cannot fill it.
func TestRefusalsAreLogged(t *testing.T) {
	a := newAccounts(t, nil)
	viewer := a.signIn("viewer")
	for range auth.MaxRefusals + 10 {
		a.wantStatus(a.send(http.MethodPatch, "/api/users/admin", map[string]any{"role": "viewer"}, viewer...), http.StatusForbidden)
	}
	a.wantStatus(a.send(http.MethodGet, "/api/users", nil), http.StatusUnauthorized) // a visitor is not
	entries, err := a.Log(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	logged := 0
	for _, e := range entries {
		if e.Action == "refused" {
			logged++
			if e.Actor != "viewer" || e.Subject != "PATCH /api/users/admin" || e.Detail != "the role viewer may not do this" || e.Address != "192.0.2.1" {
				t.Errorf("%+v", e)
			}
		}
	}
	if logged != auth.MaxRefusals {
		t.Errorf("%d refusals are in the log, want %d", logged, auth.MaxRefusals)
	}
}

func TestHostileBodies(t *testing.T) {
	a := newAccounts(t, nil)
	admin := a.signIn("admin")
	for _, c := range []struct {
		name, body string
		want       int
	}{
		{"no JSON", "name=x", http.StatusBadRequest},
		{"nothing", " ", http.StatusBadRequest},
		{"list", "[]", http.StatusBadRequest},
		{"two values", `{"name":"a"}{}`, http.StatusBadRequest},
		{"unknown member", `{"name":"a","is_admin":true}`, http.StatusBadRequest},
		{"number for a text", `{"name":1}`, http.StatusBadRequest},
		{"name of 1 MB", `{"name":"` + strings.Repeat("a", 1<<20) + `"}`, http.StatusRequestEntityTooLarge},
		{"deep", strings.Repeat(`{"name":`, 20000), http.StatusRequestEntityTooLarge},
		{"NUL", `{"name":"a\u0000b","role":"viewer"}`, http.StatusBadRequest},
		{"direction of writing", `{"name":"b","display_name":"a\u202eb","role":"viewer"}`, http.StatusBadRequest},
		{"HTML as name", `{"name":"<b>","role":"viewer"}`, http.StatusBadRequest},
		{"role that there is not", `{"name":"b","role":"god"}`, http.StatusBadRequest},
		{"HTML as display name", `{"name":"b","display_name":"<script>alert(1)</script>","role":"viewer","password":"` + goodPassword + `"}`, http.StatusCreated},
		{"name that is taken", `{"name":"B","role":"viewer"}`, http.StatusConflict},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := a.with(t)
			a.wantStatus(a.send(http.MethodPost, "/api/users", c.body, admin...), c.want)
		})
	}
	for _, target := range []string{"/api/users/%00", "/api/users/" + strings.Repeat("a", 5000), "/api/users/%FF", "/api/users/a%2Fb", "/api/tokens?user=%00"} {
		if w := a.send(http.MethodGet, target, nil, admin...); w.Code != http.StatusNotFound && w.Code != http.StatusBadRequest {
			t.Errorf("%.40s: %d %s", target, w.Code, w.Body)
		}
	}
}
