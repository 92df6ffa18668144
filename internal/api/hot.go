package api

import (
	"log/slog"
	"net/http"
	"time"
)

// Bounds of the answers that are found by the text of the request alone.
const (
	maxHot    = 4096
	maxHotKey = 1024 // bytes; longer requests are parsed each time
)

// hotKey is the text of a request as far as an answer depends on it. Requests that mean the same but are
// written differently have different keys and share the body.
type hotKey struct {
	origin   origin
	path     string
	query    string
	accept   string
	encoding string
	language string
	day      int // pages say whether the document has expired
}

func (k hotKey) size() int {
	return len(k.origin.host) + len(k.path) + len(k.query) + len(k.accept) + len(k.encoding) + len(k.language)
}

// hotAnswer is an answer that was given before, with what else its requests have in common.
type hotAnswer struct {
	form  *form
	route *routeSeries
	log   slog.Handler // knows method, path, status and size
}

// serveHot answers a request that was answered before, without parsing or routing it. It returns false for
// every other one.
func (s *Server) serveHot(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet || r.URL.RawPath != "" {
		return false
	}
	snapshot := s.live.Current()
	if snapshot == nil {
		return false
	}
	start := s.now()
	hot := s.views.of(snapshot).find(s.hotKey(r, start))
	if hot == nil {
		return false
	}
	id := s.requestID(r)
	s.setCommonHeaders(w.Header(), r, id)
	status, size := hot.form.send(w, r)
	end := s.now()
	hot.route.observe(status, end.Sub(start))
	if status == http.StatusOK && size == len(hot.form.data) {
		s.logHot(r, hot.log, id, end, end.Sub(start))
	} else {
		s.logAccess(r, access{status, int64(size), id, end, end.Sub(start)})
	}
	return true
}

// hotKey returns what the answer to a request depends on.
func (s *Server) hotKey(r *http.Request, now time.Time) hotKey {
	return hotKey{
		origin:   s.originOf(r),
		path:     r.URL.Path,
		query:    r.URL.RawQuery,
		accept:   joined(r.Header, "Accept"),
		encoding: joined(r.Header, "Accept-Encoding"),
		language: joined(r.Header, "Accept-Language"),
		day:      int(now.Unix() / 86400),
	}
}

// remember makes later requests of the same text hot. Paths with needless escapes stay cold: a key does
// not tell them from the path that they mean.
func (s *Server) remember(v *view, r *http.Request, key hotKey, route string, f *form) {
	if r.URL.RawPath != "" || key.size() > maxHotKey {
		return
	}
	v.keep(key, &hotAnswer{
		form:  f,
		route: s.metrics.route(route),
		log: s.log.Handler().WithAttrs([]slog.Attr{
			slog.String("method", http.MethodGet), slog.String("path", key.path),
			slog.Int("status", http.StatusOK), slog.Int("bytes", len(f.data)),
		}),
	})
}

// find returns the answer to a request that was answered before, or nil.
func (v *view) find(k hotKey) *hotAnswer {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.hot[k]
}

// keep remembers an answer. When there are too many all are forgotten: those in demand are soon back,
// and their bodies are kept by the snapshot.
func (v *view) keep(k hotKey, a *hotAnswer) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.hot) >= maxHot {
		clear(v.hot)
	}
	v.hot[k] = a
}
