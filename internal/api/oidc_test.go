package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"parkmap/internal/auth"
	"parkmap/internal/auth/oidc"
	"parkmap/internal/auth/oidc/oidctest"
)

// byProvider signs in as a browser does: to the provider, and back with what it was given. change may alter the
// cookies and the address of the way back.
func (a *accounts) byProvider(query string, change func(cookies, target string) (string, string)) *httptest.ResponseRecorder {
	a.t.Helper()
	w := a.send(http.MethodGet, "/api/session/oidc"+query, nil)
	if w.Code != http.StatusFound {
		a.t.Fatalf("%d %s", w.Code, w.Body)
	}
	var cookies []string
	for _, c := range w.Result().Cookies() {
		if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.MaxAge != flowSeconds {
			a.t.Errorf("the cookie of the sign-in is %v", c)
		}
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	r, err := http.NewRequestWithContext(a.t.Context(), http.MethodGet, w.Header().Get("Location"), nil)
	if err != nil {
		a.t.Fatal(err)
	}
	back, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		a.t.Fatal(err)
	}
	defer back.Body.Close()
	cookie, target := strings.Join(cookies, "; "), strings.TrimPrefix(back.Header.Get("Location"), "https://map.example")
	if change != nil {
		cookie, target = change(cookie, target)
	}
	return a.send(http.MethodGet, target, nil, "Cookie", cookie)
}

func TestSignInByProvider(t *testing.T) {
	issuer := oidctest.New(t)
	a := newAccounts(t, func(o *Options) {
		o.OIDC = oidc.New(oidc.Config{Issuer: issuer.URL, ClientID: oidctest.ClientID, ClientSecret: oidctest.ClientSecret})
	})
	a.wantStatus(a.byProvider("", nil), http.StatusForbidden) // nobody knows her
	secret, _, err := a.Invite(t.Context(), auth.CommandLine(), auth.Invitation{Role: auth.Reviewer}, life(1))
	if err != nil {
		t.Fatal(err)
	}
	w := a.byProvider("?invitation="+secret, nil)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/" {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	var session sessionDocument
	a.decode(a.send(http.MethodGet, "/api/session", nil, "Cookie", cookieOf(w)), http.StatusOK, &session)
	if session.User == nil || session.User.Name != "wang@example.org" || session.User.DisplayName != "王芳" || session.User.Role != auth.Reviewer {
		t.Errorf("%+v", session.User)
	}
	if strings.Join(session.Methods, " ") != "password oidc" {
		t.Errorf("%v", session.Methods)
	}
	a.wantStatus(a.byProvider("", nil), http.StatusSeeOther) // from then on she is known
	for name, change := range map[string]func(cookies, target string) (string, string){
		"another browser": func(_, target string) (string, string) { return "", target },
		"broken cookie":   func(_, target string) (string, string) { return "__Host-parkmap_session-oidc=e30", target },
		"other state":     func(c, target string) (string, string) { return c, strings.Replace(target, "state=", "state=x", 1) },
		"refused there":   func(c, target string) (string, string) { return c, callbackPath + "?error=access_denied" },
	} {
		t.Run(name, func(t *testing.T) {
			a := a.with(t)
			a.wantStatus(a.byProvider("", change), http.StatusUnauthorized)
		})
	}
}
