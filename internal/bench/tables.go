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

	"parkmap/internal/source"
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

// serveTables starts the program with the tables published.
func serveTables(ctx context.Context, dir string, o options, d *database, args ...string) (*server, error) {
	s, _, err := start(ctx, dir, "/tiles/"+million+".json", o.binary,
		append([]string{"serve", "--listen", "ADDR", "--store", filepath.Join(dir, "tables.db"), "--tables", d.dsn, "--publish", "public.parcels_*"}, args...)...)
	return s, err
}

// coldTiles are how many tiles of which zoom are made.
var coldTiles = []struct{ z, n int }{{10, 4}, {12, 32}, {14, 128}}

// measureCold compares tiles of the million table, made for the first time, with ST_AsMVT.
func measureCold(ctx context.Context, dir string, o options, d *database, report *bytes.Buffer) error {
	fmt.Fprintf(report, "\nTiles made for the first time, by %d connections, of the largest table, with no limit to their size; processor time of\nserver and database together, or of the database and of who reads (and gzips) its answers. Medians of %d rounds, in turns.\n\n"+
		"| table | zoom | gzip | parkmap tiles/s | ST_AsMVT tiles/s | ratio | parkmap processor ms | ST_AsMVT processor ms | ratio |\n| --- | --: | --- | --: | --: | --: | --: | --: | --: |\n", runtime.NumCPU(), coldRounds(o))
	for _, table := range []string{million, millionProjected} {
		for _, c := range coldTiles {
			for _, encoding := range []string{"identity", "gzip"} {
				if err := compareCold(ctx, dir, o, d, table, c.z, c.n, encoding, report); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// coldRounds is how often cold tiles are made.
func coldRounds(o options) int { return min(o.rounds, 3) }

// compareCold measures one row.
func compareCold(ctx context.Context, dir string, o options, d *database, table string, z, n int, encoding string, report *bytes.Buffer) error {
	tiles := spots(d.largest.bounds(), z, n)
	use := func([]byte) {}
	if encoding == "gzip" {
		use = func(tile []byte) { source.AppendGzip(nil, tile) }
	}
	var rates, cpus [2][]float64
	var ratios, cpuRatios []float64
	for range coldRounds(o) {
		ours, err := coldTilesOf(ctx, dir, o, d, table, tiles, encoding)
		if err != nil {
			return err
		}
		theirs, err := d.reference(ctx, asMVT(table, table == millionProjected), tiles, use)
		if err != nil {
			return err
		}
		for i, c := range []cost{ours, theirs} {
			took, cpu := c.each(len(tiles))
			rates[i], cpus[i] = append(rates[i], 1000/took), append(cpus[i], cpu)
		}
		ratios = append(ratios, float64(theirs.took)/float64(ours.took))
		cpuRatios = append(cpuRatios, float64(ours.cpu)/float64(max(theirs.cpu, tick)))
	}
	fmt.Fprintf(report, "| %s | %d | %s | %.1f | %.1f | %.2f | %.1f | %.1f | %.2f |\n", table, z, map[string]string{"gzip": "both", "identity": "neither"}[encoding],
		median(rates[0]), median(rates[1]), median(ratios), median(cpus[0]), median(cpus[1]), median(cpuRatios))
	return nil
}

// coldTilesOf makes tiles with a server that has made others of the table before, but none of these.
func coldTilesOf(ctx context.Context, dir string, o options, d *database, table string, tiles []spot, encoding string) (c cost, err error) {
	s, err := serveTables(ctx, dir, o, d, "--tables-tile-kb", "0")
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	conns := runtime.NumCPU()
	var warm []spot
	for i := range 4 * conns {
		warm = append(warm, spot{18, tiles[0].deepen(18).x + i, tiles[0].deepen(18).y})
	}
	if _, _, err := sweep(ctx, s.addr, tileTargets(table, table, encoding, warm), conns); err != nil {
		return c, err
	}
	return costOf(func() (time.Duration, int64, error) {
		return sweep(ctx, s.addr, tileTargets(table, table, encoding, tiles), conns)
	}, s.cmd.Process.Pid, d.pid)
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
	s, err := serveTables(ctx, dir, o, d)
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
	s, err := serveTables(ctx, dir, o, d, "--tables-ttl", "1h")
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
