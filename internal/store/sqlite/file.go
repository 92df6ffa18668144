package sqlite

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"parkmap/internal/store"
)

// applicationID marks a file as ours, in the place that SQLite has for it. It reads "pkmp".
const applicationID = 0x706b6d70

// fileState says what stands at a path.
type fileState int

const (
	fileNew  fileState = iota // nothing, or an empty file
	fileOurs                  // a file of parkmap
)

// resolve gives the one name of the file at path, so that a link does not lead around its lock.
func resolve(path string) (string, error) {
	if path == "" {
		return "", &store.OpenError{Database: "the database file", Reason: "has no name", Advice: "name one with --store"}
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return "", unreachable(path, err)
	}
	real, err := filepath.EvalSymlinks(full)
	switch {
	case err == nil:
		return real, nil
	case !errors.Is(err, fs.ErrNotExist):
		return "", unreachable(full, err)
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(full))
	if err != nil {
		return "", unreachable(full, err)
	}
	return filepath.Join(folder, filepath.Base(full)), nil
}

// inspect reads the header of the file at path and changes nothing. The marks it looks for are in
// the file itself, never only in the journal beside it: see brand.
func inspect(path string) (fileState, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fileNew, nil
	}
	if err != nil {
		return fileNew, unreachable(path, err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return fileNew, unreachable(path, err)
	}
	if info.IsDir() {
		return fileNew, &store.OpenError{Database: path, Reason: "is a folder", Advice: "name a file with --store"}
	}
	if !info.Mode().IsRegular() {
		return fileNew, &store.OpenError{Database: path, Reason: "is not a file", Advice: "name a file with --store"}
	}
	if info.Size() == 0 {
		return fileNew, checkJournal(path)
	}
	return fileOurs, checkHeader(f, path)
}

// checkJournal refuses an empty file with a journal that holds something: SQLite would throw it away.
func checkJournal(path string) error {
	if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
		return damaged(path, errors.New("the file is empty and its journal is not"))
	}
	return nil
}

// checkHeader wants the header of an SQLite file that carries our mark.
func checkHeader(r io.Reader, path string) error {
	header := make([]byte, 100)
	n, err := io.ReadFull(r, header)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return unreachable(path, err)
	}
	const magic = "SQLite format 3\x00"
	switch {
	case n < len(magic) || string(header[:len(magic)]) != magic:
		return foreign(path, "is not a database")
	case n < len(header):
		return damaged(path, err)
	case binary.BigEndian.Uint32(header[68:]) != applicationID:
		return foreign(path, "is a database of another program")
	}
	return nil
}

// checkWritable is for servers: SQLite opens a file that it may not write without a word, and fails at
// the first publication.
func checkWritable(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return unreachable(path, err)
	}
	return f.Close()
}

// brand makes the file at path ours before anything else goes into it. It runs without WAL, so that
// the mark is in the file itself. On a file that has the mark it changes nothing.
func brand(ctx context.Context, path string, busy time.Duration) error {
	state, err := inspect(path)
	if err != nil || state == fileOurs {
		return err
	}
	if err := create(path); err != nil {
		return unreachable(path, err)
	}
	db := pool(path, busy, 1)
	_, err = db.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", applicationID))
	return errors.Join(err, db.Close())
}

// create makes an empty file unless there is one. Only its owner may read it: it will hold secrets.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}
