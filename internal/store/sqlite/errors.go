package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

func foreign(path, reason string) error {
	return &store.OpenError{Database: path, Reason: reason, Advice: "name a file of parkmap, or one that is not there yet, with --store"}
}

func damaged(path string, err error) error {
	return &store.OpenError{Database: path, Reason: "is damaged or cut off",
		Advice: "put a backup in its place", Err: err}
}

// unreachable is the error of a path that the system does not let us use.
func unreachable(path string, err error) error {
	e := &store.OpenError{Database: path, Reason: "cannot be opened", Advice: "check the path", Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Reason = "is in a folder that does not exist"
		e.Advice = "create " + filepath.Dir(path) + " first"
	case errors.Is(err, fs.ErrPermission):
		e.Reason = "may not be used by this account"
		e.Advice = "give it read and write access to the file and its folder"
	case errors.Is(err, syscall.EROFS):
		e.Reason = "is on a disk that is read-only"
		e.Advice = "use a disk that can be written to"
	case errors.Is(err, syscall.ENOSPC):
		e.Reason = "is on a disk that is full"
		e.Advice = "make room"
	case errors.Is(err, syscall.ENOTDIR):
		e.Reason = "is in something that is not a folder"
	}
	return e
}

// openError turns what went wrong while opening into one sentence for the operator.
func openError(ctx context.Context, path string, err error) error {
	var e *store.OpenError
	switch {
	case errors.As(err, &e):
		return err
	case ctx.Err() != nil:
		return fmt.Errorf("open %s: %w (%w)", path, ctx.Err(), err)
	}
	switch primary(err) {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return &store.OpenError{Database: path, Reason: "is locked by another program", Advice: "close that one and try again", Err: err}
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return damaged(path, err)
	case lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		return &store.OpenError{Database: path, Reason: "cannot be written",
			Advice: "make the file and its folder writable for this account", Err: err}
	case lib.SQLITE_FULL:
		return unreachable(path, syscall.ENOSPC)
	case lib.SQLITE_IOERR:
		return &store.OpenError{Database: path, Reason: "cannot be read or written as the disk reports an error",
			Advice: "check the disk, its space and the limits of this account", Err: err}
	}
	return &store.OpenError{Database: path, Reason: "cannot be opened", Advice: "see the log, or put a backup in its place", Err: err}
}

// primary returns SQLite's result code in err, 0 when there is none.
func primary(err error) int {
	var e *driver.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}

// fail is the error of a call that tried something.
func (s *Store) fail(ctx context.Context, tried string, err error) error {
	return store.Fail(ctx, tried, err, classify)
}

// classify gives an error of SQLite its kind: the file is not to be had for the moment. An error
// without kind is ours.
func classify(err error) error {
	detail := ""
	switch primary(err) {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		detail = "another program keeps the database file locked"
	case lib.SQLITE_FULL:
		detail = "the disk is full, or the database file may not grow; nothing was changed"
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		detail = "the database file cannot be written; nothing was changed"
	case lib.SQLITE_IOERR, lib.SQLITE_CANTOPEN, lib.SQLITE_NOMEM:
		detail = "the database file cannot be read or written at the moment"
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		detail = "the database file is damaged; put a backup in its place"
	default:
		return err
	}
	return &layout.Error{Kind: layout.KindUnavailable, Concerns: "store", Detail: detail, Err: err}
}
