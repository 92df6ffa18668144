package main

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/pgtest"
	"parkmap/internal/tile"
	"parkmap/internal/tile/pmtiles"
	"parkmap/internal/tile/pmtiles/pmtilestest"
)

// exported writes the layout of a server's store into an archive with this ending and returns its path.
func exported(t *testing.T, store, ending string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "布局"+ending)
	code, stdout, stderr := runProgram(t, append([]string{"tiles", "export", "--store", store, "--out", path}, args...)...)
	if code != 0 || !strings.Contains(stdout, path) {
		t.Fatalf("exit code %d: %s%s", code, stdout, stderr)
	}
	return path
}

func TestTilesExportBesideARunningServer(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg Config) {
		startServer(t, cfg)
		path := exported(t, cfg.Store, ".pmtiles", "--zoom", "0-10")
		pmtilestest.Verify(t, path)
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		r, err := pmtiles.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		if h := r.Header; h.MinZoom != 0 || h.MaxZoom != 10 || h.Addressed < 20 || !(h.Bounds.West < 104 && h.Bounds.East > 104) {
			t.Errorf("the header says %+v", h)
		}
		if data, err := r.Tile(tile.ID{Z: 10, X: 807, Y: 420}); err != nil || !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
			t.Errorf("the tile of the core is %.10q, %v", data, err)
		}
		if data, err := r.Tile(tile.ID{Z: 10, X: 1, Y: 1}); err != nil || data != nil {
			t.Errorf("an empty tile is there: %q, %v", data, err)
		}
	})
}

// TestTilesExportKilled kills the program with no chance to tidy up, and stops it, in the middle. The same command
// makes the archive that a run in one go makes, byte by byte.
func TestTilesExportKilled(t *testing.T) {
	cfg := testConfig(t)
	startServer(t, cfg)
	for _, ending := range []string{".pmtiles", ".mbtiles"} {
		want, err := os.ReadFile(exported(t, cfg.Store, ending, "--zoom", "3-13"))
		if err != nil {
			t.Fatal(err)
		}
		for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM} {
			t.Run(ending[1:]+" "+sig.String(), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "a"+ending)
				args := []string{"tiles", "export", "--store", cfg.Store, "--out", path, "--zoom", "3-13"}
				if err := interrupt(t, path, program(args...), sig); err == nil {
					t.Fatal("it was done before it was stopped")
				}
				if _, err := os.Stat(path); err == nil {
					t.Fatal("the file is there before it is complete")
				}
				if code, _, stderr := runProgram(t, args...); code != 0 || strings.Contains(stderr, "anew") {
					t.Fatalf("exit code %d: %s", code, stderr)
				}
				if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%d bytes, %v; they are not the %d of a run in one go", len(got), err, len(want))
				}
			})
		}
	}
}

// interrupt runs a command until it has committed some tiles, sends it a signal, and returns how it ended.
func interrupt(t *testing.T, path string, cmd *exec.Cmd, sig syscall.Signal) error {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			return err
		case <-time.After(time.Millisecond):
		}
		if info, err := os.Stat(path + ".partial"); err == nil && info.Size() > 100_000 {
			if err := cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
				t.Fatal(err)
			}
			return <-ended
		}
	}
}

// TestTilesExportGDAL has GDAL read all of an MBTiles archive.
func TestTilesExportGDAL(t *testing.T) {
	cfg := testConfig(t)
	startServer(t, cfg)
	path := exported(t, cfg.Store, ".mbtiles", "--zoom", "8-10")
	out, err := exec.Command("ogrinfo", "-ro", "-al", path).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{"Layer name: areas", "Layer name: places", "name_zh: String", "id (String) = C1", "id (String) = P12", "name=布局 Layout", "ZOOM_LEVEL=10"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("GDAL does not read %q", want)
		}
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "ERROR") || strings.Contains(line, "Warning") {
			t.Errorf("GDAL complains: %s", line)
		}
	}
}

func TestTilesExportRefusals(t *testing.T) {
	cfg := testConfig(t)
	startServer(t, cfg)
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken.pmtiles")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	good := filepath.Join(dir, "good.pmtiles")
	tests := []struct {
		name string
		args []string
		code int
		says string
	}{
		{"no file", nil, 2, "--out"},
		{"another format", []string{"--out", filepath.Join(dir, "a.zip")}, 1, ".pmtiles or .mbtiles"},
		{"a file that exists", []string{"--out", taken}, 1, "exists"},
		{"no folder", []string{"--out", filepath.Join(dir, "none", "a.pmtiles")}, 1, "no folder"},
		{"unknown layer", []string{"--out", good, "--layer", "roads"}, 1, "there are layout"},
		{"unknown datum", []string{"--out", good, "--datum", "nad27"}, 2, "--datum"},
		{"Baidu's grid", []string{"--out", good, "--datum", "bd09"}, 1, "grid of their own"},
		{"a box of three numbers", []string{"--out", good, "--bbox", "1,2,3"}, 2, "four numbers"},
		{"a box of words", []string{"--out", good, "--bbox", "a,b,c,d"}, 2, "number of degrees"},
		{"a box of NaN", []string{"--out", good, "--bbox", "NaN,0,1,1"}, 2, "number of degrees"},
		{"a box upside down", []string{"--out", good, "--bbox", "1,5,2,3"}, 2, "south is north"},
		{"a box elsewhere", []string{"--out", good, "--bbox", "1,2,3,4"}, 1, "nothing there"},
		{"zooms that are none", []string{"--out", good, "--zoom", "a-b"}, 2, "range of zooms"},
		{"zooms upside down", []string{"--out", good, "--zoom", "9-3"}, 2, "range of zooms"},
		{"zooms too deep", []string{"--out", good, "--zoom", "0-99"}, 1, "too deep"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			code, _, stderr := runProgram(t, append([]string{"tiles", "export", "--store", cfg.Store}, tc.args...)...)
			if code != tc.code || !strings.Contains(stderr, tc.says) {
				t.Errorf("exit code %d, says %q", code, stderr)
			}
		})
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("something was left: %v, %v", entries, err)
	}
}

func TestTilesExportShiftedDatum(t *testing.T) {
	cfg := testConfig(t)
	startServer(t, cfg)
	plain, shifted := exported(t, cfg.Store, ".pmtiles", "--zoom", "10"), exported(t, cfg.Store, ".pmtiles", "--zoom", "10", "--datum", "gcj02")
	var datum [2]struct{ Datum, Name string }
	var data [2][]byte
	for i, path := range []string{plain, shifted} {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		r, err := pmtiles.NewReader(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Metadata(&datum[i]); err != nil {
			t.Fatal(err)
		}
		if data[i], err = r.Tile(tile.ID{Z: 10, X: 807, Y: 420}); err != nil {
			t.Fatal(err)
		}
	}
	if datum[0].Datum != "" || datum[1].Datum != "gcj02" || !strings.Contains(datum[1].Name, "GCJ-02") || bytes.Equal(data[0], data[1]) {
		t.Errorf("the archives say %v; equal tiles: %v", datum, bytes.Equal(data[0], data[1]))
	}
}

// TestTilesExportTable writes a table of a database, at deep zooms only and without statistics of it.
func TestTilesExportTable(t *testing.T) {
	cfg := testConfig(t)
	startServer(t, cfg)
	dsn := pgtest.DSN(t)
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`
		CREATE TABLE plots (id int PRIMARY KEY, name text, geom geometry(Polygon, 4326));
		INSERT INTO plots VALUES (1, '一号', ST_MakeEnvelope(104, 30, 104.001, 30.001, 4326)), (2, 'zwei', ST_MakeEnvelope(-70, -33, -69.999, -32.999, 4326))`); err != nil {
		t.Fatal(err)
	}
	path := exported(t, cfg.Store, ".pmtiles", "--zoom", "12-13", "--tables", dsn, "--publish", "public.plots", "--layer", "plots")
	pmtilestest.Verify(t, path)
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r, err := pmtiles.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	grid, _ := tile.LookupGrid(tile.WebMercatorQuad)
	for _, at := range []orb.Point{{104.0005, 30.0005}, {-69.9995, -32.9995}} {
		for z := 12; z <= 13; z++ {
			if data, err := r.Tile(grid.At(at, z)); err != nil || len(data) == 0 {
				t.Errorf("zoom %d at %v: %d bytes, %v", z, at, len(data), err)
			}
		}
	}
	if r.Header.Addressed > 20 {
		t.Errorf("there are %d tiles", r.Header.Addressed)
	}
}
