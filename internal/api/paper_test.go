package api

import (
	"net/http"
	"strings"
	"testing"

	"parkmap/internal/pdf/pdftest"
)

// wordsOf returns the text of a document, by poppler.
func wordsOf(t *testing.T, data []byte) string {
	t.Helper()
	return pdftest.Run(t, "pdftotext", pdftest.File(t, data), "-")
}

func TestPaper(t *testing.T) {
	c := clientOf(t, realServer(t))
	for _, test := range []struct{ name, target, lang, file, text string }{
		{"a sheet in Chinese", "/f/P01.pdf?lang=zh", "zh", "P01-zh.pdf", "https://map.example/f/P01"},
		{"a sheet in English", "/f/P01.pdf?lang=en", "en", "P01-en.pdf", "Compiled by parkmap"},
		{"the core", "/f/C1.pdf?lang=zh", "zh", "C1-zh.pdf", "责任单位"},
		{"a place", "/f/C1-01.pdf?lang=en", "en", "C1-01-en.pdf", "https://map.example/f/C1-01"},
		{"the book in Chinese", "/book.pdf?lang=zh", "zh", "layout-zh.pdf", "目录"},
		{"the book in English", "/book.pdf?lang=en", "en", "layout-en.pdf", "Contents"},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := c.get(test.target, "Accept", "text/html")
			h := w.Header()
			if w.Code != http.StatusOK {
				t.Fatalf("%d: %.300s", w.Code, w.Body)
			}
			for name, want := range map[string]string{
				"Content-Type": "application/pdf", "Content-Language": test.lang, "X-Layout-Version": "1",
				"Content-Disposition": `inline; filename="` + test.file + `"`, "Access-Control-Allow-Origin": "*",
			} {
				if h.Get(name) != want {
					t.Errorf("%s: %q, want %q", name, h.Get(name), want)
				}
			}
			if !strings.Contains(h.Get("Vary"), "Accept-Language") {
				t.Errorf("varies by %q", h.Get("Vary"))
			}
			if text := wordsOf(t, w.Body.Bytes()); !strings.Contains(text, test.text) {
				t.Errorf("does not say %q:\n%.2000s", test.text, text)
			}
			if again := c.get(test.target, "If-None-Match", h.Get("ETag")); again.Code != http.StatusNotModified {
				t.Errorf("%d for what the client holds", again.Code)
			}
		})
	}
}

func TestPaperProblems(t *testing.T) {
	c := clientOf(t, realServer(t))
	for _, test := range []struct {
		name, target string
		status       int
	}{
		{"no such feature", "/f/P99.pdf", http.StatusNotFound},
		{"a feature without a sheet", "/f/U01.pdf", http.StatusNotFound},
		{"nothing before the ending", "/f/.pdf", http.StatusNotFound},
		{"unknown language", "/f/P01.pdf?lang=fr", http.StatusBadRequest},
		{"unknown language of the book", "/book.pdf?lang=fr", http.StatusBadRequest},
		{"unknown parameter", "/book.pdf?paper=a3", http.StatusBadRequest},
		{"another format", "/book.pdf?f=html", http.StatusBadRequest},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := c.get(test.target, "Accept", "text/html")
			if w.Code != test.status || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%d %s: %.300s", w.Code, w.Header().Get("Content-Type"), w.Body)
			}
		})
	}
}

func TestSheetBySlug(t *testing.T) {
	w := get(t, realServer(t), "https://map.example/f/dongbu-zhizao.pdf?lang=en")
	if w.Code != http.StatusPermanentRedirect || !strings.HasSuffix(w.Header().Get("Location"), ".pdf?lang=en") {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
}

// Pages say where the same is for paper, and the address is there.
func TestPagesLeadToPaper(t *testing.T) {
	s := realServer(t)
	for page, paper := range map[string]string{"/f/P01": "/f/P01.pdf?lang=en", "/about": "/book.pdf?lang=en", "/print": "/book.pdf?lang=en"} {
		body := get(t, s, "https://map.example"+page+"?lang=en").Body.String()
		for _, want := range []string{`<link rel="alternate" type="application/pdf" href="` + paper + `">`, `<a href="` + paper + `"`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s has no %s", page, want)
			}
		}
	}
	if body := get(t, s, "https://map.example/f/U01").Body.String(); strings.Contains(body, ".pdf") {
		t.Error("a unit has a sheet")
	}
}
