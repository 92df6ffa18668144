package glyph

import (
	"cmp"
	"math"
	"slices"

	"parkmap/internal/draw"
)

// edge is a straight piece of an outline.
type edge struct{ a, b draw.Pt }

func (e edge) moved(origin draw.Pt) edge {
	return edge{draw.Pt{X: e.a.X - origin.X, Y: e.a.Y - origin.Y}, draw.Pt{X: e.b.X - origin.X, Y: e.b.Y - origin.Y}}
}

func boundsOf(edges []edge) (lo, hi draw.Pt) {
	lo, hi = edges[0].a, edges[0].a
	for _, e := range edges {
		lo = draw.Pt{X: min(lo.X, e.a.X, e.b.X), Y: min(lo.Y, e.a.Y, e.b.Y)}
		hi = draw.Pt{X: max(hi.X, e.a.X, e.b.X), Y: max(hi.Y, e.a.Y, e.b.Y)}
	}
	return lo, hi
}

// outerEdges returns the edges of a shape that has ink on one side only. Strokes of a character overlap; what
// of their edges lies inside others is no outline, and would be seen as a line.
func outerEdges(rings [][]draw.Pt) []edge {
	edges := split(edgesOf(rings))
	rows := newRows(edges)
	const aside = 1.0 / 512
	out := edges[:0:0]
	for _, e := range edges {
		mid := e.a.At(e.b, 0.5)
		n := draw.Pt{X: e.b.Y - e.a.Y, Y: e.a.X - e.b.X}
		by := aside / math.Hypot(n.X, n.Y)
		if rows.holds(draw.Pt{X: mid.X + n.X*by, Y: mid.Y + n.Y*by}) != rows.holds(draw.Pt{X: mid.X - n.X*by, Y: mid.Y - n.Y*by}) {
			out = append(out, e)
		}
	}
	return out
}

func edgesOf(rings [][]draw.Pt) []edge {
	var out []edge
	for _, ring := range rings {
		for i, b := range ring {
			if a := ring[(i+len(ring)-1)%len(ring)]; a != b {
				out = append(out, edge{a, b})
			}
		}
	}
	return out
}

// split cuts edges where they cross each other.
func split(edges []edge) []edge {
	left := func(e edge) float64 { return min(e.a.X, e.b.X) }
	slices.SortFunc(edges, func(e, f edge) int {
		return cmp.Or(cmp.Compare(left(e), left(f)), cmp.Compare(e.a.Y, f.a.Y), cmp.Compare(e.b.Y, f.b.Y), cmp.Compare(e.a.X, f.a.X))
	})
	cuts := make([][]float64, len(edges))
	for i, e := range edges {
		right := max(e.a.X, e.b.X)
		for j := i + 1; j < len(edges) && left(edges[j]) <= right; j++ {
			if t, u, ok := crossing(e, edges[j]); ok {
				cuts[i] = append(cuts[i], t)
				cuts[j] = append(cuts[j], u)
			}
		}
	}
	out := make([]edge, 0, len(edges))
	for i, e := range edges {
		slices.Sort(cuts[i])
		from := e.a
		for _, t := range append(cuts[i], 1) {
			to := e.a.At(e.b, t)
			if t == 1 {
				to = e.b
			}
			if to != from {
				out = append(out, edge{from, to})
			}
			from = to
		}
	}
	return out
}

// crossing returns where on each of two edges they cross; touching ends do not count.
func crossing(e, f edge) (t, u float64, ok bool) {
	if max(e.a.Y, e.b.Y) < min(f.a.Y, f.b.Y) || max(f.a.Y, f.b.Y) < min(e.a.Y, e.b.Y) {
		return 0, 0, false
	}
	dx, dy, gx, gy := e.b.X-e.a.X, e.b.Y-e.a.Y, f.b.X-f.a.X, f.b.Y-f.a.Y
	det := dx*gy - dy*gx
	if det == 0 {
		return 0, 0, false
	}
	hx, hy := f.a.X-e.a.X, f.a.Y-e.a.Y
	t, u = (hx*gy-hy*gx)/det, (hx*dy-hy*dx)/det
	const edgeOf = 1e-9
	inner := func(v float64) bool { return v > edgeOf && v < 1-edgeOf }
	return max(0, min(t, 1)), max(0, min(u, 1)), inner(t) && u >= 0 && u <= 1 || inner(u) && t >= 0 && t <= 1
}
