package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// mix is the load of a soak run: what people, crawlers and programs ask for.
var mix = []target{
	{"page", "/", "br"},
	{"data pack", "/pack.json", "br"},
	{"whole layout", "/api/collections/areas/items", "gzip"},
	{"a box", "/api/collections/areas/items?bbox=100,20,110,40", "gzip"},
	{"search", "/api/collections/areas/items?q=a", "gzip"},
	{"table", "/api/collections/units/items?f=csv", "identity"},
	{"description", "/api/openapi.json", "gzip"},
}

// growth is how much memory and how many goroutines may grow between the first and the last quarter.
const growth = 1.25

// soak runs the mix in turns for o.soak and fails when an answer fails or memory or goroutines grow.
func soak(ctx context.Context, o options) (err error) {
	dir, err := os.MkdirTemp("", "parkmap-soak-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s, _, err := start(ctx, dir, "/readyz", o.binary, "serve", "--listen", "ADDR", "--store", filepath.Join(dir, "layout.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()

	end := time.Now().Add(o.soak)
	var memory, goroutines []float64
	for time.Now().Before(end) && ctx.Err() == nil {
		for _, t := range mix {
			got, err := load(ctx, s.addr, []target{t}, o.conns, time.Second)
			if err != nil {
				return err
			}
			fmt.Printf("%-14s %8.0f req/s\n", t.name, got.perSecond)
		}
		m, g, err := vitals(s)
		if err != nil {
			return err
		}
		memory, goroutines = append(memory, m), append(goroutines, g)
		fmt.Printf("memory %.0f MiB, %.0f goroutines\n", m, g)
	}
	return errors.Join(steady("memory", memory), steady("goroutines", goroutines))
}

var goroutinesLine = regexp.MustCompile(`(?m)^go_goroutines (\S+)$`)

// vitals returns the memory in MiB and the number of goroutines.
func vitals(s *server) (memory, goroutines float64, err error) {
	if memory, err = s.memoryMiB(); err != nil {
		return 0, 0, err
	}
	text, err := fetch("http://" + s.addr + "/metrics")
	if err != nil {
		return 0, 0, err
	}
	m := goroutinesLine.FindSubmatch(text)
	if m == nil {
		return 0, 0, errors.New("the metrics tell no number of goroutines")
	}
	goroutines, err = strconv.ParseFloat(string(m[1]), 64)
	return memory, goroutines, err
}

// steady fails when the last quarter of values is well above the quarter after the first.
func steady(what string, values []float64) error {
	if len(values) < 4 {
		return fmt.Errorf("%s: %d rounds are too few to see growth; soak longer", what, len(values))
	}
	quarter := len(values) / 4
	early, late := median(values[quarter:2*quarter+1]), median(values[len(values)-quarter:])
	if late > early*growth {
		return fmt.Errorf("%s grew from %.0f to %.0f", what, early, late)
	}
	return nil
}

// firstID returns the id of the first area.
func firstID(addr string) (string, error) {
	text, err := fetch("http://" + addr + "/api/collections/areas/items?limit=1")
	if err != nil {
		return "", err
	}
	var page struct {
		Features []struct {
			ID string `json:"id"`
		} `json:"features"`
	}
	if err := json.Unmarshal(text, &page); err != nil {
		return "", err
	}
	if len(page.Features) == 0 {
		return "", errors.New("the layout has no areas")
	}
	return page.Features[0].ID, nil
}

// fetch returns the body of a 200.
func fetch(address string) ([]byte, error) {
	resp, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %s", address, resp.Status)
	}
	return io.ReadAll(resp.Body)
}
