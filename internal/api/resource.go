package api

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/source"
	"parkmap/internal/store"
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
	listing   bool     // it tells of all collections, those of tables among them
	dated     bool     // it shows the layout as of the parameter datetime
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
	tables  source.Tables
	source  source.Source        // of the collection that the path names
	listed  []ogc.CollectionInfo // see collectionInfos
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
		a := s.newAsked(c, v)
		if a.fromTable() {
			delete(c.Response().Header(), "X-Layout-Version")
		}
		made, err := s.make(a, r, key)
		var moved redirect
		if errors.As(err, &moved) {
			return moved.send(c, s)
		}
		if err != nil {
			return err
		}
		f := made.form(key.encoding)
		if !r.cold && !a.changing(r) {
			s.remember(v, c.Request(), key, c.Path(), f)
		}
		f.send(c.Response(), c.Request())
		return nil
	}
}

// make parses a request and makes the answer.
func (s *Server) make(a *asked, r resource, key hotKey) (*answer, error) {
	if err := s.ask(a, r, key); err != nil {
		return nil, err
	}
	if err := s.goBack(a, r); err != nil {
		return nil, err
	}
	rep, err := r.answer(a)
	if err != nil {
		return nil, err
	}
	body, err := a.body(r, rep)
	if err != nil {
		return nil, err
	}
	return newAnswer(body, append(s.headers(r, a), rep.headers...)...), nil
}

// goBack makes the layout as of the day that is asked for the one that is answered from.
func (s *Server) goBack(a *asked, r resource) error {
	if !r.dated || a.fromTable() || !a.values.Has("datetime") {
		return nil
	}
	interval, err := parseDatetime(a.values.Get("datetime"))
	if err != nil {
		return err
	}
	if a.view, err = s.older.asOf(a.request.Context(), a.view, interval); err != nil {
		return err
	}
	if a.snapshot.Version() == 0 && r.cold { // there is nothing to draw
		return store.NoVersionBy(interval.End)
	}
	a.bind()
	return nil
}

// body makes the body of a reply, or finds it among those of the snapshot. What comes from a table is made for
// each request.
func (a *asked) body(r resource, rep reply) (*source.Body, error) {
	if a.fromTable() {
		data, err := rep.build()
		return source.NewFleetingBody(rep.mediaType, data), err
	}
	key := rep.key + " " + rep.mediaType
	if a.changing(r) {
		key += " " + strconv.FormatUint(a.tables.Revision(), 10)
	}
	return a.snapshot.Body(key, func() (string, []byte, error) {
		data, err := rep.build()
		return rep.mediaType, data, err
	})
}

// changing tells whether the answer may change while the layout stays the same.
func (a *asked) changing(r resource) bool {
	return a.fromTable() || r.listing && a.tables.Revision() > 0
}

func (s *Server) newAsked(c echo.Context, v *view) *asked {
	a := &asked{
		view: v, tables: s.tables, path: c.Request().URL.Path, param: pathParam(c), now: s.now(), request: c.Request(),
	}
	a.bind()
	return a
}

// ask reads what the request asks for.
func (s *Server) ask(a *asked, r resource, key hotKey) (err error) {
	if a.base, err = s.baseOf(key.origin); err != nil {
		return err
	}
	if a.values, err = readValues(a.request.URL.RawQuery, r, a); err != nil {
		return err
	}
	f, lang := a.values.Get("f"), a.values.Get("lang")
	if r.page {
		f, lang = "", knownLang(lang) // an unknown value of a page is ignored
	}
	if a.format, err = chooseFormat(r.formats, f, formatAccept(r, key.accept)); err != nil {
		return err
	}
	a.lang, err = chooseLang(lang, key.language)
	return err
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
	if len(r.formats) == 1 && (r.page || r.public || r.cold) {
		return ""
	}
	return accept
}

// headers are those of an answer that depend on the resource and on the way links were made.
func (s *Server) headers(r resource, a *asked) []field {
	fields := []field{
		{"Cache-Control", s.cacheControl(r)},
		{"Vary", s.vary(varyDocument)},
	}
	if !a.fromTable() {
		fields = append(fields, field{"X-Layout-Version", a.version})
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
		return s.keep(cachePrivate)
	}
	return s.keep(cachePublic)
}

// fixedParameters makes the parameters of a resource that takes the same ones whatever the layout.
func fixedParameters(names ...string) func(*asked) ([]string, error) {
	return func(*asked) ([]string, error) { return names, nil }
}

// key names the body of a request by its path, its parameters and what else it depends on.
func (a *asked) key() string {
	return a.plainKey() + " " + string(a.lang)
}
