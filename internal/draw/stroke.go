package draw

import (
	"image"
	"math"
	"slices"
)

// Pen is how a line is drawn. Its joints are round.
type Pen struct {
	Width float64
	Dash  []float64 // lengths of dashes and gaps in turn; nil is a solid line
	Round bool      // ends are round, those of dashes too
}

// Stroke adds what a line covers, to be filled by the rule NonZero with others of the raster. Closed joins its ends. Of
// lines that leave the bounds only the parts near them are drawn; dashes count from the start of the line all the same.
func (r *Raster) Stroke(line []Pt, closed bool, p Pen) {
	line = slices.Clone(line)
	if closed && len(line) > 0 {
		line = append(line, line[0])
	}
	line = slices.Compact(line)
	if len(line) < 2 || !(p.Width > 0) {
		return
	}
	s := stroker{Raster: r, half: p.Width / 2, round: p.Round}
	near := s.surroundings(r.bounds)
	period := 0.0
	for _, d := range p.Dash {
		period += max(0, d)
	}
	switch {
	case period > 0:
		s.dashes(line, near, p.Dash, period)
	case closed:
		s.closed(line, near)
	default:
		s.runs(line, near)
	}
}

// arcTolerance is how far the lines round joints and ends may stray from the arc, in pixels.
const arcTolerance = 0.02

// stroker adds the outlines of lines, all of them clockwise: no two cancel each other out.
type stroker struct {
	*Raster
	half  float64
	round bool
}

// frame is a box in pixels.
type frame struct{ x0, y0, x1, y1 float64 }

// surroundings is where lines lie that may be seen within bounds.
func (s stroker) surroundings(b image.Rectangle) frame {
	reach := s.half + 2
	return frame{float64(b.Min.X) - reach, float64(b.Min.Y) - reach, float64(b.Max.X) + reach, float64(b.Max.Y) + reach}
}

// meets tells whether the box round a segment meets the frame.
func (f frame) meets(a, b Pt) bool {
	return max(a.X, b.X) >= f.x0 && min(a.X, b.X) <= f.x1 && max(a.Y, b.Y) >= f.y0 && min(a.Y, b.Y) <= f.y1
}

// closed draws a line that ends where it starts, as a ring where all of it comes near. Otherwise it is opened where it
// is out of sight.
func (s stroker) closed(line []Pt, near frame) {
	for i := 1; i < len(line); i++ {
		if !near.meets(line[i-1], line[i]) {
			s.runs(append(slices.Clone(line[i:]), line[1:i+1]...), near)
			return
		}
	}
	s.ring(line[:len(line)-1])
}

// runs draws the parts of a line whose segments come near.
func (s stroker) runs(line []Pt, near frame) {
	from := 0
	for i := 1; i <= len(line); i++ {
		if i == len(line) || !near.meets(line[i-1], line[i]) {
			s.run(line[from:i])
			from = i
		}
	}
}

// run draws an open line.
func (s stroker) run(line []Pt) {
	if len(line) < 2 {
		return
	}
	back := slices.Clone(line)
	slices.Reverse(back)
	first := s.side(line, false)
	s.end(line[len(line)-1], directionOf(line[len(line)-2], line[len(line)-1]))
	s.side(back, true)
	s.end(line[0], directionOf(line[1], line[0]))
	s.LineTo(first)
}

// ring draws a closed line.
func (s stroker) ring(line []Pt) {
	for range 2 {
		n := len(line)
		around := append(slices.Clone(line), line[0], line[1%n])
		s.side(around, false)
		slices.Reverse(line)
	}
}

// side adds the left side of a line, and returns where that begins.
func (s stroker) side(line []Pt, joined bool) Pt {
	var first, before Pt
	for i := 1; i < len(line); i++ {
		d := directionOf(line[i-1], line[i])
		from := s.left(line[i-1], d)
		switch {
		case i == 1 && !joined:
			s.MoveTo(from)
		case i == 1:
			s.LineTo(from)
		default:
			s.joint(line[i-1], before, d)
		}
		if i == 1 {
			first = from
		}
		s.LineTo(s.left(line[i], d))
		before = d
	}
	return first
}

// joint goes round a corner: outside by an arc, inside by way of the corner, so that the outline is that of the
// segments and of nothing else.
func (s stroker) joint(at, from, to Pt) {
	if cross := from.X*to.Y - from.Y*to.X; cross > 0 || cross == 0 && from.X*to.X+from.Y*to.Y < 0 {
		s.arc(at, from, to)
		return
	}
	s.LineTo(at)
	s.LineTo(s.left(at, to))
}

// end goes round the end of a line that leads in a direction.
func (s stroker) end(at, d Pt) {
	if s.round {
		s.arc(at, d, Pt{-d.X, -d.Y})
	}
}

// arc goes clockwise round a point, from the left of one direction to the left of another.
func (s stroker) arc(at, from, to Pt) {
	turn := math.Atan2(from.X*to.Y-from.Y*to.X, from.X*to.X+from.Y*to.Y)
	if turn < 0 {
		turn += 2 * math.Pi
	}
	step := 2 * math.Acos(1-min(0.5, arcTolerance/s.half))
	n := math.Ceil(turn / step)
	for i := 1.0; i < n; i++ {
		sin, cos := math.Sincos(turn * i / n)
		s.LineTo(s.left(at, Pt{from.X*cos - from.Y*sin, from.X*sin + from.Y*cos}))
	}
	s.LineTo(s.left(at, to))
}

func (s stroker) left(at, d Pt) Pt { return Pt{at.X + d.Y*s.half, at.Y - d.X*s.half} }

func directionOf(a, b Pt) Pt {
	d := math.Hypot(b.X-a.X, b.Y-a.Y)
	return Pt{(b.X - a.X) / d, (b.Y - a.Y) / d}
}
