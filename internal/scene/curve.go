package scene

import (
	"math"

	"github.com/paulmach/orb"
)

const (
	bowParts = 24
	bowShare = 0.13 // of its length, how far a link bows
)

// bow returns a curve between two positions that bows to one side; north of the start it bows east, so that
// neighbouring links fan out.
func bow(from, to orb.Point) orb.LineString {
	shrink := math.Cos(from[1] * math.Pi / 180)
	dx, dy := (to[0]-from[0])*shrink, to[1]-from[1]
	turn := bowShare
	if dx*dy < 0 {
		turn = -bowShare
	}
	knee := orb.Point{(from[0]+to[0])/2 - dy*turn/shrink, (from[1]+to[1])/2 + dx*turn}
	line := make(orb.LineString, bowParts+1)
	for i := range line {
		t := float64(i) / bowParts
		for axis := range 2 {
			line[i][axis] = (1-t)*(1-t)*from[axis] + 2*t*(1-t)*knee[axis] + t*t*to[axis]
		}
	}
	return line
}

// smooth rounds the corners of a line by cutting them twice; the ends of an open line stay.
func smooth(line []orb.Point) orb.LineString {
	points := line
	if len(line) < 3 {
		return points
	}
	closed := line[0] == line[len(line)-1]
	between := func(a, b orb.Point, t float64) orb.Point {
		return orb.Point{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t}
	}
	for range 2 {
		cut := make(orb.LineString, 0, 2*len(points)+2)
		if !closed {
			cut = append(cut, points[0])
		}
		for i := 1; i < len(points); i++ {
			cut = append(cut, between(points[i-1], points[i], 0.25), between(points[i-1], points[i], 0.75))
		}
		if closed {
			cut = append(cut, cut[0])
		} else {
			cut = append(cut, points[len(points)-1])
		}
		points = cut
	}
	return points
}

func smoothRings(p orb.Polygon) orb.Polygon {
	out := make(orb.Polygon, len(p))
	for i, ring := range p {
		out[i] = orb.Ring(smooth(ring))
	}
	return out
}
