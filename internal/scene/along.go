package scene

import (
	"math"
	"slices"
)

// glyph is a letter along a line: its middle, and its angle in degrees clockwise.
type glyph struct {
	text  string
	at    Pt
	angle float64
}

// alongText is how a name is set along a line.
type alongText struct {
	letters []string
	widths  []float64
	size    float64
	space   float64   // extra distance between letters
	upright bool      // letters stand upright, as Chinese ones do; otherwise they turn with the line
	offsets []float64 // distances from the line to try; positive is to the right of its direction
}

// startStep is the distance between two starts that are tried, in pixels, as long as they are no more than mostStarts.
const (
	startStep  = 20
	mostStarts = 2000
)

// path is a line with the length up to each point.
type path struct {
	points []Pt
	sums   []float64
}

func newPath(points []Pt) path {
	sums := make([]float64, len(points))
	for i := 1; i < len(points); i++ {
		sums[i] = sums[i-1] + math.Hypot(points[i].X-points[i-1].X, points[i].Y-points[i-1].Y)
	}
	return path{points, sums}
}

func (p path) length() float64 { return p.sums[len(p.sums)-1] }

// at returns the point at a distance along the path.
func (p path) at(s float64) Pt {
	i, last := 1, len(p.points)-1
	for i < last {
		if m := (i + last) / 2; p.sums[m] < s {
			i = m + 1
		} else {
			last = m
		}
	}
	a, b := p.points[i-1], p.points[i]
	long := p.sums[i] - p.sums[i-1]
	if long == 0 {
		return a
	}
	t := (s - p.sums[i-1]) / long
	return Pt{a.X + (b.X-a.X)*t, a.Y + (b.Y-a.Y)*t}
}

// between returns the points of the path from one distance to another.
func (p path) between(from, to float64) []Pt {
	out := []Pt{p.at(from)}
	for i, s := range p.sums {
		if s > from && s < to {
			out = append(out, p.points[i])
		}
	}
	return append(out, p.at(to))
}

// starts lists the starts from the middle of the line outwards.
func starts(room float64) []float64 {
	var out []float64
	for s := 0.0; s <= room; s += max(startStep, room/mostStarts) {
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b float64) int {
		return -compareDown(math.Abs(a-room/2), math.Abs(b-room/2))
	})
	return out
}

// place finds where a name fits along a line; nil when it fits nowhere.
func (t alongText) place(line []Pt, free func(Box) bool) []glyph {
	if len(line) < 2 || len(t.letters) == 0 {
		return nil
	}
	span := -t.space
	for _, w := range t.widths {
		span += w + t.space
	}
	back := slices.Clone(line)
	slices.Reverse(back)
	ways := []path{newPath(line), newPath(back)}
	bends := []float64{14, 26, 40} // the greatest turns between two letters, the pleasing one first
	if t.upright {
		bends = []float64{180}
	}
	for _, bend := range bends {
		for _, start := range starts(ways[0].length() - span) {
			for _, offset := range t.offsets {
				for _, way := range ways {
					if glyphs := t.set(way, start, offset, bend); glyphs != nil && t.allFree(glyphs, free) {
						return glyphs
					}
				}
			}
		}
	}
	return nil
}

func (t alongText) allFree(glyphs []glyph, free func(Box) bool) bool {
	for i, g := range glyphs {
		if !free(t.box(g, i)) {
			return false
		}
	}
	return true
}

// set sets the letters from a start; nil when they cannot be read there or the line bends too much.
func (t alongText) set(way path, start, offset, bendMax float64) []glyph {
	out := make([]glyph, 0, len(t.letters))
	reach := t.size
	if !t.upright {
		reach *= 2
	}
	s := start
	for i, letter := range t.letters {
		middle := s + t.widths[i]/2
		a, b := way.at(middle-reach), way.at(middle+reach)
		turn := math.Atan2(b.Y-a.Y, b.X-a.X)
		angle := 0.0
		if !t.upright {
			angle = turn * 180 / math.Pi
		}
		if i > 0 && math.Abs(math.Mod(angle-out[i-1].angle+540, 360)-180) > bendMax {
			return nil
		}
		p := way.at(middle)
		sin, cos := math.Sincos(turn)
		out = append(out, glyph{letter, Pt{p.X - sin*offset, p.Y + cos*offset}, angle})
		s += t.widths[i] + t.space
	}
	if !t.readable(out) || t.crowded(out) {
		return nil
	}
	return out
}

// readable tells whether letters are read left to right, or downwards where they stand above each other.
func (t alongText) readable(glyphs []glyph) bool {
	a, b := glyphs[0].at, glyphs[len(glyphs)-1].at
	dx, dy := b.X-a.X, b.Y-a.Y
	if t.upright && math.Abs(dy) > math.Abs(dx) {
		return dy > 0
	}
	return dx >= 0
}

// crowded tells whether letters come too close where the line bends.
func (t alongText) crowded(glyphs []glyph) bool {
	for i := 1; i < len(glyphs); i++ {
		dx := math.Abs(glyphs[i].at.X - glyphs[i-1].at.X)
		dy := math.Abs(glyphs[i].at.Y - glyphs[i-1].at.Y)
		if t.upright && max(dx, dy) < t.size || math.Hypot(dx, dy) < 0.45*(t.widths[i]+t.widths[i-1]) {
			return true
		}
	}
	return false
}

// box returns the box round a letter.
func (t alongText) box(g glyph, i int) Box {
	w := t.widths[i]
	if !t.upright {
		w = max(w, t.size*0.6)
	}
	sin, cos := math.Sincos(g.angle * math.Pi / 180)
	sin, cos = math.Abs(sin), math.Abs(cos)
	bw, bh := w*cos+t.size*sin, w*sin+t.size*cos
	return Box{g.at.X - bw/2 - 1, g.at.Y - bh/2 - 1, bw + 2, bh + 2}
}
