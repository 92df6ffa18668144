package api

import (
	"strings"
	"time"

	"parkmap/internal/source"
)

// parseDatetime reads an instant or an interval of RFC 3339: times, or dates for whole days in UTC. An
// end of an interval is open when it is empty or two dots; the interval is nil when both are.
func parseDatetime(s string) (*source.Interval, error) {
	from, to, isInterval := strings.Cut(s, "/")
	if !isInterval {
		to = from
	}
	if from == "" && to == "" {
		return nil, badParameter("datetime", "must be an instant or an interval of RFC 3339")
	}
	start, err := parseEnd(from, isInterval, false)
	if err != nil {
		return nil, err
	}
	end, err := parseEnd(to, isInterval, true)
	if err != nil {
		return nil, err
	}
	if start.IsZero() && end.IsZero() {
		return nil, nil
	}
	if !start.IsZero() && !end.IsZero() && end.Before(start) {
		return nil, badParameter("datetime", "the interval ends before it starts")
	}
	return &source.Interval{Start: start, End: end}, nil
}

// parseEnd reads one end of an interval; the zero time is an open one. A date that ends an interval
// means the last moment of its day.
func parseEnd(s string, mayBeOpen, last bool) (time.Time, error) {
	if mayBeOpen && (s == "" || s == "..") {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		if last {
			t = t.AddDate(0, 0, 1).Add(-time.Nanosecond)
		}
		return t, nil
	}
	t, err := time.Parse(time.RFC3339Nano, strings.ToUpper(s))
	if err != nil {
		return time.Time{}, badParameter("datetime", quote(s)+" is no time such as 2026-01-31T00:00:00Z, no date such as 2026-01-31 and no open end")
	}
	return t.UTC(), nil
}
