package sqlite

import (
	"context"
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"

	"parkmap/internal/store"
)

// serverWait is how long a server waits for the lock: a command holds it for the moment in which it
// makes or changes tables, another server for as long as it lives.
const serverWait = time.Second

// fileLock is the right to be the server of a database file, or to change its tables. The system
// takes it back when the process ends, however it ends. The file of the lock stays.
type fileLock struct {
	file *os.File
}

var errLocked = errors.New("held by another process")

// lockFile takes the lock of the database file at path; it waits for it.
func lockFile(ctx context.Context, path string, wait time.Duration) (*fileLock, error) {
	f, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, unreachable(path, err)
	}
	if err := waitForLock(ctx, f, wait); err != nil {
		_ = f.Close()
		if errors.Is(err, errLocked) {
			err = &store.OpenError{Database: path, Reason: "is in use by a running parkmap server",
				Advice: "stop that one first, or name another file with --store", Err: err}
		}
		return nil, err
	}
	return &fileLock{f}, nil
}

func waitForLock(ctx context.Context, f *os.File, wait time.Duration) error {
	ctx, cancel := context.WithTimeoutCause(ctx, wait, errLocked)
	defer cancel()
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if !errors.Is(err, unix.EWOULDBLOCK) && !errors.Is(err, unix.EINTR) {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// release gives the lock back; a nil lock is none.
func (l *fileLock) release() {
	if l != nil {
		_ = l.file.Close()
	}
}
