package topology

import (
	"cmp"
	"slices"

	"github.com/peterstace/simplefeatures/rtree"

	"parkmap/internal/geo"
)

const (
	// pairBudget bounds the pairs of neighbouring edges, or of an edge and a vertex near it, that are looked at.
	pairBudget = 20_000_000
	// maxRounds bounds how often bent edges are looked at again. Two or three rounds are common.
	maxRounds = 32
)

// noder bends segments until those that are worked on meet at their ends only, and no vertex lies in the way of
// an edge. Which edges see which:
//   - edges of shapes that are worked on (active) are cut where they cross each other, and go through each other's
//     vertices within half a step;
//   - an edge that is new goes through all vertices, and a vertex that is new is taken by all edges.
//
// Everything else stays as it is, so a shape that is not worked on changes only where it has to follow.
type noder struct {
	segs    []segment
	touched map[int]bool   // owners whose edges were bent
	fresh   map[point]bool // vertices that are new
	taken   map[point]bool // vertices that an edge was led through
	cuts    []cut
	budget  int
}

func newNoder() noder {
	return noder{touched: map[int]bool{}, fresh: map[point]bool{}, taken: map[point]bool{}, budget: pairBudget}
}

// cut is a point at which a segment bends.
type cut struct {
	seg   int
	at    point
	along int64
}

// node bends n.segs. The error is a geo.Fault of RuleTooComplex.
func (n *noder) node(place frame) error {
	n.segs = merged(n.segs)
	for round := range maxRounds {
		n.cuts = n.cuts[:0]
		tree := treeOf(len(n.segs), func(i int) (point, point) { return n.segs[i].a, n.segs[i].b })
		n.cross(tree, round == 0)
		n.hit(tree)
		if n.budget < 0 {
			break
		}
		if len(n.cuts) == 0 {
			return nil
		}
		n.bend()
	}
	return geo.Fault{Rule: geo.RuleTooComplex, At: place.place(n.segs[0].a), Detail: "too many edges lie on each other"}
}

// cross finds where active edges cross: all of them at first, then those that are new.
func (n *noder) cross(tree *rtree.RTree, all bool) {
	for i := range n.segs {
		s := &n.segs[i]
		if !s.active || !all && !s.fresh {
			continue
		}
		_ = tree.RangeSearch(boxOf(s.a, s.b), func(j int) error {
			t := &n.segs[j]
			if !t.active || j <= i && (all || t.fresh) {
				return nil
			}
			if n.budget--; n.budget < 0 {
				return rtree.Stop
			}
			if at, ok := crosses(s.a, s.b, t.a, t.b); ok {
				n.cut(i, at)
				n.cut(j, at)
			}
			return nil
		})
	}
}

// hit finds the edges that go through the pixel of a vertex.
func (n *noder) hit(tree *rtree.RTree) {
	for at, active := range n.vertices() {
		fresh := n.fresh[at]
		_ = tree.RangeSearch(boxOf(at, at), func(j int) error {
			s := &n.segs[j]
			if !fresh && !s.fresh && !(active && s.active) {
				return nil
			}
			if n.budget--; n.budget < 0 {
				return rtree.Stop
			}
			if passes(s.a, s.b, at) {
				n.cut(j, at)
			}
			return nil
		})
	}
}

// vertices returns the ends of all segments and the points where they are cut, with whether they are active.
func (n *noder) vertices() map[point]bool {
	all := make(map[point]bool, len(n.segs))
	for i := range n.segs {
		s := &n.segs[i]
		all[s.a] = all[s.a] || s.active
		all[s.b] = all[s.b] || s.active
	}
	for _, c := range n.cuts {
		all[c.at] = true
	}
	return all
}

// cut notes that a segment goes through at, which all other edges have to take too.
func (n *noder) cut(seg int, at point) {
	s := &n.segs[seg]
	if at == s.a || at == s.b {
		return
	}
	if len(s.uses) > 0 {
		n.fresh[at], n.taken[at] = true, true
	}
	along := (at.x-s.a.x)*(s.b.x-s.a.x) + (at.y-s.a.y)*(s.b.y-s.a.y)
	n.cuts = append(n.cuts, cut{seg, at, along})
}

// bend leads each segment through its cuts, which are visited in the order in which it passes their pixels.
func (n *noder) bend() {
	slices.SortFunc(n.cuts, func(a, b cut) int {
		return cmp.Or(cmp.Compare(a.seg, b.seg), cmp.Compare(a.along, b.along), comparePoints(a.at, b.at))
	})
	for i := range n.segs {
		n.segs[i].fresh = false
	}
	n.cuts = slices.Compact(n.cuts)
	for from := 0; from < len(n.cuts); {
		seg := n.cuts[from].seg
		whole := n.segs[seg]
		whole.fresh = true
		for _, u := range whole.uses {
			n.touched[u.owner] = true
		}
		last := whole.a
		to := from
		for ; to < len(n.cuts) && n.cuts[to].seg == seg; to++ {
			n.segs = append(n.segs, whole.turned(last, n.cuts[to].at))
			last = n.cuts[to].at
		}
		n.segs[seg] = whole.turned(last, whole.b)
		from = to
	}
	n.segs = merged(n.segs)
}
