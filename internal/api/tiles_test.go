package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/source"
	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt/mvttest"
	"parkmap/internal/tileset"
)

// overFixture is the tile of zoom 8 that holds the fixture; its zone is in it.
const overFixture = "8/202/105.mvt"

// tileAt is the last part of the path of the tile that holds a position.
func tileAt(grid string, lon, lat float64, z int) string {
	g, _ := tile.LookupGrid(grid)
	id := g.At(orb.Point{lon, lat}, z)
	return fmt.Sprintf("%d/%d/%d.mvt", id.Z, id.X, id.Y)
}

func TestTile(t *testing.T) {
	c := newClient(t, nil)
	for _, path := range []string{
		"/tiles/layout/" + overFixture, "/tiles/areas/" + overFixture, "/tiles/layout/gcj02/" + overFixture,
		"/tiles/layout/v7/" + overFixture, "/tiles/parks/v7/gcj02/" + overFixture, "/tiles/layout/bd09/" + tileAt("bd09", 104.15, 30.05, 8),
		"/api/tiles/WebMercatorQuad/8/105/202", "/api/collections/parks/tiles/WorldCRS84Quad/8/85/404?f=mvt",
		"/api/collections/areas/tiles/CGCS2000Quad/8/85/404",
	} {
		t.Run(path, func(t *testing.T) {
			for _, asked := range []string{"cold", "kept"} {
				w := c.get(path)
				h := w.Header()
				if w.Code != http.StatusOK || h.Get("Content-Type") != "application/vnd.mapbox-vector-tile" {
					t.Fatalf("%s: %d %v", asked, w.Code, h)
				}
				if len(mvttest.Check(t, w.Body.Bytes()).Layers) == 0 {
					t.Errorf("%s: there is nothing in it", asked)
				}
				want := "public, max-age=0, must-revalidate"
				if strings.Contains(path, "/v7/") {
					want = "public, max-age=31536000, immutable"
				}
				if h.Get("Cache-Control") != want || h.Get("X-Layout-Version") != "7" || h.Get("Vary") != "Accept-Encoding" ||
					h.Get("Access-Control-Allow-Origin") != "*" || h.Get("X-Tile-Report") != "" {
					t.Errorf("%s: %v", asked, h)
				}
			}
		})
	}
}

// TestTileIsOne: a tile of a version, of the current one and of OGC API Tiles is the same.
func TestTileIsOne(t *testing.T) {
	s := newServer(t, nil)
	tag := get(t, s, "/tiles/layout/"+overFixture).Header().Get("Etag")
	for _, path := range []string{"/tiles/layout/v7/" + overFixture, "/api/tiles/WebMercatorQuad/8/105/202"} {
		if got := get(t, s, path).Header().Get("Etag"); got != tag {
			t.Errorf("%s has the tag %s, not %s", path, got, tag)
		}
	}
}

func TestTileConditional(t *testing.T) {
	s := newServer(t, nil)
	path := "/tiles/layout/" + overFixture
	plain := get(t, s, path).Header().Get("Etag")
	for _, test := range []struct {
		name, match string
		status      int
	}{
		{"as it is", plain, http.StatusNotModified},
		{"by gzip", strings.TrimSuffix(plain, `"`) + `-gzip"`, http.StatusNotModified},
		{"weak, among others", `"a", W/` + plain, http.StatusNotModified},
		{"any", "*", http.StatusNotModified},
		{"another", `"a"`, http.StatusOK},
		{"none", "", http.StatusOK},
	} {
		t.Run(test.name, func(t *testing.T) {
			w := get(t, s, path, "If-None-Match", test.match)
			if w.Code != test.status || w.Header().Get("Etag") == "" || w.Header().Get("Cache-Control") == "" {
				t.Errorf("%d %v", w.Code, w.Header())
			}
		})
	}
	if w := do(t, s, http.MethodHead, path); w.Code != http.StatusOK || w.Body.Len() != 0 || w.Header().Get("Content-Length") == "" {
		t.Errorf("HEAD: %d %v", w.Code, w.Header())
	}
}

func TestTilesRefused(t *testing.T) {
	c := newClient(t, nil)
	for _, test := range []struct {
		name, path string
		status     int
		says       string
	}{
		{"z beyond the last", "/tiles/layout/25/0/0.mvt", 404, "the last is 24"},
		{"x beyond the last", "/tiles/layout/1/2/0.mvt", 404, "columns 0 to 1"},
		{"negative y", "/tiles/layout/1/0/-1.mvt", 404, "rows 0 to 1"},
		{"a huge number", "/tiles/layout/1/" + strings.Repeat("9", 400) + "/0.mvt", 404, "9999"},
		{"a number of 32 bits and more", "/tiles/layout/1/4294967297/0.mvt", 404, "columns"},
		{"z is no number", "/tiles/layout/a/0/0.mvt", 400, "no whole number"},
		{"x with a fraction", "/tiles/layout/1/0.5/0.mvt", 400, "no whole number"},
		{"y is empty", "/tiles/layout/1/0/.mvt", 400, "no whole number"},
		{"a second way to write a number", "/tiles/layout/01/0/0.mvt", 400, "no whole number"},
		{"minus zero", "/tiles/layout/1/-0/0.mvt", 400, "no whole number"},
		{"a sign", "/tiles/layout/+1/0/0.mvt", 400, "no whole number"},
		{"unknown layer", "/tiles/nope/1/0/0.mvt", 404, "nope"},
		{"a layer in other letters", "/tiles/%E6%9F%90/1/0/0.mvt", 404, "某"},
		{"a layer with a slash", "/tiles/a%2Fb/1/0/0.mvt", 404, "a/b"},
		{"a register", "/tiles/units/1/0/0.mvt", 404, "units"},
		{"an unknown format", "/tiles/layout/1/0/0.gif", 404, "available: mvt"},
		{"a vector tile in twice the density", "/tiles/layout/1/0/0@2x.mvt", 400, "no whole number"},
		{"double size", "/tiles/layout/1/0/0@2x.mvt", 400, "no whole number"},
		{"unknown format", "/tiles/layout/1/0/0.exe", 404, "available: mvt"},
		{"without a format", "/tiles/layout/1/0/0", 404, "available: mvt"},
		{"unknown datum", "/tiles/layout/wgs72/1/0/0.mvt", 404, "gcj02 and bd09"},
		{"datum before version", "/tiles/layout/gcj02/v7/1/0/0.mvt", 404, "v7"},
		{"version 0", "/tiles/layout/v0/1/0/0.mvt", 404, "v0"},
		{"a version to come", "/tiles/layout/v8/1/0/0.mvt", 404, "version"},
		{"a version that never was", "/tiles/layout/v6/1/0/0.mvt", 404, "version"},
		{"a version beyond all numbers", "/tiles/layout/v99999999999999999999/1/0/0.mvt", 404, "v9999"},
		{"too few parts", "/tiles/layout/1/0.mvt", 404, ""},
		{"nothing", "/tiles/", 404, ""},
		{"only a suffix", "/tiles/.json", 404, ""},
		{"TileJSON of an unknown layer", "/tiles/nope.json", 404, "nope"},
		{"TileJSON of a version to come", "/tiles/layout/v8.json", 404, "version"},
		{"TileJSON with an unknown datum", "/tiles/layout/wgs72.json", 404, "gcj02 and bd09"},
		{"a datum in the query", "/tiles/layout/1/0/0.mvt?datum=gcj02", 400, "no such parameter"},
		{"TileJSON in another format", "/tiles/layout.json?f=html", 400, "must be one of json"},
		{"unknown tile matrix set", "/api/tileMatrixSets/nope", 404, "nope"},
		{"a datum as tile matrix set", "/api/tiles/gcj02/1/0/0", 404, "gcj02"},
		{"tilesets of a register", "/api/collections/units/tiles", 404, "units"},
		{"tilesets of nothing", "/api/collections/nope/tiles", 404, "nope"},
		{"the bundle is no collection", "/api/collections/layout/tiles/WebMercatorQuad/0/0/0", 404, "layout"},
		{"row beyond the last", "/api/tiles/WorldCRS84Quad/1/2/0", 404, "rows 0 to 1"},
		{"row is no number", "/api/tiles/WorldCRS84Quad/1/x/0", 400, "no whole number"},
		{"a tile as png", "/api/tiles/WorldCRS84Quad/1/0/0?f=png", 400, "must be one of mvt"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := c.problem(test.path)
			if p.Status != test.status || !strings.Contains(p.Detail, test.says) {
				t.Errorf("%d %s, want %d with %q", p.Status, p.Detail, test.status, test.says)
			}
			if browser := c.problem(test.path, "Accept", "text/html,*/*;q=0.8"); browser.Status != test.status {
				t.Errorf("a browser gets %d", browser.Status)
			}
		})
	}
	if p := c.problem("/api/tiles/WebMercatorQuad/1/0/1", "Accept", "image/png"); p.Status != http.StatusNotAcceptable {
		t.Errorf("a tile as an image: %+v", p)
	}
}

func TestEmptyTile(t *testing.T) {
	c := newClient(t, nil)
	for _, path := range []string{
		"/tiles/layout/3/0/0.mvt", "/tiles/layout/v7/3/0/0.mvt", "/tiles/layout/bd09/3/-1/-1.mvt",
		"/tiles/facilities/0/0/0.mvt", "/api/tiles/WorldCRS84Quad/3/0/0",
	} {
		for range 2 {
			if w := c.get(path); w.Code != http.StatusNoContent || w.Body.Len() != 0 || w.Header().Get("Cache-Control") == "" {
				t.Errorf("%s: %d %v", path, w.Code, w.Header())
			}
		}
	}
}

func TestTileDocuments(t *testing.T) {
	c := newClient(t, nil)
	for name, target := range map[string]string{
		"tilejson.json":       "/tiles/layout.json?lang=en",
		"tilejson.gcj02.json": "/tiles/parks/v7/gcj02.json",
		"matrixsets.json":     "/api/tileMatrixSets?lang=en",
		"matrixset.json":      "/api/tileMatrixSets/WorldCRS84Quad?lang=en",
		"tilesets.json":       "/api/tiles?lang=en",
		"tileset.json":        "/api/collections/parks/tiles/WebMercatorQuad?lang=zh",
	} {
		golden(t, name, indented(c.get(target).Body.Bytes()))
	}
	for _, target := range []string{"/api/tileMatrixSets", "/api/tileMatrixSets/CGCS2000Quad", "/api/tiles", "/api/collections/places/tiles/CGCS2000Quad"} {
		if w := c.get(target, "Accept", "text/html"); w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			t.Errorf("%s as a page: %d %v", target, w.Code, w.Header())
		}
	}
	if got := c.get("/tiles/layout/v7.json").Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("TileJSON of a version: %s", got)
	}
	private := newServer(t, func(o *Options) { o.BaseURL = "" })
	if got := get(t, private, "/tiles/layout/v7.json").Header().Get("Cache-Control"); got != "private, max-age=31536000, immutable" {
		t.Errorf("with links by the Host: %s", got)
	}
}

// TestOlderVersions: the tiles of a version before the current one are those that it had, loaded once.
func TestOlderVersions(t *testing.T) {
	var loads atomic.Int32
	older := fixtureLayout(t)
	older.Version = 6
	for i := range older.Features {
		if older.Features[i].ID == "T02" {
			older.Features[i].Geometry = orb.Polygon{{{103.2, 30}, {103.22, 30}, {103.22, 30.02}, {103.2, 30}}}
		}
	}
	s := newServer(t, func(o *Options) {
		o.LoadVersion = func(_ context.Context, n int64) (*layout.Layout, error) {
			switch loads.Add(1); n {
			case 6:
				return older, nil
			case 5:
				return nil, layout.Unavailable("store", errors.New("gone"))
			}
			return nil, layout.NotFound("version", layout.ID(itoa(n)))
		}
	})
	park := tileAt("WebMercatorQuad", 103.21, 30.01, 9)
	was, is := get(t, s, "/tiles/parks/v6/"+park), get(t, s, "/tiles/parks/v7/"+park)
	if was.Code != http.StatusOK || was.Header().Get("X-Layout-Version") != "6" || was.Header().Get("Cache-Control") != cacheForever[0] {
		t.Errorf("%d %v", was.Code, was.Header())
	}
	if bytes.Equal(was.Body.Bytes(), is.Body.Bytes()) {
		t.Error("it is the current one")
	}
	get(t, s, "/tiles/parks/v6/gcj02/"+park)
	var doc struct{ Tiles []string }
	if err := json.Unmarshal(get(t, s, "/tiles/parks/v6.json").Body.Bytes(), &doc); err != nil || doc.Tiles[0] != "https://map.example/tiles/parks/v6/{z}/{x}/{y}.mvt" {
		t.Errorf("%v %v", doc, err)
	}
	if loads.Load() != 1 {
		t.Errorf("loaded %d times", loads.Load())
	}
	for range 2 {
		if w := get(t, s, "/tiles/parks/v5/"+park); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
			t.Errorf("without the store: %d %v", w.Code, w.Header())
		}
	}
	if loads.Load() != 3 {
		t.Errorf("an error is kept")
	}
}

// TestTilesAcrossVersions: what a new version leaves as it is keeps its tag, and clients are told so.
func TestTilesAcrossVersions(t *testing.T) {
	s := newServer(t, nil)
	east, west := "/tiles/layout/"+tileAt("WebMercatorQuad", 104.42, 30.02, 11), "/tiles/layout/"+tileAt("WebMercatorQuad", 103.21, 30.01, 11)
	tags := [2]string{get(t, s, east).Header().Get("Etag"), get(t, s, west).Header().Get("Etag")}
	next := fixtureLayout(t)
	next.Version = 8
	for i := range next.Features {
		if f := &next.Features[i]; f.ID == "T02" {
			f.Geometry = orb.Polygon{{{103.2, 30}, {103.3, 30}, {103.3, 30.1}, {103.2, 30}}}
		}
	}
	snapshot, err := source.NewSnapshot(next)
	if err != nil {
		t.Fatal(err)
	}
	s.live.Swap(snapshot)
	if w := get(t, s, east, "If-None-Match", tags[0]); tags[0] == "" || w.Code != http.StatusNotModified || w.Header().Get("X-Layout-Version") != "8" {
		t.Errorf("far from the change: %d %v", w.Code, w.Header())
	}
	if w := get(t, s, west, "If-None-Match", tags[1]); tags[1] == "" || w.Code != http.StatusOK {
		t.Errorf("where the change is: %d %v", w.Code, w.Header())
	}
}

// lostTable is a table whose database is gone.
type lostTable struct{ tileset.Feed }

func (lostTable) Layers() []tileset.Layer { return nil }

func (lostTable) Layer(name string) (tileset.Layer, bool) {
	return tileset.Layer{Name: name, VectorLayers: []tileset.VectorLayer{{ID: name}}}, name == "public.plots 100%"
}

func (lostTable) Rows(context.Context, string, tileset.RowsQuery, func(tileset.Row) error) error {
	return layout.Unavailable("table", errors.New("secret address"))
}

// lostTables are the collections of a database that is gone.
type lostTables struct{ noTables }

func (lostTables) Collection(id layout.CollectionID) (source.Collection, error) {
	if id != "public.plots 100%" {
		return noTables{}.Collection(id)
	}
	return source.Collection{ID: id}, nil
}

func TestTableUnavailable(t *testing.T) {
	c := newClient(t, func(o *Options) { o.Tables, o.TableTiles = lostTables{}, tileset.NewTables(lostTable{}) })
	for range 2 {
		w := c.get("/tiles/public.plots%20100%25/3/6/3.mvt")
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%d %v", w.Code, w.Header())
		}
		if p := readProblem(t, w); strings.Contains(p.Detail, "secret") {
			t.Errorf("%+v", p)
		}
	}
	if p := c.problem("/tiles/public.plots%20100%25/v7/3/6/3.mvt"); p.Status != http.StatusNotFound {
		t.Errorf("a version of a table: %+v", p)
	}
	if w := c.get("/tiles/public.plots%20100%25.json"); w.Header().Get("X-Layout-Version") != "" || w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "/tiles/public.plots%20100%25/{z}/{x}/{y}.mvt") {
		t.Errorf("TileJSON: %d %s", w.Code, w.Body)
	}
}

func FuzzTilePath(f *testing.F) {
	for _, path := range []string{"layout/1/0/0.mvt", "a/v3/gcj02/1/-1/0.mvt", "layout.json", "%/v1.json", "//", "x/../1/2/3.mvt", "a/b/c/d/e/f/g.mvt"} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		p, err := readTilePath(strings.Split(path, "/"))
		if kind := layout.KindOf(err); err != nil && kind != layout.KindNotFound && kind != layout.KindInvalid {
			t.Errorf("%q: %v", path, err)
		}
		if err == nil && (p.grid == nil || p.Version < 0) {
			t.Errorf("%q: %+v", path, p)
		}
	})
}
