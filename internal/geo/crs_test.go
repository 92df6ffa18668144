package geo_test

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// cs2cs converts positions in CRS84 to the system with the given EPSG number, by PROJ. The answer is in the
// order of the definition.
func cs2cs(t *testing.T, code int, points []orb.Point) []orb.Point {
	t.Helper()
	var in bytes.Buffer
	for _, p := range points {
		fmt.Fprintf(&in, "%.12f %.12f\n", p[0], p[1])
	}
	cmd := exec.Command("cs2cs", "-f", "%.9f", "OGC:CRS84", "EPSG:"+strconv.Itoa(code))
	cmd.Stdin = &in
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("cs2cs (package proj-bin): %v", err)
	}
	var converted []orb.Point
	for line := range strings.Lines(string(out)) {
		var p orb.Point
		if _, err := fmt.Sscan(line, &p[0], &p[1]); err != nil {
			t.Fatalf("cs2cs says %q: %v", line, err)
		}
		converted = append(converted, p)
	}
	if len(converted) != len(points) {
		t.Fatalf("cs2cs converted %d of %d", len(converted), len(points))
	}
	return converted
}

// meridianOf reads the central meridian off the name of a Gauss-Krüger grid; 105 for other systems.
func meridianOf(t *testing.T, c geo.CRS) float64 {
	t.Helper()
	zone, width := 0, 0
	switch {
	case strings.Contains(c.Name, "3-degree Gauss-Kruger zone "):
		width = 3
	case strings.Contains(c.Name, "/ Gauss-Kruger zone "):
		width = 6
	case strings.Contains(c.Name, "Gauss-Kruger CM "):
		width = 1
	default:
		return 105
	}
	last := c.Name[strings.LastIndexByte(c.Name, ' ')+1:]
	zone, err := strconv.Atoi(strings.TrimSuffix(last, "E"))
	if err != nil {
		t.Fatal(err)
	}
	if width == 6 {
		return float64(6*zone - 3)
	}
	return float64(width * zone)
}

func TestSystemsAgreeWithPROJ(t *testing.T) {
	if n := len(geo.AllCRS()); n != 68 {
		t.Errorf("%d systems, want 68", n)
	}
	for _, c := range geo.AllCRS() {
		if c.Code == 0 {
			continue // what the others are converted from
		}
		t.Run(c.Name, func(t *testing.T) {
			var points []orb.Point
			for _, dLon := range []float64{-4.5, -3, -1.5, -0.7, 0, 1e-6, 0.3, 1.5, 2.999, 3, 4.5} {
				for _, lat := range []float64{-30, 0, 0.5, 18, 30.6595, 39.9, 53.5, 70, 84} {
					points = append(points, orb.Point{meridianOf(t, c) + dLon, lat})
				}
			}
			tolerance := 1e-3 / 10
			if !c.Projected() {
				tolerance = 1e-9
			}
			for i, want := range cs2cs(t, c.Code, points) {
				if c.AxisOrder == geo.NorthEast {
					want = geo.SwapAxes(want)
				}
				got := c.Forward(points[i])
				if !within(got, want, tolerance) {
					t.Errorf("%v: Forward = %.6f, PROJ says %.6f", points[i], got, want)
				}
				if back := c.Inverse(want); !within(back, points[i], 1e-9) {
					t.Errorf("%v: Inverse = %.12f, want %.12f", want, back, points[i])
				}
			}
		})
	}
}

func within(a, b orb.Point, tolerance float64) bool {
	return math.Abs(a[0]-b[0]) <= tolerance && math.Abs(a[1]-b[1]) <= tolerance
}

func TestGaussKrugerKnownPoint(t *testing.T) {
	tests := []struct {
		crs  string
		want orb.Point
	}{
		{"EPSG:4544", orb.Point{410452.9734, 3393596.5914}},
		{"EPSG:4523", orb.Point{35410452.9734, 3393596.5914}},
		{"EPSG:4507", orb.Point{410452.9734, 3393596.5914}},
		{"EPSG:4496", orb.Point{18410452.9734, 3393596.5914}},
		{"EPSG:3857", orb.Point{11584540.7330, 3588607.2417}},
		{"EPSG:4490", orb.Point{104.0657, 30.6595}},
		{"CRS84", orb.Point{104.0657, 30.6595}},
	}
	for _, c := range tests {
		t.Run(c.crs, func(t *testing.T) {
			crs, err := geo.LookupCRS(c.crs)
			if err != nil {
				t.Fatal(err)
			}
			if got := crs.Forward(orb.Point{104.0657, 30.6595}); !within(got, c.want, 1e-4) {
				t.Errorf("Forward = %.4f, want %.4f", got, c.want)
			}
		})
	}
}

func TestForwardStaysFinite(t *testing.T) {
	for _, name := range []string{"3857", "4544", "4523"} {
		crs, err := geo.LookupCRS(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range []orb.Point{{0, 90}, {0, -90}, {180, 90}, {-180, -90}, {105, 90}, {-75, 10}, {-180, 0}} {
			got := crs.Forward(p)
			if math.IsNaN(got[0]+got[1]) || math.IsInf(got[0]+got[1], 0) {
				t.Errorf("%s %v: Forward = %v", name, p, got)
			}
		}
	}
}

func TestLookupCRS(t *testing.T) {
	const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	const zone35 = "http://www.opengis.net/def/crs/EPSG/0/4523"
	tests := []struct{ asked, uri string }{
		{crs84, crs84},
		{"https://www.opengis.net/def/crs/OGC/1.3/CRS84", crs84},
		{"urn:ogc:def:crs:OGC:1.3:CRS84", crs84},
		{"urn:ogc:def:crs:OGC::CRS84", crs84},
		{"OGC:CRS84", crs84},
		{"[OGC:CRS84]", crs84},
		{"CRS84", crs84},
		{zone35, zone35},
		{"http://www.opengis.net/def/crs/EPSG/9.9.1/4523", zone35},
		{"urn:ogc:def:crs:EPSG::4523", zone35},
		{"EPSG:4523", zone35},
		{"[EPSG:4523]", zone35},
		{"4523", zone35},
		{"3857", "http://www.opengis.net/def/crs/EPSG/0/3857"},
		{"", ""},
		{"0", ""},
		{"0000", ""},
		{"[EPSG:4523", ""},
		{"EPSG:4523]", ""},
		{"urn:ogc:def:crs:4523", ""},
		{"EPSG:CRS84", ""},
		{"84", ""},
		{"EPSG:", ""},
		{"EPSG:2000", ""},
		{"EPSG:4555", ""},
		{"EPSG:99999999999999999999", ""},
		{"epsg 4523", ""},
		{" EPSG:4523", ""},
		{"http://example.org/def/crs/EPSG/0/4523", ""},
		{crs84 + "/../4523", ""},
	}
	for _, c := range tests {
		t.Run(c.asked, func(t *testing.T) {
			crs, err := geo.LookupCRS(c.asked)
			if c.uri == "" {
				if !errors.Is(err, geo.ErrUnknownCRS) {
					t.Fatalf("LookupCRS = %v, %v, want an error", crs.Name, err)
				}
				return
			}
			if err != nil || crs.URI() != c.uri {
				t.Errorf("LookupCRS = %s, %v, want %s", crs.URI(), err, c.uri)
			}
		})
	}
}

func TestEverySystemIsFoundByItsURI(t *testing.T) {
	for _, c := range geo.AllCRS() {
		if found, err := geo.LookupCRS(c.URI()); err != nil || found != c {
			t.Errorf("%s: found %v, %v", c.URI(), found.Name, err)
		}
	}
}

func TestAllCRSIsACopy(t *testing.T) {
	geo.AllCRS()[0].Name = "changed"
	if geo.AllCRS()[0].Name == "changed" {
		t.Error("a caller can change the systems")
	}
}

func TestZeroCRSIsCRS84(t *testing.T) {
	crs84, err := geo.LookupCRS("CRS84")
	if err != nil {
		t.Fatal(err)
	}
	var zero geo.CRS
	if p := (orb.Point{104, 30}); zero.URI() != crs84.URI() || zero.Forward(p) != p || zero.AxisOrder != crs84.AxisOrder {
		t.Error("the zero CRS is another")
	}
}
