package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// The shifted datums of web maps in mainland China. Their public formulas have no border of their own; they
// are applied within the box in which the map services apply them, which holds China and strips of its
// neighbours. Outside nothing is shifted. The shift is up to a kilometre, so at the rim of the box there is a
// strip of that width, all of it abroad or at sea, where a shifted position may have two originals or none:
// the way back then takes the one inside the box.
var chinaBox = orb.Bound{Min: orb.Point{72.004, 0.8293}, Max: orb.Point{137.8347, 55.8271}}

// rimDeg is wider than any shift at the rim of chinaBox.
const rimDeg = 0.05

// Constants of GCJ-02 as published: the ellipsoid of Krasovsky 1940.
const (
	gcjA  = 6378245.0
	gcjEE = 0.00669342162296594323
)

// WGS84ToGCJ02 returns the GCJ-02 position of p, a WGS 84 position; both are longitude, latitude in degrees.
// Outside the box of mainland China (72.004–137.8347° E, 0.8293–55.8271° N) p comes back unchanged.
func WGS84ToGCJ02(p orb.Point) orb.Point {
	return shift(p, gcjForward)
}

// GCJ02ToWGS84 returns the WGS 84 position of p, a GCJ-02 position; both are longitude, latitude in degrees.
// The shift has no closed inverse; it is iterated to the last digit. Outside the box of mainland China p
// comes back unchanged; within about 1 km of the rim of the box the way back may not be exact.
func GCJ02ToWGS84(p orb.Point) orb.Point {
	return unshift(p, gcjInverse)
}

// WGS84ToBD09 returns the BD-09 position of p, a WGS 84 position; both are longitude, latitude in degrees.
// Outside the box of mainland China, as in WGS84ToGCJ02, p comes back unchanged.
func WGS84ToBD09(p orb.Point) orb.Point {
	return shift(p, func(p orb.Point) orb.Point { return bdForward(gcjForward(p)) })
}

// BD09ToWGS84 returns the WGS 84 position of p, a BD-09 position; both are longitude, latitude in degrees. It
// is exact where GCJ02ToWGS84 is.
func BD09ToWGS84(p orb.Point) orb.Point {
	return unshift(p, func(p orb.Point) orb.Point { return gcjInverse(bdInverse(p)) })
}

func shift(p orb.Point, forward func(orb.Point) orb.Point) orb.Point {
	if !chinaBox.Contains(p) {
		return p
	}
	return forward(p)
}

func unshift(p orb.Point, inverse func(orb.Point) orb.Point) orb.Point {
	if !chinaBox.Pad(rimDeg).Contains(p) {
		return p
	}
	if q := inverse(p); chinaBox.Contains(q) {
		return q
	}
	return p
}

// gcjForward is the public formula. Its nine sines are of angles that are multiples of πx/60 or πy/60, so they follow
// from two by the formulas for sums and multiples of angles, within 1e-12 m.
func gcjForward(p orb.Point) orb.Point {
	x, y := p[0]-105, p[1]-35
	ax := newMultiples(math.Pi / 60 * x)
	ay := newMultiples(math.Pi / 60 * y)
	twice := 2 * ax.sin60 * ax.cos60
	waves := 20 * (3*twice - 4*twice*twice*twice + twice) // sin 6πx + sin 2πx
	root := math.Sqrt(math.Abs(x))
	dLat := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*root +
		2./3*(waves+20*ay.sin60+40*ay.sin20+160*ay.sin5+320*ay.sin2)
	dLon := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*root +
		2./3*(waves+20*ax.sin60+40*ax.sin20+150*ax.sin5+300*ax.sin2)
	sin, cos := math.Sincos(radians(p[1]))
	m := 1 - gcjEE*sin*sin
	rootM := math.Sqrt(m)
	return orb.Point{
		p[0] + degrees(dLon*rootM/(gcjA*cos)),
		p[1] + degrees(dLat*m*rootM/(gcjA*(1-gcjEE))),
	}
}

// multiples are sines and cosines of 2, 5, 20 and 60 times an angle.
type multiples struct{ sin2, sin5, sin20, sin60, cos60 float64 }

func newMultiples(angle float64) multiples {
	s1, c1 := math.Sincos(angle)
	s2, c2 := 2*s1*c1, 1-2*s1*s1
	s4, c4 := 2*s2*c2, 1-2*s2*s2
	s5, c5 := s4*c1+c4*s1, c4*c1-s4*s1
	s10, c10 := 2*s5*c5, 1-2*s5*s5
	s20, c20 := 2*s10*c10, 1-2*s10*s10
	return multiples{s2, s5, s20, s20 * (3 - 4*s20*s20), c20 * (4*c20*c20 - 3)}
}

func gcjInverse(p orb.Point) orb.Point { return invert(p, gcjForward) }

// bdForward turns GCJ-02 into BD-09, by the published formula: the polar angle of p grows by δ, its distance from the
// origin by 2e-5 sin ky, and both coordinates by a constant. δ is so small that two terms of its series are exact.
func bdForward(p orb.Point) orb.Point {
	const k = math.Pi * 3000 / 180
	r := math.Sqrt(p[0]*p[0] + p[1]*p[1])
	δ := 3e-6 * math.Cos(k*p[0])
	sin, cos := δ*(1-δ*δ/6), 1-δ*δ/2
	grow := 1 + 2e-5*math.Sin(k*p[1])/r
	return orb.Point{grow*(p[0]*cos-p[1]*sin) + 0.0065, grow*(p[1]*cos+p[0]*sin) + 0.006}
}

func bdInverse(p orb.Point) orb.Point { return invert(p, bdForward) }

// invert finds the position that forward takes to target. It goes back by what is missing until that is below
// 1e-13 degree, some ten rounds, since a shift changes little over its own length.
func invert(target orb.Point, forward func(orb.Point) orb.Point) orb.Point {
	p := target
	for range 30 {
		q := forward(p)
		dx, dy := target[0]-q[0], target[1]-q[1]
		p[0] += dx
		p[1] += dy
		if math.Abs(dx) < 1e-13 && math.Abs(dy) < 1e-13 {
			break
		}
	}
	return p
}
