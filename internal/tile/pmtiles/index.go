package pmtiles

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
)

// File is where a Writer keeps bytes. An *os.File is one.
type File interface {
	io.ReaderAt
	io.WriterAt
	Truncate(size int64) error
	Sync() error
}

// hash is the first half of the SHA-256 of a content.
type hash [16]byte

// record is a tile of an unfinished archive.
type record struct {
	number, offset uint64 // as in entry
	length         uint32
	hash           hash
}

// recordSize is the size of a record in the index: number, offset, length, hash, checksum of these.
const recordSize = 8 + 8 + 4 + len(hash{}) + 4

// append writes the record behind b.
func (r record) append(b []byte) []byte {
	start := len(b)
	b = binary.LittleEndian.AppendUint64(b, r.number)
	b = binary.LittleEndian.AppendUint64(b, r.offset)
	b = binary.LittleEndian.AppendUint32(b, r.length)
	b = append(b, r.hash[:]...)
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b[start:]))
}

// parseRecord is the inverse of append; false when the bytes are none that append wrote.
func parseRecord(b []byte) (r record, ok bool) {
	sum := len(b) - 4
	r = record{number: binary.LittleEndian.Uint64(b), offset: binary.LittleEndian.Uint64(b[8:]), length: binary.LittleEndian.Uint32(b[16:])}
	copy(r.hash[:], b[20:])
	return r, crc32.ChecksumIEEE(b[:sum]) == binary.LittleEndian.Uint32(b[sum:])
}

// readIndex hands on the records of an index in their order, up to the first that is torn, and returns how many these are.
func readIndex(index io.ReaderAt, yield func(record)) (int64, error) {
	const batch = 1024
	buffer := make([]byte, batch*recordSize)
	for count := int64(0); ; {
		n, err := index.ReadAt(buffer, count*int64(recordSize))
		if err != nil && !errors.Is(err, io.EOF) {
			return count, err
		}
		whole := n / recordSize
		for i := range whole {
			r, ok := parseRecord(buffer[i*recordSize : (i+1)*recordSize])
			if !ok {
				return count, nil
			}
			count++
			yield(r)
		}
		if whole < batch {
			return count, nil
		}
	}
}
