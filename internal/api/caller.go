package api

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
)

// maxJSON bounds the body of a call, in bytes.
const maxJSON = 64 << 10

// call is something that is asked of the server by somebody: it depends on who they are, and is kept by no cache.
type call struct {
	method, path string
	action       auth.Action // that the caller must be allowed to do to some things at least; "" is for everyone
	handle       func(*caller) error
}

// caller is a request and who makes it.
type caller struct {
	echo.Context
	auth.Principal
	address string // of the client
}

// actor is the caller as the audit log names it.
func (c *caller) actor() auth.Actor { return auth.Actor{Name: c.Name, Address: c.address} }

// admit returns the handler of a call. It finds out who asks, and refuses what they may not do, before anything else.
func (s *Server) admit(k call) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header()["Cache-Control"] = noStore
		r := c.Request()
		if err := s.origins.Check(r); err != nil {
			return &layout.Error{Kind: layout.KindForbidden, Concerns: "request", Detail: "it comes from another site"}
		}
		p, err := s.principal(r)
		if layout.KindOf(err) == layout.KindUnauthenticated && k.action == "" && r.Header["Authorization"] == nil {
			p, err = auth.Anonymous(), nil // a session that is over is none
		}
		if err != nil {
			return err
		}
		c.SetRequest(r.WithContext(auth.WithPrincipal(r.Context(), p)))
		asked := &caller{c, p, c.RealIP()}
		if k.action != "" && !p.MayEver(k.action) {
			err = p.Check(k.action, auth.Thing{Districts: p.Districts})
		} else {
			err = k.handle(asked)
		}
		return s.noteRefusal(asked, err)
	}
}

// noteRefusal logs that somebody who is signed in was refused what they asked for, and returns err.
func (s *Server) noteRefusal(c *caller, err error) error {
	var refused *layout.Error
	if !c.SignedIn() || !errors.As(err, &refused) || refused.Kind != layout.KindForbidden {
		return err
	}
	request := c.Request().Method + " " + instance(c.Request().URL)
	if noting := s.accounts.NoteRefusal(c.Request().Context(), c.actor(), request[:min(len(request), maxRefused)], refused.Detail); noting != nil {
		s.log.Warn("a refusal could not be logged", slog.Any("error", noting))
	}
	return err
}

// maxRefused bounds how much of a request that is refused is logged, in bytes.
const maxRefused = 200

// principal finds out who makes a request: by its API token, else by its session. Without either it is a visitor,
// and no store is asked.
func (s *Server) principal(r *http.Request) (auth.Principal, error) {
	if header := joined(r.Header, "Authorization"); header != "" {
		scheme, secret, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return auth.Principal{}, auth.Unauthenticated("the header Authorization takes a Bearer token")
		}
		return s.accounts.ByToken(r.Context(), strings.TrimSpace(secret))
	}
	if cookie, err := r.Cookie(s.cookieName(r)); err == nil {
		return s.accounts.BySession(r.Context(), cookie.Value)
	}
	return auth.Anonymous(), nil
}

// hasCredentials tells whether a request says who makes it.
func (s *Server) hasCredentials(r *http.Request) bool {
	if r.Header["Authorization"] != nil {
		return true
	}
	_, err := r.Cookie(s.cookieName(r))
	return err == nil
}

// sessionCookie names the cookie of a session. With TLS it is one that a site beside ours cannot set (RFC 6265bis,
// 4.1.3.2).
const sessionCookie = "parkmap_session"

func (s *Server) cookieName(r *http.Request) string {
	if s.secure(r) {
		return "__Host-" + sessionCookie
	}
	return sessionCookie
}

// secure tells whether the client reaches the server by TLS.
func (s *Server) secure(r *http.Request) bool {
	return strings.HasPrefix(string(s.base), "https:") || s.originOf(r).secure
}

// setCookie hands a cookie out that lives for maxAge seconds; one below 0 takes it back.
func (s *Server) setCookie(c echo.Context, name, value string, maxAge int) {
	c.SetCookie(&http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: s.secure(c.Request()), SameSite: http.SameSiteLaxMode,
	})
}

// read reads the body of the call, one JSON object, into v.
func (c *caller) read(v any) error { return c.readUpTo(maxJSON, v) }

// readUpTo is read for bodies of at most so many bytes.
func (c *caller) readUpTo(most int64, v any) error {
	r := c.Request()
	if t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || t != ogc.TypeJSON {
		return echo.NewHTTPError(http.StatusUnsupportedMediaType, "the body must be application/json")
	}
	decoder := json.NewDecoder(http.MaxBytesReader(c.Response(), r.Body, most))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(v)
	if err == nil && decoder.Decode(new(json.RawMessage)) != io.EOF {
		err = errors.New("there is more behind it")
	}
	var tooLong *http.MaxBytesError
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &tooLong):
		return echo.NewHTTPError(http.StatusRequestEntityTooLarge, "the body is longer than "+itoa(most>>10)+" KB")
	case errors.As(err, &wrong):
		return layout.Invalid("body", layout.Violation{Rule: "json", Path: "/" + strings.ReplaceAll(wrong.Field, ".", "/"), Detail: "is of another type"})
	}
	detail := "it is not the JSON object that is described"
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		detail = "there is no member " + quote(strings.Trim(name, `"`))
	}
	return layout.Invalid("body", layout.Violation{Rule: "json", Path: "", Detail: detail})
}

// write answers with a JSON document.
func (c *caller) write(status int, v any) error {
	body, err := layout.MarshalJSON(v)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Content-Type", ogc.TypeJSON)
	writeBody(c.Response(), c.Request(), status, body)
	return nil
}

// done answers that there is nothing to say.
func (c *caller) done() error {
	c.Response().WriteHeader(http.StatusNoContent)
	return nil
}

// param returns a parameter of the path.
func (c *caller) param(name string) string { return pathParam(c.Context)(name) }

// isRead tells whether a method reads a resource; the others change it.
func isRead(method string) bool { return method == http.MethodGet || method == http.MethodHead }

// isCall tells whether a path is one whose answers depend on who asks.
func isCall(path string) bool {
	rest, ok := strings.CutPrefix(path, "/api/")
	first, _, _ := strings.Cut(rest, "/")
	return ok && slices.Contains([]string{"session", "rights", "users", "tokens", "invitations", "audit", "changesets", "versions", "diff", "items"}, first)
}
