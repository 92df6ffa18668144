package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// pictureRounds is how many pictures of a kind are made, each of another size, so that none is kept.
const pictureRounds = 12

// measurePictures measures what the server takes to draw figure 1 in each format, and a map.
func measurePictures(ctx context.Context, dir string, o options, report *bytes.Buffer) (err error) {
	s, _, err := start(ctx, dir, "/map/fig1.png?width=100&height=100", o.binary, "serve", "--listen", "ADDR", "--store", filepath.Join(dir, "pictures.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	fmt.Fprintf(report, "\n## Pictures\n\nEach is made for the first time, one after the other; processor time of the server, HTTP and compression included.\n\n"+
		"| picture | number | KB each | ms each | processor ms each |\n| --- | --: | --: | --: | --: |\n")
	for _, kind := range []struct{ name, path string }{
		{"figure 1, 1600 px, PNG", "/map/fig1.png?width=1600&height=%d"},
		{"figure 1, 1600 px, WebP", "/map/fig1.webp?width=1600&height=%d"},
		{"figure 1, 1600 px, SVG", "/map/fig1.svg?width=1600&height=%d"},
		{"figure 1, 1600 px, PDF", "/map/fig1.pdf?width=1600&height=%d"},
		{"map of areas in EPSG:4544, PNG", "/api/collections/areas/map?f=png&crs=EPSG:4544&width=1000&height=%d"},
	} {
		var targets []target
		for i := range pictureRounds {
			targets = append(targets, target{kind.name, fmt.Sprintf(kind.path, 1200+i), "identity"})
		}
		c, err := costOf(func() (time.Duration, int64, error) { return sweep(ctx, s.addr, targets, 1) }, s.cmd.Process.Pid)
		if err != nil {
			return err
		}
		took, cpu := c.each(len(targets))
		fmt.Fprintf(report, "| %s | %d | %d | %.1f | %.1f |\n", kind.name, len(targets), c.bytes/int64(len(targets))>>10, took, cpu)
	}
	return nil
}
