package raster

import (
	"sync"
	"unicode"

	"github.com/maypok86/otter/v2"

	"parkmap/internal/draw"
	"parkmap/internal/font"
)

// Bounds of what is kept of a face, and of a text.
const (
	lettersWeight = 4 << 20 // bytes of outlines
	maxMissing    = 4096    // characters that are told of
	maxLetters    = 512     // of one text; what lies behind is not drawn
)

// letters gives the characters of a face, and stands in for those that it lacks.
type letters struct {
	face    *font.Face
	kept    *otter.Cache[rune, font.Glyph]
	missing func(rune)

	mu   sync.Mutex
	told map[rune]bool
}

func newLetters(face *font.Face, missing func(rune)) *letters {
	return &letters{
		face: face, missing: missing, told: map[rune]bool{},
		kept: otter.Must(&otter.Options[rune, font.Glyph]{
			MaximumWeight: lettersWeight,
			Weigher:       func(_ rune, g font.Glyph) uint32 { return uint32(g.Outline.Weight() + 128) },
		}),
	}
}

// glyph returns a character as it is drawn. What has no shape takes no room.
func (l *letters) glyph(r rune) (font.Glyph, error) {
	if shapeless(r) {
		return font.Glyph{}, nil
	}
	if g, ok := l.kept.GetIfPresent(r); ok {
		return g, nil
	}
	g, ok, err := l.face.Glyph(r)
	if err != nil {
		return g, err
	}
	if !ok {
		l.tell(r)
		g = standIn(r)
	}
	l.kept.Set(r, g)
	return g, nil
}

// tell reports a character that the face lacks, once.
func (l *letters) tell(r rune) {
	l.mu.Lock()
	known := l.told[r] || len(l.told) >= maxMissing
	if !known {
		l.told[r] = true
	}
	l.mu.Unlock()
	if !known && l.missing != nil {
		l.missing(r)
	}
}

// shapeless tells whether a character has no shape of its own: controls, marks of direction, joiners and selectors of
// variants.
func shapeless(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) || r >= 0xFFFE && r <= 0xFFFF
}

// standIn is a frame in place of a character.
func standIn(r rune) font.Glyph {
	advance := 0.6
	if r >= 0x2E80 {
		advance = 1
	}
	const foot, head, gap, line = 0.06, -0.8, 0.07, 0.06 // of an em; up is negative
	box := func(in float64, inward bool) draw.Path {
		left, right, top, bottom := gap+in, advance-gap-in, head+in, foot-in
		if inward {
			left, right = right, left
		}
		return draw.Polygon(draw.Pt{X: left, Y: top}, draw.Pt{X: right, Y: top}, draw.Pt{X: right, Y: bottom}, draw.Pt{X: left, Y: bottom})
	}
	g := font.Glyph{Advance: advance, Outline: box(0, false)}
	g.Outline.Append(box(line, true))
	return g
}
