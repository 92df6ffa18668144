package api

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// listener is a client of the events.
type listener struct {
	t     *testing.T
	lines chan string
	leave context.CancelFunc
}

func (o *office) listen(t *testing.T, address, query string) *listener {
	t.Helper()
	ctx, leave := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/api/events"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if w.StatusCode != http.StatusOK || w.Header.Get("Content-Type") != "text/event-stream" || w.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("%d %v", w.StatusCode, w.Header)
	}
	l := &listener{t, make(chan string, 99), leave}
	go func() {
		defer func() { _ = w.Body.Close() }()
		defer close(l.lines)
		for lines := bufio.NewScanner(w.Body); lines.Scan(); {
			l.lines <- lines.Text()
		}
	}()
	t.Cleanup(leave)
	return l
}

// news waits for the next event.
func (l *listener) news() (n news) {
	l.t.Helper()
	for {
		select {
		case line, ok := <-l.lines:
			data, is := strings.CutPrefix(line, "data: ")
			switch {
			case !ok:
				l.t.Fatal("the stream has ended")
			case is:
				if err := json.Unmarshal([]byte(data), &n); err != nil {
					l.t.Fatal(err)
				}
				return n
			}
		case <-time.After(10 * time.Second):
			l.t.Fatal("nothing was heard")
		}
	}
}

func TestEvents(t *testing.T) {
	o := newOffice(t, true)
	server := httptest.NewServer(o.server)
	t.Cleanup(server.Close)
	o.published("Two", 1)
	l, late := o.listen(t, server.URL, ""), o.listen(t, server.URL, "?since=1")
	if n := late.news(); n.Version != 2 || len(n.Changed) != 1 {
		t.Errorf("who knows version 1 hears %+v", n)
	}
	o.published("Three", 2)
	for _, who := range []*listener{l, late} {
		if n := who.news(); n.Version != 3 || len(n.Changed) != 1 || n.Changed[0].ID != "T01" || n.Changed[0].BBox == nil || n.Changed[0].BBox[0] != 103.62 {
			t.Errorf("heard %+v", n)
		}
	}
	if n := o.listen(t, server.URL, "?since=77").news(); n.Version != 3 || n.Changed != nil {
		t.Errorf("who knows a version that never was hears %+v", n)
	}
	late.leave()
	o.server.Stop()
	for range l.lines { // it ends
	}
}

func TestTooManyListeners(t *testing.T) {
	o := newOffice(t, true)
	s := o.server
	for i := range maxStreamsPerAddress {
		if _, err := s.streams.enter("192.0.2.1"); err != nil {
			t.Fatalf("listener %d: %v", i, err)
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/events", nil)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r) // from 192.0.2.1
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	for i := range maxStreams - maxStreamsPerAddress {
		if _, err := s.streams.enter(fmt.Sprint(i)); err != nil {
			t.Fatalf("listener %d: %v", i, err)
		}
	}
	if _, err := s.streams.enter("another"); err == nil {
		t.Error("there is no end to listeners")
	}
}

func TestEventsRefuse(t *testing.T) {
	o := newOffice(t, true)
	o.wantStatus(o.get("/api/events?since=x"), 400)
	o.wantStatus(o.get("/api/events?x=1"), 400)
}
