package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"github.com/paulmach/orb"
)

// layoutTile is one that shows much: the core with what is around it.
var layoutTile = spot{10, 807, 420}

// layoutBox is where the layout lies.
var layoutBox = orb.Bound{Min: orb.Point{103, 30.1}, Max: orb.Point{104.9, 31.4}}

// measureLayoutTiles measures tiles of the layout: each made for the first time, and one and many from memory.
func measureLayoutTiles(ctx context.Context, dir string, o options, report *bytes.Buffer) (err error) {
	s, _, err := start(ctx, dir, "/tiles/layout.json", o.binary, "serve", "--listen", "ADDR", "--store", filepath.Join(dir, "tiles.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	fmt.Fprintf(report, "\n## Tiles of the layout\n\nCold: each tile of a zoom is asked for once, gzipped, by %d connections; processor time of the server, HTTP included,\nand of zoom 12 the same again, from memory.\n\n"+
		"| tiles | number | bytes each | ms each | processor ms each |\n| --- | --: | --: | --: | --: |\n", runtime.NumCPU())
	for _, z := range []int{8, 10, 12, 14, 12} {
		tiles := spots(layoutBox, z, 2000)
		name := fmt.Sprintf("zoom %d", z)
		c, err := costOf(func() (time.Duration, int64, error) {
			return sweep(ctx, s.addr, tileTargets(name, "layout", "gzip", tiles), runtime.NumCPU())
		}, s.cmd.Process.Pid)
		if err != nil {
			return err
		}
		took, cpu := c.each(len(tiles))
		fmt.Fprintf(report, "| %s | %d | %d | %.3f | %.3f |\n", name, len(tiles), c.bytes/int64(len(tiles)), took, cpu)
	}
	mix := tileTargets("a mix of 200", "layout", "gzip", spots(layoutBox, 11, 200))
	return hot(ctx, dir, o, s, report, tileTargets("one tile", "layout", "gzip", []spot{layoutTile}), mix)
}

// hot compares mixes of targets, all of them in memory, with the bare handler.
func hot(ctx context.Context, dir string, o options, s *server, report *bytes.Buffer, mixes ...[]target) error {
	fmt.Fprintf(report, "\n| hot | connections | bytes | parkmap req/s | bare handler req/s | ratio | parkmap p99 ms | bare handler p99 ms | ratio |\n| --- | --: | --: | --: | --: | --: | --: | --: | --: |\n")
	for _, mix := range mixes {
		for _, conns := range []int{o.conns, 64} {
			r, err := compare(ctx, dir, o, s, conns, mix...)
			if err != nil {
				return err
			}
			fmt.Fprintf(report, "| %s | %d | %d | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f |\n", mix[0].name, conns, r.bytes/len(mix),
				r.served.perSecond, r.bare.perSecond, r.ratio, r.served.p99.Seconds()*1000, r.bare.p99.Seconds()*1000, r.slower)
		}
	}
	return nil
}
