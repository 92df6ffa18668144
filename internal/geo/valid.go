package geo

import (
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// MaxVertices is the largest number of positions that Validate accepts in one geometry.
const MaxVertices = 100_000

// maxFaults ends the search: a geometry with more faults is not repaired one by one.
const maxFaults = 20

// Rule names what a geometry must keep. The values are stable and may be used as keys of messages.
type Rule string

// The rules of geometry, those of OGC Simple Features 06-103r4 clause 6.1 and our own limits.
const (
	RuleEmpty            Rule = "empty"             // there is a geometry, and each of its parts has positions
	RuleType             Rule = "type"              // the type is one of those that the place allows
	RuleNested           Rule = "nested-collection" // a collection holds no collection
	RuleVertices         Rule = "too-many-vertices" // at most MaxVertices positions
	RuleFinite           Rule = "not-finite"        // coordinates are numbers
	RuleRange            Rule = "out-of-range"      // longitude within ±180, latitude within ±90
	RuleTooShort         Rule = "too-short"         // a line has two different positions, a ring four with three different ones
	RuleClosed           Rule = "not-closed"        // a ring ends where it starts
	RuleSelfIntersection Rule = "self-intersection" // a ring neither crosses nor touches itself
	RuleHoleInside       Rule = "hole-outside"      // a hole lies within the outer ring
	RuleHolesApart       Rule = "holes-overlap"     // holes neither overlap nor contain each other
	RulePartsApart       Rule = "parts-overlap"     // parts of a multipolygon share points only
	RuleRepeatedRing     Rule = "repeated-ring"     // no ring occurs twice
	RuleConnected        Rule = "disconnected"      // holes do not cut a polygon in two
	RuleTooComplex       Rule = "too-complex"       // the edges lie on each other in so many places that they are not all checked
)

// Fault is one breach of a rule. At is where, as longitude, latitude and always finite; it is the zero
// point where there is no place, and the position as it came for RuleRange. Detail is a short English sentence.
type Fault struct {
	Rule   Rule
	At     orb.Point
	Detail string
}

// Error makes a fault usable as an error.
func (f Fault) Error() string {
	return fmt.Sprintf("%s (%s at %.8g, %.8g)", f.Detail, f.Rule, f.At[0], f.At[1])
}

// CheckType returns a fault of RuleType unless the GeoJSON type of g is one of those allowed. A nil g is a
// fault of RuleEmpty.
func CheckType(g orb.Geometry, allowed ...string) []Fault {
	if g == nil {
		return []Fault{emptyFault}
	}
	if slices.Contains(allowed, g.GeoJSONType()) {
		return nil
	}
	return []Fault{{Rule: RuleType, Detail: fmt.Sprintf("a %s stands where only %v may", g.GeoJSONType(), allowed)}}
}

// Validate returns the faults of g, a geometry in longitude and latitude, in the same order each time; none
// means valid. It agrees with ST_IsValid and asks for more: nothing empty, coordinates in range, no collection
// in a collection, no more than MaxVertices. The order of ring vertices is never a fault. At most 20 faults
// are told; how rings meet is looked at only when each of them is sound by itself.
func Validate(g orb.Geometry) []Fault {
	if g == nil {
		return []Fault{emptyFault}
	}
	var v validator
	v.geometry(g, false)
	if v.vertices > MaxVertices {
		return []Fault{{Rule: RuleVertices, Detail: fmt.Sprintf("%d positions are more than %d", v.vertices, MaxVertices)}}
	}
	if len(v.faults) > 0 {
		return v.faults
	}
	for _, parts := range v.areas {
		t := topology{budget: pairBudget}
		if v.faults = append(v.faults, t.check(parts)...); len(v.faults) >= maxFaults {
			return v.faults[:maxFaults]
		}
	}
	return v.faults
}

var emptyFault = Fault{Rule: RuleEmpty, Detail: "there is no geometry"}

// validator looks at positions and rings one by one and collects the areas whose rings are to be compared.
type validator struct {
	faults   []Fault
	vertices int
	areas    []orb.MultiPolygon
}

func (v *validator) geometry(g orb.Geometry, nested bool) {
	switch g := g.(type) {
	case nil:
		v.add(emptyFault)
	case orb.Point:
		v.positions([]orb.Point{g})
	case orb.MultiPoint:
		v.positions(g)
	case orb.LineString:
		v.line(g)
	case orb.MultiLineString:
		v.each(len(g), func(i int) { v.line(g[i]) })
	case orb.Ring:
		v.area(orb.MultiPolygon{{g}})
	case orb.Bound:
		v.area(orb.MultiPolygon{g.ToPolygon()})
	case orb.Polygon:
		v.area(orb.MultiPolygon{g})
	case orb.MultiPolygon:
		v.area(g)
	case orb.Collection:
		v.collection(g, nested)
	}
}

func (v *validator) collection(c orb.Collection, nested bool) {
	if nested {
		v.add(Fault{Rule: RuleNested, Detail: "a collection holds a collection"})
		return
	}
	v.each(len(c), func(i int) { v.geometry(c[i], true) })
}

func (v *validator) area(parts orb.MultiPolygon) {
	v.each(len(parts), func(i int) {
		v.each(len(parts[i]), func(j int) { v.ring(parts[i][j]) })
	})
	v.areas = append(v.areas, parts)
}

// each calls check for the n members of something that must not be empty.
func (v *validator) each(n int, check func(i int)) {
	if n == 0 {
		v.add(Fault{Rule: RuleEmpty, Detail: "the geometry or a part of it is empty"})
	}
	for i := range n {
		check(i)
	}
}

func (v *validator) line(l orb.LineString) {
	if v.positions(l) && len(distinct(l)) < 2 {
		v.add(Fault{Rule: RuleTooShort, At: l[0], Detail: "a line has fewer than two different positions"})
	}
}

func (v *validator) ring(r orb.Ring) {
	switch {
	case !v.positions(r):
	case r[0] != r[len(r)-1]:
		v.add(Fault{Rule: RuleClosed, At: r[len(r)-1], Detail: "a ring does not end where it starts"})
	case len(distinct(r)) < 4:
		v.add(Fault{Rule: RuleTooShort, At: r[0], Detail: "a ring has fewer than three different positions"})
	}
}

// positions checks the coordinates of one part and tells whether they can be looked at further.
func (v *validator) positions(points []orb.Point) bool {
	v.vertices += len(points)
	ok := true
	v.each(len(points), func(i int) {
		if fault, bad := CheckPosition(i, points[i]); bad {
			ok = false
			v.add(fault)
		}
	})
	return ok && len(points) > 0
}

// CheckPosition returns the fault of the position with index i, and whether it has one: a coordinate that is not finite,
// or one that is not on earth.
func CheckPosition(i int, p orb.Point) (fault Fault, bad bool) {
	switch lon, lat := math.Abs(p[0]), math.Abs(p[1]); {
	case math.IsNaN(lon + lat), math.IsInf(lon+lat, 0):
		return Fault{Rule: RuleFinite, Detail: fmt.Sprintf("position %d has a coordinate that is not a finite number", i+1)}, true
	case lon > 180, lat > 90:
		return Fault{Rule: RuleRange, At: p, Detail: "a position is not on earth: longitude first, in degrees"}, true
	}
	return Fault{}, false
}

func (v *validator) add(f Fault) {
	if len(v.faults) < maxFaults {
		v.faults = append(v.faults, f)
	}
}

// distinct returns path without the positions that repeat the one before; path itself where there are none.
func distinct[P ~[]orb.Point](path P) []orb.Point {
	for i := 1; i < len(path); i++ {
		if path[i] == path[i-1] {
			return slices.Compact(slices.Clone(path))
		}
	}
	return path
}
