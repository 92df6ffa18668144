package api

import (
	"net/http"
	"strings"
	"testing"
)

func TestCompareReadsLists(t *testing.T) {
	s := newServer(t, nil)
	for target, want := range map[string]string{
		"/compare?cmp=T01&cmp=T02":            "/compare?cmp=T01,T02",
		"/compare?cmp=&near=&ai=auto&ai=chip": "/compare?ai=auto,chip",
		"/compare?w=3&w=2&w=1&w=0&lang=en":    "/compare?w=3.2.1.0&lang=en",
		"/compare?w=1&w=1&w=1&w=1&near=&q=":   "/compare",
		"/compare?cmp=T01,T02&cmp=C1&x=1":     "/compare?cmp=T01,T02,C1",
	} {
		w := get(t, s, target)
		if w.Code != http.StatusPermanentRedirect || w.Header().Get("Location") != want {
			t.Errorf("%s: %d %s, want %s", target, w.Code, w.Header().Get("Location"), want)
		}
		if again := get(t, s, want); again.Code != http.StatusOK {
			t.Errorf("%s: %d", want, again.Code)
		}
	}
	for _, target := range []string{"/compare", "/compare?cmp=T01,T02&near=30,104&w=1.1.1.1", "/compare?cmp=%FF%FE", "/compare?cmp=" + strings.Repeat("T01,", 400)} {
		if w := get(t, s, target); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<title>compare") {
			t.Errorf("%.40s: %d", target, w.Code)
		}
	}
}

func TestCompareAsTable(t *testing.T) {
	s := newServer(t, nil)
	w := get(t, s, "/compare.csv?cmp=T01,T02", "Accept", "text/html")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/csv" {
		t.Errorf("%d %s", w.Code, w.Header().Get("Content-Type"))
	}
	if got, want := w.Body.String(), "\ufeff'=1+1,\"a, \"\"b\"\"\"\r\nx,\"T01,T02\"\r\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="compare.csv"` {
		t.Errorf("%s", got)
	}
}

func TestCompareNarrowsByText(t *testing.T) {
	s := newServer(t, nil)
	for target, want := range map[string]string{
		"/compare":                "found map[], all true",
		"/compare?q=qingsong":     "found map[T01:true]",
		"/compare?q=%E4%B9%99":    "found map[T02:true]", // a unit of its own
		"/compare?q=nothing+here": "found map[], all false",
	} {
		if body := get(t, s, target).Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s: %s, want %s", target, body, want)
		}
	}
}
