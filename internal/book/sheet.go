package book

import (
	"strings"

	"parkmap/internal/draw"
	"parkmap/internal/layout"
	"parkmap/internal/page"
	"parkmap/internal/pdf"
	"parkmap/internal/qr"
	"parkmap/internal/scene"
)

// maxQRAddress bounds the address whose code is printed, in bytes.
const maxQRAddress = 600

// Sheet sets a sheet of A4 on an area or a place, with further pages where it has more to say. An error is one of
// the typeface or of a map.
func Sheet(of page.Sheet, m *scene.Model, o Options) ([]byte, error) {
	s := newSetter(m, of.Imprint, o, of.Name.Text, of.Site)
	p, err := s.sheet(of.Facts)
	if err != nil {
		return nil, err
	}
	s.doc.Bookmark(0, of.Name.Text, p, 0)
	return s.bytes()
}

// sheet sets a sheet on new pages and returns the first of them. The map is as high as the text leaves room for.
func (s *setter) sheet(f page.Facts) (*pdf.Page, error) {
	p := s.addPage(s.notes(s.Site, f.Name.Text))
	y := s.sheetHead(p, f)
	low, imprint := s.imprint(p, f.Link)
	targets, rest := s.sheetTargets(f), s.sheetSections(f)
	if f.OnMap {
		high := mapUsual
		for more := mapMost; more >= mapLeast; more -= mapStep {
			if left, from := (frame{p, side, y + 10 + more, low}).fill(targets, false); len(left) == 0 && fits(rest, columns(p, from+2, low)) {
				high = more
				break
			}
		}
		if err := s.maps(p, f, y+4, high); err != nil {
			return nil, err
		}
		y += 4 + high
	}
	left, y := frame{p, side, y + 6, low}.fill(targets, true)
	pour(append(left, rest...), columns(p, y+2, low), func() []frame {
		next := s.addPage(s.notes(s.Site, f.Name.Text))
		return columns(next, s.runningHead(next, f.Name.Text), lowest)
	})
	imprint()
	return p, nil
}

// sheetSections sets what stands in the columns of a sheet.
func (s *setter) sheetSections(f page.Facts) []piece {
	sections := append([]page.Section{}, f.Intro...)
	if f.NoTarget {
		none := page.Row{Values: []page.Value{{Text: s.word("n.notarget")}}}
		sections = append(sections, page.Section{Title: s.word("d.targets"), Rows: []page.Row{none}})
	}
	var out []piece
	for _, sec := range append(sections, f.Sections...) {
		out = append(out, s.section(sec, colWide)...)
	}
	return out[:max(0, len(out)-1)] // nothing follows the last one
}

// sheetHead writes kicker, name and quality beside the disc, and returns where it ends.
func (s *setter) sheetHead(p *pdf.Page, f page.Facts) float64 {
	x, wide := side, fullWide
	if f.Disc != "" {
		s.disc(p, f, draw.Pt{X: side + 15, Y: head + 21})
		x, wide = side+40, fullWide-40
	}
	pieces := s.paragraph("P", []run{{text: s.bounded(s.kicker(f)), look: s.note()}}, wide, 0, 1)
	pieces = append(pieces, s.paragraph("H1", []run{{text: f.Name.Text, look: s.title()}}, wide, 0, 0)...)
	if f.Also.Text != "" {
		also := []run{{text: f.Also.Text, look: s.subtitle()}}
		if f.Translated != "" {
			also = append(also, run{text: "  " + f.Translated, look: s.small()})
		}
		pieces = append(pieces, s.paragraph("P", also, wide, 0, 2)...)
	}
	if q := f.Quality; q != nil {
		strong := s.body()
		strong.bold = true
		pieces = append(pieces, s.paragraph("P", []run{{text: q.Phrase, look: strong}, {text: "  " + s.notes(q.How+" "+q.Use), look: s.note()}}, wide, 0, 0)...)
	}
	_, y := frame{p, x, head, lowest}.fill(pieces, true)
	return max(y, head+42)
}

// disc draws the mark that an area has on the map.
func (s *setter) disc(p *pdf.Page, f page.Facts, at draw.Pt) {
	kind := s.style.Kinds[f.Kind]
	solid, ink := kind.Solid[0], kind.OnSolid[0]
	const r = 15
	size := 15.0
	if len([]rune(f.Disc)) > 2 {
		size = 9
	}
	p.Artifact(func() {
		switch f.Kind {
		case layout.KindPark:
			ink = s.ink("ink")
			p.Draw(pdf.Disc(at, r-1.5), pdf.Brush{Fill: s.ink("paper"), Stroke: solid, Width: 3})
		case layout.KindCore:
			p.Draw(pdf.Disc(at, r), pdf.Brush{Fill: solid})
		default:
			p.Draw(pdf.Round(at.X-r, at.Y-r, 2*r, 2*r, 2), pdf.Brush{Fill: solid})
		}
		x := at.X - s.doc.Width(f.Disc, size, 0)/2
		p.Text(f.Disc, draw.Pt{X: x, Y: at.Y + size*0.36}, pdf.Style{Size: size, Colour: ink, Grow: boldGrow})
	})
}

// runningHead heads a page that goes on with a sheet, and returns where it ends.
func (s *setter) runningHead(p *pdf.Page, name string) float64 {
	pieces := s.paragraph("P", []run{{text: s.word("book.continued", "name", name), look: s.heading()}}, fullWide, 0, 8)
	_, y := frame{p, side, head, lowest}.fill(pieces, true)
	return y
}

func (s *setter) sheetTargets(f page.Facts) []piece {
	if len(f.Targets) == 0 {
		return nil
	}
	title := s.word("d.targets")
	if f.TargetYear > 0 {
		title = s.word("d.target.year", "year", f.TargetYear)
	}
	if f.TargetClause != "" {
		title = s.notes(title, s.word("d.clause.no", "clause", f.TargetClause))
	}
	return append(append(s.headed(title, fullWide), s.targets(f.Targets, fullWide)...), blank(5))
}

// imprint returns what writes where a sheet comes from, beside the code of its address, and how far down the rest of
// the page may reach.
func (s *setter) imprint(p *pdf.Page, link string) (low float64, write func()) {
	const code = 19 * pdf.MM
	x, wide := side, fullWide
	made, err := qr.New(link)
	coded := err == nil && len(link) <= maxQRAddress && strings.HasPrefix(link, "http")
	if coded {
		x, wide = side+code+8, fullWide-code-8
	}
	say := []run{{text: s.notes(s.Compiler+" "+s.Data, s.Term, s.Review) + " " + s.CRS + " ", look: s.small()}}
	if len(s.Credits) > 0 {
		say = append(say, run{text: s.word("about.licences") + ": " + strings.Join(s.Credits, "; ") + ". ", look: s.small()})
	}
	say = append(say, run{text: s.word("print.link") + " ", look: s.small()}, run{text: link, look: s.small(), href: link})
	say[0].text = s.bounded(say[0].text)
	pieces := s.paragraph("P", say, wide, 0, 0)
	high := 0.0
	for _, one := range pieces {
		high += one.high
	}
	if coded {
		high = max(high, code)
	}
	top := lowest - high
	return top - 9, func() {
		p.Artifact(func() { s.rule(p, side, top-5, fullWide, "rule-strong", 0.6) })
		frame{p, x, top, lowest + 1}.fill(pieces, true)
		if coded {
			s.code(p, made, side, top, code)
		}
	}
}

// code draws a QR code whose quiet zone reaches beyond its box on all sides.
func (s *setter) code(p *pdf.Page, c qr.Code, x, y, wide float64) {
	path, err := draw.ParseSVG(c.Path)
	if err != nil {
		return
	}
	scale := wide / float64(c.Size-2*qr.QuietZone)
	var o pdf.Outline
	off := qr.QuietZone * scale
	path.Transform(draw.Placed(scale, draw.Pt{X: x - off, Y: y - off})).Send(&o)
	p.Mark(s.doc.Element("Figure").Alt(s.word("sheet.code")), func() { p.Draw(o, pdf.Brush{Fill: "#000000"}) })
}
