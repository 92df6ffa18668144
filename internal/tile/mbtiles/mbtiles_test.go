package mbtiles

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"parkmap/internal/tile"
	"parkmap/internal/tile/hilbert"
)

var metadata = map[string]string{"name": "布局", "format": "pbf", "minzoom": "0", "maxzoom": "3", "json": `{"vector_layers":[]}`}

// write adds the tiles from first to before end, with a Commit before every 16th.
func write(t *testing.T, w *Writer, first, end uint64) {
	t.Helper()
	for n := first; n < end; n++ {
		if n%16 == 0 {
			if err := w.Commit(); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Add(t.Context(), hilbert.Tile(n), fmt.Appendf(nil, "tile %d", n)); err != nil {
			t.Fatal(err)
		}
	}
}

// finish completes and closes an archive and returns its bytes.
func finish(t *testing.T, w *Writer, path string) []byte {
	t.Helper()
	if err := errors.Join(w.Commit(), w.Finish(t.Context(), metadata), w.Close()); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func resume(t *testing.T, path string) *Writer {
	t.Helper()
	w, err := Resume(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestTilesStandFromTheSouth(t *testing.T) {
	path := filepath.Join(t.TempDir(), "百分之 100% #1?.mbtiles")
	w := resume(t, path)
	if err := w.Add(t.Context(), tile.ID{Z: 3, X: 6, Y: 1}, []byte("x")); err != nil {
		t.Fatal(err)
	}
	finish(t, w, path)
	db, err := sql.Open("sqlite", address(path))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var z, x, y, mark int
	var name string
	err = db.QueryRow("SELECT zoom_level, tile_column, tile_row, (SELECT value FROM metadata WHERE name = 'name') FROM tiles").Scan(&z, &x, &y, &name)
	if err != nil || z != 3 || x != 6 || y != 6 || name != "布局" {
		t.Errorf("the row is %d/%d/%d of %q, %v", z, x, y, name, err)
	}
	if err := db.QueryRow("PRAGMA application_id").Scan(&mark); err != nil || mark != 0x4d504258 {
		t.Errorf("the mark is %x, %v", mark, err)
	}
}

// TestResume cuts the work off at every step and goes on; the bytes are those of a run in one go.
func TestResume(t *testing.T) {
	const end = 85
	dir := t.TempDir()
	path := filepath.Join(dir, "whole.mbtiles")
	w := resume(t, path)
	write(t, w, 0, end)
	want := finish(t, w, path)
	for cut := uint64(0); cut < end; cut += 7 {
		path := filepath.Join(dir, fmt.Sprint(cut))
		w := resume(t, path)
		write(t, w, 0, cut)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		w = resume(t, path)
		next := uint64(0)
		if err := w.Tiles(t.Context(), func(id tile.ID) { next = hilbert.Number(id) + 1 }); err != nil {
			t.Fatal(err)
		}
		write(t, w, next, end)
		if got := finish(t, w, path); !bytes.Equal(got, want) {
			t.Fatalf("cut at %d, resumed at %d: the file differs", cut, next)
		}
		if got := finish(t, resume(t, path), path); !bytes.Equal(got, want) {
			t.Fatal("finishing it again changes the file")
		}
	}
}

func TestBadFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(path, bytes.Repeat([]byte("no database\n"), 500), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Resume(t.Context(), path); !errors.Is(err, ErrForeign) {
		t.Errorf("a text: %v", err)
	}
}

func TestEmpty(t *testing.T) {
	w := resume(t, filepath.Join(t.TempDir(), "empty"))
	defer w.Close()
	if err := w.Finish(t.Context(), metadata); !errors.Is(err, ErrEmpty) {
		t.Errorf("an archive without tiles: %v", err)
	}
}

func TestFullDisk(t *testing.T) {
	w := resume(t, filepath.Join(t.TempDir(), "full"))
	defer w.Close()
	if _, err := w.db.Exec("PRAGMA max_page_count = 10"); err != nil {
		t.Fatal(err)
	}
	err := w.Add(t.Context(), tile.ID{}, make([]byte, 100_000))
	if !errors.Is(err, ErrFull) {
		t.Errorf("a full disk: %v", err)
	}
}
