package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"parkmap/internal/source"
)

// coldTiles are how many tiles of which zoom are made, for each connection.
var coldTiles = []struct{ z, n int }{{10, 1}, {12, 12}, {14, 64}}

// measureCold compares tiles of the million table, made for the first time, with ST_AsMVT.
func measureCold(ctx context.Context, dir string, o options, d *database, report *bytes.Buffer) error {
	fmt.Fprintf(report, "\nTiles that no cache has, of the largest table, with no limit to their size, asked for one after the other by one\n"+
		"connection, or by %d at the same time, one for each processor: then there is no processor left on which the database\n"+
		"could read ahead. Processor time is that of server and database together, HTTP included, or of the database and of who\n"+
		"reads (and gzips) its answers. Medians of %d rounds, in turns.\n\n"+
		"| table | zoom | gzip | connections | parkmap tiles/s | ST_AsMVT tiles/s | ratio | parkmap processor ms | ST_AsMVT processor ms | ratio |\n"+
		"| --- | --: | --- | --: | --: | --: | --: | --: | --: | --: |\n", runtime.NumCPU(), coldRounds(o))
	for _, table := range []string{million, millionProjected} {
		if err := measureColdTable(ctx, dir, o, d, table, report); err != nil {
			return err
		}
	}
	return nil
}

// coldRounds is how often cold tiles are made.
func coldRounds(o options) int { return min(o.rounds, 3) }

// coldTTL is how long the server keeps tiles: no round finds those of the one before.
const coldTTL = 50 * time.Millisecond

// measureColdTable measures the rows of one table.
func measureColdTable(ctx context.Context, dir string, o options, d *database, table string, report *bytes.Buffer) (err error) {
	s, err := serveTables(ctx, dir, o, d, table, "--tables-tile-kb", "0", "--tables-ttl", coldTTL.String())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	for _, tiles := range coldTiles {
		for _, encoding := range []string{"identity", "gzip"} {
			for _, conns := range slices.Compact([]int{1, runtime.NumCPU()}) {
				c := cold{table, encoding, conns, spots(d.largest.bounds(), tiles.z, tiles.n*conns)}
				if err := c.compare(ctx, o, d, s, report); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// cold is one row: tiles that are made by some connections.
type cold struct {
	table, encoding string
	conns           int
	tiles           []spot
}

// compare measures the row.
func (c cold) compare(ctx context.Context, o options, d *database, s *server, report *bytes.Buffer) error {
	use := func([]byte) {}
	if c.encoding == "gzip" {
		use = func(tile []byte) { source.AppendGzip(nil, tile) }
	}
	var rates, cpus [2][]float64
	var ratios, cpuRatios []float64
	for range coldRounds(o) {
		ours, err := c.serve(ctx, d, s)
		if err != nil {
			return err
		}
		theirs, err := d.reference(ctx, asMVT(c.table, c.table == millionProjected), c.tiles, c.conns, use)
		if err != nil {
			return err
		}
		for i, cost := range []cost{ours, theirs} {
			took, cpu := cost.each(len(c.tiles))
			rates[i], cpus[i] = append(rates[i], 1000/took), append(cpus[i], cpu)
		}
		ratios = append(ratios, float64(theirs.took)/float64(ours.took))
		cpuRatios = append(cpuRatios, float64(ours.cpu)/float64(max(theirs.cpu, tick)))
	}
	fmt.Fprintf(report, "| %s | %d | %s | %d | %.1f | %.1f | %.2f | %.1f | %.1f | %.2f |\n", c.table, c.tiles[0].z,
		map[string]string{"gzip": "both", "identity": "neither"}[c.encoding], c.conns,
		median(rates[0]), median(rates[1]), median(ratios), median(cpus[0]), median(cpus[1]), median(cpuRatios))
	return nil
}

// serve has the server make the tiles, after one of them for each connection.
func (c cold) serve(ctx context.Context, d *database, s *server) (cost, error) {
	if _, _, err := sweep(ctx, s.addr, tileTargets(c.table, c.table, c.encoding, c.tiles[:c.conns]), c.conns); err != nil {
		return cost{}, err
	}
	select {
	case <-ctx.Done():
		return cost{}, ctx.Err()
	case <-time.After(2 * coldTTL):
	}
	return costOf(func() (time.Duration, int64, error) {
		return sweep(ctx, s.addr, tileTargets(c.table, c.table, c.encoding, c.tiles), c.conns)
	}, s.cmd.Process.Pid, d.pid)
}
