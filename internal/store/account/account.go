// Package account keeps accounts, sessions, tokens, invitations, attempts and the audit log in the tables of both
// stores; their SQL is written as package shared has it. The time 0 is none; lists are JSON. It does not know who may do what.
package account

import (
	"context"
	"database/sql"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/store/shared"
)

// Keeper implements auth.Store.
type Keeper struct {
	db shared.Database
	reader
}

var _ auth.Store = (*Keeper)(nil)

// New makes a Keeper. The tables must be there.
func New(db shared.Database) *Keeper {
	k := &Keeper{db: db}
	k.reader = reader{k.db.Names, k.reading}
	return k
}

// reading runs a read of its own.
func (k *Keeper) reading(ctx context.Context, tried string, do func(context.Context, shared.Querier) error) error {
	return k.db.Call(ctx, tried, func(ctx context.Context) error { return do(ctx, k.db.Read) })
}

// Change implements auth.Store.
func (k *Keeper) Change(ctx context.Context, do func(auth.Writer) error) error {
	return k.db.Call(ctx, "change accounts", func(limited context.Context) error {
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
	return &writer{reader{k.db.Names, func(ctx context.Context, _ string, do func(context.Context, shared.Querier) error) error {
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
