package font

import (
	"encoding/binary"
	"errors"
	"math"

	"golang.org/x/image/font/sfnt"
)

// maxGlyphs bounds a font: glyphs are numbered by 16 bits. Characters beyond it are drawn as the stand-in.
const maxGlyphs = math.MaxUint16

// maxDepth bounds glyphs that are made of glyphs that are made of glyphs.
const maxDepth = 8

// Subset gathers characters of a face into one TrueType font, for documents that carry their own letters. A
// character that the face lacks becomes a box of one em, a glyph of its own, so that the text can still be read
// out. It is for one goroutine.
type Subset struct {
	face    *Face
	glyphs  []subGlyph // by number; 0 is the stand-in
	numbers map[rune]uint16
	parts   map[subPart]uint16
	files   map[*subset]*trueType
	first   *trueType // whose head the font takes
	missing []rune
}

type subGlyph struct {
	outline          []byte
	advance, bearing uint16 // in units
	char             rune   // 0 of what is only a part of others
}

// subPart is a glyph of a file.
type subPart struct {
	file  *trueType
	glyph int
}

// Subset begins a font without characters.
func (f *Face) Subset() *Subset {
	return &Subset{face: f, numbers: map[rune]uint16{}, parts: map[subPart]uint16{}, files: map[*subset]*trueType{}}
}

// Number returns the glyph of a character, which it adds to the font. An error is one of the files.
func (s *Subset) Number(r rune) (uint16, error) {
	if n, ok := s.numbers[r]; ok {
		return n, nil
	}
	if err := s.begin(); err != nil {
		return 0, err
	}
	n, found, err := s.find(r)
	if err != nil {
		return 0, err
	}
	if !found {
		s.missing = append(s.missing, r)
		n = s.add(subGlyph{outline: s.glyphs[0].outline, advance: s.glyphs[0].advance, char: r})
	}
	if n != 0 {
		s.glyphs[n].char = r
	}
	s.numbers[r] = n
	return n, nil
}

// begin makes the stand-in. The first file of the face gives the measures of the font.
func (s *Subset) begin() (err error) {
	if s.first != nil {
		return nil
	}
	if len(s.face.subsets) == 0 {
		return errors.New("typeface: has no files")
	}
	if s.first, err = s.file(s.face.subsets[0]); err != nil {
		return err
	}
	em := s.first.unitsPerEm()
	s.add(subGlyph{outline: box(em), advance: uint16(em)}) //nolint:gosec // at most 16384
	return nil
}

func (s *Subset) file(from *subset) (*trueType, error) {
	if t := s.files[from]; t != nil {
		return t, nil
	}
	data, err := from.data()
	if err != nil {
		return nil, err
	}
	t, err := readTrueType(data)
	if err != nil {
		return nil, err
	}
	if s.first != nil && t.unitsPerEm() != s.first.unitsPerEm() {
		return nil, errors.New("typeface: its files have different units")
	}
	s.files[from] = t
	return t, nil
}

func (s *Subset) add(g subGlyph) uint16 {
	if len(s.glyphs) == maxGlyphs {
		return 0
	}
	s.glyphs = append(s.glyphs, g)
	return uint16(len(s.glyphs) - 1) //nolint:gosec // bounded above
}

func (s *Subset) find(r rune) (n uint16, found bool, err error) {
	buffer := s.face.buffers.Get().(*sfnt.Buffer)
	defer s.face.buffers.Put(buffer)
	for _, from := range s.face.subsets {
		if !contain(from.ranges, r) {
			continue
		}
		font, err := from.font()
		if err != nil {
			return 0, false, err
		}
		index, err := font.GlyphIndex(buffer, r)
		if err != nil || index == 0 {
			continue
		}
		file, err := s.file(from)
		if err != nil {
			return 0, false, err
		}
		n, err := s.copy(subPart{file, int(index)}, 0)
		return n, true, err
	}
	return 0, false, nil
}

// copy takes a glyph with its parts out of a file. A glyph that stands for one character already is taken once
// more for another one: each has to be read out as what it was.
func (s *Subset) copy(p subPart, depth int) (uint16, error) {
	if n, ok := s.parts[p]; ok && (depth > 0 || s.glyphs[n].char == 0) {
		return n, nil
	}
	if depth > maxDepth {
		return 0, errNoTrueType
	}
	data, err := p.file.outline(p.glyph)
	if err != nil {
		return 0, err
	}
	out, err := unhinted(data, func(part int) (uint16, error) { return s.copy(subPart{p.file, part}, depth+1) })
	if err != nil {
		return 0, err
	}
	advance, bearing := p.file.metric(p.glyph)
	n := s.add(subGlyph{outline: out, advance: advance, bearing: bearing})
	s.parts[p] = n
	return n, nil
}

// Chars returns the character of each glyph, 0 where it has none.
func (s *Subset) Chars() []rune {
	out := make([]rune, len(s.glyphs))
	for i, g := range s.glyphs {
		out[i] = g.char
	}
	return out
}

// Advance returns how far a glyph moves on, in em.
func (s *Subset) Advance(n uint16) float64 {
	return float64(s.glyphs[n].advance) / float64(s.first.unitsPerEm())
}

// Missing lists the characters that the face lacks, in the order in which they were asked for.
func (s *Subset) Missing() []rune { return s.missing }

// Name is that of the face.
func (s *Subset) Name() string { return s.face.name }

// Extent returns how far letters reach above and below the baseline, in em; below is negative.
func (s *Subset) Extent() (above, below float64, err error) {
	if err := s.begin(); err != nil {
		return 0, 0, err
	}
	em := float64(s.first.unitsPerEm())
	signed := func(at int) float64 { return float64(int16(binary.BigEndian.Uint16(s.first.hhea[at:]))) / em } //nolint:gosec // signed fields
	return signed(4), signed(6), nil
}

// TrueType returns the font: the tables that a document needs (ISO 32000-1, 9.9), without a cmap.
func (s *Subset) TrueType() ([]byte, error) {
	if err := s.begin(); err != nil {
		return nil, err
	}
	var glyf, loca, hmtx []byte
	for _, g := range s.glyphs {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf))) //nolint:gosec // far below 4 GB
		glyf = append(glyf, g.outline...)
		glyf = append(glyf, make([]byte, padded(len(glyf))-len(glyf))...)
		hmtx = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(hmtx, g.advance), g.bearing)
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf))) //nolint:gosec // far below 4 GB
	head := append([]byte(nil), s.first.head[:headSize]...)
	binary.BigEndian.PutUint32(head[8:], 0)  // the checksum of all, which documents do not need
	binary.BigEndian.PutUint16(head[50:], 1) // long offsets
	count := uint16(len(s.glyphs))           //nolint:gosec // at most maxGlyphs
	hhea := append([]byte(nil), s.first.hhea[:hheaSize]...)
	binary.BigEndian.PutUint16(hhea[34:], count)
	maxp := append([]byte(nil), s.first.maxp[:maxpSize]...)
	binary.BigEndian.PutUint16(maxp[4:], count)
	binary.BigEndian.PutUint16(maxp[26:], 0) // instructions
	var tables []woffTable
	size := sfntHeaderSize
	for _, t := range []struct {
		tag  string
		data []byte
	}{{"glyf", glyf}, {"head", head}, {"hhea", hhea}, {"hmtx", hmtx}, {"loca", loca}, {"maxp", maxp}} {
		tables = append(tables, woffTable{binary.BigEndian.Uint32([]byte(t.tag)), checksum(t.data), t.data, len(t.data)})
		size += sfntEntrySize + padded(len(t.data))
	}
	return writeSFNT(0x00010000, tables, size)
}

func checksum(data []byte) (sum uint32) {
	for len(data) >= 4 {
		sum += binary.BigEndian.Uint32(data)
		data = data[4:]
	}
	var rest [4]byte
	copy(rest[:], data)
	return sum + binary.BigEndian.Uint32(rest[:])
}

// box is the glyph of a hollow box about one em high.
func box(em int) []byte {
	at := func(share float64) int16 { return int16(math.Round(share * float64(em))) }
	left, right, low, high, line := at(0.1), at(0.9), at(-0.08), at(0.82), at(0.05)
	corners := [][2]int16{
		{left, low}, {left, high}, {right, high}, {right, low},
		{left + line, low + line}, {right - line, low + line}, {right - line, high - line}, {left + line, high - line},
	}
	var out []byte
	word := func(v int16) { out = binary.BigEndian.AppendUint16(out, uint16(v)) } //nolint:gosec // signed fields
	for _, v := range []int16{2, left, low, right, high, 3, 7, 0} {
		word(v)
	}
	for range corners {
		out = append(out, 1) // on the curve, both steps as words
	}
	for axis := range 2 {
		last := int16(0)
		for _, c := range corners {
			word(c[axis] - last)
			last = c[axis]
		}
	}
	return out
}
