package sqlite

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"parkmap/internal/layout"
)

// vacuumInto writes a copy of the whole database, as of one moment, to the new file ?1.
const vacuumInto = `VACUUM INTO ?1`

// Backup writes the database, as of one moment, to a new file at path; reading and publishing go on.
// The file is complete and on the disk when Backup returns nil, and is not there otherwise. A file
// that is there already is a conflict.
func (s *Store) Backup(ctx context.Context, path string) error {
	leave, err := s.gate.Enter()
	if err != nil {
		return err
	}
	defer leave()
	if _, err := os.Lstat(path); err == nil {
		return &layout.Error{Kind: layout.KindConflict, Concerns: "backup " + path,
			Detail: "there is a file of this name already; name another one"}
	}
	if err := s.backup(ctx, path); err != nil {
		return s.fail(ctx, "backup to "+path, err)
	}
	return nil
}

// backup makes the copy in a folder of its own beside path, and moves it when it is complete.
func (s *Store) backup(ctx context.Context, path string) error {
	folder := filepath.Dir(path)
	work, err := os.MkdirTemp(folder, ".parkmap-backup-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	part := filepath.Join(work, "part")
	if err := create(part); err != nil {
		return err
	}
	db := pool(s.path, s.busy, 1) // a reader of the store may not write anywhere
	_, err = db.ExecContext(ctx, vacuumInto, part)
	if err := errors.Join(err, db.Close()); err != nil {
		return err
	}
	if err := flush(part); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	return flush(folder)
}

// flush puts a file or a folder on the disk: SQLite does not do so for a copy.
func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
