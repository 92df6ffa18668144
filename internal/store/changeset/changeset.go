// Package changeset keeps changesets and the receipts of calls in the tables of both stores; their SQL is written as
// package shared has it. It does not know which step may follow which.
package changeset

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/store"
	"parkmap/internal/store/account"
	"parkmap/internal/store/shared"
)

// Keeper implements store.Changesets.
type Keeper struct {
	db  shared.Database
	log *account.Keeper
}

var _ store.Changesets = (*Keeper)(nil)

// New makes a Keeper, whose steps go into a log with them. The tables must be there.
func New(db shared.Database, log *account.Keeper) *Keeper { return &Keeper{db, log} }

// changesetColumns are the columns of a changeset without items and events; times in microseconds.
const changesetColumns = `id, revision, state, title, author, reviewer, created_at, changed_at, publish_at, version`

// changesetByID is changeset $1, no row when there is none. Uses the primary key.
const changesetByID = `SELECT ` + changesetColumns + ` FROM @changeset WHERE id = $1`

// changesetsBy lists at most $4 changesets of state $1 and author $2 ("": all) that changed before $3
// (0: all), the last changed first. Uses changeset_changed_idx.
const changesetsBy = `
	SELECT ` + changesetColumns + ` FROM @changeset
	WHERE ($1 = '' OR state = $1) AND ($2 = '' OR author = $2) AND (CAST($3 AS bigint) = 0 OR changed_at < $3)
	ORDER BY changed_at DESC, id LIMIT $4`

// itemsOf lists the items of changeset $1, in no order: collection, id, op, properties as JSON, geometry in place of
// the %s, base. Uses the primary key.
const itemsOf = `SELECT collection, id, op, properties, %s, base FROM @changeset_item WHERE changeset = $1`

// eventsOf lists the events of changeset $1, oldest first. Uses the primary key.
const eventsOf = `
	SELECT number, at, author, kind, text, collection, feature, lon, lat
	FROM @changeset_event WHERE changeset = $1 ORDER BY number`

// dueBy lists the ids of approved changesets to be published by $1. Uses changeset_due_idx.
const dueBy = `
	SELECT id FROM @changeset WHERE state = 'approved' AND publish_at IS NOT NULL AND publish_at <= $1
	ORDER BY publish_at, id`

// receiptOf is the receipt of author $1 and key $2, no row when there is none. Uses the primary key.
const receiptOf = `SELECT fingerprint, changeset, at FROM @receipt WHERE author = $1 AND key = $2`

// Changeset returns a changeset, all of it as of one moment.
func (k *Keeper) Changeset(ctx context.Context, id string) (c store.Changeset, err error) {
	err = k.db.Call(ctx, "read changeset", func(ctx context.Context) error {
		tx, err := k.db.Read.BeginTx(ctx, &k.db.Moment)
		if err != nil {
			return err
		}
		defer func() { _ = tx.Rollback() }()
		c, err = k.changeset(ctx, tx, id)
		return err
	})
	return c, err
}

func (k *Keeper) changeset(ctx context.Context, q shared.Querier, id string) (store.Changeset, error) {
	list, err := k.changesets(ctx, q, changesetByID, id)
	if err == nil && len(list) == 0 {
		err = store.NoChangeset(id)
	}
	if err != nil {
		return store.Changeset{}, err
	}
	c := list[0]
	if c.Items, err = k.items(ctx, q, id); err != nil {
		return store.Changeset{}, err
	}
	c.Events, err = k.events(ctx, q, id)
	return c, err
}

// Changesets lists changesets.
func (k *Keeper) Changesets(ctx context.Context, q store.ChangesetQuery) (list []store.Changeset, err error) {
	before := int64(0)
	if !q.Before.IsZero() {
		before = q.Before.UnixMicro()
	}
	err = k.db.Call(ctx, "list changesets", func(ctx context.Context) error {
		list, err = k.changesets(ctx, k.db.Read, changesetsBy, string(q.State), q.Author, before, max(q.Limit, 0))
		return err
	})
	return list, err
}

// changesets reads the rows of a query for changesetColumns.
func (k *Keeper) changesets(ctx context.Context, q shared.Querier, query string, args ...any) ([]store.Changeset, error) {
	rows, err := q.QueryContext(ctx, k.db.Names(query), args...)
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

func (k *Keeper) items(ctx context.Context, q shared.Querier, id string) ([]store.Item, error) {
	rows, err := q.QueryContext(ctx, k.db.Names(fmt.Sprintf(itemsOf, fmt.Sprintf(k.db.Geometry.Read, "geometry"))), id)
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
		if geometry != nil {
			if r.Geometry, err = k.db.Geometry.Decode(geometry); err != nil {
				return nil, store.Broken(fmt.Sprintf("geometry of %q of %s", r.ID, r.Collection), err)
			}
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

func (k *Keeper) events(ctx context.Context, q shared.Querier, id string) ([]store.Event, error) {
	rows, err := q.QueryContext(ctx, k.db.Names(eventsOf), id)
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
func (k *Keeper) Due(ctx context.Context, by time.Time) (list []string, err error) {
	err = k.db.Call(ctx, "list due changesets", func(ctx context.Context) error {
		list, err = k.due(ctx, k.db.Read, by)
		return err
	})
	return list, err
}

func (k *Keeper) due(ctx context.Context, q shared.Querier, by time.Time) ([]string, error) {
	rows, err := q.QueryContext(ctx, k.db.Names(dueBy), by.UnixMicro())
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
func (k *Keeper) Receipt(ctx context.Context, author, key string) (store.Receipt, error) {
	r := store.Receipt{Author: author, Key: key}
	err := k.db.Call(ctx, "read receipt", func(ctx context.Context) error {
		var at int64
		err := k.db.Read.QueryRowContext(ctx, k.db.Names(receiptOf), author, key).Scan(&r.Fingerprint, &r.Changeset, &at)
		if errors.Is(err, sql.ErrNoRows) {
			err = store.NoReceipt(key)
		}
		r.At = time.UnixMicro(at).UTC()
		return err
	})
	return r, err
}
