package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary stand in for the program, so that tests can kill it or ask for its exit
// code.
func TestMain(m *testing.M) {
	if os.Getenv("PARKMAP_TEST_PROGRAM") == "1" {
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
		stop()
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// program returns the program with the given arguments as a child process; it dies with the test.
func program(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "PARKMAP_TEST_PROGRAM=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	return cmd
}

// runProgram runs the program in this process and returns what it wrote.
func runProgram(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	code = run(ctx, args, &out, &errs)
	return code, out.String(), errs.String()
}

// testConfig is a configuration for a server on a free port with a SQLite store of its own.
func testConfig(t *testing.T) Config {
	t.Helper()
	return Config{
		storeFlags:      storeFlags{Store: filepath.Join(t.TempDir(), "parkmap.db")},
		Listen:          "127.0.0.1:0",
		ConnectTimeout:  5 * time.Second,
		ShutdownTimeout: 5 * time.Second,
	}
}

// testServer is a running server with what it logged.
type testServer struct {
	*app
	url  string
	stop func() error
}

// startServer runs a server until the test ends.
func startServer(t *testing.T, cfg Config) *testServer {
	t.Helper()
	a, err := newApp(t.Context(), cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	s := &testServer{app: a, url: "http://" + a.Addr()}
	stopped := false
	s.stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		return <-ended
	}
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Errorf("the server ended with: %v", err)
		}
	})
	return s
}

// get returns status and body of one answer.
func (s *testServer) get(t *testing.T, path string) (int, string) {
	t.Helper()
	resp, err := http.Get(s.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// readiness returns the status that /readyz tells.
func (s *testServer) readiness(t *testing.T) string {
	t.Helper()
	_, body := s.get(t, "/readyz")
	var state struct{ Status string }
	if err := json.Unmarshal([]byte(body), &state); err != nil {
		t.Fatalf("/readyz answered %q", body)
	}
	return state.Status
}

// eventually waits up to ten seconds for ok.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("did not happen within ten seconds: %s", what)
}

// wantFailure checks that a run ended with code 1 and one sentence on stderr that holds all of parts.
func wantFailure(t *testing.T, code int, stderr string, parts ...string) {
	t.Helper()
	if code != 1 {
		t.Errorf("exit code %d, want 1; stderr: %s", code, stderr)
	}
	lines := strings.Split(strings.TrimSpace(stderr), "\n")
	last := lines[len(lines)-1]
	if !strings.HasPrefix(last, "parkmap: ") {
		t.Errorf("the last line is no message of the program: %q", stderr)
	}
	for _, part := range parts {
		if !strings.Contains(last, part) {
			t.Errorf("%q does not say %q", last, part)
		}
	}
}
