package api

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"

	"parkmap/internal/auth"
	"parkmap/internal/auth/oidc"
)

// SignInProvider is an identity provider; oidc.Provider is.
type SignInProvider interface {
	Start(ctx context.Context, redirect string) (address string, f oidc.Flow, err error)
	Finish(ctx context.Context, redirect string, f oidc.Flow, state, code string) (auth.Identity, error)
}

const (
	callbackPath = "/api/session/oidc/callback"
	flowCookie   = "-oidc" // behind the name of the session's
	flowSeconds  = 600     // for signing in at the provider
)

// flow is a sign-in on its way, in a cookie of the browser that began it.
type flow struct {
	oidc.Flow
	Invitation string
}

// startOIDC sends a browser to the identity provider. It may bring an invitation.
func (s *Server) startOIDC(c *caller) error {
	values, err := parseQuery(c.Request().URL.RawQuery, []string{"invitation"})
	if err != nil {
		return err
	}
	redirect, err := s.callback(c)
	if err != nil {
		return err
	}
	address, begun, err := s.oidc.Start(c.Request().Context(), redirect)
	if err != nil {
		return err
	}
	text, err := json.Marshal(flow{begun, values.Get("invitation")})
	if err != nil {
		return err
	}
	s.setCookie(c, s.cookieName(c.Request())+flowCookie, base64.RawURLEncoding.EncodeToString(text), flowSeconds)
	return c.Redirect(http.StatusFound, address)
}

func (s *Server) callback(c *caller) (string, error) {
	base, err := s.baseOf(s.originOf(c.Request()))
	return string(base) + callbackPath, err
}

// finishOIDC is where the browser comes back to, and goes on from to the map, signed in.
func (s *Server) finishOIDC(c *caller) error {
	query := c.Request().URL.Query()
	if query.Has("error") {
		return auth.Unauthenticated("the identity provider did not sign you in")
	}
	redirect, err := s.callback(c)
	if err != nil {
		return err
	}
	begun := s.begunFlow(c)
	id, err := s.oidc.Finish(c.Request().Context(), redirect, begun.Flow, query.Get("state"), query.Get("code"))
	if err != nil {
		return err
	}
	secret, p, err := s.accounts.SignInBy(c.Request().Context(), id, begun.Invitation, c.address)
	if err != nil {
		return err
	}
	if err := s.leave(c); err != nil {
		return err
	}
	s.keepSession(c, secret, p)
	return c.Redirect(http.StatusSeeOther, "/")
}

// begunFlow takes the sign-in that this browser began out of its cookie; a zero one when there is none.
func (s *Server) begunFlow(c *caller) flow {
	name := s.cookieName(c.Request()) + flowCookie
	var f flow
	if cookie, err := c.Cookie(name); err == nil {
		if text, err := base64.RawURLEncoding.DecodeString(cookie.Value); err == nil {
			_ = json.Unmarshal(text, &f) // what is no flow fits no state
		}
	}
	s.setCookie(c, name, "", -1)
	return f
}
