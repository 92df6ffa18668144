package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"parkmap/internal/layout"
	"parkmap/internal/page"
)

// badPages fails in the ways in which a program fails.
type badPages struct {
	plainPages
	panics bool
}

func (b badPages) About(io.Writer, *page.Atlas, page.Request) error {
	if b.panics {
		panic("secret: index out of range")
	}
	return errors.New("secret: template /srv/about.html")
}

func TestFailures(t *testing.T) {
	for _, test := range []struct {
		name   string
		panics bool
	}{{"error", false}, {"panic", true}} {
		t.Run(test.name, func(t *testing.T) {
			var log bytes.Buffer
			s := newServer(t, func(o *Options) {
				o.Pages = badPages{panics: test.panics}
				o.Log = slog.New(slog.NewTextHandler(&log, nil))
			})
			w := get(t, s, "/about")
			if strings.Contains(w.Body.String(), "secret") {
				t.Errorf("the answer tells: %s", w.Body)
			}
			p := readProblem(t, w)
			if p.Status != http.StatusInternalServerError || p.Incident == "" {
				t.Errorf("%+v", p)
			}
			if !strings.Contains(log.String(), "secret") || !strings.Contains(log.String(), "incident="+p.Incident) {
				t.Errorf("the log does not tell: %s", log.String())
			}
			if get(t, s, "/api").Code != http.StatusOK {
				t.Error("the server does not go on")
			}
		})
	}
}

// TestProblems maps every kind of error, each with a cause, which no answer tells.
func TestProblems(t *testing.T) {
	secret := errors.New("secret: pq: relation /srv/x")
	kind := func(k layout.Kind) error {
		return &layout.Error{Kind: k, Concerns: "areas", Detail: "it cannot be", Err: secret}
	}
	for _, test := range []struct {
		name string
		err  error
		code int
	}{
		{"not found", layout.NotFound("park", "T9"), 404},
		{"not found with a cause", kind(layout.KindNotFound), 404},
		{"conflict", kind(layout.KindConflict), 409},
		{"stale", kind(layout.KindStale), 412},
		{"invalid", kind(layout.KindInvalid), 400},
		{"rule broken", layout.Invalid("x", layout.Violation{Rule: "ring-simple", Path: "/a/0", Detail: "d"}), 400},
		{"forbidden", kind(layout.KindForbidden), 403},
		{"unavailable", layout.Unavailable("x", secret), 503},
		{"without words", &layout.Error{Kind: layout.KindConflict, Err: secret}, 409},
		{"kind of another program", &layout.Error{Kind: "odd", Concerns: "secret"}, 500},
		{"wrapped", fmt.Errorf("secret: %w", layout.NotFound("park", "T9")), 404},
		{"joined", errors.Join(secret, layout.NotFound("park", "T9")), 404},
		{"client gone", fmt.Errorf("secret: %w", context.Canceled), 503},
		{"router", echo.NewHTTPError(418), 418},
		{"router with a cause", echo.NewHTTPError(400, "no").SetInternal(secret), 400},
		{"router with an error for a message", echo.NewHTTPError(400, secret), 400},
		{"anything else", secret, 500},
	} {
		for _, accept := range []string{"application/json", "text/html"} {
			t.Run(test.name+" "+accept, func(t *testing.T) {
				s := newServer(t, func(o *Options) { o.Pages = realPages(t) })
				s.echo.GET("/fails", func(echo.Context) error { return test.err })
				w := get(t, s, "/fails", "Accept", accept)
				if w.Code != test.code || strings.Contains(w.Body.String(), "secret") {
					t.Errorf("%d %s", w.Code, w.Body)
				}
				if (w.Header().Get("Retry-After") != "") != (test.code == http.StatusServiceUnavailable) {
					t.Errorf("Retry-After is %q", w.Header().Get("Retry-After"))
				}
				if accept == "text/html" {
					checkPage(t, w)
					return
				}
				if p := readProblem(t, w); p.Type != "about:blank" || p.Title != http.StatusText(test.code) {
					t.Errorf("%+v", p)
				}
			})
		}
	}
}

func TestInstance(t *testing.T) {
	for _, test := range []struct{ name, path, want string }{
		{"short", "/api/x y", "/api/x%20y"},
		{"long", "/" + strings.Repeat("a", 2000), "/" + strings.Repeat("a", 1023)},
		{"cut in an escape", "/" + strings.Repeat("a", 1022) + "%41", "/" + strings.Repeat("a", 1022)},
		{"cut behind an escape", "/" + strings.Repeat("a", 1020) + " b", "/" + strings.Repeat("a", 1020) + "%20"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := instance(&url.URL{Path: test.path}); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
