package check

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/topology"
)

// faults returns what makes the geometry of f unsound. The first fault of a sort has the fix.
func faults(f layout.Feature) []Issue {
	var issues []Issue
	for _, fault := range geo.Validate(f.Geometry) {
		i := issue(codeOf(fault.Rule), f)
		i.Rule = string(fault.Rule)
		if fault.At != (orb.Point{}) {
			i = i.at(fault.At)
			i.Geometry = fault.At
		}
		switch i.Code {
		case CodeSelfCrossing:
			i.Fix = &topology.Operation{Do: rule(i.Code).Fix, ID: string(f.ID)}
			a, b := edgesAt(f.Geometry, fault.At)
			i.Numbers = map[string]float64{"a": float64(a), "b": float64(b)}
		case CodeHole:
			i.Fix = &topology.Operation{Do: rule(i.Code).Fix, ID: string(f.ID), At: []orb.Point{fault.At}}
		}
		issues = append(issues, i)
	}
	return issues
}

func codeOf(r geo.Rule) string {
	switch r {
	case geo.RuleSelfIntersection, geo.RulePartsApart, geo.RuleRepeatedRing, geo.RuleConnected:
		return CodeSelfCrossing
	case geo.RuleHoleInside, geo.RuleHolesApart:
		return CodeHole
	case geo.RuleTooShort:
		return CodeTooFewPoints
	}
	return CodeGeometry
}

// edgesAt returns the numbers of the two edges nearest to a place: of the points in which they begin, counted from 1
// over all rings, the smaller first.
func edgesAt(g orb.Geometry, at orb.Point) (a, b int) {
	nearest, next := math.Inf(1), math.Inf(1)
	n := 0
	eachRing(g, func(r orb.Ring) {
		for i := range len(r) - 1 {
			n++
			switch d := planar.DistanceFromSegmentSquared(r[i], r[i+1], at); {
			case d < nearest:
				nearest, next = d, nearest
				a, b = n, a
			case d < next:
				next, b = d, n
			}
		}
	})
	return min(a, b), max(a, b)
}

func eachRing(g orb.Geometry, visit func(orb.Ring)) {
	switch g := g.(type) {
	case orb.Polygon:
		for _, r := range g {
			visit(r)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			eachRing(p, visit)
		}
	}
}

// touchingHoles finds holes that touch their outer ring in a point, which is valid, but no hole as people draw it.
func touchingHoles(f layout.Feature) []Issue {
	var issues []Issue
	for _, at := range topology.Touches(f.Geometry) {
		i := issue(CodeHole, f).at(at)
		i.Geometry = at
		i.Fix = &topology.Operation{Do: rule(CodeHole).Fix, ID: string(f.ID), At: []orb.Point{at}}
		issues = append(issues, i)
	}
	return issues
}

// maxFixed is how many points one fix takes out.
const maxFixed = 1000

// pointsIssue returns one issue for all points of a sort, none for none.
func pointsIssue(code string, f layout.Feature, points orb.MultiPoint) []Issue {
	if len(points) == 0 {
		return nil
	}
	i := issue(code, f).at(points[0])
	i.Geometry = points
	i.Numbers = map[string]float64{"n": float64(len(points))}
	i.Fix = &topology.Operation{Do: rule(code).Fix, ID: string(f.ID), At: points[:min(len(points), maxFixed)]}
	return []Issue{i}
}

// spikes finds points at which the border turns back by less than the limit.
func spikes(f layout.Feature) []Issue {
	var found orb.MultiPoint
	least := math.Cos(rule(CodeSpike).Limit * math.Pi / 180)
	eachRing(f.Geometry, func(r orb.Ring) {
		n := len(r) - 1
		for i := range n {
			a, p, b := r[(i+n-1)%n], r[i], r[i+1]
			scale := math.Cos(p[1] * math.Pi / 180)
			ax, ay, bx, by := (a[0]-p[0])*scale, a[1]-p[1], (b[0]-p[0])*scale, b[1]-p[1]
			if ax*bx+ay*by > least*math.Hypot(ax, ay)*math.Hypot(bx, by) {
				found = append(found, p)
			}
		}
	})
	return pointsIssue(CodeSpike, f, found)
}

// closePoints finds points that lie less than the limit behind the one before.
func closePoints(f layout.Feature) []Issue {
	var found orb.MultiPoint
	limit := rule(CodeClosePoints).Limit
	eachRing(f.Geometry, func(r orb.Ring) {
		for i := 1; i < len(r); i++ {
			far := math.Abs(r[i][1]-r[i-1][1])*110_000 > limit
			if !far && geo.DistanceM(r[i-1], r[i]) < limit {
				found = append(found, r[i])
			}
		}
	})
	return pointsIssue(CodeClosePoints, f, found)
}

// manyPoints offers to simplify.
func manyPoints(f layout.Feature) []Issue {
	n := 0
	eachRing(f.Geometry, func(r orb.Ring) { n += len(r) - 1 })
	r := rule(CodeManyPoints)
	if float64(n) <= r.Limit {
		return nil
	}
	i := issue(CodeManyPoints, f)
	i.Numbers = map[string]float64{"n": float64(n), "m": r.ToleranceM}
	i.Fix = &topology.Operation{Do: r.Fix, ID: string(f.ID), ToleranceM: r.ToleranceM}
	return []Issue{i}
}

// ringDirection says that rings will be turned to the order of RFC 7946, which changes nothing that can be seen.
func ringDirection(f layout.Feature) []Issue {
	if orb.Equal(f.Geometry, geo.Wind(f.Geometry)) {
		return nil
	}
	return []Issue{issue(CodeRingDirection, f)}
}
