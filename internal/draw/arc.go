package draw

import "math"

// arc adds an elliptical arc from where the path stands, as SVG 2 describes it: radii, the turn of the
// ellipse in degrees, and which of the four arcs is meant. Section B.2.4 finds the centre.
func (p *Path) arc(from, to Pt, rx, ry, turnDeg float64, large, sweep bool) {
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 || from == to {
		p.LineTo(to)
		return
	}
	sin, cos := math.Sincos(turnDeg * math.Pi / 180)
	hx, hy := (from.X-to.X)/2, (from.Y-to.Y)/2
	x, y := cos*hx+sin*hy, cos*hy-sin*hx
	if grow := x*x/(rx*rx) + y*y/(ry*ry); grow > 1 { // radii too small to reach
		rx, ry = rx*math.Sqrt(grow), ry*math.Sqrt(grow)
	}
	under := rx*rx*y*y + ry*ry*x*x
	k := math.Sqrt(max(0, rx*rx*ry*ry/under-1))
	if large == sweep {
		k = -k
	}
	cx, cy := k*rx*y/ry, -k*ry*x/rx
	centre := Pt{cos*cx - sin*cy + (from.X+to.X)/2, sin*cx + cos*cy + (from.Y+to.Y)/2}
	a0 := math.Atan2((y-cy)/ry, (x-cx)/rx)
	span := math.Atan2((-y-cy)/ry, (-x-cx)/rx) - a0
	switch {
	case sweep && span < 0:
		span += 2 * math.Pi
	case !sweep && span > 0:
		span -= 2 * math.Pi
	}
	on := Affine{A: cos * rx, B: -sin * ry, C: centre.X, D: sin * rx, E: cos * ry, F: centre.Y}
	p.sweep(on, a0, span, to)
}

// sweep adds an arc of the unit circle under a map, in parts of at most a right angle.
func (p *Path) sweep(on Affine, a0, span float64, to Pt) {
	n := max(1, int(math.Ceil(math.Abs(span)/(math.Pi/2)-1e-9)))
	step := span / float64(n)
	k := 4.0 / 3 * math.Tan(step/4)
	var part Path
	for i := range n {
		s0, c0 := math.Sincos(a0 + step*float64(i))
		s1, c1 := math.Sincos(a0 + step*float64(i+1))
		part.CubeTo(Pt{c0 - k*s0, s0 + k*c0}, Pt{c1 + k*s1, s1 - k*c1}, Pt{c1, s1})
	}
	part = part.Transform(on)
	part.pts[len(part.pts)-1] = to
	p.Append(part)
}
