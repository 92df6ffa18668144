package tile

import (
	"math"

	"github.com/paulmach/orb"
)

// mercatorMaxLat stands for the poles, which Web Mercator does not reach.
const mercatorMaxLat = 89.99

// mercatorMetres is the width of the world in EPSG:3857: the equator of WGS 84.
const mercatorMetres = 2 * math.Pi * 6378137

// Vertices are projected by the million, and two transcendental functions take most of that time. So the ordinate is
// a table of polynomials, an eighth of a degree each, up to tableMaxLat. It is within 5e-15 of the formula, 0.2 µm
// on the ground, and depends on the latitude alone, whatever the tile.
const (
	tableMaxLat    = 85
	tablePerDegree = 8
	tableDegree    = 5
)

type polynomial [tableDegree + 1]float64

var mercatorTable = makeMercatorTable()

// makeMercatorTable interpolates the formula at Chebyshev nodes (Newton's divided differences, written out as powers
// of the distance from the middle, in half widths).
func makeMercatorTable() []polynomial {
	const half = 0.5 / tablePerDegree
	var nodes polynomial
	for i := range nodes {
		nodes[i] = math.Cos(math.Pi * (float64(i) + 0.5) / (tableDegree + 1))
	}
	table := make([]polynomial, 2*tableMaxLat*tablePerDegree)
	for n := range table {
		middle := float64(2*n+1)*half - tableMaxLat
		var d polynomial
		for i, t := range nodes {
			// The difference to the middle, which is small, keeps its digits.
			d[i] = mercatorY(middle+t*half) - mercatorY(middle)
		}
		for k := 1; k <= tableDegree; k++ {
			for i := tableDegree; i >= k; i-- {
				d[i] = (d[i] - d[i-1]) / (nodes[i] - nodes[i-k])
			}
		}
		var p polynomial
		for k := tableDegree; k >= 0; k-- { // p = p · (t − nodes[k]) + d[k]
			for i := tableDegree; i > 0; i-- {
				p[i] = p[i-1] - p[i]*nodes[k]
			}
			p[0] = d[k] - p[0]*nodes[k]
		}
		p[0] += mercatorY(middle)
		table[n] = p
	}
	return table
}

// mercatorY is the ordinate of the spherical Mercator projection of EPSG:3857, the world as 1, from north to south.
func mercatorY(lat float64) float64 {
	φ := max(-mercatorMaxLat, min(mercatorMaxLat, lat)) * (math.Pi / 180)
	return 0.5 - math.Asinh(math.Tan(φ))/(2*math.Pi)
}

func mercatorForward(p orb.Point) orb.Point {
	at := (p[1] + tableMaxLat) * tablePerDegree
	if !(at >= 0 && at < 2*tableMaxLat*tablePerDegree) {
		return orb.Point{0.5 + p[0]/360, mercatorY(p[1])}
	}
	n := int(at)
	t := 2*(at-float64(n)) - 1
	c := &mercatorTable[n]
	return orb.Point{0.5 + p[0]/360, ((((c[5]*t+c[4])*t+c[3])*t+c[2])*t+c[1])*t + c[0]}
}

// mercatorAll is mercatorForward for many positions, in place.
func mercatorAll(ps []orb.Point) {
	for i := range ps {
		p := &ps[i]
		at := (p[1] + tableMaxLat) * tablePerDegree
		if !(at >= 0 && at < 2*tableMaxLat*tablePerDegree) {
			*p = mercatorForward(*p)
			continue
		}
		n := int(at)
		t := 2*(at-float64(n)) - 1
		c := &mercatorTable[n]
		p[0], p[1] = 0.5+p[0]/360, ((((c[5]*t+c[4])*t+c[3])*t+c[2])*t+c[1])*t+c[0]
	}
}

func mercatorInverse(p orb.Point) orb.Point {
	return orb.Point{(p[0] - 0.5) * 360, math.Atan(math.Sinh((0.5-p[1])*2*math.Pi)) * (180 / math.Pi)}
}

func mercatorFromMetres(p orb.Point) orb.Point {
	return orb.Point{0.5 + p[0]/mercatorMetres, 0.5 - p[1]/mercatorMetres}
}
