package mvttest

import (
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"
)

// Parcels returns columns × rows polygons that cover a box of WGS 84 without gap or overlap, row by row from the
// south-west. Neighbours share their borders vertex by vertex. Each polygon has 5 to 40 vertices or so; the borders
// within the box waver, its outer sides are straight. The same seed gives the same parcels.
func Parcels(box orb.Bound, columns, rows int, seed uint64) []orb.Polygon {
	random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a test wants the same numbers each time
	w, h := (box.Max[0]-box.Min[0])/float64(columns), (box.Max[1]-box.Min[1])/float64(rows)
	corners := make([]orb.Point, (columns+1)*(rows+1))
	for j := range rows + 1 {
		for i := range columns + 1 {
			p := orb.Point{box.Min[0] + float64(i)*w, box.Min[1] + float64(j)*h}
			if i > 0 && i < columns {
				p[0] += (random.Float64() - 0.5) * 0.4 * w
			}
			if j > 0 && j < rows {
				p[1] += (random.Float64() - 0.5) * 0.4 * h
			}
			corners[j*(columns+1)+i] = p
		}
	}
	corner := func(i, j int) orb.Point { return corners[j*(columns+1)+i] }
	east, north := make([][]orb.Point, len(corners)), make([][]orb.Point, len(corners))
	for j := range rows + 1 {
		for i := range columns + 1 {
			if i < columns {
				east[j*(columns+1)+i] = border(corner(i, j), corner(i+1, j), j > 0 && j < rows, random)
			}
			if j < rows {
				north[j*(columns+1)+i] = border(corner(i, j), corner(i, j+1), i > 0 && i < columns, random)
			}
		}
	}
	parcels := make([]orb.Polygon, 0, columns*rows)
	for j := range rows {
		for i := range columns {
			at := j*(columns+1) + i
			ring := append(orb.Ring(nil), east[at]...)
			ring = append(ring, north[at+1][1:]...)
			for _, side := range [2][]orb.Point{east[at+columns+1], north[at]} {
				for k := len(side) - 2; k >= 0; k-- {
					ring = append(ring, side[k])
				}
			}
			parcels = append(parcels, orb.Polygon{ring})
		}
	}
	return parcels
}

// border returns the way from a to b, wavering if it may.
func border(a, b orb.Point, wavers bool, random *rand.Rand) []orb.Point {
	n := random.IntN(10) // also where it is straight, so that each border takes its numbers
	line := []orb.Point{a}
	for i := 1; i <= n; i++ {
		f := float64(i) / float64(n+1)
		d := 0.
		if wavers {
			d = 0.2 * (random.Float64() - 0.5) * math.Sin(math.Pi*f)
		}
		line = append(line, orb.Point{a[0] + f*(b[0]-a[0]) - d*(b[1]-a[1]), a[1] + f*(b[1]-a[1]) + d*(b[0]-a[0])})
	}
	return append(line, b)
}
