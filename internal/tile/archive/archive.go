package archive

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"parkmap/internal/tile"
	"parkmap/internal/tile/mbtiles"
	"parkmap/internal/tile/pmtiles"
)

// Errors that a caller tells apart.
var (
	ErrFormat  = errors.New("the name of an archive ends in .pmtiles or .mbtiles")
	ErrExists  = errors.New("the file exists already")
	ErrBusy    = errors.New("another process is writing this archive")
	ErrForeign = errors.New("a file stands where the unfinished archive goes")
	ErrEmpty   = errors.New("there is no tile to put into the archive")
	ErrFull    = errors.New("the disk is full")
)

// Ends of the names of the files beside an archive while it is made.
const (
	partialEnd = ".partial"
	jobEnd     = ".partial.job"
	indexEnd   = ".partial.index"
	journalEnd = ".partial-journal" // of SQLite
)

// writer is one format.
type writer interface {
	Tiles(ctx context.Context, yield func(tile.ID)) error
	Add(ctx context.Context, id tile.ID, gz []byte) error
	Commit() error
	Finish(ctx context.Context, m Metadata) error
	Close() error
}

// File is an archive in the making. It is a sink of internal/tile/pyramid; its errors are ErrFull where the disk is.
type File struct {
	path   string
	job    jobFile
	writer writer
	fresh  bool
}

// Open begins the archive at path, whose format its ending tells, or goes on with it where an equal job was
// interrupted. What an unequal one left is thrown away.
func Open(ctx context.Context, path string, job Job) (*File, error) {
	format, ok := formats[strings.ToLower(filepath.Ext(path))]
	if !ok {
		return nil, ErrFormat
	}
	if there, err := exists(path); err != nil || there {
		return nil, errors.Join(err, when(there, ErrExists))
	}
	mark, err := openJob(path + jobEnd)
	if err != nil {
		return nil, explain(err)
	}
	f := &File{path: path, job: mark}
	if f.fresh, err = f.claim(job); err == nil {
		f.writer, err = format(ctx, path)
	}
	if err != nil {
		return nil, errors.Join(explain(err), mark.file.Close())
	}
	return f, nil
}

// claim makes what is there ours: the files of an equal job are kept, those of another one deleted.
func (f *File) claim(job Job) (fresh bool, err error) {
	before, known, err := f.job.read()
	if err != nil || (known && before == job) {
		return false, err
	}
	if !known {
		if there, err := exists(f.path + partialEnd); err != nil || there {
			return false, errors.Join(err, when(there, ErrForeign), remove(f.path+jobEnd))
		}
	}
	if err := remove(f.path+partialEnd, f.path+journalEnd, f.path+indexEnd); err != nil {
		return false, err
	}
	return known, f.job.write(job)
}

// StartedOver tells whether the remains of an unequal job were thrown away.
func (f *File) StartedOver() bool { return f.fresh }

// Tiles hands on the tiles that earlier runs committed, in their order.
func (f *File) Tiles(ctx context.Context, yield func(tile.ID)) error {
	return explain(f.writer.Tiles(ctx, yield))
}

// Add takes a tile, gzipped. Tiles come along the Hilbert curve, zoom after zoom.
func (f *File) Add(ctx context.Context, id tile.ID, gz []byte) error {
	return explain(f.writer.Add(ctx, id, gz))
}

// Commit makes the tiles so far outlive an interruption.
func (f *File) Commit() error { return explain(f.writer.Commit()) }

// Finish completes the archive and gives it its name. ErrEmpty when there is no tile: nothing stays then.
func (f *File) Finish(ctx context.Context, m Metadata) error {
	err := errors.Join(f.writer.Finish(ctx, m), f.writer.Close())
	beside := []string{f.path + journalEnd, f.path + indexEnd, f.path + jobEnd}
	switch {
	case errors.Is(err, pmtiles.ErrEmpty) || errors.Is(err, mbtiles.ErrEmpty):
		return errors.Join(ErrEmpty, remove(append(beside, f.path+partialEnd)...), f.job.file.Close())
	case err != nil:
		return errors.Join(explain(err), f.job.file.Close())
	}
	if there, err := exists(f.path); err != nil || there {
		return errors.Join(err, when(there, ErrExists), f.job.file.Close())
	}
	if err := os.Rename(f.path+partialEnd, f.path); err != nil {
		return errors.Join(err, f.job.file.Close())
	}
	return errors.Join(syncFolder(f.path), remove(beside...), f.job.file.Close())
}

// Close leaves the archive as the last Commit left it, for another Open.
func (f *File) Close() error { return errors.Join(f.writer.Close(), f.job.file.Close()) }

// syncFolder makes the name of a file outlive the machine.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// when returns err where it is so.
func when(so bool, err error) error {
	if so {
		return err
	}
	return nil
}

// explain gives a full disk its name.
func explain(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG) || errors.Is(err, mbtiles.ErrFull) {
		return errors.Join(ErrFull, err)
	}
	return err
}
