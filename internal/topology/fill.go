package topology

import (
	"slices"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// FillHole takes out of a shape the holes that a place lies in or on; all of them where no place is given. It also
// drops holes that are not where holes may be, so the shape need not be valid before. The outcome tells which shapes
// lay in the hole and are covered now.
func (f Fabric) FillHole(id string, places ...orb.Point) (Outcome, error) {
	parts, err := f.find(id)
	if err != nil {
		return Outcome{}, err
	}
	if err := sound(parts, true); err != nil {
		return Outcome{}, err
	}
	if len(places) > maxMoves {
		return Outcome{}, fault(RuleOperation, orb.Point{}, "at most %d holes can be named", maxMoves)
	}
	sc, err := newScene(f, parts.Bound(), parts.Bound().Union(orb.MultiPoint(places).Bound()), id)
	if err != nil {
		return Outcome{}, err
	}
	filled, err := sc.filled(parts, places)
	if err != nil {
		return Outcome{}, err
	}
	if err := sound(filled, false); err != nil {
		return Outcome{}, err
	}
	before := slices.Clone(sc.segs)
	owner := sc.owner(id)
	sc.clear(owner)
	if err := sc.addChain(owner, filled, true); err != nil {
		return Outcome{}, err
	}
	valid := len(geo.Validate(parts)) == 0
	return sc.settled(before, []int{owner}, valid, false)
}

// filled returns parts without the holes that are named.
func (sc *scene) filled(parts orb.MultiPolygon, places []orb.Point) (orb.MultiPolygon, error) {
	found := make([]bool, len(places))
	out := make(orb.MultiPolygon, len(parts))
	all := len(places) == 0
	dropped := false
	for i, polygon := range parts {
		out[i] = polygon[:1:1]
		for _, hole := range polygon[1:] {
			points, err := sc.points(hole)
			if err != nil {
				return nil, err
			}
			drop := all
			for k, at := range places {
				if holds(points, sc.point(at)) {
					found[k], drop = true, true
				}
			}
			if dropped = dropped || drop; !drop {
				out[i] = append(out[i], hole)
			}
		}
	}
	if k := slices.Index(found, false); k >= 0 {
		return nil, fault(RuleNoHole, places[k], "there is no hole at this place")
	}
	if !dropped {
		return nil, fault(RuleNoHole, parts.Bound().Center(), "the shape has no hole")
	}
	return out, nil
}

// holds tells whether p lies in a closed ring or on it.
func holds(closed []point, p point) bool {
	inside := false
	for i := 1; i < len(closed); i++ {
		a, b := closed[i-1], closed[i]
		if passes(a, b, p) {
			return true
		}
		if a.y > b.y {
			a, b = b, a
		}
		if a.y <= p.y && b.y > p.y && turn(a, b, p) > 0 {
			inside = !inside
		}
	}
	return inside
}
