package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/pgtest"
)

// rounds is how often a test is to do its worst: few times in the short form, many where PARKMAP_SOAK is set.
func rounds(short, full int) int {
	if os.Getenv("PARKMAP_SOAK") != "" {
		return full
	}
	return short
}

// tokenFor makes an account on the store of cfg and returns an API token of it.
func tokenFor(t *testing.T, cfg Config, name string, role auth.Role, districts ...layout.ID) string {
	t.Helper()
	s, err := openStore(t.Context(), cfg.storeFlags, false, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	service := auth.New(s.Accounts(), auth.NewArgon2id(), time.Now)
	if _, err := service.Add(t.Context(), auth.CommandLine(), auth.Account{Name: name, Role: role, Districts: districts}, "correct horse battery"); err != nil {
		t.Fatal(err)
	}
	p := auth.Principal{Name: name, Role: role}
	secret, _, err := service.NewToken(t.Context(), p, "", "t", auth.Scopes(), 24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// patchName gives T01 a name that nobody else gives it, made on a version; it returns the status and the version
// that it became. A status of 0 is a connection that was cut.
func patchName(addr, token, key, name string) (status int, version int64) {
	body := fmt.Sprintf(`{"properties":{"name_en":%q}}`, name)
	r, err := http.NewRequest(http.MethodPatch, "http://"+addr+"/api/collections/areas/items/T01", strings.NewReader(body))
	if err != nil {
		return 0, 0
	}
	r.Header.Set("Content-Type", "application/merge-patch+json")
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("If-Match", "*")
	r.Header.Set("Idempotency-Key", key)
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, 0
	}
	defer func() { _ = w.Body.Close() }()
	_, _ = io.Copy(io.Discard, w.Body)
	version, _ = strconv.ParseInt(w.Header.Get("X-Layout-Version"), 10, 64)
	return w.StatusCode, version
}

// process is a server in a process of its own, which can be killed.
type process struct {
	cmd  *exec.Cmd
	addr string
}

func startProcess(t *testing.T, cfg Config) *process {
	t.Helper()
	cmd := program("serve", "--listen", "127.0.0.1:0", "--store", cfg.Store, "--layout", "../../testdata/layout-tiny", "--review", "off")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: cmd}
	t.Cleanup(func() { p.kill() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, rest, ok := strings.Cut(lines.Text(), "http://"); ok {
			p.addr, _, _ = strings.Cut(rest, " ")
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return p
		}
	}
	t.Fatal("the server did not start")
	return nil
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// history returns the names of T01 by version, as a server tells them.
func history(t *testing.T, addr string) map[int64]string {
	t.Helper()
	var doc struct {
		Revisions []struct {
			Version int64
			Feature struct {
				Properties struct {
					Name string `json:"name_en"`
				}
			}
		}
	}
	w, err := http.Get("http://" + addr + "/api/items/T01/history?limit=1000")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Body.Close() }()
	text, err := io.ReadAll(w.Body)
	if err == nil {
		err = json.NewDecoder(bytes.NewReader(text)).Decode(&doc)
	}
	if err != nil || w.StatusCode != http.StatusOK {
		t.Fatalf("%d %v: %.300s", w.StatusCode, err, text)
	}
	names := map[int64]string{}
	for _, r := range doc.Revisions {
		names[r.Version] = r.Feature.Properties.Name
	}
	return names
}

// wantAll makes sure that what was acknowledged is there, once, and that nothing is there twice.
func wantAll(t *testing.T, acknowledged map[int64]string, names map[int64]string) {
	t.Helper()
	for version, name := range acknowledged {
		if names[version] != name {
			t.Errorf("version %d was acknowledged as %q and is %q", version, name, names[version])
		}
	}
	seen := map[string]int64{}
	for version, name := range names {
		if other, ok := seen[name]; ok {
			t.Errorf("%q is both version %d and %d", name, version, other)
		}
		seen[name] = version
	}
}

// TestKilledWhilePublishing kills the server again and again while it publishes. What was acknowledged is there; what
// was not is repeated with its key, and happens once.
func TestKilledWhilePublishing(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg Config) {
		first := startProcess(t, cfg)
		first.kill()
		token := tokenFor(t, cfg, "anna", auth.Admin)
		random := rand.New(rand.NewPCG(2, uint64(time.Now().UnixNano())))
		acknowledged := map[int64]string{}
		n := 0
		for range rounds(10, 200) {
			p := startProcess(t, cfg)
			timer := time.AfterFunc(time.Duration(20+random.IntN(150))*time.Millisecond, func() { _ = p.cmd.Process.Kill() })
			for {
				name := fmt.Sprintf("name %d", n)
				status, version := patchName(p.addr, token, fmt.Sprintf("key %d", n), name)
				if status == 0 {
					break // it is asked for again, with the same key
				}
				if status != 204 {
					t.Fatalf("%d for %q", status, name)
				}
				acknowledged[version] = name
				n++
			}
			timer.Stop()
			p.kill()
		}
		p := startProcess(t, cfg)
		names := history(t, p.addr)
		wantAll(t, acknowledged, names)
		if len(acknowledged) == 0 || len(names) > n+2 {
			t.Errorf("%d acknowledged, %d in the history of %d", len(acknowledged), len(names), n)
		}
		p.kill()
		code, out, stderr := runProgram(t, "doctor", "--store", cfg.Store)
		if code != 0 {
			t.Errorf("doctor: %s%s", out, stderr)
		}
	})
}

// TestDatabaseKilledWhilePublishing does the same to PostgreSQL.
func TestDatabaseKilledWhilePublishing(t *testing.T) {
	cluster := pgtest.Start(t, pgtest.Options{TCP: true})
	cfg := testConfig(t)
	cfg.Store, cfg.Layout, cfg.Review = cluster.DSN(), "../../testdata/layout-tiny", "off"
	s := startServer(t, cfg)
	token := tokenFor(t, cfg, "anna", auth.Admin)
	acknowledged := map[int64]string{}
	n := 0
	for range rounds(3, 20) {
		var group sync.WaitGroup
		group.Go(func() {
			time.Sleep(100 * time.Millisecond)
			cluster.Kill()
		})
		for failed := false; !failed; {
			name := fmt.Sprintf("name %d", n)
			status, version := patchName(s.Addr(), token, fmt.Sprintf("key %d", n), name)
			switch status {
			case 204:
				acknowledged[version] = name
				n++
			case 503:
				failed = true // and asked for again
			default:
				t.Fatalf("%d for %q", status, name)
			}
		}
		group.Wait()
		cluster.Restart()
		eventually(t, "the store answers again", func() bool { return s.store.Ping(t.Context()) == nil })
	}
	wantAll(t, acknowledged, history(t, s.Addr()))
	if len(acknowledged) == 0 {
		t.Error("nothing was published")
	}
}

// TestPublishedIsSeenEverywhere publishes on one of three servers and measures until the others serve it.
func TestPublishedIsSeenEverywhere(t *testing.T) {
	cfg := testConfig(t)
	cfg.Store, cfg.Layout, cfg.Review = pgtest.DSN(t), "../../testdata/layout-tiny", "off"
	servers := []*testServer{startServer(t, cfg), startServer(t, cfg), startServer(t, cfg)}
	token := tokenFor(t, cfg, "anna", auth.Admin)
	var took []time.Duration
	for i := range rounds(10, 300) {
		name := fmt.Sprintf("seen %d", i)
		status, version := patchName(servers[i%3].Addr(), token, name, name)
		done := time.Now()
		if status != 204 {
			t.Fatalf("%d", status)
		}
		for _, s := range servers {
			if !s.live.Await(t.Context(), version) {
				t.Fatal("not seen")
			}
		}
		took = append(took, time.Since(done))
		for _, s := range servers {
			if _, body := s.get(t, "/api/collections/areas/items/T01"); !strings.Contains(body, name) {
				t.Fatalf("version %d is served without its name", version)
			}
		}
	}
	slices.Sort(took)
	t.Logf("seen by all of three servers after the answer: median %v, p99 %v, most %v", took[len(took)/2], took[len(took)*99/100], took[len(took)-1])
}

// TestPlannersDay runs the calls of docs/editing.md as they stand there, on both stores.
func TestPlannersDay(t *testing.T) {
	text, err := os.ReadFile("../../docs/editing.md")
	if err != nil {
		t.Fatal(err)
	}
	script := "set -euo pipefail\n"
	for i, block := range strings.Split(string(text), "```sh\n") {
		if i > 0 {
			calls, _, _ := strings.Cut(block, "```")
			script += calls
		}
	}
	onBothStores(t, func(t *testing.T, cfg Config) {
		s := startServer(t, cfg)
		cmd := exec.Command("bash", "-xc", script)
		cmd.Env = append(os.Environ(), "MAP=http://"+s.Addr(), "ANNA="+tokenFor(t, cfg, "anna", auth.Planner, "510112"), "RITA="+tokenFor(t, cfg, "rita", auth.Reviewer))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v:\n%s", err, out[max(0, len(out)-2000):])
		}
	})
}
