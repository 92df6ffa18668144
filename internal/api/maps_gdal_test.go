package api

import (
	"fmt"
	"image"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

// TestGDALMaps lets GDAL place a map by its headers alone, and look up colours at places that are known: within a pixel
// of the corners of a surface the colour changes.
func TestGDALMaps(t *testing.T) {
	l := &layout.Layout{Version: 1, PublishedAt: at, Features: []layout.Feature{feature(t, layout.Areas, "Z1",
		"POLYGON((104.02 30.52,104.08 30.52,104.08 30.58,104.02 30.58,104.02 30.52))",
		&layout.Area{Base: layout.Base{Kind: layout.KindZone}, Number: 1})}}
	s := serveLayout(t, l, nil)
	const box = "bbox=103.95,30.47,104.15,30.63"
	for _, crs := range []string{"OGC:CRS84", "EPSG:3857", "EPSG:4326", "EPSG:4490", "EPSG:4523", "EPSG:4544"} {
		t.Run(crs, func(t *testing.T) {
			w := get(t, s, "/api/collections/areas/map?f=png&width=800&height=700&"+box+"&crs="+crs)
			if w.Code != http.StatusOK {
				t.Fatalf("%d %s", w.Code, w.Body)
			}
			var x0, y0, x1, y1 float64
			if _, err := fmt.Sscanf(w.Header().Get("Content-Bbox"), "%g,%g,%g,%g", &x0, &y0, &x1, &y1); err != nil {
				t.Fatal(err)
			}
			if code := strings.TrimPrefix(crs, "EPSG:"); code != "3857" && code != "OGC:CRS84" { // northing or latitude first
				x0, y0, x1, y1 = y0, x0, y1, x1
			}
			dir := t.TempDir()
			png, tif := filepath.Join(dir, "map.png"), filepath.Join(dir, "map.tif")
			if err := os.WriteFile(png, w.Body.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			number := func(v float64) string { return fmt.Sprintf("%.9f", v) }
			args := []string{"-q", "-a_srs", crs, "-a_ullr", number(x0), number(y1), number(x1), number(y0), png, tif}
			if _, ok := pixels(t, w).(*image.Paletted); ok {
				args = append([]string{"-expand", "rgba"}, args...)
			}
			run(t, "gdal_translate", args...)
			info := run(t, "gdalinfo", tif)
			if !strings.Contains(info, "Size is 800, 700") {
				t.Fatal(info)
			}
			pixel := orb.Point{0.2 / 800, 0.16 / 700}
			for _, side := range []struct{ at, outward orb.Point }{
				{orb.Point{104.02, 30.537}, orb.Point{-1, 0}}, {orb.Point{104.08, 30.537}, orb.Point{1, 0}},
				{orb.Point{104.035, 30.52}, orb.Point{0, -1}}, {orb.Point{104.035, 30.58}, orb.Point{0, 1}},
			} {
				// The line round the surface is 3 pixels wide: 2.5 pixels outside of its middle there is nothing, 2.5
				// inside the fill, whatever is within one pixel of where it belongs.
				out, in := look(t, tif, side.at, side.outward, 2.5*pixel[0], 2.5*pixel[1]), look(t, tif, side.at, side.outward, -2.5*pixel[0], -2.5*pixel[1])
				if out != "0" || in == "0" {
					t.Errorf("at %v: opacity %s outside, %s inside", side.at, out, in)
				}
			}
		})
	}
}

// look asks GDAL for the opacity of a map beside a place.
func look(t *testing.T, file string, at, outward orb.Point, dx, dy float64) string {
	t.Helper()
	return strings.TrimSpace(run(t, "gdallocationinfo", "-valonly", "-b", "4", "-wgs84", file,
		fmt.Sprintf("%.9f", at[0]+outward[0]*dx), fmt.Sprintf("%.9f", at[1]+outward[1]*dy)))
}
