package pdf

import (
	"time"

	"parkmap/internal/font"
)

// Sizes of paper, in points.
const (
	A4Width  = 210 * MM
	A4Height = 297 * MM

	// MM is a millimetre in points.
	MM = 72 / 25.4
)

// Info says what a document is.
type Info struct {
	Title    string
	Subject  string
	Creator  string    // the program
	Lang     string    // a language tag, such as zh-CN
	Modified time.Time // of what the document shows, so that the same content gives the same bytes

	Missing func(r rune) // is told of each character that the typeface lacks, which is drawn as a box; nil tells nobody
}

// Document is a document in the making. It is for one goroutine. The first error, which is one of the typeface,
// is returned by Bytes.
type Document struct {
	info     Info
	font     *font.Subset
	pages    []*Page
	marks    []bookmark
	states   []state // of opacity, by number
	elements []*element
	open     []*element // the elements that new ones go into
	err      error
}

type bookmark struct {
	level int
	title string
	page  *Page
	top   float64
}

// state is an extended graphics state: how opaque fills and strokes are.
type state struct{ fill, stroke float64 }

// New begins a document in a face.
func New(face *font.Face, info Info) *Document {
	return &Document{info: info, font: face.Subset()}
}

// AddPage adds a page of a size.
func (d *Document) AddPage(width, height float64) *Page {
	p := &Page{doc: d, width: width, height: height}
	p.op(1, 0, 0, -1, 0, height).name("cm") // down
	d.pages = append(d.pages, p)
	return p
}

// Pages lists the pages in order.
func (d *Document) Pages() []*Page { return d.pages }

// Move takes the last pages, from one on, to another place.
func (d *Document) Move(from, to int) {
	moved := append([]*Page(nil), d.pages[from:]...)
	copy(d.pages[to+len(moved):], d.pages[to:from])
	copy(d.pages[to:], moved)
}

// Bookmark adds an entry to the outline that readers show beside the pages. Level 0 is the outermost; an entry
// belongs to the last one of the level above it.
func (d *Document) Bookmark(level int, title string, page *Page, top float64) {
	d.marks = append(d.marks, bookmark{level, clean(title), page, top})
}

// Width returns the width of a text with room of space points behind each character.
func (d *Document) Width(text string, size, space float64) float64 {
	sum, count := 0.0, 0
	for _, r := range text {
		if visible(r) {
			sum += d.font.Advance(d.glyph(r))
			count++
		}
	}
	return sum*size + float64(count)*space
}

func (d *Document) glyph(r rune) uint16 {
	n, err := d.font.Number(r)
	if err != nil && d.err == nil {
		d.err = err
	}
	if err != nil {
		return 0
	}
	return n
}

// Number returns the number of a page from 1 on, 0 of none.
func (d *Document) Number(of *Page) int {
	for i, p := range d.pages {
		if p == of {
			return i + 1
		}
	}
	return 0
}

// state returns the number of an extended graphics state.
func (d *Document) state(s state) int {
	for i, known := range d.states {
		if known == s {
			return i
		}
	}
	d.states = append(d.states, s)
	return len(d.states) - 1
}

// clean returns a text without what is not drawn.
func clean(text string) string {
	out := make([]rune, 0, len(text))
	for _, r := range text {
		if visible(r) {
			out = append(out, r)
		}
	}
	return string(out)
}

// visible tells whether a character is drawn: controls, joiners, variants and marks of direction are not.
func visible(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r < 0xA0, r == 0xAD, r == 0xFEFF, r >= 0xFFFE && r <= 0xFFFF:
		return false
	case r >= 0x200B && r <= 0x200F, r >= 0x2028 && r <= 0x202E, r >= 0x2060 && r <= 0x206F, r >= 0xFE00 && r <= 0xFE0F:
		return false
	}
	return true
}
