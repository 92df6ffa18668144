package mvt

import "github.com/paulmach/orb"

// clipper takes the positions of a ring or a line one by one and hands on what of it lies in the window of a
// tile, rounded. It holds a few positions, however long the path is.
//
// A ring goes through four cutters, one for each side of the window (Sutherland and Hodgman 1974). As long as it
// stays inside they are not asked. What a side cuts is computed from the end inside to the end outside and so is
// the same for the neighbour that has the edge the other way round.
type clipper struct {
	frame frame
	out   *shape

	// Of a run of positions beyond the same side only the first and the last matter.
	run     side
	skipped orb.Point
	skips   bool

	started bool
	last    spot
	beyond  side // of last
	left    bool // the window was left at some time
	cutters [4]cutter
}

// cutter cuts what lies beyond one side of the window off a ring.
type cutter struct {
	started, inside bool
	first, last     spot
}

func (c *clipper) begin() {
	c.run, c.skips, c.started, c.left = 0, false, false, false
	c.cutters = [4]cutter{}
}

// ring takes the next position of a ring.
func (c *clipper) ring(p orb.Point) {
	if c.skip(p) {
		return
	}
	if c.skips {
		c.skips = false
		c.ringSpot(c.skipped)
	}
	c.ringSpot(p)
}

// skip tells whether p can wait, because it may be neither the first nor the last of a run.
func (c *clipper) skip(p orb.Point) bool {
	if !c.frame.bounded {
		return false
	}
	beyond := c.frame.beyond(p)
	if beyond&c.run == 0 {
		c.run = beyond
		return false
	}
	c.run &= beyond
	c.skipped, c.skips = p, true
	return true
}

func (c *clipper) ringSpot(p orb.Point) {
	s, ok := c.frame.spot(p)
	if !ok {
		return
	}
	beyond := s.side()
	if beyond|c.beyond == 0 && c.started {
		c.last = s
		c.out.vertex(s.round())
		return
	}
	if c.started && c.beyond == 0 {
		for i := range c.cutters {
			c.cutters[i].last, c.cutters[i].inside = c.last, true
		}
	}
	if beyond != 0 {
		c.left = true
	}
	c.started, c.last, c.beyond = true, s, beyond
	c.cut(0, s)
}

// endRing closes the ring: what each cutter got first comes to it again.
func (c *clipper) endRing() {
	if c.skips {
		c.skips = false
		c.ringSpot(c.skipped)
	}
	if !c.left {
		return
	}
	if c.beyond == 0 {
		for i := range c.cutters {
			c.cutters[i].last, c.cutters[i].inside = c.last, true
		}
	}
	for i := range c.cutters {
		if c.cutters[i].started {
			c.cut(i, c.cutters[i].first)
		}
	}
}

// cut hands s to cutter i, which hands on what is left to the next one; the last one rounds.
func (c *clipper) cut(i int, s spot) {
	if i == len(c.cutters) {
		c.out.vertex(s.round())
		return
	}
	k := &c.cutters[i]
	inside := within(i, s)
	switch {
	case !k.started:
		k.started, k.first = true, s
	case inside && !k.inside:
		c.cut(i+1, crossing(i, s, k.last))
	case !inside && k.inside:
		c.cut(i+1, crossing(i, k.last, s))
	}
	k.last, k.inside = s, inside
	if inside {
		c.cut(i+1, s)
	}
}

// within tells whether s is on the inner side of side i of the window: west, east, north, south.
func within(i int, s spot) bool {
	switch i {
	case 0:
		return s.x >= windowMin
	case 1:
		return s.x <= windowMax
	case 2:
		return s.y >= windowMin
	}
	return s.y <= windowMax
}

// crossing returns where the edge from in to out crosses side i of the window.
func crossing(i int, in, out spot) spot {
	switch i {
	case 0:
		return spot{windowMin, in.y + (out.y-in.y)*((windowMin-in.x)/(out.x-in.x))}
	case 1:
		return spot{windowMax, in.y + (out.y-in.y)*((windowMax-in.x)/(out.x-in.x))}
	case 2:
		return spot{in.x + (out.x-in.x)*((windowMin-in.y)/(out.y-in.y)), windowMin}
	}
	return spot{in.x + (out.x-in.x)*((windowMax-in.y)/(out.y-in.y)), windowMax}
}

// line takes the next position of a line. Where the line leaves the window a path ends.
func (c *clipper) line(p orb.Point) {
	if c.skip(p) {
		return
	}
	if c.skips {
		c.skips = false
		c.lineSpot(c.skipped)
	}
	c.lineSpot(p)
}

func (c *clipper) lineSpot(p orb.Point) {
	s, ok := c.frame.spot(p)
	if !ok {
		return
	}
	beyond := s.side()
	last, lastBeyond, started := c.last, c.beyond, c.started
	c.last, c.beyond, c.started = s, beyond, true
	if !started {
		if beyond == 0 {
			c.out.vertex(s.round())
		}
		return
	}
	if lastBeyond&beyond != 0 {
		return
	}
	a, b := last, s
	for i := range 4 {
		aIn, bIn := within(i, a), within(i, b)
		switch {
		case !aIn && !bIn:
			return
		case !aIn:
			a = crossing(i, b, a)
		case !bIn:
			b = crossing(i, a, b)
		}
	}
	if lastBeyond != 0 {
		c.out.endLine()
		c.out.vertex(a.round())
	}
	c.out.vertex(b.round())
	if beyond != 0 {
		c.out.endLine()
	}
}
