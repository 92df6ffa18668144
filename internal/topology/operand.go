package topology

import (
	"slices"

	"github.com/paulmach/orb"
)

// operand returns the polygons of a shape that is worked on, which are valid.
func (f Fabric) operand(id string) (orb.MultiPolygon, error) {
	parts, err := f.find(id)
	if err != nil {
		return nil, err
	}
	return parts, sound(parts, false)
}

// operands returns the bound of all shapes with the ids, which are valid and each named once.
func (f Fabric) operands(ids []string) (orb.Bound, error) {
	var bound orb.Bound
	for i, id := range ids {
		parts, err := f.operand(id)
		if err != nil {
			return bound, err
		}
		if slices.Contains(ids[:i], id) {
			return bound, fault(RuleTaken, parts.Bound().Center(), "%s is named twice", id)
		}
		if i == 0 {
			bound = parts.Bound()
		}
		bound = bound.Union(parts.Bound())
	}
	return bound, nil
}

// free checks that new ids are given, differ and are not in use.
func (f Fabric) free(ids []string) error {
	for i, id := range ids {
		taken := slices.ContainsFunc(f, func(s Shape) bool { return s.ID == id })
		if id == "" || taken || slices.Contains(ids[:i], id) {
			return fault(RuleTaken, orb.Point{}, "the id %.40q is taken already", id)
		}
	}
	return nil
}

// common returns what two bounds have in common, which may be empty.
func common(a, b orb.Bound) orb.Bound {
	return orb.Bound{
		Min: orb.Point{max(a.Min[0], b.Min[0]), max(a.Min[1], b.Min[1])},
		Max: orb.Point{min(a.Max[0], b.Max[0]), min(a.Max[1], b.Max[1])},
	}
}

// cover gives a colour to the owners of sets: the first set has the first colour.
func cover(sets ...[]int) func(int) int {
	return func(o int) int {
		return slices.IndexFunc(sets, func(set []int) bool { return slices.Contains(set, o) })
	}
}

// ownersOf returns the numbers of shapes in the scene.
func (sc *scene) ownersOf(ids []string) []int {
	owners := make([]int, len(ids))
	for i, id := range ids {
		owners[i] = sc.owner(id)
	}
	return owners
}
