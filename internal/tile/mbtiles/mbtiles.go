// Package mbtiles writes MBTiles 1.3, a SQLite database with one row a tile, which most map programs read
// (github.com/mapbox/mbtiles-spec). It keeps its SQL inside and knows vector tiles only as bytes that are gzipped already.
package mbtiles

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"parkmap/internal/tile"
)

// ErrFull is returned when the disk, or the limit of a file, leaves no room for more.
var ErrFull = errors.New("no room is left for the file")

// ErrForeign is returned by Resume for a file that is something else.
var ErrForeign = errors.New("the file is no unfinished MBTiles archive")

// ErrEmpty is returned by Finish where no tile was added.
var ErrEmpty = errors.New("an archive without tiles cannot be written")

// pragmas make the file: the mark of MBTiles in its header, pages of one size, and a rollback journal, so that the
// finished file stands alone and the same transactions make the same bytes (in the exclusive mode of locking the count of
// changes in the header would tell how often the file was opened).
const pragmas = `
	PRAGMA page_size = 4096;
	PRAGMA journal_mode = DELETE;
	PRAGMA synchronous = FULL;
	PRAGMA application_id = 0x4d504258`

// schema is that of the specification. Rows of tiles are numbered as they come; the index is made at the end.
const schema = `
	CREATE TABLE IF NOT EXISTS metadata (name text, value text);
	CREATE TABLE IF NOT EXISTS tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)`

// Writer makes an archive. Tiles between two Commits are one transaction, so the same tiles with the same Commits
// give the same bytes, whether the work was interrupted or not.
type Writer struct {
	db  *sql.DB
	tx  *sql.Tx   // since the first Add after a Commit
	add *sql.Stmt // of tx
}

// Resume goes on with the unfinished archive at path, where the last Commit left it, or makes an empty one.
func Resume(ctx context.Context, path string) (*Writer, error) {
	db, err := sql.Open("sqlite", address(path))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	w := &Writer{db: db}
	if err := w.prepare(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return w, nil
}

// address is the name of a file for the driver, whatever signs it holds.
func address(path string) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String()
}

// prepare makes the tables of a new file; on one that has them it changes nothing.
func (w *Writer) prepare(ctx context.Context) error {
	var tables int
	err := w.db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name IN ('metadata', 'tiles')").Scan(&tables)
	var wrong *driver.Error
	if errors.As(err, &wrong) && wrong.Code() == sqlite3.SQLITE_NOTADB {
		return ErrForeign
	}
	if err != nil {
		return explain(err)
	}
	settings := pragmas
	if tables == 2 {
		settings = strings.Join(strings.Split(pragmas, ";")[1:3], ";")
	}
	if _, err := w.db.ExecContext(ctx, settings); err != nil {
		return explain(err)
	}
	if tables == 2 {
		return nil
	}
	return w.inTransaction(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, schema)
		return err
	})
}

// Tiles hands on the tiles that were committed, in the order in which they were added.
func (w *Writer) Tiles(ctx context.Context, yield func(tile.ID)) error {
	rows, err := w.db.QueryContext(ctx, "SELECT zoom_level, tile_column, tile_row FROM tiles ORDER BY rowid")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id tile.ID
		if err := rows.Scan(&id.Z, &id.X, &id.Y); err != nil {
			return err
		}
		id.Y = flip(id)
		yield(id)
	}
	return rows.Err()
}

// Add writes a tile, which was not added before: gz is its content, gzipped.
func (w *Writer) Add(ctx context.Context, id tile.ID, gz []byte) (err error) {
	if w.tx == nil {
		if w.tx, err = w.db.BeginTx(ctx, nil); err != nil {
			return explain(err)
		}
		w.add, err = w.tx.PrepareContext(ctx, "INSERT INTO tiles (zoom_level, tile_column, tile_row, tile_data) VALUES (?, ?, ?, ?)")
		if err != nil {
			return explain(err)
		}
	}
	_, err = w.add.ExecContext(ctx, id.Z, id.X, flip(id), gz)
	return explain(err)
}

// Commit makes the tiles so far outlive the process and the machine.
func (w *Writer) Commit() error {
	if w.tx == nil {
		return nil
	}
	err := w.tx.Commit()
	w.tx, w.add = nil, nil
	return explain(err)
}

// Finish completes the archive after the last Commit: metadata by name (section Metadata of the specification; for
// vector tiles with json) and the index over the tiles. On a finished archive it does nothing.
func (w *Writer) Finish(ctx context.Context, metadata map[string]string) error {
	var tiles, told int
	err := w.db.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM (SELECT 1 FROM tiles LIMIT 1)), (SELECT count(*) FROM metadata)").Scan(&tiles, &told)
	switch {
	case err != nil:
		return err
	case tiles == 0:
		return ErrEmpty
	case told > 0:
		return nil
	}
	return w.inTransaction(ctx, func(tx *sql.Tx) error {
		for _, name := range slices.Sorted(maps.Keys(metadata)) {
			if _, err := tx.ExecContext(ctx, "INSERT INTO metadata (name, value) VALUES (?, ?)", name, metadata[name]); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `
			CREATE UNIQUE INDEX name ON metadata (name);
			CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)`)
		return err
	})
}

// Close ends the work; what was not committed is lost.
func (w *Writer) Close() error {
	if w.tx != nil {
		_ = w.tx.Rollback() // the same happens to a process that is killed
	}
	return w.db.Close()
}

// inTransaction runs do in a transaction of its own.
func (w *Writer) inTransaction(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := w.db.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	if err := do(tx); err != nil {
		return explain(errors.Join(err, tx.Rollback()))
	}
	return explain(tx.Commit())
}

// flip turns a row from the north into one from the south, and back.
func flip(id tile.ID) int { return 1<<id.Z - 1 - id.Y }

// explain gives a full disk its name.
func explain(err error) error {
	var e *driver.Error
	if errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_FULL {
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}
