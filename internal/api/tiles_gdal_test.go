package api

import (
	"encoding/json"
	"math"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// TestGDALTiles lets GDAL read tiles over HTTP, compressed as they come: all areas are there, each with its label
// where it belongs.
func TestGDALTiles(t *testing.T) {
	l, err := layout.ReadFolder(os.DirFS("../../geodata"))
	if err != nil {
		t.Fatal(err)
	}
	l.Version, l.PublishedAt = 1, at
	s := serveLayout(t, l, nil)
	server := httptest.NewServer(s)
	defer server.Close()

	labels := map[string]orb.Point{}
	// All tiles of a zoom, with what TileJSON says of them.
	text := run(t, "ogr2ogr", "-f", "GeoJSON", "/vsistdout/", "-t_srs", "EPSG:4326", "-lco", "RFC7946=YES",
		"MVT:"+server.URL+"/tiles/layout/9", "areas_label", "-oo", "TILE_EXTENSION=mvt", "-oo", "METADATA_FILE="+server.URL+"/tiles/layout.json")
	var read struct {
		Features []struct {
			Geometry   struct{ Coordinates orb.Point }
			Properties map[string]any
		}
	}
	if err := json.Unmarshal([]byte(text), &read); err != nil {
		t.Fatalf("%v: %.500s", err, text)
	}
	for _, f := range read.Features {
		id, _ := f.Properties["id"].(string)
		labels[id] = f.Geometry.Coordinates
	}
	for _, f := range l.Features {
		if f.Collection != layout.Areas {
			continue
		}
		got, ok := labels[string(f.ID)]
		want := geo.LabelPoint(f.Geometry)
		// A unit of a tile of zoom 9 is 19 m at the equator.
		if d := geo.DistanceM(got, want); !ok || math.IsNaN(d) || d > 19 {
			t.Errorf("%s has its label at %v, %.0f m from %v", f.ID, got, d, want)
		}
	}
	if len(labels) != 14 {
		t.Errorf("%d labels", len(labels))
	}
}
