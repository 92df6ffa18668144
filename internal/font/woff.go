package font

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Bounds of a WOFF file, in tables and in bytes of the font that it holds.
const (
	maxTables = 64
	maxSFNT   = 64 << 20
)

const (
	woffSignature  = 0x774F4646 // "wOFF"
	woffHeaderSize = 44
	woffEntrySize  = 20
	sfntHeaderSize = 12
	sfntEntrySize  = 16
)

var errNoWOFF = errors.New("not a WOFF 1 file")

// woffTable is one entry of the table directory.
type woffTable struct {
	tag, checksum uint32
	data          []byte // as it is in the file
	length        int    // as it is in the font
}

// ReadWOFF returns the font in a file of the WOFF File Format 1.0 (W3C, 2012) as an OpenType file: its
// tables, inflated, below a table directory. Metadata and private data are left out. An error says what is
// wrong with the file; what it claims about sizes is not believed before it is checked.
func ReadWOFF(file []byte) ([]byte, error) {
	if len(file) < woffHeaderSize || binary.BigEndian.Uint32(file) != woffSignature {
		return nil, errNoWOFF
	}
	count := int(binary.BigEndian.Uint16(file[12:]))
	if count == 0 || count > maxTables || len(file) < woffHeaderSize+count*woffEntrySize {
		return nil, fmt.Errorf("%w: a directory of %d tables in %d bytes", errNoWOFF, count, len(file))
	}
	tables := make([]woffTable, count)
	total := sfntHeaderSize + count*sfntEntrySize
	for i := range tables {
		t, err := woffEntry(file, file[woffHeaderSize+i*woffEntrySize:])
		if err != nil {
			return nil, err
		}
		if total += padded(t.length); total > maxSFNT {
			return nil, fmt.Errorf("WOFF: the font would have more than %d bytes", maxSFNT)
		}
		tables[i] = t
	}
	slices.SortFunc(tables, func(a, b woffTable) int { return int(int64(a.tag) - int64(b.tag)) })
	return writeSFNT(binary.BigEndian.Uint32(file[4:]), tables, total)
}

func woffEntry(file, entry []byte) (woffTable, error) {
	word := func(i int) uint32 { return binary.BigEndian.Uint32(entry[4*i:]) }
	t := woffTable{tag: word(0), checksum: word(4)}
	offset, packed, length := uint64(word(1)), uint64(word(2)), uint64(word(3))
	if offset+packed > uint64(len(file)) || packed > length || length > maxSFNT {
		return t, fmt.Errorf("WOFF: table %q lies outside the file", tagName(t.tag))
	}
	t.data, t.length = file[offset:offset+packed], int(length)
	return t, nil
}

// writeSFNT writes tables, sorted by tag, below their directory (OpenType 1.9, "Organization of an OpenType font").
func writeSFNT(flavor uint32, tables []woffTable, size int) ([]byte, error) {
	out := make([]byte, size)
	count := len(tables)
	power := 0
	for 2<<power <= count {
		power++
	}
	binary.BigEndian.PutUint32(out, flavor)
	for i, v := range []int{count, 16 << power, power, 16*count - 16<<power} {
		binary.BigEndian.PutUint16(out[4+2*i:], uint16(v))
	}
	at := sfntHeaderSize + count*sfntEntrySize
	for i, t := range tables {
		entry := out[sfntHeaderSize+i*sfntEntrySize:]
		for j, v := range []uint32{t.tag, t.checksum, uint32(at), uint32(t.length)} {
			binary.BigEndian.PutUint32(entry[4*j:], v)
		}
		if err := t.inflate(out[at : at+t.length]); err != nil {
			return nil, fmt.Errorf("WOFF: table %q: %w", tagName(t.tag), err)
		}
		at += padded(t.length)
	}
	return out, nil
}

// inflate fills into with the table; one that does not shrink is stored as it is.
func (t woffTable) inflate(into []byte) error {
	if len(t.data) == t.length {
		copy(into, t.data)
		return nil
	}
	r, err := zlib.NewReader(bytes.NewReader(t.data))
	if err != nil {
		return err
	}
	if _, err := io.ReadFull(r, into); err != nil {
		return err
	}
	if n, _ := r.Read(make([]byte, 1)); n > 0 {
		return errors.New("is longer than it says")
	}
	return nil
}

func padded(n int) int { return (n + 3) &^ 3 }

func tagName(tag uint32) string {
	return string(binary.BigEndian.AppendUint32(nil, tag))
}
