package oidc_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/auth/oidc"
	"parkmap/internal/auth/oidc/oidctest"
	"parkmap/internal/layout"
)

const redirect = "https://map.example/api/session/oidc/callback"

func provider(i *oidctest.Issuer) *oidc.Provider {
	return oidc.New(oidc.Config{Issuer: i.URL, ClientID: oidctest.ClientID, ClientSecret: oidctest.ClientSecret})
}

// visit goes where the provider sends a browser, and returns what it brings back.
func visit(t *testing.T, address string) url.Values {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	back, err := resp.Location()
	if err != nil {
		t.Fatalf("%d: %v", resp.StatusCode, err)
	}
	return back.Query()
}

// begin sends somebody to the provider, and returns what they bring back.
func begin(t *testing.T, p *oidc.Provider) (oidc.Flow, url.Values) {
	t.Helper()
	address, flow, err := p.Start(t.Context(), redirect)
	if err != nil {
		t.Fatal(err)
	}
	return flow, visit(t, address)
}

func TestSignIn(t *testing.T) {
	issuer := oidctest.New(t)
	p := provider(issuer)
	flow, back := begin(t, p)
	id, err := p.Finish(t.Context(), redirect, flow, back.Get("state"), back.Get("code"))
	want := auth.Identity{Issuer: issuer.URL, Subject: "person-1", Name: "wang@example.org", DisplayName: "王芳"}
	if err != nil || id != want {
		t.Errorf("%+v, %v", id, err)
	}
	if _, err := p.Finish(t.Context(), redirect, flow, back.Get("state"), back.Get("code")); layout.KindOf(err) != layout.KindUnauthenticated {
		t.Errorf("the code again: %v", err)
	}
}

func TestRefused(t *testing.T) {
	claim := func(name string, value any) func(*oidctest.Issuer) {
		return func(i *oidctest.Issuer) { i.Claims = func(c map[string]any) { c[name] = value } }
	}
	nothing := func(*oidctest.Issuer) {}
	for _, c := range []struct {
		name   string
		issuer func(*oidctest.Issuer)
		change func(f *oidc.Flow, back url.Values)
	}{
		{"made for another client", claim("aud", "another"), nil},
		{"made by another provider", claim("iss", "https://other.example"), nil},
		{"expired", claim("exp", time.Now().Add(-time.Hour).Unix()), nil},
		{"answer to another sign-in", claim("nonce", "other"), nil},
		{"signed by somebody else", func(i *oidctest.Issuer) { i.Key = oidctest.NewKey(t) }, nil},
		{"other state", nothing, func(_ *oidc.Flow, back url.Values) { back.Set("state", "other") }},
		{"no flow", nothing, func(f *oidc.Flow, back url.Values) { *f = oidc.Flow{}; back.Del("state") }},
		{"other verifier", nothing, func(f *oidc.Flow, _ url.Values) { f.Verifier = "a verifier of somebody who stole the code" }},
		{"other code", nothing, func(_ *oidc.Flow, back url.Values) { back.Set("code", "guess") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			issuer := oidctest.New(t)
			p := provider(issuer)
			flow, back := begin(t, p)
			c.issuer(issuer)
			if c.change != nil {
				c.change(&flow, back)
			}
			id, err := p.Finish(t.Context(), redirect, flow, back.Get("state"), back.Get("code"))
			if layout.KindOf(err) != layout.KindUnauthenticated {
				t.Errorf("%+v, %v", id, err)
			}
		})
	}
}

// TestUnverifiedAddress: an address that the provider has not checked is nobody's name.
func TestUnverifiedAddress(t *testing.T) {
	issuer := oidctest.New(t)
	issuer.Claims = func(c map[string]any) { c["email_verified"] = false }
	p := provider(issuer)
	flow, back := begin(t, p)
	id, err := p.Finish(t.Context(), redirect, flow, back.Get("state"), back.Get("code"))
	if err != nil || id.Name != "" || id.Subject == "" {
		t.Errorf("%+v, %v", id, err)
	}
}

func TestProviderThatDoesNotAnswer(t *testing.T) {
	p := oidc.New(oidc.Config{Issuer: "http://127.0.0.1:1", ClientID: "x"})
	if _, _, err := p.Start(t.Context(), redirect); layout.KindOf(err) != layout.KindUnavailable {
		t.Errorf("%v", err)
	}
}
