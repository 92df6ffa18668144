package topology

import (
	"slices"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// maxOperands is how many shapes an operation names at most.
const maxOperands = 100

// Merge joins shapes into the first; the others are gone. Each shares a stretch of border with, or overlaps, another.
func (f Fabric) Merge(ids ...string) (Outcome, error) {
	if len(ids) < 2 || len(ids) > maxOperands {
		return Outcome{}, fault(RuleOperation, orb.Point{}, "two to %d shapes can be merged", maxOperands)
	}
	bound, err := f.operands(ids)
	if err != nil {
		return Outcome{}, err
	}
	sc, err := newScene(f, bound, bound, ids...)
	if err != nil {
		return Outcome{}, err
	}
	if err := sc.node(); err != nil {
		return Outcome{}, err
	}
	owners := sc.ownersOf(ids)
	if apart := sc.apart(owners); apart >= 0 {
		s := sc.shapes[owners[apart]]
		return Outcome{}, fault(RuleNotJoined, s.Geometry.Bound().Center(), "%s shares no border with the others", s.ID)
	}
	sc.setRegion(owners[0], sc.region(cover(owners), covered))
	return sc.outcome(owners[1:]...)
}

// apart returns the first of the owners that neither shares an edge with nor overlaps those before, directly or
// through others; -1 when there is none.
func (sc *scene) apart(owners []int) int {
	in := owners[:1:1]
	for len(in) < len(owners) {
		next := slices.IndexFunc(owners, func(o int) bool {
			return !slices.Contains(in, o) && (sc.adjoin(in, o) || len(sc.region(cover(in, []int{o}), both)) > 0)
		})
		if next < 0 {
			return slices.IndexFunc(owners, func(o int) bool { return !slices.Contains(in, o) })
		}
		in = append(in, owners[next])
	}
	return -1
}

// adjoin tells whether an edge belongs to one of the owners and to other.
func (sc *scene) adjoin(owners []int, other int) bool {
	return slices.ContainsFunc(sc.segs, func(s segment) bool {
		return s.of(other) != 0 && slices.ContainsFunc(s.uses, func(u use) bool { return slices.Contains(owners, u.owner) })
	})
}

func both(w winding) bool      { return w[0] > 0 && w[1] > 0 }
func firstOnly(w winding) bool { return w[0] > 0 && w[1] <= 0 }

// Trim takes away from a shape what it has in common with the neighbours, whose border it gets instead.
func (f Fabric) Trim(id string, neighbours ...string) (Outcome, error) {
	if len(neighbours) == 0 || len(neighbours) > maxOperands {
		return Outcome{}, fault(RuleOperation, orb.Point{}, "a shape is trimmed to 1 to %d neighbours", maxOperands)
	}
	ids := append([]string{id}, neighbours...)
	if _, err := f.operands(ids); err != nil {
		return Outcome{}, err
	}
	parts, err := f.find(id)
	if err != nil {
		return Outcome{}, err
	}
	sc, err := newScene(f, parts.Bound(), parts.Bound(), ids...)
	if err != nil {
		return Outcome{}, err
	}
	if err := sc.node(); err != nil {
		return Outcome{}, err
	}
	owners := sc.ownersOf(ids)
	sc.setRegion(owners[0], sc.region(cover(owners[:1], owners[1:]), firstOnly))
	return sc.outcome()
}

// Clip leaves of a shape what lies within one of the outlines, such as districts. They are not of the fabric and stay
// as they are, so the new border runs along them to the rounding of a step of the grid.
func (f Fabric) Clip(id string, outlines ...orb.Geometry) (Outcome, error) {
	parts, err := f.operand(id)
	if err != nil {
		return Outcome{}, err
	}
	also := parts.Bound()
	for _, g := range outlines {
		if partsOf(g) == nil {
			return Outcome{}, fault(RuleOperation, orb.Point{}, "a shape is clipped to polygons")
		}
		if err := sound(g, false); err != nil {
			return Outcome{}, err
		}
		also = also.Union(g.Bound())
	}
	sc, err := newScene(f, parts.Bound(), also, id)
	if err != nil {
		return Outcome{}, err
	}
	var helpers []int
	for _, g := range outlines {
		h, err := sc.helper(partsOf(g))
		if err != nil {
			return Outcome{}, err
		}
		helpers = append(helpers, h)
	}
	if err := sc.node(); err != nil {
		return Outcome{}, err
	}
	owner := sc.owner(id)
	sc.setRegion(owner, sc.region(cover([]int{owner}, helpers), both))
	return sc.outcome()
}

// CutHole takes the inside of a closed ring, which lies within the shape, out of it.
func (f Fabric) CutHole(id string, hole orb.Ring) (Outcome, error) {
	parts, err := f.operand(id)
	if err != nil {
		return Outcome{}, err
	}
	if err := sound(orb.Polygon{hole}, false); err != nil {
		return Outcome{}, err
	}
	if !parts.Bound().Intersects(hole.Bound()) {
		return Outcome{}, fault(RuleHoleWithin, hole[0], "the hole does not lie within %s", id)
	}
	sc, err := newScene(f, hole.Bound(), hole.Bound(), id)
	if err != nil {
		return Outcome{}, err
	}
	helper, err := sc.helper(orb.MultiPolygon{{hole}})
	if err != nil {
		return Outcome{}, err
	}
	if err := sc.node(); err != nil {
		return Outcome{}, err
	}
	owner := sc.owner(id)
	if outside := sc.region(cover([]int{helper}, []int{owner}), firstOnly); len(outside) > 0 {
		at := sc.place(outside[0][0].points[0])
		return Outcome{}, fault(RuleHoleWithin, at, "the hole does not lie within %s", id)
	}
	sc.setRegion(owner, sc.region(cover([]int{owner}, []int{helper}), firstOnly))
	return sc.outcome()
}

// Untangle makes a shape valid whose rings cross, touch or lie in each other: it covers what an odd number of its
// rings covered, as ST_MakeValid does. With largest, only the largest piece of that stays.
func (f Fabric) Untangle(id string, largest bool) (Outcome, error) {
	parts, err := f.find(id)
	if err != nil {
		return Outcome{}, err
	}
	if err := sound(parts, true); err != nil {
		return Outcome{}, err
	}
	sc, err := newScene(f, parts.Bound(), parts.Bound(), id)
	if err != nil {
		return Outcome{}, err
	}
	if err := sc.node(); err != nil {
		return Outcome{}, err
	}
	owner := sc.owner(id)
	pieces := sc.region(only(owner), func(w winding) bool { return w[0]%2 != 0 })
	if largest && len(pieces) > 1 {
		pieces = []polygon{slices.MaxFunc(pieces, compareAreas)}
	}
	sc.setRegion(owner, pieces)
	sc.mended[owner] = len(geo.Validate(parts)) > 0
	return sc.outcome()
}
