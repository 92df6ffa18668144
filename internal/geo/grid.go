package geo

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"
)

// gridPerDegree is the number of grid steps in a degree: positions are kept to 1e-8 degree, about a millimetre.
const gridPerDegree = 1e8

// Project returns a copy of g with f applied to every position. It fits the conversions of CRS and the datum
// shifts. A bound keeps its shape: its two corners are converted.
func Project(g orb.Geometry, f func(orb.Point) orb.Point) orb.Geometry {
	return project.Geometry(orb.Clone(g), f)
}

// Snap returns a copy of g rounded to the grid of 1e-8 degree on which geometry is stored. Snapping twice
// changes nothing. Rounding may make neighbouring vertices equal and, for edges closer than the grid, may make
// a valid geometry invalid: validate after snapping.
func Snap(g orb.Geometry) orb.Geometry {
	return Project(g, snapPoint)
}

func snapPoint(p orb.Point) orb.Point {
	return orb.Point{snapDegrees(p[0]), snapDegrees(p[1])}
}

func snapDegrees(v float64) float64 {
	s := math.Round(v*gridPerDegree) / gridPerDegree
	if s == 0 {
		return 0 // never minus zero: it would be written as -0
	}
	return s
}

// Wind returns a copy of g whose rings turn as RFC 7946 asks: outer rings counter-clockwise, holes clockwise.
// Rings without area stay as they are.
func Wind(g orb.Geometry) orb.Geometry {
	c := orb.Clone(g)
	wind(c)
	return c
}

// Normalise returns a copy of g as it is stored: on the grid of Snap and with the ring order of Wind.
func Normalise(g orb.Geometry) orb.Geometry {
	c := Snap(g)
	wind(c)
	return c
}

func wind(g orb.Geometry) {
	switch g := g.(type) {
	case orb.Ring:
		windRing(g, true)
	case orb.Polygon:
		for i, r := range g {
			windRing(r, i == 0)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			wind(p)
		}
	case orb.Collection:
		for _, m := range g {
			wind(m)
		}
	}
}

func windRing(r orb.Ring, ccw bool) {
	if area := planarArea(r); area != 0 && (area > 0) != ccw {
		r.Reverse()
	}
}

// planarArea returns the area of r in the units of its coordinates, positive when r turns counter-clockwise.
// The last vertex joins the first whether it repeats it or not.
func planarArea[P ~[]orb.Point](r P) float64 {
	if len(r) < 3 {
		return 0
	}
	var twice float64
	origin, a := r[0], r[len(r)-1]
	for _, b := range r {
		twice += (a[0]-origin[0])*(b[1]-origin[1]) - (b[0]-origin[0])*(a[1]-origin[1])
		a = b
	}
	return twice / 2
}
