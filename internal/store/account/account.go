// Package account keeps accounts, sessions, tokens, invitations, attempts and the audit log in the tables of both
// stores: their SQL is what SQLite and PostgreSQL have in common, so it is written once. Times are microseconds since
// 1970 in UTC, 0 for none; lists are JSON. It does not know who may do what.
package account

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"parkmap/internal/auth"
)

// Database is what the statements run on. A store hands it in.
type Database struct {
	Schema string // before the names of tables, with a dot, or ""
	Read   *sql.DB
	Write  *sql.DB
	// Alone is a statement that waits until no other transaction that ran it is open; "" where the database has one
	// writer at a time.
	Alone string
	// Enter begins a call, which may be given less time; leave ends it.
	Enter func(ctx context.Context) (limited context.Context, leave func(), err error)
	// InTransaction does all of it, or nothing.
	InTransaction func(ctx context.Context, do func(*sql.Tx) error) error
	// Fail says what was tried, and gives errors of the database their kind.
	Fail func(ctx context.Context, tried string, err error) error
}

// Keeper implements auth.Store.
type Keeper struct {
	db Database
	reader
}

var _ auth.Store = (*Keeper)(nil)

// New makes a Keeper. The tables must be there.
func New(db Database) *Keeper {
	k := &Keeper{db: db}
	k.reader = reader{k.names, k.reading}
	return k
}

// names puts the names of tables into a statement, which has them behind an @.
func (k *Keeper) names(statement string) string {
	return strings.ReplaceAll(statement, "@", k.db.Schema)
}

// querier is a pool or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// reading runs a read of its own.
func (k *Keeper) reading(ctx context.Context, tried string, do func(context.Context, querier) error) error {
	return k.call(ctx, tried, func(ctx context.Context) error { return do(ctx, k.db.Read) })
}

func (k *Keeper) call(ctx context.Context, tried string, do func(context.Context) error) error {
	limited, leave, err := k.db.Enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	return k.db.Fail(ctx, tried, do(limited))
}

// Change implements auth.Store.
func (k *Keeper) Change(ctx context.Context, do func(auth.Writer) error) error {
	return k.call(ctx, "change accounts", func(limited context.Context) error {
		return k.db.InTransaction(limited, func(tx *sql.Tx) error {
			w, err := k.Begin(limited, tx)
			if err != nil {
				return err
			}
			return do(w)
		})
	})
}

// Begin makes what a store does in a transaction of its own part of the log: what Change has is available in tx.
func (k *Keeper) Begin(ctx context.Context, tx *sql.Tx) (auth.Writer, error) {
	if k.db.Alone != "" {
		if _, err := tx.ExecContext(ctx, k.db.Alone); err != nil {
			return nil, err
		}
	}
	return &writer{reader{k.names, func(ctx context.Context, _ string, do func(context.Context, querier) error) error {
		return do(ctx, tx)
	}}}, nil
}

// micro is a time as it is kept.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// since1970 reads a time into t.
type since1970 struct{ t *time.Time }

// Scan implements sql.Scanner.
func (s since1970) Scan(v any) error {
	*s.t = time.Time{}
	if n, ok := v.(int64); ok && n != 0 {
		*s.t = time.UnixMicro(n).UTC()
	}
	return nil
}
