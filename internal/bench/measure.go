package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// targets are the answers that are measured.
var targets = []target{
	{"whole layout, gzip", "/api/collections/areas/items", "gzip"},
	{"whole layout, br", "/api/collections/areas/items", "br"},
	{"whole layout, identity", "/api/collections/areas/items", "identity"},
	{"one item, gzip", "", "gzip"},
}

// result is what a mix of targets gave.
type result struct {
	bytes        int     // of the answers together
	served, bare rate    // medians
	ratio        float64 // median of the ratios of the rounds
	slower       float64 // median of the ratios of the 99th percentiles
}

// measure starts the program on an empty store, measures it, and prints a report in Markdown.
func measure(ctx context.Context, o options) (err error) {
	dir, err := os.MkdirTemp("", "parkmap-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)

	var report bytes.Buffer
	fmt.Fprintf(&report, "# Performance\n\nMeasured by `make bench` on %s with the program in its default configuration, log and metrics on.\n", machine())
	report.WriteString("Rates move with the machine; the ratios of one run are what counts: the same bytes from a bare `net/http` handler,\nin turns, median of the rounds. `make bench ARGS='-out docs/performance.md'` renews this page.\n\n" +
		"What a first visit weighs is checked by `test/browser/weight.test.mjs` in each run of `make test`.\n\n")

	for _, part := range []struct {
		name    string
		measure func(context.Context, string, options, *bytes.Buffer) error
	}{{"api", measureAPI}, {"tiles", measureLayoutTiles}, {"images", measureImages}, {"pictures", measurePictures}, {"paper", measurePaper}, {"tables", measureTables}, {"page", measurePage}} {
		if !o.wants(part.name) {
			continue
		}
		if err := part.measure(ctx, dir, o, &report); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	fmt.Print(report.String())
	if o.out != "" {
		return os.WriteFile(o.out, report.Bytes(), 0o644)
	}
	return nil
}

// measureAPI measures starts, idle memory and the answers that are made from the layout.
func measureAPI(ctx context.Context, dir string, o options, report *bytes.Buffer) (err error) {
	s, err := measureStart(ctx, dir, o, report)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	return measureRates(ctx, dir, o, s, report)
}

// machine describes where the program runs.
func machine() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	model := runtime.GOARCH
	if err == nil {
		if _, rest, ok := strings.Cut(string(info), "model name"); ok {
			line, _, _ := strings.Cut(rest, "\n")
			model = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), ":"))
		}
	}
	return fmt.Sprintf("%d cores (%s), %s, %s", runtime.NumCPU(), model, runtime.GOOS, runtime.Version())
}

// measureStart starts the program several times on the same store, the first time on an empty one, and
// returns the last one running.
func measureStart(ctx context.Context, dir string, o options, report *bytes.Buffer) (*server, error) {
	fmt.Fprintf(report, "| start to the first 200 of `/api/collections/areas/items` | ms |\n| --- | --: |\n")
	var again []float64
	for i := range o.rounds + 1 {
		s, took, err := start(ctx, dir, "/api/collections/areas/items", o.binary,
			"serve", "--listen", "ADDR", "--store", filepath.Join(dir, "layout.db"))
		if err != nil {
			return nil, err
		}
		if i == 0 {
			fmt.Fprintf(report, "| on an empty store, which it seeds | %d |\n", took.Milliseconds())
		} else {
			again = append(again, float64(took.Milliseconds()))
		}
		if i == o.rounds {
			fmt.Fprintf(report, "| on the store it left | %.0f |\n\n", median(again))
			return s, idle(ctx, s, report)
		}
		if err := s.stop(); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("no rounds")
}

// idle waits until the start is over and reports the memory.
func idle(ctx context.Context, s *server, report *bytes.Buffer) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(5 * time.Second):
	}
	memory, err := s.memoryMiB()
	fmt.Fprintf(report, "Memory when idle, 5 s after the start: %.0f MiB resident.\n\n", memory)
	return err
}

// measureRates compares the program with the bare handler, target by target, in turns.
func measureRates(ctx context.Context, dir string, o options, s *server, report *bytes.Buffer) error {
	fmt.Fprintf(report, "| answer | bytes | parkmap req/s | bare handler req/s | ratio |\n| --- | --: | --: | --: | --: |\n")
	for _, t := range targets {
		if t.path == "" {
			id, err := firstID(s.addr)
			if err != nil {
				return err
			}
			t.path = "/api/collections/areas/items/" + id
		}
		r, err := compare(ctx, dir, o, s, o.conns, t)
		if err != nil {
			return err
		}
		fmt.Fprintf(report, "| %s | %d | %.0f | %.0f | %.2f |\n", t.name, r.bytes, r.served.perSecond, r.bare.perSecond, r.ratio)
	}
	after, err := s.memoryMiB()
	fmt.Fprintf(report, "\nMemory after that load: %.0f MiB.\n", after)
	return err
}

// compare measures targets, asked for in turns, against a bare handler that writes the same bytes.
func compare(ctx context.Context, dir string, o options, s *server, conns int, targets ...target) (r result, err error) {
	answers, err := os.MkdirTemp(dir, "answers-")
	if err != nil {
		return r, err
	}
	for _, t := range targets {
		head, body, err := record(s.addr, t)
		if err != nil {
			return r, fmt.Errorf("%s: %w", t.path, err)
		}
		r.bytes += len(body)
		if err := os.WriteFile(answerFile(answers, t.path), slices.Concat(head, []byte("\r\n\r\n"), body), 0o600); err != nil {
			return r, err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return r, err
	}
	bare, _, err := start(ctx, dir, "/", self, "-bare", "ADDR,"+answers)
	if err != nil {
		return r, err
	}
	defer func() { _ = bare.cmd.Process.Kill(); _ = bare.cmd.Wait() }()
	var rounds [2][]rate
	for range o.rounds {
		for i, addr := range []string{s.addr, bare.addr} {
			got, err := load(ctx, addr, targets, conns, o.seconds)
			if err != nil {
				return r, err
			}
			rounds[i] = append(rounds[i], got)
		}
	}
	r.sum(rounds)
	return r, nil
}

// sum takes the medians of rounds, those of the program before those of the bare handler.
func (r *result) sum(rounds [2][]rate) {
	var perSecond, p99 [2][]float64
	var ratios, slower []float64
	for i := range rounds[0] {
		for k := range rounds {
			perSecond[k] = append(perSecond[k], rounds[k][i].perSecond)
			p99[k] = append(p99[k], float64(rounds[k][i].p99))
		}
		ratios = append(ratios, perSecond[0][i]/perSecond[1][i])
		slower = append(slower, p99[0][i]/p99[1][i])
	}
	r.served = rate{median(perSecond[0]), time.Duration(median(p99[0]))}
	r.bare = rate{median(perSecond[1]), time.Duration(median(p99[1]))}
	r.ratio, r.slower = median(ratios), median(slower)
}

// median is the middle of values, which is not empty.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
