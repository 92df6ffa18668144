package api

import (
	"net/http"
	"net/url"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
)

// user is an account as admins see it.
type user struct {
	identity
	Disabled    bool       `json:"disabled"`
	HasPassword bool       `json:"has_password"`
	CreatedAt   time.Time  `json:"created_at"`
	SeenAt      *time.Time `json:"seen_at,omitempty"`
}

func newUser(a auth.Account) user {
	return user{
		identity{a.Name, a.DisplayName, a.Role, some(a.Districts)}, a.Disabled(), a.Password != "", a.CreatedAt, when(a.SeenAt),
	}
}

// page reads the parameters of a list: where it begins, and how many entries it has.
func (c *caller) page(from string, more ...string) (url.Values, int, error) {
	values, err := parseQuery(c.Request().URL.RawQuery, append(more, from, "limit"))
	if err != nil || !values.Has("limit") {
		return values, ogc.DefaultLimit, err
	}
	limit, err := parseLimit(values.Get("limit"))
	return values, limit, err
}

func (s *Server) getUsers(c *caller) error {
	values, limit, err := c.page("after")
	if err != nil {
		return err
	}
	accounts, err := s.accounts.List(c.Request().Context(), values.Get("after"), limit)
	if err != nil {
		return err
	}
	doc := struct {
		Users []user `json:"users"`
		Next  string `json:"next,omitempty"`
	}{Users: []user{}}
	for _, a := range accounts {
		doc.Users = append(doc.Users, newUser(a))
	}
	if len(accounts) == limit {
		doc.Next = accounts[limit-1].Name
	}
	return c.write(http.StatusOK, doc)
}

func (s *Server) addUser(c *caller) error {
	var in struct {
		identity
		Password string `json:"password"`
	}
	if err := c.read(&in); err != nil {
		return err
	}
	a, err := s.accounts.Add(c.Request().Context(), c.actor(),
		auth.Account{Name: in.Name, DisplayName: in.DisplayName, Role: in.Role, Districts: in.Districts}, in.Password)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Location", "/api/users/"+url.PathEscape(a.Name))
	return c.write(http.StatusCreated, newUser(a))
}

func (s *Server) getUser(c *caller) error {
	a, err := s.accounts.Account(c.Request().Context(), c.param("user"))
	if err != nil {
		return err
	}
	return c.write(http.StatusOK, newUser(a))
}

func (s *Server) changeUser(c *caller) error {
	var in struct {
		DisplayName *string      `json:"display_name"`
		Role        *auth.Role   `json:"role"`
		Districts   *[]layout.ID `json:"districts"`
		Disabled    *bool        `json:"disabled"`
	}
	if err := c.read(&in); err != nil {
		return err
	}
	a, err := s.accounts.Change(c.Request().Context(), c.actor(), c.param("user"), auth.Patch(in))
	if err != nil {
		return err
	}
	return c.write(http.StatusOK, newUser(a))
}

func (s *Server) setPassword(c *caller) error {
	var in struct{ Password string }
	if err := c.read(&in); err != nil {
		return err
	}
	if err := s.accounts.SetPassword(c.Request().Context(), c.actor(), c.param("user"), in.Password); err != nil {
		return err
	}
	return c.done()
}
