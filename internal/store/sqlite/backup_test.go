package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"parkmap/internal/layout"
	"parkmap/internal/store/storetest"
)

// TestBackup copies a file that is served and published to, and serves the copy.
func TestBackup(t *testing.T) {
	dir := t.TempDir()
	server := open(t, filepath.Join(dir, "parkmap.db"), Options{Serve: true})
	t.Cleanup(func() { check(t, server.Close()) })
	_, err := server.Publish(t.Context(), storetest.Whole(0, size))
	check(t, err)
	var group sync.WaitGroup
	group.Go(func() {
		for n := range int64(5) {
			if _, err := server.Publish(t.Context(), storetest.Whole(n+1, size)); err != nil {
				t.Error(err)
			}
		}
	})
	command := open(t, filepath.Join(dir, "parkmap.db"), Options{})
	t.Cleanup(func() { check(t, command.Close()) })
	path := filepath.Join(dir, "it's a copy.db")
	check(t, command.Backup(t.Context(), path))
	group.Wait()
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy is for others too: %v, %v", info.Mode(), err)
	}
	checkWhole(t, path, 0)
}

func TestBackupRefuses(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "parkmap.db"), Options{})
	t.Cleanup(func() { check(t, s.Close()) })
	there := filepath.Join(dir, "there.db")
	check(t, os.WriteFile(there, []byte("precious"), 0o600))
	for _, path := range []string{there, filepath.Join(dir, "parkmap.db")} {
		if err := s.Backup(t.Context(), path); layout.KindOf(err) != layout.KindConflict {
			t.Errorf("backup to %s: %v, want a conflict", path, err)
		}
	}
	if data, err := os.ReadFile(there); err != nil || string(data) != "precious" {
		t.Errorf("the file that was there holds %q, %v", data, err)
	}
	if err := s.Backup(t.Context(), filepath.Join(dir, "none", "x.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("backup to a missing folder: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".parkmap-backup-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
