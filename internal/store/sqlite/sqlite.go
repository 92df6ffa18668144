// Package sqlite keeps a layout in one SQLite file, the default store of the program. It does not
// know what the features mean, nor who may change them.
//
// The file is in WAL mode with synchronous=FULL: what Publish returned outlives a crash and a power
// cut. Several processes may have it open; one of them may be the server.
//
// There is no spatial index: the file is read as a whole into memory, where the index is, and no
// statement here asks for a box.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	driver "modernc.org/sqlite"

	"parkmap/internal/store"
	"parkmap/internal/store/account"
	"parkmap/internal/store/changeset"
	"parkmap/internal/store/shared"
)

// Options says how a file is opened.
type Options struct {
	// Serve makes this store the one server of the file: a second one is refused while it is open,
	// and for as long as its process lives. Other commands open the file without it.
	Serve bool
	// BusyTimeout is how long a call waits for other writers; 0 is five seconds.
	BusyTimeout time.Duration
	// PollInterval is how often Watch looks for the publications of other processes; 0 is a
	// quarter of a second.
	PollInterval time.Duration
}

// Store is a layout in a file. It implements store.Store.
type Store struct {
	path    string
	busy    time.Duration
	write   *sql.DB // one connection
	read    *sql.DB
	lock    *fileLock // nil unless serving
	gate    store.Gate
	notices store.Notices
	poll    poller

	accounts *account.Keeper
	*changeset.Keeper
}

var _ store.Store = (*Store)(nil)

// useOFDLocks makes SQLite use locks that survive when another part of the process opens and closes
// the file. Where the system has none (all but Linux), the usual locks stay.
var useOFDLocks = sync.OnceValue(func() error {
	_, err := driver.OFDLocking(true)
	if errors.Is(err, driver.ErrOFDLockingUnavailable) {
		return nil
	}
	return err
})

// Open opens the file at path, creates it when it is not there (its folder has to be), and brings
// its tables up to date. A file that is not ours is left as it is. The error is a *store.OpenError
// unless ctx ended.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if err := useOFDLocks(); err != nil {
		return nil, fmt.Errorf("file locks: %w", err)
	}
	o = o.withDefaults()
	path, err := resolve(path)
	if err != nil {
		return nil, err
	}
	state, err := inspect(path)
	if err != nil {
		return nil, err
	}
	s := &Store{path: path, busy: o.BusyTimeout}
	if err := s.open(ctx, o, state); err != nil {
		_ = s.release()
		return nil, openError(ctx, path, err)
	}
	if !o.Serve {
		s.lock.release()
	}
	s.poll.start(s, o.PollInterval)
	db := shared.Database{
		Read: s.read, Write: s.write, Moment: sql.TxOptions{ReadOnly: true}, Enter: s.enter, InTransaction: s.inTransaction, Fail: s.fail,
		Geometry: shared.Geometry{
			Read: "%s", Write: "%s", Decode: wkb.Unmarshal,
			Encode: func(g orb.Geometry) ([]byte, error) { return wkb.Marshal(g) },
		},
	}
	s.accounts = account.New(db)
	s.Keeper = changeset.New(db, s.accounts)
	return s, nil
}

// Accounts returns what keeps accounts and the audit log in the same file.
func (s *Store) Accounts() *account.Keeper { return s.accounts }

// enter starts a call.
func (s *Store) enter(ctx context.Context) (context.Context, func(), error) {
	leave, err := s.gate.Enter()
	return ctx, leave, err
}

func (o Options) withDefaults() Options {
	if o.BusyTimeout <= 0 {
		o.BusyTimeout = 5 * time.Second
	}
	if o.PollInterval <= 0 {
		o.PollInterval = 250 * time.Millisecond
	}
	return o
}

// open takes the lock where it is needed and makes the connections. The lock is held while the file
// is made or its tables change, and by a server to its end.
func (s *Store) open(ctx context.Context, o Options, state fileState) error {
	if o.Serve && state == fileOurs {
		if err := checkWritable(s.path); err != nil {
			return err
		}
	}
	if o.Serve || state == fileNew {
		if err := s.claim(ctx, o); err != nil {
			return err
		}
	}
	s.write = pool(s.path, o.BusyTimeout, 1, "_txlock=immediate",
		"_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)", "_pragma=foreign_keys(1)")
	s.read = pool(s.path, o.BusyTimeout, runtime.NumCPU()+1, "_pragma=query_only(1)") // Watch keeps one
	return s.migrate(ctx, o)
}

// claim takes the lock and makes the file ours. A command can do without the lock when a server that
// has it has made the file meanwhile.
func (s *Store) claim(ctx context.Context, o Options) error {
	if err := s.acquire(ctx, o); err != nil {
		if state, _ := inspect(s.path); !o.Serve && state == fileOurs {
			return nil
		}
		return err
	}
	return brand(ctx, s.path, o.BusyTimeout)
}

// acquire takes the lock of the file unless this store has it.
func (s *Store) acquire(ctx context.Context, o Options) error {
	if s.lock != nil {
		return nil
	}
	wait := o.BusyTimeout
	if o.Serve {
		wait = serverWait
	}
	lock, err := lockFile(ctx, s.path, wait)
	s.lock = lock
	return err
}

// pool makes connections to the file at path, at most size of them, which stay open.
func pool(path string, busy time.Duration, size int, params ...string) *sql.DB {
	dsn := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() +
		fmt.Sprintf("?_pragma=busy_timeout(%d)", busy.Milliseconds())
	for _, p := range params {
		dsn += "&" + p
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		panic(err) // only for a driver that is not there
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db
}

// Ping says whether the file can be read.
func (s *Store) Ping(ctx context.Context) error {
	leave, err := s.gate.Enter()
	if err != nil {
		return err
	}
	defer leave()
	_, err = newest(ctx, s.read)
	return s.fail(ctx, "ping", err)
}

// Close ends all watching, waits for running calls and closes the file.
func (s *Store) Close() error {
	if !s.gate.Close() {
		return nil
	}
	s.poll.stop()
	s.notices.Close()
	return s.release()
}

// release closes what open has opened, the lock last.
func (s *Store) release() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	s.lock.release()
	return errors.Join(errs...)
}
