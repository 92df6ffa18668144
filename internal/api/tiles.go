package api

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/store"
	"parkmap/internal/tile"
	"parkmap/internal/tileset"
)

// reportHeader names what was left out of a tile to keep it within its budget.
const reportHeader = "X-Tile-Report"

// getXYZ answers what is under tilesRoot.
func (s *Server) getXYZ() echo.HandlerFunc {
	document := s.serve(s.tileJSON())
	return func(c echo.Context) error {
		segments, err := tileSegments(c.Request().URL)
		if err != nil {
			return err
		}
		p, err := readTilePath(segments)
		if err != nil {
			return err
		}
		if p.document {
			nameCollection(c, p.Layer)
			return document(c)
		}
		values, look, err := readLook(c.Request().URL.RawQuery, p.look, "datetime")
		if err != nil {
			return err
		}
		set, err := s.tileSetAsOf(c.Request().Context(), p.TileAddress, values)
		if err != nil {
			return err
		}
		t, err := set.Tile(c.Request().Context(), p.Layer, p.grid, p.id, look)
		if err != nil {
			return err
		}
		s.sendTile(c.Response(), c.Request(), tileAnswer{t, set, p.TileAddress})
		return nil
	}
}

// nameCollection makes the layer the collection that the path names, where it is one: it may be a table.
func nameCollection(c echo.Context, layer string) {
	switch {
	case layer == tileset.Bundle:
		return
	case c.Request().URL.RawPath != "": // as the router leaves it
		layer = url.PathEscape(layer)
	}
	c.SetParamNames("collection")
	c.SetParamValues(layer)
}

// tileSet returns the tiles of the version that an address names, or of the current one. Tables have no versions.
func (s *Server) tileSet(ctx context.Context, a ogc.TileAddress) (*tileset.Set, error) {
	snapshot := s.live.Current()
	if snapshot == nil {
		return nil, layout.Unavailable("layout", errNoSnapshot)
	}
	set := s.views.of(snapshot).tiles
	if a.Version == 0 || a.Version == set.Version() && set.OfLayout(a.Layer) {
		return set, nil
	}
	l, err := set.Layer(a.Layer)
	switch {
	case err != nil:
		return nil, err
	case l.Version == 0 || a.Version > l.Version:
		return nil, noSuchVersion(a.Version)
	}
	v, err := s.older.view(ctx, a.Version)
	if err != nil {
		return nil, err
	}
	return v.tiles, nil
}

// tileSetAsOf is tileSet for requests that may name a day instead of a version. Tables are as they are.
func (s *Server) tileSetAsOf(ctx context.Context, a ogc.TileAddress, values url.Values) (*tileset.Set, error) {
	set, err := s.tileSet(ctx, a)
	switch {
	case err != nil || !values.Has("datetime"):
		return set, err
	case a.Version != 0:
		return nil, badParameter("datetime", "does not go with a version in the path")
	case !set.OfLayout(a.Layer):
		return set, nil
	}
	interval, err := parseDatetime(values.Get("datetime"))
	if err != nil {
		return nil, err
	}
	v, err := s.older.asOf(ctx, s.views.of(s.live.Current()), interval)
	if err != nil {
		return nil, err
	}
	if v.snapshot.Version() == 0 {
		return nil, store.NoVersionBy(interval.End)
	}
	return v.tiles, nil
}

// keptSet is tileSet without loading anything; nil when there is nothing at hand.
func (s *Server) keptSet(a ogc.TileAddress) *tileset.Set {
	snapshot := s.live.Current()
	if snapshot == nil {
		return nil
	}
	set := s.views.of(snapshot).tiles
	switch {
	case a.Version == 0:
		return set
	case !set.OfLayout(a.Layer):
		return nil
	case a.Version == set.Version():
		return set
	}
	if v := s.older.kept(a.Version); v != nil {
		return v.tiles
	}
	return nil
}

func noSuchVersion(n int64) error { return layout.NotFound("version", layout.ID(itoa(n))) }

// serveTile answers requests for XYZ tiles that are kept, without routing them. It returns false for every other one.
func (s *Server) serveTile(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet || r.URL.RawPath != "" || !isTile(r.URL.Path) || wishes(r.Header) > maxWishes {
		return false
	}
	start := s.now()
	p, err := readTilePath(strings.Split(r.URL.Path[len(tilesRoot):], "/"))
	if err != nil || p.document {
		return false
	}
	_, look, err := readLook(r.URL.RawQuery, p.look)
	if err != nil {
		return false
	}
	set := s.keptSet(p.TileAddress)
	if set == nil {
		return false
	}
	t := set.Kept(p.Layer, p.grid, p.id, look)
	if t == nil {
		return false
	}
	id := s.requestID(r)
	s.setCommonHeaders(w.Header(), r, id)
	status, size := s.sendTile(w, r, tileAnswer{t, set, p.TileAddress})
	end := s.now()
	s.metrics.route(routeXYZ).observe(status, end.Sub(start))
	s.logAccess(r, access{status, int64(size), id, end, end.Sub(start)})
	return true
}

// routeXYZ is the route of XYZ tiles and their TileJSON.
const routeXYZ = tilesRoot + "*"

// tileAnswer is a tile with what its headers depend on.
type tileAnswer struct {
	tile *tileset.Tile
	set  *tileset.Set
	ogc.TileAddress
}

// sendTile writes a tile, 304 when the client holds it, or 204 when nothing is in it.
func (s *Server) sendTile(w http.ResponseWriter, r *http.Request, a tileAnswer) (status, size int) {
	h := w.Header()
	if a.set.OfLayout(a.Layer) {
		h["X-Layout-Version"] = []string{itoa(a.set.Version())}
	}
	h["Cache-Control"], h["Vary"] = s.keep(cachePublic), s.vary(varyEncoding)
	if a.Version > 0 {
		h["Cache-Control"] = s.keep(cacheForever)
	}
	if text := a.tile.Reduced(); text != "" {
		h[reportHeader] = []string{text}
	}
	if a.tile.Empty {
		w.WriteHeader(http.StatusNoContent)
		return http.StatusNoContent, 0
	}
	if wanted := joined(r.Header, "If-None-Match"); wanted != "" { // before anything is compressed
		for _, tag := range a.tile.Body.ETags() {
			if matches(wanted, tag) {
				h["Etag"] = []string{tag}
				w.WriteHeader(http.StatusNotModified)
				return http.StatusNotModified, 0
			}
		}
	}
	return newAnswer(a.tile.Body).form(joined(r.Header, "Accept-Encoding")).send(w, r)
}

// getTile answers /{tms}/{z}/{row}/{col} of OGC API Tiles for a collection, or for the dataset, with vector tiles.
func (s *Server) getTile(c echo.Context) error {
	return s.sendMatrixTile(c, ogc.TileFormats(), nil, func(ogc.Format, url.Values) (tileset.Look, error) { return tileset.Look{}, nil })
}

// getMapTile is getTile with images.
func (s *Server) getMapTile(c echo.Context) error {
	return s.sendMatrixTile(c, ogc.MapTileFormats(), ogc.LookParameters(), func(f ogc.Format, values url.Values) (tileset.Look, error) {
		format, _ := imageFormat(f.Name)
		return lookOf(values, tileset.Look{Format: format, Scale: 1})
	})
}

// sendMatrixTile answers with a tile in one of the formats; look reads what the parameters say of it.
func (s *Server) sendMatrixTile(c echo.Context, formats []ogc.Format, parameters []string, look func(ogc.Format, url.Values) (tileset.Look, error)) error {
	param := pathParam(c)
	values, err := parseQuery(c.Request().URL.RawQuery, append([]string{"f", "datetime"}, parameters...))
	if err != nil {
		return err
	}
	layer := param("collection")
	switch layer {
	case tileset.Bundle: // a layer, and no collection
		return layout.NotFound("collection", layout.ID(layer))
	case "":
		layer = tileset.Bundle
	}
	a := ogc.TileAddress{Layer: layer}
	set, err := s.tileSetAsOf(c.Request().Context(), a, values)
	if err != nil {
		return err
	}
	if _, err := set.Layer(layer); err != nil {
		return err
	}
	g, err := matrixGrid(param("tms"))
	if err != nil {
		return err
	}
	f, err := chooseFormat(formats, values.Get("f"), joined(c.Request().Header, "Accept"))
	if err != nil {
		return err
	}
	drawn, err := look(f, values)
	if err != nil {
		return err
	}
	id, err := readTileID(param("z"), param("col"), param("row"))
	if err != nil {
		return err
	}
	t, err := set.Tile(c.Request().Context(), layer, g, id, drawn)
	if err != nil {
		return err
	}
	s.sendTile(c.Response(), c.Request(), tileAnswer{t, set, a})
	return nil
}

// matrixGrid returns the grid of a tile matrix set; not-found when it is not served.
func matrixGrid(id string) (*tile.Grid, error) {
	if g, ok := tile.LookupGrid(id); ok && g.MatrixSet() != nil {
		return g, nil
	}
	return nil, layout.NotFound("tile matrix set", layout.ID(id))
}
