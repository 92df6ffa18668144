package changeset

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"parkmap/internal/store"
)

// insertChangeset adds a changeset.
const insertChangeset = `
	INSERT INTO @changeset (` + changesetColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
	ON CONFLICT DO NOTHING`

// moveChangeset changes the changeset with id $8, if it is at revision $9: author $10 and time of creation $11 stay.
const moveChangeset = `
	UPDATE @changeset SET revision = $1, state = $2, title = $3, reviewer = $4, changed_at = $5, publish_at = $6, version = $7
	WHERE id = $8 AND revision = $9 AND author = $10 AND created_at = $11`

// putItem makes one change that of its feature in changeset $1, with its geometry in place of the %s.
const putItem = `
	INSERT INTO @changeset_item (changeset, collection, id, base, op, properties, geometry)
	VALUES ($1, $2, $3, $4, $5, $6, %s)
	ON CONFLICT (changeset, collection, id) DO UPDATE
	SET base = excluded.base, op = excluded.op, properties = excluded.properties, geometry = excluded.geometry`

// dropItem takes the change of feature $3 of collection $2 out of changeset $1.
const dropItem = `DELETE FROM @changeset_item WHERE changeset = $1 AND collection = $2 AND id = $3`

// insertEvent adds an event.
const insertEvent = `
	INSERT INTO @changeset_event (changeset, number, at, author, kind, text, collection, feature, lon, lat)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

// insertReceipt adds a receipt unless there is one of its author and key.
const insertReceipt = `
	INSERT INTO @receipt (author, key, fingerprint, changeset, at) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT DO NOTHING`

// forgetReceipts deletes receipts from before $1. Uses receipt_at_idx.
const forgetReceipts = `DELETE FROM @receipt WHERE at < $1`

// Step takes a changeset one step on.
func (k *Keeper) Step(ctx context.Context, step store.Step) error {
	return k.db.Call(ctx, "change changeset", func(ctx context.Context) error {
		row, err := store.NewStepRow(step)
		if err != nil {
			return err
		}
		return k.db.InTransaction(ctx, func(tx *sql.Tx) error { return k.Take(ctx, tx, row) })
	})
}

// Take takes a step within a transaction of the store.
func (k *Keeper) Take(ctx context.Context, tx *sql.Tx, r store.StepRow) error {
	if err := k.keepReceipt(ctx, tx, r.Receipt); err != nil {
		return err
	}
	if err := k.moveHead(ctx, tx, r.Head); err != nil {
		return err
	}
	put := k.db.Names(fmt.Sprintf(putItem, fmt.Sprintf(k.db.Geometry.Write, "$7")))
	for _, item := range r.Put {
		args, err := k.itemArguments(r.Head.ID, item)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, put, args...); err != nil {
			return err
		}
	}
	for _, item := range r.Drop {
		if _, err := tx.ExecContext(ctx, k.db.Names(dropItem), r.Head.ID, string(item.Feature.Collection), string(item.Feature.ID)); err != nil {
			return err
		}
	}
	e := r.Event
	args := []any{r.Head.ID, e.Number, e.At.UnixMicro(), e.Author, e.Kind, e.Text, string(e.Collection), string(e.Feature), nil, nil}
	if e.Place != nil {
		args[8], args[9] = e.Place[0], e.Place[1]
	}
	if _, err := tx.ExecContext(ctx, k.db.Names(insertEvent), args...); err != nil || r.Audit == nil {
		return err
	}
	log, err := k.log.Begin(ctx, tx)
	if err != nil {
		return err
	}
	return log.Append(ctx, *r.Audit)
}

// keepReceipt adds a receipt, before anything else: a repeated call is told from one that comes too late.
func (k *Keeper) keepReceipt(ctx context.Context, tx *sql.Tx, r *store.Receipt) error {
	if r == nil {
		return nil
	}
	if _, err := tx.ExecContext(ctx, k.db.Names(forgetReceipts), r.At.Add(-store.ReceiptsKept).UnixMicro()); err != nil {
		return err
	}
	done, err := tx.ExecContext(ctx, k.db.Names(insertReceipt), r.Author, r.Key, r.Fingerprint, r.Changeset, r.At.UnixMicro())
	return one(done, err, store.Repeated(r.Key))
}

// moveHead inserts or updates a changeset.
func (k *Keeper) moveHead(ctx context.Context, tx *sql.Tx, c store.Changeset) error {
	values := headValues(c)
	statement, args := insertChangeset, slices.Concat([]any{c.ID}, values[:3], []any{c.Author}, values[3:4], []any{c.CreatedAt.UnixMicro()}, values[4:])
	if c.Revision > 1 {
		statement, args = moveChangeset, append(values, c.ID, c.Revision-1, c.Author, c.CreatedAt.UnixMicro())
	}
	done, err := tx.ExecContext(ctx, k.db.Names(statement), args...)
	return one(done, err, store.Moved(c.ID))
}

// one returns otherwise when a statement has done nothing.
func one(done sql.Result, err, otherwise error) error {
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); n == 1 || err != nil {
		return err
	}
	return otherwise
}

// headValues are the values of the columns that steps change: revision, state, title, reviewer, changed_at, publish_at,
// version.
func headValues(c store.Changeset) []any {
	values := []any{c.Revision, string(c.State), c.Title, c.Reviewer, c.ChangedAt.UnixMicro(), nil, nil}
	if !c.PublishAt.IsZero() {
		values[5] = c.PublishAt.UnixMicro()
	}
	if c.Version != 0 {
		values[6] = c.Version
	}
	return values
}

// itemArguments are the values of putItem.
func (k *Keeper) itemArguments(changeset string, r store.ItemRow) ([]any, error) {
	args := []any{changeset, string(r.Collection), string(r.ID), r.Base, string(r.Op), nil, nil}
	if r.Properties != nil {
		args[5] = string(r.Properties)
	}
	if r.Geometry == nil {
		return args, nil
	}
	blob, err := k.db.Geometry.Encode(r.Geometry)
	args[6] = blob
	return args, err
}
