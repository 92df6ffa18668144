package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

var _ store.Changesets = (*Store)(nil)

// changesetColumns are the columns of a changeset without items and events; times in microseconds.
const changesetColumns = `id, revision, state, title, author, reviewer, created_at, changed_at, publish_at, version`

// changesetByID is changeset ?1, no row when there is none. Uses the primary key.
const changesetByID = `SELECT ` + changesetColumns + ` FROM changeset WHERE id = ?1`

// changesetsBy lists at most ?4 changesets of state ?1 and author ?2 ("": all) that changed before ?3
// (0: all), the last changed first. Uses changeset_changed_idx.
const changesetsBy = `
	SELECT ` + changesetColumns + ` FROM changeset
	WHERE (?1 = '' OR state = ?1) AND (?2 = '' OR author = ?2) AND (?3 = 0 OR changed_at < ?3)
	ORDER BY changed_at DESC, id LIMIT ?4`

// itemsOf lists the items of changeset ?1, in no order: collection, id, op, properties as JSON, geometry as
// WKB in lon/lat, base. Uses the primary key.
const itemsOf = `SELECT collection, id, op, properties, geometry, base FROM changeset_item WHERE changeset = ?1`

// eventsOf lists the events of changeset ?1, oldest first. Uses the primary key.
const eventsOf = `
	SELECT number, at, author, kind, text, collection, feature, lon, lat
	FROM changeset_event WHERE changeset = ?1 ORDER BY number`

// dueBy lists the ids of approved changesets to be published by ?1. Uses changeset_due_idx.
const dueBy = `
	SELECT id FROM changeset WHERE state = 'approved' AND publish_at IS NOT NULL AND publish_at <= ?1
	ORDER BY publish_at, id`

// receiptOf is the receipt of author ?1 and key ?2, no row when there is none. Uses the primary key.
const receiptOf = `SELECT fingerprint, changeset, at FROM receipt WHERE author = ?1 AND key = ?2`

// Changeset returns a changeset, all of it as of one moment.
func (s *Store) Changeset(ctx context.Context, id string) (store.Changeset, error) {
	leave, err := s.gate.Enter()
	if err != nil {
		return store.Changeset{}, err
	}
	defer leave()
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return store.Changeset{}, s.fail(ctx, "read changeset", err)
	}
	defer func() { _ = tx.Rollback() }()
	c, err := changeset(ctx, tx, id)
	return c, s.fail(ctx, "read changeset", err)
}

func changeset(ctx context.Context, q querier, id string) (store.Changeset, error) {
	list, err := changesets(ctx, q, changesetByID, id)
	if err == nil && len(list) == 0 {
		err = store.NoChangeset(id)
	}
	if err != nil {
		return store.Changeset{}, err
	}
	c := list[0]
	if c.Items, err = items(ctx, q, id); err != nil {
		return store.Changeset{}, err
	}
	c.Events, err = events(ctx, q, id)
	return c, err
}

// Changesets lists changesets.
func (s *Store) Changesets(ctx context.Context, q store.ChangesetQuery) ([]store.Changeset, error) {
	leave, err := s.gate.Enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	before := int64(0)
	if !q.Before.IsZero() {
		before = q.Before.UnixMicro()
	}
	list, err := changesets(ctx, s.read, changesetsBy, string(q.State), q.Author, before, max(q.Limit, 0))
	return list, s.fail(ctx, "list changesets", err)
}

// changesets reads the rows of a query for changesetColumns.
func changesets(ctx context.Context, q querier, query string, args ...any) ([]store.Changeset, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []store.Changeset
	for rows.Next() {
		var c store.Changeset
		var created, changed int64
		var publish, version sql.NullInt64
		if err := rows.Scan(&c.ID, &c.Revision, &c.State, &c.Title, &c.Author, &c.Reviewer, &created, &changed, &publish, &version); err != nil {
			return nil, err
		}
		c.CreatedAt, c.ChangedAt, c.Version = time.UnixMicro(created).UTC(), time.UnixMicro(changed).UTC(), version.Int64
		if publish.Valid {
			c.PublishAt = time.UnixMicro(publish.Int64).UTC()
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

func items(ctx context.Context, q querier, id string) ([]store.Item, error) {
	rows, err := q.QueryContext(ctx, itemsOf, id)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []store.Item
	for rows.Next() {
		var r store.ItemRow
		var properties, geometry sql.RawBytes
		if err := rows.Scan(&r.Collection, &r.ID, &r.Op, &properties, &geometry, &r.Base); err != nil {
			return nil, err
		}
		r.Properties = properties
		if r.Geometry, err = decodeGeometry(r.Row, geometry); err != nil {
			return nil, err
		}
		item, err := r.Item()
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	slices.SortFunc(list, func(a, b store.Item) int { return layout.Compare(a.Feature, b.Feature) })
	return list, rows.Err()
}

func events(ctx context.Context, q querier, id string) ([]store.Event, error) {
	rows, err := q.QueryContext(ctx, eventsOf, id)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []store.Event
	for rows.Next() {
		var e store.Event
		var at int64
		var lon, lat sql.NullFloat64
		if err := rows.Scan(&e.Number, &at, &e.Author, &e.Kind, &e.Text, &e.Collection, &e.Feature, &lon, &lat); err != nil {
			return nil, err
		}
		e.At = time.UnixMicro(at).UTC()
		if lon.Valid {
			e.Place = &orb.Point{lon.Float64, lat.Float64}
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

// Due lists changesets whose time has come.
func (s *Store) Due(ctx context.Context, by time.Time) ([]string, error) {
	leave, err := s.gate.Enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	list, err := due(ctx, s.read, by)
	return list, s.fail(ctx, "list due changesets", err)
}

func due(ctx context.Context, q querier, by time.Time) ([]string, error) {
	rows, err := q.QueryContext(ctx, dueBy, by.UnixMicro())
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		list = append(list, id)
	}
	return list, rows.Err()
}

// Receipt returns a receipt.
func (s *Store) Receipt(ctx context.Context, author, key string) (store.Receipt, error) {
	leave, err := s.gate.Enter()
	if err != nil {
		return store.Receipt{}, err
	}
	defer leave()
	r := store.Receipt{Author: author, Key: key}
	var at int64
	err = s.read.QueryRowContext(ctx, receiptOf, author, key).Scan(&r.Fingerprint, &r.Changeset, &at)
	if errors.Is(err, sql.ErrNoRows) {
		err = store.NoReceipt(key)
	}
	r.At = time.UnixMicro(at).UTC()
	return r, s.fail(ctx, "read receipt", err)
}
