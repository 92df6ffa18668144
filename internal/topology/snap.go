package topology

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/peterstace/simplefeatures/rtree"
)

// Snap draws the border of a shape to those of neighbours within toleranceM metres: its vertices go to their
// vertices, else onto their edges, and its edges through their vertices. Where it comes to lie on them the border is
// shared, and slivers between them are closed. Others that share the border follow.
func (f Fabric) Snap(id string, toleranceM float64, neighbours ...string) (Outcome, error) {
	if !(toleranceM > 0 && toleranceM <= MaxToleranceM) {
		return Outcome{}, fault(RuleTolerance, orb.Point{}, "the tolerance is more than 0 and at most %d metres", MaxToleranceM)
	}
	if len(neighbours) == 0 || len(neighbours) > maxOperands {
		return Outcome{}, fault(RuleOperation, orb.Point{}, "a shape snaps to 1 to %d neighbours", maxOperands)
	}
	ids := append([]string{id}, neighbours...)
	if _, err := f.operands(ids); err != nil {
		return Outcome{}, err
	}
	parts, err := f.find(id)
	if err != nil {
		return Outcome{}, err
	}
	reach := parts.Bound().Pad(1e-3 + 2*toleranceM/metresPerDegree)
	sc, err := newScene(f, reach, reach, ids...)
	if err != nil {
		return Outcome{}, err
	}
	owners := sc.ownersOf(ids)
	if err := sc.weldAll(owners[0]); err != nil {
		return Outcome{}, err
	}
	before := slices.Clone(sc.segs)
	s := sc.snapper(owners[0], owners[1:], toleranceM)
	shift := sc.shift(s.vertices())
	if _, _ = sc.apply(shift); len(shift.way) > 0 {
		sc.segs = merged(sc.segs)
	}
	bent := s.bend()
	if len(shift.way) == 0 && !bent {
		return Outcome{}, fault(RuleNotNear, parts.Bound().Center(), "no border to snap to lies within %g m of %s", toleranceM, id)
	}
	sc.freshen(before)
	changed := append(shift.owners, owners[0])
	slices.Sort(changed)
	return sc.settled(before, slices.Compact(changed), true, false)
}

// metresPerDegree is the length of a degree of latitude, near enough for tolerances.
const metresPerDegree = 111_195.0

// snapper finds what of neighbours is near the border of a shape.
type snapper struct {
	*scene
	owner    int
	targets  []segment         // edges of neighbours that are not the shape's
	known    map[[2]point]bool // by their ends
	taken    map[point]bool    // vertices of neighbours
	tree     *rtree.RTree
	lonScale float64
	reach    float64 // in steps of latitude
}

func (sc *scene) snapper(owner int, neighbours []int, toleranceM float64) *snapper {
	s := &snapper{scene: sc, owner: owner, known: map[[2]point]bool{}, taken: map[point]bool{}}
	for _, seg := range sc.segs {
		shared := slices.ContainsFunc(seg.uses, func(u use) bool { return slices.Contains(neighbours, u.owner) })
		switch {
		case shared && seg.of(owner) == 0:
			s.targets = append(s.targets, seg)
		case shared:
			s.taken[seg.a], s.taken[seg.b] = true, true
		}
	}
	for _, t := range s.targets {
		s.known[[2]point{t.a, t.b}] = true
		s.taken[t.a], s.taken[t.b] = true, true
	}
	s.tree = treeOf(len(s.targets), func(i int) (point, point) { return s.targets[i].a, s.targets[i].b })
	s.lonScale = math.Max(0.01, math.Cos(sc.shapes[owner].Geometry.Bound().Center()[1]*math.Pi/180))
	s.reach = toleranceM / metresPerDegree * gridPerDegree
	return s
}

// away returns how far p and q are from each other, in steps of latitude.
func (s *snapper) away(p, q point) float64 {
	return math.Hypot(float64(q.x-p.x)*s.lonScale, float64(q.y-p.y))
}

// vertices returns where the vertices of the shape go that are near a neighbour and not on one.
func (s *snapper) vertices() map[point]point {
	way := map[point]point{}
	for _, seg := range s.segs {
		if seg.of(s.owner) == 0 {
			continue
		}
		for _, p := range []point{seg.a, seg.b} {
			if s.taken[p] {
				continue
			}
			if to, ok := s.nearest(p); ok {
				way[p] = to
			}
		}
	}
	return way
}

// nearest returns the vertex of a neighbour nearest to p within reach, else the nearest point of an edge.
func (s *snapper) nearest(p point) (point, bool) {
	var vertex, onEdge point
	toVertex, toEdge := math.Inf(1), math.Inf(1)
	try := func(q point, best *point, least *float64) {
		d := s.away(p, q)
		if d <= s.reach && (d < *least || d == *least && comparePoints(q, *best) < 0) {
			*best, *least = q, d
		}
	}
	s.near(p, p, func(t *segment) {
		try(t.a, &vertex, &toVertex)
		try(t.b, &vertex, &toVertex)
		try(s.foot(p, t.a, t.b), &onEdge, &toEdge)
	})
	if !math.IsInf(toVertex, 1) {
		return vertex, true
	}
	return onEdge, !math.IsInf(toEdge, 1)
}

// near visits the targets within reach of the box of a and b.
func (s *snapper) near(a, b point, visit func(t *segment)) {
	box := boxOf(a, b)
	wide := s.reach / s.lonScale
	box.MinX, box.MaxX, box.MinY, box.MaxY = box.MinX-wide, box.MaxX+wide, box.MinY-s.reach, box.MaxY+s.reach
	_ = s.tree.RangeSearch(box, func(i int) error {
		visit(&s.targets[i])
		return nil
	})
}

// foot returns the point of the segment a–b nearest to p, on the grid.
func (s *snapper) foot(p, a, b point) point {
	dx, dy := float64(b.x-a.x)*s.lonScale, float64(b.y-a.y)
	t := (float64(p.x-a.x)*s.lonScale*dx + float64(p.y-a.y)*dy) / (dx*dx + dy*dy)
	t = min(1, max(0, t))
	return point{a.x + int64(math.Round(t*float64(b.x-a.x))), a.y + int64(math.Round(t*float64(b.y-a.y)))}
}

// bend leads the edges of the shape through the vertices of neighbours near them, and tells whether there were any.
func (s *snapper) bend() bool {
	s.cuts = s.cuts[:0]
	for i := range s.segs {
		seg := &s.segs[i]
		if seg.of(s.owner) == 0 || s.known[[2]point{seg.a, seg.b}] {
			continue
		}
		s.near(seg.a, seg.b, func(t *segment) {
			for _, v := range []point{t.a, t.b} {
				foot := s.foot(v, seg.a, seg.b)
				if foot != seg.a && foot != seg.b && s.away(v, foot) <= s.reach {
					s.cut(i, v)
				}
			}
		})
	}
	any := len(s.cuts) > 0
	s.noder.bend()
	return any
}
