package api

import (
	"net/http"
	"testing"
)

// TestCards: every page has a picture for previews, in both languages; what does not exist has none.
func TestCards(t *testing.T) {
	s := newServer(t, nil)
	for _, target := range []string{
		"/cards/layout.png", "/cards/layout.png?lang=en", "/cards/T01.png", "/cards/C1-02.png?lang=en", "/cards/U01.png",
		"/cards/compare.png", "/cards/compare.png?cmp=T01,first,C1,X99,Z1,T02&lang=en",
	} {
		w := get(t, s, target)
		if b := pixels(t, w).Bounds(); b.Dx() != 1200 || b.Dy() != 630 || w.Header().Get("Content-Type") != "image/png" {
			t.Errorf("%s: %v %v", target, b, w.Header())
		}
	}
	for target, status := range map[string]int{
		"/cards/X99.png": http.StatusNotFound, "/cards/T01": http.StatusNotFound, "/cards/T01.svg": http.StatusNotFound, "/cards/first.png": http.StatusNotFound,
		"/cards/T01.png?cmp=C1": http.StatusBadRequest, "/cards/layout.png?lang=fr": http.StatusBadRequest,
	} {
		if w := get(t, s, target); w.Code != status {
			t.Errorf("%s: %d, want %d", target, w.Code, status)
		}
	}
	a, b := get(t, s, "/cards/T01.png"), get(t, newServer(t, func(o *Options) { o.BaseURL = "https://other.example" }), "/cards/T01.png")
	if a.Header().Get("Etag") == b.Header().Get("Etag") {
		t.Error("cards do not name the host")
	}
}
