package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"parkmap/geodata"
	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/store/account"
	"parkmap/internal/store/postgis"
	"parkmap/internal/store/sqlite"
)

// isPostGIS says whether a store is named by the address of a PostgreSQL server.
func isPostGIS(name string) bool {
	return strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://")
}

// database is a store with its accounts.
type database interface {
	edit.Store
	Accounts() *account.Keeper
}

// openStore opens the store that the flags name. To serve means that no second server may have the same
// file, and that file and folder are made where there are none; a PostGIS database may be waited for until
// connect is over.
func openStore(ctx context.Context, f storeFlags, serve bool, connect time.Duration) (database, error) {
	if isPostGIS(f.Store) {
		s, err := postgis.Open(ctx, f.Store, postgis.Options{ConnectDeadline: connect})
		if err != nil {
			return nil, err
		}
		return s, nil
	}
	if _, err := os.Stat(f.Store); !serve && errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--store: there is no file %s; parkmap serve makes one", f.Store)
	}
	if serve {
		if err := os.MkdirAll(filepath.Dir(f.Store), 0o750); err != nil {
			return nil, fmt.Errorf("--store: no folder for %s could be made: %w", f.Store, err)
		}
	}
	s, err := sqlite.Open(ctx, f.Store, sqlite.Options{Serve: serve})
	if err != nil {
		return nil, err
	}
	return s, nil
}

// seedLayout reads the layout that an empty store starts from: the folder, or the built-in one where no
// folder is named.
func seedLayout(folder string) (*layout.Layout, error) {
	if folder == "" {
		return layout.ReadFolder(geodata.FS)
	}
	info, err := os.Stat(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--layout: there is no folder %s", folder)
	}
	if err != nil {
		return nil, fmt.Errorf("--layout: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("--layout: %s is a file; a layout is a folder", folder)
	}
	l, err := layout.ReadFolder(os.DirFS(folder))
	if err != nil {
		return nil, fmt.Errorf("--layout %s: %w", folder, err)
	}
	return l, nil
}
