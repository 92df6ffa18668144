package postgis

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"parkmap/internal/pgconn"
	"parkmap/internal/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrationLock is the advisory lock of all who change the tables. It reads "parkmap".
const migrationLock int64 = 0x7061726b6d6170

// hasVersionTable says whether any migration has run.
const hasVersionTable = `SELECT to_regclass('parkmap.goose_db_version') IS NOT NULL`

// hasGeometry says whether the type of PostGIS can be named as it is.
const hasGeometry = `SELECT to_regtype('geometry') IS NOT NULL`

// postgisSchema is the schema that PostGIS is in, no row when it is not installed.
const postgisSchema = `
	SELECT n.nspname FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
	WHERE e.extname = 'postgis'`

// migrate brings the tables up to date. It may run in many servers at once.
func (s *Store) migrate(ctx context.Context) error {
	if err := s.ensurePostGIS(ctx); err != nil {
		return err
	}
	provider, err := newProvider(s.db)
	if err != nil {
		return err
	}
	if current, err := s.upToDate(ctx, provider); current || err != nil {
		return err
	}
	if err := s.ensureSchema(ctx); err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

func newProvider(db *sql.DB) (*goose.Provider, error) {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(migrationLock), lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db, folder, goose.WithSessionLocker(locker),
		goose.WithTableName("parkmap.goose_db_version"), goose.WithDisableGlobalRegistry(true))
}

// upToDate says whether the database has just the tables that this program knows. One with more than
// those is an error.
func (s *Store) upToDate(ctx context.Context, provider *goose.Provider) (bool, error) {
	var any bool
	if err := s.db.QueryRowContext(ctx, hasVersionTable).Scan(&any); err != nil || !any {
		return false, err
	}
	has, knows, err := provider.GetVersions(ctx)
	if err != nil {
		return false, err
	}
	if has > knows {
		return false, &store.OpenError{Database: s.name,
			Reason: fmt.Sprintf("was written by a newer parkmap (its tables have version %d, this program knows %d)", has, knows),
			Advice: "use that program, or a newer one"}
	}
	return has == knows, nil
}

// ensureSchema makes the schema, once.
func (s *Store) ensureSchema(ctx context.Context) error {
	return s.alone(ctx, `CREATE SCHEMA IF NOT EXISTS parkmap`)
}

// ensurePostGIS makes sure that there is a type geometry, and creates the extension if it may.
func (s *Store) ensurePostGIS(ctx context.Context) error {
	ok, err := s.seesGeometry(ctx)
	if ok || err != nil {
		return err
	}
	var schema string
	err = s.db.QueryRowContext(ctx, postgisSchema).Scan(&schema)
	if err == nil {
		return &store.OpenError{Database: s.name, Reason: fmt.Sprintf("has PostGIS in schema %q, where it is not found", schema),
			Advice: fmt.Sprintf("run ALTER ROLE … SET search_path = public, %s for the user", pq.QuoteIdentifier(schema))}
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return s.createPostGIS(ctx)
}

func (s *Store) seesGeometry(ctx context.Context) (ok bool, err error) {
	err = s.db.QueryRowContext(ctx, hasGeometry).Scan(&ok)
	return ok, err
}

// createPostGIS creates the extension. A refusal by the server becomes the sentence that PostGIS is
// missing.
func (s *Store) createPostGIS(ctx context.Context) error {
	err := s.alone(ctx, `CREATE EXTENSION IF NOT EXISTS postgis`)
	var e *pq.Error
	if errors.As(err, &e) && !pgconn.Transient(err) {
		advice := "let a superuser run CREATE EXTENSION postgis in it"
		if e.Code == pqerror.UndefinedFile || e.Code == pqerror.FeatureNotSupported {
			advice = "install PostGIS on the server, then run CREATE EXTENSION postgis in the database"
		}
		return &store.OpenError{Database: s.name, Reason: "has no PostGIS", Advice: advice, Err: err}
	}
	return err
}

// alone runs a statement while no other server changes tables.
func (s *Store) alone(ctx context.Context, statement string) error {
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1)`, migrationLock); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, statement)
		return err
	})
}
