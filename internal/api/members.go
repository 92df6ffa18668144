package api

import (
	"context"
	"net/http"

	"parkmap/internal/auth"
)

// serveMember answers a read that says who asks: signed-in users by what is theirs to see. A session that is over, or
// that cannot be looked up at present, makes a visitor; an API token that is refused makes an error, since a program
// would not notice that something is missing.
func (s *Server) serveMember(w http.ResponseWriter, r *http.Request) {
	p, err := s.principal(r)
	switch {
	case err == nil && p.Allows(auth.ReadPrivate, auth.Thing{}):
		s.members.ServeHTTP(w, r.WithContext(auth.WithPrincipal(r.Context(), p)))
		return
	case err == nil && r.Header["Authorization"] != nil:
		err = p.Check(auth.ReadPrivate, auth.Thing{})
	}
	if err != nil && r.Header["Authorization"] != nil {
		s.echo.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), refusalKey{}, err)))
		return
	}
	if !s.serveTile(w, r) && !s.serveHot(w, r) {
		s.echo.ServeHTTP(w, r)
	}
}

// whole is the server of those who see all of the layout.
func (s *Server) whole() *Server {
	if s.members != nil {
		return s.members
	}
	return s
}

// readers is the action of calls that tell of the whole layout: everybody's, unless some of it is not for everybody.
func (s *Server) readers() auth.Action {
	if s.members != nil {
		return auth.ReadPrivate
	}
	return ""
}

type refusalKey struct{}

// refusal returns why a request is not answered, as serveMember found out.
func refusal(r *http.Request) error {
	err, _ := r.Context().Value(refusalKey{}).(error)
	return err
}

// keep is the header Cache-Control of an answer that could be kept as it says.
func (s *Server) keep(control []string) []string {
	if s.private {
		return noStore
	}
	return control
}

// vary is the header Vary of an answer: where signed-in users see more, it depends on who asks too.
func (s *Server) vary(headers []string) []string {
	if s.private || s.members != nil {
		return []string{headers[0] + ", Authorization, Cookie"}
	}
	return headers
}
