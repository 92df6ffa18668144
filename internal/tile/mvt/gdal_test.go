package mvt_test

import (
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"parkmap/internal/geo"
	"parkmap/internal/tile"
	"parkmap/internal/tile/mvt/mvttest"
)

// TestGDAL lets GDAL's MVT driver read a tile by its place in the world: it finds the layers, every feature with its
// attributes, and each where it came from.
func TestGDAL(t *testing.T) {
	g := grid(t, tile.WebMercatorQuad)
	id := g.At(chengdu, 14)
	data := drawSome(t, g, id)
	file := filepath.Join(t.TempDir(), "tile.mvt")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	own := mvttest.Check(t, data)
	info := run(t, "ogrinfo", "-ro", "-q", file)
	for _, l := range own.Layers {
		if !strings.Contains(info, ": "+l.Name+" (") {
			t.Errorf("layer %s is not listed:\n%s", l.Name, info)
		}
	}
	var read struct {
		Features []struct {
			Properties struct {
				ID     uint64 `json:"mvt_id"`
				Number int
				Even   bool
			}
			Geometry struct{ Coordinates json.RawMessage }
		}
	}
	minX, _, _, _ := g.Limits(14)
	x, y, z := id.X-minX, id.Y, id.Z
	text := run(t, "ogr2ogr", "-f", "GeoJSON", "/vsistdout/", file, "parcels", "-oo", "X="+itoa(x), "-oo", "Y="+itoa(y),
		"-oo", "Z="+itoa(z), "-oo", "CLIP=NO", "-t_srs", "EPSG:4326")
	if err := json.Unmarshal([]byte(text), &read); err != nil {
		t.Fatal(err)
	}
	if want := len(own.Layer("parcels").Features); len(read.Features) != want || want == 0 {
		t.Errorf("%d features are read, there are %d", len(read.Features), want)
	}
	for i, f := range read.Features {
		want := own.Layer("parcels").Features[i]
		if f.Properties.ID != want.ID || f.Properties.Number != int(want.ID)-1 || f.Properties.Even != (f.Properties.Number%2 == 0) {
			t.Errorf("feature %d is read as %+v", want.ID, f.Properties)
		}
	}
	// A parcel in the middle of the tile covers the same ground.
	for _, f := range read.Features {
		parcel := parcels[f.Properties.Number]
		var got struct{ Coordinates [][][2]float64 }
		if json.Unmarshal(f.Geometry.Coordinates, &got.Coordinates) != nil || len(got.Coordinates) != 1 {
			continue
		}
		if b, tileBox := parcel.Bound(), g.Box(id, 0); b.Min[0] < tileBox.West || b.Max[0] > tileBox.East ||
			b.Min[1] < tileBox.South || b.Max[1] > tileBox.North {
			continue
		}
		ring := parcel.Clone()
		ring[0] = ring[0][:0]
		for _, p := range got.Coordinates[0] {
			ring[0] = append(ring[0], p)
		}
		if a, b := geo.AreaM2(ring), geo.AreaM2(parcel); math.Abs(a-b) > 0.01*b {
			t.Errorf("parcel %d has %v m² in GDAL, %v m² before", f.Properties.Number, a, b)
		}
		return
	}
	t.Error("no parcel lies in the tile")
}

func itoa(n int) string {
	text, _ := json.Marshal(n)
	return string(text)
}

// run runs a program, which has to be installed, and returns what it prints. It may not complain.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%s %v: %v\n%s", name, args, err, complaints.String())
	}
	return string(out)
}
