package geo

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// metric turns degrees into local units in which both axes are equally long: degrees of latitude at a place.
// It serves comparisons, not measures.
type metric struct{ lonScale float64 }

// metresPerDegree is the length of a degree of latitude on the sphere of the WGS 84 radius.
const metresPerDegree = 6378137 * math.Pi / 180

func localMetric(b orb.Bound) metric {
	return metric{max(1e-6, math.Cos(radians((b.Min[1]+b.Max[1])/2)))}
}

func (m metric) point(p orb.Point) orb.Point { return orb.Point{p[0] * m.lonScale, p[1]} }
func (m metric) back(p orb.Point) orb.Point  { return orb.Point{p[0] / m.lonScale, p[1]} }

func (m metric) polygon(p orb.Polygon) orb.Polygon {
	return Project(p, m.point).(orb.Polygon)
}

// signedDistance returns how far c is from the nearest edge of p, negative when it is outside p.
func signedDistance(p orb.Polygon, c orb.Point) float64 {
	inside := false
	nearest := math.Inf(1)
	for _, r := range p {
		for i := 1; i < len(r); i++ {
			if rayCrosses(r[i-1], r[i], c) {
				inside = !inside
			}
			nearest = min(nearest, planar.DistanceFromSegmentSquared(r[i-1], r[i], c))
		}
	}
	if inside {
		return math.Sqrt(nearest)
	}
	return -math.Sqrt(nearest)
}
