package table

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lib/pq"

	"parkmap/internal/layout"
	"parkmap/internal/pgconn"
	"parkmap/internal/source"
)

// Options says which tables are published and how their database is used.
type Options struct {
	Publish []Pattern
	Flag    string // of the command line that names the database, for advice
	// MaxConns limits the connections, besides one that listens; 0 is 8.
	MaxConns int
	// Timeout is how long a statement may take; 0 is 20 seconds. Waiting for a lock takes a second at most.
	Timeout time.Duration
	// CheckInterval is how often the catalogue is looked at; 0 is 3 seconds.
	CheckInterval time.Duration
	// TTL is how long an answer of a table may be kept whose changes nobody records; 0 is a minute.
	TTL time.Duration
	Log *slog.Logger // nil logs nothing
	Now func() time.Time
}

func (o Options) withDefaults() Options {
	if o.MaxConns <= 0 {
		o.MaxConns = 8
	}
	if o.Timeout <= 0 {
		o.Timeout = 20 * time.Second
	}
	if o.CheckInterval <= 0 {
		o.CheckInterval = 3 * time.Second
	}
	if o.TTL <= 0 {
		o.TTL = time.Minute
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// lockTimeout is how long a statement waits for a lock that somebody else holds, as in ALTER TABLE.
const lockTimeout = time.Second

// settings are those of a connection that the address does not name: texts of values in one form everywhere, no
// compilation of queries, which costs more than it gains here, and no workers that change the order of rows.
func (o Options) settings(planning string) map[string]string {
	return map[string]string{
		"application_name":                    "parkmap",
		"connect_timeout":                     "5",
		"statement_timeout":                   fmt.Sprint(o.Timeout.Milliseconds()),
		"lock_timeout":                        fmt.Sprint(lockTimeout.Milliseconds()),
		"idle_in_transaction_session_timeout": "60000",
		"timezone":                            "UTC",
		"intervalstyle":                       "iso_8601",
		"bytea_output":                        "hex",
		"jit":                                 "off",
		"max_parallel_workers_per_gather":     "0",
		"plan_cache_mode":                     planning,
	}
}

// Tables are the published tables of a database. It implements source.Tables. All methods may be called at the
// same time.
type Tables struct {
	options  Options
	target   pgconn.Target
	points   *pool // one row by its key, and small boxes: planned once
	scans    *pool // everything else: planned as PostgreSQL sees fit
	counts   *counts
	state    atomic.Pointer[state]
	refresh  sync.Mutex // held by whoever looks at the catalogue
	down     atomic.Pointer[error]
	cancel   context.CancelFunc
	done     chan struct{}
	measured map[layout.CollectionID]measured // of follow alone
}

var _ source.Tables = (*Tables)(nil)

// state is what was known of the database at one moment. It never changes.
type state struct {
	catalog  string // the text of readCatalog
	revision uint64
	ids      []layout.CollectionID // in their order
	tables   map[layout.CollectionID]*table
	infos    map[layout.CollectionID]source.Collection
	changes  map[int64]string // of watched tables by oid: what names the state of their rows
	refused  map[string]string

	unsettled bool // some table is refused for what may change without a change of the catalogue
}

// Open connects to the database of dsn, a postgres:// URL, and finds the tables that are published. A database
// that does not answer is waited for in the background. Other errors are *store.OpenError: an address that cannot
// be read, an account that is not let in.
func Open(ctx context.Context, dsn string, o Options) (*Tables, error) {
	t, err := connect(dsn, o)
	if err != nil {
		return nil, err
	}
	if err := t.look(ctx); err != nil {
		if !pgconn.Transient(err) {
			_ = t.closePools()
			return nil, pgconn.OpenError(ctx, t.target, err)
		}
		t.fail(err)
	}
	following, cancel := context.WithCancel(context.WithoutCancel(ctx))
	t.cancel, t.done = cancel, make(chan struct{})
	go func() {
		defer close(t.done)
		t.follow(following)
	}()
	return t, nil
}

// connect makes what Open needs, and asks the database nothing.
func connect(dsn string, o Options) (*Tables, error) {
	o = o.withDefaults()
	t := &Tables{options: o, measured: map[layout.CollectionID]measured{}, counts: newCounts()}
	t.state.Store(&state{})
	var err error
	if t.points, _, err = openPool(dsn, o, "force_generic_plan", (o.MaxConns+1)/2); err != nil {
		return nil, err
	}
	if t.scans, t.target, err = openPool(dsn, o, "auto", (o.MaxConns+1)/2); err != nil {
		return nil, err
	}
	return t, nil
}

func openPool(dsn string, o Options, planning string, conns int) (*pool, pgconn.Target, error) {
	target, err := pgconn.Parse(o.Flag, dsn, o.settings(planning))
	if err != nil {
		return nil, target, err
	}
	connector, err := pq.NewConnector(target.DSN)
	if err != nil {
		return nil, target, pgconn.BadAddress()
	}
	connector.Dialer(&dialer{})
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return newPool(db), target, nil
}

// Close ends what Open began.
func (t *Tables) Close() error {
	t.cancel()
	<-t.done
	return t.closePools()
}

func (t *Tables) closePools() error {
	err := t.points.Close()
	if other := t.scans.Close(); err == nil {
		err = other
	}
	return err
}

// Err says why the database does not answer; nil while it does.
func (t *Tables) Err() error {
	if err := t.down.Load(); err != nil {
		return *err
	}
	return nil
}

// fail notes that the database does not answer, or with nil that it does, and logs a change.
func (t *Tables) fail(err error) {
	var next *error
	if err != nil {
		next = &err
	}
	switch before := t.down.Swap(next); {
	case before == nil && err != nil:
		t.options.Log.Warn("the database of tables does not answer", "error", err)
	case before != nil && err == nil:
		t.options.Log.Info("the database of tables answers again")
	}
}

// Collections implements source.Source: the published tables by schema and name.
func (t *Tables) Collections() []source.Collection {
	s := t.state.Load()
	list := make([]source.Collection, len(s.ids))
	for i, id := range s.ids {
		list[i] = s.infos[id]
	}
	return list
}

// Collection implements source.Source.
func (t *Tables) Collection(id layout.CollectionID) (source.Collection, error) {
	c, ok := t.state.Load().infos[id]
	if !ok {
		return c, layout.NotFound("collection", layout.ID(id))
	}
	return c, nil
}

// Revision implements source.Tables.
func (t *Tables) Revision() uint64 { return t.state.Load().revision }

// Token implements source.Tables. Where a trigger records the changes of a table it changes with them, within a
// moment; else it changes with time, every TTL.
func (t *Tables) Token(id layout.CollectionID) string {
	s := t.state.Load()
	made := s.tables[id]
	if made == nil {
		return ""
	}
	if change, ok := s.changes[made.OID]; ok && made.Watched {
		return made.definition + "-" + change
	}
	return fmt.Sprintf("%s-t%d", made.definition, t.options.Now().UnixNano()/int64(t.options.TTL))
}

// with runs do on the table of a collection. Where do fails because the table is not what it was, the catalogue
// is looked at, and do is tried once more on what the table has become.
func (t *Tables) with(ctx context.Context, id layout.CollectionID, do func(*table) error) error {
	made := t.state.Load().tables[id]
	if made == nil {
		return layout.NotFound("collection", layout.ID(id))
	}
	err := do(made)
	if err == nil || !isStale(err) {
		return t.classify(ctx, made, err)
	}
	if looked := t.look(ctx); looked != nil {
		return t.classify(ctx, made, looked)
	}
	made = t.state.Load().tables[id]
	if made == nil {
		return layout.NotFound("collection", layout.ID(id))
	}
	return t.classify(ctx, made, do(made))
}
