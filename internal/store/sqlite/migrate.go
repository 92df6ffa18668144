package sqlite

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"

	"parkmap/internal/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// hasVersionTable says whether any migration has run.
const hasVersionTable = `SELECT count(*) > 0 FROM sqlite_schema WHERE type = 'table' AND name = 'goose_db_version'`

// migrate brings the tables up to date. It changes them only with the lock of the file in hand, so
// never under a running server, and never two at a time.
func (s *Store) migrate(ctx context.Context, o Options) error {
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, s.write, folder, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	if current, err := s.upToDate(ctx, provider); current || err != nil {
		return err
	}
	if err := s.acquire(ctx, o); err != nil {
		if current, _ := s.upToDate(ctx, provider); current {
			return nil // the server that has the lock has just done it
		}
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// upToDate says whether the file has just the tables that this program knows. A file with more than
// those is an error.
func (s *Store) upToDate(ctx context.Context, provider *goose.Provider) (bool, error) {
	var any bool
	if err := s.write.QueryRowContext(ctx, hasVersionTable).Scan(&any); err != nil || !any {
		return false, err
	}
	has, knows, err := provider.GetVersions(ctx)
	if err != nil {
		return false, err
	}
	if has > knows {
		return false, &store.OpenError{Database: s.path,
			Reason: fmt.Sprintf("was written by a newer parkmap (its tables have version %d, this program knows %d)", has, knows),
			Advice: "use that program, or a newer one"}
	}
	return has == knows, nil
}
