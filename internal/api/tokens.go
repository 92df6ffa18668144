package api

import (
	"net/http"
	"time"

	"parkmap/internal/auth"
)

// tokenDocument is an API token without its secret.
type tokenDocument struct {
	ID        string       `json:"id"`
	User      string       `json:"user"`
	Name      string       `json:"name"`
	Scopes    []auth.Scope `json:"scopes"`
	CreatedAt time.Time    `json:"created_at"`
	ExpiresAt time.Time    `json:"expires_at"`
	UsedAt    *time.Time   `json:"used_at,omitempty"`
	RevokedAt *time.Time   `json:"revoked_at,omitempty"`
}

func newToken(t auth.Token) tokenDocument {
	return tokenDocument{t.ID, t.Account, t.Name, some(t.Scopes), t.CreatedAt, t.ExpiresAt, when(t.UsedAt), when(t.RevokedAt)}
}

// life is so many days, of which more than any limit are none.
func life(days int) time.Duration {
	if days < 0 || days > 10_000 {
		return 0
	}
	return time.Duration(days) * 24 * time.Hour
}

func (s *Server) getTokens(c *caller) error {
	values, err := parseQuery(c.Request().URL.RawQuery, []string{"user"})
	if err != nil {
		return err
	}
	owner := c.Name
	if name := auth.CleanName(values.Get("user")); name != "" && name != owner {
		if err := c.Check(auth.Accounts, auth.Thing{}); err != nil {
			return err
		}
		owner = name
	}
	tokens, err := s.accounts.Tokens(c.Request().Context(), owner)
	if err != nil {
		return err
	}
	doc := struct {
		Tokens []tokenDocument `json:"tokens"`
	}{[]tokenDocument{}}
	for _, t := range tokens {
		doc.Tokens = append(doc.Tokens, newToken(t))
	}
	return c.write(http.StatusOK, doc)
}

func (s *Server) addToken(c *caller) error {
	var in struct {
		Name   string       `json:"name"`
		Scopes []auth.Scope `json:"scopes"`
		Days   int          `json:"expires_in_days"`
	}
	if err := c.read(&in); err != nil {
		return err
	}
	secret, t, err := s.accounts.NewToken(c.Request().Context(), c.Principal, c.address, in.Name, in.Scopes, life(in.Days))
	if err != nil {
		return err
	}
	return c.write(http.StatusCreated, struct {
		Token  tokenDocument `json:"token"`
		Secret string        `json:"secret"`
	}{newToken(t), secret})
}

// revokeToken revokes a token of the caller, or anybody's for those who manage accounts.
func (s *Server) revokeToken(c *caller) error {
	owner := c.Name
	if c.Allows(auth.Accounts, auth.Thing{}) {
		owner = ""
	}
	if err := s.accounts.RevokeToken(c.Request().Context(), c.actor(), owner, c.param("token")); err != nil {
		return err
	}
	return c.done()
}
