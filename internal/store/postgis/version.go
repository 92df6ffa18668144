package postgis

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"parkmap/internal/layout"
	"parkmap/internal/store"
	"parkmap/internal/store/shared"
)

// newestNumber is the number of the newest version, 0 when there is none. Uses the primary key.
const newestNumber = `SELECT coalesce(max(number), 0) FROM parkmap.version`

// versionAt is when version $1 was published and the document that holds at it, as JSON; no row when
// it does not exist. Uses the primary keys.
const versionAt = `
	SELECT v.published_at,
		(SELECT d.body FROM parkmap.document AS d WHERE d.version <= v.number ORDER BY d.version DESC LIMIT 1)
	FROM parkmap.version AS v WHERE v.number = $1`

// versionsBelow lists at most $2 versions below number $1 (0: all), newest first: number, time,
// author, comment, changed. Uses the primary key.
const versionsBelow = `
	SELECT number, published_at, author, comment, changed FROM parkmap.version
	WHERE $1 = 0 OR number < $1
	ORDER BY number DESC LIMIT $2`

// versionsBy lists the newest version published by $1: the columns of versionsBelow.
const versionsBy = `
	SELECT number, published_at, author, comment, changed FROM parkmap.version
	WHERE published_at <= $1
	ORDER BY number DESC LIMIT 1`

func newest(ctx context.Context, q shared.Querier) (n int64, err error) {
	err = q.QueryRowContext(ctx, newestNumber).Scan(&n)
	return n, err
}

// Load returns the newest version.
func (s *Store) Load(ctx context.Context) (*layout.Layout, error) {
	limited, leave, err := s.enter(ctx, s.timeout)
	if err != nil {
		return nil, err
	}
	defer leave()
	n, err := newest(limited, s.db)
	if err == nil && n == 0 {
		err = store.Empty()
	}
	if err != nil {
		return nil, fail(ctx, "load", err)
	}
	l, err := load(limited, s.db, n)
	return l, fail(ctx, "load", err)
}

// LoadVersion returns version n.
func (s *Store) LoadVersion(ctx context.Context, n int64) (*layout.Layout, error) {
	limited, leave, err := s.enter(ctx, s.timeout)
	if err != nil {
		return nil, err
	}
	defer leave()
	l, err := load(limited, s.db, n)
	return l, fail(ctx, "load", err)
}

// load needs no transaction: what belongs to a version never changes once it can be seen.
func load(ctx context.Context, q shared.Querier, n int64) (*layout.Layout, error) {
	l := &layout.Layout{Version: n}
	var body []byte
	err := q.QueryRowContext(ctx, versionAt, n).Scan(&l.PublishedAt, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, store.NoVersion(n)
	}
	if err != nil {
		return nil, err
	}
	l.PublishedAt = l.PublishedAt.UTC()
	if l.Document, err = store.DecodeDocument(n, body); err != nil {
		return nil, err
	}
	l.Features, err = featuresAt(ctx, q, n)
	return l, err
}

// Versions lists versions.
func (s *Store) Versions(ctx context.Context, before int64, limit int) ([]store.Version, error) {
	limited, leave, err := s.enter(ctx, s.timeout)
	if err != nil {
		return nil, err
	}
	defer leave()
	list, err := versions(limited, s.db, versionsBelow, before, max(limit, 0))
	return list, fail(ctx, "list versions", err)
}

// VersionAt returns the newest version that was published by a time.
func (s *Store) VersionAt(ctx context.Context, at time.Time) (store.Version, error) {
	limited, leave, err := s.enter(ctx, s.timeout)
	if err != nil {
		return store.Version{}, err
	}
	defer leave()
	list, err := versions(limited, s.db, versionsBy, at.UTC().Truncate(time.Microsecond))
	if err == nil && len(list) == 0 {
		err = store.NoVersionBy(at)
	}
	if err != nil {
		return store.Version{}, fail(ctx, "find version", err)
	}
	return list[0], nil
}

// versions reads the rows of a query for the columns of versionsBelow.
func versions(ctx context.Context, q shared.Querier, query string, args ...any) ([]store.Version, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []store.Version
	for rows.Next() {
		var v store.Version
		if err := rows.Scan(&v.Number, &v.PublishedAt, &v.Author, &v.Comment, &v.Changed); err != nil {
			return nil, err
		}
		v.PublishedAt = v.PublishedAt.UTC()
		list = append(list, v)
	}
	return list, rows.Err()
}
