package geo_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

func TestGCJ02AndBD09Anchors(t *testing.T) {
	tests := []struct {
		name    string
		forward func(orb.Point) orb.Point
		wgs84   orb.Point
		want    orb.Point
	}{
		{"GCJ-02 inland", geo.WGS84ToGCJ02, orb.Point{104.0657, 30.6595}, orb.Point{104.068207400, 30.657079145}},
		{"GCJ-02 at the coast", geo.WGS84ToGCJ02, orb.Point{121.0917077, 30.6107779}, orb.Point{121.096269279, 30.608604369}},
		{"BD-09 inland", geo.WGS84ToBD09, orb.Point{104.0657, 30.6595}, orb.Point{104.074701703, 30.663109266}},
		{"GCJ-02 abroad", geo.WGS84ToGCJ02, orb.Point{2.35, 48.85}, orb.Point{2.35, 48.85}},
		{"BD-09 abroad", geo.WGS84ToBD09, orb.Point{-70.6, -33.4}, orb.Point{-70.6, -33.4}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got := c.forward(c.wgs84); !within(got, c.want, 6e-10) {
				t.Errorf("got %.9f, want %.9f", got, c.want)
			}
		})
	}
}

// The positions were published as BD-09 degrees with their metres: tests of TeslaMate (the first two) and the
// README of BaiduMapPointConverter.
func TestBD09MCAnchors(t *testing.T) {
	tests := []struct {
		name     string
		bd09, mc orb.Point
	}{
		{"Tian'anmen", orb.Point{116.404, 39.915}, orb.Point{12958175.0, 4825923.77}},
		{"the Bund", orb.Point{121.499, 31.240}, orb.Point{13525353.98, 3641593.36}},
		{"Tian'anmen, more digits", orb.Point{116.403874, 39.914889}, orb.Point{12958160.97, 4825907.72}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			wgs84 := geo.BD09ToWGS84(c.bd09)
			if got := geo.WGS84ToBD09MC(wgs84); !within(got, c.mc, 0.006) {
				t.Errorf("got %.2f, want %.2f", got, c.mc)
			}
			if got := geo.BD09MCToWGS84(c.mc); !within(got, wgs84, 1e-7) {
				t.Errorf("back %.9f, want %.9f", got, wgs84)
			}
		})
	}
}

// shifts are the datums with their ways back.
var shifts = []struct {
	name          string
	forward, back func(orb.Point) orb.Point
}{
	{"GCJ-02", geo.WGS84ToGCJ02, geo.GCJ02ToWGS84},
	{"BD-09", geo.WGS84ToBD09, geo.BD09ToWGS84},
	{"BD-09 MC", geo.WGS84ToBD09MC, geo.BD09MCToWGS84},
}

const tenthOfMillimetre = 1e-9 // degrees

func TestShiftsThereAndBack(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, s := range shifts {
		t.Run(s.name, func(t *testing.T) {
			for i := range 50_000 {
				p := orb.Point{72.004 + 65.8307*random.Float64(), 0.8293 + 54.9978*random.Float64()}
				if i%10 == 0 {
					p[0] = 105 + (random.Float64()-0.5)*1e-6 // the formula has a kink there
				}
				if back := s.back(s.forward(p)); !within(back, p, tenthOfMillimetre) {
					t.Fatalf("%v comes back as %v", p, back)
				}
			}
		})
	}
}

// Beyond the strip at the rim the shifts are exact abroad too, where they change nothing.
func TestShiftsAbroad(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for _, s := range shifts {
		t.Run(s.name, func(t *testing.T) {
			for range 20_000 {
				p := orb.Point{360*random.Float64() - 180, 146*random.Float64() - 73}
				if p[0] > 71.9 && p[0] < 137.9 && p[1] > 0.7 && p[1] < 55.9 {
					continue
				}
				if back := s.back(s.forward(p)); !within(back, p, 7e-9) {
					t.Fatalf("%v comes back as %v", p, back)
				}
			}
		})
	}
}

func TestShiftStopsAtTheRim(t *testing.T) {
	inside, outside := orb.Point{72.0041, 40}, orb.Point{72.0039, 40}
	if geo.WGS84ToGCJ02(inside) == inside {
		t.Error("not shifted inside the box")
	}
	if geo.WGS84ToGCJ02(outside) != outside {
		t.Error("shifted outside the box")
	}
	if back := geo.GCJ02ToWGS84(geo.WGS84ToGCJ02(inside)); !within(back, inside, tenthOfMillimetre) {
		t.Errorf("%v comes back as %v", inside, back)
	}
	if back := geo.GCJ02ToWGS84(outside); back != outside {
		t.Errorf("%v outside the box comes back as %v", outside, back)
	}
	far := orb.Point{-100, 40}
	if geo.GCJ02ToWGS84(far) != far {
		t.Error("a position far outside is shifted back")
	}
}

// The shift is a few hundred metres everywhere: a slip in a term of the formula would show.
func TestShiftIsOfTheRightSize(t *testing.T) {
	for lon := 73.0; lon < 136; lon += 3.1 {
		for lat := 2.0; lat < 55; lat += 2.7 {
			p := orb.Point{lon, lat}
			if d := geo.DistanceM(p, geo.WGS84ToGCJ02(p)); d < 10 || d > 1500 {
				t.Errorf("%v is shifted by %.0f m", p, d)
			}
		}
	}
}

func TestBD09MCBeyondItsLatitudes(t *testing.T) {
	north := geo.WGS84ToBD09MC(orb.Point{20, 74})
	for _, lat := range []float64{74.1, 90, math.Inf(1)} {
		if got := geo.WGS84ToBD09MC(orb.Point{20, lat}); got != north {
			t.Errorf("latitude %v: %v, want %v", lat, got, north)
		}
	}
	if got := geo.BD09MCToWGS84(orb.Point{north[0], 1e9}); !within(got, orb.Point{20, 74}, 7e-9) {
		t.Errorf("far north: %v", got)
	}
	// Between two bands there are northings that no latitude has.
	if got := geo.BD09MCToWGS84(orb.Point{0, 8_362_385}); math.Abs(got[1]-60) > 1e-3 {
		t.Errorf("between two bands: %v", got)
	}
}

// TestShiftsAreThePublishedFormulas compares the shifts with their formulas as they were published, sine by sine.
func TestShiftsAreThePublishedFormulas(t *testing.T) {
	gcj := func(p orb.Point) orb.Point {
		const a, ee = 6378245.0, 0.00669342162296594323
		x, y := p[0]-105, p[1]-35
		sin := func(v float64) float64 { return math.Sin(math.Pi * v) }
		dLat := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x)) +
			2./3*(20*sin(6*x)+20*sin(2*x)+20*sin(y)+40*sin(y/3)+160*sin(y/12)+320*sin(y/30))
		dLon := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x)) +
			2./3*(20*sin(6*x)+20*sin(2*x)+20*sin(x)+40*sin(x/3)+150*sin(x/12)+300*sin(x/30))
		s := math.Sin(p[1] * math.Pi / 180)
		m := 1 - ee*s*s
		return orb.Point{
			p[0] + dLon*180*math.Sqrt(m)/(a*math.Cos(p[1]*math.Pi/180)*math.Pi),
			p[1] + dLat*180*m*math.Sqrt(m)/(a*(1-ee)*math.Pi),
		}
	}
	bd := func(p orb.Point) orb.Point {
		const k = math.Pi * 3000 / 180
		z := math.Hypot(p[0], p[1]) + 2e-5*math.Sin(k*p[1])
		θ := math.Atan2(p[1], p[0]) + 3e-6*math.Cos(k*p[0])
		return orb.Point{z*math.Cos(θ) + 0.0065, z*math.Sin(θ) + 0.006}
	}
	random := rand.New(rand.NewPCG(3, 9))
	for range 20_000 {
		p := orb.Point{72.1 + 65*random.Float64(), 1 + 54*random.Float64()}
		if got, want := geo.WGS84ToGCJ02(p), gcj(p); !within(got, want, 1e-12) {
			t.Fatalf("GCJ-02 of %v: %v, as published %v", p, got, want)
		}
		if got, want := geo.WGS84ToBD09(p), bd(gcj(p)); !within(got, want, 1e-12) {
			t.Fatalf("BD-09 of %v: %v, as published %v", p, got, want)
		}
	}
}
