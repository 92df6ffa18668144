// Package archive keeps an archive of tiles on disk while it is made: beside its name until it is complete, so that it
// appears at once and whole, and in such a way that an interrupted run can be continued. The formats are those of
// internal/tile/pmtiles and internal/tile/mbtiles.
package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"

	"parkmap/internal/geo"
)

// Job is what an archive is made from. An unfinished archive is continued by an equal job only.
type Job struct {
	Program string   `json:"program"` // version of the program: another one may make other tiles
	Layer   string   `json:"layer"`
	State   string   `json:"state"` // of the data: a version of the layout, a token of a table
	Grid    string   `json:"grid"`
	MinZoom int      `json:"minzoom"`
	MaxZoom int      `json:"maxzoom"`
	Box     geo.BBox `json:"bbox"`
}

// jobFile is the file beside an unfinished archive that says what it is made from. Its lock is the right to write.
type jobFile struct{ file *os.File }

// openJob takes the lock of the file at path, which it makes where there is none.
func openJob(path string) (jobFile, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return jobFile{}, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		return jobFile{}, errors.Join(ErrBusy, f.Close())
	}
	return jobFile{f}, nil
}

// read returns the job that was written last; ok is false where there is none.
func (j jobFile) read() (job Job, ok bool, err error) {
	const most = 64 << 10
	text, err := io.ReadAll(io.NewSectionReader(j.file, 0, most))
	if err != nil {
		return Job{}, false, err
	}
	return job, json.Unmarshal(text, &job) == nil, nil
}

// write replaces the job.
func (j jobFile) write(job Job) error {
	text, err := json.Marshal(job)
	if err != nil {
		return err
	}
	if err := j.file.Truncate(0); err != nil {
		return err
	}
	if _, err := j.file.WriteAt(append(text, '\n'), 0); err != nil {
		return err
	}
	return j.file.Sync()
}

// remove deletes files; those that are not there are no error.
func remove(paths ...string) error {
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// exists tells whether there is anything at path.
func exists(path string) (bool, error) {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for the file: %w", err)
	}
	return true, nil
}
