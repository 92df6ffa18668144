package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// paperTargets are documents for paper that no cache has: the sheets of the areas, and the book, in both languages.
func paperTargets() map[string][]target {
	out := map[string][]target{}
	for _, lang := range []string{"zh", "en"} {
		for _, id := range []string{"C1", "Z1", "P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P10", "P11", "P12"} {
			name := "sheet of an area, " + lang
			out[name] = append(out[name], target{name: name, path: "/f/" + id + ".pdf?lang=" + lang, encoding: "identity"})
		}
		name := "book of the layout, " + lang
		out[name] = []target{{name: name, path: "/book.pdf?lang=" + lang, encoding: "identity"}}
	}
	return out
}

// measurePaper measures documents for paper, each asked for once, one after the other.
func measurePaper(ctx context.Context, dir string, o options, report *bytes.Buffer) (err error) {
	s, _, err := start(ctx, dir, "/readyz", o.binary, "serve", "--listen", "ADDR", "--store", filepath.Join(dir, "paper.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	fmt.Fprintf(report, "\n## Documents for paper\n\nEach asked for once, one after the other, by one connection. A sheet is to take 300 ms at most and 500 KB.\n\n"+
		"| documents | number | KB each | ms each | processor ms each |\n| --- | --: | --: | --: | --: |\n")
	targets := paperTargets()
	for _, name := range []string{"sheet of an area, zh", "sheet of an area, en", "book of the layout, zh", "book of the layout, en"} {
		list := targets[name]
		c, err := costOf(func() (time.Duration, int64, error) { return sweep(ctx, s.addr, list, 1) }, s.cmd.Process.Pid)
		if err != nil {
			return err
		}
		took, cpu := c.each(len(list))
		fmt.Fprintf(report, "| %s | %d | %.0f | %.1f | %.1f |\n", name, len(list), float64(c.bytes)/1024/float64(len(list)), took, cpu)
	}
	return nil
}
