package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"parkmap/internal/geo"
	"parkmap/internal/tile"
	"parkmap/internal/tile/hilbert"
)

var job = Job{Program: "test", Layer: "layout", State: "1", Grid: "WebMercatorQuad", MaxZoom: 3}

var about = Metadata{
	Name: "布局", Version: "1", MaxZoom: 3, Bounds: geo.BBox{West: 103, South: 30, East: 104, North: 31},
	VectorLayers: []VectorLayer{{ID: "areas", Fields: map[string]string{"id": "String"}}},
}

// both runs a test for each format, with a name for an archive.
func both(t *testing.T, test func(t *testing.T, path string)) {
	for ending := range formats {
		t.Run(ending[1:], func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "a"+ending)) })
	}
}

func open(t *testing.T, path string, job Job) *File {
	t.Helper()
	f, err := Open(t.Context(), path, job)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// fill adds tiles and commits them.
func fill(t *testing.T, f *File, first, end uint64) {
	t.Helper()
	for n := first; n < end; n++ {
		if err := f.Add(t.Context(), hilbert.Tile(n), fmt.Appendf(nil, "tile %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Commit(); err != nil {
		t.Fatal(err)
	}
}

// count is how many tiles were committed.
func count(t *testing.T, f *File) (n int) {
	t.Helper()
	if err := f.Tiles(t.Context(), func(tile.ID) { n++ }); err != nil {
		t.Fatal(err)
	}
	return n
}

// folder lists what stands beside a file.
func folder(t *testing.T, path string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestItAppearsWhenItIsComplete(t *testing.T) {
	both(t, func(t *testing.T, path string) {
		f := open(t, path, job)
		fill(t, f, 0, 50)
		if there, err := exists(path); there || err != nil {
			t.Errorf("it has its name already (%v)", err)
		}
		if err := f.Finish(t.Context(), about); err != nil {
			t.Fatal(err)
		}
		if names := folder(t, path); len(names) != 1 || names[0] != filepath.Base(path) {
			t.Errorf("the folder holds %v", names)
		}
		if _, err := Open(t.Context(), path, job); !errors.Is(err, ErrExists) {
			t.Errorf("over it: %v", err)
		}
	})
}

func TestAnEqualJobGoesOn(t *testing.T) {
	both(t, func(t *testing.T, path string) {
		f := open(t, path, job)
		fill(t, f, 0, 30)
		if err := f.Add(t.Context(), hilbert.Tile(30), []byte("lost")); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		f = open(t, path, job)
		if n := count(t, f); n != 30 || f.StartedOver() {
			t.Errorf("%d tiles are there, begun anew: %v", n, f.StartedOver())
		}
		fill(t, f, 30, 40)
		if err := f.Finish(t.Context(), about); err != nil {
			t.Error(err)
		}
	})
}

func TestAnotherJobBeginsAnew(t *testing.T) {
	both(t, func(t *testing.T, path string) {
		f := open(t, path, job)
		fill(t, f, 0, 30)
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		other := job
		other.State = "2"
		f = open(t, path, other)
		if n := count(t, f); n != 0 || !f.StartedOver() {
			t.Errorf("%d tiles are there, begun anew: %v", n, f.StartedOver())
		}
		fill(t, f, 0, 5)
		if err := f.Finish(t.Context(), about); err != nil {
			t.Error(err)
		}
	})
}

func TestOneWriterAtATime(t *testing.T) {
	both(t, func(t *testing.T, path string) {
		f := open(t, path, job)
		if _, err := Open(t.Context(), path, job); !errors.Is(err, ErrBusy) {
			t.Errorf("a second one: %v", err)
		}
		fill(t, f, 0, 5)
		if err := f.Finish(t.Context(), about); err != nil {
			t.Error(err)
		}
	})
}

func TestWithoutTilesNothingStays(t *testing.T) {
	both(t, func(t *testing.T, path string) {
		if err := open(t, path, job).Finish(t.Context(), about); !errors.Is(err, ErrEmpty) {
			t.Errorf("it ended with %v", err)
		}
		if names := folder(t, path); len(names) != 0 {
			t.Errorf("the folder holds %v", names)
		}
	})
}

func TestFilesOfOthersStay(t *testing.T) {
	both(t, func(t *testing.T, path string) {
		if err := os.WriteFile(path+partialEnd, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), path, job); !errors.Is(err, ErrForeign) {
			t.Errorf("it ended with %v", err)
		}
		if text, err := os.ReadFile(path + partialEnd); string(text) != "mine" {
			t.Errorf("the file holds %q, %v", text, err)
		}
		if names := folder(t, path); len(names) != 1 {
			t.Errorf("the folder holds %v", names)
		}
	})
}

func TestBadNames(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "a.zip", "a.pmtiles.gz", "pmtiles"} {
		if _, err := Open(context.Background(), filepath.Join(dir, name), job); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open(context.Background(), filepath.Join(dir, "none", "a.pmtiles"), job); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}
