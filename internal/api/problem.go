package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"

	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
)

// Problem is an error as RFC 9457 writes it. Its type is about:blank: title and status say all that there
// is to say of the kind of a problem, and the rules of its errors the rest.
type Problem struct {
	Type     string         `json:"type"`
	Title    string         `json:"title"`
	Status   int            `json:"status"`
	Detail   string         `json:"detail"`
	Instance string         `json:"instance"`
	Incident string         `json:"incident,omitempty"` // of failures of the server: the number in its log
	Errors   []ProblemError `json:"errors,omitempty"`

	Conflicts  []conflictDoc   `json:"conflicts,omitempty"` // of changes: what others have published meanwhile
	Issues     []issueDoc      `json:"issues,omitempty"`    // of changes: what has to be mended, or needs a reason
	Current    json.RawMessage `json:"current,omitempty"`   // of 412 and 428: the feature as it is
	etag       string          // of Current
	retryAfter time.Duration   // of those that say when to try again
}

// ProblemError is one broken rule of an input, in a parameter or at a JSON pointer.
type ProblemError struct {
	Pointer   string     `json:"pointer,omitempty"`
	Parameter string     `json:"parameter,omitempty"`
	Detail    string     `json:"detail"`
	Rule      string     `json:"rule,omitempty"`
	Clause    string     `json:"clause,omitempty"`
	Location  *orb.Point `json:"location,omitempty"` // lon/lat in CRS84
}

// maxInstance bounds the member instance, in bytes.
const maxInstance = 1024

// retryAfter is what a client is asked to wait at least when something is not there for the moment.
const retryAfter = 5 * time.Second

// newProblem says what err means to a client. ok is false when err has no meaning for one: then it is a
// failure of the server, of which nothing is told.
func (s *Server) newProblem(err error) (p Problem, ok bool) {
	var known *layout.Error
	if errors.As(err, &known) && statusOf(known.Kind) != http.StatusInternalServerError {
		p := problemOf(known)
		return p, s.explain(&p, err)
	}
	var he *echo.HTTPError
	if errors.As(err, &he) {
		return problemOfStatus(he), true
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return problemOfStatus(echo.NewHTTPError(http.StatusServiceUnavailable, "the request was given up before it was answered")), true
	}
	return Problem{}, false
}

func problemOf(err *layout.Error) Problem {
	status := statusOf(err.Kind)
	p := problemWith(status, joinDetail(err.Concerns, err.Detail))
	p.retryAfter = err.RetryAfter
	for _, v := range err.Violations {
		p.Errors = append(p.Errors, problemError(v))
	}
	if err.Detail == "" && len(p.Errors) > 0 {
		p.Detail = joinDetail(err.Concerns, p.Errors[0].Detail)
	}
	if p.Detail == "" {
		p.Detail = p.Title
	}
	return p
}

// explain adds what others have done to the features that a change is about. It says whether that could be
// written.
func (s *Server) explain(p *Problem, err error) (ok bool) {
	var clash *edit.Clash
	if errors.As(err, &clash) {
		if p.Conflicts, err = conflictDocs(clash.Conflicts); err != nil {
			return false
		}
	}
	var unfit *edit.Unfit
	if errors.As(err, &unfit) {
		if p.Issues, err = s.issueDocs(unfit.Issues); err != nil {
			return false
		}
	}
	var other *otherVersion
	if errors.As(err, &other) {
		p.Current, p.etag = other.feature, other.etag
	}
	return true
}

func problemError(v layout.Violation) ProblemError {
	e := ProblemError{Detail: v.Detail, Rule: v.Rule, Clause: v.Clause, Location: v.At}
	if strings.HasPrefix(v.Path, "/") {
		e.Pointer = v.Path
	} else {
		e.Parameter = v.Path
	}
	return e
}

// problemOfStatus tells what an error of the router or of the negotiation means. Its message is ours or
// Echo's text of the status, never that of a cause.
func problemOfStatus(err *echo.HTTPError) Problem {
	p := problemWith(err.Code, http.StatusText(err.Code))
	switch text, _ := err.Message.(string); {
	case err == echo.ErrNotFound:
		p.Detail = "there is nothing at this address"
	case err == echo.ErrMethodNotAllowed:
		p.Detail = "this address does not take the method; the header Allow lists those that it takes"
	case text != "":
		p.Detail = text
	}
	return p
}

func problemWith(status int, detail string) Problem {
	return Problem{Type: ogc.ProblemType, Title: http.StatusText(status), Status: status, Detail: detail}
}

func joinDetail(concerns, detail string) string {
	if concerns == "" || detail == "" {
		return concerns + detail
	}
	return concerns + ": " + detail
}

func statusOf(kind layout.Kind) int {
	switch kind {
	case layout.KindNotFound:
		return http.StatusNotFound
	case layout.KindConflict:
		return http.StatusConflict
	case layout.KindStale:
		return http.StatusPreconditionFailed
	case layout.KindInvalid:
		return http.StatusBadRequest
	case layout.KindForbidden:
		return http.StatusForbidden
	case layout.KindUnauthenticated:
		return http.StatusUnauthorized
	case layout.KindLimited:
		return http.StatusTooManyRequests
	case layout.KindUnavailable:
		return http.StatusServiceUnavailable
	case layout.KindUnstated:
		return http.StatusPreconditionRequired
	}
	return http.StatusInternalServerError
}

// handleError is Echo's HTTPErrorHandler: the one place where errors become answers. A failure of the
// server is logged here, with the number that the client is given.
func (s *Server) handleError(err error, c echo.Context) {
	p, ok := s.newProblem(err)
	if !ok {
		incident := s.newID()
		s.log.Error("request failed", slog.String("incident", incident), slog.String("path", c.Request().URL.Path), slog.Any("error", err))
		p = problemWith(http.StatusInternalServerError, "the server failed; its operator can look up the incident number")
		p.Incident = incident
	}
	if c.Response().Committed {
		return
	}
	p.Instance = instance(c.Request().URL)
	s.writeProblem(c, p)
}

// instance is the path of an address, cut where it is too long for an answer.
func instance(u *url.URL) string {
	path := u.EscapedPath()
	if len(path) <= maxInstance {
		return path
	}
	path = path[:maxInstance]
	if i := strings.LastIndexByte(path, '%'); i > maxInstance-3 {
		path = path[:i] // no half of an escape
	}
	return path
}

func (s *Server) writeProblem(c echo.Context, p Problem) {
	h := c.Response().Header()
	h["Cache-Control"] = noStore
	h["Vary"] = s.vary(varyDocument)
	switch p.Status {
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(max(p.retryAfter, retryAfter).Seconds()))))
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="parkmap"`)
	}
	if p.etag != "" {
		h.Set("ETag", p.etag)
	}
	body, mediaType := s.problemBody(c, p)
	h.Set("Content-Type", mediaType)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	writeBody(c.Response(), c.Request(), p.Status, body)
}

// problemBody writes p for a browser on the pages, and as problem+json for everyone else.
func (s *Server) problemBody(c echo.Context, p Problem) (body []byte, mediaType string) {
	if path := c.Request().URL.Path; !isAPI(path) && !isPicture(path) && !isMapPart(path) && prefersHTML(c.Request().Header) {
		if html, err := s.problemPage(c, p); err == nil {
			c.Response().Header()["Content-Security-Policy"] = policyPage
			return html, typeHTML
		}
	}
	body, err := json.Marshal(p)
	if err != nil {
		return []byte(`{"type":"` + ogc.ProblemType + `","title":"Internal Server Error","status":500,"detail":"","instance":""}`), ogc.TypeProblem
	}
	return body, ogc.TypeProblem
}

// badParameter says what is wrong with a query parameter.
func badParameter(name, detail string) error {
	return layout.Invalid("parameter "+name, layout.Violation{Rule: "parameter", Path: name, Detail: detail})
}
