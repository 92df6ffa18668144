package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"parkmap/internal/store"
)

// insertVersion adds version ?1: microseconds, author, comment, number of changes.
const insertVersion = `INSERT INTO version (number, published_at, author, comment, changed) VALUES (?1, ?2, ?3, ?4, ?5)`

// insertDocument adds the document of version ?1, as JSON.
const insertDocument = `INSERT INTO document (version, body) VALUES (?1, ?2)`

// insertRevision adds the revision of feature ?2 of collection ?1 by version ?3: op, properties as
// JSON, geometry as WKB in lon/lat, and its box.
const insertRevision = `
	INSERT INTO revision (collection, id, version, op, properties, geometry, west, south, east, north)
	VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)`

// lastOp is what the newest revision of feature ?2 of collection ?1 does, no row when there is none.
// Uses the primary key.
const lastOp = `SELECT op FROM revision WHERE collection = ?1 AND id = ?2 ORDER BY version DESC LIMIT 1`

// Publish makes a version.
func (s *Store) Publish(ctx context.Context, p store.Publication) (store.Version, error) {
	leave, err := s.gate.Enter()
	if err != nil {
		return store.Version{}, err
	}
	defer leave()
	draft, err := store.NewDraft(p)
	if err == nil {
		err = s.inTransaction(ctx, func(tx *sql.Tx) error { return s.publish(ctx, tx, draft) })
	}
	if err != nil {
		return store.Version{}, s.fail(ctx, "publish", err)
	}
	s.notices.Tell(draft.Version().Number)
	return draft.Version(), nil
}

// inTransaction runs do with the one right to write; all of it is done, or nothing.
func (s *Store) inTransaction(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func (s *Store) publish(ctx context.Context, tx *sql.Tx, d store.Draft) error {
	last, err := newest(ctx, tx)
	if err != nil {
		return err
	}
	if last != d.Base {
		return store.Stale(d.Base, last)
	}
	v := d.Version()
	_, err = tx.ExecContext(ctx, insertVersion, v.Number, v.PublishedAt.UnixMicro(), v.Author, v.Comment, v.Changed)
	if err != nil {
		return err
	}
	if d.Document != nil {
		if _, err := tx.ExecContext(ctx, insertDocument, v.Number, string(d.Document)); err != nil {
			return err
		}
	}
	if err := insertRows(ctx, tx, v.Number, d.Rows); err != nil || d.Step == nil {
		return err
	}
	return s.Take(ctx, tx, *d.Step)
}

func insertRows(ctx context.Context, tx *sql.Tx, version int64, rows []store.Row) error {
	insert, err := tx.PrepareContext(ctx, insertRevision)
	if err != nil {
		return err
	}
	defer func() { _ = insert.Close() }()
	for _, r := range rows {
		if err := checkDelete(ctx, tx, r); err != nil {
			return err
		}
		args, err := arguments(version, r)
		if err != nil {
			return err
		}
		if _, err := insert.ExecContext(ctx, args...); err != nil {
			return err
		}
	}
	return nil
}

// checkDelete makes sure that what is deleted is there.
func checkDelete(ctx context.Context, tx *sql.Tx, r store.Row) error {
	if r.Op != store.Delete {
		return nil
	}
	var last store.Op
	err := tx.QueryRowContext(ctx, lastOp, r.Collection, r.ID).Scan(&last)
	if errors.Is(err, sql.ErrNoRows) || err == nil && last == store.Delete {
		return store.Gone(r.Collection, r.ID)
	}
	return err
}

// arguments are the values of insertRevision.
func arguments(version int64, r store.Row) ([]any, error) {
	args := []any{string(r.Collection), string(r.ID), version, string(r.Op), nil, nil, nil, nil, nil, nil}
	if r.Properties != nil {
		args[4] = string(r.Properties)
	}
	if r.Geometry == nil {
		return args, nil
	}
	blob, err := wkb.Marshal(r.Geometry)
	args[5] = blob
	copy(args[6:], box(r.Geometry))
	return args, err
}

// box is west, south, east and north of g, which is not empty.
func box(g orb.Geometry) []any {
	b := g.Bound()
	return []any{b.Min[0], b.Min[1], b.Max[0], b.Max[1]}
}
