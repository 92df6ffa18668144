package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// measureTables measures published tables: their tiles, cold beside ST_AsMVT and hot, and their features.
func measureTables(ctx context.Context, dir string, o options, report *bytes.Buffer) (err error) {
	d, err := startDatabase(ctx, o.quick)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	fmt.Fprintf(report, "\n## Tables of parcels\n\nMade-up parcels of 5 to 37 vertices with shared borders, some 850 in a tile of zoom 14, in a PostGIS on the same\nmachine that has all of them in memory. A larger table covers more land.\n")
	for _, part := range []func(context.Context, string, options, *database, *bytes.Buffer) error{measureCold, measureGrowth, measureHotTable, measureItems} {
		if err := part(ctx, dir, o, d, report); err != nil {
			return err
		}
	}
	return nil
}

// serveTables starts the program with a table published, or several by a pattern, and waits until it has measured them
// and nothing goes on in the background.
func serveTables(ctx context.Context, dir string, o options, d *database, table string, args ...string) (*server, error) {
	s, _, err := start(ctx, dir, "/api/collections", o.binary,
		append([]string{"serve", "--listen", "ADDR", "--store", filepath.Join(dir, "tables.db"), "--tables", d.dsn, "--publish", "public." + table}, args...)...)
	if err != nil {
		return nil, err
	}
	if err := settle(ctx, s.cmd.Process.Pid, d.pid); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

// measureGrowth makes the same tiles of tables that grow, and tells the most memory that the server took.
func measureGrowth(ctx context.Context, dir string, o options, d *database, report *bytes.Buffer) error {
	fmt.Fprintf(report, "\nThe same nine tiles of zoom 16, made for the first time, and then all of zoom 14, at most 200, of tables that grow; the\nmemory is the most that the server had.\n\n"+
		"| table | ms each | processor ms each | zoom 14: tiles | processor ms each | memory, MiB |\n| --- | --: | --: | --: | --: | --: |\n")
	for _, t := range sides {
		if err := grow(ctx, dir, o, d, t.table, report); err != nil {
			return err
		}
	}
	return nil
}

// grow measures one table.
func grow(ctx context.Context, dir string, o options, d *database, table string, report *bytes.Buffer) (err error) {
	s, err := serveTables(ctx, dir, o, d, table)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	conns := runtime.NumCPU()
	middle := cadastre{side: 28}.bounds()
	many := spots(d.side(table).bounds(), 14, 200)
	var row []float64
	for _, tiles := range [][]spot{{{18, 206000, 107000}, {18, 206001, 107000}}, spots(middle, 16, 9), many} {
		c, err := costOf(func() (time.Duration, int64, error) {
			return sweep(ctx, s.addr, tileTargets(table, table, "gzip", tiles), conns)
		}, s.cmd.Process.Pid, d.pid)
		if err != nil {
			return err
		}
		took, cpu := c.each(max(len(tiles), 1))
		row = append(row, took, cpu)
	}
	memory, err := s.peakMiB()
	fmt.Fprintf(report, "| %s | %.2f | %.2f | %d | %.2f | %.0f |\n", table, row[2], row[3], len(many), row[5], memory)
	return err
}

// measureHotTable compares a mix of tiles of the largest table, all made before, with the bare handler.
func measureHotTable(ctx context.Context, dir string, o options, d *database, report *bytes.Buffer) (err error) {
	s, err := serveTables(ctx, dir, o, d, million, "--tables-ttl", "1h")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	var tiles []spot
	for _, c := range []struct{ z, n int }{{10, 2}, {12, 8}, {14, 30}, {16, 60}} {
		tiles = append(tiles, spots(d.largest.bounds(), c.z, c.n)...)
	}
	mix := tileTargets(fmt.Sprintf("%d tiles of %s, zooms 10 to 16", len(tiles), million), million, "gzip", tiles)
	return hot(ctx, dir, o, s, report, mix)
}

// note tells on the terminal what is being measured.
func note(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
