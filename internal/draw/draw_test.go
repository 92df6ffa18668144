package draw_test

import (
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"parkmap/internal/draw"
)

func TestParseSVG(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		area float64 // of the first ring, positive clockwise
		at   draw.Pt // last point of it
	}{
		"absolute":                 {"M1 1H5V5H1Z", 16, draw.Pt{X: 1, Y: 5}},
		"relative":                 {"m1 1h4v4h-4z", 16, draw.Pt{X: 1, Y: 5}},
		"more points after move":   {"M0,0 4,0 4,4 0,4", 16, draw.Pt{X: 0, Y: 4}},
		"numbers without spaces":   {"M0 0h.5v.5h-.5Z", 0.25, draw.Pt{X: 0, Y: 0.5}},
		"exponent":                 {"M0 0H1e1V1E+1H0Z", 100, draw.Pt{X: 0, Y: 10}},
		"circle of two arcs":       {"M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0Z", -100 * math.Pi, draw.Pt{}},
		"flags without spaces":     {"M2 12a10 10 0 1020 0a10 10 0 10-20 0Z", -100 * math.Pi, draw.Pt{}},
		"arc too small to reach":   {"M0 0A1 1 0 0 1 4 0Z", 2 * math.Pi, draw.Pt{X: 4, Y: 0}},
		"turned ellipse":           {"M0-2A1 2 90 0 1 0 2A1 2 90 0 1 0-2Z", 8 * math.Pi, draw.Pt{}},
		"quadratic":                {"M0 0Q2 3 4 0Z", -4, draw.Pt{X: 4, Y: 0}},
		"cubic":                    {"M0 0C0 4 4 4 4 0Z", -9.6, draw.Pt{X: 4, Y: 0}},
		"smooth cubic":             {"M0 0C0 4 4 4 4 0S8-4 8 0V9H0Z", 72, draw.Pt{X: 0, Y: 9}},
		"smooth after a line":      {"M0 0H4s4 4 0 4H0Z", 20.8, draw.Pt{X: 0, Y: 4}},
		"second contour ignored":   {"M0 0H2V2H0ZM5 5h1v1h-1z", 4, draw.Pt{X: 0, Y: 2}},
		"closing returns to start": {"M0 0H2V2H0Zm0 0", 4, draw.Pt{X: 0, Y: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := draw.ParseSVG(c.data)
			if err != nil {
				t.Fatal(err)
			}
			ring := p.Rings(0.0005)[0]
			if got := areaOf(ring); math.Abs(got-c.area) > 0.002*math.Abs(c.area) {
				t.Errorf("area %g, want %g", got, c.area)
			}
			if last := ring[len(ring)-1]; c.at != (draw.Pt{}) && last != c.at {
				t.Errorf("ends at %v, want %v", last, c.at)
			}
		})
	}
}

func TestParseSVGRefuses(t *testing.T) {
	for name, data := range map[string]string{
		"no move":            "L1 1",
		"no command":         "1 2",
		"number missing":     "M1",
		"no number":          "M1 x",
		"infinite":           "M1e999 0",
		"flag of two":        "M0 0A1 1 0 2 0 1 1",
		"after closing":      "M0 0Z1 1",
		"smooth quadratic":   "M0 0T1 1",
		"too long":           "M0 0" + strings.Repeat("h1", 1<<15),
		"not even a command": "path",
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := draw.ParseSVG(data); err == nil {
				t.Error("was read")
			}
		})
	}
}

func TestRingsStayNearTheCurve(t *testing.T) {
	ring := draw.Circle(draw.Pt{X: 50, Y: 50}, 40).Rings(0.05)[0]
	for i, b := range ring {
		a := ring[(i+len(ring)-1)%len(ring)]
		mid := a.At(b, 0.5)
		if off := math.Abs(math.Hypot(mid.X-50, mid.Y-50) - 40); off > 0.07 {
			t.Errorf("strays by %g", off)
		}
	}
	if len(ring) > 120 {
		t.Errorf("%d points are more than it takes", len(ring))
	}
}

func TestFillIsEvenOdd(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 24, 24))
	for _, data := range []string{ // rings wound the same way, three deep
		"M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0ZM5 12a7 7 0 1 0 14 0a7 7 0 1 0-14 0ZM9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0Z",
	} {
		p, err := draw.ParseSVG(data)
		if err != nil {
			t.Fatal(err)
		}
		draw.Fill(img, p, color.RGBA{200, 0, 0, 255})
	}
	for at, want := range map[image.Point]uint8{{3, 12}: 255, {7, 12}: 0, {12, 12}: 255, {0, 0}: 0, {20, 12}: 255} {
		if got := img.RGBAAt(at.X, at.Y).A; got != want {
			t.Errorf("alpha at %v is %d, want %d", at, got, want)
		}
	}
}

func TestFillBeyondTheImage(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 8, 8))
	draw.Fill(img, draw.Polygon(draw.Pt{X: -1e4, Y: -1e4}, draw.Pt{X: 1e4, Y: -1e4}, draw.Pt{X: 1e4, Y: 1e4}, draw.Pt{X: -1e4, Y: 1e4}), color.Black)
	draw.Fill(img, draw.Circle(draw.Pt{X: 500, Y: 500}, 3), color.White)
	draw.Fill(img, draw.Path{}, color.White)
	if img.RGBAAt(4, 4) != (color.RGBA{0, 0, 0, 255}) {
		t.Errorf("the middle is %v", img.RGBAAt(4, 4))
	}
}

func FuzzParseSVG(f *testing.F) {
	f.Add("M2 12a10 10 0 1 0 20 0Z")
	f.Add("M.5-1e3q1 1 2 2C1,2,3,4,5,6z")
	f.Fuzz(func(t *testing.T, data string) {
		p, err := draw.ParseSVG(data)
		if err != nil {
			return
		}
		for _, ring := range p.Rings(0.1) {
			if len(ring) < 3 {
				t.Errorf("a ring of %d points", len(ring))
			}
		}
	})
}

func areaOf(ring []draw.Pt) float64 {
	sum := 0.0
	for i, b := range ring {
		a := ring[(i+len(ring)-1)%len(ring)]
		sum += a.X*b.Y - b.X*a.Y
	}
	return sum / 2
}
