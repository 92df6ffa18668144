package tile

import (
	"math"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// mercatorMaxLat stands for the poles, which Web Mercator does not reach.
const mercatorMaxLat = 89.99

// mercatorMetres is the width of the world in EPSG:3857: the equator of WGS 84.
const mercatorMetres = 2 * math.Pi * 6378137

// mercatorForward is the spherical Mercator projection of EPSG:3857 with the world as 1: the Gudermannian by
// one sine and one logarithm, half the time of the general way through metres.
func mercatorForward(p orb.Point) orb.Point {
	s := math.Sin(max(-mercatorMaxLat, min(mercatorMaxLat, p[1])) * (math.Pi / 180))
	return orb.Point{0.5 + p[0]/360, 0.5 - math.Log((1+s)/(1-s))/(4*math.Pi)}
}

func mercatorInverse(p orb.Point) orb.Point {
	return orb.Point{(p[0] - 0.5) * 360, math.Atan(math.Sinh((0.5-p[1])*2*math.Pi)) * (180 / math.Pi)}
}

func mercatorFromMetres(p orb.Point) orb.Point {
	return orb.Point{0.5 + p[0]/mercatorMetres, 0.5 - p[1]/mercatorMetres}
}

// degreesForward is the plate carrée with 180° as 1.
func degreesForward(p orb.Point) orb.Point {
	return orb.Point{(p[0] + 180) / 180, (90 - p[1]) / 180}
}

func degreesInverse(p orb.Point) orb.Point {
	return orb.Point{p[0]*180 - 180, 90 - p[1]*180}
}

func gcjForward(p orb.Point) orb.Point { return mercatorForward(geo.WGS84ToGCJ02(p)) }

func gcjInverse(p orb.Point) orb.Point { return geo.GCJ02ToWGS84(mercatorInverse(p)) }

// baiduMetres is the size of a tile of zoom 0 on Baidu's grid: one pixel of 256 is a metre at zoom 18.
const baiduMetres = 256 << 18

func baiduForward(p orb.Point) orb.Point {
	m := geo.WGS84ToBD09MC(p)
	return orb.Point{m[0] / baiduMetres, -m[1] / baiduMetres}
}

func baiduInverse(p orb.Point) orb.Point {
	return geo.BD09MCToWGS84(orb.Point{p[0] * baiduMetres, -p[1] * baiduMetres})
}
