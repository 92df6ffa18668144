package scene

import (
	"math"

	"parkmap/internal/layout"
)

// Disc is the numbered or lettered mark of an area: where it belongs and where it stands.
type Disc struct {
	Of   layout.ID
	At   Pt // of the area
	Mark string
	Mid  Pt // of the disc

	area *area
}

// discApart is the least distance between two discs, along the longer axis.
const discApart = 26

// crowdShare is the part of the map that discs may take before they stop stepping aside: more of them than
// that would only be a thicket of stems.
const crowdShare = 0.2

// spread keeps discs apart from each other and from what blocks holds, within bounds. The first ones keep
// their places, others step aside on a stem. A disc that finds no place is left out.
func spread(discs []Disc, blocks *grid, bounds Box) []Disc {
	done, anchors := newGrid(bounds), newGrid(bounds)
	for i := range discs {
		anchors.put(square(discs[i].At, 1))
	}
	steps := float64(len(discs))*discApart*discApart < crowdShare*bounds.W*bounds.H
	free := func(p Pt) bool {
		box := square(p, discApart)
		return box.within(bounds) && !done.hit(box) && !blocks.hit(box)
	}
	var out []Disc
	for _, d := range discs {
		d.Mid = d.At
		ok := free(d.At)
		if !ok && steps {
			d.Mid, ok = aside(d.At, crowd(anchors, d.At), free)
		}
		if ok {
			done.put(square(d.Mid, discApart))
			out = append(out, d)
		}
	}
	return out
}

// crowd returns the middle of all anchors near a point: discs step away from it.
func crowd(anchors *grid, at Pt) Pt {
	var sum Pt
	n := 0.0
	anchors.any(square(at, 5*discApart), func(i int) bool {
		m := anchors.boxes[i].middle()
		sum, n = Pt{sum.X + m.X, sum.Y + m.Y}, n+1
		return false
	})
	return Pt{sum.X / n, sum.Y / n}
}

// aside tries steps away from a point, the short ones and those that lead outward first.
func aside(at, from Pt, free func(Pt) bool) (Pt, bool) {
	const directions = 16
	dx := at.X - from.X
	if dx == 0 {
		dx = 1e-6
	}
	out := math.Atan2(at.Y-from.Y, dx)
	for _, r := range []float64{16, 22, 28, 36, 46, 58, 72} {
		for i := range directions {
			turn := float64((i+1)/2) * 2 * math.Pi / directions
			if i%2 == 0 {
				turn = -turn
			}
			sin, cos := math.Sincos(out + turn)
			p := Pt{at.X + math.Round(cos*r), at.Y + math.Round(sin*r)}
			if free(p) {
				return p, true
			}
		}
	}
	return at, false
}
