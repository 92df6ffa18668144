package topology

import (
	"slices"

	"github.com/paulmach/orb"
)

// maxMoves is how many vertices one operation moves or takes out.
const maxMoves = 1000

// Move leads a vertex from one place to another, in longitude and latitude.
type Move struct {
	From orb.Point `json:"from"`
	To   orb.Point `json:"to"`
}

// Move leads vertices of a shape to other places; to move an edge is to move both its ends. Shapes whose border goes
// through a vertex follow, so that what was shared stays shared. With alone they stay as they are, and the outcome
// says which gaps and overlaps that makes; so it does where a border that nobody shares is moved over another shape.
// A shape that would fold over itself is a fault.
func (f Fabric) Move(id string, alone bool, moves ...Move) (Outcome, error) {
	if _, err := f.operand(id); err != nil {
		return Outcome{}, err
	}
	if len(moves) == 0 || len(moves) > maxMoves {
		return Outcome{}, fault(RuleOperation, orb.Point{}, "1 to %d vertices can be moved", maxMoves)
	}
	var from, to orb.MultiPoint
	for _, m := range moves {
		from, to = append(from, m.From), append(to, m.To)
	}
	if err := sound(append(slices.Clone(from), to...), false); err != nil {
		return Outcome{}, err
	}
	focus := from.Bound().Union(to.Bound())
	sc, err := newScene(f, focus, focus, id)
	if err != nil {
		return Outcome{}, err
	}
	way := make(map[point]point, len(moves))
	for _, m := range moves {
		way[sc.point(m.From)] = sc.point(m.To)
	}
	owner := sc.owner(id)
	if err := sc.weld(owner, from); err != nil {
		return Outcome{}, err
	}
	shift := sc.shift(way)
	if alone {
		shift.owners = []int{owner}
	}
	before := slices.Clone(sc.segs)
	loose, parted := sc.apply(shift)
	return sc.settled(before, shift.owners, loose, parted)
}

// weld gives the vertices at places, which are vertices of owner, to all edges that go through them.
func (sc *scene) weld(owner int, places []orb.Point) error {
	vertices := make(map[point]bool)
	for i := range sc.segs {
		if s := &sc.segs[i]; s.of(owner) != 0 {
			vertices[s.a], vertices[s.b] = true, true
		}
	}
	for _, p := range places {
		at := sc.point(p)
		if !vertices[at] {
			return fault(RuleNoVertex, p, "there is no vertex of %s", sc.shapes[owner].ID)
		}
		sc.fresh[at] = true
	}
	return sc.node()
}

// shift is what moves: vertices, with the chains of some owners.
type shift struct {
	way    map[point]point
	owners []int
}

// shift returns a shift of all chains that go through the vertices on the way.
func (sc *scene) shift(way map[point]point) shift {
	var owners []int
	for i := range sc.segs {
		s := &sc.segs[i]
		_, a := way[s.a]
		_, b := way[s.b]
		for _, u := range s.uses {
			if (a || b) && !slices.Contains(owners, u.owner) {
				owners = append(owners, u.owner)
			}
		}
	}
	slices.Sort(owners)
	return shift{way, owners}
}

// settled bends the edges after the chains of some owners were led elsewhere, and returns what becomes of all shapes.
// A shape must not fold. Where what is covered may have changed (loose), that is told, gaps only where borders were
// parted.
func (sc *scene) settled(before []segment, changed []int, loose, parted bool) (Outcome, error) {
	sc.activate(changed)
	if err := sc.node(); err != nil {
		return Outcome{}, err
	}
	for _, o := range changed {
		sc.touched[o] = true
		if at, bad := sc.folded(o); bad {
			return Outcome{}, fault(RuleFold, at, "%s would fold over itself", sc.shapes[o].ID)
		}
	}
	out, err := sc.outcome()
	if err != nil || !loose {
		return out, err
	}
	return sc.compared(out, before, changed, parted)
}

// activate has the chains of some owners worked on.
func (sc *scene) activate(owners []int) {
	for i := range sc.segs {
		s := &sc.segs[i]
		s.active = s.active || slices.ContainsFunc(s.uses, func(u use) bool { return slices.Contains(owners, u.owner) })
	}
}

// apply shifts the edges. It tells whether there is a loose one, of which the chains do not balance, so that what is
// covered changes; and whether a shared border was parted.
func (sc *scene) apply(s shift) (loose, parted bool) {
	var moved []segment
	for i := range sc.segs {
		seg := &sc.segs[i]
		a, b := s.moved(seg.a), s.moved(seg.b)
		if a == seg.a && b == seg.b {
			continue
		}
		var along, stay []use
		balance := 0
		for _, u := range seg.uses {
			if slices.Contains(s.owners, u.owner) {
				along = append(along, u)
				balance += u.n
			} else {
				stay = append(stay, u)
			}
		}
		if len(along) == 0 {
			continue
		}
		loose = loose || balance != 0
		parted = parted || len(stay) > 0
		copied := *seg
		copied.uses, copied.fresh = along, true
		moved = append(moved, copied.turned(a, b))
		seg.uses = stay
	}
	for _, to := range s.way {
		sc.fresh[to] = true
	}
	sc.segs = append(sc.segs, moved...)
	return loose, parted
}

func (s shift) moved(p point) point {
	if to, ok := s.way[p]; ok {
		return to
	}
	return p
}

// folded tells whether the chain of an owner winds around some face other than once or not at all, and where.
func (sc *scene) folded(owner int) (orb.Point, bool) {
	var at point
	bad := false
	for _, h := range halvesOf(sc.segs, only(owner)) {
		if w := h.left[0]; w != 0 && w != 1 && (!bad || sc.taken[h.from] && !sc.taken[at]) {
			at, bad = h.from, true
		}
	}
	return sc.place(at), bad
}

// compared completes an outcome with what is covered less or more often than by the edges before.
func (sc *scene) compared(out Outcome, before []segment, changed []int, parted bool) (Outcome, error) {
	n := sc.owners
	whole := scene{noder: newNoder(), frame: sc.frame}
	for _, s := range sc.segs {
		s.active = true
		whole.segs = append(whole.segs, s)
	}
	for _, s := range before {
		s.active = true
		s.uses = slices.Clone(s.uses)
		for i := range s.uses {
			s.uses[i].owner += n
		}
		whole.segs = append(whole.segs, s)
	}
	if err := whole.node(); err != nil {
		return Outcome{}, err
	}
	if parted {
		gaps := whole.region(func(o int) int { return 1 - o/n }, firstOnly)
		if len(gaps) > 0 {
			out.Gaps = sc.multi(gaps)
		}
	}
	reach, any := whole.doubled(changed, n)
	for _, o := range changed {
		for with, s := range sc.shapes {
			if !any || with == o || slices.Contains(changed, with) && with < o || !meets(s.Geometry, reach) {
				continue
			}
			more := whole.region(cover([]int{o}, []int{with}, []int{o + n}, []int{with + n}), func(w winding) bool {
				return both(w) && !(w[2] > 0 && w[3] > 0)
			})
			if len(more) > 0 {
				out.Overlaps = append(out.Overlaps, Overlap{sc.shapes[o].ID, s.ID, area2Of(more), sc.multi(more)})
			}
		}
	}
	return out, nil
}

// doubled returns the bound of what the changed owners cover more often than before, as n more, and is covered more
// than once; and whether there is such a place.
func (sc *scene) doubled(changed []int, n int) (orb.Bound, bool) {
	more := sc.region(func(o int) int {
		switch {
		case slices.Contains(changed, o-n):
			return 0
		case slices.Contains(changed, o):
			return 1
		case o < n:
			return 2
		}
		return -1
	}, func(w winding) bool { return w[1] > w[0] && w[1]+w[2] > 1 })
	return sc.multi(more).Bound(), len(more) > 0
}
