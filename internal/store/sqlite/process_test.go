package sqlite

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"parkmap/internal/layout"
	"parkmap/internal/store"
	"parkmap/internal/store/storetest"
)

// size is the number of features in the tests that kill a process in the middle of writing them.
const size = 300

// child runs a test of this file in a process of its own, where PARKMAP_CHILD is a path.
func child(t *testing.T, test, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$", "-test.v")
	cmd.Env = append(os.Environ(), "PARKMAP_CHILD="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return cmd, bufio.NewScanner(out)
}

// childPath is the path that a child works on; "" in the process that the tests run in.
func childPath() string { return os.Getenv("PARKMAP_CHILD") }

// say writes a line for the parent.
func say(words ...any) { fmt.Println(append([]any{"child:"}, words...)...) }

// hear waits for the next line that the child says; "" is its end.
func hear(lines *bufio.Scanner) string {
	for lines.Scan() {
		if _, said, ok := strings.Cut(lines.Text(), "child: "); ok {
			return said
		}
	}
	return ""
}

// TestKillWhilePublishing kills a process that publishes without pause. The file then holds the last
// version that it was told of, or the one behind it, and nothing half.
func TestKillWhilePublishing(t *testing.T) {
	if path := childPath(); path != "" {
		publishForever(t, path)
	}
	path := filepath.Join(t.TempDir(), "parkmap.db")
	random := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano())))
	for range 8 {
		cmd, lines := child(t, "TestKillWhilePublishing", path)
		if said := hear(lines); said != "ready" {
			t.Fatalf("the child said %q", said)
		}
		time.AfterFunc(time.Duration(random.IntN(int(150*time.Millisecond))), func() { _ = cmd.Process.Kill() })
		acknowledged := int64(0)
		for said := hear(lines); said != ""; said = hear(lines) {
			n, err := strconv.ParseInt(said, 10, 64)
			check(t, err)
			acknowledged = n
		}
		_ = cmd.Wait()
		checkWhole(t, path, acknowledged)
	}
}

func publishForever(t *testing.T, path string) {
	s := open(t, path, Options{Serve: true})
	list, err := s.Versions(t.Context(), 0, 1)
	check(t, err)
	n := int64(0)
	for _, v := range list {
		n = v.Number
	}
	say("ready")
	for ; ; n++ {
		v, err := s.Publish(t.Context(), storetest.Whole(n, size))
		check(t, err)
		say(v.Number)
	}
}

// checkWhole opens the file as the next server does. With acknowledged 0 nothing is known.
func checkWhole(t *testing.T, path string, acknowledged int64) {
	t.Helper()
	s := open(t, path, Options{Serve: true})
	defer func() { check(t, s.Close()) }()
	l, err := s.Load(t.Context())
	if layout.KindOf(err) == layout.KindNotFound && acknowledged == 0 {
		_, err := s.Publish(t.Context(), storetest.Whole(0, size))
		check(t, err)
		return
	}
	check(t, err)
	if acknowledged > 0 && (l.Version < acknowledged || l.Version > acknowledged+1) {
		t.Fatalf("version %d is there, and %d was acknowledged", l.Version, acknowledged)
	}
	if len(l.Features) != size {
		t.Fatalf("version %d has %d features, want %d", l.Version, len(l.Features), size)
	}
	for _, f := range l.Features {
		if f.Version != l.Version {
			t.Fatalf("version %d holds %s of version %d", l.Version, f.ID, f.Version)
		}
	}
	var sound string
	check(t, s.read.QueryRow("PRAGMA integrity_check").Scan(&sound))
	if sound != "ok" {
		t.Fatal(sound)
	}
}

// TestKillWhileSeeding kills a process that makes the file and its first version. The next one finds
// nothing, and can start again, or all of it.
func TestKillWhileSeeding(t *testing.T) {
	if path := childPath(); path != "" {
		say("opening")
		publishForever(t, path)
	}
	for i := range 12 {
		path := filepath.Join(t.TempDir(), "parkmap.db")
		cmd, lines := child(t, "TestKillWhileSeeding", path)
		if said := hear(lines); said != "opening" {
			t.Fatalf("the child said %q", said)
		}
		time.Sleep(time.Duration(i) * 5 * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		checkWhole(t, path, 0)
	}
}

// TestSecondServer has a server in another process. It is the only one, until it is killed.
func TestSecondServer(t *testing.T) {
	if path := childPath(); path != "" {
		s := open(t, path, Options{Serve: true})
		say("serving")
		for n := range s.Watch(t.Context()) {
			say("noticed", n)
		}
	}
	path := filepath.Join(t.TempDir(), "parkmap.db")
	cmd, lines := child(t, "TestSecondServer", path)
	if said := hear(lines); said != "serving" {
		t.Fatalf("the child said %q", said)
	}
	_, err := Open(t.Context(), path, Options{Serve: true})
	wantSentence(t, err, path, "is in use by a running parkmap server: stop that one first, or name another file with --store")

	command := open(t, path, Options{}) // works beside it
	_, err = command.Publish(t.Context(), storetest.Whole(0, 3))
	check(t, err)
	begin := time.Now()
	if said := hear(lines); said != "noticed 1" || time.Since(begin) > time.Second {
		t.Fatalf("the server said %q after %v", said, time.Since(begin))
	}
	check(t, command.Close())

	check(t, cmd.Process.Kill())
	_ = cmd.Wait()
	next := open(t, path, Options{Serve: true})
	l, err := next.Load(t.Context())
	check(t, errors.Join(err, next.Close()))
	if l.Version != 1 {
		t.Fatalf("version %d", l.Version)
	}
}

// TestNoticesOtherProcess watches while another process publishes.
func TestNoticesOtherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parkmap.db")
	s := open(t, path, Options{})
	t.Cleanup(func() { check(t, s.Close()) })
	watch := s.Watch(t.Context())
	_, lines := child(t, "TestKillWhilePublishing", path)
	hear(lines)
	if said := hear(lines); said != "1" {
		t.Fatalf("the child said %q", said)
	}
	select {
	case n := <-watch:
		if n < 1 {
			t.Fatalf("version %d", n)
		}
	case <-time.After(time.Second):
		t.Fatal("nothing was noticed within a second")
	}
}

// TestNotWritable runs as an ordinary account on files that it may not write.
func TestNotWritable(t *testing.T) {
	if path := childPath(); path != "" {
		if os.Geteuid() == 0 {
			check(t, errors.Join(syscall.Setgroups(nil), syscall.Setgid(65534), syscall.Setuid(65534)))
		}
		_, err := Open(t.Context(), path, Options{Serve: true})
		say(err)
		return
	}
	for _, c := range []struct {
		name         string
		folder, file os.FileMode
		want         string
	}{
		{"read-only file", 0o777, 0o444, "may not be used by this account: give it read and write access to the file and its folder"},
		{"unreadable file", 0o777, 0o000, "may not be used by this account: give it read and write access"},
		{"read-only folder", 0o555, 0o666, "may not be used by this account"},
		{"unreachable folder", 0o000, 0o666, "may not be used by this account"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, err := os.MkdirTemp("", "parkmap-")
			check(t, err)
			t.Cleanup(func() { check(t, errors.Join(os.Chmod(dir, 0o700), os.RemoveAll(dir))) })
			path := filepath.Join(dir, "parkmap.db")
			filled(t, path)
			check(t, errors.Join(os.Chmod(path, c.file), os.Chmod(dir, c.folder)))
			before, err := os.Stat(dir)
			check(t, err)
			_, lines := child(t, "TestNotWritable", path)
			said := hear(lines)
			if !strings.Contains(said, path) || !strings.Contains(said, c.want) {
				t.Fatalf("the child said %q, want %q", said, c.want)
			}
			if after, err := os.Stat(dir); err != nil || c.folder != 0o777 && after.ModTime() != before.ModTime() {
				t.Fatalf("the folder was changed: %v", err)
			}
		})
	}
}

// TestFileSizeLimit reaches the limit that the system sets on files, as on a full disk, and goes on when
// there is room again.
func TestFileSizeLimit(t *testing.T) {
	path := childPath()
	if path == "" {
		_, lines := child(t, "TestFileSizeLimit", filepath.Join(t.TempDir(), "parkmap.db"))
		if said := hear(lines); said != "went on" {
			t.Fatalf("the child said %q", said)
		}
		return
	}
	signal.Ignore(syscall.SIGXFSZ) // else it ends the process
	s := open(t, path, Options{})
	_, err := s.Publish(t.Context(), storetest.Whole(0, 3))
	check(t, err)
	limit := limitFileSize(t, 300_000)
	wantFull(t, s)
	check(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit))
	_, err = s.Publish(t.Context(), storetest.Whole(1, size))
	check(t, errors.Join(err, s.Close()))
	say("went on")
}

// limitFileSize sets the limit and returns what it was.
func limitFileSize(t *testing.T, bytes uint64) syscall.Rlimit {
	t.Helper()
	var old syscall.Rlimit
	check(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old))
	check(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: bytes, Max: old.Max}))
	return old
}

// TestFull reaches the limit that the database sets on its file.
func TestFull(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "parkmap.db"), Options{})
	t.Cleanup(func() { check(t, s.Close()) })
	_, err := s.Publish(t.Context(), storetest.Whole(0, 3))
	check(t, err)
	_, err = s.write.Exec("PRAGMA max_page_count = 40")
	check(t, err)
	wantFull(t, s)
	_, err = s.write.Exec("PRAGMA max_page_count = 100000")
	check(t, err)
	_, err = s.Publish(t.Context(), storetest.Whole(1, size))
	check(t, err)
}

// wantFull publishes what does not fit, after version 1 with three features.
func wantFull(t *testing.T, s store.Store) {
	t.Helper()
	_, err := s.Publish(t.Context(), storetest.Whole(1, size))
	if layout.KindOf(err) != layout.KindUnavailable {
		t.Fatalf("publishing on a full disk: %v, want unavailable", err)
	}
	l, err := s.Load(t.Context())
	check(t, err)
	if l.Version != 1 || len(l.Features) != 3 {
		t.Fatalf("version %d with %d features is there", l.Version, len(l.Features))
	}
	list, err := s.Versions(t.Context(), 0, 9)
	check(t, err)
	if len(list) != 1 {
		t.Fatalf("versions: %v", list)
	}
}
