package api

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// targets are one address for each route, and some that no route takes or that fail.
func targets(t *testing.T, s *Server) []string {
	t.Helper()
	fill := strings.NewReplacer("/styles/:file", "/styles/layout-dark-en.json", "/sprites/:file", "/sprites/layout-light@2x.png",
		":stack/:file", "Noto%20Sans%20SC%20Regular/0-255.pbf", ":collection", "areas", ":feature", "T01", ":id", "T01", ":file", "view.svg?sel=T01", "/*", "/main-X.js",
		"/api/events", "/api/events?since=x") // which ends
	list := []string{"/nothing", "/api/nothing", areas + "?limit=0", areas + "/first", areas + "?f=html", areas + "?f=csv"}
	for _, r := range s.echo.Routes() {
		if target := fill.Replace(r.Path); !slices.Contains(list, target) {
			list = append(list, target)
		}
	}
	if len(list) < 20 {
		t.Fatalf("only %v", list)
	}
	return list
}

// TestHead asks over a connection, where net/http leaves the body of an answer to HEAD away.
func TestHead(t *testing.T) {
	s := newServer(t, nil)
	server := httptest.NewServer(s)
	defer server.Close()
	transport := &http.Transport{DisableCompression: true}
	defer transport.CloseIdleConnections()
	ask := func(method, target string) (*http.Response, int) {
		r, err := http.NewRequestWithContext(t.Context(), method, server.URL+target, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := transport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response, len(body)
	}
	for _, target := range targets(t, s) {
		t.Run(target, func(t *testing.T) {
			want, _ := ask(http.MethodGet, target)
			got, size := ask(http.MethodHead, target)
			if got.StatusCode != want.StatusCode || size > 0 {
				t.Errorf("%d with %d bytes, GET has %d", got.StatusCode, size, want.StatusCode)
			}
			names := []string{"Content-Type", "Etag", "Vary", "Cache-Control", "Location"}
			if target != "/metrics" && got.StatusCode < 300 { // the metrics count the requests, a redirect has no body
				names = append(names, "Content-Length")
			}
			for _, name := range names {
				if got.Header.Get(name) != want.Header.Get(name) {
					t.Errorf("%s is %q, GET has %q", name, got.Header.Get(name), want.Header.Get(name))
				}
			}
		})
	}
}

func TestMethods(t *testing.T) {
	s := newServer(t, nil)
	for _, target := range targets(t, s) {
		if strings.HasSuffix(target, "/nothing") {
			continue
		}
		t.Run(target, func(t *testing.T) {
			w := do(t, s, http.MethodOptions, target)
			if w.Code != http.StatusNoContent || w.Body.Len() > 0 || !allows(w.Header().Get("Allow")) {
				t.Errorf("OPTIONS: %d, Allow %q", w.Code, w.Header().Get("Allow"))
			}
			for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodTrace, http.MethodConnect, "BREW", "get"} {
				w := do(t, s, method, target)
				if w.Code != http.StatusMethodNotAllowed || !allows(w.Header().Get("Allow")) {
					t.Errorf("%s: %d, Allow %q", method, w.Code, w.Header().Get("Allow"))
				}
				readProblem(t, w)
			}
		})
	}
}

// allows tells whether a header Allow names the three methods that every address takes, and no other.
func allows(header string) bool {
	methods := strings.Split(header, ", ")
	slices.Sort(methods)
	return slices.Equal(methods, []string{"GET", "HEAD", "OPTIONS"})
}

func TestNothingHasNoMethods(t *testing.T) {
	s := newServer(t, nil)
	for _, method := range []string{http.MethodOptions, http.MethodHead, http.MethodPost} {
		if w := do(t, s, method, "/api/nothing"); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", method, w.Code)
		}
	}
}

func TestCORS(t *testing.T) {
	s := newServer(t, nil)
	for _, test := range []struct {
		target string
		open   bool
	}{{"/api", true}, {areas, true}, {"/api/nothing", true}, {areas + "?limit=0", true}, {"/pack.json", true}, {"/map/view.svg?sel=T01", true}, {"/map/fig9.svg", true}, {"/mapped", false}, {"/", false}, {"/metrics", false}, {"/apish", false}} {
		t.Run(test.target, func(t *testing.T) {
			h := get(t, s, test.target, "Origin", "https://elsewhere.example").Header()
			if (h.Get("Access-Control-Allow-Origin") == "*") != test.open || h.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%v", h)
			}
			if test.open && !strings.Contains(h.Get("Access-Control-Expose-Headers"), "ETag") {
				t.Errorf("no header is exposed: %v", h)
			}
		})
	}
}

// TestPreflight: scripts of other sites may read the API, the pack, the pictures and the parts of maps, and nothing else.
func TestPreflight(t *testing.T) {
	s := newServer(t, nil)
	for _, target := range targets(t, s) {
		t.Run(target, func(t *testing.T) {
			h := do(t, s, http.MethodOptions, target, "Origin", "https://elsewhere.example",
				"Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "if-none-match").Header()
			open := slices.ContainsFunc([]string{"/api", "/map/", "/tiles/", "/styles/", "/sprites/", "/fonts/", "/pack.json", "/book.pdf"},
				func(root string) bool { return strings.HasPrefix(target, root) })
			if (h.Get("Access-Control-Allow-Origin") == "*") != open || h.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%v", h)
			}
			if !open {
				return
			}
			if h.Get("Access-Control-Allow-Methods") != "GET, HEAD, OPTIONS" || h.Get("Access-Control-Max-Age") == "" ||
				!strings.Contains(h.Get("Access-Control-Allow-Headers"), "If-None-Match") {
				t.Errorf("%v", h)
			}
		})
	}
}
