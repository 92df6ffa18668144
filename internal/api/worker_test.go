package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
)

// workerOf asks for the service worker and returns what it says of the program, and the script behind it.
func workerOf(t *testing.T, s *Server) (build string, assets []string, script string) {
	t.Helper()
	w := get(t, s, "/sw.js")
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	head, script, _ := strings.Cut(w.Body.String(), ";\n")
	var program struct {
		Build  string
		Assets []string
	}
	if err := json.Unmarshal([]byte(strings.TrimPrefix(head, "self.parkmap=")), &program); err != nil {
		t.Fatalf("%v: %s", err, head)
	}
	return program.Build, program.Assets, script
}

func TestWorker(t *testing.T) {
	s := newServer(t, nil)
	build, assets, script := workerOf(t, s)
	if build == "" || script != "worker()" {
		t.Errorf("build %q, script %q", build, script)
	}
	if got, want := strings.Join(assets, " "), "/assets/archive-Z.zip /assets/main-X.js /assets/mark-Y.svg"; got != want {
		t.Errorf("assets %s, want %s", got, want)
	}
	h := get(t, s, "/sw.js").Header()
	for name, want := range map[string]string{
		"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "public, max-age=0, must-revalidate",
		"Content-Security-Policy": "default-src 'none'; connect-src 'self'",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s %q, want %q", name, got, want)
		}
	}
	if w := get(t, s, "/sw.js", "If-None-Match", h.Get("Etag")); w.Code != http.StatusNotModified {
		t.Errorf("%d", w.Code)
	}
}

// TestWorkerOfAnotherVersion: whatever differs between two programs makes another worker with another cache.
func TestWorkerOfAnotherVersion(t *testing.T) {
	seen := map[string]string{}
	for name, change := range map[string]func(*Options){
		"as it is":        nil,
		"another version": func(o *Options) { o.Version = "test-2" },
		"another script":  func(o *Options) { o.Assets.(fstest.MapFS)[workerFile] = &fstest.MapFile{Data: []byte("other()")} },
		"another file": func(o *Options) {
			o.Assets.(fstest.MapFS)["dist/assets/more-W.css"] = &fstest.MapFile{Data: []byte("a{}")}
		},
	} {
		build, _, _ := workerOf(t, newServer(t, change))
		if other, ok := seen[build]; ok {
			t.Errorf("%s and %s are one build", name, other)
		}
		seen[build] = name
		if again, _, _ := workerOf(t, newServer(t, change)); again != build {
			t.Errorf("%s: the same program is another build", name)
		}
	}
}

func TestNoWorker(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Assets = fstest.MapFS{} })
	if w := get(t, s, "/sw.js"); w.Code != http.StatusNotFound {
		t.Errorf("%d", w.Code)
	}
}

func TestOfflinePage(t *testing.T) {
	s := newServer(t, nil)
	w := get(t, s, "/offline?lang=en", "Accept", "text/html")
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<title>offline") || w.Header().Get("Content-Language") != "en" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}
