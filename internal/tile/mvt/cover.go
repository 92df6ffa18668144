package mvt

import (
	"cmp"
	"slices"
)

// cover is the ground of the polygons of a layer in square cells: of each cell the last one, by rank, of the features
// that lie in it, counted from 1; 0 is none.
type cover struct {
	cell int32 // units along a side
	side int32 // cells along a side of the window
	last []int32
	xs   []cut
}

// cut is where an outline crosses the middle of a row of cells.
type cut struct {
	row int32
	x   float64
}

func newCover(cell int32) *cover {
	side := (windowMax - windowMin) / cell
	return &cover{cell: cell, side: side, last: make([]int32, side*side)}
}

// add adds the polygons of s, which have a rank. A cell is theirs where they cross the middle of its row.
func (c *cover) add(s *shape, rank int) {
	c.xs = c.xs[:0]
	for _, p := range s.paths {
		pts := s.of(p)
		last := pts[len(pts)-1]
		for _, pt := range pts {
			c.cross(last, pt)
			last = pt
		}
	}
	slices.SortFunc(c.xs, func(p, q cut) int { return cmp.Or(cmp.Compare(p.row, q.row), cmp.Compare(p.x, q.x)) })
	for i := 0; i+1 < len(c.xs); i += 2 {
		from, to := int32(c.xs[i].x)/c.cell, (int32(c.xs[i+1].x)+c.cell-1)/c.cell
		for x := max(0, from); x < min(max(to, from+1), c.side); x++ {
			at := &c.last[c.xs[i].row*c.side+x]
			*at = max(*at, int32(rank)+1)
		}
	}
}

// cross notes where an edge crosses the middles of rows.
func (c *cover) cross(a, b point) {
	if a.y > b.y {
		a, b = b, a
	}
	half := c.cell / 2
	low, high := a.y-windowMin, b.y-windowMin
	for row := max(0, (low+half-1)/c.cell); row < c.side && row*c.cell+half < high; row++ {
		if y := row*c.cell + half; y >= low {
			t := float64(y-low) / float64(high-low)
			c.xs = append(c.xs, cut{row, float64(a.x-windowMin) + t*float64(b.x-a.x)})
		}
	}
}

// outline makes segments of the border of the cells in which features of a rank and later ones lie. They meet at their
// ends only.
func (c *cover) outline(rank int, segs []segment) []segment {
	in := func(x, y int32) bool {
		return x >= 0 && y >= 0 && x < c.side && y < c.side && int(c.last[y*c.side+x]) > rank
	}
	at := func(x, y int32) point { return point{x*c.cell + windowMin, y*c.cell + windowMin} }
	segs = c.borders(segs, in, at)
	return c.borders(segs, func(y, x int32) bool { return in(x, y) }, func(y, x int32) point { return at(x, y) })
}

// borders adds the borders between cells one below the other, each as long as no other one crosses it.
func (c *cover) borders(segs []segment, in func(x, y int32) bool, at func(x, y int32) point) []segment {
	for y := range c.side + 1 {
		start := int32(-1)
		for x := range c.side + 1 {
			border := in(x, y-1) != in(x, y)
			crossed := in(x-1, y-1) != in(x, y-1)
			if start >= 0 && (!border || crossed) {
				segs = append(segs, segment{a: at(start, y), b: at(x, y)})
				start = -1
			}
			if border && start < 0 {
				start = x
			}
		}
	}
	return segs
}

// addCover adds to a layer, as one feature without id and attributes, the ground of the features of a rank and of later
// ones.
func (b *Builder) addCover(l *layer, c *cover, rank int) {
	b.mend.segs = c.outline(rank, b.mend.segs[:0])
	if len(b.mend.segs) == 0 {
		return
	}
	b.mend.edges.trace(&b.mend, &b.shape)
	l.tags = l.tags[:0]
	l.add(0, b.writePolygons(), b.writer.buf)
	l.features[len(l.features)-1].cover = true
}
