package geo_test

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"

	"parkmap/internal/geo"
)

// FuzzValidate feeds WKB: nothing may panic, the verdict stays the same for rings in another order, and what
// is done with a valid geometry works.
func FuzzValidate(f *testing.F) {
	for _, c := range corpus {
		f.Add(wkb.MustMarshal(parse(f, c.wkt)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := wkb.Unmarshal(data)
		if err != nil {
			return
		}
		stored := geo.Normalise(g)
		faults := geo.Validate(stored)
		for _, fault := range faults {
			if fault.Rule == "" || fault.Detail == "" {
				t.Errorf("fault without a name: %+v", fault)
			}
		}
		again := geo.Normalise(stored)
		if !orb.Equal(stored, again) && len(faults) == 0 {
			t.Errorf("normalised twice: %v, then %v", stored, again)
		}
		if n := len(geo.Validate(reversed(stored))); (n == 0) != (len(faults) == 0) {
			t.Errorf("%v: %d faults, with rings reversed %d", stored, len(faults), n)
		}
		if len(faults) == 0 {
			useValid(t, stored)
		}
	})
}

// reversed returns a copy of polygons with their rings in the other order.
func reversed(g orb.Geometry) orb.Geometry {
	c := orb.Clone(g)
	switch c := c.(type) {
	case orb.Polygon:
		for _, r := range c {
			r.Reverse()
		}
	case orb.MultiPolygon:
		for _, p := range c {
			for _, r := range p {
				r.Reverse()
			}
		}
	}
	return c
}

func useValid(t *testing.T, g orb.Geometry) {
	t.Helper()
	if a := geo.AreaM2(g); !(a >= 0) {
		t.Errorf("area of %v is %v", g, a)
	}
	if l := geo.LengthM(g); !(l >= 0) {
		t.Errorf("length of %v is %v", g, l)
	}
	if p := geo.LabelPoint(g); math.IsNaN(p[0] + p[1]) {
		t.Errorf("label of %v is at %v", g, p)
	}
	b := g.Bound()
	if box := (geo.BBox{West: b.Min[0], South: b.Min[1], East: b.Max[0], North: b.Max[1]}); !box.Intersects(g) {
		t.Errorf("%v does not meet its own box", g)
	}
}

// FuzzShifts goes there and back through the datums of web maps, anywhere but at the rim of their box.
func FuzzShifts(f *testing.F) {
	f.Add(104.0657, 30.6595)
	f.Add(105.0, 35.0)
	f.Add(-70.0, -33.0)
	f.Add(math.NaN(), math.NaN())
	f.Add(math.Inf(1), 30.0)
	f.Fuzz(func(t *testing.T, lon, lat float64) {
		p := orb.Point{lon, lat}
		inside := lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271
		beyond := lon < 71.9 || lon > 137.9 || lat < 0.7 || lat > 55.9
		onEarth := math.Abs(lon) <= 180 && math.Abs(lat) <= 74
		for _, s := range shifts {
			back := s.back(s.forward(p)) // never hangs, whatever p is
			if onEarth && (inside || beyond) && !within(back, p, 7e-9) {
				t.Errorf("%s: %v comes back as %v", s.name, p, back)
			}
		}
	})
}

// FuzzCRS goes there and back through each system, up to 6° from the meridian of a grid.
func FuzzCRS(f *testing.F) {
	f.Add(104.0657, 30.6595)
	f.Add(111.0, -80.0)
	f.Fuzz(func(t *testing.T, lon, lat float64) {
		if !(math.Abs(lon) <= 180 && math.Abs(lat) <= 89) {
			return
		}
		for _, c := range geo.AllCRS() {
			p := orb.Point{lon, lat}
			if c.Projected() && c.Code != 3857 {
				p[0] = meridianOf(t, c) + lon/30
			}
			if back := c.Inverse(c.Forward(p)); !within(back, p, tenthOfMillimetre) {
				t.Errorf("%s: %v comes back as %v", c.Name, p, back)
			}
		}
	})
}

// FuzzLookupCRS never panics and finds only what there is.
func FuzzLookupCRS(f *testing.F) {
	for _, c := range geo.AllCRS() {
		f.Add(c.URI())
	}
	f.Fuzz(func(t *testing.T, name string) {
		c, err := geo.LookupCRS(name)
		if err != nil {
			return
		}
		if again, err := geo.LookupCRS(c.URI()); err != nil || again != c {
			t.Errorf("%q is %s, which is %v, %v", name, c.URI(), again.Name, err)
		}
	})
}

// FuzzSimplifyCoverage simplifies coverages made from a seed, with wilder borders for a larger height.
func FuzzSimplifyCoverage(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed, 100*float64(seed), uint8(10*seed))
	}
	f.Fuzz(func(t *testing.T, seed uint64, tolerance float64, height uint8) {
		cells := districts(2, float64(height)/1000, rand.New(rand.NewPCG(seed, 1)))
		for _, cell := range cells {
			if len(geo.Validate(cell)) > 0 {
				return // the border crosses itself
			}
		}
		if len(geo.Validate(orb.Polygon{outerRing(cells)})) > 0 {
			return
		}
		checkCoverage(t, cells, geo.SimplifyCoverage(cells, tolerance))
	})
}

// FuzzSimplifyAnything simplifies polygons of any kind: the shape of the answer is that of the question.
func FuzzSimplifyAnything(f *testing.F) {
	f.Add([]byte{0, 0, 4, 0, 4, 4, 0, 4, 0, 0, 1, 1, 2, 1, 2, 2}, 100.0)
	f.Fuzz(func(t *testing.T, data []byte, tolerance float64) {
		if len(data) > 600 {
			return // rings heaped on each other take quadratic time
		}
		var in []orb.MultiPolygon
		for len(data) >= 2 {
			n := min(len(data)/2, 3+int(binary.LittleEndian.Uint16(data))%9)
			var ring orb.Ring
			for i := range n {
				ring = append(ring, orb.Point{float64(data[2*i] % 16), float64(data[2*i+1] % 16)})
			}
			data = data[2*n:]
			in = append(in, orb.MultiPolygon{{append(ring, ring[0])}})
		}
		out := geo.SimplifyCoverage(in, tolerance)
		for i := range in {
			sound := len(geo.Validate(in[i])) == 0
			if sound && len(geo.Validate(out[i])) > 0 {
				t.Errorf("%v became %v", in[i], out[i])
			}
		}
	})
}
