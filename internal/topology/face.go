package topology

import (
	"cmp"
	"slices"

	"github.com/peterstace/simplefeatures/rtree"
)

// colours is how many sets of chains are told apart in one look at the faces.
const colours = 4

// winding is how often the chains of each colour wind around a face.
type winding [colours]int32

func (w winding) plus(v winding, sign int32) winding {
	for i := range w {
		w[i] += sign * v[i]
	}
	return w
}

// half is one direction of a segment, seen from where it begins.
type half struct {
	from, to point
	step     winding // by how much the left winds more than the right
	line     bool
	twin     int
	first, n int // the halves that begin at from
	left     winding
	known    bool
}

// halves are the two directions of segments that meet at their ends only. They are ordered by where they begin and,
// at one point, counter-clockwise, so that the last one at the westernmost point has the west on its left.
type halves []half

// halvesOf returns the halves of the segments that a colour or the line needs, and the winding on the left of each.
func halvesOf(segs []segment, colour func(owner int) int) halves {
	pairs := 0
	hs := make(halves, 0, 2*len(segs))
	for i := range segs {
		s := &segs[i]
		var step winding
		for _, u := range s.uses {
			if c := colour(u.owner); c >= 0 {
				step[c] += int32(u.n)
			}
		}
		if step == (winding{}) && !s.line {
			continue
		}
		hs = append(hs,
			half{from: s.a, to: s.b, step: step, line: s.line, twin: pairs},
			half{from: s.b, to: s.a, step: winding{}.plus(step, -1), line: s.line, twin: pairs})
		pairs++
	}
	hs.sort(pairs)
	hs.wind()
	return hs
}

// sort puts the halves in order and, where each holds the number of its pair, that of its twin.
func (hs halves) sort(pairs int) {
	slices.SortFunc(hs, func(p, q half) int {
		return cmp.Or(comparePoints(p.from, q.from), compareDirections(p, q))
	})
	other := make([]int, pairs)
	for i := range other {
		other[i] = -1
	}
	for i := range hs {
		if pair := hs[i].twin; other[pair] < 0 {
			other[pair] = i
		} else {
			hs[i].twin = other[pair]
			hs[other[pair]].twin = i
		}
	}
	for first := 0; first < len(hs); {
		end := first
		for end < len(hs) && hs[end].from == hs[first].from {
			end++
		}
		for i := first; i < end; i++ {
			hs[i].first, hs[i].n = first, end-first
		}
		first = end
	}
}

// compareDirections orders halves that begin at one point counter-clockwise, from the one after straight down on.
func compareDirections(p, q half) int {
	return cmp.Or(cmp.Compare(westward(p), westward(q)), cmp.Compare(0, cross(p.from, p.to, q.from, q.to)))
}

func westward(h half) int {
	if comparePoints(h.to, h.from) < 0 {
		return 1
	}
	return 0
}

// wind finds the winding on the left of all halves: for each set of joined halves once by looking to the west, then
// from neighbour to neighbour.
func (hs halves) wind() {
	var ahead []int // one half of each pair
	for i := range hs {
		if westward(hs[i]) == 0 {
			ahead = append(ahead, i)
		}
	}
	var tree *rtree.RTree
	var stack []int
	for i := range hs {
		if hs[i].known {
			continue
		}
		if tree == nil {
			tree = treeOf(len(ahead), func(k int) (point, point) { return hs[ahead[k]].from, hs[ahead[k]].to })
		}
		hs.around(i+hs[i].n-1, hs.west(tree, ahead, hs[i].from))
		stack = append(stack[:0], i)
		for len(stack) > 0 {
			first := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for j := first; j < first+hs[first].n; j++ {
				if t := hs[j].twin; !hs[t].known {
					hs.around(t, hs[j].left.plus(hs[j].step, -1))
					stack = append(stack, hs[t].first)
				}
			}
		}
	}
}

// west returns the winding around the place just west of p, of which no joined half lies west.
func (hs halves) west(tree *rtree.RTree, ahead []int, p point) winding {
	var w winding
	_ = tree.RangeSearch(boxOf(point{-1, p.y}, p), func(k int) error {
		h := &hs[ahead[k]]
		switch up := h.from.y <= p.y && h.to.y > p.y; {
		case up && turn(h.from, h.to, p) < 0:
			w = w.plus(h.step, -1)
		case h.to.y <= p.y && h.from.y > p.y && turn(h.from, h.to, p) > 0:
			w = w.plus(h.step, 1)
		}
		return nil
	})
	return w
}

// around notes the winding on the left of half i and of all that begin at the same point.
func (hs halves) around(i int, left winding) {
	first, n := hs[i].first, hs[i].n
	for k := range n {
		h := &hs[first+(i-first+k)%n]
		if k > 0 {
			left = left.plus(h.step, 1)
		}
		h.left, h.known = left, true
	}
}
