package pmtiles

import (
	"bytes"
	"errors"
	"fmt"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/tile"
	"parkmap/internal/tile/hilbert"
)

var description = Description{
	Metadata: []byte(`{"name":"布局","vector_layers":[{"id":"areas","fields":{}}]}`),
	Bounds:   geo.BBox{West: 103, South: 30, East: 105, North: 31.5},
	Center:   orb.Point{104, 30.6}, OpenZoom: 9,
}

// content is what the tests put into the tile with this number: runs of equal ones, some that recur, most unique.
func content(number uint64) []byte {
	switch {
	case number%100 < 30:
		return []byte("sea")
	case number%7 == 0:
		return fmt.Appendf(nil, "field %d", number%70)
	}
	return fmt.Appendf(nil, "tile %d", number)
}

// write adds the tiles numbered from first to before end to a writer, leaving every 50th out, with a Commit every 64.
func write(t *testing.T, w *Writer, first, end uint64) {
	t.Helper()
	for n := first; n < end; n++ {
		if n%50 == 49 {
			continue
		}
		if err := w.Add(hilbert.Tile(n), content(n)); err != nil {
			t.Fatal(err)
		}
		if n%64 == 63 {
			if err := w.Commit(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// archiveOf returns an archive of all tiles with a number below end.
func archiveOf(t *testing.T, end uint64) *memory {
	t.Helper()
	var archive, index memory
	w, err := Resume(&archive, &index)
	if err != nil {
		t.Fatal(err)
	}
	write(t, w, 0, end)
	finish(t, w)
	return &archive
}

func finish(t *testing.T, w *Writer) {
	t.Helper()
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := w.Finish(description); err != nil {
		t.Fatal(err)
	}
}

func TestArchiveComesBack(t *testing.T) {
	for name, end := range map[string]uint64{"one tile": 1, "root directory only": hilbert.First(6), "leaf directories": hilbert.First(8) + 5000} {
		t.Run(name, func(t *testing.T) {
			archive := archiveOf(t, end)
			r, err := NewReader(archive)
			if err != nil {
				t.Fatal(err)
			}
			if leaves := r.Header.leaves.length > 0; leaves != (name == "leaf directories") {
				t.Errorf("there are leaf directories: %v", leaves)
			}
			if end := r.Header.root.offset + r.Header.root.length; end > dataStart {
				t.Errorf("the root directory ends at %d", end)
			}
			var metadata struct{ Name string }
			if err := r.Metadata(&metadata); err != nil || metadata.Name != "布局" {
				t.Errorf("metadata: %v %v", metadata, err)
			}
			step := max(1, end/2000)
			for n := uint64(0); n < end+200; n += step {
				want := content(n)
				if n%50 == 49 || n >= end {
					want = nil
				}
				got, err := r.Tile(hilbert.Tile(n))
				if err != nil || !bytes.Equal(got, want) {
					t.Fatalf("tile %v holds %q, %v; want %q", hilbert.Tile(n), got, err, want)
				}
			}
		})
	}
}

func TestHeader(t *testing.T) {
	r, err := NewReader(archiveOf(t, hilbert.First(4)))
	if err != nil {
		t.Fatal(err)
	}
	h := r.Header
	if h.MinZoom != 0 || h.MaxZoom != 3 || h.OpenZoom != 3 || h.Addressed != 84 || h.Entries >= h.Addressed || h.Contents >= h.Entries {
		t.Errorf("the header says %+v", h)
	}
	if h.Bounds != description.Bounds || h.Center != description.Center {
		t.Errorf("bounds %v, center %v", h.Bounds, h.Center)
	}
}

func TestBoundsAcross180(t *testing.T) {
	h := describe(Description{Bounds: geo.BBox{West: 170, South: -10, East: -170, North: 10}})
	if want := (geo.BBox{West: -180, South: -10, East: 180, North: 10}); h.Bounds != want {
		t.Errorf("bounds are %v", h.Bounds)
	}
}

// TestResume cuts the work off at every step, loses what was not committed and some of what was, and goes on.
func TestResume(t *testing.T) {
	end := hilbert.First(5) + 100
	want := archiveOf(t, end)
	for cut := uint64(0); cut < end; cut += 13 {
		var archive, index memory
		w, err := Resume(&archive, &index)
		if err != nil {
			t.Fatal(err)
		}
		write(t, w, 0, cut)
		index.data = append(index.data, bytes.Repeat([]byte{1}, int(cut)%(2*recordSize))...) // torn
		if w, err = Resume(&archive, &index); err != nil {
			t.Fatal(err)
		}
		next := uint64(0)
		if err := w.Tiles(func(id tile.ID) { next = hilbert.Number(id) + 1 }); err != nil {
			t.Fatal(err)
		}
		write(t, w, next, end)
		finish(t, w)
		if !bytes.Equal(archive.data, want.data) {
			t.Fatalf("cut at %d, resumed at %d: the archive differs", cut, next)
		}
	}
}

func TestResumeAfterFinish(t *testing.T) {
	var archive, index memory
	w, err := Resume(&archive, &index)
	if err != nil {
		t.Fatal(err)
	}
	write(t, w, 0, hilbert.First(5))
	finish(t, w)
	want := bytes.Clone(archive.data)
	if w, err = Resume(&archive, &index); err != nil {
		t.Fatal(err)
	}
	finish(t, w)
	if diff := cmp.Diff(want, archive.data); diff != "" {
		t.Error(diff)
	}
}

func TestResumeWithoutTheArchive(t *testing.T) {
	var archive, index memory
	w, err := Resume(&archive, &index)
	if err != nil {
		t.Fatal(err)
	}
	write(t, w, 0, hilbert.First(4))
	if err := archive.Truncate(dataStart + 9); err != nil {
		t.Fatal(err)
	}
	if w, err = Resume(&archive, &index); err != nil {
		t.Fatal(err)
	}
	if err := w.Tiles(func(id tile.ID) { t.Errorf("%v is said to be there", id) }); err != nil {
		t.Fatal(err)
	}
	write(t, w, 0, hilbert.First(4))
	finish(t, w)
	if want := archiveOf(t, hilbert.First(4)); !bytes.Equal(archive.data, want.data) {
		t.Error("the archive differs")
	}
}

// TestOldContentsAreForgotten keeps the memory for equal tiles bounded, and the same after an interruption.
func TestOldContentsAreForgotten(t *testing.T) {
	c := newContents()
	for i := range uint64(maxContents + 10) {
		c.add(record{hash: hash{byte(i), byte(i >> 8), byte(i >> 16)}, offset: i})
	}
	if len(c.at) != maxContents || len(c.ring) != maxContents {
		t.Errorf("%d contents are remembered", len(c.at))
	}
	if _, ok := c.find(record{hash: hash{9}}); ok {
		t.Error("an old one is remembered")
	}
	if at, ok := c.find(record{hash: hash{10}}); !ok || at != 10 {
		t.Error("a newer one is forgotten")
	}
}

func TestBadCalls(t *testing.T) {
	var archive, index memory
	w, err := Resume(&archive, &index)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Finish(description); !errors.Is(err, ErrEmpty) {
		t.Errorf("an archive without tiles: %v", err)
	}
	write(t, w, 5, 6)
	if err := w.Add(hilbert.Tile(5), nil); !errors.Is(err, errOrder) {
		t.Errorf("a tile twice: %v", err)
	}
	archive.full = len(archive.data) + 10
	if err := w.Add(hilbert.Tile(6), make([]byte, 11)); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full disk: %v", err)
	}
}

func TestForgedArchives(t *testing.T) {
	good := archiveOf(t, hilbert.First(5)).data
	tests := map[string]func(b []byte) []byte{
		"empty":                 func([]byte) []byte { return nil },
		"a text":                func([]byte) []byte { return bytes.Repeat([]byte("no tiles "), 100) },
		"another version":       func(b []byte) []byte { b[7] = 2; return b },
		"another compression":   func(b []byte) []byte { b[98] = 3; return b },
		"root behind the end":   func(b []byte) []byte { b[8+5] = 1; return b },
		"root of a petabyte":    func(b []byte) []byte { b[16+6] = 1; return b },
		"cut in the directory":  func(b []byte) []byte { return b[:140] },
		"directory overwritten": func(b []byte) []byte { copy(b[headerSize:], make([]byte, 50)); return b },
	}
	for name, forge := range tests {
		t.Run(name, func(t *testing.T) {
			r, err := NewReader(&memory{data: forge(bytes.Clone(good))})
			if err != nil {
				return
			}
			if _, err := r.Tile(tile.ID{Z: 2, X: 1, Y: 1}); err == nil {
				t.Error("it is read")
			}
		})
	}
}

func FuzzDirectory(f *testing.F) {
	for _, entries := range [][]entry{nil, {{1, 0, 5, 1}}, {{1, 0, 5, 3}, {9, 5, 2, 0}, {11, 0, 5, 1}}} {
		data, err := encodeDirectory(entries)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := parseDirectory(data)
		if err != nil {
			return
		}
		again, err := encodeDirectory(entries)
		if err != nil {
			t.Fatal(err)
		}
		back, err := parseDirectory(again)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(entries, back, cmp.AllowUnexported(entry{})); diff != "" {
			t.Error(diff)
		}
	})
}
