package api

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/source"
)

// items is the resource of a page of features.
func (s *Server) items() resource {
	return resource{formats: ogc.ItemsFormats(), parameters: itemsParameters, answer: s.answerItems, localised: true, dated: true}
}

// item is the resource of one feature.
func (s *Server) item() resource {
	return resource{
		formats: ogc.ItemFormats(),
		parameters: func(a *asked) ([]string, error) {
			_, err := a.collectionInfo()
			return []string{"f", "lang", "properties", "datum", "datetime"}, err
		},
		answer:    s.answerItem,
		localised: true,
		dated:     true,
	}
}

// itemsParameters lists the parameters of items: the common ones and one per queryable.
func itemsParameters(a *asked) ([]string, error) {
	info, err := a.collectionInfo()
	if err != nil {
		return nil, err
	}
	return ogc.ItemsParameterNames(info), nil
}

// found is a page of features with what is needed to write it.
type found struct {
	asked      *asked
	info       ogc.CollectionInfo
	properties []string // names to write; nil writes all
	features   []source.Feature
	matched    int
	estimated  bool  // matched is an estimate
	datum      datum // of the geometries of features
	links      []ogc.Link
	next, prev string // addresses; "" when there is no such page
}

func (s *Server) answerItems(a *asked) (reply, error) {
	info, err := a.collectionInfo()
	if err != nil {
		return reply{}, err
	}
	q, err := parseItems(a.values, info)
	if err != nil {
		return reply{}, err
	}
	q.source.Properties = q.properties
	rows, err := a.source.Items(a.request.Context(), q.source)
	if err != nil {
		return reply{}, err
	}
	f := found{asked: a, info: info, properties: q.properties, features: rows.Features, matched: rows.NumberMatched, estimated: rows.Estimated}
	f.addLinks(rows)
	if err := f.shift(q.datum); err != nil {
		return reply{}, err
	}
	return s.writeItems(&f)
}

// writeItems is the reply in the format asked for.
func (s *Server) writeItems(f *found) (reply, error) {
	a := f.asked
	switch a.format.Type {
	case ogc.TypeHTML:
		return s.htmlReply(a, viewItems(f)), nil
	case ogc.TypeCSV:
		return reply{a.plainKey(), typeCSV, func() ([]byte, error) { return encodeCSV(f) }, f.headers()}, nil
	case ogc.TypeGeoJSONSeq:
		return reply{a.plainKey(), ogc.TypeGeoJSONSeq, func() ([]byte, error) { return encodeSequence(f) }, f.headers()}, nil
	}
	return reply{a.key(), ogc.TypeGeoJSON, func() ([]byte, error) { return encodeCollection(f) }, f.datumHeaders()}, nil
}

// plainKey names a body without titles, which is the same in every language.
func (a *asked) plainKey() string {
	if a.fromTable() {
		return "" // it is not kept
	}
	return string(a.base) + a.path + "?" + a.values.Encode() + " " + a.format.Name
}

// headers carry what formats without room for links and counts cannot say in the body.
func (f *found) headers() []field {
	links := make([]string, len(f.links))
	for i, l := range f.links {
		links[i] = "<" + l.Href + `>; rel="` + l.Rel + `"; type="` + l.Type + `"`
	}
	fields := []field{
		{"Link", []string{strings.Join(links, ", ")}},
		{"Ogc-Numbermatched", []string{strconv.Itoa(f.matched)}},
		{"Ogc-Numberreturned", []string{strconv.Itoa(len(f.features))}},
	}
	fields = append(fields, f.datumHeaders()...)
	if f.estimated {
		fields = append(fields, field{"Ogc-Numbermatched-Estimated", []string{"true"}})
	}
	return fields
}

func (f *found) addLinks(rows source.Page) {
	a := f.asked
	f.links = a.representations(ogc.ItemsFormats())
	if rows.Next != "" {
		f.next = a.addresses("token")(nextToken(rows.Next))
		f.links = append(f.links, ogc.NextLink(f.next, a.format.Type, a.lang))
	}
	if rows.Prev != "" {
		f.prev = a.addresses("token")(prevToken(rows.Prev))
		f.links = append(f.links, ogc.PrevLink(f.prev, a.format.Type, a.lang))
	}
	f.links = append(f.links, ogc.CollectionLink(a.base, f.info.ID, a.lang))
}

// addresses makes addresses of the request with one parameter set to other values, and with the format named.
func (a *asked) addresses(name string) func(value string) string {
	before, after := url.Values{}, url.Values{}
	set := func(k string, v []string) {
		if k < name {
			before[k] = v
		} else if k > name {
			after[k] = v
		}
	}
	for k, v := range a.values {
		set(k, v)
	}
	set("f", []string{a.format.Name})
	path := a.path
	if a.fromTable() { // its name may hold what an address cannot
		path = a.request.URL.EscapedPath()
	}
	head, tail := string(a.base)+path+"?", ""
	if len(before) > 0 {
		head += before.Encode() + "&"
	}
	if len(after) > 0 {
		tail = "&" + after.Encode()
	}
	head += name + "="
	return func(value string) string { return head + url.QueryEscape(value) + tail }
}

// representations links to all formats.
func (a *asked) representations(formats []ogc.Format) []ogc.Link {
	address := a.addresses("f")
	return ogc.Representations(formats, a.format.Name, a.lang, func(f ogc.Format) string { return address(f.Name) })
}

func (s *Server) answerItem(a *asked) (reply, error) {
	info, err := a.collectionInfo()
	if err != nil {
		return reply{}, err
	}
	f := found{asked: a, info: info, matched: 1}
	if a.values.Has("properties") {
		if f.properties, err = parseProperties(a.values.Get("properties"), info.Schema); err != nil {
			return reply{}, err
		}
	}
	var d datum
	if a.values.Has("datum") {
		if d, err = parseDatum(a.values.Get("datum")); err != nil {
			return reply{}, err
		}
	}
	id := layout.ID(a.param("feature"))
	feature, err := a.source.Item(a.request.Context(), info.ID, id)
	if err != nil {
		return reply{}, err
	}
	if feature.ID != id {
		return reply{}, redirect{relative(a.base.Item(info.ID, feature.ID), a.request.URL.RawQuery)}
	}
	f.features = []source.Feature{feature}
	f.links = a.representations(ogc.ItemFormats())
	f.links = append(f.links, ogc.CollectionLink(a.base, info.ID, a.lang))
	if err := f.shift(d); err != nil {
		return reply{}, err
	}
	return s.writeItem(&f)
}

func (s *Server) writeItem(f *found) (reply, error) {
	a := f.asked
	switch a.format.Type {
	case ogc.TypeHTML:
		return s.htmlReply(a, viewItem(f)), nil
	case ogc.TypeGeoJSON:
		return reply{a.key(), ogc.TypeGeoJSON, func() ([]byte, error) { return encodeFeature(f) }, f.datumHeaders()}, nil
	}
	return s.writeItems(f)
}

// redirect is the answer to a request by a name that is not the permanent one. It travels as an error
// from where the feature was looked up.
type redirect struct{ location string }

func (r redirect) Error() string { return "moved to " + r.location }

// relative returns an address of this server as a path with a query, so that it leads back to wherever
// the client found the server.
func relative(address, query string) string {
	path := address
	if _, rest, ok := strings.Cut(address, "://"); ok {
		_, path, _ = strings.Cut(rest, "/")
		path = "/" + path
	}
	if query != "" {
		path += "?" + query
	}
	return path
}

// send redirects for good; the target may change when a slug does, so caches ask again.
func (r redirect) send(c echo.Context, s *Server) error {
	h := c.Response().Header()
	h["Cache-Control"], h["Vary"] = s.keep(cachePublic), s.vary(varyDocument)
	return c.Redirect(http.StatusPermanentRedirect, r.location)
}
