package api

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync/atomic"

	"github.com/labstack/echo/v4"
)

// maxURL bounds the path and query of a request, in bytes.
const maxURL = 8 << 10

// maxWishes bounds the headers that say which representation a client wants, in bytes.
const maxWishes = 8 << 10

// maxRequestID bounds a request id that a client may choose, in bytes.
const maxRequestID = 64

// observe is the one middleware: it names the request, sets the headers that every answer has, turns
// errors and panics into answers, counts, and writes one line to the access log.
func (s *Server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := s.now()
		r, res := c.Request(), c.Response()
		id := s.requestID(r)
		s.setCommonHeaders(res.Header(), r, id)
		if err := s.guarded(c, next); err != nil {
			c.Error(err)
		}
		end := s.now()
		s.metrics.route(c.Path()).observe(res.Status, end.Sub(start))
		s.logAccess(r, access{res.Status, res.Size, id, end, end.Sub(start)})
		return nil
	}
}

// guarded runs next; a panic becomes an error, which keeps the server running.
func (s *Server) guarded(c echo.Context, next echo.HandlerFunc) (err error) {
	defer func() {
		switch r := recover(); r {
		case nil:
		case http.ErrAbortHandler:
			panic(r)
		default:
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	if u := c.Request().URL; len(u.Path)+len(u.RawQuery) > maxURL {
		return echo.NewHTTPError(http.StatusRequestURITooLong, "the address is longer than "+strconv.Itoa(maxURL)+" bytes")
	}
	if wishes(c.Request().Header) > maxWishes {
		return echo.NewHTTPError(http.StatusRequestHeaderFieldsTooLarge, "the headers Accept, Accept-Encoding and Accept-Language are longer than "+strconv.Itoa(maxWishes)+" bytes")
	}
	if err := refusal(c.Request()); err != nil {
		return err
	}
	return next(c)
}

// wishes returns the length of the headers that say which representation a client wants.
func wishes(h http.Header) int {
	size := 0
	for _, name := range []string{"Accept", "Accept-Encoding", "Accept-Language"} {
		for _, line := range h[name] {
			size += len(line)
		}
	}
	return size
}

// requestID returns the id that the client or a proxy gave the request, when it is harmless, or a new one.
func (s *Server) requestID(r *http.Request) string {
	if given := r.Header["X-Request-Id"]; len(given) == 1 && harmless(given[0]) {
		return given[0]
	}
	return s.newID()
}

func harmless(id string) bool {
	if id == "" || len(id) > maxRequestID {
		return false
	}
	for i := range len(id) {
		c := id[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return true
}

// countedIDs returns a source of ids that begin with the same random text and end with a count.
func countedIDs() func() string {
	prefix := rand.Text()[:10] + "-"
	var count atomic.Uint64
	return func() string {
		var b [32]byte
		return string(strconv.AppendUint(append(b[:0], prefix...), count.Add(1), 36))
	}
}
