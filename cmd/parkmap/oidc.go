package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"parkmap/internal/api"
	"parkmap/internal/auth/oidc"
)

// oidcFlags name an identity provider that people may sign in with.
type oidcFlags struct {
	OIDCIssuer     string `name:"oidc-issuer" help:"Identity provider (OpenID Connect) to sign in with; its address, as it has it itself." placeholder:"URL" env:"PARKMAP_OIDC_ISSUER"`
	OIDCClientID   string `name:"oidc-client-id" help:"Name of this server at the identity provider." placeholder:"ID" env:"PARKMAP_OIDC_CLIENT_ID"`
	OIDCSecretFile string `name:"oidc-client-secret-file" help:"File with the secret of this server at the identity provider (or $PARKMAP_OIDC_CLIENT_SECRET)." type:"path" placeholder:"FILE" env:"PARKMAP_OIDC_CLIENT_SECRET_FILE"`
	OIDCClaim      string `name:"oidc-claim" help:"Claim of the identity provider whose value is the name of an account." default:"email" placeholder:"CLAIM" env:"PARKMAP_OIDC_CLAIM"`
}

// check reports what cannot work.
func (f oidcFlags) check(baseURL string) error {
	if f.OIDCIssuer == "" {
		return nil
	}
	u, err := url.Parse(f.OIDCIssuer)
	loopback := err == nil && (u.Hostname() == "127.0.0.1" || u.Hostname() == "localhost" || u.Hostname() == "::1")
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && loopback):
		return fmt.Errorf("--oidc-issuer: %q is no https address", f.OIDCIssuer)
	case f.OIDCClientID == "":
		return errors.New("--oidc-issuer needs --oidc-client-id")
	case baseURL == "":
		return errors.New("--oidc-issuer needs --base-url: the identity provider sends people back there")
	}
	return nil
}

// provider makes the identity provider; nil where there is none.
func (f oidcFlags) provider() (api.SignInProvider, error) {
	if f.OIDCIssuer == "" {
		return nil, nil
	}
	secret := os.Getenv("PARKMAP_OIDC_CLIENT_SECRET")
	if f.OIDCSecretFile != "" {
		text, err := os.ReadFile(f.OIDCSecretFile)
		if err != nil {
			return nil, fmt.Errorf("--oidc-client-secret-file: %w", err)
		}
		secret = strings.TrimSpace(string(text))
	}
	return oidc.New(oidc.Config{Issuer: f.OIDCIssuer, ClientID: f.OIDCClientID, ClientSecret: secret, NameClaim: f.OIDCClaim}), nil
}
