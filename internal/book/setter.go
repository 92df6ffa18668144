package book

import (
	"strings"

	"parkmap/internal/font"
	"parkmap/internal/page"
	"parkmap/internal/pdf"
	"parkmap/internal/scene"
)

// Options are what sheets and books are set with.
type Options struct {
	Face    *font.Face
	Style   *scene.Style
	Creator string // the program

	Missing func(r rune) // is told of each character that the typeface lacks; nil tells nobody
}

// The grid of a page, in points.
const (
	side     = 16 * pdf.MM // margins
	head     = 13 * pdf.MM
	foot     = 16 * pdf.MM
	gap      = 6 * pdf.MM // between columns
	fullWide = pdf.A4Width - 2*side
	across   = 3 // columns
	colWide  = (fullWide - (across-1)*gap) / across
	lowest   = pdf.A4Height - foot
)

// setter sets one document.
type setter struct {
	page.Imprint
	doc     *pdf.Document
	style   *scene.Style
	model   *scene.Model
	spots   map[string]place // where a path of this site stands in the document
	links   []reference
	running map[*pdf.Page]string // what stands at the foot of a page beside its number
}

// place is a spot in the document.
type place struct {
	page *pdf.Page
	top  float64
}

// reference is a box of a page that leads to a path of this site or to another address.
type reference struct {
	page       *pdf.Page
	x, y, w, h float64
	href       string
}

func newSetter(m *scene.Model, i page.Imprint, o Options, title, subject string) *setter {
	lang := i.Lang
	if lang == page.Chinese {
		lang = "zh-CN"
	}
	info := pdf.Info{Title: title, Subject: subject, Creator: o.Creator, Lang: lang, Modified: i.Published, Missing: o.Missing}
	return &setter{
		Imprint: i, doc: pdf.New(o.Face, info), style: o.Style, model: m,
		spots: map[string]place{}, running: map[*pdf.Page]string{},
	}
}

// ink returns a colour of the page by its name.
func (s *setter) ink(name string) string { return s.style.Page[name][0] }

// word looks a text up; a key that is missing is shown, as it never is in a program that was tested.
func (s *setter) word(key string, params ...any) string {
	text, err := s.T(key, params...)
	if err != nil {
		return key
	}
	return text
}

// addPage adds an upright page.
func (s *setter) addPage(running string) *pdf.Page {
	p := s.doc.AddPage(pdf.A4Width, pdf.A4Height)
	s.running[p] = running
	return p
}

// bytes writes the document: the feet of its pages, then its links, of which all targets are known by now.
func (s *setter) bytes() ([]byte, error) {
	all := s.doc.Pages()
	for i, p := range all {
		s.foot(p, i+1, len(all))
	}
	for _, l := range s.links {
		path, _, _ := strings.Cut(l.href, "?")
		switch to, ok := s.spots[path]; {
		case ok:
			l.page.LinkTo(l.x, l.y, l.w, l.h, to.page, to.top)
		case !strings.HasPrefix(l.href, "/"):
			l.page.Link(l.x, l.y, l.w, l.h, l.href)
		case s.BaseURL != "":
			l.page.Link(l.x, l.y, l.w, l.h, s.BaseURL+l.href)
		}
	}
	return s.doc.Bytes()
}

// foot writes the line at the bottom of a page.
func (s *setter) foot(p *pdf.Page, no, of int) {
	running, ok := s.running[p]
	if !ok || of == 1 {
		return
	}
	wide, high := p.Size()
	y := high - 9*pdf.MM
	p.Artifact(func() {
		s.rule(p, side, y-9, wide-2*side, "rule", 0.5)
		s.write(p, running, side, y, s.small(), start)
		s.write(p, s.word("book.page", "n", no, "all", of), wide-side, y, s.small(), end)
	})
}
