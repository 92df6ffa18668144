package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// imageTargets asks for tiles of the layout as images; end is what stands in place of .mvt.
func imageTargets(name, end string, tiles []spot) []target {
	list := tileTargets(name, "layout", "gzip", tiles)
	for i := range list {
		list[i].path = strings.TrimSuffix(list[i].path, ".mvt") + end
	}
	return list
}

// measureImages measures tiles of the layout that are images: each made for the first time, and one and many from
// memory.
func measureImages(ctx context.Context, dir string, o options, report *bytes.Buffer) (err error) {
	s, _, err := start(ctx, dir, "/tiles/layout.json", o.binary, "serve", "--listen", "ADDR", "--store", filepath.Join(dir, "images.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	fmt.Fprintf(report, "\n## Tiles that are images\n\nCold: each tile of a zoom over the city is asked for once, with our own ground below, by %d connections; processor time\nof the server, the picture of the zoom that all are cut from included.\n\n"+
		"| tiles | number | bytes each | ms each | processor ms each |\n| --- | --: | --: | --: | --: |\n", runtime.NumCPU())
	for _, c := range []struct {
		z   int
		end string
	}{{8, ".png"}, {10, ".png"}, {11, ".png"}, {12, ".png"}, {14, ".png"}, {11, ".webp"}, {11, "@2x.png"}} {
		tiles := spots(layoutBox, c.z, 300)
		name := fmt.Sprintf("zoom %d, %s", c.z, c.end)
		cost, err := costOf(func() (time.Duration, int64, error) {
			return sweep(ctx, s.addr, imageTargets(name, c.end+"?bg=base", tiles), runtime.NumCPU())
		}, s.cmd.Process.Pid)
		if err != nil {
			return err
		}
		took, cpu := cost.each(len(tiles))
		fmt.Fprintf(report, "| %s | %d | %d | %.2f | %.2f |\n", name, len(tiles), cost.bytes/int64(len(tiles)), took, cpu)
	}
	mix := imageTargets("a mix of 200, as images", ".png?bg=base", spots(layoutBox, 11, 200))
	return hot(ctx, dir, o, s, report, imageTargets("one image", ".png", []spot{layoutTile}), mix)
}
