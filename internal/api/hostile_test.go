package api

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestHostile tries requests that are too big, too many or no text: each is refused at once, by a small
// problem that repeats nothing harmful.
func TestHostile(t *testing.T) {
	s := newServer(t, func(o *Options) { o.BaseURL = "" })
	const plenty = 1000
	big := strings.Repeat("x", 100<<10)
	for _, test := range []struct {
		name, target string
		headers      []string
		code         int
	}{
		{"repeated parameter", areas + "?limit=1" + strings.Repeat("&limit=1", plenty), nil, 400},
		{"many unknown parameters", areas + "?a=1" + strings.Repeat("&a=1", plenty), nil, 400},
		{"nothing but separators", areas + "?" + strings.Repeat("&", 8000), nil, 400},
		{"repeated member", areas + "?kind=" + strings.Repeat("park,", plenty), nil, 400},
		{"repeated sort key", areas + "?sortby=" + strings.Repeat("kind,", plenty) + "kind", nil, 400},
		{"nothing but commas", areas + "?properties=" + strings.Repeat(",", 8000), nil, 400},
		{"box of many numbers", areas + "?bbox=" + strings.Repeat("1,", plenty) + "1", nil, 400},
		{"number of many digits", areas + "?bbox=" + strings.Repeat("9", 8000) + ",1,1,1", nil, 400},
		{"number far from nought", areas + "?bbox=1e-999999999,91,1e999999999,92", nil, 400},
		{"long text to search", areas + "?q=" + strings.Repeat("a%20", 2000), nil, 400},
		{"long token", areas + "?token=n" + strings.Repeat("A", 8000), nil, 400},
		{"deep token", areas + "?token=n" + strings.Repeat("W1tb", 1999), nil, 400}, // [[[…
		{"long name of a parameter", areas + "?" + strings.Repeat("a", 8000), nil, 400},
		{"zero byte in a name", areas + "?%00=1", nil, 400},
		{"no UTF-8 in a name", areas + "?%FF%FE=1", nil, 400},
		{"zero byte in a path", areas + "/%00", nil, 404},
		{"no UTF-8 in a path", "/api/collections/%FF%FE/items", nil, 404},
		{"line break in a path", "/api/collections/a%0D%0AX-Evil:1/items", nil, 404},
		{"markup in a path", "/api/collections/%3Cscript%3E/items", nil, 404},
		{"long path", "/api/" + big, nil, 414},
		{"long query", areas + "?q=" + big, nil, 414},
		{"long host", areas, []string{"Host", big}, 400},
		{"host with a path", areas, []string{"Host", "a.example/x"}, 400},
		{"long Accept", areas, []string{"Accept", strings.Repeat("text/a;q=0.1,", 10000)}, 431},
		{"many lines of Accept", areas, many("Accept", "text/a", 2000), 431},
		{"long Accept-Encoding", areas, []string{"Accept-Encoding", strings.Repeat("gzip;q=0.1,", 10000)}, 431},
		{"long Accept-Language", areas, []string{"Accept-Language", strings.Repeat("en-", 10000)}, 431},
		{"types that we do not have", areas, []string{"Accept", strings.Repeat("text/a,", 1000)}, 406},
	} {
		t.Run(test.name, func(t *testing.T) {
			start := time.Now()
			w := get(t, s, test.target, test.headers...)
			if took := time.Since(start); took > time.Second {
				t.Errorf("took %v", took)
			}
			if w.Code != test.code || w.Body.Len() > 16<<10 || w.Header().Get("X-Evil") != "" {
				t.Errorf("%d with %d bytes, want %d: %.300s", w.Code, w.Body.Len(), test.code, w.Body)
			}
			readProblem(t, w)
		})
	}
	if get(t, s, areas).Code != http.StatusOK {
		t.Error("the server does not go on")
	}
}

// TestHarmless tries what looks bad and is answered all the same.
func TestHarmless(t *testing.T) {
	s := newServer(t, nil)
	for _, test := range []struct {
		name, target string
		headers      []string
		code         int
	}{
		{"many tags", areas, []string{"If-None-Match", strings.Repeat(`"x",`, 8000)}, 200},
		{"many members that are the same", areas + "?kind=" + strings.Repeat("park,", 99) + "park", nil, 200},
		{"no UTF-8 in a page's state", "/?sel=%FF%00", nil, 200},
		{"much state of a page", "/?" + strings.Repeat("sel=a&", 1300), nil, 200},
		{"header that is no text", areas, []string{"Accept-Language", "\x00\xff", "Accept-Encoding", "\xff"}, 200},
	} {
		t.Run(test.name, func(t *testing.T) {
			if w := get(t, s, test.target, test.headers...); w.Code != test.code {
				t.Errorf("%d, want %d: %.300s", w.Code, test.code, w.Body)
			}
		})
	}
}

// many repeats a header.
func many(name, value string, n int) []string {
	var headers []string
	for range n {
		headers = append(headers, name, value)
	}
	return headers
}
