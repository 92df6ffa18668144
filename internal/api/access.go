package api

import (
	"log/slog"
	"net/http"
	"time"
)

// access is what the access log says of a request.
type access struct {
	status  int
	bytes   int64
	id      string
	end     time.Time
	elapsed time.Duration
}

// logAccess writes the line of a request. It makes the record itself: the logger would look up the place
// of the call, which is the same for all requests, and the time once more.
func (s *Server) logAccess(r *http.Request, a access) {
	handler := s.log.Handler()
	if !handler.Enabled(r.Context(), slog.LevelInfo) {
		return
	}
	record := slog.NewRecord(a.end, slog.LevelInfo, "request", 0)
	record.AddAttrs(
		slog.String("method", r.Method),
		slog.String("path", r.URL.Path),
		slog.Int("status", a.status),
		slog.Int64("bytes", a.bytes),
		milliseconds(a.elapsed),
		slog.String("id", a.id),
		slog.String("remote", s.echo.IPExtractor(r)),
	)
	// A log that cannot be written has nowhere to say so.
	_ = handler.Handle(r.Context(), record)
}

// logHot writes the same line by a handler that has the first half of it already.
func (s *Server) logHot(r *http.Request, handler slog.Handler, id string, end time.Time, elapsed time.Duration) {
	if !handler.Enabled(r.Context(), slog.LevelInfo) {
		return
	}
	record := slog.NewRecord(end, slog.LevelInfo, "request", 0)
	record.AddAttrs(
		milliseconds(elapsed),
		slog.String("id", id),
		slog.String("remote", s.echo.IPExtractor(r)),
	)
	_ = handler.Handle(r.Context(), record)
}

// milliseconds is how long a request took, with its unit in the name: JSON has no durations.
func milliseconds(d time.Duration) slog.Attr {
	return slog.Float64("duration_ms", float64(d.Microseconds())/1000)
}
