package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parkmap/internal/pgtest"
)

// tileAnswer is what a server says to a request for a tile.
type tileAnswer struct {
	status int
	body   []byte
	header http.Header
}

func (s *testServer) tile(path string) (a tileAnswer, err error) {
	resp, err := http.Get(s.url + path)
	if err != nil {
		return a, err
	}
	defer resp.Body.Close()
	a.status, a.header = resp.StatusCode, resp.Header
	a.body, err = io.ReadAll(resp.Body)
	return a, err
}

func mustTile(t *testing.T, s *testServer, path string) tileAnswer {
	t.Helper()
	a, err := s.tile(path)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestTilesOfVersions: a version's tiles stay what they were when the next one is published, on either store.
func TestTilesOfVersions(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg Config) {
		s := startServer(t, cfg)
		const at = "9/403/210.mvt" // the core, which is renamed, is in it
		was := mustTile(t, s, "/tiles/layout/v1/"+at)
		elsewhere := mustTile(t, s, "/tiles/layout/13/6467/3367.mvt")
		publishRename(t, cfg, "改名")
		eventually(t, "the next version", func() bool { return s.live.Current().Version() == 2 })

		again := mustTile(t, s, "/tiles/layout/v1/"+at)
		if was.status != http.StatusOK || !bytes.Equal(was.body, again.body) {
			t.Errorf("version 1: %d, then %d, %d and %d bytes", was.status, again.status, len(was.body), len(again.body))
		}
		if h := again.header; h.Get("X-Layout-Version") != "1" || h.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("version 1: %v", h)
		}
		now := mustTile(t, s, "/tiles/layout/"+at)
		if bytes.Equal(now.body, was.body) || now.header.Get("X-Layout-Version") != "2" {
			t.Errorf("the current version: %v", now.header)
		}
		if kept := mustTile(t, s, "/tiles/layout/13/6467/3367.mvt"); kept.header.Get("Etag") != elsewhere.header.Get("Etag") {
			t.Errorf("a tile elsewhere has another tag: %v, %v", elsewhere.header, kept.header)
		}
		if next := mustTile(t, s, "/tiles/layout/v3/"+at); next.status != http.StatusNotFound {
			t.Errorf("a version to come: %d", next.status)
		}
	})
}

// plots makes a table of 400 squares around 104, 30.
const plots = `
	CREATE TABLE plots AS
	SELECT i + 1 AS id, 'plot ' || i AS name,
		ST_MakeEnvelope(104 + i % 20 * 0.01, 30 + i / 20 * 0.01, 104.009 + i % 20 * 0.01, 30.009 + i / 20 * 0.01, 4326)::geometry(Polygon, 4326) AS geom
	FROM generate_series(0, 399) AS i`

// TestTableTilesWhileTheDatabaseRestarts: of ten thousand requests while the database crashes, is away and comes back none
// gets a wrong tile, errors are 503 and say when to ask again, and all is well again by itself: nothing wrong was kept.
func TestTableTilesWhileTheDatabaseRestarts(t *testing.T) {
	cluster := pgtest.Start(t, pgtest.Options{})
	dsn := cluster.DSN()
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{plots, "ALTER TABLE plots ADD PRIMARY KEY (id)", "CREATE INDEX ON plots USING gist (geom)"} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	cfg := testConfig(t)
	cfg.Tables, cfg.Publish = dsn, []string{"public.plots"}
	cfg.TablesTimeout, cfg.TablesTTL, cfg.TablesConns = 5*time.Second, 50*time.Millisecond, 4
	s := startServer(t, cfg)

	right := map[string][]byte{}
	for x := range 4 {
		for y := range 4 {
			path := fmt.Sprintf("/tiles/plots/12/%d/%d.mvt", 3231+x, 1687+y)
			a := mustTile(t, s, path)
			if a.status != http.StatusOK && a.status != http.StatusNoContent || a.header.Get("X-Layout-Version") != "" {
				t.Fatalf("%s: %d %v %s", path, a.status, a.header, a.body)
			}
			right[path] = a.body
		}
	}
	var refused, served atomic.Int64
	ctx, cancel := context.WithCancel(t.Context())
	var clients sync.WaitGroup
	for range 4 {
		clients.Go(func() {
			for ctx.Err() == nil {
				for path, want := range right {
					switch a, err := s.tile(path); {
					case err != nil:
						t.Errorf("%s: %v", path, err)
					case a.status == http.StatusServiceUnavailable && a.header.Get("Retry-After") != "":
						refused.Add(1)
					case a.status < 300 && bytes.Equal(a.body, want):
						served.Add(1)
					default:
						t.Errorf("%s: %d, %d bytes, not %d: %.200s", path, a.status, len(a.body), len(want), a.body)
						return
					}
				}
			}
		})
	}
	asked := func() int64 { return refused.Load() + served.Load() }
	eventually(t, "traffic", func() bool { return served.Load() > 500 })
	before := asked()
	cluster.Kill()
	eventually(t, "many errors", func() bool { return refused.Load() > 4000 })
	cluster.Restart()
	eventually(t, "tiles again", func() bool {
		a, err := s.tile("/tiles/plots/12/3232/1688.mvt")
		return err == nil && a.status == http.StatusOK
	})
	eventually(t, "ten thousand requests", func() bool { return asked()-before >= 10_000 })
	cancel()
	clients.Wait()
	for path, want := range right {
		if a := mustTile(t, s, path); a.status >= 300 || !bytes.Equal(a.body, want) {
			t.Errorf("%s afterwards: %d, %d bytes, not %d", path, a.status, len(a.body), len(want))
		}
	}
	t.Logf("%d served, %d refused", served.Load(), refused.Load())
}
