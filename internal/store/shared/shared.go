// Package shared is what both stores hand to the parts of them whose SQL is what SQLite and PostgreSQL have in common,
// so that it is written once. In such statements names of tables stand behind an @, parameters are $1, $2 and so on in
// the order in which they first appear, and times are microseconds since 1970 in UTC.
package shared

import (
	"context"
	"database/sql"
	"strings"

	"github.com/paulmach/orb"
)

// Database is what the statements run on. A store hands it in.
type Database struct {
	Schema string // before the names of tables, with a dot, or ""
	Read   *sql.DB
	Write  *sql.DB
	// Moment are the options of a transaction that reads all of it as of one moment.
	Moment sql.TxOptions
	// Alone is a statement that waits until no other transaction that ran it is open; "" where the database has one
	// writer at a time.
	Alone string
	// Enter begins a call, which may be given less time; leave ends it.
	Enter func(ctx context.Context) (limited context.Context, leave func(), err error)
	// InTransaction does all of it, or nothing.
	InTransaction func(ctx context.Context, do func(*sql.Tx) error) error
	// Fail says what was tried, and gives errors of the database their kind.
	Fail     func(ctx context.Context, tried string, err error) error
	Geometry Geometry
}

// Geometry says how shapes, in lon/lat, are kept in a column.
type Geometry struct {
	Read, Write string // what is around the column, or the value, with %s for it
	Encode      func(orb.Geometry) ([]byte, error)
	Decode      func([]byte) (orb.Geometry, error)
}

// Querier is a pool or a transaction.
type Querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Names puts the names of tables into a statement.
func (d *Database) Names(statement string) string {
	return strings.ReplaceAll(statement, "@", d.Schema)
}

// Call does something within a call of its own.
func (d *Database) Call(ctx context.Context, tried string, do func(context.Context) error) error {
	limited, leave, err := d.Enter(ctx)
	if err != nil {
		return err
	}
	defer leave()
	return d.Fail(ctx, tried, do(limited))
}
