package mvt

// shape is a geometry in the making: rounded, without repeated points and spikes, not yet checked.
type shape struct {
	pts   []point
	start int // of the path in the making
	paths []path
}

// path is a ring, without its first point at the end again, or a line.
type path struct {
	start, end int
	outer      bool  // begins a polygon
	area2      int64 // of a ring, twice, positive when it is wound as an outer ring; 0 of a figure of eight
	star       bool  // the ring is known not to meet itself
}

func (s *shape) reset() { s.pts, s.start, s.paths = s.pts[:0], 0, s.paths[:0] }

func (s *shape) of(p path) []point { return s.pts[p.start:p.end] }

// vertex adds p to the path, if it is not there already.
func (s *shape) vertex(p point) {
	if n := len(s.pts); n > s.start && s.pts[n-1] == p {
		return
	}
	s.pts = append(s.pts, p)
}

// endLine keeps the path as a line, if it is one.
func (s *shape) endLine() {
	if len(s.pts)-s.start < 2 {
		s.pts = s.pts[:s.start]
		return
	}
	s.paths = append(s.paths, path{start: s.start, end: len(s.pts)})
	s.start = len(s.pts)
}

// endRing keeps the path as a ring, if it is more than a way there and back. Holes of a polygon whose outer ring is gone go with it.
func (s *shape) endRing(outer bool) bool {
	r := unspike(s.pts[s.start:])
	r = s.pts[s.start : s.start+copy(s.pts[s.start:], r)] // it may have lost its beginning
	area2, star := measure(r)
	if len(r) < 3 {
		s.pts = s.pts[:s.start]
		return false
	}
	s.pts = s.pts[:s.start+len(r)]
	s.paths = append(s.paths, path{start: s.start, end: len(s.pts), outer: outer, area2: area2, star: star})
	s.start = len(s.pts)
	return true
}

// unspike takes points out of a ring at which it turns back on itself, and what then repeats.
func unspike(r []point) []point {
	kept := r[:0]
	for _, p := range r {
		kept = turnBack(kept, p)
	}
	for len(kept) > 2 {
		n := len(kept)
		switch {
		case kept[n-1] == kept[0] || spike(kept[n-2], kept[n-1], kept[0]):
			kept = kept[:n-1]
		case spike(kept[n-1], kept[0], kept[1]):
			kept = kept[1:]
		default:
			return kept
		}
	}
	return nil
}

// turnBack appends p after taking out the points that make a spike with it.
func turnBack(kept []point, p point) []point {
	for n := len(kept); n > 0; n-- {
		if kept[n-1] != p && (n < 2 || !spike(kept[n-2], kept[n-1], p)) {
			break
		}
		kept = kept[:n-1]
	}
	return append(kept, p)
}

// spike tells whether the way from a through b to c turns back at b.
func spike(a, b, c point) bool {
	ux, uy := int64(b.x-a.x), int64(b.y-a.y)
	vx, vy := int64(c.x-b.x), int64(c.y-b.y)
	return ux*vy == uy*vx && ux*vx+uy*vy < 0
}

// measure returns twice the area of a ring, positive for clockwise on the screen, and whether it is seen at once
// that it does not meet itself: it runs once around the middle of its points, always in the same direction.
func measure(r []point) (area2 int64, star bool) {
	const fine = 16 // the middle is known to a sixteenth
	if len(r) < 3 {
		return 0, false
	}
	var sx, sy int64
	for _, p := range r {
		sx, sy = sx+int64(p.x), sy+int64(p.y)
	}
	n := int64(len(r))
	mx, my := sx*fine/n, sy*fine/n
	ax, ay := int64(r[n-1].x)*fine-mx, int64(r[n-1].y)*fine-my
	least, most, ups := int64(1), int64(-1), 0
	for i, p := range r {
		bx, by := int64(p.x)*fine-mx, int64(p.y)*fine-my
		turn := ax*by - ay*bx
		area2 += turn
		if i == 0 {
			least, most = turn, turn
		}
		least, most = min(least, turn), max(most, turn)
		if ay < 0 != (by < 0) {
			ups++
		}
		ax, ay = bx, by
	}
	return area2 / (fine * fine), (least > 0 || most < 0) && ups == 2
}
