package topology

import (
	"slices"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// Shape is a polygon or multipolygon with its id, in longitude and latitude. Off the grid of geo.Snap it is rounded.
type Shape struct {
	ID       string
	Geometry orb.Geometry
}

// Fabric is the shapes of one sort, such as the areas of a layout: those that share borders keep sharing them. They
// may overlap and leave gaps; other geometries than polygons are passed over. No id occurs twice.
//
// The operations leave the fabric alone and return what it becomes. They work on at most geo.MaxVertices positions
// at once. Their errors are geo.Fault values.
type Fabric []Shape

// Changed is a shape as an operation leaves it.
type Changed struct {
	ID       string
	Geometry orb.Geometry // on the grid, wound by RFC 7946; nil when the shape is gone
	// Before and After are twice the area in squares of the grid, exactly; 0 where there is no shape.
	Before, After int64
}

// Outcome is what an operation does: all shapes that it changes, those that only take a vertex of a border included,
// in the order of the fabric, new ones last. Where a border was moved that not all followed, Gaps is what is left
// uncovered and Overlaps what is covered once more than before.
type Outcome struct {
	Changed  []Changed
	Gaps     orb.MultiPolygon
	Overlaps []Overlap
}

// Overlap is what a shape that was changed covers of another one, and did not before.
type Overlap struct {
	ID, With string
	Area2    int64 // twice the area in squares of the grid
	Shape    orb.MultiPolygon
}

// Apply returns the fabric with the outcome o of one of its operations.
func (f Fabric) Apply(o Outcome) Fabric {
	out := slices.Clone(f)
	for _, c := range o.Changed {
		i := slices.IndexFunc(out, func(s Shape) bool { return s.ID == c.ID })
		switch {
		case i < 0 && c.Geometry != nil:
			out = append(out, Shape{c.ID, c.Geometry})
		case i < 0:
		case c.Geometry == nil:
			out = slices.Delete(out, i, i+1)
		default:
			out[i].Geometry = c.Geometry
		}
	}
	return out
}

// find returns the polygons of a shape.
func (f Fabric) find(id string) (orb.MultiPolygon, error) {
	for _, s := range f {
		if s.ID == id {
			if parts := partsOf(s.Geometry); parts != nil {
				return parts, nil
			}
			return nil, fault(RuleUnknown, orb.Point{}, "%.40q has no outline", id)
		}
	}
	return nil, fault(RuleUnknown, orb.Point{}, "there is no shape %.40q", id)
}

// partsOf returns the polygons of g, nil when it is no polygon.
func partsOf(g orb.Geometry) orb.MultiPolygon {
	switch g := g.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}
	case orb.MultiPolygon:
		return g
	}
	return nil
}

// sound returns the first fault of g. With tangled, its rings may cross, touch and lie in each other as they like.
func sound(g orb.Geometry, tangled bool) error {
	for _, f := range geo.Validate(g) {
		switch f.Rule {
		case geo.RuleSelfIntersection, geo.RuleHoleInside, geo.RuleHolesApart, geo.RulePartsApart,
			geo.RuleRepeatedRing, geo.RuleConnected:
			if tangled {
				continue
			}
		}
		return f
	}
	return nil
}
