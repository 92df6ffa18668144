package scene

import (
	"strings"

	"parkmap/internal/layout"
)

// ground answers what lies under a name: the shapes of the areas and the water.
type ground struct {
	shapes []groundShape
	byID   map[layout.ID]int
	areas  *grid
	water  [][2]Pt
	wet    *grid
}

type groundShape struct {
	id    layout.ID
	rings [][]Pt
}

// newGround takes the shapes of areas as they are drawn, the lines of waters, and the box of the map.
func newGround(shapes []groundShape, water [][]Pt, box Box) *ground {
	g := &ground{shapes: shapes, byID: map[layout.ID]int{}, areas: newGrid(box), wet: newGrid(box)}
	for i, s := range shapes {
		g.byID[s.id] = i
		g.areas.put(boxRound(s.rings...))
	}
	for _, line := range water {
		for i := 1; i < len(line); i++ {
			g.water = append(g.water, [2]Pt{line[i-1], line[i]})
			g.wet.put(boxRound(line[i-1 : i+1]).grow(0.01))
		}
	}
	return g
}

// covered tells whether a box covers an area other than except, or than that which holds the place except.
func (g *ground) covered(b Box, except layout.ID) bool {
	return g.areas.any(b, func(n int) bool {
		s := &g.shapes[n]
		if s.id == except || except != "" && strings.HasPrefix(string(except), string(s.id)+"-") {
			return false
		}
		return touchesRings(b, s.rings)
	})
}

func touchesRings(b Box, rings [][]Pt) bool {
	for _, ring := range rings {
		for i, j := 0, len(ring)-1; i < len(ring); i, j = i+1, i {
			if crosses(ring[j], ring[i], b) {
				return true
			}
		}
	}
	return inRings(b.middle(), rings)
}

// busy tells whether a box covers an area other than that of the item, or water.
func (g *ground) busy(b Box, it *item) bool {
	except := it.id
	if it.solid {
		except = ""
	}
	return g.covered(b, except) || g.watered(b)
}

func (g *ground) watered(b Box) bool {
	return g.wet.any(b, func(n int) bool { return crosses(g.water[n][0], g.water[n][1], b) })
}

// holds tells whether a box lies wholly in an area.
func (g *ground) holds(id layout.ID, b Box) bool {
	n, ok := g.byID[id]
	return ok && boxInRings(b, g.shapes[n].rings)
}

// reach returns how far an area reaches to the left and right of a point, within half a height above and below.
func (g *ground) reach(id layout.ID, at Pt, half float64) (toLeft, toRight float64) {
	n, ok := g.byID[id]
	if !ok {
		return 0, 0
	}
	look := func(x float64) { toLeft, toRight = max(toLeft, at.X-x), max(toRight, x-at.X) }
	for _, ring := range g.shapes[n].rings {
		for i, j := 0, len(ring)-1; i < len(ring); i, j = i+1, i {
			a, b := ring[j], ring[i]
			for _, y := range []float64{at.Y - half, at.Y + half} {
				if (a.Y > y) != (b.Y > y) {
					look(a.X + (b.X-a.X)*(y-a.Y)/(b.Y-a.Y))
				}
			}
			if b.Y >= at.Y-half && b.Y <= at.Y+half {
				look(b.X)
			}
		}
	}
	return toLeft, toRight
}
