package topology

import (
	"slices"
)

// unbend takes out of the edges the vertices that they were led through, on a straight way, and that nobody needs any
// more, as what lay there is gone. Vertices that shapes had before stay.
func (sc *scene) unbend() error {
	old := sc.vertexOwners()
	meeting := sc.meeting(sc.taken)
	points := make([]point, 0, len(meeting))
	for p, at := range meeting {
		if len(at) == 2 && !slices.ContainsFunc(sc.segs[at[0]].uses, func(u use) bool { return old[vertexOf{p, u.owner}] }) {
			points = append(points, p)
		}
	}
	slices.SortFunc(points, comparePoints)
	straightened := false
	for _, p := range points {
		at := meeting[p]
		from, _ := sc.segs[at[0]].seen(p)
		to, _ := sc.segs[at[1]].seen(p)
		if passes(from, to, p) {
			_, ok := sc.straighten(p, meeting)
			straightened = straightened || ok
		}
	}
	if !straightened {
		return nil
	}
	return sc.node()
}

// meeting returns which segments of shapes meet at some vertices.
func (sc *scene) meeting(at map[point]bool) map[point][]int {
	ends := make(map[point][]int, len(at))
	for i := range sc.segs {
		s := &sc.segs[i]
		for _, p := range []point{s.a, s.b} {
			if at[p] && len(s.uses) > 0 {
				ends[p] = append(ends[p], i)
			}
		}
	}
	return ends
}

// straighten replaces the two segments that meet at a vertex by one and returns whose they are. It does not where
// more meet, or where they belong to different shapes.
func (sc *scene) straighten(at point, meeting map[point][]int) (owners []int, ok bool) {
	if len(meeting[at]) != 2 {
		return nil, false
	}
	i, j := meeting[at][0], meeting[at][1]
	from, uses := sc.segs[i].seen(at)
	to, ahead := sc.segs[j].seen(at)
	if !slices.Equal(uses, negative(ahead)) {
		return nil, false
	}
	for _, u := range uses {
		owners = append(owners, u.owner)
	}
	whole := sc.segs[i]
	whole.uses, whole.fresh = ahead, true
	sc.segs[i], sc.segs[j] = whole.turned(from, to), segment{}
	if k := slices.Index(meeting[to], j); k >= 0 {
		meeting[to][k] = i
	}
	return owners, true
}

// vertexOf is a vertex of the shape of an owner.
type vertexOf struct {
	at    point
	owner int
}

// vertexOwners returns the taken vertices that shapes had before.
func (sc *scene) vertexOwners() map[vertexOf]bool {
	old := make(map[vertexOf]bool)
	if len(sc.taken) == 0 {
		return old
	}
	for i, s := range sc.shapes {
		for _, polygon := range partsOf(s.Geometry) {
			for _, r := range polygon {
				for _, p := range r {
					if at := sc.point(p); sc.taken[at] {
						old[vertexOf{at, i}] = true
					}
				}
			}
		}
	}
	return old
}

// asBefore tells whether the chain of a shape consists of the edges that it had.
func (sc *scene) asBefore(owner int) bool {
	if sc.mended[owner] {
		return false
	}
	edges := make(map[[2]point]int)
	for i := range sc.segs {
		if n := sc.segs[i].of(owner); n != 0 {
			edges[[2]point{sc.segs[i].a, sc.segs[i].b}] = n
		}
	}
	was := scene{noder: newNoder(), frame: sc.frame}
	if was.addChain(owner, partsOf(sc.shapes[owner].Geometry), false) != nil {
		return false
	}
	chain := merged(was.segs)
	return len(chain) == len(edges) && !slices.ContainsFunc(chain, func(s segment) bool {
		return edges[[2]point{s.a, s.b}] != s.of(owner)
	})
}
