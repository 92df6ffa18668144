package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"parkmap/internal/source"
)

const areas = "/api/collections/areas/items"

func TestConditional(t *testing.T) {
	s := newServer(t, nil)
	for _, target := range []string{areas, areas + "/T01", "/api", "/api/openapi.json", "/", "/f/T01", "/pack.json", "/map/view.svg?sel=T01", "/assets/main-X.js", areas + "?f=csv"} {
		t.Run(target, func(t *testing.T) {
			etag := get(t, s, target).Header().Get("ETag")
			if len(etag) < 10 || etag[0] != '"' {
				t.Fatalf("the ETag is %q", etag)
			}
			for _, test := range []struct {
				name, header string
				code         int
			}{
				{"same", etag, 304},
				{"weak", "W/" + etag, 304},
				{"list", `"other", ` + etag + `, "third"`, 304},
				{"any", "*", 304},
				{"other", `"other"`, 200},
				{"without quotes", strings.Trim(etag, `"`), 200},
				{"empty", "", 200},
			} {
				w := get(t, s, target, "If-None-Match", test.header)
				if w.Code != test.code || w.Header().Get("ETag") != etag || w.Header().Get("Vary") == "" || w.Header().Get("Cache-Control") == "" {
					t.Errorf("%s: %d %v", test.name, w.Code, w.Header())
				}
				if w.Code == http.StatusNotModified && (w.Body.Len() > 0 || w.Header().Get("Content-Length") != "") {
					t.Errorf("%s: 304 with a body", test.name)
				}
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	s := newServer(t, nil)
	plain := get(t, s, areas).Body.Bytes()
	tags := map[string]bool{}
	for _, test := range []struct{ header, want string }{
		{"", ""},
		{"gzip", "gzip"},
		{"gzip, deflate, br, zstd", "br"},
		{"gzip, zstd", "zstd"},
		{"br;q=0.1, gzip;q=0.9", "gzip"},
		{"br;q=0, *", "zstd"},
		{"identity", ""},
		{"deflate", ""},
	} {
		t.Run(test.header, func(t *testing.T) {
			w := get(t, s, areas, "Accept-Encoding", test.header)
			if got := w.Header().Get("Content-Encoding"); got != test.want {
				t.Fatalf("the coding is %q, want %q", got, test.want)
			}
			if !strings.Contains(w.Header().Get("Vary"), "Accept-Encoding") {
				t.Errorf("Vary is %q", w.Header().Get("Vary"))
			}
			tags[w.Header().Get("ETag")] = true
			if got := decoded(t, test.want, w.Body); !bytes.Equal(got, plain) {
				t.Errorf("decoded to %d bytes, want %d", len(got), len(plain))
			}
		})
	}
	if len(tags) != 4 {
		t.Errorf("four codings have %d tags: a strong one names bytes", len(tags))
	}
}

func decoded(t *testing.T, coding string, r io.Reader) []byte {
	t.Helper()
	var err error
	switch coding {
	case "gzip":
		r, err = gzip.NewReader(r)
	case "br":
		r = brotli.NewReader(r)
	case "zstd":
		r, err = zstd.NewReader(r)
	}
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRequestID(t *testing.T) {
	s := newServer(t, nil)
	for _, test := range []struct {
		name, given string
		taken       bool
	}{
		{"none", "", false},
		{"safe", "abc-DEF_1.2", true},
		{"line break", "a\nb", false},
		{"too long", strings.Repeat("a", 65), false},
		{"markup", "<script>", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			id := get(t, s, "/api", "X-Request-Id", test.given).Header().Get("X-Request-Id")
			if (id == test.given) != test.taken || id == "" {
				t.Errorf("%q became %q", test.given, id)
			}
		})
	}
}

func TestCountedIDs(t *testing.T) {
	a, b := countedIDs(), countedIDs()
	first, second, other := a(), a(), b()
	if first == second || first[:10] == other[:10] || !harmless(first) {
		t.Errorf("%q %q %q", first, second, other)
	}
}

func TestBaseURL(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, test := range []struct {
		name    string
		base    string
		remote  string
		headers []string
		want    string
	}{
		{"configured", "https://map.example", "", []string{"Host", "evil.example"}, "https://map.example/api/collections"},
		{"configured with a path", "https://example.org/map", "", nil, "https://example.org/map/api/collections"},
		{"host", "", "", []string{"Host", "a.example:8080"}, "http://a.example:8080/api/collections"},
		{"IPv6", "", "", []string{"Host", "[::1]:8080"}, "http://[::1]:8080/api/collections"},
		{"forwarded by anyone", "", "192.0.2.1:5", []string{"Host", "a.example", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https"}, "http://a.example/api/collections"},
		{"forwarded by a proxy", "", "10.1.2.3:5", []string{"Host", "a.example", "X-Forwarded-Host", "b.example", "X-Forwarded-Proto", "https"}, "https://b.example/api/collections"},
		{"proto only", "", "10.1.2.3:5", []string{"Host", "a.example", "X-Forwarded-Proto", "https"}, "https://a.example/api/collections"},
		{"unreadable remote", "", "@", []string{"Host", "a.example", "X-Forwarded-Proto", "https"}, "http://a.example/api/collections"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newServer(t, func(o *Options) { o.BaseURL, o.TrustedProxies = test.base, proxies })
			w := from(t, s, test.remote, "/api", test.headers...)
			if !strings.Contains(w.Body.String(), `"`+test.want+`"`) {
				t.Errorf("no link %s in %s", test.want, w.Body)
			}
			shared := strings.HasPrefix(w.Header().Get("Cache-Control"), "public")
			if shared != (test.base != "") {
				t.Errorf("Cache-Control is %q", w.Header().Get("Cache-Control"))
			}
		})
	}
}

// from is get for a request that comes from an address.
func from(t *testing.T, s *Server, remote, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(context.Background(), http.MethodGet, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	if remote != "" {
		r.RemoteAddr = remote
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func TestHostsDoNotMix(t *testing.T) {
	s := newServer(t, func(o *Options) { o.BaseURL = "" })
	for _, host := range []string{"a.example", "b.example", "a.example"} {
		w := get(t, s, areas, "Host", host)
		if !strings.Contains(w.Body.String(), "http://"+host+"/api") || strings.Count(w.Body.String(), ".example") != strings.Count(w.Body.String(), host) {
			t.Errorf("%s: %s", host, w.Body)
		}
	}
	r := httptest.NewRequestWithContext(context.Background(), http.MethodGet, areas, nil)
	r.Host, r.TLS = "a.example", &tls.ConnectionState{}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if !strings.Contains(w.Body.String(), "https://a.example/api") {
		t.Errorf("with TLS: %s", w.Body)
	}
}

func TestBadHost(t *testing.T) {
	s := newServer(t, func(o *Options) { o.BaseURL = "" })
	for _, host := range []string{"", "a b", "a/b", "a\"b", "a.example:port", "a.example:123456", "a.example:", "[::1", "[::g]", "[1.2.3.4]", "a..b", "user@a.example", "<script>", strings.Repeat("a", 300), "例.example"} {
		w := get(t, s, "/api", "Host", host)
		if w.Code != http.StatusBadRequest {
			t.Errorf("%q: %d", host, w.Code)
			continue
		}
		readProblem(t, w)
	}
}

func TestClientAddress(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, func(o *Options) {
		o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
		o.Log = slog.New(slog.NewTextHandler(&log, nil))
	})
	for _, test := range []struct{ name, remote, forwarded, want string }{
		{"direct", "192.0.2.1:5", "", "192.0.2.1"},
		{"forged", "192.0.2.1:5", "203.0.113.9", "192.0.2.1"},
		{"by a proxy", "10.0.0.1:5", "203.0.113.9", "203.0.113.9"},
		{"by two proxies", "10.0.0.1:5", "198.51.100.7, 203.0.113.9, 10.0.0.2", "203.0.113.9"},
	} {
		t.Run(test.name, func(t *testing.T) {
			log.Reset()
			from(t, s, test.remote, "/api", "X-Forwarded-For", test.forwarded)
			if !strings.Contains(log.String(), "remote="+test.want+"\n") {
				t.Errorf("want %s: %s", test.want, log.String())
			}
		})
	}
}

func TestAccessLog(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, func(o *Options) { o.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	get(t, s, areas+"?limit=1")
	line := log.String()
	for _, want := range []string{"method=GET", "path=" + areas, "status=200", "bytes=", "duration_ms=", "id=id-1", "remote="} {
		if !strings.Contains(line, want) {
			t.Errorf("no %s in %s", want, line)
		}
	}
	if strings.Count(line, "\n") != 1 {
		t.Errorf("not one line: %s", line)
	}
	log.Reset()
	get(t, s, areas+"?limit=1")
	if hot := strings.Replace(log.String(), "id-2", "id-1", 1); hot != line {
		t.Errorf("a hot answer is logged as %s, a cold one as %s", hot, line)
	}
	log.Reset()
	get(t, s, "/a%0Ab%22c")
	if strings.Count(log.String(), "\n") != 1 {
		t.Errorf("a path breaks the log: %s", log.String())
	}
}

func TestSecurityHeaders(t *testing.T) {
	s := newServer(t, nil)
	for _, test := range []struct{ target, policy string }{
		{"/api?f=json", "default-src 'none'; frame-ancestors 'none'"},
		{"/api/nothing", "default-src 'none'; frame-ancestors 'none'"},
		{"/api?f=html", policyPage[0]},
		{"/", policyPage[0]},
		{"/nothing", policyPage[0]},
	} {
		t.Run(test.target, func(t *testing.T) {
			h := get(t, s, test.target, "Accept", "text/html").Header()
			if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Content-Security-Policy") != test.policy || strings.Contains(test.policy, "unsafe") {
				t.Errorf("%v", h)
			}
		})
	}
}

func TestLongURL(t *testing.T) {
	c := newClient(t, nil)
	for _, target := range []string{"/api?f=" + strings.Repeat("a", 9000), "/api/collections/" + strings.Repeat("a/", 5000), "/" + strings.Repeat("a", 9000)} {
		p := c.problem(target)
		if p.Status != http.StatusRequestURITooLong {
			t.Errorf("%d for %d bytes", p.Status, len(target))
		}
	}
}

func TestNotFound(t *testing.T) {
	c := newClient(t, nil)
	for _, target := range []string{"/nothing", "/api/nothing", "/api/collections/lakes", "/api/collections/lakes/items", "/api/collections/lakes/schema", "/api/collections/areas/items/T01/more", "/f/nothing", "/f/", "/assets/../server.go", "/assets/..%2f..%2fgo.mod", "/assets/", "/assets/main-X.js.br", "/.env", "//api"} {
		t.Run(target, func(t *testing.T) {
			if p := c.problem(target, "Accept", "application/json"); p.Status != http.StatusNotFound {
				t.Errorf("%+v", p)
			}
		})
	}
}

func TestSwap(t *testing.T) {
	live := new(source.Live)
	s := newServer(t, func(o *Options) { o.Live = live })
	if w := get(t, s, areas); w.Code != http.StatusServiceUnavailable {
		t.Errorf("without a layout: %d", w.Code)
	}
	if w := get(t, s, "/readyz"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "not ready") {
		t.Errorf("readiness without a layout: %d %s", w.Code, w.Body)
	}
	var tags []string
	for version := int64(7); version < 9; version++ {
		l := fixtureLayout(t)
		l.Version = version
		l.Features[0].Properties.Common().NameEN = strings.Repeat("x", int(version))
		snapshot, err := source.NewSnapshot(l)
		if err != nil {
			t.Fatal(err)
		}
		live.Swap(snapshot)
		for range 2 { // parsed, and from the text of the request
			w := get(t, s, areas)
			if got := w.Header().Get("X-Layout-Version"); got != itoa(version) || w.Code != http.StatusOK {
				t.Errorf("version %s, want %d", got, version)
			}
			tags = append(tags, w.Header().Get("ETag"))
		}
	}
	if tags[0] != tags[1] || tags[1] == tags[2] || tags[2] != tags[3] {
		t.Errorf("tags %v", tags)
	}
}

func TestHotAnswersAreBounded(t *testing.T) {
	s := newServer(t, nil)
	v := s.views.of(s.live.Current())
	for i := range maxHot + 10 {
		get(t, s, "/api", "Accept-Language", "en, x-"+itoa(int64(i)))
	}
	if n := len(v.hot); n > maxHot || n == 0 {
		t.Errorf("%d answers are kept", n)
	}
	before := len(v.hot)
	get(t, s, "/api?f=json&lang=en", "Accept-Language", strings.Repeat("e", 2000))
	if len(v.hot) != before {
		t.Error("a long request is kept")
	}
}
