package api

import (
	"net/http"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
)

// sessionDocument says who is signed in.
type sessionDocument struct {
	User    *identity     `json:"user"`
	Actions []auth.Action `json:"actions"`
	Methods []string      `json:"methods"`
	EndsAt  *time.Time    `json:"ends_at,omitempty"`
}

// identity is an account as it is told to itself.
type identity struct {
	Name        string      `json:"name"`
	DisplayName string      `json:"display_name"`
	Role        auth.Role   `json:"role"`
	Districts   []layout.ID `json:"districts"`
}

func (s *Server) newSession(p auth.Principal) sessionDocument {
	doc := sessionDocument{Actions: []auth.Action{}, Methods: []string{"password"}}
	if s.oidc != nil {
		doc.Methods = append(doc.Methods, "oidc")
	}
	for _, r := range auth.Matrix() {
		if p.MayEver(r.Action) {
			doc.Actions = append(doc.Actions, r.Action)
		}
	}
	if p.SignedIn() {
		doc.User = &identity{p.Name, p.DisplayName, p.Role, some(p.Districts)}
	}
	if p.Session != nil {
		doc.EndsAt = when(p.Session.EndsAt())
	}
	return doc
}

// some is a list that is written as [] when it has no members.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// when is a time that is left out when it is zero.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func (s *Server) getSession(c *caller) error {
	return c.write(http.StatusOK, s.newSession(c.Principal))
}

func (s *Server) getRights(c *caller) error {
	return c.write(http.StatusOK, struct {
		Rights []auth.Rule `json:"rights"`
	}{auth.Matrix()})
}

func (s *Server) signIn(c *caller) error {
	var in struct{ Name, Password string }
	if err := c.read(&in); err != nil {
		return err
	}
	secret, p, err := s.accounts.SignIn(c.Request().Context(), auth.Credentials{Name: in.Name, Password: in.Password, Address: c.address})
	if err != nil {
		return err
	}
	return s.enter(c, secret, p)
}

// enter hands out the cookie of a new session and ends the one before.
func (s *Server) enter(c *caller, secret string, p auth.Principal) error {
	if err := s.leave(c); err != nil {
		return err
	}
	s.keepSession(c, secret, p)
	return c.write(http.StatusOK, s.newSession(p))
}

func (s *Server) keepSession(c *caller, secret string, p auth.Principal) {
	s.setCookie(c, s.cookieName(c.Request()), secret, int(p.Session.ExpiresAt.Sub(p.Session.CreatedAt).Seconds()))
}

// leave ends the session of the caller, if there is one.
func (s *Server) leave(c *caller) error {
	if c.Session == nil {
		return nil
	}
	return s.accounts.SignOut(c.Request().Context(), c.Principal, c.address)
}

func (s *Server) signOut(c *caller) error {
	if err := s.leave(c); err != nil {
		return err
	}
	s.setCookie(c, s.cookieName(c.Request()), "", -1)
	return c.done()
}

func (s *Server) changePassword(c *caller) error {
	var in struct{ Current, Password string }
	if err := c.read(&in); err != nil {
		return err
	}
	secret, p, err := s.accounts.ChangePassword(c.Request().Context(), c.Principal, in.Current, in.Password, c.address)
	if err != nil {
		return err
	}
	s.keepSession(c, secret, p)
	return c.write(http.StatusOK, s.newSession(p))
}
