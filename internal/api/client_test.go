package api

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write golden files anew")

func TestMain(m *testing.M) {
	for _, t := range []string{"text/html", "text/csv", "application/geo+json-seq", "image/svg+xml", "image/png", "image/webp", "application/pdf", "application/x-protobuf", "application/vnd.mapbox-vector-tile"} {
		openapi3filter.RegisterBodyDecoder(t, openapi3filter.PlainBodyDecoder)
	}
	for _, t := range []string{"application/geo+json", "application/schema+json", "application/vnd.oai.openapi+json"} {
		openapi3filter.RegisterBodyDecoder(t, openapi3filter.JSONBodyDecoder)
	}
	os.Exit(m.Run())
}

// client asks a server and holds each answer of the API against the OpenAPI document that it serves.
type client struct {
	t       testing.TB
	server  *Server
	routers []routers.Router // of the API, and of the paths beside it
}

// featurePicture is the path of a picture of a feature: its name and the ending.
var featurePicture = regexp.MustCompile(`^/f/(.+?)((@2x)?\.(svg|png|webp|pdf))$`)

// imageTile is the path of a tile that is an image.
var imageTile = regexp.MustCompile(`^(/tiles/.+?)((@2x)?\.(png|webp))$`)

func newClient(t testing.TB, change func(*Options)) *client {
	t.Helper()
	return clientOf(t, newServer(t, change))
}

func clientOf(t testing.TB, s *Server) *client {
	t.Helper()
	w := get(t, s, "https://map.example/api/openapi.json")
	doc, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	if err != nil {
		t.Fatalf("the OpenAPI document cannot be read: %v\n%.500s", err, w.Body)
	}
	c := &client{t: t, server: s}
	for _, part := range byServers(doc) {
		router, err := legacy.NewRouter(part)
		if err != nil {
			t.Fatalf("the OpenAPI document is not valid: %v", err)
		}
		c.routers = append(c.routers, router)
	}
	return c
}

// byServers parts a document in two, by whether paths have servers of their own: the router knows one list of them.
func byServers(doc *openapi3.T) []*openapi3.T {
	own, beside := *doc, *doc
	own.Paths, beside.Paths = openapi3.NewPaths(), openapi3.NewPaths()
	for path, item := range doc.Paths.Map() {
		if len(item.Servers) == 0 {
			own.Paths.Set(path, item)
			continue
		}
		beside.Servers = item.Servers
		// The router takes a variable as a whole segment.
		if ending, ok := strings.CutPrefix(path, "/f/{featureId}"); ok {
			path = "/f" + ending + "/{featureId}"
		}
		path = imageTile.ReplaceAllString(path, "/image$2$1")
		beside.Paths.Set(strings.NewReplacer("}.json", "}", "}.mvt", "}", "}.pbf", "}").Replace(path), item)
	}
	return []*openapi3.T{&own, &beside}
}

// find returns the operation that a document has for a request.
func (c *client) find(r *http.Request) (route *routers.Route, params map[string]string, err error) {
	for _, router := range c.routers {
		if route, params, err = router.FindRoute(r); err == nil {
			return route, params, nil
		}
	}
	return nil, nil, err
}

func (c *client) get(target string, headers ...string) *httptest.ResponseRecorder {
	c.t.Helper()
	w := get(c.t, c.server, target, headers...)
	c.validate(target, w)
	return w
}

// validate compares an answer with the operation that the OpenAPI document has for its path, if any.
func (c *client) validate(target string, w *httptest.ResponseRecorder) {
	c.t.Helper()
	r := httptest.NewRequest(http.MethodGet, "https://map.example"+target, nil)
	if r.URL.Path == "/api" {
		r.URL.Path = "/api/"
	}
	if m := featurePicture.FindStringSubmatch(r.URL.Path); m != nil {
		r.URL.Path = "/f" + m[2] + "/" + m[1]
	}
	r.URL.Path = imageTile.ReplaceAllString(r.URL.Path, "/image$2$1")
	route, params, err := c.find(r)
	if err != nil {
		if w.Code == http.StatusOK && (strings.HasPrefix(target, "/api") || isPicture(target) || isMapPart(target)) {
			c.t.Errorf("%s is served and not described: %v", target, err)
		}
		return
	}
	err = openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route},
		Status:                 w.Code,
		Header:                 w.Header(),
		Body:                   io.NopCloser(bytes.NewReader(w.Body.Bytes())),
		Options:                &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	})
	if err != nil {
		c.t.Errorf("%s answers %d other than the OpenAPI document says: %.2000v", target, w.Code, err)
	}
}

// json asks for a document and reads it into v.
func (c *client) json(target string, v any, headers ...string) {
	c.t.Helper()
	w := c.get(target, headers...)
	if w.Code != http.StatusOK {
		c.t.Fatalf("%s: %d %s", target, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), v); err != nil {
		c.t.Fatalf("%s: %v", target, err)
	}
}

// collection is a page of features as tests look at it.
type collection struct {
	Type           string
	NumberMatched  int
	NumberReturned int
	Links          []struct{ Href, Rel, Type string }
	Features       []struct {
		Type       string
		ID         string
		Geometry   *struct{ Type string }
		Properties map[string]any
	}
}

func (c collection) ids() string {
	ids := make([]string, len(c.Features))
	for i, f := range c.Features {
		ids[i] = f.ID
	}
	return strings.Join(ids, " ")
}

func (c collection) link(rel string) string {
	for _, l := range c.Links {
		if l.Rel == rel {
			return l.Href
		}
	}
	return ""
}

func (c *client) items(target string) collection {
	c.t.Helper()
	var page collection
	c.json(target, &page)
	if page.NumberReturned != len(page.Features) || page.Type != "FeatureCollection" {
		c.t.Errorf("%s: type %q, %d features, numberReturned %d", target, page.Type, len(page.Features), page.NumberReturned)
	}
	return page
}

// problem asks for something that fails and returns what the answer says.
func (c *client) problem(target string, headers ...string) Problem {
	c.t.Helper()
	w := c.get(target, headers...)
	return readProblem(c.t, w)
}

func readProblem(t testing.TB, w *httptest.ResponseRecorder) Problem {
	t.Helper()
	if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
		t.Fatalf("%d with Content-Type %q: %.300s", w.Code, got, w.Body)
	}
	var p Problem
	dec := json.NewDecoder(w.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&p); err != nil {
		t.Fatal(err)
	}
	if p.Status != w.Code || p.Type == "" || p.Title == "" || p.Detail == "" || p.Instance == "" {
		t.Errorf("incomplete problem with status %d: %+v", w.Code, p)
	}
	return p
}

// golden compares data with a file of testdata, or writes the file when asked to.
func golden(t *testing.T, name string, data []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(data)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// indented makes JSON readable for a golden file; other texts stay as they are.
func indented(data []byte) []byte {
	var b bytes.Buffer
	if json.Indent(&b, data, "", "  ") != nil {
		return data
	}
	b.WriteByte('\n')
	return b.Bytes()
}
