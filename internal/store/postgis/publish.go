package postgis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// insertVersion adds version $1, if it is the next: time, author, comment, number of changes. A number
// that another transaction has inserted is waited for; when that one commits, this is a unique violation.
const insertVersion = `
	INSERT INTO parkmap.version (number, published_at, author, comment, changed)
	SELECT $1::bigint, $2::timestamptz, $3::text, $4::text, $5::integer
	WHERE $1::bigint = (SELECT coalesce(max(number), 0) + 1 FROM parkmap.version)`

// insertDocument adds the document of version $1, as JSON.
const insertDocument = `INSERT INTO parkmap.document (version, body) VALUES ($1, $2)`

// notThere is one of the features of collections $1 and ids $2 that does not exist, no row when all do.
// Uses the primary key.
const notThere = `
	SELECT d.collection, d.id FROM unnest($1::text[], $2::text[]) AS d (collection, id)
	WHERE coalesce((
		SELECT r.op FROM parkmap.revision AS r
		WHERE r.collection = d.collection AND r.id = d.id
		ORDER BY r.version DESC LIMIT 1
	), 'delete') = 'delete'
	LIMIT 1`

// insertRevisions adds revisions of version $1: collections, ids, ops, properties as JSON, geometries
// as EWKB in EPSG:4326. An empty text and an empty geometry are none.
const insertRevisions = `
	INSERT INTO parkmap.revision (version, collection, id, op, properties, geom)
	SELECT $1, collection, id, op, nullif(properties, '')::jsonb,
		CASE WHEN length(geom) > 0 THEN ST_GeomFromEWKB(geom) END
	FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[])
		AS change (collection, id, op, properties, geom)`

// notify tells all servers, when the transaction commits, that version $2 is there.
const notify = `SELECT pg_notify($1, $2)`

// errNotNext says that a version was not the next one.
var errNotNext = errors.New("another version was published first")

// Publish makes a version.
func (s *Store) Publish(ctx context.Context, p store.Publication) (store.Version, error) {
	limited, leave, err := s.enter(ctx, s.timeout)
	if err != nil {
		return store.Version{}, err
	}
	defer leave()
	draft, err := store.NewDraft(p)
	if err == nil {
		err = s.inTransaction(limited, func(tx *sql.Tx) error { return s.publish(limited, tx, draft) })
	}
	if errors.Is(err, errNotNext) {
		err = s.stale(limited, p.Base)
	}
	if err != nil {
		return store.Version{}, fail(ctx, "publish", err)
	}
	s.notices.Tell(draft.Version().Number)
	return draft.Version(), nil
}

// stale says what the newest version is instead of base.
func (s *Store) stale(ctx context.Context, base int64) error {
	n, err := newest(ctx, s.db)
	if err != nil {
		return err
	}
	return store.Stale(base, n)
}

// inTransaction does all of it, or nothing.
func (s *Store) inTransaction(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
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
	v := d.Version()
	if err := claim(ctx, tx, v); err != nil {
		return err
	}
	if d.Document != nil {
		if _, err := tx.ExecContext(ctx, insertDocument, v.Number, string(d.Document)); err != nil {
			return err
		}
	}
	if err := checkDeletes(ctx, tx, d.Rows); err != nil {
		return err
	}
	if err := insertRows(ctx, tx, v.Number, d.Rows); err != nil {
		return err
	}
	if d.Step != nil {
		if err := s.Take(ctx, tx, *d.Step); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, notify, channel, strconv.FormatInt(v.Number, 10))
	return err
}

// claim inserts version v. From then on nobody else can publish until the transaction ends.
func claim(ctx context.Context, tx *sql.Tx, v store.Version) error {
	result, err := tx.ExecContext(ctx, insertVersion, v.Number, v.PublishedAt, v.Author, v.Comment, v.Changed)
	if pq.As(err, pqerror.UniqueViolation) != nil {
		return errNotNext
	}
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); n == 0 || err != nil {
		return errors.Join(errNotNext, err)
	}
	return nil
}

// checkDeletes makes sure that what is deleted is there.
func checkDeletes(ctx context.Context, tx *sql.Tx, rows []store.Row) error {
	var collections, ids []string
	for _, r := range rows {
		if r.Op == store.Delete {
			collections, ids = append(collections, string(r.Collection)), append(ids, string(r.ID))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var collection layout.CollectionID
	var id layout.ID
	err := tx.QueryRowContext(ctx, notThere, pq.Array(collections), pq.Array(ids)).Scan(&collection, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return errors.Join(err, store.Gone(collection, id))
}

// insertRows inserts all revisions with one statement.
func insertRows(ctx context.Context, tx *sql.Tx, version int64, rows []store.Row) error {
	n := len(rows)
	collections, ids, ops, properties := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	geometries := make([][]byte, n)
	for i, r := range rows {
		collections[i], ids[i], ops[i], properties[i] = string(r.Collection), string(r.ID), string(r.Op), string(r.Properties)
		var err error
		if geometries[i], err = encodeGeometry(r.Geometry); err != nil {
			return fmt.Errorf("geometry of %s %s: %w", r.Collection, r.ID, err)
		}
	}
	_, err := tx.ExecContext(ctx, insertRevisions, version, pq.Array(collections), pq.Array(ids), pq.Array(ops),
		pq.Array(properties), pq.ByteaArray(geometries))
	return err
}
