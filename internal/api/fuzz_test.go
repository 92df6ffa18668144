package api

import (
	"encoding/json"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
)

// FuzzBBox: a box that is taken lies in the world and has no number that is none.
func FuzzBBox(f *testing.F) {
	for _, s := range []string{"1,2,3,4", "170,-10,-170,10", "1,2,0,3,4,9", "", ",,,", "1e308,0,0,0", "NaN,0,0,0", "-0,-0,0,0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := parseBBox(s)
		if err != nil {
			if layout.KindOf(err) != layout.KindInvalid {
				t.Errorf("%v", err)
			}
			return
		}
		for _, v := range []float64{b.West, b.South, b.East, b.North} {
			if math.IsNaN(v) || math.Abs(v) > 180 {
				t.Errorf("%q gives %v", s, *b)
			}
		}
		if b.South > b.North || b.South < -90 || b.North > 90 {
			t.Errorf("%q gives %v", s, *b)
		}
	})
}

// FuzzDatetime: an interval that is taken does not end before it starts.
func FuzzDatetime(f *testing.F) {
	for _, s := range []string{"2021-01-01T00:00:00Z", "2021-01-01", "../2021-01-01T00:00:00+08:00", "2021-01-01T00:00:00Z/..", "../..", "/", "..", "2021-01-01t00:00:00z", "0001-01-01/0001-01-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		i, err := parseDatetime(s)
		if err != nil {
			if i != nil || layout.KindOf(err) != layout.KindInvalid {
				t.Errorf("%v %v", i, err)
			}
			return
		}
		if i != nil && !i.Start.IsZero() && !i.End.IsZero() && i.End.Before(i.Start) {
			t.Errorf("%q gives %v", s, *i)
		}
	})
}

// FuzzLimit: a limit that is taken is within its bounds.
func FuzzLimit(f *testing.F) {
	for _, s := range []string{"1", "0", "-1", "10000", "10001", "99999999999999999999", "+5", "1e3", "", " 1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n, err := parseLimit(s); err == nil && (n < 1 || n > ogc.MaxLimit) || err != nil && n != 0 {
			t.Errorf("%q gives %d %v", s, n, err)
		}
	})
}

// FuzzSortBy: keys that are taken are sortable properties.
func FuzzSortBy(f *testing.F) {
	schema := layout.SchemaOf(layout.Areas)
	for _, s := range []string{"name_en", "-name_en,+kind", " kind", "--kind", ",", "specialisations", "kind,kind,kind"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		keys, err := parseSortBy(s, schema)
		if err != nil {
			return
		}
		for _, k := range keys {
			if i := indexOf(schema, k.Property); i < 0 || !schema[i].Sortable {
				t.Errorf("%q gives %v", s, keys)
			}
		}
	})
}

// FuzzRequest: whatever is asked for, the answer is a document, a page or a problem, and never a failure.
func FuzzRequest(f *testing.F) {
	s := newServer(f, nil)
	for _, target := range []string{
		"/api", "/api/collections/areas/items?bbox=1,2,3,4&limit=1", "/api/collections/areas/items/T01", "/f/first", "/assets/../x",
		"/api/collections/%2e%2e/items", "/api/collections/areas/items?token=nabc&sortby=-kind&q=%E9%9D%92", "/pack.json?x", "/?lang=en&sel=%00",
		"/map/view.svg?bbox=103,29.9,105,30.2&kind=park&ai=auto,unstated&width=300&height=200&grey=1", "/map/view.svg?sel=T01&theme=ai&mode=dark",
		"/map/view.svg?bbox=-180,-85,180,85&margin=0", "/map/view.svg?bbox=1e-300,0,1e300,1",
	} {
		f.Add(target, "text/html", "zh")
	}
	f.Fuzz(func(t *testing.T, target, accept, language string) {
		u, err := url.ParseRequestURI(target)
		if err != nil || !strings.HasPrefix(target, "/") || u.Path == "/metrics" {
			return
		}
		r := &http.Request{Method: http.MethodGet, URL: u, RequestURI: target, Proto: "HTTP/1.1", Host: "map.example", RemoteAddr: "192.0.2.1:1",
			Header: http.Header{"Accept": {accept}, "Accept-Language": {language}}}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		switch w.Code {
		case http.StatusOK, http.StatusPermanentRedirect:
		case http.StatusBadRequest, http.StatusNotFound, http.StatusNotAcceptable, http.StatusRequestURITooLong, http.StatusRequestHeaderFieldsTooLarge:
			if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
				return
			}
			var p Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Status != w.Code {
				t.Errorf("%s: %v %s", target, err, w.Body)
			}
		default:
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	})
}

// FuzzHost: a host that is taken is one in an address.
func FuzzHost(f *testing.F) {
	for _, s := range []string{"a.example", "a.example:80", "[::1]:80", "a b", "a:b:c", "", "user@host", "[::1%25eth0]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !validHost(s) {
			return
		}
		u, err := url.Parse("http://" + s + "/api")
		if err != nil || u.Host != s || u.Path != "/api" || u.User != nil {
			t.Errorf("%q is taken: %v %v", s, u, err)
		}
	})
}
