package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	driver "modernc.org/sqlite"

	"parkmap/internal/store"
	"parkmap/internal/store/storetest"
)

// TestOpenRefuses wants one sentence, and everything in the folder as it was.
func TestOpenRefuses(t *testing.T) {
	for _, c := range []struct {
		name    string
		prepare func(t *testing.T, path string)
		want    string
	}{
		{"text file", text("park;name\nP01;x\n"), "is not a database: name a file of parkmap"},
		{"a few bytes of text", text("x"), "is not a database"},
		{"the first words of a database", text("SQLite format 3\x00"), "is damaged or cut off: put a backup in its place"},
		{"database of another program", otherProgram, "is a database of another program: name a file of parkmap"},
		{"cut off in the header", cut(50), "is damaged or cut off"},
		{"cut off in the first page", cut(1000), "is damaged or cut off"},
		{"cut off after the first page", cut(4096), "is damaged or cut off"},
		{"cut off in the middle", cut(100_000), "is damaged or cut off"},
		{"overwritten", overwritten, "is damaged or cut off"},
		{"empty with a full journal", emptied, "is damaged or cut off"},
		{"newer parkmap", newer, "was written by a newer parkmap (its tables have version 999, this program knows "},
		{"folder", func(t *testing.T, path string) { check(t, os.Mkdir(path, 0o700)) }, "is a folder: name a file"},
		{"locked by another program", locked, "is locked by another program: close that one and try again"},
	} {
		for _, serve := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, serve=%t", c.name, serve), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "parkmap.db")
				c.prepare(t, path)
				before := digest(t, filepath.Dir(path))
				_, err := Open(t.Context(), path, Options{Serve: serve, BusyTimeout: 50 * time.Millisecond})
				wantSentence(t, err, path, c.want)
				if after := digest(t, filepath.Dir(path)); after != before {
					t.Errorf("before:\n%s\nafter:\n%s", before, after)
				}
			})
		}
	}
}

// TestOpenRefusesPath is for paths where no file can be.
func TestOpenRefusesPath(t *testing.T) {
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "file"), []byte("x"), 0o600))
	check(t, os.Symlink(filepath.Join(dir, "nowhere", "x.db"), filepath.Join(dir, "dangling.db")))
	for _, c := range []struct{ name, path, want string }{
		{"no name", "", "has no name: name one with --store"},
		{"missing folder", filepath.Join(dir, "none", "parkmap.db"), "is in a folder that does not exist: create " + dir + "/none first"},
		{"file instead of a folder", filepath.Join(dir, "file", "parkmap.db"), "is in something that is not a folder"},
		{"link to a missing folder", filepath.Join(dir, "dangling.db"), "create"},
		{"device", "/dev/null", "is not a file: name a file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Open(t.Context(), c.path, Options{})
			wantSentence(t, err, c.path, c.want)
		})
	}
}

// wantSentence wants a *store.OpenError of one line, without words of the database.
func wantSentence(t testing.TB, err error, path, want string) {
	t.Helper()
	var e *store.OpenError
	if !errors.As(err, &e) {
		t.Fatalf("error %v (%T), want a *store.OpenError", err, err)
	}
	text := err.Error()
	if !strings.Contains(text, path) || !strings.Contains(text, want) || strings.ContainsAny(text, "\n") || strings.Contains(text, "SQLITE") {
		t.Fatalf("error %q, want one sentence on %s with %q", text, path, want)
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func text(content string) func(*testing.T, string) {
	return func(t *testing.T, path string) { check(t, os.WriteFile(path, []byte(content), 0o600)) }
}

// execute runs statements on a connection that knows nothing of parkmap.
func execute(t *testing.T, path string, statements ...string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	check(t, err)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	for _, s := range statements {
		_, err := db.Exec(s)
		check(t, err)
	}
	return db
}

func otherProgram(t *testing.T, path string) {
	check(t, execute(t, path, "PRAGMA journal_mode=WAL", "CREATE TABLE version (number)").Close())
}

// filled makes a file of ours with something in it.
func filled(t *testing.T, path string) {
	t.Helper()
	s := open(t, path, Options{})
	_, err := s.Publish(t.Context(), storetest.Whole(0, 300))
	check(t, err)
	check(t, s.Close())
	check(t, os.Remove(path+".lock"))
}

func cut(size int64) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		filled(t, path)
		check(t, os.Truncate(path, size))
	}
}

func overwritten(t *testing.T, path string) {
	filled(t, path)
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	check(t, err)
	_, err = f.WriteAt(make([]byte, 8000), 100)
	check(t, errors.Join(err, f.Close()))
}

func emptied(t *testing.T, path string) {
	check(t, os.WriteFile(path, nil, 0o600))
	check(t, os.WriteFile(path+"-wal", []byte("something"), 0o600))
}

func newer(t *testing.T, path string) {
	filled(t, path)
	check(t, execute(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)").Close())
}

func locked(t *testing.T, path string) {
	filled(t, path)
	execute(t, path, "PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE", "CREATE TABLE mine (x)")
}

// digest lists the files of a folder with their content, but for the lock, which holds nothing.
func digest(t *testing.T, dir string) string {
	t.Helper()
	var list strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".lock") {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(&list, "%s %d %x\n", d.Name(), len(data), sha256.Sum256(data))
		return err
	})
	check(t, err)
	return list.String()
}

func TestOpenContextEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Open(ctx, filepath.Join(t.TempDir(), "parkmap.db"), Options{})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
}

// TestOpenTogether has several commands make the same file.
func TestOpenTogether(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parkmap.db")
	stores := make([]*Store, 6)
	errs := make([]error, len(stores))
	var group sync.WaitGroup
	for i := range stores {
		group.Go(func() { stores[i], errs[i] = Open(t.Context(), path, Options{}) })
	}
	group.Wait()
	check(t, errors.Join(errs...))
	_, err := stores[0].Publish(t.Context(), storetest.Whole(0, 3))
	check(t, err)
	for _, s := range stores {
		_, err := s.Load(t.Context())
		check(t, errors.Join(err, s.Close()))
	}
}

// TestNames opens files whose names mean something in an URI or a link.
func TestNames(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a b.db", "?mode=memory", "100%25.db", "#x", "园区.db", ":memory:", "a&_pragma=x.db"} {
		path := filepath.Join(dir, name)
		s := open(t, path, Options{})
		check(t, s.Close())
		if info, err := os.Stat(path); err != nil || info.Size() == 0 || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v; want a file for its owner only", name, info, err)
		}
	}
	link := filepath.Join(t.TempDir(), "link.db")
	check(t, os.Symlink(filepath.Join(dir, "a b.db"), link))
	server := open(t, link, Options{Serve: true})
	_, err := Open(t.Context(), filepath.Join(dir, "a b.db"), Options{Serve: true})
	wantSentence(t, err, dir, "is in use by a running parkmap server")
	check(t, server.Close())
}

// TestSettings looks at what the file and its connections were told.
func TestSettings(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "parkmap.db"), Options{})
	t.Cleanup(func() { check(t, s.Close()) })
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000",
		"application_id": fmt.Sprint(applicationID),
	} {
		var got string
		check(t, s.write.QueryRow("PRAGMA "+pragma).Scan(&got))
		if got != want {
			t.Errorf("%s is %s, want %s", pragma, got, want)
		}
	}
	if _, err := s.read.Exec("DELETE FROM version"); err == nil {
		t.Error("a reader may write")
	}
	if runtime.GOOS == "linux" && !driver.OFDLockingEnabled() {
		t.Error("locks do not survive when another part of the program closes the file")
	}
}

// TestHistoryStays tries to change what was published.
func TestHistoryStays(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "parkmap.db"), Options{})
	t.Cleanup(func() { check(t, s.Close()) })
	_, err := s.Publish(t.Context(), storetest.Whole(0, 3))
	check(t, err)
	for _, statement := range []string{
		"UPDATE revision SET op = 'delete', properties = NULL, geometry = NULL", "DELETE FROM revision",
		"UPDATE version SET author = 'x'", "DELETE FROM version",
		"UPDATE document SET body = '{}'", "DELETE FROM document",
	} {
		if _, err := s.write.Exec(statement); err == nil || !strings.Contains(err.Error(), "never") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// TestNoMigrationUnderServer has tables to change while a server uses them.
func TestNoMigrationUnderServer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parkmap.db")
	server := open(t, path, Options{Serve: true})
	_, err := server.write.Exec("DELETE FROM goose_db_version WHERE version_id > 0")
	check(t, err)
	_, err = Open(t.Context(), path, Options{BusyTimeout: 50 * time.Millisecond})
	wantSentence(t, err, path, "is in use by a running parkmap server")
	check(t, server.Close())
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"read-only disk", syscall.EROFS, "is on a disk that is read-only: use a disk that can be written to"},
		{"full disk", syscall.ENOSPC, "is on a disk that is full: make room"},
		{"anything else", syscall.EMFILE, "cannot be opened: check the path"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := unreachable("/x/parkmap.db", &fs.PathError{Op: "open", Path: "/x/parkmap.db", Err: c.err})
			wantSentence(t, openError(t.Context(), "/x/parkmap.db", err), "/x/parkmap.db", c.want)
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "parkmap.db")
	check(b, open(b, path, Options{}).Close())
	for b.Loop() {
		check(b, open(b, path, Options{Serve: true}).Close())
	}
}
