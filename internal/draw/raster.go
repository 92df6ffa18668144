package draw

import (
	"cmp"
	"image"
	"math"
	"slices"
)

// Rule says which points contours hold.
type Rule bool

// The rules: an odd number of contours round a point, or contours that do not cancel each other out.
const (
	EvenOdd Rule = false
	NonZero Rule = true
)

// Coordinates count in subpixels: a pixel has sub of them along a side.
const (
	subBits = 8
	sub     = 1 << subBits
)

// Full is the coverage of a pixel that lies inside contours.
const Full = sub

// Raster finds which pixels contours cover, and how much of each. Contours are added by MoveTo and LineTo, in
// pixels, and closed by themselves; Spans hands out what they cover and forgets them. Only what lies within its
// bounds costs much, and what lies outside does not change what is inside: two windows on a drawing agree to the
// bit. It computes exact areas of the polygons as rounded to subpixels. The zero value has no bounds; a Raster may be used
// again, by one goroutine at a time.
type Raster struct {
	bounds    image.Rectangle
	wide      int      // columns of bounds
	rows      [][]cell // of bounds
	lo, hi    int      // the rows with cells
	start, at subPt
}

// cell is what edges do to a pixel: how far they come down in it, and twice the area on their left.
type cell struct{ x, cover, area int32 }

// subPt is a point in subpixels from the corner of the bounds.
type subPt struct{ x, y int }

// farthest is where lines end that lead away from the bounds, in pixels: products of subpixels have to fit 64 bits.
const farthest = 4e6

// Reset empties the raster and sets its bounds.
func (r *Raster) Reset(bounds image.Rectangle) {
	r.bounds, r.wide = bounds, bounds.Dx()
	if n := bounds.Dy() - cap(r.rows); n > 0 {
		r.rows = append(r.rows[:cap(r.rows)], make([][]cell, n)...)
	}
	r.rows = r.rows[:bounds.Dy()]
	for i := range r.rows {
		r.rows[i] = r.rows[i][:0]
	}
	r.lo, r.hi = len(r.rows), -1
	r.start, r.at = subPt{}, subPt{}
}

// MoveTo closes the contour and begins another.
func (r *Raster) MoveTo(p Pt) {
	r.close()
	r.start = r.rounded(p)
	r.at = r.start
}

// LineTo adds a line.
func (r *Raster) LineTo(p Pt) {
	q := r.rounded(p)
	r.edge(r.at, q)
	r.at = q
}

func (r *Raster) close() {
	r.edge(r.at, r.start)
	r.at = r.start
}

// Path adds the contours of a path, whose curves become lines.
func (r *Raster) Path(p Path) {
	for _, ring := range p.Rings(Tolerance) {
		r.MoveTo(ring[0])
		for _, q := range ring[1:] {
			r.LineTo(q)
		}
	}
}

// rounded rounds to subpixels.
func (r *Raster) rounded(p Pt) subPt {
	at := func(v float64, from int) int {
		return int(math.Floor(max(-farthest, min(v-float64(from), farthest))*sub + 0.5))
	}
	return subPt{at(p.X, r.bounds.Min.X), at(p.Y, r.bounds.Min.Y)}
}

// edge adds a line. It is always computed downwards, so that both directions are the same line.
func (r *Raster) edge(a, b subPt) {
	sign := int32(1)
	if a.y > b.y {
		a, b, sign = b, a, -1
	}
	if a.y == b.y {
		return
	}
	first, last := max(a.y>>subBits, 0), min((b.y-1)>>subBits, len(r.rows)-1)
	if first > last || min(a.x, b.x)>>subBits >= r.wide {
		return
	}
	r.lo, r.hi = min(r.lo, first), max(r.hi, last)
	dx, dy := b.x-a.x, b.y-a.y
	at := func(y int) int { return a.x + floorDiv((y-a.y)*dx, dy) }
	for row := first; row <= last; row++ {
		top, bottom := max(a.y, row<<subBits), min(b.y, (row+1)<<subBits)
		r.part(row, subPt{at(top), top}, subPt{at(bottom), bottom}, sign)
	}
}

// part adds the part of a line in one row.
func (r *Raster) part(row int, a, b subPt, sign int32) {
	if a.x > b.x { // the columns from left to right
		a, b = b, a
	}
	dx, dy := b.x-a.x, b.y-a.y // dy is negative when the line comes down to the left
	at := func(x int) int { return a.y + floorDiv((x-a.x)*dy, dx) }
	down := func(y0, y1 int) int32 { return sign * int32(abs(y1-y0)) }
	first, last := a.x>>subBits, b.x>>subBits
	from := a
	if first < 0 {
		to := b
		if last >= 0 {
			to = subPt{0, at(0)}
		}
		r.add(row, -1, down(from.y, to.y), 0)
		first, from = 0, to
	}
	for x := first; x <= min(last, r.wide-1); x++ {
		to := b
		if x < last {
			to = subPt{(x + 1) << subBits, at((x + 1) << subBits)}
		}
		cover := down(from.y, to.y)
		r.add(row, x, cover, cover*int32(from.x+to.x-2*(x<<subBits)))
		from = to
	}
}

func (r *Raster) add(row, x int, cover, area int32) {
	if cover == 0 {
		return
	}
	cells := r.rows[row]
	if n := len(cells) - 1; n >= 0 && cells[n].x == int32(x) {
		cells[n].cover += cover
		cells[n].area += area
		return
	}
	r.rows[row] = append(cells, cell{int32(x), cover, area})
}

// Spans calls each for the runs of pixels that are covered alike, from x0 to before x1, row by row, with their
// coverage from 1 to Full, and empties the raster.
func (r *Raster) Spans(rule Rule, each func(y, x0, x1 int, coverage uint32)) {
	r.close()
	for row := r.lo; row <= r.hi; row++ {
		cells := r.rows[row]
		slices.SortFunc(cells, func(a, b cell) int { return cmp.Compare(a.x, b.x) })
		y, left, cover := row+r.bounds.Min.Y, r.bounds.Min.X, int32(0)
		for i := 0; i < len(cells); {
			x, area := cells[i].x, int32(0)
			for ; i < len(cells) && cells[i].x == x; i++ {
				cover += cells[i].cover
				area += cells[i].area
			}
			at, to := left+int(x), r.bounds.Max.X
			if i < len(cells) {
				to = left + int(cells[i].x)
			}
			if c := rule.coverage(cover*2*sub - area); c > 0 && x >= 0 {
				each(y, at, at+1, c)
			}
			if c := rule.coverage(cover * 2 * sub); c > 0 && to > at+1 {
				each(y, at+1, to, c)
			}
		}
		r.rows[row] = cells[:0]
	}
	r.lo, r.hi = len(r.rows), -1
}

// coverage turns twice the area in a pixel, in square subpixels, into a coverage.
func (rule Rule) coverage(area int32) uint32 {
	v := uint32(abs(int(area))) >> (subBits + 1)
	if rule == NonZero {
		return min(v, Full)
	}
	if v %= 2 * Full; v > Full {
		v = 2*Full - v
	}
	return v
}

func abs(v int) int { return max(v, -v) }

// floorDiv divides and rounds down; b is not 0.
func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}
