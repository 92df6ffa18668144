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

func gcjForward(p orb.Point) orb.Point {
	x, y := p[0]-105, p[1]-35
	waves := 20 * (math.Sin(6*math.Pi*x) + math.Sin(2*math.Pi*x))
	dLat := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x)) +
		2./3*(waves+20*math.Sin(math.Pi*y)+40*math.Sin(math.Pi*y/3)+160*math.Sin(math.Pi*y/12)+320*math.Sin(math.Pi*y/30))
	dLon := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x)) +
		2./3*(waves+20*math.Sin(math.Pi*x)+40*math.Sin(math.Pi*x/3)+150*math.Sin(math.Pi*x/12)+300*math.Sin(math.Pi*x/30))
	sin, cos := math.Sincos(radians(p[1]))
	m := 1 - gcjEE*sin*sin
	return orb.Point{
		p[0] + degrees(dLon*math.Sqrt(m)/(gcjA*cos)),
		p[1] + degrees(dLat*m*math.Sqrt(m)/(gcjA*(1-gcjEE))),
	}
}

func gcjInverse(p orb.Point) orb.Point { return invert(p, gcjForward) }

// bdForward turns GCJ-02 into BD-09, by the published formula.
func bdForward(p orb.Point) orb.Point {
	const k = math.Pi * 3000 / 180
	z := math.Hypot(p[0], p[1]) + 2e-5*math.Sin(k*p[1])
	θ := math.Atan2(p[1], p[0]) + 3e-6*math.Cos(k*p[0])
	sin, cos := math.Sincos(θ)
	return orb.Point{z*cos + 0.0065, z*sin + 0.006}
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
