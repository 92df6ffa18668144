package mvt

import (
	"cmp"
	"slices"
)

// pixelUnits is the number of units along a side of a pixel, of which a tile has 256.
const pixelUnits = Extent / 256

// rank is the place of a feature in the order in which features may stay.
type rank struct {
	layer, index int
	size         float64
	covered      bool // in its pixel there is a larger one
}

// thin leaves features out until the tile fits: the longest beginning of the order of ranks that does stays, as far
// as a few attempts find it.
func (b *Builder) thin(maxCompressed int, fits func() bool) {
	ranks := b.ranks()
	low, high := 0, len(ranks) // low fit, high did not
	next := len(ranks) * maxCompressed / len(b.packed)
	keep := b.covered(ranks, fits)
	for range 8 {
		next = max(low+1, min(high-1, next))
		if low+1 >= high {
			break
		}
		keep(next)
		if fits() {
			low = next
			next += (high - low) / 4
		} else {
			high = next
			next = min(low+(high-low)*3/4, high*maxCompressed/len(b.packed))
		}
		if high-low <= len(ranks)/64 {
			break
		}
	}
	keep(low)
}

// covered returns what writes the tile with the first features of ranks, and of the others the ground: in cells as small as
// fit when nothing else is there. Where not even the largest do, which are four pixels wide, there is no ground.
func (b *Builder) covered(ranks []rank, fits func() bool) (keep func(n int)) {
	for cell := int32(maxStep); cell <= 4*pixelUnits; cell *= 2 {
		covers := make([]*cover, len(b.layers))
		for i, r := range ranks {
			l := &b.layers[r.layer]
			f := l.features[r.index]
			if f.kind != polygons {
				continue
			}
			if covers[r.layer] == nil {
				covers[r.layer] = newCover(cell)
			}
			b.shape.decode(polygons, l.body[f.geometry:f.end])
			covers[r.layer].add(&b.shape, i)
		}
		keep = func(n int) { b.keep(ranks, n, covers) }
		if keep(0); fits() {
			return keep
		}
	}
	return func(n int) { b.keep(ranks, n, make([]*cover, len(b.layers))) }
}

// ranks returns all features, those that should stay longest first. A point counts as a pixel, a line as one pixel wide.
func (b *Builder) ranks() []rank {
	var ranks []rank
	for i := range b.layers {
		for j, f := range b.layers[i].features {
			size := f.size
			switch f.kind {
			case points:
				size = pixelUnits * pixelUnits
			case lines:
				size *= pixelUnits
			}
			ranks = append(ranks, rank{layer: i, index: j, size: size})
		}
	}
	bySize := func(p, q rank) int {
		return cmp.Or(cmp.Compare(q.size, p.size), cmp.Compare(p.layer, q.layer), cmp.Compare(p.index, q.index))
	}
	slices.SortFunc(ranks, bySize)
	taken := map[[3]int32]bool{}
	for i := range ranks {
		r := &ranks[i]
		at := b.layers[r.layer].features[r.index].at
		pixel := [3]int32{int32(r.layer), floorDiv(at.x, pixelUnits), floorDiv(at.y, pixelUnits)}
		r.covered = r.size <= pixelUnits*pixelUnits && taken[pixel]
		taken[pixel] = true
	}
	slices.SortStableFunc(ranks, func(p, q rank) int {
		switch {
		case p.covered == q.covered:
			return 0
		case p.covered:
			return 1
		}
		return -1
	})
	return ranks
}

// keep writes the tile with the first n features of ranks, in their old order, the keys and values that these use, and
// the ground of the others.
func (b *Builder) keep(ranks []rank, n int, covers []*cover) {
	kept := make([][]int, len(b.layers))
	for _, r := range ranks[:n] {
		kept[r.layer] = append(kept[r.layer], r.index)
	}
	layers := make([]layer, len(b.layers))
	for i, list := range kept {
		slices.Sort(list)
		layers[i].pick(&b.layers[i], list)
		if covers[i] != nil {
			b.addCover(&layers[i], covers[i], n)
		}
	}
	b.write(layers)
}
