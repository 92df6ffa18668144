package scene

import "math"

// Cells of a grid measure cellPx, or more where there would be more than mostCells of them along a side.
const (
	cellPx    = 64
	mostCells = 100
)

// grid finds the boxes near a box. Boxes far outside the picture are held in its outermost cells.
type grid struct {
	from  Pt
	cell  float64
	cells map[[2]int32][]int32
	boxes []Box
	seen  []uint32 // the question in which a box was last looked at
	asked uint32
}

// newGrid returns a grid for a picture.
func newGrid(picture Box) *grid {
	cell := max(cellPx, max(picture.W, picture.H)/mostCells)
	return &grid{from: Pt{picture.X, picture.Y}, cell: cell, cells: map[[2]int32][]int32{}}
}

// put adds a box; the first one has number 0.
func (g *grid) put(b Box) {
	n := len(g.boxes)
	g.boxes, g.seen = append(g.boxes, b), append(g.seen, 0)
	x0, y0, x1, y1 := g.cellsOf(b)
	for x := x0; x <= x1; x++ {
		for y := y0; y <= y1; y++ {
			g.cells[[2]int32{x, y}] = append(g.cells[[2]int32{x, y}], int32(n))
		}
	}
}

// any tells whether test holds for one of the boxes that overlap b.
func (g *grid) any(b Box, test func(n int) bool) bool {
	g.asked++
	x0, y0, x1, y1 := g.cellsOf(b)
	for x := x0; x <= x1; x++ {
		for y := y0; y <= y1; y++ {
			for _, n := range g.cells[[2]int32{x, y}] {
				if g.seen[n] == g.asked {
					continue
				}
				g.seen[n] = g.asked
				if g.boxes[n].overlaps(b) && test(int(n)) {
					return true
				}
			}
		}
	}
	return false
}

// hit tells whether a box overlaps any.
func (g *grid) hit(b Box) bool { return g.any(b, func(int) bool { return true }) }

func (g *grid) cellsOf(b Box) (x0, y0, x1, y1 int32) {
	cell := func(v float64) int32 { return int32(max(-4, min(mostCells+4, math.Floor(v/g.cell)))) }
	x, y := b.X-g.from.X, b.Y-g.from.Y
	return cell(x), cell(y), cell(x + b.W), cell(y + b.H)
}
