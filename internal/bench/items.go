package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// question is asked of the largest table, each time with other values: as a request, and as a query.
type question struct {
	name    string
	query   string // prepared
	request func(i int) (query url.Values, id string)
	args    func(i int) []any
}

// parcelColumns are read by each query.
const parcelColumns = "id, number, block, land_use, floors, value, surveyed, ST_AsEWKB(geom)"

// questions are those of clients that read features.
func questions(c cadastre) []question {
	row := func(i int) int { return i * 7919 % c.count() }
	box := func(i int) (w, s, e, n float64) { // of some hundred parcels
		p := c.parcel(row(i)).geometry.Bound().Min
		return p[0], p[1], p[0] + 9*parcelW, p[1] + 9*parcelH
	}
	block := func(i int) string { return c.parcel(row(i)).block }
	return []question{
		{
			"one feature", "SELECT " + parcelColumns + " FROM " + million + " WHERE id = $1",
			func(i int) (url.Values, string) { return nil, fmt.Sprint(row(i) + 1) },
			func(i int) []any { return []any{row(i) + 1} },
		},
		{
			"a box of 100",
			"SELECT " + parcelColumns + " FROM " + million + " WHERE geom && ST_MakeEnvelope($1, $2, $3, $4, 4326) AND ST_Intersects(geom, ST_MakeEnvelope($1, $2, $3, $4, 4326)) ORDER BY id LIMIT 100",
			func(i int) (url.Values, string) {
				w, s, e, n := box(i)
				return url.Values{"bbox": {fmt.Sprintf("%.7f,%.7f,%.7f,%.7f", w, s, e, n)}, "limit": {"100"}}, ""
			},
			func(i int) []any { w, s, e, n := box(i); return []any{w, s, e, n} },
		},
		{
			"a filter by attribute, 100 found", "SELECT " + parcelColumns + " FROM " + million + " WHERE block = $1 ORDER BY id LIMIT 100",
			func(i int) (url.Values, string) { return url.Values{"block": {block(i)}, "limit": {"100"}}, "" },
			func(i int) []any { return []any{block(i)} },
		},
	}
}

// asked is how many different values a question is asked with.
const asked = 5000

// measureItems compares features of the largest table with the same queries whose rows are thrown away.
func measureItems(ctx context.Context, dir string, o options, d *database, report *bytes.Buffer) (err error) {
	s, err := serveTables(ctx, dir, o, d, million)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	const conns = 4
	fmt.Fprintf(report, "\nFeatures of the largest table as GeoJSON, each time others, by %d connections, beside database/sql that runs the same\nprepared query and throws the rows away. Medians, in turns.\n\n"+
		"| %s | parkmap req/s | database/sql alone, queries/s | ratio |\n| --- | --: | --: | --: |\n", conns, million)
	for _, q := range questions(d.largest) {
		targets := make([]target, asked)
		for i := range targets {
			query, id := q.request(i)
			path := "/api/collections/" + million + "/items"
			if id != "" {
				path += "/" + id
			}
			if query != nil {
				path += "?" + query.Encode()
			}
			targets[i] = target{q.name, path, "identity"}
		}
		var served, alone, ratios []float64
		for range o.rounds {
			a, err := load(ctx, s.addr, targets, conns, o.seconds)
			if err != nil {
				return err
			}
			b, err := d.throwAway(ctx, q, conns, o.seconds)
			if err != nil {
				return fmt.Errorf("%s: %w", q.name, err)
			}
			served, alone, ratios = append(served, a.perSecond), append(alone, b), append(ratios, a.perSecond/b)
		}
		fmt.Fprintf(report, "| %s | %.0f | %.0f | %.2f |\n", q.name, median(served), median(alone), median(ratios))
	}
	return nil
}

// throwAway asks a question over so many connections for some time and returns the queries per second.
func (d *database) throwAway(ctx context.Context, q question, conns int, long time.Duration) (float64, error) {
	d.db.SetMaxOpenConns(conns)
	d.db.SetMaxIdleConns(conns)
	st, err := d.db.PrepareContext(ctx, q.query)
	if err != nil {
		return 0, err
	}
	defer st.Close()
	var done atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	start := time.Now()
	for worker := range conns {
		group.Go(func() error {
			for i := worker * asked / conns; time.Since(start) < long; i++ {
				if err := drain(ctx, st, q.args(i%asked)); err != nil {
					return err
				}
				done.Add(1)
			}
			return nil
		})
	}
	err = group.Wait()
	return float64(done.Load()) / time.Since(start).Seconds(), err
}

// drain runs a query and reads all rows.
func drain(ctx context.Context, st *sql.Stmt, args []any) error {
	rows, err := st.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	values := make([]any, len(names))
	for i := range values {
		values[i] = new(sql.RawBytes)
	}
	for rows.Next() {
		if err := rows.Scan(values...); err != nil {
			return err
		}
	}
	return rows.Err()
}
