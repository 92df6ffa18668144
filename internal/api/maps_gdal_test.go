package api

import (
	"fmt"
	"image"
	"net/http"
	"os"
	"os/exec"
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
			// The line round the surface is 3 pixels wide: 2.5 pixels outside of its middle there is nothing, 2.5 inside
			// the fill, if it is within one pixel of where it belongs.
			const dx, dy = 2.5 * 0.2 / 800, 2.5 * 0.16 / 700
			opacities := look(t, tif, []orb.Point{
				{104.02 - dx, 30.537}, {104.08 + dx, 30.537}, {104.035, 30.52 - dy}, {104.035, 30.58 + dy},
				{104.02 + dx, 30.537}, {104.08 - dx, 30.537}, {104.035, 30.52 + dy}, {104.035, 30.58 - dy},
			})
			for i, opacity := range opacities {
				if inside := i >= 4; (opacity != "0") != inside {
					t.Errorf("place %d: opacity %s, inside %t", i, opacity, inside)
				}
			}
		})
	}
}

// look asks GDAL for the opacity of a map at places.
func look(t *testing.T, file string, places []orb.Point) []string {
	t.Helper()
	var in strings.Builder
	for _, p := range places {
		fmt.Fprintf(&in, "%.9f %.9f\n", p[0], p[1])
	}
	cmd := exec.CommandContext(t.Context(), "gdallocationinfo", "-valonly", "-b", "4", "-wgs84", file)
	cmd.Stdin = strings.NewReader(in.String())
	out, err := cmd.Output()
	opacities := strings.Fields(string(out))
	if err != nil || len(opacities) != len(places) {
		t.Fatalf("%v: %q", err, out)
	}
	return opacities
}
