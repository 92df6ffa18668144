package pmtiles

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"parkmap/internal/tile"
	"parkmap/internal/tile/hilbert"
)

// Writer makes an archive in two files: the archive itself, where tiles stand from the beginning where they stay, and an
// index of a few bytes a tile, which is of no use once the archive is finished. Memory does not grow with the tiles. The
// same tiles give the same bytes, whether the work was interrupted or not.
type Writer struct {
	archive, index File

	records int64  // in the index
	pending []byte // records of tiles that are in the archive and not yet in the index
	next    uint64 // the lowest number that may come
	size    uint64 // of the tiles
	known   contents
}

// errOrder is a mistake of the caller.
var errOrder = errors.New("tiles of an archive have to come in the order of their numbers")

// Resume goes on where the last Commit to these files was, or begins where they are empty or the archive does not
// hold what the index says.
func Resume(archive, index File) (*Writer, error) {
	w := &Writer{archive: archive, index: index, known: newContents()}
	count, err := readIndex(index, w.replay)
	if err != nil {
		return nil, err
	}
	if _, err := archive.ReadAt(make([]byte, 1), int64(dataStart+w.size)-1); err != nil {
		w, count = &Writer{archive: archive, index: index, known: newContents()}, 0
	}
	w.records = count
	if err := index.Truncate(count * int64(recordSize)); err != nil {
		return nil, err
	}
	return w, archive.Truncate(int64(dataStart + w.size))
}

// replay takes a record of the index into account.
func (w *Writer) replay(r record) {
	w.next = r.number + 1
	if r.offset == w.size {
		w.size += uint64(r.length)
		w.known.add(r)
	}
}

// Tiles hands on the tiles that were committed, in the order of their numbers.
func (w *Writer) Tiles(yield func(tile.ID)) error {
	_, err := readIndex(w.index, func(r record) { yield(hilbert.Tile(r.number)) })
	return err
}

// Add writes a tile: gz is its content, gzipped. The number of id has to be higher than that of the tile before.
func (w *Writer) Add(id tile.ID, gz []byte) error {
	sum := sha256.Sum256(gz)
	r := record{number: hilbert.Number(id), length: uint32(len(gz)), hash: hash(sum[:len(hash{})])}
	if r.number < w.next {
		return errOrder
	}
	offset, known := w.known.find(r)
	r.offset = offset
	if !known {
		r.offset = w.size
		if _, err := w.archive.WriteAt(gz, int64(dataStart+w.size)); err != nil {
			return fmt.Errorf("write a tile: %w", err)
		}
		w.size += uint64(len(gz))
		w.known.add(r)
	}
	w.next = r.number + 1
	w.pending = r.append(w.pending)
	return nil
}

// Commit makes the tiles so far outlive the process and the machine.
func (w *Writer) Commit() error {
	if err := w.archive.Sync(); err != nil {
		return fmt.Errorf("write tiles: %w", err)
	}
	if _, err := w.index.WriteAt(w.pending, w.records*int64(recordSize)); err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	if err := w.index.Sync(); err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	w.records += int64(len(w.pending) / recordSize)
	w.pending = w.pending[:0]
	return nil
}
