package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/paulmach/orb/encoding/ewkb"
)

// makeParcels makes the table of a cadastre in EPSG:4326, with its indexes and statistics.
func makeParcels(ctx context.Context, db *sql.DB, table string, c cadastre) error {
	_, err := db.ExecContext(ctx, fmt.Sprintf(`
		CREATE TABLE %s (
			id bigint PRIMARY KEY, number text NOT NULL, block text NOT NULL, land_use text NOT NULL, floors integer,
			value double precision, surveyed date, geom geometry(Polygon, 4326) NOT NULL)`, table))
	if err != nil {
		return err
	}
	if err := copyParcels(ctx, db, table, c); err != nil {
		return err
	}
	return indexParcels(ctx, db, table)
}

// projectParcels makes a copy of a table in EPSG:3857.
func projectParcels(ctx context.Context, db *sql.DB, from, to string) error {
	_, err := db.ExecContext(ctx, fmt.Sprintf(`
		CREATE TABLE %[2]s (LIKE %[1]s INCLUDING ALL);
		ALTER TABLE %[2]s ALTER geom TYPE geometry(Polygon, 3857) USING ST_Transform(geom, 3857);
		INSERT INTO %[2]s SELECT id, number, block, land_use, floors, value, surveyed, ST_Transform(geom, 3857) FROM %[1]s ORDER BY id`, from, to))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM ANALYZE "+to)
	return err
}

// copyParcels fills a table.
func copyParcels(ctx context.Context, db *sql.DB, table string, c cadastre) (err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	in, err := tx.PrepareContext(ctx, fmt.Sprintf("COPY %s (id, number, block, land_use, floors, value, surveyed, geom) FROM STDIN", table))
	if err != nil {
		return err
	}
	defer in.Close()
	for i := range c.count() {
		p := c.parcel(i)
		shape, err := ewkb.MarshalToHex(p.geometry, 4326)
		if err != nil {
			return err
		}
		if _, err := in.ExecContext(ctx, p.id, p.number, p.block, p.landUse, p.floors, p.value, p.surveyed, shape); err != nil {
			return err
		}
	}
	if _, err := in.ExecContext(ctx); err != nil {
		return err
	}
	return tx.Commit()
}

// indexParcels makes the indexes that the questions of the measurements need.
func indexParcels(ctx context.Context, db *sql.DB, table string) error {
	for _, statement := range []string{"CREATE INDEX ON %s USING gist (geom)", "CREATE INDEX ON %s (block)", "VACUUM ANALYZE %s"} {
		if _, err := db.ExecContext(ctx, fmt.Sprintf(statement, table)); err != nil {
			return err
		}
	}
	return nil
}
