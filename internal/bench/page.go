package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// manyParks is the size of the made-up layout that stands for a large one.
const manyParks = 3000

// visit is what scripts/measure-page.mjs says of a first visit: milliseconds, nil where the browser told none, and bytes on
// the wire by kind.
type visit struct {
	LCP                               *float64
	CLS, List, Map, Longest, Blocking float64
	Weight                            map[string]float64
}

// pageResult is what scripts/measure-page.mjs prints. What the page does not have is nil.
type pageResult struct {
	Fast, Slow      visit
	Use             map[string]float64
	Filter, Offline *float64
}

// row is a line of the table: a figure of each layout and what it should not exceed.
type row struct {
	what   string
	budget string
	figure func(pageResult) *float64
	format string
}

// pageRows are the figures of the map page with the budgets of a phone of middling speed.
func pageRows() []row {
	weight := func(kind string) func(pageResult) *float64 {
		return func(p pageResult) *float64 { return new(p.Fast.Weight[kind] / 1024) }
	}
	use := func(act string) func(pageResult) *float64 {
		return func(p pageResult) *float64 { return new(p.Use[act]) }
	}
	return []row{
		{"HTML, KB", "20", weight("html"), "%.1f"},
		{"CSS, KB", "18", weight("css"), "%.1f"},
		{"JavaScript, KB", "95", weight("js"), "%.1f"},
		{"data, KB", "70", weight("data"), "%.1f"},
		{"anything else, KB", "", weight("other"), "%.1f"},
		{"largest paint (LCP), ms", "2000", func(p pageResult) *float64 { return p.Fast.LCP }, "%.0f"},
		{"list can be used, ms", "1500", func(p pageResult) *float64 { return &p.Fast.List }, "%.0f"},
		{"map can be used, ms", "2500", func(p pageResult) *float64 { return &p.Fast.Map }, "%.0f"},
		{"shift of the layout (CLS)", "0.05", func(p pageResult) *float64 { return &p.Fast.CLS }, "%.3f"},
		{"longest task once the map can be used, ms", "50", func(p pageResult) *float64 { return &p.Fast.Longest }, "%.0f"},
		{"sum of blocking over the whole start, ms", "150", func(p pageResult) *float64 { return &p.Fast.Blocking }, "%.0f"},
		{"slow 3G: list, ms", "5000", func(p pageResult) *float64 { return &p.Slow.List }, "%.0f"},
		{"slow 3G: map, ms", "12000", func(p pageResult) *float64 { return &p.Slow.Map }, "%.0f"},
		{"second visit without a network, ms", "", func(p pageResult) *float64 { return p.Offline }, "%.0f"},
		{"filter, from the click to list and map, ms", "100", func(p pageResult) *float64 { return p.Filter }, "%.0f"},
		{"desktop: longest task, hovering, ms", "50", use("hover"), "%.0f"},
		{"desktop: longest task, panning, ms", "50", use("pan"), "%.0f"},
		{"desktop: longest task, zooming, ms", "50", use("zoom"), "%.0f"},
		{"desktop: longest task, selecting, ms", "50", use("select"), "%.0f"},
	}
}

// measurePage measures the map page in a browser, with the built-in layout and with a made-up one of
// thousands of parks, and the server with the latter.
func measurePage(ctx context.Context, dir string, o options, report *bytes.Buffer) error {
	folder := filepath.Join(dir, "many")
	if err := generate(ctx, options{layout: folder, parks: manyParks}); err != nil {
		return err
	}
	small, _, err := pageOf(ctx, dir, o)
	if err != nil {
		return err
	}
	large, server, err := pageOf(ctx, dir, o, "--layout", folder)
	if err != nil {
		return err
	}
	fmt.Fprintf(report, "\n## The map page in a browser\n\nA first visit with a cold cache on a phone of middling speed (390 × 844, the processor four times slower), network of 9 Mbit/s with\n"+
		"170 ms round trip, or slow 3G with 0.4 Mbit/s and 400 ms; sizes as sent, heads included, brotli. The filter is measured\n"+
		"on a desktop (1440 × 900) with the slow processor, the tasks of a desktop at its own speed, where 0 says that none\n"+
		"took 50 ms. Medians of %d. The budgets are those of the built-in layout. The large one is made up:\n"+
		"`go run ./internal/bench -layout DIR -parks %d` writes it, `bin/parkmap serve --layout DIR --store NEW.db` serves it.\n\n",
		o.visits, manyParks)
	fmt.Fprintf(report, "| | built-in layout | %d parks | budget |\n| --- | --: | --: | --: |\n", manyParks)
	for _, r := range pageRows() {
		a, b := r.figure(small), r.figure(large)
		if a == nil || b == nil {
			continue
		}
		fmt.Fprintf(report, "| %s | "+r.format+" | "+r.format+" | %s |\n", r.what, *a, *b, r.budget)
	}
	fmt.Fprintf(report, "\nThe server with %d parks: %s.\n", manyParks, server)
	return nil
}

// pageOf starts the program on an empty store and measures its map page; server says in words how the
// program itself fared.
func pageOf(ctx context.Context, dir string, o options, args ...string) (result pageResult, server string, err error) {
	store, err := os.MkdirTemp(dir, "store-")
	if err != nil {
		return result, "", err
	}
	args = append([]string{"serve", "--listen", "ADDR", "--store", filepath.Join(store, "layout.db")}, args...)
	s, took, err := start(ctx, dir, "/readyz", o.binary, args...)
	if err != nil {
		return result, "", err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	cmd := exec.CommandContext(ctx, "node", "scripts/measure-page.mjs", "http://"+s.addr+"/", strconv.Itoa(o.visits))
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return result, "", fmt.Errorf("measure the page: %w", err)
	}
	if err := json.Unmarshal(text, &result); err != nil {
		return result, "", err
	}
	memory, err := s.memoryMiB()
	server = fmt.Sprintf("%d ms from start to ready on an empty store, which it seeds; %.0f MiB resident after the visits", took.Milliseconds(), memory)
	return result, server, err
}
