package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// numbered answers /n with n bytes, /0 with 204.
func numbered(asked *atomic.Int64) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/%d", &n); err != nil {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		if n == 0 {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Length", fmt.Sprint(n))
		fmt.Fprint(w, strings.Repeat("x", n))
	}))
}

func TestSweepAsksForEachOnce(t *testing.T) {
	var asked atomic.Int64
	s := numbered(&asked)
	defer s.Close()
	var targets []target
	for n := range 101 {
		targets = append(targets, target{path: fmt.Sprintf("/%d", n)})
	}
	took, bytes, err := sweep(t.Context(), s.Listener.Addr().String(), targets, 3)
	if err != nil || took <= 0 || bytes != 5050 || asked.Load() != 101 {
		t.Errorf("%d answers with %d bytes in %v, %v", asked.Load(), bytes, took, err)
	}
	targets[50].path = "/tea"
	if _, _, err := sweep(t.Context(), s.Listener.Addr().String(), targets, 3); err == nil || !strings.Contains(err.Error(), "418") {
		t.Errorf("a refusal: %v", err)
	}
}

func TestLoadTakesTurns(t *testing.T) {
	var asked atomic.Int64
	s := numbered(&asked)
	defer s.Close()
	got, err := load(t.Context(), s.Listener.Addr().String(), []target{{path: "/1"}, {path: "/0"}, {path: "/3"}}, 4, 100*time.Millisecond)
	if err != nil || got.perSecond <= 0 || got.p99 <= 0 || asked.Load() < 4 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestRecordedAnswers(t *testing.T) {
	dir := t.TempDir()
	for path, body := range map[string]string{"/a?b=1&c=%2F": "first", "/z": "second!"} {
		text := fmt.Sprintf("HTTP/1.1 200 OK\r\nX-Of: %s\r\nContent-Length: %d\r\n\r\n%s", path, len(body), body)
		if err := os.WriteFile(answerFile(dir, path), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	answers, err := readAnswers(dir)
	if err != nil {
		t.Fatal(err)
	}
	if a := answers["/a?b=1&c=%2F"]; string(a.body) != "first" || a.head.Get("X-Of") != "/a?b=1&c=%2F" {
		t.Errorf("it is read as %+v", a)
	}
	if string(answers[""].body) == "" {
		t.Error("other paths have no answer")
	}
}
