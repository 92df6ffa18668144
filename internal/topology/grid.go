package topology

import (
	"cmp"
	"math"
	"math/bits"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/rtree"
)

// gridPerDegree is the number of grid steps in a degree, that of geo.Snap.
const gridPerDegree = 1e8

// maxExtent is the size, in grid steps, of the largest area that is worked on at once: about 21 degrees. Within it
// the products of two distances fit into 62 bits, so plain integers are exact.
const maxExtent = 1<<31 - 1

// point is a position in grid steps from the corner of the area that is worked on; both numbers are 0…maxExtent.
type point struct{ x, y int64 }

func comparePoints(a, b point) int { return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.y, b.y)) }

// turn is positive where a, b, c turn left, negative where they turn right, 0 where they are on a line; its amount
// is twice the area of the triangle.
func turn(a, b, c point) int64 { return cross(a, b, a, c) }

// cross is the cross product of the ways from a to b and from c to d.
func cross(a, b, c, d point) int64 { return (b.x-a.x)*(d.y-c.y) - (b.y-a.y)*(d.x-c.x) }

// crosses tells whether segments a–b and c–d have one point in common that is an end of neither, and where: the
// grid position whose pixel holds it.
func crosses(a, b, c, d point) (point, bool) {
	c0, d0 := turn(a, b, c), turn(a, b, d)
	if (c0 > 0) == (d0 > 0) || c0 == 0 || d0 == 0 {
		return point{}, false
	}
	a0, b0 := turn(c, d, a), turn(c, d, b)
	if (a0 > 0) == (b0 > 0) || a0 == 0 || b0 == 0 {
		return point{}, false
	}
	num, den := magnitude(a0), magnitude(a0)+magnitude(b0)
	return point{a.x + part(b.x-a.x, num, den), a.y + part(b.y-a.y, num, den)}, true
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return uint64(-v)
	}
	return uint64(v)
}

// part returns d · num / den rounded to a whole number, halves up; num < den.
func part(d int64, num, den uint64) int64 {
	hi, lo := bits.Mul64(magnitude(d), num)
	q, rest := bits.Div64(hi, lo, den)
	switch {
	case d >= 0 && rest >= den-rest:
		return int64(q) + 1
	case d >= 0:
		return int64(q)
	case rest > den-rest:
		return -int64(q) - 1
	}
	return -int64(q)
}

// passes tells whether segment a–b goes through the pixel of p: the square of one step around it, with its west and
// its south side but without the other two (half-open, so that each place is in one pixel).
func passes(a, b, p point) bool {
	if p.x < min(a.x, b.x) || p.x > max(a.x, b.x) || p.y < min(a.y, b.y) || p.y > max(a.y, b.y) {
		return false
	}
	// The line misses the square where the corners are all on one side: 2·|turn| > |dx| + |dy|.
	dx, dy := b.x-a.x, b.y-a.y
	t, wide := turn(a, b, p), magnitude(dx)+magnitude(dy)
	switch m := magnitude(t); {
	case a == p, b == p:
		return true
	case m >= wide, m > wide-m:
		return false
	case m < wide-m:
		return true
	}
	// It touches a corner only; the one in the south-west counts.
	return (dx-dy)%2 == 0 && t == (dx-dy)/2 && p.x > min(a.x, b.x) && p.y > min(a.y, b.y)
}

// frame places grid positions on earth.
type frame struct{ x, y int64 }

func steps(degrees float64) int64 { return int64(math.Round(degrees * gridPerDegree)) }

func (f frame) point(p orb.Point) point { return point{steps(p[0]) - f.x, steps(p[1]) - f.y} }

func (f frame) place(p point) orb.Point {
	return orb.Point{float64(p.x+f.x) / gridPerDegree, float64(p.y+f.y) / gridPerDegree}
}

// treeOf indexes n boxes by their two corners. Each box is a little larger than the one before, because loading a
// tree takes quadratic time when many boxes have the same middle.
func treeOf(n int, corners func(i int) (point, point)) *rtree.RTree {
	const step = 1e-6
	items := make([]rtree.BulkItem, n)
	for i := range items {
		box := boxOf(corners(i))
		box.MaxX += float64(i) * step
		box.MaxY += float64(i) * step
		items[i] = rtree.BulkItem{Box: box, RecordID: i}
	}
	return rtree.BulkLoad(items)
}

func boxOf(a, b point) rtree.Box {
	return rtree.Box{
		MinX: float64(min(a.x, b.x)), MinY: float64(min(a.y, b.y)),
		MaxX: float64(max(a.x, b.x)), MaxY: float64(max(a.y, b.y)),
	}
}
