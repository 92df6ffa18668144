package pmtiles

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
)

// maxDirectory bounds a directory when inflated: half a million entries of a hundred bytes do not occur.
const maxDirectory = 32 << 20

// entry is one line of a directory (section 4): run tiles from number on have the content at offset. In a root directory
// run 0 stands for a leaf directory, which tells of the tiles from number on.
type entry struct {
	number, offset uint64
	length, run    uint32
}

// encodeDirectory returns a directory, gzipped: four columns of varints, numbers as differences, an offset that
// follows from the entry before as 0, others one higher (section 4.2).
func encodeDirectory(entries []entry) ([]byte, error) {
	plain := binary.AppendUvarint(nil, uint64(len(entries)))
	last := uint64(0)
	for _, e := range entries {
		plain = binary.AppendUvarint(plain, e.number-last)
		last = e.number
	}
	for _, e := range entries {
		plain = binary.AppendUvarint(plain, uint64(e.run))
	}
	for _, e := range entries {
		plain = binary.AppendUvarint(plain, uint64(e.length))
	}
	for i, e := range entries {
		if i > 0 && e.offset == entries[i-1].offset+uint64(entries[i-1].length) {
			plain = append(plain, 0)
			continue
		}
		plain = binary.AppendUvarint(plain, e.offset+1)
	}
	return compress(plain)
}

// compress is gzip, as strong as it gets: directories are written once and read often.
func compress(plain []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

// inflate is the inverse of compress, up to maxDirectory bytes.
func inflate(data []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxDirectory+1))
	if err == nil && len(plain) > maxDirectory {
		err = fmt.Errorf("a section is longer than %d bytes", maxDirectory)
	}
	return plain, err
}

// parseDirectory is the inverse of encodeDirectory.
func parseDirectory(data []byte) ([]entry, error) {
	plain, err := inflate(data)
	if err != nil {
		return nil, err
	}
	next := func() uint64 {
		n, size := binary.Uvarint(plain)
		if size <= 0 {
			err = errors.New("a directory ends early")
			return 0
		}
		plain = plain[size:]
		return n
	}
	count := next()
	if count > uint64(len(plain)) {
		return nil, errors.New("a directory claims more entries than it has")
	}
	entries := make([]entry, count)
	last := uint64(0)
	for i := range entries {
		last += next()
		entries[i].number = last
	}
	for i := range entries {
		entries[i].run = uint32(next())
	}
	for i := range entries {
		entries[i].length = uint32(next())
	}
	for i := range entries {
		entries[i].offset = next()
		switch {
		case entries[i].offset > 0:
			entries[i].offset--
		case i > 0:
			entries[i].offset = entries[i-1].offset + uint64(entries[i-1].length)
		}
	}
	return entries, err
}
