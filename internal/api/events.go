package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/paulmach/orb"

	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/source"
)

// How many listen at once, in all and from one address; how often they hear that all is well, and how long a
// message may take to be written.
const (
	maxStreams           = 2000
	maxStreamsPerAddress = 50
	heartbeat            = 15 * time.Second
	writeWithin          = 10 * time.Second
)

// maxTouched bounds the features that an event names. Of more than those it says that all may have changed.
const maxTouched = 1000

// streams counts who listens.
type streams struct {
	mu        sync.Mutex
	total     int
	byAddress map[string]int
	closing   chan struct{}
	closed    sync.Once
}

func newStreams() *streams {
	return &streams{byAddress: map[string]int{}, closing: make(chan struct{})}
}

// enter adds a listener; leave takes it away. Limited where there are too many.
func (l *streams) enter(address string) (leave func(), err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.total >= maxStreams || l.byAddress[address] >= maxStreamsPerAddress {
		return nil, &layout.Error{Kind: layout.KindLimited, Concerns: "events", Detail: "too many listen already", RetryAfter: heartbeat}
	}
	l.total++
	l.byAddress[address]++
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.total--
		if l.byAddress[address]--; l.byAddress[address] == 0 {
			delete(l.byAddress, address)
		}
	}, nil
}

// Stop ends what would not end by itself: the streams of events. It is for the moment at which the server stops.
func (s *Server) Stop() { s.streams.closed.Do(func() { close(s.streams.closing) }) }

// touched is a feature that a new version has changed, and the box of where it was and is.
type touched struct {
	Collection layout.CollectionID `json:"collection"`
	ID         layout.ID           `json:"id"`
	Deleted    bool                `json:"deleted,omitempty"`
	BBox       *[4]float64         `json:"bbox,omitempty"` // west, south, east, north
}

// news is what an event says: the version that is served now, and what it has changed since the one before, or since
// the one that the listener knew. Changed is null where that cannot be said, or is too much.
type news struct {
	Version     int64     `json:"version"`
	PublishedAt time.Time `json:"published_at"`
	Changed     []touched `json:"changed"`
}

// message is an event as it is written, kept since all listeners get the same.
type message struct {
	from, to int64
	text     []byte
}

// getEvents tells of each new version, as server-sent events of the HTML standard, until the client leaves or the
// server stops. Who comes again says by Last-Event-ID, or by since, which version they know.
func (s *Server) getEvents(c echo.Context) error {
	r := c.Request()
	values, err := parseQuery(r.URL.RawQuery, []string{"since"})
	if err != nil {
		return err
	}
	known := int64(0)
	if values.Has("since") {
		if known, err = versionParameter(values, "since"); err != nil {
			return err
		}
	}
	if n, err := strconv.ParseInt(r.Header.Get("Last-Event-ID"), 10, 64); err == nil && n > 0 {
		known = n
	}
	leave, err := s.streams.enter(c.RealIP())
	if err != nil {
		return err
	}
	defer leave()
	return s.stream(c, known)
}

func (s *Server) stream(c echo.Context, known int64) error {
	snapshot := s.live.Current()
	if snapshot == nil {
		return layout.Unavailable("layout", errNoSnapshot)
	}
	out := stream{c.Response(), http.NewResponseController(c.Response())}
	out.lift()
	h := c.Response().Header()
	h["Cache-Control"] = noStore
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no")
	c.Response().WriteHeader(http.StatusOK)
	if c.Request().Method == http.MethodHead || !out.write([]byte("retry: 2000\n\n")) {
		return nil
	}
	before, err := snapshot.Layout(), error(nil)
	if known > 0 && known != before.Version {
		if before, err = s.layoutAt(c.Request().Context(), known); err != nil {
			before = nil // what has changed since cannot be said
		}
	}
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		changed := s.live.Changed()
		if now := s.live.Current(); before == nil || now.Version() != before.Version {
			text, err := s.tell(before, now)
			if err != nil || !out.write(text) {
				return err
			}
			before = now.Layout()
		}
		select {
		case <-changed:
		case <-tick.C:
			if !out.write([]byte(":\n\n")) {
				return nil
			}
		case <-c.Request().Context().Done():
			return nil
		case <-s.streams.closing:
			return nil
		}
	}
}

// stream is an answer that is written bit by bit.
type stream struct {
	w  http.ResponseWriter
	rc *http.ResponseController
}

// lift takes the deadlines away that hold for other answers. A writer that has none is as good.
func (o stream) lift() {
	_ = o.rc.SetReadDeadline(time.Time{})
	_ = o.rc.SetWriteDeadline(time.Time{})
}

// write sends text at once; false when the client is gone, or takes nothing.
func (o stream) write(text []byte) bool {
	late := time.AfterFunc(writeWithin, func() { _ = o.rc.SetWriteDeadline(time.Unix(0, 0)) })
	defer late.Stop()
	if _, err := o.w.Write(text); err != nil {
		return false
	}
	return o.rc.Flush() == nil
}

// tell makes the event that leads from before, which may be unknown (nil), to now.
func (s *Server) tell(before *layout.Layout, now *source.Snapshot) ([]byte, error) {
	from := int64(0)
	if before != nil {
		from = before.Version
	}
	if m := s.message.Load(); m != nil && m.from == from && m.to == now.Version() {
		return m.text, nil
	}
	n := news{Version: now.Version(), PublishedAt: now.Layout().PublishedAt}
	if before != nil {
		list, err := edit.Compare(before, now.Layout())
		if err != nil {
			return nil, err
		}
		n.Changed = touchedBy(list)
	}
	data, err := json.Marshal(n)
	if err != nil {
		return nil, err
	}
	m := &message{from, now.Version(), fmt.Appendf(nil, "id: %d\nevent: version\ndata: %s\n\n", n.Version, data)}
	s.message.Store(m)
	return m.text, nil
}

func touchedBy(list []edit.Difference) []touched {
	if len(list) > maxTouched {
		return nil
	}
	out := []touched{}
	for _, d := range list {
		out = append(out, touched{d.Collection, d.ID, d.After == nil, boxOf(d.Before, d.After)})
	}
	return out
}

// boxOf is the box of the geometries of features that are there; nil where there are none.
func boxOf(features ...*layout.Feature) *[4]float64 {
	var box orb.Bound
	found := false
	for _, f := range features {
		switch {
		case f == nil || f.Geometry == nil:
		case found:
			box = box.Union(f.Geometry.Bound())
		default:
			box, found = f.Geometry.Bound(), true
		}
	}
	if !found {
		return nil
	}
	return &[4]float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]}
}
