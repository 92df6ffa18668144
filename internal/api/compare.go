package api

import (
	"bytes"
	"encoding/csv"
	"io"
	"math"
	"net/url"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/page"
	"parkmap/internal/source"
)

// comparePage sets areas side by side and ranks them. What a form sends value by value leads to the address
// in which the values of a list stand together and nothing is empty.
func (s *Server) comparePage() resource {
	r := s.page(func(w io.Writer, a *asked, r page.Request) error {
		r.Found = a.areasFound(a.values.Get("q"))
		return s.pages.Compare(w, a.atlas(), r)
	})
	answer := r.answer
	r.answer = func(a *asked) (reply, error) {
		if scattered(a.request.URL.RawQuery) {
			return reply{}, redirect{relative(string(a.base)+"/compare", page.StateQuery(a.values))}
		}
		return answer(a)
	}
	return r
}

// areasFound returns the areas that a text leads to: by themselves, by a place or a facility in them, by a
// responsible unit. nil is a text that asks for nothing, or that cannot be searched for.
func (a *asked) areasFound(text string) map[layout.ID]bool {
	text, err := parseText(text)
	if err != nil || text == "" {
		return nil
	}
	hits := map[layout.ID]bool{}
	for _, c := range []layout.CollectionID{layout.Areas, layout.Places, layout.Facilities, layout.Units} {
		found, err := a.snapshot.Items(a.request.Context(), source.Query{Collection: c, Text: text, Limit: math.MaxInt32})
		if layout.KindOf(err) == layout.KindNotFound {
			continue // not for this reader
		}
		if err != nil {
			return nil
		}
		for _, f := range found.Features {
			hits[f.ID] = true
		}
	}
	return layout.Holding(a.snapshot.Layout(), hits)
}

// scattered tells whether a query gives a value of a list by itself or leaves one empty.
func scattered(raw string) bool {
	all, _ := url.ParseQuery(raw)
	for _, name := range pageParameters() {
		if list := all[name]; len(list) > 1 && page.ListSeparator(name) != "" || len(list) > 0 && list[0] == "" {
			return true
		}
	}
	return false
}

// compareCSV is the comparison as a table (RFC 4180). It begins with a byte order mark, without which
// spreadsheets do not take it for UTF-8.
func (s *Server) compareCSV() resource {
	return resource{page: true, formats: []ogc.Format{{Name: "csv", Type: ogc.TypeCSV}}, answer: func(a *asked) (reply, error) {
		return reply{key: a.key(), mediaType: ogc.TypeCSV, build: func() ([]byte, error) {
			return writeTable(s.pages.CompareTable(a.atlas(), a.pageRequest()))
		}, headers: []field{{"Content-Disposition", []string{`attachment; filename="compare.csv"`}}}}, nil
	}}
}

const byteOrderMark = "\ufeff"

// writeTable writes texts as a table, none of which a spreadsheet reads as a formula.
func writeTable(table [][]string) ([]byte, error) {
	b := bytes.NewBufferString(byteOrderMark)
	w := csv.NewWriter(b)
	w.UseCRLF = true
	for _, row := range table {
		safe := make([]string, len(row))
		for i, text := range row {
			safe[i] = safeCell(text)
		}
		if err := w.Write(safe); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}
