package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parkmap/internal/pgtest"
)

func TestBackupBesideARunningServer(t *testing.T) {
	cfg := testConfig(t)
	s := startServer(t, cfg)
	file := filepath.Join(t.TempDir(), "copy.db")
	if code, _, stderr := runProgram(t, "backup", "--store", cfg.Store, file); code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	copied := testConfig(t)
	copied.Store = file
	if got, want := len(startServer(t, copied).live.Current().Layout().Features), len(s.live.Current().Layout().Features); got != want {
		t.Errorf("the copy has %d features, want %d", got, want)
	}
	code, _, stderr := runProgram(t, "backup", "--store", cfg.Store, file)
	wantFailure(t, code, stderr, file)
}

func TestBackupOfPostGISNamesTheToolForIt(t *testing.T) {
	code, _, stderr := runProgram(t, "backup", "--store", pgtest.DSN(t), filepath.Join(t.TempDir(), "copy.db"))
	wantFailure(t, code, stderr, "pg_dump")
}

func TestDoctor(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg Config) {
		s := startServer(t, cfg)
		code, stdout, stderr := runProgram(t, "doctor", "--store", cfg.Store)
		if code != 0 || !strings.Contains(stdout, "all hold") || !strings.Contains(stdout, "1 of ") {
			t.Errorf("code %d, says %q %q", code, stdout, stderr)
		}
		code, stdout, _ = runProgram(t, "doctor", "--ready", s.url)
		if code != 0 || !strings.Contains(stdout, "ready") {
			t.Errorf("a running server: code %d, says %q", code, stdout)
		}
		if err := s.stop(); err != nil {
			t.Fatal(err)
		}
		code, _, stderr = runProgram(t, "doctor", "--ready", s.url)
		wantFailure(t, code, stderr, "no server answers")
	})
}

func TestCommandsMakeNoStore(t *testing.T) {
	file := filepath.Join(t.TempDir(), "none.db")
	for _, args := range [][]string{{"doctor"}, {"backup", file + ".copy"}} {
		code, _, stderr := runProgram(t, append(args, "--store", file)...)
		wantFailure(t, code, stderr, "there is no file", file)
		if _, err := os.Stat(file); !os.IsNotExist(err) {
			t.Errorf("%s made a store", args[0])
		}
	}
}

// TestBadFiles starts the program on files that are no store of it; each is left as it was.
func TestBadFiles(t *testing.T) {
	good := testConfig(t)
	s := startServer(t, good)
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(good.Store)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string][]byte{
		"a text":    []byte(strings.Repeat("not a database\n", 1000)),
		"truncated": whole[:len(whole)/2],
	}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "parkmap.db")
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, command := range []string{"serve", "doctor"} {
				args := []string{command, "--store", file}
				if command == "serve" {
					args = append(args, "--listen", "127.0.0.1:0")
				}
				code, _, stderr := runProgram(t, args...)
				wantFailure(t, code, stderr, file)
			}
			after, err := os.ReadFile(file)
			if err != nil || string(after) != string(content) {
				t.Errorf("the file was changed (%v)", err)
			}
		})
	}
}

func TestWrongPassword(t *testing.T) {
	cluster := pgtest.Start(t, pgtest.Options{TCP: true, Password: "right-horse"})
	dsn := strings.Replace(cluster.DSN(), "right-horse", "wrong-horse", 1)
	code, _, stderr := runProgram(t, "serve", "--store", dsn, "--listen", "127.0.0.1:0", "--connect-timeout", "2s")
	wantFailure(t, code, stderr, "password")
	if strings.Contains(stderr, "wrong-horse") {
		t.Errorf("the message holds the password: %s", stderr)
	}
}
