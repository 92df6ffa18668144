package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// mcMaxLat limits the latitudes of Baidu Mercator, north and south.
const mcMaxLat = 74

// mcBand is Baidu Mercator from a latitude up to the next band: x = c0 + c1·|lon|, y = c2 + c3·t + … + c8·t⁶
// with t = |lat|/c9.
type mcBand struct {
	from float64
	c    [10]float64
}

// mcBands run from north to south. The numbers are those of Baidu's public JavaScript API; its band from 75°
// on lies beyond mcMaxLat.
var mcBands = [...]mcBand{
	{60, [10]float64{0.0008277824516172526, 111320.7020463578, 647795574.6671607, -4082003173.641316, 10774905663.51142,
		-15171875531.51559, 12053065338.62167, -5124939663.577472, 913311935.9512032, 67.5}},
	{45, [10]float64{0.00337398766765, 111320.7020202162, 4481351.045890365, -23393751.19931662, 79682215.47186455,
		-115964993.2797253, 97236711.15602145, -43661946.33752821, 8477230.501135234, 52.5}},
	{30, [10]float64{0.00220636496208, 111320.7020209128, 51751.86112841131, 3796837.749470245, 992013.7397791013,
		-1221952.21711287, 1340652.697009075, -620943.6990984312, 144416.9293806241, 37.5}},
	{15, [10]float64{-0.0003441963504368392, 111320.7020576856, 278.2353980772752, 2485758.690035394, 6070.750963243378,
		54821.18345352118, 9540.606633304236, -2710.55326746645, 1405.483844121726, 22.5}},
	{0, [10]float64{-0.0003218135878613132, 111320.7020701615, 0.00369383431289, 823725.6402795718, 0.46104986909093,
		2351.343141331292, 1.58060784298199, 8.77738589078284, 0.37238884252424, 7.45}},
}

// WGS84ToBD09MC returns the Baidu Mercator position of p, a WGS 84 position in degrees: metres east and north,
// on which Baidu's map tiles are cut. Latitudes beyond ±74° are taken as ±74°.
func WGS84ToBD09MC(p orb.Point) orb.Point {
	return mcForward(WGS84ToBD09(p))
}

// BD09MCToWGS84 returns the WGS 84 position in degrees of p, a Baidu Mercator position in metres. It is exact
// where BD09ToWGS84 is.
func BD09MCToWGS84(p orb.Point) orb.Point {
	return BD09ToWGS84(mcInverse(p))
}

func mcForward(p orb.Point) orb.Point {
	lat := min(mcMaxLat, math.Abs(p[1]))
	b := bandAt(lat)
	y, _ := b.northing(lat)
	return orb.Point{math.Copysign(1, p[0]) * (b.c[0] + b.c[1]*math.Abs(p[0])), math.Copysign(y, p[1])}
}

func bandAt(lat float64) *mcBand {
	for i := range mcBands {
		if lat >= mcBands[i].from {
			return &mcBands[i]
		}
	}
	return &mcBands[len(mcBands)-1] // not a number
}

// northing returns y for a latitude of the band, not negative, and how much y grows for a degree there.
func (b *mcBand) northing(lat float64) (y, slope float64) {
	t := lat / b.c[9]
	for i := 8; i >= 2; i-- {
		slope = slope*t + y
		y = y*t + b.c[i]
	}
	return y, slope / b.c[9]
}

// mcInverse goes back from metres to BD-09 degrees. The bands do not quite meet: at 15°, 30°, 45° and 60° the
// northing jumps by 0.01, 0.04, 0.4 and 15 m. For northings in between the southern band is continued.
func mcInverse(p orb.Point) orb.Point {
	target := math.Abs(p[1])
	b := &mcBands[0]
	for i := range mcBands {
		b = &mcBands[i]
		if y, _ := b.northing(b.from); target >= y {
			break
		}
	}
	lat := b.latitude(target)
	return orb.Point{math.Copysign((math.Abs(p[0])-b.c[0])/b.c[1], p[0]), math.Copysign(lat, p[1])}
}

// latitude inverts northing by Newton's method.
func (b *mcBand) latitude(target float64) float64 {
	lat := min(mcMaxLat, target/111_320)
	for range 30 {
		y, slope := b.northing(lat)
		step := (target - y) / slope
		lat = max(0, min(mcMaxLat, lat+step))
		if math.Abs(step) < 1e-13 {
			break
		}
	}
	return lat
}
