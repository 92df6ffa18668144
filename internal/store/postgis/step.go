package postgis

import (
	"context"
	"database/sql"

	"parkmap/internal/store"
)

// insertChangeset adds a changeset: the values of headArguments.
const insertChangeset = `
	INSERT INTO parkmap.changeset (` + changesetColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
	ON CONFLICT DO NOTHING`

// moveChangeset changes the changeset with these values, if it is at the revision before: author and
// time of creation stay.
const moveChangeset = `
	UPDATE parkmap.changeset SET revision = $2, state = $3, title = $4, reviewer = $6, changed_at = $8, publish_at = $9, version = $10
	WHERE id = $1 AND revision = $2::bigint - 1 AND author = $5 AND created_at = $7`

// putItem makes one change that of its feature in changeset $1.
const putItem = `
	INSERT INTO parkmap.changeset_item (changeset, collection, id, base, op, properties, geom)
	VALUES ($1, $2, $3, $4, $5, $6, ST_GeomFromEWKB($7))
	ON CONFLICT (changeset, collection, id) DO UPDATE
	SET base = excluded.base, op = excluded.op, properties = excluded.properties, geom = excluded.geom`

// dropItem takes the change of feature $3 of collection $2 out of changeset $1.
const dropItem = `DELETE FROM parkmap.changeset_item WHERE changeset = $1 AND collection = $2 AND id = $3`

// insertEvent adds an event.
const insertEvent = `
	INSERT INTO parkmap.changeset_event (changeset, number, at, author, kind, text, collection, feature, lon, lat)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

// insertReceipt adds a receipt unless there is one of its author and key.
const insertReceipt = `
	INSERT INTO parkmap.receipt (author, key, fingerprint, changeset, at) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT DO NOTHING`

// forgetReceipts deletes receipts from before $1. Uses receipt_at_idx.
const forgetReceipts = `DELETE FROM parkmap.receipt WHERE at < $1`

// Step takes a changeset one step on.
func (s *Store) Step(ctx context.Context, step store.Step) error {
	limited, leave, err := s.enter(ctx, s.timeout)
	if err != nil {
		return err
	}
	defer leave()
	row, err := store.NewStepRow(step)
	if err == nil {
		err = s.inTransaction(limited, func(tx *sql.Tx) error { return s.takeStep(limited, tx, row) })
	}
	return fail(ctx, "change changeset", err)
}

func (s *Store) takeStep(ctx context.Context, tx *sql.Tx, r store.StepRow) error {
	if err := keepReceipt(ctx, tx, r.Receipt); err != nil {
		return err
	}
	if err := moveHead(ctx, tx, r.Head); err != nil {
		return err
	}
	for _, item := range r.Put {
		args, err := itemArguments(r.Head.ID, item)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, putItem, args...); err != nil {
			return err
		}
	}
	for _, item := range r.Drop {
		if _, err := tx.ExecContext(ctx, dropItem, r.Head.ID, string(item.Feature.Collection), string(item.Feature.ID)); err != nil {
			return err
		}
	}
	e := r.Event
	args := []any{r.Head.ID, e.Number, e.At, e.Author, e.Kind, e.Text, string(e.Collection), string(e.Feature), nil, nil}
	if e.Place != nil {
		args[8], args[9] = e.Place[0], e.Place[1]
	}
	if _, err := tx.ExecContext(ctx, insertEvent, args...); err != nil || r.Audit == nil {
		return err
	}
	log, err := s.accounts.Begin(ctx, tx)
	if err != nil {
		return err
	}
	return log.Append(ctx, *r.Audit)
}

// keepReceipt adds a receipt, before anything else: a repeated call is told from one that comes too late.
func keepReceipt(ctx context.Context, tx *sql.Tx, r *store.Receipt) error {
	if r == nil {
		return nil
	}
	if _, err := tx.ExecContext(ctx, forgetReceipts, r.At.Add(-store.ReceiptsKept)); err != nil {
		return err
	}
	done, err := tx.ExecContext(ctx, insertReceipt, r.Author, r.Key, r.Fingerprint, r.Changeset, r.At)
	return one(done, err, store.Repeated(r.Key))
}

// moveHead inserts or updates a changeset.
func moveHead(ctx context.Context, tx *sql.Tx, c store.Changeset) error {
	statement := moveChangeset
	if c.Revision == 1 {
		statement = insertChangeset
	}
	done, err := tx.ExecContext(ctx, statement, headArguments(c)...)
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

// headArguments are the values of changesetColumns.
func headArguments(c store.Changeset) []any {
	args := []any{c.ID, c.Revision, string(c.State), c.Title, c.Author, c.Reviewer, c.CreatedAt, c.ChangedAt, timeOrNull(c.PublishAt), nil}
	if c.Version != 0 {
		args[9] = c.Version
	}
	return args
}

// itemArguments are the values of putItem.
func itemArguments(changeset string, r store.ItemRow) ([]any, error) {
	args := []any{changeset, string(r.Collection), string(r.ID), r.Base, string(r.Op), nil, nil}
	if r.Properties != nil {
		args[5] = string(r.Properties)
	}
	if r.Geometry == nil {
		return args, nil
	}
	blob, err := encodeGeometry(r.Geometry)
	args[6] = blob
	return args, err
}
