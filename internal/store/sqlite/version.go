package sqlite

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
const newestNumber = `SELECT coalesce(max(number), 0) FROM version`

// publishedAt is when version ?1 was published, in microseconds, no row when it does not exist.
const publishedAt = `SELECT published_at FROM version WHERE number = ?1`

// documentAt is the document that holds at version ?1, no row when there is none. Uses the primary key.
const documentAt = `SELECT body FROM document WHERE version <= ?1 ORDER BY version DESC LIMIT 1`

// versionsBelow lists at most ?2 versions below number ?1 (0: all), newest first: number,
// microseconds, author, comment, changed. Uses the primary key.
const versionsBelow = `
	SELECT number, published_at, author, comment, changed FROM version
	WHERE ?1 = 0 OR number < ?1
	ORDER BY number DESC LIMIT ?2`

// versionsBy lists the newest version published by ?1, in microseconds: the columns of versionsBelow.
const versionsBy = `
	SELECT number, published_at, author, comment, changed FROM version
	WHERE published_at <= ?1
	ORDER BY number DESC LIMIT 1`

func newest(ctx context.Context, q shared.Querier) (n int64, err error) {
	err = q.QueryRowContext(ctx, newestNumber).Scan(&n)
	return n, err
}

// Load returns the newest version.
func (s *Store) Load(ctx context.Context) (*layout.Layout, error) {
	leave, err := s.gate.Enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	n, err := newest(ctx, s.read)
	if err == nil && n == 0 {
		err = store.Empty()
	}
	if err != nil {
		return nil, s.fail(ctx, "load", err)
	}
	l, err := load(ctx, s.read, n)
	return l, s.fail(ctx, "load", err)
}

// LoadVersion returns version n.
func (s *Store) LoadVersion(ctx context.Context, n int64) (*layout.Layout, error) {
	leave, err := s.gate.Enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	l, err := load(ctx, s.read, n)
	return l, s.fail(ctx, "load", err)
}

// load needs no transaction: what belongs to a version never changes once it can be seen.
func load(ctx context.Context, q shared.Querier, n int64) (*layout.Layout, error) {
	var at int64
	err := q.QueryRowContext(ctx, publishedAt, n).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, store.NoVersion(n)
	}
	if err != nil {
		return nil, err
	}
	l := &layout.Layout{Version: n, PublishedAt: time.UnixMicro(at).UTC()}
	var body []byte
	if err := q.QueryRowContext(ctx, documentAt, n).Scan(&body); err != nil {
		return nil, err
	}
	if l.Document, err = store.DecodeDocument(n, body); err != nil {
		return nil, err
	}
	l.Features, err = featuresAt(ctx, q, n)
	return l, err
}

// Versions lists versions.
func (s *Store) Versions(ctx context.Context, before int64, limit int) ([]store.Version, error) {
	leave, err := s.gate.Enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	list, err := versions(ctx, s.read, versionsBelow, before, max(limit, 0))
	return list, s.fail(ctx, "list versions", err)
}

// VersionAt returns the newest version that was published by a time.
func (s *Store) VersionAt(ctx context.Context, at time.Time) (store.Version, error) {
	leave, err := s.gate.Enter()
	if err != nil {
		return store.Version{}, err
	}
	defer leave()
	list, err := versions(ctx, s.read, versionsBy, at.UnixMicro())
	if err == nil && len(list) == 0 {
		err = store.NoVersionBy(at)
	}
	if err != nil {
		return store.Version{}, s.fail(ctx, "find version", err)
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
		var at int64
		if err := rows.Scan(&v.Number, &at, &v.Author, &v.Comment, &v.Changed); err != nil {
			return nil, err
		}
		v.PublishedAt = time.UnixMicro(at).UTC()
		list = append(list, v)
	}
	return list, rows.Err()
}
