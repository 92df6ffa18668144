package tile

import (
	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

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
