package book

import (
	"fmt"

	"parkmap/internal/draw"
	"parkmap/internal/page"
	"parkmap/internal/pdf"
	"parkmap/internal/scene"
	scenepdf "parkmap/internal/scene/pdf"
)

// Book sets the book of a layout: cover, contents, figures, a sheet for each area, tables, index. An error is one of
// the typeface or of a map.
func Book(of page.Book, m *scene.Model, o Options) ([]byte, error) {
	s := newSetter(m, of.Imprint, o, of.Site+" · "+of.Title, of.Document.Text)
	b := &binder{setter: s, of: of}
	if err := b.cover(); err != nil {
		return nil, err
	}
	front := s.doc.Element("TOC")
	if err := b.figures(); err != nil {
		return nil, err
	}
	b.table(of.Areas)
	if err := b.sheets(); err != nil {
		return nil, err
	}
	for _, t := range of.Tables {
		b.table(t)
	}
	b.index()
	s.doc.Inside(front, b.contents)
	b.bookmarks()
	return s.bytes()
}

// binder puts a book together.
type binder struct {
	*setter
	of      page.Book
	entries []entry
}

// entry is a line of the contents, and a bookmark.
type entry struct {
	level int
	mark  string // what stands in a disc before it
	text  string
	at    place
}

func (b *binder) enter(level int, mark, text string, p *pdf.Page) {
	b.entries = append(b.entries, entry{level, mark, text, place{p, 0}})
}

// cover sets the first page: what the book is of, and the whole layout.
func (b *binder) cover() error {
	p := b.doc.AddPage(pdf.A4Width, pdf.A4Height)
	p.Artifact(func() { b.rule(p, side, head, fullWide, "ink", 2.2) })
	pieces := b.paragraph("P", []run{{text: b.notes(b.Place, b.of.Title), look: b.subtitle()}}, fullWide, 0, 6)
	pieces = append(pieces, b.paragraph("H1", []run{{text: b.Site, look: b.display()}}, fullWide, 0, 5)...)
	pieces = append(pieces, b.paragraph("P", []run{{text: b.Document.Text, look: b.subtitle()}}, fullWide, 0, 3)...)
	pieces = append(pieces, b.paragraph("P", []run{{text: b.Term, look: b.body()}}, fullWide, 0, 0)...)
	_, y := frame{p, side, head + 14, lowest}.fill(pieces, true)
	low, imprint := b.imprint(p, b.BaseURL+"/")
	const scale = 0.62
	high := low - y - 24
	whole, err := scene.Compose(b.model, scene.Request{
		Width: fullWide / scale, Height: high / scale, Theme: scene.ThemeRole, Lang: b.Lang, Links: true,
	})
	if err != nil {
		return err
	}
	scenepdf.Place(p, whole, draw.Pt{X: side, Y: y + 14}, scale)
	p.Artifact(func() { p.Draw(pdf.Box(side, y+14, fullWide, high), pdf.Brush{Stroke: b.ink("ink"), Width: 1}) })
	imprint()
	return nil
}

// figures sets each figure of the document on a page.
func (b *binder) figures() error {
	for i, f := range b.of.Figures {
		p := b.addPage(b.notes(b.Site, b.word("book.figures")))
		if i == 0 {
			b.enter(0, "", b.word("book.figures"), p)
		}
		b.enter(1, "", f.Title.Text, p)
		pieces := b.paragraph("P", []run{{text: f.Kicker, look: b.note()}}, fullWide, 0, 1)
		pieces = append(pieces, b.paragraph("H1", []run{{text: f.Title.Text, look: b.title()}}, fullWide, 0, 1)...)
		pieces = append(pieces, b.paragraph("P", []run{{text: b.bounded(f.Caption.Text), look: b.body()}}, fullWide, 0, 0)...)
		pieces = append(pieces, b.paragraph("P", []run{{text: b.notes(b.Review, b.Document.Text), look: b.small()}}, fullWide, 0, 5)...)
		_, y := frame{p, side, head, lowest}.fill(pieces, true)
		const scale = 0.66
		drawn, err := scene.Compose(b.model, scene.Request{
			Figure: f.No, Width: fullWide / scale, Height: (lowest - y) / scale, WidthMM: fullWide / pdf.MM, Theme: scene.ThemeRole, Lang: b.Lang,
			Legend: true, Margin: true, Framed: true, Clear: true,
		})
		if err != nil {
			return err
		}
		scenepdf.Place(p, drawn, draw.Pt{X: side, Y: y}, scale)
	}
	return nil
}

func (b *binder) sheets() error {
	for i, f := range b.of.Sheets {
		p, err := b.sheet(f)
		if err != nil {
			return err
		}
		b.spots["/f/"+string(f.ID)] = place{p, 0}
		if i == 0 {
			b.enter(0, "", b.word("book.sheets"), p)
		}
		b.enter(1, f.Disc, f.Name.Text, p)
	}
	return nil
}

// rowHigh is the height of a line of the contents.
const rowHigh = 17

// contents sets the contents on pages of their own behind the cover.
func (b *binder) contents() {
	made, pieces := len(b.doc.Pages()), b.contentsPieces()
	for range b.contentsPages() {
		b.addPage(b.notes(b.Site, b.word("book.contents")))
	}
	b.doc.Move(made, 1)
	for _, p := range b.doc.Pages()[1:] { // now that the numbers of all pages are known
		if pieces, _ = (frame{p, side, head, lowest}).fill(pieces, true); len(pieces) == 0 {
			break
		}
	}
	b.entries = append([]entry{{0, "", b.word("book.contents"), place{b.doc.Pages()[1], 0}}}, b.entries...)
}

// contentsPages is how many pages the contents take, as far as their entries are known.
func (b *binder) contentsPages() int {
	n := 0
	for rest := b.contentsPieces(); len(rest) > 0; n++ {
		rest, _ = frame{nil, side, head, lowest}.fill(rest, false)
	}
	return n
}

func (b *binder) contentsPieces() []piece {
	pieces := glued(b.paragraph("H1", []run{{text: b.word("book.contents"), look: b.title()}}, fullWide, 0, 12))
	if b.of.Left > 0 {
		text := b.word("book.some", "n", len(b.of.Sheets), "rest", b.of.Left)
		pieces = append(pieces, b.paragraph("P", []run{{text: text, look: b.body()}}, fullWide, 0, 8)...)
	}
	for _, e := range b.entries {
		high := float64(rowHigh)
		if e.level == 0 {
			high += 5
		}
		pieces = append(pieces, piece{high: high, glue: e.level == 0, draw: func(p *pdf.Page, x, y float64) { b.entry(p, e, x, y+high-5) }})
	}
	return pieces
}

// entry writes a line of the contents: a name, dots, the number of its page.
func (b *binder) entry(p *pdf.Page, e entry, x, y float64) {
	l := b.body()
	l.size = 9
	if e.level == 0 {
		l.bold, l.size = true, 10
	} else {
		x += 24
	}
	no := fmt.Sprint(b.doc.Number(e.at.page))
	room := side + fullWide - x - b.wide(no, l) - 14
	lines := b.lines([]run{{text: e.text, look: l}}, room)
	if len(lines) == 0 {
		return
	}
	text := lines[0][0].text
	if len(lines) > 1 {
		text += "…" // the whole name heads its page
	}
	p.Mark(b.doc.Element("TOCI"), func() {
		if e.mark != "" {
			mark := l
			mark.bold = true
			b.write(p, e.mark, x-8, y, mark, end)
		}
		b.write(p, text, x, y, l, start)
		b.write(p, no, side+fullWide, y, l, end)
	})
	p.Artifact(func() {
		var o pdf.Outline
		o.MoveTo(draw.Pt{X: x + b.wide(text, l) + 5, Y: y - 1})
		o.LineTo(draw.Pt{X: side + fullWide - b.wide(no, l) - 5, Y: y - 1})
		p.Draw(o, pdf.Brush{Stroke: b.ink("ink-3"), Width: 0.7, Dash: []float64{0, 3.2}, RoundCaps: true})
	})
	p.LinkTo(side, y-11, fullWide, rowHigh, e.at.page, e.at.top)
}

func (b *binder) bookmarks() {
	for _, e := range b.entries {
		text := e.text
		if e.mark != "" {
			text = e.mark + " " + text
		}
		b.doc.Bookmark(e.level, text, e.at.page, e.at.top)
	}
}
