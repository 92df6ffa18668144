package draw

import "math"

// maxSteps bounds the lines that one curve becomes.
const maxSteps = 64

// Rings returns the contours as rings of straight lines that stray from the curves by no more than a
// tolerance. The last point of a ring is not its first; rings of fewer than three points are left out.
func (p Path) Rings(tolerance float64) [][]Pt {
	var out [][]Pt
	var ring []Pt
	end := func() {
		for len(ring) > 1 && ring[len(ring)-1] == ring[0] {
			ring = ring[:len(ring)-1]
		}
		if len(ring) > 2 {
			out = append(out, ring)
		}
	}
	pts := p.pts
	for _, v := range p.verbs {
		switch v {
		case moveTo:
			end()
			ring = []Pt{pts[0]}
			pts = pts[1:]
		case lineTo:
			ring = grown(ring, pts[0])
			pts = pts[1:]
		case quadTo:
			ring = quadratic(ring, pts[0], pts[1], tolerance)
			pts = pts[2:]
		case cubeTo:
			ring = cubic(ring, pts[0], pts[1], pts[2], tolerance)
			pts = pts[3:]
		}
	}
	end()
	return out
}

// grown appends a point unless the ring ends there already.
func grown(ring []Pt, p Pt) []Pt {
	if len(ring) > 0 && ring[len(ring)-1] == p {
		return ring
	}
	return append(ring, p)
}

// stepsFor returns into how many equal parts of its parameter a curve is cut, by the bound on its second
// derivative: a part of length h strays by at most h²/8 of it.
func stepsFor(second, tolerance float64) int {
	n := math.Ceil(math.Sqrt(second / (8 * tolerance)))
	return int(max(1, min(n, maxSteps)))
}

func quadratic(ring []Pt, c, to Pt, tolerance float64) []Pt {
	from := ring[len(ring)-1]
	n := stepsFor(2*math.Hypot(from.X-2*c.X+to.X, from.Y-2*c.Y+to.Y), tolerance)
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		ring = grown(ring, from.At(c, t).At(c.At(to, t), t))
	}
	return grown(ring, to)
}

func cubic(ring []Pt, c, d, to Pt, tolerance float64) []Pt {
	from := ring[len(ring)-1]
	second := 6 * max(math.Hypot(from.X-2*c.X+d.X, from.Y-2*c.Y+d.Y), math.Hypot(c.X-2*d.X+to.X, c.Y-2*d.Y+to.Y))
	n := stepsFor(second, tolerance)
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		mid := c.At(d, t)
		ring = grown(ring, from.At(c, t).At(mid, t).At(mid.At(d.At(to, t), t), t))
	}
	return grown(ring, to)
}
