// Package oidc signs people in through an identity provider, by the code flow of OpenID Connect Core 1.0 with PKCE
// (RFC 7636). It speaks with the provider, and knows no account.
package oidc

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
)

// timeout bounds what the provider may take for an answer.
const timeout = 10 * time.Second

// Config names a provider and ourselves there.
type Config struct {
	Issuer       string // address of the provider
	ClientID     string
	ClientSecret string // "" for a public client
	NameClaim    string // whose value is proposed as name of an account: "" is email
}

// Provider is an identity provider. All methods may be called at the same time.
type Provider struct {
	config Config
	client *http.Client
	mu     sync.Mutex
	found  *oidc.Provider // nil until it answered once
}

// New makes a Provider. It is asked for its addresses when somebody signs in, so that a server starts without it.
func New(c Config) *Provider {
	if c.NameClaim == "" {
		c.NameClaim = "email"
	}
	return &Provider{config: c, client: &http.Client{Timeout: timeout}}
}

// Flow is one sign-in on its way. The browser keeps it until it comes back.
type Flow struct {
	State    string // comes back in the address
	Nonce    string // comes back in the ID token
	Verifier string // of PKCE; goes to the provider at the end
}

// Start returns where to send a browser, which is to come back to redirect. Unavailable when the provider does not
// answer.
func (p *Provider) Start(ctx context.Context, redirect string) (address string, f Flow, err error) {
	provider, err := p.provider(ctx)
	if err != nil {
		return "", Flow{}, err
	}
	f = Flow{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier()}
	return p.oauth(provider, redirect).AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)), f, nil
}

// Finish exchanges the code that a browser came back with for who it is. Unauthenticated when code, state or what the
// provider says do not fit the flow.
func (p *Provider) Finish(ctx context.Context, redirect string, f Flow, state, code string) (auth.Identity, error) {
	if f.State == "" || subtle.ConstantTimeCompare([]byte(f.State), []byte(state)) == 0 {
		return auth.Identity{}, refused("the sign-in was not begun in this browser, or took too long", nil)
	}
	provider, err := p.provider(ctx)
	if err != nil {
		return auth.Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	answer, err := p.oauth(provider, redirect).Exchange(ctx, code, oauth2.VerifierOption(f.Verifier))
	if err != nil {
		return auth.Identity{}, refused("the identity provider does not know this sign-in", err)
	}
	raw, _ := answer.Extra("id_token").(string)
	token, err := provider.Verifier(&oidc.Config{ClientID: p.config.ClientID}).Verify(ctx, raw)
	if err != nil {
		return auth.Identity{}, refused("the identity provider's word cannot be checked", err)
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(f.Nonce)) == 0 {
		return auth.Identity{}, refused("the identity provider answers another sign-in", nil)
	}
	return p.identity(token)
}

// identity reads the claims of a token that was checked. An address that is not verified is not believed.
func (p *Provider) identity(token *oidc.IDToken) (auth.Identity, error) {
	var claims map[string]any
	if err := token.Claims(&claims); err != nil {
		return auth.Identity{}, refused("the identity provider's word cannot be read", err)
	}
	text := func(name string) string {
		value, _ := claims[name].(string)
		return value
	}
	id := auth.Identity{Issuer: token.Issuer, Subject: token.Subject, Name: text(p.config.NameClaim), DisplayName: text("name")}
	if verified, _ := claims["email_verified"].(bool); p.config.NameClaim == "email" && !verified {
		id.Name = ""
	}
	return id, nil
}

func (p *Provider) oauth(provider *oidc.Provider, redirect string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.config.ClientID, ClientSecret: p.config.ClientSecret, Endpoint: provider.Endpoint(),
		RedirectURL: redirect, Scopes: []string{oidc.ScopeOpenID, "profile", "email"},
	}
}

// provider asks the provider where its parts are, once.
func (p *Provider) provider(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	// The provider's keys are fetched long after this request is over.
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.config.Issuer)
	if err != nil {
		return nil, layout.Unavailable("identity provider", fmt.Errorf("ask %s: %w", p.config.Issuer, err))
	}
	p.found = found
	return found, nil
}

func refused(detail string, err error) error {
	return &layout.Error{Kind: layout.KindUnauthenticated, Concerns: "sign-in", Detail: detail, Err: err}
}
