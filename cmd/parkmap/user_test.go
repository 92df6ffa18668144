package main

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/pgtest"
)

const goodPassword = "correct horse battery"

// runUser runs parkmap user as a process of its own, with something on its standard input.
func runUser(t *testing.T, store, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	cmd := program(append([]string{"user", args[0], "--store", store}, args[1:]...)...)
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &errs
	err := cmd.Run()
	if _, ok := err.(*exec.ExitError); err != nil && !ok { //nolint:errorlint // Run returns it as it is
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errs.String()
}

// signInAs tells the status of a sign-in.
func signInAs(t *testing.T, s *testServer, name, password string) int {
	t.Helper()
	resp, err := http.Post(s.url+"/api/session", "application/json", strings.NewReader(`{"name":"`+name+`","password":"`+password+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}

// TestUsersBesideARunningServer makes the first account and changes it while a server runs.
func TestUsersBesideARunningServer(t *testing.T) {
	cfg := testConfig(t)
	s := startServer(t, cfg)
	must := func(stdin, want string, args ...string) {
		t.Helper()
		if code, out, errs := runUser(t, cfg.Store, stdin, args...); code != 0 || !strings.Contains(out, want) {
			t.Fatalf("%v: code %d, %q, %q", args, code, out, errs)
		}
	}
	must(goodPassword+"\n", "root can sign in as admin", "add", "Root", "--role", "admin", "--password-stdin")
	if got := signInAs(t, s, "root", goodPassword); got != http.StatusOK {
		t.Fatalf("sign in: %d", got)
	}
	code, _, stderr := runUser(t, cfg.Store, "", "disable", "root")
	wantFailure(t, code, stderr, "last admin")
	must("", "Whoever opens this link first becomes planner", "invite", "--role", "planner", "--district", "510112", "--base-url", "https://map.example/")
	must("", "can sign in as viewer", "add", "eve", "--role", "viewer", "--no-password", "--display-name", "伊芙")
	must("another one, and long\n", "signed out everywhere", "password", "eve", "--password-stdin")
	if got := signInAs(t, s, "eve", "another one, and long"); got != http.StatusOK {
		t.Fatalf("sign in with the new password: %d", got)
	}
	must("", "eve: planner", "role", "eve", "planner", "--district", "510112", "--district", "510104")
	must("", "eve: planner, disabled", "disable", "eve")
	if got := signInAs(t, s, "eve", "another one, and long"); got != http.StatusUnauthorized {
		t.Errorf("sign in to a disabled account: %d", got)
	}
	must("", "510104,510112", "list")
	must("", "enabled", "enable", "eve")
	code, stdout, stderr := runProgram(t, "doctor", "--store", cfg.Store)
	if code != 0 || !strings.Contains(stdout, "each follows from the one before") {
		t.Errorf("doctor: %d %q %q", code, stdout, stderr)
	}
	fields := strings.Fields(stdout[strings.Index(stdout, "newest"):])
	if code, _, stderr := runProgram(t, "doctor", "--store", cfg.Store, "--audit-head", fields[1]); code != 0 {
		t.Errorf("doctor with the head of before: %s", stderr)
	}
	code, _, stderr = runProgram(t, "doctor", "--store", cfg.Store, "--audit-head", strings.Repeat("0", 64))
	wantFailure(t, code, stderr, "cut off")
}

func TestUserSentences(t *testing.T) {
	cfg := testConfig(t)
	startServer(t, cfg)
	for _, c := range []struct {
		name, stdin string
		args        []string
		want        string
	}{
		{"no terminal", "", []string{"add", "a", "--role", "viewer"}, "--password-stdin"},
		{"empty password", "\n", []string{"add", "a", "--role", "viewer", "--password-stdin"}, "the password is empty"},
		{"short password", "short\n", []string{"add", "a", "--role", "viewer", "--password-stdin"}, "password: must have at least 10 characters"},
		{"planner without districts", goodPassword, []string{"add", "a", "--role", "planner", "--password-stdin"}, "districts: a planner needs districts"},
		{"bad name", goodPassword, []string{"add", "王芳", "--role", "viewer", "--password-stdin"}, "name: a name has 1 to 64 characters"},
		{"nobody", "", []string{"disable", "nobody"}, "there is none of this name"},
		{"too long an invitation", "", []string{"invite", "--role", "viewer", "--days", "900"}, "must be 1 to 30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, _, stderr := runUser(t, cfg.Store, c.stdin, c.args...)
			wantFailure(t, code, stderr, c.want)
		})
	}
	code, _, stderr := runUser(t, cfg.Store+".none", goodPassword, "add", "a", "--role", "admin", "--password-stdin")
	wantFailure(t, code, stderr, "there is no file")
	if _, err := os.Stat(cfg.Store + ".none"); !os.IsNotExist(err) {
		t.Error("a store was made")
	}
}

// TestDoctorFindsABrokenLog changes an entry with the rights of the file.
func TestDoctorFindsABrokenLog(t *testing.T) {
	cfg := testConfig(t)
	s := startServer(t, cfg)
	for _, name := range []string{"a", "b", "c"} {
		if _, err := auth.New(s.store.Accounts(), nil, time.Now).Add(t.Context(), auth.CommandLine(), auth.Account{Name: name, Role: auth.Viewer}, ""); err != nil {
			t.Fatal(err)
		}
	}
	executeOn(t, "sqlite", cfg.Store, `DROP TRIGGER audit_no_update`, `UPDATE audit SET subject = 'x' WHERE number = 2`)
	code, stdout, stderr := runProgram(t, "doctor", "--store", cfg.Store)
	wantFailure(t, code, stderr, "entry 2: it was changed after it was written")
	if strings.Contains(stdout, "audit log:") {
		t.Error(stdout)
	}
}

// TestSessionsHoldAcrossServers signs in at one server of a database, and out at another. Limits are shared too.
func TestSessionsHoldAcrossServers(t *testing.T) {
	cfg := testConfig(t)
	cfg.Store = pgtest.DSN(t)
	cfg.Private = []string{"units"}
	one, two := startServer(t, cfg), startServer(t, cfg)
	if code, out, errs := runUser(t, cfg.Store, goodPassword, "add", "root", "--role", "admin", "--password-stdin"); code != 0 {
		t.Fatal(out, errs)
	}
	if got := signInAs(t, one, "root", goodPassword); got != http.StatusOK {
		t.Errorf("sign in as who was added beside the servers: %d", got)
	}
	member := signedIn(t, one, auth.Viewer)
	elsewhere := &reader{t, two.url, member.cookie}
	if status, _, _ := elsewhere.get("/api/collections/units"); status != http.StatusOK {
		t.Errorf("the other server answers %d", status)
	}
	r, err := http.NewRequest(http.MethodDelete, two.url+"/api/session", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Cookie", member.cookie)
	resp, err := http.DefaultClient.Do(r)
	if err != nil || resp.StatusCode != http.StatusNoContent {
		t.Fatal(resp, err)
	}
	defer resp.Body.Close()
	if status, _, _ := member.get("/api/collections/units"); status != http.StatusNotFound {
		t.Errorf("after sign-out at the other server: %d", status)
	}
	for i := range auth.AccountFailures {
		if got := signInAs(t, []*testServer{one, two}[i%2], "vera", "wrong password"); got != http.StatusUnauthorized {
			t.Fatalf("try %d: %d", i, got)
		}
	}
	for _, s := range []*testServer{one, two} {
		if got := signInAs(t, s, "vera", goodPassword); got != http.StatusTooManyRequests {
			t.Errorf("beyond the limit: %d", got)
		}
	}
}
