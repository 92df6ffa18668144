package font

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Sizes of the parts of TrueType tables that are read and written here.
const (
	headSize   = 54
	hheaSize   = 36
	maxpSize   = 32
	glyphHead  = 10
	longMetric = 4
)

// Flags of the parts of a composite glyph (OpenType 1.9, table glyf).
const (
	partWords = 0x0001 // its arguments are words
	partScale = 0x0008
	partMore  = 0x0020
	partXY    = 0x0040
	part2x2   = 0x0080
	partHints = 0x0100
)

var errNoTrueType = errors.New("typeface: not a TrueType font")

// trueType is a font with outlines in the table glyf, as it is in its file.
type trueType struct {
	head, hhea, maxp, loca, glyf, hmtx []byte
	metrics                            int // entries of hmtx with an advance
}

// readTrueType finds the tables of a font. It checks the sizes of those of fixed size.
func readTrueType(data []byte) (*trueType, error) {
	t := &trueType{}
	tables := map[string]*[]byte{
		"head": &t.head, "hhea": &t.hhea, "maxp": &t.maxp, "loca": &t.loca, "glyf": &t.glyf, "hmtx": &t.hmtx,
	}
	if len(data) < sfntHeaderSize {
		return nil, errNoTrueType
	}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		at := sfntHeaderSize + i*sfntEntrySize
		if at+sfntEntrySize > len(data) {
			return nil, errNoTrueType
		}
		from, size := uint64(binary.BigEndian.Uint32(data[at+8:])), uint64(binary.BigEndian.Uint32(data[at+12:]))
		if into := tables[string(data[at:at+4])]; into != nil && from+size <= uint64(len(data)) {
			*into = data[from : from+size]
		}
	}
	if len(t.head) < headSize || len(t.hhea) < hheaSize || len(t.maxp) < maxpSize || t.loca == nil || t.glyf == nil {
		return nil, errNoTrueType
	}
	t.metrics = int(binary.BigEndian.Uint16(t.hhea[34:]))
	if t.metrics == 0 || len(t.hmtx) < t.metrics*longMetric {
		return nil, errNoTrueType
	}
	return t, nil
}

func (t *trueType) unitsPerEm() int { return int(binary.BigEndian.Uint16(t.head[18:])) }

// metric returns the advance of a glyph and its left side bearing, as hmtx has them.
func (t *trueType) metric(glyph int) (advance, bearing uint16) {
	at := min(glyph, t.metrics-1) * longMetric
	advance = binary.BigEndian.Uint16(t.hmtx[at:])
	if glyph >= t.metrics {
		if at = t.metrics*longMetric + (glyph-t.metrics)*2; at+2 > len(t.hmtx) {
			return advance, 0
		}
		return advance, binary.BigEndian.Uint16(t.hmtx[at:])
	}
	return advance, binary.BigEndian.Uint16(t.hmtx[at+2:])
}

// outline returns the description of a glyph; empty for one that draws nothing.
func (t *trueType) outline(glyph int) ([]byte, error) {
	offset := func(i int) (int, bool) {
		if binary.BigEndian.Uint16(t.head[50:]) == 0 {
			if 2*i+2 > len(t.loca) {
				return 0, false
			}
			return 2 * int(binary.BigEndian.Uint16(t.loca[2*i:])), true
		}
		if 4*i+4 > len(t.loca) {
			return 0, false
		}
		return int(binary.BigEndian.Uint32(t.loca[4*i:])), true
	}
	from, okFrom := offset(glyph)
	to, okTo := offset(glyph + 1)
	if !okFrom || !okTo || from > to || to > len(t.glyf) {
		return nil, fmt.Errorf("typeface: glyph %d lies outside its table", glyph)
	}
	return t.glyf[from:to], nil
}

// unhinted returns a copy of a glyph without its instructions. Of a composite one rename gives the new number of
// each part.
func unhinted(glyph []byte, rename func(part int) (uint16, error)) ([]byte, error) {
	if len(glyph) == 0 {
		return nil, nil
	}
	if len(glyph) < glyphHead {
		return nil, errNoTrueType
	}
	contours := int(int16(binary.BigEndian.Uint16(glyph))) //nolint:gosec // a signed field of the format
	if contours < 0 {
		return renamedParts(glyph, rename)
	}
	at := glyphHead + 2*contours
	if at+2 > len(glyph) {
		return nil, errNoTrueType
	}
	rest := at + 2 + int(binary.BigEndian.Uint16(glyph[at:]))
	if rest > len(glyph) {
		return nil, errNoTrueType
	}
	out := append([]byte(nil), glyph[:at]...)
	return append(append(out, 0, 0), glyph[rest:]...), nil
}

func renamedParts(glyph []byte, rename func(part int) (uint16, error)) ([]byte, error) {
	out := append([]byte(nil), glyph...)
	for at := glyphHead; ; {
		if at+4 > len(out) {
			return nil, errNoTrueType
		}
		flags := binary.BigEndian.Uint16(out[at:])
		name, err := rename(int(binary.BigEndian.Uint16(out[at+2:])))
		if err != nil {
			return nil, err
		}
		binary.BigEndian.PutUint16(out[at:], flags&^partHints)
		binary.BigEndian.PutUint16(out[at+2:], name)
		if at += partSize(flags); at > len(out) {
			return nil, errNoTrueType
		}
		if flags&partMore == 0 {
			return out[:at], nil
		}
	}
}

func partSize(flags uint16) int {
	size := 6
	if flags&partWords != 0 {
		size = 8
	}
	switch {
	case flags&partScale != 0:
		size += 2
	case flags&partXY != 0:
		size += 4
	case flags&part2x2 != 0:
		size += 8
	}
	return size
}
