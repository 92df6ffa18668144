package font

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"parkmap/internal/draw"
)

// indexFile names the file of a folder that says what is in it.
const indexFile = "face.json"

// Face is one typeface in one weight. Its files are read when a character first needs them and are kept
// from then on. All methods may be called at the same time.
type Face struct {
	name    string
	subsets []*subset
	buffers sync.Pool // of *sfnt.Buffer
}

// subset is one file and the characters that it is for.
type subset struct {
	ranges []runeRange
	data   func() ([]byte, error)
	font   func() (*sfnt.Font, error)
}

// Glyph is a character as it is drawn; all lengths in em.
type Glyph struct {
	Advance float64   // to the next character
	Outline draw.Path // from a point on the baseline; empty for a space. Contours may overlap: by the non-zero rule they are one shape
}

// Open reads the index of the face in the folder dir of fsys: face.json with its name and, for each file, the
// characters that it is for, as the descriptor unicode-range of CSS has them. Of files for the same character the
// first one is taken.
func Open(fsys fs.FS, dir string) (*Face, error) {
	text, err := fs.ReadFile(fsys, path.Join(dir, indexFile))
	if err != nil {
		return nil, fmt.Errorf("typeface: %w", err)
	}
	var index struct {
		Name    string
		Subsets []struct{ File, Ranges string }
	}
	if err := json.Unmarshal(text, &index); err != nil {
		return nil, fmt.Errorf("typeface: %s: %w", indexFile, err)
	}
	f := &Face{name: index.Name}
	f.buffers.New = func() any { return &sfnt.Buffer{} }
	for _, entry := range index.Subsets {
		ranges, err := parseRanges(entry.Ranges)
		if err != nil {
			return nil, fmt.Errorf("typeface: %s: %s: %w", indexFile, entry.File, err)
		}
		f.subsets = append(f.subsets, newSubset(fsys, path.Join(dir, path.Base(entry.File)), ranges))
	}
	return f, nil
}

func newSubset(fsys fs.FS, name string, ranges []runeRange) *subset {
	s := &subset{ranges: ranges}
	s.data = sync.OnceValues(func() ([]byte, error) {
		file, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("typeface: %w", err)
		}
		data, err := ReadWOFF(file)
		if err != nil {
			return nil, fmt.Errorf("typeface: %s: %w", name, err)
		}
		return data, nil
	})
	s.font = sync.OnceValues(func() (*sfnt.Font, error) {
		data, err := s.data()
		if err != nil {
			return nil, err
		}
		font, err := sfnt.Parse(data)
		if err != nil {
			return nil, fmt.Errorf("typeface: %s: %w", name, err)
		}
		return font, nil
	})
	return s
}

// Name returns what the face is called.
func (f *Face) Name() string { return f.name }

// Glyph returns a character; ok is false when the face has none for it. An error is one of the files.
func (f *Face) Glyph(r rune) (g Glyph, ok bool, err error) {
	buffer := f.buffers.Get().(*sfnt.Buffer)
	defer f.buffers.Put(buffer)
	for _, s := range f.subsets {
		if !contain(s.ranges, r) {
			continue
		}
		font, err := s.font()
		if err != nil {
			return Glyph{}, false, err
		}
		if index, err := font.GlyphIndex(buffer, r); err == nil && index != 0 {
			g, err := glyphOf(font, buffer, index)
			return g, err == nil, err
		}
	}
	return Glyph{}, false, nil
}

func glyphOf(font *sfnt.Font, buffer *sfnt.Buffer, index sfnt.GlyphIndex) (Glyph, error) {
	em := fixed.I(int(font.UnitsPerEm()))
	advance, err := font.GlyphAdvance(buffer, index, em, 0)
	if err != nil {
		return Glyph{}, fmt.Errorf("typeface: %w", err)
	}
	segments, err := font.LoadGlyph(buffer, index, em, nil)
	if err != nil {
		return Glyph{}, fmt.Errorf("typeface: %w", err)
	}
	return Glyph{Advance: float64(advance) / float64(em), Outline: outlineOf(segments, em)}, nil
}

// outlineOf scales an outline to one em.
func outlineOf(segments sfnt.Segments, em fixed.Int26_6) draw.Path {
	var p draw.Path
	for _, s := range segments {
		pt := func(i int) draw.Pt {
			return draw.Pt{X: float64(s.Args[i].X) / float64(em), Y: float64(s.Args[i].Y) / float64(em)}
		}
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			p.MoveTo(pt(0))
		case sfnt.SegmentOpLineTo:
			p.LineTo(pt(0))
		case sfnt.SegmentOpQuadTo:
			p.QuadTo(pt(0), pt(1))
		case sfnt.SegmentOpCubeTo:
			p.CubeTo(pt(0), pt(1), pt(2))
		}
	}
	return p
}
