package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"parkmap/internal/layout"
	"parkmap/internal/store"
	"parkmap/internal/store/shared"
)

// revisionsAt lists what holds at version ?1, one row per feature that is there, in no order:
// collection, id, op, properties as JSON, geometry as WKB in lon/lat, version, microseconds.
// Uses the primary keys.
const revisionsAt = `
	SELECT r.collection, r.id, r.op, r.properties, r.geometry, r.version, v.published_at
	FROM (
		SELECT collection, id, max(version) AS version FROM revision
		WHERE version <= ?1 GROUP BY collection, id
	) AS last
	JOIN revision AS r USING (collection, id, version)
	JOIN version AS v ON v.number = r.version
	WHERE r.op = 'put'`

// revisionsOf lists at most ?4 revisions of feature ?2 of collection ?1 by versions below ?3 (0: all), newest
// first: the columns of revisionsAt, author, comment, changed. Uses the primary keys.
const revisionsOf = `
	SELECT r.collection, r.id, r.op, r.properties, r.geometry, r.version, v.published_at,
		v.author, v.comment, v.changed
	FROM revision AS r JOIN version AS v ON v.number = r.version
	WHERE r.collection = ?1 AND r.id = ?2 AND (?3 = 0 OR r.version < ?3)
	ORDER BY r.version DESC LIMIT ?4`

// featuresAt returns the features of version n by layout.Compare.
func featuresAt(ctx context.Context, q shared.Querier, n int64) ([]layout.Feature, error) {
	rows, err := q.QueryContext(ctx, revisionsAt, n)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	features := []layout.Feature{}
	for rows.Next() {
		f, _, err := scanFeature(rows)
		if err != nil {
			return nil, err
		}
		features = append(features, f)
	}
	slices.SortFunc(features, layout.Compare)
	return features, rows.Err()
}

// Revisions lists revisions of one feature.
func (s *Store) Revisions(ctx context.Context, collection layout.CollectionID, id layout.ID, before int64, limit int) ([]store.Revision, error) {
	leave, err := s.gate.Enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	list, err := revisions(ctx, s.read, collection, id, before, max(limit, 0))
	if err == nil && len(list) == 0 && limit > 0 {
		err = store.NoFeature(collection, id)
	}
	return list, s.fail(ctx, "list revisions", err)
}

func revisions(ctx context.Context, q shared.Querier, collection layout.CollectionID, id layout.ID, before int64, limit int) ([]store.Revision, error) {
	rows, err := q.QueryContext(ctx, revisionsOf, collection, id, before, limit)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []store.Revision
	for rows.Next() {
		var r store.Revision
		v := &r.Version
		if r.Feature, r.Op, err = scanFeature(rows, &v.Author, &v.Comment, &v.Changed); err != nil {
			return nil, err
		}
		v.Number, v.PublishedAt = r.Feature.Version, r.Feature.ChangedAt
		list = append(list, r)
	}
	return list, rows.Err()
}

// scanFeature reads the columns of revisionsAt, and those behind them into more.
func scanFeature(rows *sql.Rows, more ...any) (layout.Feature, store.Op, error) {
	var r store.Row
	var version, at int64
	var properties, geometry sql.RawBytes
	err := rows.Scan(append([]any{&r.Collection, &r.ID, &r.Op, &properties, &geometry, &version, &at}, more...)...)
	if err != nil {
		return layout.Feature{}, "", err
	}
	r.Properties = properties
	if r.Geometry, err = decodeGeometry(r, geometry); err != nil {
		return layout.Feature{}, "", err
	}
	f, err := r.Feature(version, time.UnixMicro(at).UTC())
	return f, r.Op, err
}

// decodeGeometry reads the WKB of a row; nil is no geometry.
func decodeGeometry(r store.Row, data []byte) (orb.Geometry, error) {
	if data == nil {
		return nil, nil
	}
	g, err := wkb.Unmarshal(data)
	if err != nil {
		return nil, store.Broken(fmt.Sprintf("geometry of %q of %s", r.ID, r.Collection), err)
	}
	return g, nil
}
