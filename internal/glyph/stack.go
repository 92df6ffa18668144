package glyph

import (
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"

	"parkmap/internal/draw"
	"parkmap/internal/font"
)

// RangeSize is the number of characters in a range, LastStart the start of the last one.
const (
	RangeSize = 256
	LastStart = 0xFF00
)

// ascent is how far below the top of a line clients put the baseline of a character, in pixels of a field.
// They centre a line so that its baseline is 0.375 em below the middle, where it centres ideographs.
const ascent = 26

// Stack is a face as one style of letters: a name for it in style sheets, and what is done to the outlines.
type Stack struct {
	Name    string
	Face    *font.Face
	Grow    float64 // in em: makes strokes heavier by twice as much
	LeanDeg float64 // to the left, as the names of waters do in atlases
}

// Range returns the characters from start on as a message glyphs of the format of fontstack ranges: one stack
// with its name, its range and a glyph for each character that the face has. The message is described in
// glyphs.proto of the fontnik format; numbers of fields are below. An error is one of the face's files.
func (s Stack) Range(start rune) ([]byte, error) {
	var stack []byte
	stack = protowire.AppendTag(stack, stackName, protowire.BytesType)
	stack = protowire.AppendString(stack, s.Name)
	stack = protowire.AppendTag(stack, stackRange, protowire.BytesType)
	stack = protowire.AppendString(stack, fmt.Sprintf("%d-%d", start, start+RangeSize-1))
	for r := start; r < start+RangeSize; r++ {
		g, ok, err := s.Face.Glyph(r)
		if err != nil {
			return nil, fmt.Errorf("glyphs: %w", err)
		}
		if ok {
			stack = protowire.AppendTag(stack, stackGlyph, protowire.BytesType)
			stack = protowire.AppendBytes(stack, s.glyph(r, g))
		}
	}
	out := protowire.AppendTag(nil, glyphsStack, protowire.BytesType)
	return protowire.AppendBytes(out, stack), nil
}

// Numbers of the fields of the messages glyphs, fontstack and glyph.
const (
	glyphsStack = 1

	stackName  = 1
	stackRange = 2
	stackGlyph = 3

	glyphID      = 1
	glyphBitmap  = 2
	glyphWidth   = 3
	glyphHeight  = 4
	glyphLeft    = 5
	glyphTop     = 6
	glyphAdvance = 7
)

func (s Stack) glyph(r rune, g font.Glyph) []byte {
	lean := math.Tan(s.LeanDeg * math.Pi / 180)
	f := fieldOf(g.Outline.Transform(draw.Affine{A: size, B: size * lean, E: size}), s.Grow*size)
	number := func(out []byte, field protowire.Number, v uint64) []byte {
		return protowire.AppendVarint(protowire.AppendTag(out, field, protowire.VarintType), v)
	}
	out := number(nil, glyphID, uint64(r))
	if f.values != nil {
		out = protowire.AppendTag(out, glyphBitmap, protowire.BytesType)
		out = protowire.AppendBytes(out, f.values)
		f.top -= ascent
	}
	out = number(out, glyphWidth, uint64(f.width))
	out = number(out, glyphHeight, uint64(f.height))
	out = number(out, glyphLeft, protowire.EncodeZigZag(int64(f.left)))
	out = number(out, glyphTop, protowire.EncodeZigZag(int64(f.top)))
	return number(out, glyphAdvance, uint64(math.Round((g.Advance+s.Grow)*size)))
}
