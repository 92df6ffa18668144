// Package postgis keeps a layout in a PostgreSQL database with PostGIS, for any number of servers. It
// does not know what the features mean, nor who may change them.
//
// Everything is in the schema parkmap; nothing outside it is touched, but for the extension postgis,
// which is created when it is missing and the account may do so. Of two servers that publish on the
// same version, the one that inserts the next number wins.
package postgis

import (
	"context"
	"database/sql"
	"time"

	"github.com/lib/pq"

	"parkmap/internal/pgconn"
	"parkmap/internal/store"
	"parkmap/internal/store/account"
	"parkmap/internal/store/changeset"
	"parkmap/internal/store/shared"
)

// Options says how a database is opened and used.
type Options struct {
	// ConnectDeadline is how long Open tries to reach a server that does not answer; 0 is 30 seconds.
	ConnectDeadline time.Duration
	// MaxConns limits the connections, not counting the one that listens; 0 is 8.
	MaxConns int
	// CallTimeout is how long Load or Publish may take; 0 is a minute.
	CallTimeout time.Duration
	// CheckInterval is how often the newest version is asked for besides listening, because a notice
	// can get lost on the way: in a pooler between, or on a replica, which has none; 0 is 5 seconds.
	CheckInterval time.Duration
}

// pingTimeout is short: who asks wants to know now.
const pingTimeout = 2 * time.Second

// settings are those of a connection that the URL does not name. A statement that takes a
// minute is stuck; a publication waits for another one, but not for ever; a session that stopped in
// the middle of a transaction does not keep others waiting.
func settings() map[string]string {
	return map[string]string{
		"application_name":                    "parkmap",
		"connect_timeout":                     "5",
		"statement_timeout":                   "60000",
		"lock_timeout":                        "10000",
		"idle_in_transaction_session_timeout": "60000",
	}
}

// Store is a layout in a database. It implements store.Store.
type Store struct {
	target   pgconn.Target
	name     string // of server and database, for people
	db       *sql.DB
	timeout  time.Duration
	gate     store.Gate
	notices  store.Notices
	listener listener
	accounts *account.Keeper
	*changeset.Keeper
}

var _ store.Store = (*Store)(nil)

// Open connects to the database that dsn names, a postgres:// URL as lib/pq takes it, and brings its
// tables up to date. Where the URL does not say otherwise, sslmode is disable on a Unix socket and on
// this machine, else require, which encrypts without checking the certificate: name verify-full for
// that. The error is a *store.OpenError unless ctx ended; it holds no password.
func Open(ctx context.Context, dsn string, o Options) (*Store, error) {
	o = o.withDefaults()
	target, err := pgconn.Parse("--store", dsn, settings())
	if err != nil {
		return nil, err
	}
	connector, err := pq.NewConnector(target.DSN)
	if err != nil {
		return nil, pgconn.BadAddress()
	}
	s := &Store{target: target, name: target.Name, timeout: o.CallTimeout, db: sql.OpenDB(connector)}
	s.db.SetMaxOpenConns(o.MaxConns)
	s.db.SetMaxIdleConns(o.MaxConns)
	s.db.SetConnMaxIdleTime(5 * time.Minute)
	if err := s.open(ctx, o.ConnectDeadline); err != nil {
		_ = s.db.Close()
		return nil, pgconn.OpenError(ctx, target, err)
	}
	s.listener.start(s, target.DSN, o.CheckInterval)
	db := shared.Database{
		Schema: "parkmap.", Read: s.db, Write: s.db, Moment: sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead},
		Alone: oneChange, InTransaction: s.inTransaction, Fail: fail,
		Enter:    func(ctx context.Context) (context.Context, func(), error) { return s.enter(ctx, s.timeout) },
		Geometry: shared.Geometry{Read: "ST_AsEWKB(%s)", Write: "ST_GeomFromEWKB(%s)", Encode: encodeGeometry, Decode: decodeGeometry},
	}
	s.accounts = account.New(db)
	s.Keeper = changeset.New(db, s.accounts)
	return s, nil
}

// oneChange makes changes of accounts wait for each other, on all servers. Its number reads "account".
const oneChange = `SELECT pg_advisory_xact_lock(27412351463812724)`

// Accounts returns what keeps accounts and the audit log in the same database.
func (s *Store) Accounts() *account.Keeper { return s.accounts }

func (o Options) withDefaults() Options {
	if o.ConnectDeadline <= 0 {
		o.ConnectDeadline = 30 * time.Second
	}
	if o.MaxConns <= 0 {
		o.MaxConns = 8
	}
	if o.CallTimeout <= 0 {
		o.CallTimeout = time.Minute
	}
	if o.CheckInterval <= 0 {
		o.CheckInterval = 5 * time.Second
	}
	return o
}

func (s *Store) open(ctx context.Context, deadline time.Duration) error {
	if err := s.connect(ctx, deadline); err != nil {
		return err
	}
	return s.migrate(ctx)
}

// connect waits until the server takes connections, as long as it is worth waiting.
func (s *Store) connect(ctx context.Context, deadline time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	for {
		err := s.db.PingContext(ctx)
		if err == nil || !pgconn.Transient(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return pgconn.Unreachable(s.target, deadline, err)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// enter starts a call that may take limit. A call that takes longer is unavailable.
func (s *Store) enter(ctx context.Context, limit time.Duration) (limited context.Context, leave func(), err error) {
	done, err := s.gate.Enter()
	if err != nil {
		return nil, nil, err
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	return limited, func() { cancel(); done() }, nil
}

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	limited, leave, err := s.enter(ctx, pingTimeout)
	if err != nil {
		return err
	}
	defer leave()
	_, err = newest(limited, s.db)
	return fail(ctx, "ping", err)
}

// Close ends all watching, waits for running calls and disconnects.
func (s *Store) Close() error {
	if !s.gate.Close() {
		return nil
	}
	s.listener.stop()
	s.notices.Close()
	return s.db.Close()
}
