package pmtiles

import (
	"errors"
	"fmt"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/tile/hilbert"
)

// rootEntries is how many entries are tried without leaf directories; more never fit the root.
const rootEntries = 1 << 14

// leafEntries is how many entries a leaf directory has at least: some 10 KB when compressed.
const leafEntries = 1 << 12

// Description is what an archive says of itself besides its tiles.
type Description struct {
	Metadata []byte    // a JSON object; for vector tiles with vector_layers (section 5)
	Bounds   geo.BBox  // WGS 84; where it crosses 180° the archive says the whole width of the world
	Center   orb.Point // WGS 84, where a map opens
	OpenZoom int       // clamped to the zooms of the tiles
}

// ErrEmpty is returned by Finish where no tile was added: such an archive is of no use, and readers refuse it.
var ErrEmpty = errors.New("an archive without tiles cannot be written")

// Finish completes the archive after the last Commit. It may be called again after an interruption. The index is of
// no use any more; the Writer takes no more tiles.
func (w *Writer) Finish(d Description) error {
	if w.records == 0 {
		return ErrEmpty
	}
	h := describe(d)
	h.data = section{dataStart, w.size}
	end := dataStart + w.size
	metadata, err := compress(d.Metadata)
	if err != nil {
		return err
	}
	h.metadata = section{end, uint64(len(metadata))}
	h.leaves.offset = end + h.metadata.length
	root, err := w.directories(h)
	if err != nil {
		return err
	}
	h.root = section{headerSize, uint64(len(root))}
	// The header goes last: without it a file is no archive.
	head := append(h.append(make([]byte, 0, dataStart)), root...)
	head = head[:dataStart]
	for _, part := range []struct {
		data   []byte
		offset uint64
	}{{metadata, end}, {head, 0}} {
		if _, err := w.archive.WriteAt(part.data, int64(part.offset)); err != nil {
			return fmt.Errorf("write the head of the archive: %w", err)
		}
	}
	if err := w.archive.Truncate(int64(h.leaves.offset + h.leaves.length)); err != nil {
		return err
	}
	return w.archive.Sync()
}

// describe begins a header.
func describe(d Description) *Header {
	h := &Header{Bounds: d.Bounds, Center: d.Center, OpenZoom: d.OpenZoom}
	if h.Bounds.West > h.Bounds.East {
		h.Bounds.West, h.Bounds.East = -180, 180
	}
	return h
}

// directories writes the leaf directories, if any are needed, counts into h, and returns the root directory.
func (w *Writer) directories(h *Header) ([]byte, error) {
	all, err := w.count(h)
	if err != nil {
		return nil, err
	}
	if all != nil {
		if root, err := encodeDirectory(all); err != nil || len(root) <= maxRoot {
			return root, err
		}
	}
	for size := leafEntries; ; size *= 2 {
		leaves, err := w.writeLeaves(h, size)
		if err != nil {
			return nil, err
		}
		if root, err := encodeDirectory(leaves); err != nil || len(root) <= maxRoot {
			return root, err
		}
	}
}

// count fills in the figures of the header and returns the entries if these are at most rootEntries.
func (w *Writer) count(h *Header) (all []entry, err error) {
	size := uint64(0)
	first, last := uint64(0), uint64(0)
	err = w.entries(func(e entry) error {
		if h.Entries == 0 {
			first = e.number
		}
		last = e.number + uint64(e.run) - 1
		h.Entries++
		h.Addressed += uint64(e.run)
		if e.offset == size {
			size += uint64(e.length)
			h.Contents++
		}
		if h.Entries <= rootEntries {
			all = append(all, e)
		}
		return nil
	})
	h.MinZoom, h.MaxZoom = hilbert.Tile(first).Z, hilbert.Tile(last).Z
	h.OpenZoom = min(max(h.OpenZoom, h.MinZoom), h.MaxZoom)
	if h.Entries > rootEntries {
		all = nil
	}
	return all, err
}

// writeLeaves writes leaf directories of size entries each and returns the entries of the root.
func (w *Writer) writeLeaves(h *Header, size int) (root []entry, err error) {
	h.leaves.length = 0
	leaf := make([]entry, 0, size)
	flush := func() error {
		data, err := encodeDirectory(leaf)
		if err != nil {
			return err
		}
		root = append(root, entry{number: leaf[0].number, offset: h.leaves.length, length: uint32(len(data))})
		if _, err := w.archive.WriteAt(data, int64(h.leaves.offset+h.leaves.length)); err != nil {
			return fmt.Errorf("write a directory: %w", err)
		}
		h.leaves.length += uint64(len(data))
		leaf = leaf[:0]
		return nil
	}
	err = w.entries(func(e entry) error {
		leaf = append(leaf, e)
		if len(leaf) == size {
			return flush()
		}
		return nil
	})
	if err == nil && len(leaf) > 0 {
		err = flush()
	}
	return root, err
}

// entries hands on the entries of the directories: the tiles of the index, with neighbours of the same content in one,
// zoom by zoom.
func (w *Writer) entries(yield func(entry) error) error {
	var run entry
	var failed error
	_, err := readIndex(w.index, func(r record) {
		switch {
		case failed != nil:
		case run.follows(r):
			run.run++
		default:
			if run.run > 0 {
				failed = yield(run)
			}
			run = entry{number: r.number, offset: r.offset, length: r.length, run: 1}
		}
	})
	if err == nil && failed == nil && run.run > 0 {
		failed = yield(run)
	}
	return errors.Join(err, failed)
}

// follows tells whether r is the next tile of the same zoom with the same content.
func (e entry) follows(r record) bool {
	return e.run > 0 && r.offset == e.offset && r.number == e.number+uint64(e.run) &&
		hilbert.Tile(r.number).Z == hilbert.Tile(e.number).Z
}
