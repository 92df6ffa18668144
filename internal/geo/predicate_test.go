package geo

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

// orientationByRationals is the definition, without rounding.
func orientationByRationals(a, b, c orb.Point) int {
	diff := func(x, y float64) *big.Rat {
		return new(big.Rat).Sub(new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(y))
	}
	l := new(big.Rat).Mul(diff(a[0], c[0]), diff(b[1], c[1]))
	r := new(big.Rat).Mul(diff(a[1], c[1]), diff(b[0], c[0]))
	return l.Cmp(r)
}

func TestOrientationIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	exact := 0
	for range 50_000 {
		a := orb.Point{104 + random.Float64(), 30 + random.Float64()}
		b := orb.Point{104 + random.Float64(), 30 + random.Float64()}
		f := random.Float64()
		c := orb.Point{a[0] + f*(b[0]-a[0]), a[1] + f*(b[1]-a[1])} // on the line but for the last digit
		want := orientationByRationals(a, b, c)
		if got := orientation(a, b, c); got != want {
			t.Fatalf("%v %v %v: %d, want %d", a, b, c, got, want)
		}
		if got := exactOrientation(a, b, c); got != want {
			t.Fatalf("%v %v %v: %d without the filter, want %d", a, b, c, got, want)
		}
		if plain := (a[0]-c[0])*(b[1]-c[1]) - (a[1]-c[1])*(b[0]-c[0]); signOf(plain) != want {
			exact++
		}
	}
	if exact == 0 {
		t.Error("plain arithmetic did as well: the test shows nothing")
	}
}

func TestMeet(t *testing.T) {
	tests := []struct {
		name           string
		a0, a1, b0, b1 orb.Point
		how            meeting
		at             orb.Point
	}{
		{"crossing", orb.Point{0, 0}, orb.Point{2, 2}, orb.Point{0, 2}, orb.Point{2, 0}, crossing, orb.Point{1, 1}},
		{"apart", orb.Point{0, 0}, orb.Point{2, 2}, orb.Point{3, 2}, orb.Point{5, 0}, apart, orb.Point{}},
		{"end on the inside", orb.Point{0, 0}, orb.Point{2, 2}, orb.Point{1, 1}, orb.Point{5, 0}, touching, orb.Point{1, 1}},
		{"inside on the end", orb.Point{1, 1}, orb.Point{5, 0}, orb.Point{2, 2}, orb.Point{0, 0}, touching, orb.Point{1, 1}},
		{"end on end", orb.Point{0, 0}, orb.Point{1, 1}, orb.Point{1, 1}, orb.Point{2, 0}, touching, orb.Point{1, 1}},
		{"end on end, straight on", orb.Point{0, 0}, orb.Point{1, 1}, orb.Point{2, 2}, orb.Point{1, 1}, touching, orb.Point{1, 1}},
		{"along each other", orb.Point{0, 0}, orb.Point{2, 2}, orb.Point{3, 3}, orb.Point{1, 1}, running, orb.Point{1, 1}},
		{"upright, along each other", orb.Point{0, 0}, orb.Point{0, 2}, orb.Point{0, 1}, orb.Point{0, 9}, running, orb.Point{0, 1}},
		{"on one line, apart", orb.Point{0, 0}, orb.Point{1, 1}, orb.Point{2, 2}, orb.Point{3, 3}, apart, orb.Point{}},
		{"parallel", orb.Point{0, 0}, orb.Point{1, 1}, orb.Point{0, 1}, orb.Point{1, 2}, apart, orb.Point{}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if how, at := meet(c.a0, c.a1, c.b0, c.b1); how != c.how || at != c.at {
				t.Errorf("meet = %v at %v, want %v at %v", how, at, c.how, c.at)
			}
			if how, _ := meet(c.b1, c.b0, c.a1, c.a0); how != c.how {
				t.Errorf("the other way round: %v, want %v", how, c.how)
			}
		})
	}
}

func TestInWedge(t *testing.T) {
	at := func(deg float64) orb.Point { return orb.Point{5 + math.Cos(radians(deg)), 5 + math.Sin(radians(deg))} }
	tests := []struct {
		name        string
		from, to, q float64
		want        bool
	}{
		{"narrow, inside", 10, 80, 45, true},
		{"narrow, outside", 10, 80, 100, false},
		{"narrow, opposite", 10, 80, 225, false},
		{"wide, inside", 80, 10, 200, true},
		{"wide, outside", 80, 10, 45, false},
		{"across east", 350, 20, 5, true},
		{"on its start", 10, 80, 10, false},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got := inWedge(orb.Point{5, 5}, at(c.from), at(c.to), at(c.q)); got != c.want {
				t.Errorf("inWedge = %v, want %v", got, c.want)
			}
		})
	}
	if !inWedge(orb.Point{5, 5}, orb.Point{6, 5}, orb.Point{4, 5}, orb.Point{5, 6}) {
		t.Error("half a turn: the left side is inside")
	}
}
