package geo

import (
	"cmp"
	"math"

	"github.com/paulmach/orb"
)

// orientationError bounds the relative rounding error of the plain determinant (Shewchuk 1997, ccwerrboundA).
const orientationError = (3 + 16*0x1p-53) * 0x1p-53

// orientation returns 1 when a, b, c turn left, -1 when they turn right and 0 when they are collinear. The
// sign is exact for all positions on earth, so decisions about one place never contradict each other.
func orientation(a, b, c orb.Point) int {
	l := (a[0] - c[0]) * (b[1] - c[1])
	r := (a[1] - c[1]) * (b[0] - c[0])
	det := l - r
	if l == 0 || r == 0 || math.Abs(det) > orientationError*(math.Abs(l)+math.Abs(r)) {
		return signOf(det)
	}
	return exactOrientation(a, b, c)
}

// exactOrientation sums the six products of the expanded determinant without rounding.
func exactOrientation(a, b, c orb.Point) int {
	var sum expansion
	sum.addProduct(a[0], b[1])
	sum.addProduct(-a[0], c[1])
	sum.addProduct(-c[0], b[1])
	sum.addProduct(-a[1], b[0])
	sum.addProduct(a[1], c[0])
	sum.addProduct(c[1], b[0])
	return sum.sign()
}

// expansion is a number as an unrounded sum of floats that do not overlap, smallest first (Shewchuk 1997).
type expansion struct {
	terms [12]float64
	n     int
}

func (e *expansion) addProduct(x, y float64) {
	product := x * y
	e.add(math.FMA(x, y, -product))
	e.add(product)
}

func (e *expansion) add(q float64) {
	for i, t := range e.terms[:e.n] {
		sum := q + t
		virtual := sum - q
		e.terms[i] = (q - (sum - virtual)) + (t - virtual)
		q = sum
	}
	e.terms[e.n] = q
	e.n++
}

func (e *expansion) sign() int {
	for i := e.n - 1; i >= 0; i-- {
		if e.terms[i] != 0 {
			return signOf(e.terms[i])
		}
	}
	return 0
}

func signOf(v float64) int {
	return cmp.Compare(v, 0)
}

func comparePoints(a, b orb.Point) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
}

// meeting says how two segments meet.
type meeting int

const (
	apart    meeting = iota
	touching         // in one point that is an end of at least one of them
	crossing         // in one point inside both
	running          // along a common stretch
)

// meet tells how segments a0–a1 and b0–b1, neither of length zero, meet and where: the common point, or the
// first point of a common stretch. Only the place of a crossing is rounded.
func meet(a0, a1, b0, b1 orb.Point) (meeting, orb.Point) {
	ob0, ob1 := orientation(a0, a1, b0), orientation(a0, a1, b1)
	if ob0 == ob1 && ob0 != 0 {
		return apart, orb.Point{}
	}
	oa0, oa1 := orientation(b0, b1, a0), orientation(b0, b1, a1)
	switch {
	case oa0 == oa1 && oa0 != 0:
		return apart, orb.Point{}
	case ob0 == 0 && ob1 == 0:
		return meetOnLine(a0, a1, b0, b1)
	case ob0 == 0:
		return touching, b0
	case ob1 == 0:
		return touching, b1
	case oa0 == 0:
		return touching, a0
	case oa1 == 0:
		return touching, a1
	}
	return crossing, crossingPoint(a0, a1, b0, b1)
}

func meetOnLine(a0, a1, b0, b1 orb.Point) (meeting, orb.Point) {
	if comparePoints(a0, a1) > 0 {
		a0, a1 = a1, a0
	}
	if comparePoints(b0, b1) > 0 {
		b0, b1 = b1, b0
	}
	from, to := a0, a1
	if comparePoints(b0, from) > 0 {
		from = b0
	}
	if comparePoints(b1, to) < 0 {
		to = b1
	}
	switch c := comparePoints(from, to); {
	case c > 0:
		return apart, orb.Point{}
	case c == 0:
		return touching, from
	}
	return running, from
}

func crossingPoint(a0, a1, b0, b1 orb.Point) orb.Point {
	ax, ay := a1[0]-a0[0], a1[1]-a0[1]
	bx, by := b1[0]-b0[0], b1[1]-b0[1]
	det := ax*by - ay*bx
	if det == 0 {
		return a0 // nearly parallel: any point of the stretch will do
	}
	t := ((b0[0]-a0[0])*by - (b0[1]-a0[1])*bx) / det
	t = min(1, max(0, t))
	return orb.Point{a0[0] + t*ax, a0[1] + t*ay}
}

// inWedge tells whether the direction from p to q lies strictly between those to from and to, turning
// counter-clockwise from the first to the second.
func inWedge(p, from, to, q orb.Point) bool {
	switch orientation(p, from, to) {
	case 1:
		return orientation(p, from, q) > 0 && orientation(p, q, to) > 0
	case -1:
		return orientation(p, to, q) < 0 || orientation(p, q, from) < 0
	}
	return orientation(p, from, q) > 0
}

// inRing tells whether p is inside the closed ring r; a point on the ring may be either.
func inRing(r []orb.Point, p orb.Point) bool {
	inside := false
	for i := 1; i < len(r); i++ {
		if rayCrosses(r[i-1], r[i], p) {
			inside = !inside
		}
	}
	return inside
}

// rayCrosses tells whether the ray from p to the east crosses the segment a–b, the lower end counted in.
func rayCrosses(a, b, p orb.Point) bool {
	if (a[1] > p[1]) == (b[1] > p[1]) {
		return false
	}
	if b[1] > a[1] {
		return orientation(a, b, p) > 0
	}
	return orientation(a, b, p) < 0
}
