package pmtiles

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"parkmap/internal/tile"
	"parkmap/internal/tile/hilbert"
)

// Reader reads an archive of gzipped vector tiles. It keeps nothing: each tile is looked up anew.
type Reader struct {
	Header *Header
	file   io.ReaderAt
}

// NewReader reads the header of an archive.
func NewReader(file io.ReaderAt) (*Reader, error) {
	head := make([]byte, headerSize)
	if _, err := file.ReadAt(head, 0); err != nil {
		return nil, errNoArchive
	}
	h, err := parseHeader(head)
	if err != nil {
		return nil, err
	}
	return &Reader{h, file}, nil
}

// Metadata decodes the JSON metadata into v.
func (r *Reader) Metadata(v any) error {
	data, err := r.read(r.Header.metadata)
	if err != nil {
		return err
	}
	if data, err = inflate(data); err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

// Tile returns the content of a tile, gzipped; nil where the archive has none.
func (r *Reader) Tile(id tile.ID) ([]byte, error) {
	number := hilbert.Number(id)
	at := r.Header.root
	for range 4 { // the specification allows this many levels
		data, err := r.read(at)
		if err != nil {
			return nil, err
		}
		entries, err := parseDirectory(data)
		if err != nil {
			return nil, err
		}
		i, found := slices.BinarySearchFunc(entries, number, func(e entry, n uint64) int {
			switch {
			case e.number < n:
				return -1
			case e.number > n:
				return 1
			}
			return 0
		})
		if !found {
			i--
		}
		if i < 0 {
			return nil, nil
		}
		e := entries[i]
		if e.run > 0 {
			if number-e.number >= uint64(e.run) {
				return nil, nil
			}
			return r.read(section{r.Header.data.offset + e.offset, uint64(e.length)})
		}
		at = section{r.Header.leaves.offset + e.offset, uint64(e.length)}
	}
	return nil, errors.New("directories go deeper than they may")
}

// read returns a section; one that is longer than a section may be is refused.
func (r *Reader) read(s section) ([]byte, error) {
	if s.length > maxDirectory {
		return nil, fmt.Errorf("a section of %d bytes is too long", s.length)
	}
	data := make([]byte, s.length)
	if _, err := r.file.ReadAt(data, int64(s.offset)); err != nil {
		return nil, fmt.Errorf("read the archive: %w", err)
	}
	return data, nil
}
