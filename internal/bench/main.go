// Command bench measures the built parkmap binary in its default configuration: requests per second as a
// ratio to a bare net/http handler that writes the same bytes, the time from start to the first answer,
// memory, vector tiles of the layout and of tables of up to a million parcels beside ST_AsMVT, and the map page in a
// browser. With -soak it looks for leaks under a long mixed load instead, and with -layout it writes a made-up
// layout of thousands of parks. It knows the program by its command line and its HTTP surface only.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"
)

// options are the flags.
type options struct {
	binary  string
	rounds  int
	seconds time.Duration
	conns   int
	soak    time.Duration
	bare    string
	out     string
	visits  int
	layout  string
	parks   int
	only    string
	quick   bool
}

// wants tells whether a part of the measurements is asked for.
func (o options) wants(part string) bool {
	return o.only == "" || slices.Contains(strings.Split(o.only, ","), part)
}

func main() {
	var o options
	flag.StringVar(&o.binary, "binary", "bin/parkmap", "the program to measure")
	flag.IntVar(&o.rounds, "rounds", 5, "rounds; the median counts")
	flag.DurationVar(&o.seconds, "for", 2*time.Second, "length of one measurement")
	flag.IntVar(&o.conns, "conns", 16, "connections")
	flag.DurationVar(&o.soak, "soak", 0, "run a mixed load this long and look for leaks")
	flag.StringVar(&o.bare, "bare", "", "serve a recorded answer with a bare handler (used by bench itself)")
	flag.StringVar(&o.out, "out", "", "also write the report to this file")
	flag.IntVar(&o.visits, "visits", 3, "visits of the map page in a browser; the median counts")
	flag.StringVar(&o.layout, "layout", "", "write a made-up layout folder here and stop")
	flag.IntVar(&o.parks, "parks", 3000, "how many parks a made-up layout has")
	flag.StringVar(&o.only, "only", "", "only these parts, commas between: api, tiles, images, pictures, paper, tables, page")
	flag.BoolVar(&o.quick, "quick", false, "with small tables and short rounds: to try the measurements, not to measure")
	flag.Parse()
	if o.quick {
		o.rounds, o.seconds, o.visits = 1, 200*time.Millisecond, 1
	}

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	run := measure
	switch {
	case o.bare != "":
		run = serveBare
	case o.soak > 0:
		run = soak
	case o.layout != "":
		run = generate
	}
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}
