// Package draw is the little of vector graphics that fonts and images of the server share: paths of lines
// and curves, the path data of SVG, and filling them into an image. Coordinates run to the right and down.
// It knows no text, no colours by name and no layout.
package draw

import "math"

// Pt is a point, or a vector.
type Pt struct{ X, Y float64 }

// At returns the point of a segment from p to q at t from 0 to 1.
func (p Pt) At(q Pt, t float64) Pt { return Pt{p.X + (q.X-p.X)*t, p.Y + (q.Y-p.Y)*t} }

type verb uint8

const (
	moveTo verb = iota
	lineTo
	quadTo
	cubeTo
)

// points is how many points follow a verb.
func (v verb) points() int {
	switch v {
	case quadTo:
		return 2
	case cubeTo:
		return 3
	}
	return 1
}

// Path is a sequence of closed contours. The zero value is empty.
type Path struct {
	verbs []verb
	pts   []Pt
}

// MoveTo begins a contour; the one before is closed by a line.
func (p *Path) MoveTo(to Pt) { p.add(moveTo, to) }

// LineTo adds a line.
func (p *Path) LineTo(to Pt) { p.add(lineTo, to) }

// QuadTo adds a quadratic curve by its control point.
func (p *Path) QuadTo(c, to Pt) { p.add(quadTo, c, to) }

// CubeTo adds a cubic curve by its control points.
func (p *Path) CubeTo(c, d, to Pt) { p.add(cubeTo, c, d, to) }

func (p *Path) add(v verb, pts ...Pt) {
	p.verbs = append(p.verbs, v)
	p.pts = append(p.pts, pts...)
}

// Empty tells whether the path has no contour.
func (p Path) Empty() bool { return len(p.verbs) == 0 }

// Weight is about what the path takes in memory, in bytes.
func (p Path) Weight() int { return 16*len(p.pts) + len(p.verbs) }

// Sink takes a path step by step.
type Sink interface {
	MoveTo(to Pt)
	LineTo(to Pt)
	CubeTo(c, d, to Pt)
	Close()
}

// Send gives the path to a sink: each contour closed, quadratic curves as cubic ones.
func (p Path) Send(to Sink) {
	pts := p.pts
	var here Pt
	for i, v := range p.verbs {
		switch v {
		case moveTo:
			if i > 0 {
				to.Close()
			}
			to.MoveTo(pts[0])
		case lineTo:
			to.LineTo(pts[0])
		case quadTo:
			to.CubeTo(here.At(pts[0], 2.0/3), pts[1].At(pts[0], 2.0/3), pts[1])
		case cubeTo:
			to.CubeTo(pts[0], pts[1], pts[2])
		}
		n := v.points()
		here, pts = pts[n-1], pts[n:]
	}
	if len(p.verbs) > 0 {
		to.Close()
	}
}

// end is where the path stands.
func (p *Path) end() Pt {
	if len(p.pts) == 0 {
		return Pt{}
	}
	return p.pts[len(p.pts)-1]
}

// Append adds the contours of another path.
func (p *Path) Append(other Path) {
	p.verbs = append(p.verbs, other.verbs...)
	p.pts = append(p.pts, other.pts...)
}

// Affine maps x, y to A·x + B·y + C, D·x + E·y + F.
type Affine struct{ A, B, C, D, E, F float64 }

// Placed scales by a factor, then moves the origin to a point.
func Placed(scale float64, at Pt) Affine { return Affine{A: scale, C: at.X, E: scale, F: at.Y} }

// Turned is Placed after a turn, in degrees clockwise.
func Turned(deg, scale float64, at Pt) Affine {
	sin, cos := math.Sincos(deg * math.Pi / 180)
	return Affine{A: scale * cos, B: -scale * sin, C: at.X, D: scale * sin, E: scale * cos, F: at.Y}
}

// Transform returns the path under a map.
func (p Path) Transform(a Affine) Path {
	out := Path{verbs: p.verbs, pts: make([]Pt, len(p.pts))}
	for i, q := range p.pts {
		out.pts[i] = Pt{a.A*q.X + a.B*q.Y + a.C, a.D*q.X + a.E*q.Y + a.F}
	}
	return out
}

// Circle returns a circle as four cubic curves, off by at most 0.03 % of its radius.
func Circle(at Pt, r float64) Path {
	const k = 0.5522847498307936 // 4/3 · (√2 − 1)
	var p Path
	p.MoveTo(Pt{at.X + r, at.Y})
	for _, q := range [][2]Pt{{{1, 0}, {0, 1}}, {{0, 1}, {-1, 0}}, {{-1, 0}, {0, -1}}, {{0, -1}, {1, 0}}} {
		from, to := q[0], q[1]
		p.CubeTo(
			Pt{at.X + r*(from.X+k*to.X), at.Y + r*(from.Y+k*to.Y)},
			Pt{at.X + r*(to.X+k*from.X), at.Y + r*(to.Y+k*from.Y)},
			Pt{at.X + r*to.X, at.Y + r*to.Y})
	}
	return p
}

// Polygon returns a contour of straight lines.
func Polygon(pts ...Pt) Path {
	var p Path
	for i, q := range pts {
		if i == 0 {
			p.MoveTo(q)
		} else {
			p.LineTo(q)
		}
	}
	return p
}

// Rounded returns a rectangle with round corners of radius r, by two of them.
func Rounded(from, to Pt, r float64) Path {
	var p Path
	p.MoveTo(Pt{from.X + r, from.Y})
	for i, at := range []Pt{{to.X - r, from.Y + r}, {to.X - r, to.Y - r}, {from.X + r, to.Y - r}, {from.X + r, from.Y + r}} {
		sin, cos := math.Sincos(float64(i-1) * math.Pi / 2)
		p.LineTo(Pt{at.X + r*cos, at.Y + r*sin})
		p.arc(p.end(), Pt{at.X - r*sin, at.Y + r*cos}, r, r, 0, false, true)
	}
	return p
}

// Ring returns the ring between two circles, by its middle radius and width.
func Ring(at Pt, r, width float64) Path {
	p := Circle(at, r+width/2)
	p.Append(Circle(at, r-width/2))
	return p
}
