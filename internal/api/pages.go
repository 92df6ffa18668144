package api

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/page"
	"parkmap/internal/source"
)

// maxPageValue bounds the value of a parameter of a page, in bytes; a longer one is ignored.
const maxPageValue = 512

// pageFormats are the representations of a page.
func pageFormats() []ogc.Format { return ogc.DocumentFormats()[1:] }

// explorePage is the map.
func (s *Server) explorePage() resource {
	return s.page(func(w io.Writer, a *asked, r page.Request) error {
		return s.pages.Explore(w, a.atlas(), r)
	})
}

// aboutPage tells of sources and accuracy.
func (s *Server) aboutPage() resource {
	return s.page(func(w io.Writer, a *asked, r page.Request) error {
		return s.pages.About(w, a.atlas(), r)
	})
}

// printPage is the sheet to print. Its parameters beyond the state of the map are its own.
func (s *Server) printPage() resource {
	r := s.page(func(w io.Writer, a *asked, r page.Request) error {
		passing := a.sieve().Passing(layout.ReadFilter(a.values.Get))
		return s.pages.Print(w, a.atlas(), a.pictures(), passing, r)
	})
	r.more, r.cold = page.PrintParameters(), true
	return r
}

// offlinePage is shown without network in place of a page that a browser has not kept.
func (s *Server) offlinePage() resource {
	return s.page(func(w io.Writer, a *asked, r page.Request) error {
		return s.pages.Offline(w, a.atlas(), r)
	})
}

// featurePage is one feature; its slug redirects to its id.
func (s *Server) featurePage() resource {
	r := s.page(func(w io.Writer, a *asked, r page.Request) error {
		return s.pages.Feature(w, a.atlas(), r, a.param("id"))
	})
	answer := r.answer
	r.answer = func(a *asked) (reply, error) {
		name := a.param("id")
		id, err := a.atlas().Resolve(name)
		if err != nil {
			return reply{}, err
		}
		if string(id) != name {
			return reply{}, redirect{relative(a.base.Page(id), a.request.URL.RawQuery)}
		}
		return answer(a)
	}
	return r
}

// page is a resource that write makes.
func (s *Server) page(write func(w io.Writer, a *asked, r page.Request) error) resource {
	return resource{page: true, formats: pageFormats(), answer: func(a *asked) (reply, error) {
		key := a.key() + " " + a.now.Format(time.DateOnly)
		return reply{key: key, mediaType: typeHTML, build: func() ([]byte, error) {
			var b bytes.Buffer
			err := write(&b, a, a.pageRequest())
			return b.Bytes(), err
		}}, nil
	}}
}

// pageParameters are the state of a page that its address carries. The page's scripts read them; of
// those only lang and mode change what the server writes of most pages, the others are kept in links.
func pageParameters() []string { return page.StateKeys() }

// pageValues reads the state that a page carries, and the parameters that are the page's own; what is unknown
// or cannot be read is ignored.
func pageValues(raw string, own ...string) url.Values {
	all, _ := url.ParseQuery(raw)
	kept := url.Values{}
	for _, name := range slices.Concat(pageParameters(), own) {
		value := pageValue(all, name)
		if value == "" || len(value) > maxPageValue || !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
			continue
		}
		kept.Set(name, value)
	}
	if kept.Get("w") == page.DefaultWeights() {
		kept.Del("w")
	}
	if mode := kept.Get("mode"); mode != "light" && mode != "dark" {
		kept.Del("mode")
	}
	if kept.Has("lang") && knownLang(kept.Get("lang")) == "" {
		kept.Del("lang")
	}
	return kept
}

// pageValue returns the value of a parameter. Those of a list may be given one by one, as forms do.
func pageValue(all url.Values, name string) string {
	separator := page.ListSeparator(name)
	if separator == "" {
		return all.Get(name)
	}
	given := slices.DeleteFunc(slices.Clone(all[name]), func(value string) bool { return value == "" })
	return strings.Join(given, separator)
}

// knownLang returns lang when there is such a language, and nothing else.
func knownLang(lang string) string {
	if slices.Contains([]string{string(ogc.ZH), string(ogc.EN)}, lang) {
		return lang
	}
	return ""
}

// problemPage writes a problem for people.
func (s *Server) problemPage(c echo.Context, p Problem) ([]byte, error) {
	values := pageValues(c.Request().URL.RawQuery)
	lang, err := chooseLang(values.Get("lang"), joined(c.Request().Header, "Accept-Language"))
	if err != nil {
		return nil, err
	}
	var atlas *page.Atlas
	if snapshot := s.live.Current(); snapshot != nil {
		atlas = s.views.of(snapshot).atlas()
	}
	request := page.Request{Lang: string(lang), Mode: values.Get("mode"), Path: "/", Query: values, Today: s.now()}
	var b bytes.Buffer
	err = s.pages.Problem(&b, atlas, request, pageProblem(c, p))
	return b.Bytes(), err
}

func pageProblem(c echo.Context, p Problem) page.Problem {
	out := page.Problem{
		Status: p.Status, Detail: p.Detail, RequestID: p.Incident,
		Feature: p.Status == http.StatusNotFound && c.Path() == "/f/:id",
	}
	if out.RequestID == "" {
		out.RequestID = c.Response().Header().Get("X-Request-Id")
	}
	for _, e := range p.Errors {
		out.Errors = append(out.Errors, page.ProblemError{At: e.Parameter + e.Pointer, Detail: e.Detail})
	}
	return out
}

// pack is the data of the page's scripts.
func (s *Server) pack() resource {
	return resource{
		public: true, formats: ogc.DocumentFormats()[:1], parameters: fixedParameters(),
		answer: func(a *asked) (reply, error) {
			return reply{key: "pack", mediaType: ogc.TypeJSON, build: func() ([]byte, error) { return source.Pack(a.snapshot) }}, nil
		},
	}
}
