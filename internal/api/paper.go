package api

import (
	"context"
	"path"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"parkmap/internal/book"
	"parkmap/internal/ogc"
)

// paperEnds is how the path of a sheet ends that is set for paper.
const paperEnds = ".pdf"

// bookBytes is what setting a book takes, in bytes.
const bookBytes = 48 << 20

// isPaper tells whether a path is that of a document for paper.
func isPaper(name string) bool {
	return name == ogc.BookPath || strings.HasPrefix(name, "/f/") && path.Ext(name) == paperEnds
}

// servePaper answers with the sheet of a feature where the path ends as that of one does, and leaves the rest to
// otherwise.
func (s *Server) servePaper(otherwise echo.HandlerFunc) echo.HandlerFunc {
	sheet := s.serve(s.sheet())
	return func(c echo.Context) error {
		if path.Ext(pathParam(c)("id")) == paperEnds {
			return sheet(c)
		}
		return otherwise(c)
	}
}

// sheet is the sheet of paper on an area or a place. A feature by its slug is redirected.
func (s *Server) sheet() resource {
	return s.paper(func(a *asked) (string, func() ([]byte, error), error) {
		name := strings.TrimSuffix(a.param("id"), paperEnds)
		id, err := a.atlas().Resolve(name)
		if err != nil {
			return "", nil, err
		}
		if string(id) != name {
			return "", nil, redirect{relative(a.base.Page(id)+paperEnds, a.request.URL.RawQuery)}
		}
		of, err := s.pages.Sheet(a.atlas(), a.pageRequest(), id)
		return string(id), s.setting(a, 0, func() ([]byte, error) { return book.Sheet(of, a.pictures(), s.press()) }), err
	})
}

// layoutBook is the book of the layout.
func (s *Server) layoutBook() resource {
	return s.paper(func(a *asked) (string, func() ([]byte, error), error) {
		return "layout", s.setting(a, bookBytes, func() ([]byte, error) {
			of, err := s.pages.Book(a.atlas(), a.pageRequest())
			if err != nil {
				return nil, err
			}
			return book.Book(of, a.pictures(), s.press())
		}), nil
	})
}

// paper is a document for paper; of returns its name and what makes it. It depends on the day, since it says whether
// the document has expired.
func (s *Server) paper(of func(a *asked) (name string, build func() ([]byte, error), err error)) resource {
	return resource{
		cold: true, formats: ogc.PaperFormats(), parameters: fixedParameters("lang"),
		answer: func(a *asked) (reply, error) {
			name, build, err := of(a)
			if err != nil {
				return reply{}, err
			}
			return reply{
				key: a.key() + " " + a.now.Format(time.DateOnly), mediaType: ogc.TypePDF, build: build,
				headers: []field{
					{"Content-Language", []string{string(a.lang)}},
					{"Content-Disposition", []string{`inline; filename="` + fileName(name+"-"+string(a.lang)) + paperEnds + `"`}},
				},
			}, nil
		},
	}
}

// setting makes a document when there is room for it among the pictures that are drawn.
func (s *Server) setting(a *asked, bytes int64, set func() ([]byte, error)) func() ([]byte, error) {
	return func() ([]byte, error) {
		return s.painter.paint(context.WithoutCancel(a.request.Context()), bytes/pixelBytes, set)
	}
}

func (s *Server) press() book.Options {
	return book.Options{Face: s.drawing.Face, Style: s.drawing.Style, Creator: "parkmap " + s.version, Missing: s.painter.lacks}
}

// fileName keeps of a name what every system takes in the name of a file.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '_'
	}, name[:min(len(name), 64)])
}
