package topology

import (
	"slices"

	"github.com/paulmach/orb"
)

// Remove takes vertices out of a shape, and of those that share them. A vertex where borders fork stays: that is a
// fault.
func (f Fabric) Remove(id string, vertices ...orb.Point) (Outcome, error) {
	parts, err := f.operand(id)
	if err != nil {
		return Outcome{}, err
	}
	if len(vertices) == 0 || len(vertices) > maxMoves {
		return Outcome{}, fault(RuleOperation, orb.Point{}, "1 to %d vertices can be taken out", maxMoves)
	}
	if err := sound(orb.MultiPoint(vertices), false); err != nil {
		return Outcome{}, err
	}
	bound := orb.MultiPoint(vertices).Bound()
	sc, err := newScene(f, common(bound, parts.Bound()).Union(bound), bound, id)
	if err != nil {
		return Outcome{}, err
	}
	if err := sc.weld(sc.owner(id), vertices); err != nil {
		return Outcome{}, err
	}
	before := slices.Clone(sc.segs)
	var owners []int
	wanted := make(map[point]bool, len(vertices))
	for _, v := range vertices {
		wanted[sc.point(v)] = true
	}
	meeting := sc.meeting(wanted)
	for _, v := range vertices {
		at, ok := sc.straighten(sc.point(v), meeting)
		if !ok {
			return Outcome{}, fault(RuleNoVertex, v, "borders fork here, so the vertex stays")
		}
		owners = append(owners, at...)
	}
	slices.Sort(owners)
	return sc.settled(before, slices.Compact(owners), true, false)
}
