package api

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/turn"
)

// TestHostileNames: whatever a name holds, every kind of picture is made, stays small, and has a frame where the typeface
// has no letter; that is logged once for each.
func TestHostileNames(t *testing.T) {
	for name, text := range map[string]string{
		"a megabyte":          strings.Repeat("园区", 170_000),
		"emoji":               "龙泉😀👩‍🔬🇨🇳园",
		"right to left":       "شركة الذكاء الاصطناعي بارك",
		"turned":              "\u202e园区\u202d abc \u2066",
		"control characters":  "a\x00b\x1b[31m\r\nc\x7f\u0085",
		"not in the typeface": "𠮷\U0002F800",
		"markup":              `<script>alert("x")</script>&amp;`,
		"no UTF-8":            "园\xff\xfe区",
		"combining marks":     "e" + strings.Repeat("\u0301", 5000),
		"nothing":             "",
	} {
		t.Run(name, func(t *testing.T) {
			l := fixtureLayout(t)
			for i := range l.Features {
				if a, ok := l.Features[i].Properties.(*layout.Area); ok {
					a.NameZH, a.NameEN = text, text
				}
			}
			l.Document.NameZH, l.Document.NameEN = text, text
			var log bytes.Buffer
			s := serveLayout(t, l, func(o *Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
			for _, target := range []string{
				"/map/view.svg?sel=T01", "/map/view.png?sel=T01&lang=en&width=400&height=300", "/map/view.webp?bbox=103,29.9,105,30.2&width=100&height=80",
				"/map/view.pdf?sel=T02&width=400&height=300", "/f/T01.png?width=301&height=200", "/cards/T01.png",
				"/api/collections/areas/map?f=png&width=300",
			} {
				w := get(t, s, target)
				if w.Code != http.StatusOK || w.Body.Len() > 2<<20 || len(w.Header().Get("Image-Description")) > 8<<10 {
					t.Errorf("%s: %d, %d bytes, described in %d: %.200s", target, w.Code, w.Body.Len(), len(w.Header().Get("Image-Description")), w.Body)
				}
			}
			told := strings.Count(log.String(), "the typeface lacks a character")
			if lacks := name == "emoji" || name == "right to left" || name == "not in the typeface"; (told > 0) != lacks || strings.Count(log.String(), "U+1F600") > 1 {
				t.Errorf("%d characters are logged as missing:\n%.600s", told, log.String())
			}
		})
	}
}

// TestManyParksInOnePicture: ten thousand parks are one picture like any other.
func TestManyParksInOnePicture(t *testing.T) {
	l := &layout.Layout{Version: 1, PublishedAt: at}
	for i := range 10_000 {
		x, y := 103+float64(i%100)*0.02, 30+float64(i/100)*0.02
		l.Features = append(l.Features, layout.Feature{
			Collection: layout.Areas, ID: layout.ID(fmt.Sprintf("P%05d", i)), Version: 1, ChangedAt: at,
			Geometry:   orb.Polygon{{{x, y}, {x + 0.015, y}, {x + 0.015, y + 0.015}, {x, y + 0.015}, {x, y}}},
			Properties: &layout.Area{Base: layout.Base{Kind: layout.KindPark, NameZH: fmt.Sprintf("第%d产业园", i)}, Number: i + 1},
		})
	}
	s := serveLayout(t, l, nil)
	for _, target := range []string{
		"/map/view.png?bbox=103,30,105,32", "/api/collections/parks/map?f=png&crs=EPSG:4544&width=400",
	} {
		w := get(t, s, target)
		if w.Code != http.StatusOK || w.Body.Len() > 8<<20 {
			t.Errorf("%s: %d, %d bytes", target, w.Code, w.Body.Len())
		}
	}
}

// TestManyLargePictures: two hundred pictures of 4,000 pixels at once take no more memory than a few; who does not get a
// turn in time is told when to come back.
func TestManyLargePictures(t *testing.T) {
	s := newServer(t, func(o *Options) { o.NewID = nil }) // which may be asked at the same time
	s.painter.turns = turn.New(paintBytes, 700*time.Millisecond)
	get(t, s, "/map/view.png?sel=T01&width=64&height=64") // letters are read
	var peak atomic.Uint64
	done := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapAlloc))
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	})
	var made, refused atomic.Int64
	var clients sync.WaitGroup
	for i := range 200 {
		clients.Go(func() {
			target := fmt.Sprintf("/map/view.png?bbox=104,30,104.2,30.1&width=4000&height=%d&legend=0", 4000-i)
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil))
			switch {
			case w.Code == http.StatusOK:
				made.Add(1)
			case w.Code == http.StatusServiceUnavailable && w.Header().Get("Retry-After") != "":
				refused.Add(1)
			default:
				t.Errorf("%d: %.200s", w.Code, w.Body)
			}
		})
	}
	clients.Wait()
	close(done)
	watch.Wait()
	t.Logf("%d made, %d refused, at most %d MB", made.Load(), refused.Load(), peak.Load()>>20)
	if made.Load() == 0 || refused.Load() == 0 || made.Load()+refused.Load() != 200 {
		t.Errorf("%d made, %d refused", made.Load(), refused.Load())
	}
	if peak.Load() > 3*paintBytes {
		t.Errorf("%d MB of memory; %d are given for drawing", peak.Load()>>20, paintBytes>>20)
	}
}
