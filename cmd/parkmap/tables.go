package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"parkmap/internal/source/table"
)

// tableFlags say which tables of a database are published.
type tableFlags struct {
	Tables  string   `help:"PostGIS database of the tables to publish (default: that of --store)." placeholder:"URL" env:"PARKMAP_TABLES"`
	Publish []string `help:"Table or view to publish: schema.table, or a pattern with *; names with dots, commas or quotes stand in double quotes. May be repeated, or list several with commas between." sep:"none" placeholder:"PATTERN" env:"PARKMAP_PUBLISH"`
}

// tableLimits say how the database of the tables is used.
type tableLimits struct {
	TablesConns   int           `help:"Most connections for published tables." default:"8" env:"PARKMAP_TABLES_CONNS"`
	TablesTimeout time.Duration `help:"How long a query of a published table may take." default:"20s" env:"PARKMAP_TABLES_TIMEOUT"`
	TablesTileKB  int           `name:"tables-tile-kb" help:"Largest tile of a table in KB, compressed: details go before features; 0 leaves nothing out." default:"500" env:"PARKMAP_TABLES_TILE_KB"`
	TablesTTL     time.Duration `name:"tables-ttl" help:"How long tiles of a table are kept whose changes nobody records; see parkmap doctor." default:"1m" env:"PARKMAP_TABLES_TTL"`
}

// patterns parses what is published.
func (f tableFlags) patterns() ([]table.Pattern, error) {
	var list []table.Pattern
	for _, text := range f.Publish {
		some, err := table.ParsePatterns(text)
		if err != nil {
			return nil, fmt.Errorf("--publish: %w", err)
		}
		list = append(list, some...)
	}
	return list, nil
}

// database returns the address of the database of the tables and the flag that names it; "" where there is none.
func (f tableFlags) database(s storeFlags) (flag, dsn string, err error) {
	switch {
	case f.Tables != "" && !isPostGIS(f.Tables):
		return "", "", errors.New("--tables: write the address as postgres://user:password@host:5432/database")
	case f.Tables != "":
		return "--tables", f.Tables, nil
	case isPostGIS(s.Store):
		return "--store", s.Store, nil
	case len(f.Publish) > 0:
		return "", "", errors.New("--publish: there is no database to publish tables from; name it with --tables")
	}
	return "", "", nil
}

// openTables opens the published tables; nil where nothing is published.
func openTables(ctx context.Context, c Config, log *slog.Logger) (*table.Tables, error) {
	patterns, err := c.patterns()
	if err != nil || len(patterns) == 0 {
		return nil, err
	}
	flag, dsn, err := c.database(c.storeFlags)
	if err != nil {
		return nil, err
	}
	return table.Open(ctx, dsn, table.Options{
		Publish: patterns, Flag: flag, MaxConns: c.TablesConns, Timeout: c.TablesTimeout, TTL: c.TablesTTL, Log: log,
	})
}

// tablesCmd groups what can be done for tables.
type tablesCmd struct {
	Watch watchCmd `cmd:"" help:"Have the database record the changes of tables, so that tiles of them are never stale and kept for longer."`
}

// watchCmd adds triggers to tables.
type watchCmd struct {
	storeFlags
	Tables string   `help:"PostGIS database of the tables (default: that of --store)." placeholder:"URL" env:"PARKMAP_TABLES"`
	Print  bool     `help:"Show the statements and run none."`
	Table  []string `arg:"" sep:"none" help:"Tables to watch, named as for --publish."`
}

// Run adds the triggers and says to which tables, or prints the statements that would.
func (c *watchCmd) Run(ctx context.Context, s streams) error {
	f := tableFlags{Tables: c.Tables, Publish: c.Table}
	patterns, err := f.patterns()
	if err != nil {
		return err
	}
	flag, dsn, err := f.database(c.storeFlags)
	if err != nil {
		return err
	}
	found := false
	err = table.Watch(ctx, dsn, table.Options{Publish: patterns, Flag: flag}, c.Print, func(name, statements string) {
		found = true
		if c.Print {
			fmt.Fprintln(s.out, strings.TrimSpace(statements))
		} else {
			fmt.Fprintln(s.out, "changes are recorded:", name)
		}
	})
	if err == nil && !found {
		return fmt.Errorf("there is no table of this name: %s; views cannot be watched", strings.Join(c.Table, ", "))
	}
	return err
}

// examineTables says of each table with a geometry why it is not published, or what would make it better.
func examineTables(ctx context.Context, s streams, f tableFlags, store storeFlags) error {
	patterns, err := f.patterns()
	if err != nil {
		return err
	}
	flag, dsn, err := f.database(store)
	if err != nil || dsn == "" {
		return err
	}
	findings, err := table.Examine(ctx, dsn, table.Options{Publish: patterns, Flag: flag})
	if err != nil {
		return err
	}
	for _, found := range findings {
		if found.Refused != "" {
			fmt.Fprintf(s.out, "table:     %s is not published: %s\n", found.Table, found.Refused)
			continue
		}
		fmt.Fprintf(s.out, "table:     %s is published as %s\n", found.Table, found.Collection)
		for _, a := range found.Advice {
			fmt.Fprintf(s.out, "           - %s\n", a.Why)
			for line := range strings.Lines(a.SQL) {
				fmt.Fprintf(s.out, "             %s\n", strings.TrimRight(line, "\n"))
			}
		}
	}
	return nil
}
