package topology

import (
	"slices"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// Simplify takes the vertices out of the borders of a shape that lie within toleranceM metres of the line left without
// them (geo.SimplifyOne). Neighbours follow on shared stretches; where borders meet, the vertex stays. The outcome is
// the preview: nothing has changed until it is applied. It is empty where there is nothing to take out.
func (f Fabric) Simplify(id string, toleranceM float64) (Outcome, error) {
	parts, err := f.operand(id)
	if err != nil {
		return Outcome{}, err
	}
	if !(toleranceM > 0 && toleranceM <= MaxToleranceM) {
		return Outcome{}, fault(RuleTolerance, orb.Point{}, "the tolerance is more than 0 and at most %d metres", MaxToleranceM)
	}
	sc, err := newScene(f, parts.Bound(), parts.Bound(), id)
	if err != nil {
		return Outcome{}, err
	}
	if err := sc.weldAll(sc.owner(id)); err != nil {
		return Outcome{}, err
	}
	before := slices.Clone(sc.segs)
	changed, err := sc.simplify(sc.owner(id), toleranceM)
	if err != nil || len(changed) == 0 {
		return Outcome{}, err
	}
	sc.freshen(before)
	return sc.settled(before, changed, true, false)
}

// weldAll gives the vertices of an owner to all edges that go through them, and its edges all vertices that they go
// through.
func (sc *scene) weldAll(owner int) error {
	for i := range sc.segs {
		if s := &sc.segs[i]; s.of(owner) != 0 {
			s.fresh = true
			sc.fresh[s.a], sc.fresh[s.b] = true, true
		}
	}
	return sc.node()
}

// simplify replaces the chains of all shapes by simplified ones and returns whose are others.
func (sc *scene) simplify(owner int, toleranceM float64) ([]int, error) {
	polygons := make([]orb.MultiPolygon, len(sc.shapes))
	for i := range sc.shapes {
		polygons[i] = sc.multi(sc.region(only(i), covered))
	}
	var changed []int
	for i, parts := range geo.SimplifyOne(polygons, owner, toleranceM) {
		if ringLengths(parts) == ringLengths(polygons[i]) {
			continue
		}
		changed = append(changed, i)
		sc.clear(i)
		if err := sc.addChain(i, parts, true); err != nil {
			return nil, err
		}
	}
	return changed, nil
}

// freshen marks the edges that lie where none lay before.
func (sc *scene) freshen(before []segment) {
	known := make(map[[2]point]bool, len(before))
	for _, s := range before {
		known[[2]point{s.a, s.b}] = true
	}
	for i := range sc.segs {
		s := &sc.segs[i]
		s.fresh = !known[[2]point{s.a, s.b}]
	}
}

func ringLengths(parts orb.MultiPolygon) int {
	n := 0
	for _, polygon := range parts {
		for _, r := range polygon {
			n += len(r)
		}
	}
	return n
}
