package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"parkmap/internal/api"
	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/pgtest"
	"parkmap/internal/store"
)

// onBothStores runs test with a configuration for each kind of store.
func onBothStores(t *testing.T, test func(t *testing.T, cfg Config)) {
	t.Run("sqlite", func(t *testing.T) { test(t, testConfig(t)) })
	t.Run("postgis", func(t *testing.T) {
		cfg := testConfig(t)
		cfg.Store = pgtest.DSN(t)
		test(t, cfg)
	})
}

// areas returns the names of the areas that the server serves.
func areas(t *testing.T, s *testServer) []string {
	t.Helper()
	_, body := s.get(t, "/api/collections/areas/items?limit=1000")
	var page struct {
		Features []struct {
			Properties struct {
				Name string `json:"name_zh"`
			} `json:"properties"`
		} `json:"features"`
	}
	if err := json.Unmarshal([]byte(body), &page); err != nil {
		t.Fatalf("%v in %.200s", err, body)
	}
	var names []string
	for _, f := range page.Features {
		names = append(names, f.Properties.Name)
	}
	return names
}

func TestServeSeedsAnEmptyStoreOnce(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg Config) {
		for _, start := range []string{"first start", "second start"} {
			s := startServer(t, cfg)
			if got := areas(t, s); len(got) != 14 {
				t.Fatalf("%s: %d areas: %v", start, len(got), got)
			}
			if got := s.live.Current().Version(); got != 1 {
				t.Errorf("%s: version %d, want 1", start, got)
			}
			if got := s.readiness(t); got != "ready" {
				t.Errorf("%s: %q, want ready", start, got)
			}
			if err := s.stop(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestServeAnotherLayoutFolder(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg Config) {
		cfg.Layout = "../../testdata/layout-tiny"
		if got := areas(t, startServer(t, cfg)); len(got) != 4 {
			t.Errorf("areas %v, want the four of the folder", got)
		}
	})
}

// TestServeShowsNewVersions publishes beside a running server, as another server would.
func TestServeShowsNewVersions(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg Config) {
		s := startServer(t, cfg)
		publishRename(t, cfg, "改名")
		eventually(t, "the new name is served", func() bool { return areas(t, s)[0] == "改名" })
	})
}

func TestSecondServerOnTheSameFile(t *testing.T) {
	cfg := testConfig(t)
	startServer(t, cfg)
	code, _, stderr := runProgram(t, "serve", "--store", cfg.Store, "--listen", "127.0.0.1:0")
	wantFailure(t, code, stderr, cfg.Store)
}

func TestPortInUse(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	file := filepath.Join(t.TempDir(), "parkmap.db")
	code, _, stderr := runProgram(t, "serve", "--store", file, "--listen", ln.Addr().String())
	wantFailure(t, code, stderr, "in use", "--listen")
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Error("a server that could not listen made a store")
	}
}

func TestInvalidLayoutFolder(t *testing.T) {
	tests := map[string]struct {
		change func(dir string) error
		want   []string
	}{
		"no folder":      {os.RemoveAll, []string{"there is no folder"}},
		"file is gone":   {func(dir string) error { return os.Remove(filepath.Join(dir, "units.json")) }, []string{"units.json"}},
		"not JSON":       {func(dir string) error { return os.WriteFile(filepath.Join(dir, "areas.geojson"), []byte("{"), 0o600) }, []string{"areas.geojson"}},
		"crossing rings": {crossRing, []string{"areas.geojson", "T01"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "layout")
			if err := os.CopyFS(dir, os.DirFS("../../testdata/layout-tiny")); err != nil {
				t.Fatal(err)
			}
			if err := test.change(dir); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(t.TempDir(), "parkmap.db")
			code, _, stderr := runProgram(t, "serve", "--store", file, "--layout", dir, "--listen", "127.0.0.1:0")
			wantFailure(t, code, stderr, test.want...)
			if _, err := os.Stat(file); !os.IsNotExist(err) {
				t.Error("an invalid layout made a store")
			}
		})
	}
}

// crossRing makes the first ring of T01 cross itself by swapping its second and third position.
func crossRing(dir string) error {
	path := filepath.Join(dir, "areas.geojson")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var folder map[string]any
	if err := json.Unmarshal(text, &folder); err != nil {
		return err
	}
	for _, f := range folder["features"].([]any) {
		if f.(map[string]any)["id"] != "T01" {
			continue
		}
		geometry := f.(map[string]any)["geometry"].(map[string]any)
		ring := geometry["coordinates"].([]any)[0].([]any)
		ring[1], ring[2] = ring[2], ring[1]
	}
	if text, err = json.Marshal(folder); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}

func TestPostgresUnreachableAtStart(t *testing.T) {
	code, _, stderr := runProgram(t, "serve", "--store", "postgres://nobody:secret@127.0.0.1:1/none?sslmode=disable",
		"--listen", "127.0.0.1:0", "--connect-timeout", "1s")
	wantFailure(t, code, stderr)
	if strings.Contains(stderr, "secret") {
		t.Errorf("the message holds the password: %s", stderr)
	}
}

func TestPostgresWithoutPostGIS(t *testing.T) {
	code, _, stderr := runProgram(t, "serve", "--store", pgtest.DSNWithoutPostGIS(t), "--listen", "127.0.0.1:0", "--connect-timeout", "2s")
	wantFailure(t, code, stderr, "PostGIS")
}

// TestDatabaseGone stops and starts the database under load: reads go on, readiness says degraded, and
// the server recovers by itself and follows new versions again.
func TestDatabaseGone(t *testing.T) {
	cluster := pgtest.Start(t, pgtest.Options{})
	cfg := testConfig(t)
	cfg.Store = cluster.DSN()
	s := startServer(t, cfg)

	ctx, cancel := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	var answered, failed atomic.Int64
	for range 4 {
		readers.Go(func() {
			for ctx.Err() == nil {
				resp, err := http.Get(s.url + "/api/collections/areas/items")
				if err != nil || resp.StatusCode != http.StatusOK {
					failed.Add(1)
				}
				if err == nil {
					resp.Body.Close()
					answered.Add(1)
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	cluster.Stop()
	eventually(t, "degraded", func() bool { return s.readiness(t) == "degraded" })
	cluster.Restart()
	eventually(t, "ready again", func() bool { return s.readiness(t) == "ready" })
	cancel()
	readers.Wait()
	if answered.Load() == 0 || failed.Load() > 0 {
		t.Errorf("%d of %d reads failed", failed.Load(), answered.Load())
	}
	publishRename(t, cfg, "改名")
	eventually(t, "a version published after the recovery", func() bool { return s.live.Current().Version() == 2 })
}

// publishRename publishes another name of the first area as the next version, as another server would.
func publishRename(t *testing.T, cfg Config, name string) {
	t.Helper()
	other, err := openStore(t.Context(), cfg.storeFlags, false, 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	l, err := other.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	f := l.Features[0]
	area := *f.Properties.(*layout.Area)
	area.NameZH = name
	f.Properties = &area
	if _, err := edit.New(other, edit.Options{Now: time.Now}).Apply(t.Context(), edit.Edit{
		Base: l.Version, Author: "test", Comment: "rename", Changes: []store.Change{{Op: store.Put, Feature: f}},
	}); err != nil {
		t.Fatal(err)
	}
}

// TestKilledWhileSeeding kills the program at many moments of its first start; the next start always has
// the whole layout.
func TestKilledWhileSeeding(t *testing.T) {
	for i := range 12 {
		file := filepath.Join(t.TempDir(), "parkmap.db")
		cmd := program("serve", "--store", file, "--listen", "127.0.0.1:0")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(i) * 25 * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed
		cfg := testConfig(t)
		cfg.Store = file
		s := startServer(t, cfg)
		if got := len(s.live.Current().Layout().Features); got < 200 {
			t.Errorf("killed after %d ms: the next start has %d features", i*25, got)
		}
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestStopFinishesRunningRequests stops a server in the middle of an answer: the answer comes whole, and
// readiness said meanwhile that the server is going away.
func TestStopFinishesRunningRequests(t *testing.T) {
	a, err := newApp(t.Context(), testConfig(t), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	began, finish := make(chan struct{}), make(chan struct{})
	handler := a.http.Handler
	a.http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(began)
		<-finish
		handler.ServeHTTP(w, r)
	})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	answer := make(chan string, 1)
	go func() {
		resp, err := http.Get("http://" + a.Addr() + "/api")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer resp.Body.Close()
		answer <- resp.Status
	}()
	<-began
	stop()
	eventually(t, "not ready", func() bool { return a.health.readiness().Status == api.NotReady })
	select {
	case err := <-ended:
		t.Fatalf("the server ended with a request under way: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(finish)
	if got := <-answer; got != "200 OK" {
		t.Errorf("the running request got %q", got)
	}
	if err := <-ended; err != nil {
		t.Errorf("the server ended with %v", err)
	}
}

// TestSIGTERM ends the program with code 0.
func TestSIGTERM(t *testing.T) {
	cmd := program("serve", "--store", filepath.Join(t.TempDir(), "parkmap.db"), "--listen", "127.0.0.1:0")
	var stdout, stderr syncBuffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the program says where it listens", func() bool { return strings.Contains(stdout.String(), "http://127.0.0.1:") })
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("the program ended with %v: %s", err, stderr.String())
	}
}

// syncBuffer is a buffer that a process writes while the test reads.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// TestBuiltBinaryKnowsItsVersion builds the program as the Makefile does.
func TestBuiltBinaryKnowsItsVersion(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "parkmap")
	build := exec.Command("go", "build", "-ldflags", "-X main.version=v1.2.3-test", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out, err := exec.Command(binary, "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(string(out)); got != "parkmap v1.2.3-test" {
		t.Errorf("the program says %q", got)
	}
}
