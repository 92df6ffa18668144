package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"time"

	"parkmap/internal/pgtest"
)

// settings are those of a database that has the machine to itself: all tables stay in its memory. Shared segments are
// files, since containers have little room for the others.
const settings = `
shared_buffers = 2GB
work_mem = 64MB
maintenance_work_mem = 512MB
max_parallel_maintenance_workers = 0
dynamic_shared_memory_type = mmap
synchronous_commit = off
max_wal_size = 4GB
`

// database is a throwaway PostGIS with cadastres.
type database struct {
	dsn  string
	db   *sql.DB
	pid  int
	stop func()

	largest cadastre
	sides   map[string]cadastre
}

// sides are the cadastres by the names of their tables, the smallest first.
var sides = []struct {
	table string
	side  int
}{{"parcels_1k", 32}, {"parcels_10k", 100}, {"parcels_100k", 316}, {"parcels_1m", 1000}}

// The largest table in both reference systems.
const (
	million          = "parcels_1m"
	millionProjected = "parcels_1m_3857"
)

// startDatabase makes the database and its tables; with small, only those that are made at once.
func startDatabase(ctx context.Context, small bool) (*database, error) {
	cluster, stop, err := pgtest.Launch(pgtest.Options{Settings: settings})
	if err != nil {
		return nil, err
	}
	d := &database{stop: stop, sides: map[string]cadastre{}}
	if d.dsn, err = cluster.Database(); err == nil {
		d.pid, err = cluster.PID()
	}
	if err == nil {
		d.db, err = sql.Open("postgres", d.dsn)
	}
	if err == nil {
		err = d.fill(ctx, small)
	}
	if err != nil {
		stop()
		return nil, err
	}
	return d, nil
}

// fill makes the tables.
func (d *database) fill(ctx context.Context, small bool) error {
	for _, s := range sides {
		d.largest = cadastre{s.side}
		if small {
			d.largest.side = min(s.side, 400)
		}
		d.sides[s.table] = d.largest
		began := time.Now()
		if err := makeParcels(ctx, d.db, s.table, d.largest); err != nil {
			return fmt.Errorf("make %s: %w", s.table, err)
		}
		note("%s: %d parcels made in %.0f s", s.table, d.largest.count(), time.Since(began).Seconds())
	}
	if err := projectParcels(ctx, d.db, million, millionProjected); err != nil {
		return fmt.Errorf("make %s: %w", millionProjected, err)
	}
	return nil
}

// side returns the cadastre of a table.
func (d *database) side(table string) cadastre { return d.sides[table] }

// close ends the database.
func (d *database) close() error {
	err := d.db.Close()
	d.stop()
	return err
}

// asMVT makes a tile in the database: the reference. Layer and attributes are those of the program's tiles.
func asMVT(table string, projected bool) string {
	box, geom := "ST_Transform(ST_TileEnvelope($1, $2, $3, margin => 0.015625), 4326)", "ST_Transform(geom, 3857)"
	if projected {
		box, geom = "ST_TileEnvelope($1, $2, $3, margin => 0.015625)", "geom"
	}
	return fmt.Sprintf(`
		SELECT ST_AsMVT(q, '%[1]s', 4096, 'geom', 'id') FROM (
			SELECT id, number, block, land_use, floors, value, surveyed::text,
				ST_AsMVTGeom(%[2]s, ST_TileEnvelope($1, $2, $3), 4096, 64) AS geom
			FROM %[1]s WHERE geom && %[3]s) q`, table, geom, box)
}

// reference makes tiles by a query, on warm connections, and hands the answers to use. The processor time is that of
// the database and of this process, which reads the answers.
func (d *database) reference(ctx context.Context, query string, tiles []spot, conns int, use func([]byte)) (cost, error) {
	db, err := sql.Open("postgres", d.dsn)
	if err != nil {
		return cost{}, err
	}
	defer db.Close()
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	st, err := db.PrepareContext(ctx, query) //nolint:sqlclosecheck // the deferred Close below is not seen behind the closure
	if err != nil {
		return cost{}, err
	}
	defer st.Close()
	fetch := func(t spot) (int64, error) {
		var tile []byte
		err := st.QueryRowContext(ctx, t.z, t.x, t.y).Scan(&tile)
		use(tile)
		return int64(len(tile)), err
	}
	if _, _, err := inTurns(ctx, conns, tiles[:conns], fetch); err != nil {
		return cost{}, err
	}
	return costOf(func() (time.Duration, int64, error) { return inTurns(ctx, conns, tiles, fetch) }, d.pid, os.Getpid())
}
