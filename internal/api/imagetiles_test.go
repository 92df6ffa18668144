package api

import (
	"bytes"
	"encoding/json"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/image/webp"

	"parkmap/internal/ogc"
)

// imageTiles are tiles over the fixture, with what is to be in them.
func imageTiles() map[string]struct {
	path, mediaType string
	side            int
} {
	return map[string]struct {
		path, mediaType string
		side            int
	}{
		"PNG":                   {"/tiles/layout/8/202/105.png", ogc.TypePNG, 256},
		"WebP":                  {"/tiles/layout/8/202/105.webp", ogc.TypeWebP, 256},
		"dense":                 {"/tiles/layout/8/202/105@2x.png", ogc.TypePNG, 512},
		"dense WebP":            {"/tiles/layout/v7/8/202/105@2x.webp", ogc.TypeWebP, 512},
		"of a version":          {"/tiles/layout/v7/8/202/105.png", ogc.TypePNG, 256},
		"by AI+":                {"/tiles/layout/8/202/105.png?theme=ai&mode=dark&lang=en&bg=base", ogc.TypePNG, 256},
		"of a collection":       {"/tiles/parks/8/202/105.png", ogc.TypePNG, 256},
		"in GCJ-02":             {"/tiles/layout/gcj02/8/202/105.png", ogc.TypePNG, 256},
		"in BD-09":              {"/tiles/layout/bd09/" + strings.TrimSuffix(tileAt("bd09", 104.15, 30.05, 8), ".mvt") + ".png", ogc.TypePNG, 256},
		"OGC API Tiles":         {"/api/map/tiles/WebMercatorQuad/8/105/202", ogc.TypePNG, 256},
		"OGC API Tiles as WebP": {"/api/map/tiles/WorldCRS84Quad/7/42/202?f=webp&theme=ai", ogc.TypeWebP, 256},
		"OGC, of a collection":  {"/api/collections/areas/map/tiles/CGCS2000Quad/7/42/202?f=png", ogc.TypePNG, 256},
	}
}

func TestImageTile(t *testing.T) {
	c := newClient(t, nil)
	for name, test := range imageTiles() {
		t.Run(name, func(t *testing.T) {
			for _, asked := range []string{"cold", "kept"} {
				w := c.get(test.path, "Accept-Encoding", "gzip, br")
				h := w.Header()
				if w.Code != http.StatusOK || h.Get("Content-Type") != test.mediaType || h.Get("Content-Encoding") != "" || h.Get("X-Layout-Version") != "7" {
					t.Fatalf("%s: %d %v", asked, w.Code, h)
				}
				read := png.Decode
				if test.mediaType == ogc.TypeWebP {
					read = webp.Decode
				}
				img, err := read(bytes.NewReader(w.Body.Bytes()))
				if err != nil || img.Bounds().Dx() != test.side || img.Bounds().Dy() != test.side {
					t.Fatalf("%s: %v", asked, err)
				}
				want := "public, max-age=0, must-revalidate"
				if strings.Contains(test.path, "/v7/") {
					want = "public, max-age=31536000, immutable"
				}
				if h.Get("Cache-Control") != want {
					t.Errorf("%s: %v", asked, h)
				}
				if again := c.get(test.path, "If-None-Match", h.Get("Etag")); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
					t.Errorf("%s: asked again: %d", asked, again.Code)
				}
			}
		})
	}
}

// TestImageTileIsOne: an image is the same by all its addresses, and one without anything on it the same everywhere.
func TestImageTileIsOne(t *testing.T) {
	s := newServer(t, nil)
	tag := func(path string) string { return get(t, s, path).Header().Get("Etag") }
	same := tag("/tiles/layout/8/202/105.png")
	for _, path := range []string{"/tiles/layout/v7/8/202/105.png", "/tiles/layout/8/202/105.png?theme=role&mode=light&lang=zh&bg=none", "/api/map/tiles/WebMercatorQuad/8/105/202"} {
		if got := tag(path); got != same {
			t.Errorf("%s has the tag %s, not %s", path, got, same)
		}
	}
	for _, path := range []string{"?theme=ai", "?mode=dark", "?lang=en", "?bg=base"} {
		if got := tag("/tiles/layout/8/202/105.png" + path); got == same {
			t.Errorf("%s changes nothing", path)
		}
	}
	if tag("/tiles/layout/9/0/0.png") != tag("/tiles/layout/5/1/1.png") {
		t.Error("empty images differ")
	}
}

func TestImageTilesRefused(t *testing.T) {
	c := newClient(t, nil)
	for _, test := range []struct {
		name, path string
		status     int
		says       string
	}{
		{"unknown theme", "/tiles/layout/8/202/105.png?theme=rainbow", 400, "must be one of role, ai"},
		{"unknown mode", "/tiles/layout/8/202/105.png?mode=dusk", 400, "must be one of light, dark"},
		{"unknown language", "/tiles/layout/8/202/105.png?lang=fr", 400, "must be one of zh, en"},
		{"unknown ground", "/tiles/layout/8/202/105.png?bg=red", 400, "must be one of none, base"},
		{"unknown parameter", "/tiles/layout/8/202/105.png?width=4000", 400, "no such parameter"},
		{"three times the density", "/tiles/layout/8/202/105@3x.png", 400, "no whole number"},
		{"beyond the last column", "/tiles/layout/8/256/105.png", 404, "columns 0 to 255"},
		{"beyond the last zoom", "/tiles/layout/21/0/0.png", 404, "the last is 20"},
		{"beyond the last zoom of the grid", "/tiles/layout/30/0/0.png", 404, "the last is 24"},
		{"unknown layer", "/tiles/nope/8/202/105.png", 404, "nope"},
		{"a register", "/tiles/units/8/202/105.png", 404, "units"},
		{"TileJSON of a density of three", "/tiles/layout.json?format=png&scale=3", 400, "must be one of 1, 2"},
		{"TileJSON of an unknown format", "/tiles/layout.json?format=gif", 400, "must be one of mvt, png, webp"},
		{"TileJSON of vector tiles with a theme", "/tiles/layout.json?theme=ai", 400, "is for images"},
		{"OGC as a vector tile", "/api/map/tiles/WebMercatorQuad/8/105/202?f=mvt", 400, "must be one of png, webp"},
		{"OGC with an unknown theme", "/api/map/tiles/WebMercatorQuad/8/105/202?theme=x", 400, "must be one of role, ai"},
		{"OGC on a datum", "/api/map/tiles/bd09/8/105/202", 404, "bd09"},
		{"OGC, of a register", "/api/collections/units/map/tiles", 404, "units"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if p := c.problem(test.path); p.Status != test.status || !strings.Contains(p.Detail, test.says) {
				t.Errorf("%d %s, want %d with %q", p.Status, p.Detail, test.status, test.says)
			}
		})
	}
}

func TestImageTileDocuments(t *testing.T) {
	c := newClient(t, nil)
	var doc struct {
		Tiles        []string
		Format       string
		MaxZoom      int
		VectorLayers []json.RawMessage `json:"vector_layers"`
	}
	c.json("/tiles/layout/gcj02.json?format=png&scale=2&theme=ai&bg=base&lang=en", &doc)
	want := "https://map.example/tiles/layout/v7/gcj02/{z}/{x}/{y}@2x.png?bg=base&lang=en&theme=ai"
	if len(doc.Tiles) != 1 || doc.Tiles[0] != want || doc.Format != "png" || doc.MaxZoom != 20 || len(doc.VectorLayers) > 0 {
		t.Errorf("TileJSON %+v, want %s", doc, want)
	}
	path := strings.NewReplacer("https://map.example", "", "{z}", "8", "{x}", "202", "{y}", "105").Replace(doc.Tiles[0])
	if w := c.get(path); w.Code != http.StatusOK {
		t.Errorf("%s: %d", path, w.Code)
	}
	var sets struct{ TileSets []struct{ DataType string } }
	c.json("/api/map/tiles", &sets)
	if len(sets.TileSets) != 3 || sets.TileSets[0].DataType != "map" {
		t.Errorf("tilesets %+v", sets)
	}
	var set struct {
		DataType            string
		MediaTypes          []string
		Links               []struct{ Href, Rel string }
		TileMatrixSetLimits []json.RawMessage
	}
	c.json("/api/collections/parks/map/tiles/WebMercatorQuad", &set)
	items := 0
	for _, l := range set.Links {
		if strings.Contains(l.Href, "/{tileMatrix}/{tileRow}/{tileCol}?f=") && l.Rel == "item" {
			items++
		}
	}
	if set.DataType != "map" || len(set.MediaTypes) != 2 || items != 2 || len(set.TileMatrixSetLimits) != 21 {
		t.Errorf("tileset %+v", set)
	}
	if w := c.get("/api/map/tiles?f=html&lang=zh"); !strings.Contains(w.Body.String(), "地图瓦片集") {
		t.Errorf("page: %d %.300s", w.Code, w.Body)
	}
}
