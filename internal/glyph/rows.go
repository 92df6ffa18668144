package glyph

import (
	"math"
	"slices"

	"parkmap/internal/draw"
)

// rows finds the edges that meet a horizontal line, and with them what is inside by the non-zero rule.
type rows struct {
	edges []edge
	first int       // number of the first row, one pixel high
	list  [][]int32 // edges by row
}

func newRows(edges []edge) rows {
	if len(edges) == 0 {
		return rows{}
	}
	lo, hi := boundsOf(edges)
	r := rows{edges: edges, first: int(math.Floor(lo.Y))}
	r.list = make([][]int32, int(math.Floor(hi.Y))-r.first+1)
	for i, e := range edges {
		from, to := int(math.Floor(min(e.a.Y, e.b.Y))), int(math.Floor(max(e.a.Y, e.b.Y)))
		for row := from; row <= to; row++ {
			r.list[row-r.first] = append(r.list[row-r.first], int32(i))
		}
	}
	return r
}

// hit is where an edge crosses a line; turn is +1 downwards, -1 upwards.
type hit struct {
	x    float64
	turn int
}

// hits calls each for the crossings with the line at y, in no order.
func (r rows) hits(y float64, each func(hit)) {
	row := int(math.Floor(y)) - r.first
	if row < 0 || row >= len(r.list) {
		return
	}
	for _, i := range r.list[row] {
		e := r.edges[i]
		if (e.a.Y <= y) == (e.b.Y <= y) {
			continue
		}
		turn := 1
		if e.a.Y > e.b.Y {
			turn = -1
		}
		each(hit{e.a.X + (y-e.a.Y)/(e.b.Y-e.a.Y)*(e.b.X-e.a.X), turn})
	}
}

// holds tells whether a point is inside.
func (r rows) holds(p draw.Pt) bool {
	sum := 0
	r.hits(p.Y, func(h hit) {
		if h.x <= p.X {
			sum += h.turn
		}
	})
	return sum != 0
}

// inside tells for n points on the line at y, one apart from x on, whether they are inside.
func (r rows) inside(y, x float64, n int) []bool {
	out := make([]bool, n)
	var all []hit
	r.hits(y, func(h hit) { all = append(all, h) })
	slices.SortFunc(all, func(a, b hit) int {
		switch {
		case a.x < b.x:
			return -1
		case a.x > b.x:
			return 1
		}
		return a.turn - b.turn
	})
	sum := 0
	for i := range out {
		for len(all) > 0 && all[0].x <= x+float64(i) {
			sum += all[0].turn
			all = all[1:]
		}
		out[i] = sum != 0
	}
	return out
}
