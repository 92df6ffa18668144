package api

import (
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
)

// resource is one thing to GET: what it depends on besides the layout, and how it is made.
type resource struct {
	formats    []ogc.Format // that the client may choose from, the preferred one first
	parameters func(a *asked) ([]string, error)
	answer     func(a *asked) (reply, error)

	more      []string // parameters of a page beyond the state that every page carries
	page      bool     // an HTML page, which any parameter may be given to and the day counts for
	public    bool     // without absolute links, so that shared caches may keep it whatever the origin
	localised bool     // the JSON is in a language, as the HTML always is
	cold      bool     // asked for in more ways than are worth remembering: only the snapshot's bounded cache keeps it
}

// asked is a request as a resource sees it: parsed, and free of HTTP but for its path.
type asked struct {
	*view
	base    ogc.Base
	path    string
	param   func(name string) string // of the path
	values  url.Values
	format  ogc.Format
	lang    ogc.Lang
	now     time.Time
	request *http.Request
}

// reply says what the body of an answer is. The key names all that build depends on besides the snapshot.
type reply struct {
	key       string
	mediaType string
	build     func() ([]byte, error)
	headers   []field // beyond those of every answer
}

// serve answers requests for a resource that are not hot: it parses the request, looks its body up in the
// snapshot and, at last, makes it.
func (s *Server) serve(r resource) echo.HandlerFunc {
	return func(c echo.Context) error {
		snapshot := s.live.Current()
		if snapshot == nil {
			return layout.Unavailable("layout", errNoSnapshot)
		}
		v := s.views.of(snapshot)
		c.Response().Header()["X-Layout-Version"] = v.version
		key := s.hotKey(c.Request(), s.now())
		a, err := s.make(c, v, r, key)
		var moved redirect
		if errors.As(err, &moved) {
			return moved.send(c)
		}
		if err != nil {
			return err
		}
		f := a.form(key.encoding)
		if !r.cold {
			s.remember(v, c.Request(), key, c.Path(), f)
		}
		f.send(c.Response(), c.Request())
		return nil
	}
}

// make parses a request and makes the answer.
func (s *Server) make(c echo.Context, v *view, r resource, key hotKey) (*answer, error) {
	a, err := s.ask(c, v, r, key)
	if err != nil {
		return nil, err
	}
	rep, err := r.answer(a)
	if err != nil {
		return nil, err
	}
	body, err := v.snapshot.Body(rep.key+" "+rep.mediaType, func() (string, []byte, error) {
		data, err := rep.build()
		return rep.mediaType, data, err
	})
	if err != nil {
		return nil, err
	}
	return newAnswer(body, append(s.headers(v, r, a), rep.headers...)...), nil
}

func (s *Server) ask(c echo.Context, v *view, r resource, key hotKey) (*asked, error) {
	req := c.Request()
	base, err := s.baseOf(key.origin)
	if err != nil {
		return nil, err
	}
	a := &asked{view: v, base: base, path: req.URL.Path, param: pathParam(c), now: s.now(), request: req}
	if a.values, err = readValues(req.URL.RawQuery, r, a); err != nil {
		return nil, err
	}
	f, lang := a.values.Get("f"), a.values.Get("lang")
	if r.page {
		f, lang = "", knownLang(lang) // an unknown value of a page is ignored
	}
	if a.format, err = chooseFormat(r.formats, f, formatAccept(r, key.accept)); err != nil {
		return nil, err
	}
	a.lang, err = chooseLang(lang, key.language)
	return a, err
}

// pathParam returns the parameters of the path, unescaped: the router leaves them as they are where the
// path has needless escapes.
func pathParam(c echo.Context) func(string) string {
	if c.Request().URL.RawPath == "" {
		return c.Param
	}
	return func(name string) string {
		text, err := url.PathUnescape(c.Param(name))
		if err != nil {
			return c.Param(name)
		}
		return text
	}
}

// readValues parses the query: strictly for the API, with what is known for pages.
func readValues(raw string, r resource, a *asked) (url.Values, error) {
	if r.page {
		return pageValues(raw, r.more...), nil
	}
	known, err := r.parameters(a)
	if err != nil {
		return nil, err
	}
	return parseQuery(raw, known)
}

// formatAccept returns the header Accept where there is a choice of formats; the only one goes to everyone.
func formatAccept(r resource, accept string) string {
	if len(r.formats) == 1 && (r.page || r.public) {
		return ""
	}
	return accept
}

// headers are those of an answer that depend on the resource and on the way links were made.
func (s *Server) headers(v *view, r resource, a *asked) []field {
	fields := []field{
		{"X-Layout-Version", v.version},
		{"Cache-Control", s.cacheControl(r)},
		{"Vary", varyDocument},
	}
	if a.format.Name == "html" {
		fields = append(fields, field{"Content-Security-Policy", policyPage}, field{"Referrer-Policy", noReferrer})
	}
	if a.format.Name == "html" || a.format.Name == "json" && r.localised {
		fields = append(fields, field{"Content-Language", []string{string(a.lang)}})
	}
	return fields
}

func (s *Server) cacheControl(r resource) []string {
	if s.base == "" && !r.public {
		return cachePrivate
	}
	return cachePublic
}

// fixedParameters makes the parameters of a resource that takes the same ones whatever the layout.
func fixedParameters(names ...string) func(*asked) ([]string, error) {
	return func(*asked) ([]string, error) { return names, nil }
}

// key names the body of a request by its path, its parameters and what else it depends on.
func (a *asked) key() string {
	return string(a.base) + a.path + "?" + a.values.Encode() + " " + a.format.Name + " " + string(a.lang)
}
