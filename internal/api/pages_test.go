package api

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
)

func TestPages(t *testing.T) {
	s := newServer(t, nil)
	for _, test := range []struct {
		name, target string
		code         int
		contains     string
	}{
		{"explore", "/", 200, "<title>explore"},
		{"language", "/?lang=en", 200, `lang="en"`},
		{"unknown language", "/?lang=fr", 200, `lang="zh"`},
		{"state is kept", "/?v=fig1&sel=T01", 200, "sel:[T01]"},
		{"unknown state is dropped", "/?utm_source=x", 200, "map[]"},
		{"broken query", "/?a=%zz", 200, "map[]"},
		{"about", "/about", 200, "<title>about"},
		{"feature", "/f/T01", 200, "feature"},
		{"unit", "/f/U01", 200, "feature"},
		{"no feature", "/f/T99", 404, "problem"},
		{"nothing", "/nothing", 404, "problem"},
		{"long", "/" + strings.Repeat("a", 9000), 414, "problem"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := get(t, s, test.target, "Accept", "text/html")
			if w.Code != test.code || !strings.Contains(w.Body.String(), test.contains) {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			if got := w.Header().Get("Content-Type"); got != "text/html; charset=utf-8" {
				t.Errorf("Content-Type %q", got)
			}
		})
	}
}

func TestSlugOfPage(t *testing.T) {
	s := newServer(t, nil)
	for target, want := range map[string]string{"/f/first": "/f/T01", "/f/first?lang=en": "/f/T01?lang=en"} {
		w := get(t, s, target)
		if w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != want {
			t.Errorf("%s: %d %s", target, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestSlugUnderAPath(t *testing.T) {
	s := newServer(t, func(o *Options) { o.BaseURL = "https://example.org/map" })
	for target, want := range map[string]string{"/f/first": "/map/f/T01", areas + "/first": "/map" + areas + "/T01"} {
		if got := get(t, s, target).Header().Get("Location"); got != want {
			t.Errorf("%s: %s, want %s", target, got, want)
		}
	}
}

func TestAssets(t *testing.T) {
	s := newServer(t, nil)
	for _, test := range []struct{ name, accept, want, coding string }{
		{"brotli", "gzip, br", "brotli", "br"},
		{"gzip", "gzip", "gzip", "gzip"},
		{"plain", "", "console.log", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := get(t, s, "/assets/main-X.js", "Accept-Encoding", test.accept)
			if !strings.HasPrefix(w.Body.String(), test.want) || w.Header().Get("Content-Encoding") != test.coding {
				t.Errorf("%s %.20s", w.Header().Get("Content-Encoding"), w.Body)
			}
			if got := w.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
				t.Errorf("Cache-Control %q", got)
			}
			if got := w.Header().Get("Content-Type"); got != "text/javascript; charset=utf-8" {
				t.Errorf("Content-Type %q", got)
			}
		})
	}
}

func TestNoBundle(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Assets = fstest.MapFS{} })
	if w := get(t, s, "/assets/main-X.js"); w.Code != http.StatusNotFound {
		t.Errorf("%d", w.Code)
	}
}

func TestSmallFiles(t *testing.T) {
	s := newServer(t, nil)
	for target, kind := range map[string]string{"/robots.txt": "text/plain; charset=utf-8", "/favicon.ico": "image/svg+xml", "/pack.json": "application/json"} {
		if w := get(t, s, target); w.Code != http.StatusOK || w.Header().Get("Content-Type") != kind {
			t.Errorf("%s: %d %s", target, w.Code, w.Header().Get("Content-Type"))
		}
	}
}

func TestReadiness(t *testing.T) {
	for _, test := range []struct {
		state Readiness
		code  int
		body  string
	}{
		{Readiness{Status: Ready}, 200, `{"status":"ready","layout_version":7}`},
		{Readiness{Status: Degraded, Reasons: []string{"no database"}}, 200, `{"status":"degraded","reasons":["no database"],"layout_version":7}`},
		{Readiness{Status: NotReady, Reasons: []string{"stopping"}}, 503, `{"status":"not ready","reasons":["stopping"],"layout_version":7}`},
	} {
		t.Run(string(test.state.Status), func(t *testing.T) {
			s := newServer(t, func(o *Options) { o.Ready = func() Readiness { return test.state } })
			w := get(t, s, "/readyz")
			if w.Code != test.code || w.Body.String() != test.body {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			if w := get(t, s, "/healthz"); w.Code != http.StatusOK {
				t.Errorf("healthz: %d", w.Code)
			}
		})
	}
}

func TestMetrics(t *testing.T) {
	s := newServer(t, nil)
	get(t, s, areas)
	get(t, s, areas)
	get(t, s, areas+"?limit=0")
	get(t, s, "/nothing/at/all")
	body := get(t, s, "/metrics").Body.String()
	for _, want := range []string{
		`parkmap_http_request_duration_seconds_count{route="/api/collections/:collection/items",status="200"} 2`,
		`parkmap_http_request_duration_seconds_count{route="/api/collections/:collection/items",status="400"} 1`,
		`parkmap_http_request_duration_seconds_count{route="unmatched",status="404"} 1`,
		`parkmap_layout_version 7`,
		`go_goroutines`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(body, "/nothing/at/all") {
		t.Error("any path makes a series")
	}
}

func TestOptions(t *testing.T) {
	if _, err := New(Options{}); err == nil {
		t.Error("a server without anything is made")
	}
}

func TestReviewNumber(t *testing.T) {
	s := newServer(t, func(o *Options) { o.MapReviewNumber = "GS(2026)1" })
	if body := get(t, s, "/api").Body.String(); !strings.Contains(body, "GS(2026)1") {
		t.Errorf("%s", body)
	}
}
