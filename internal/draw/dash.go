package draw

import "math"

// dashes draws the dashes of a line that come near a frame. The way along the line is only ever reckoned by the
// lengths of its segments, so that it does not depend on the frame.
func (s stroker) dashes(line []Pt, near frame, dash []float64, period float64) {
	if len(dash)%2 == 1 {
		dash, period = append(append([]float64(nil), dash...), dash...), 2*period
	}
	var run []Pt
	at := 0.0 // on the way, within a period
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		long := math.Hypot(b.X-a.X, b.Y-a.Y)
		if from, to, ok := near.part(a, b); ok {
			run = s.segment(run, a, b, long, at, [2]float64{from, to}, dash, period)
		} else {
			s.run(run)
			run = nil
		}
		at = math.Mod(at+long, period)
	}
	s.run(run)
}

// segment draws the dashes of one segment as far as seen, two shares of it, reaches. It takes the dash that comes into
// the segment and returns the one that leads on from it.
func (s stroker) segment(run []Pt, a, b Pt, long, at float64, seen [2]float64, dash []float64, period float64) []Pt {
	first := math.Floor((at + seen[0]*long) / period)
	if first > 0 { // it ends out of sight
		s.run(run)
		run = nil
	}
	for start := first * period; start < at+seen[1]*long; start += period {
		from := start
		for i := 0; i+1 < len(dash); i += 2 {
			to := from + max(0, dash[i])
			lo, hi := max(from, at), min(to, at+long)
			if lo < hi || lo == hi && dash[i] == 0 {
				if from >= at || run == nil {
					s.run(run)
					run = []Pt{a.At(b, (lo-at)/long)}
				}
				run = append(run, a.At(b, (hi-at)/long))
				if to <= at+long {
					s.run(run)
					run = nil
				}
			}
			from = to + max(0, dash[i+1])
		}
	}
	return run
}

// part returns the shares of a segment between which it lies in the frame; ok is false when it does not (Liang and
// Barsky, 1984).
func (f frame) part(a, b Pt) (from, to float64, ok bool) {
	from, to = 0, 1
	for _, side := range [4][2]float64{
		{a.X - b.X, a.X - f.x0}, {b.X - a.X, f.x1 - a.X}, {a.Y - b.Y, a.Y - f.y0}, {b.Y - a.Y, f.y1 - a.Y},
	} {
		switch p, q := side[0], side[1]; {
		case p == 0 && q < 0:
			return 0, 0, false
		case p < 0:
			from = max(from, q/p)
		case p > 0:
			to = min(to, q/p)
		}
	}
	return from, to, from <= to
}
