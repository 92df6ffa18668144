package topology

import (
	"math"
	"slices"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// scene is the part of a fabric around an operation, in grid steps. An owner is the number of a shape, or of a chain
// that helps.
type scene struct {
	noder
	frame
	shapes   []Shape // of the fabric, by owner
	vertices int
	owners   int
	mended   map[int]bool // owners whose shapes were not valid
	// low and high are the corners of the box that matters where only faces within it are asked for.
	low, high point
}

// newScene holds the shapes of f that come near the edges in and around focus. Those with the ids are worked on; the
// others follow where they have to. There is room for what lies within also.
func newScene(f Fabric, focus, also orb.Bound, ids ...string) (*scene, error) {
	reach := focus
	for _, s := range f {
		if meets(s.Geometry, focus) {
			for _, p := range partsOf(s.Geometry) {
				for _, r := range p {
					reach = reach.Union(reachOf(r, focus))
				}
			}
		}
	}
	sc := &scene{noder: newNoder(), mended: map[int]bool{}}
	whole := reach.Union(also)
	for _, s := range f {
		if slices.Contains(ids, s.ID) || meets(s.Geometry, reach) {
			sc.shapes = append(sc.shapes, s)
			whole = whole.Union(s.Geometry.Bound())
		}
	}
	if err := sc.settle(whole); err != nil {
		return nil, err
	}
	for i, s := range sc.shapes {
		sc.owners++
		if err := sc.addChain(i, partsOf(s.Geometry), slices.Contains(ids, s.ID)); err != nil {
			return nil, err
		}
	}
	return sc, nil
}

// meets tells whether the bound of a polygon comes within two steps of b.
func meets(g orb.Geometry, b orb.Bound) bool {
	return partsOf(g) != nil && g.Bound().Intersects(b.Pad(2/gridPerDegree))
}

// reachOf returns the bound of the edges of r whose boxes meet b, and of b.
func reachOf(r orb.Ring, b orb.Bound) orb.Bound {
	out := b
	for i := 1; i < len(r); i++ {
		if edge := (orb.MultiPoint{r[i-1], r[i]}).Bound(); edge.Intersects(b) {
			out = out.Union(edge)
		}
	}
	return out
}

// settle puts the corner of the scene south-west of all that b holds, with some room.
func (sc *scene) settle(b orb.Bound) error {
	if !(b.Max[0]-b.Min[0] < maxExtent/gridPerDegree-1e-3 && b.Max[1]-b.Min[1] < maxExtent/gridPerDegree-1e-3) {
		return fault(RuleExtent, b.Min, "what is worked on is more than %d degrees wide or high", maxExtent/int(gridPerDegree))
	}
	sc.frame = frame{steps(b.Min[0]) - 1000, steps(b.Min[1]) - 1000}
	return nil
}

// helper returns a new owner for the chains of parts, which are worked on but belong to no shape.
func (sc *scene) helper(parts orb.MultiPolygon) (int, error) {
	owner := sc.owners
	sc.owners++
	return owner, sc.addChain(owner, parts, true)
}

// addChain adds the rings of parts, outer ones to turn counter-clockwise, holes clockwise.
func (sc *scene) addChain(owner int, parts orb.MultiPolygon, active bool) error {
	for _, polygon := range parts {
		for i, r := range polygon {
			points, err := sc.points(r)
			if err != nil {
				return err
			}
			if len(points) == 0 {
				continue
			}
			if area := area2(points); area != 0 && (area > 0) != (i == 0) {
				slices.Reverse(points)
			}
			if sc.low != sc.high {
				points = near(points, sc.low, sc.high)
			}
			sc.addRing(points, owner, active)
		}
	}
	return nil
}

func (sc *scene) addRing(points []point, owner int, active bool) {
	last := points[len(points)-1]
	for _, p := range points {
		s := newSegment(last, p, owner)
		s.active = active
		sc.segs = append(sc.segs, s)
		last = p
	}
}

// points returns positions on the grid.
func (sc *scene) points(path []orb.Point) ([]point, error) {
	if sc.vertices += len(path); sc.vertices > geo.MaxVertices {
		return nil, fault(geo.RuleVertices, orb.Point{}, "more than %d positions are worked on", geo.MaxVertices)
	}
	points := make([]point, len(path))
	for i, p := range path {
		if f, bad := geo.CheckPosition(i, p); bad {
			return nil, f
		}
		points[i] = sc.point(p)
		if q := points[i]; q.x < 0 || q.y < 0 || q.x > maxExtent || q.y > maxExtent {
			return nil, fault(RuleExtent, p, "what is worked on is too wide or too high")
		}
	}
	return points, nil
}

// owner returns the number of a shape that is in the scene.
func (sc *scene) owner(id string) int {
	return slices.IndexFunc(sc.shapes, func(s Shape) bool { return s.ID == id })
}

// node bends the edges of the scene as noder does.
func (sc *scene) node() error { return sc.noder.node(sc.frame) }

// only gives an owner the first colour, and others none.
func only(owner int) func(int) int {
	return func(o int) int {
		if o == owner {
			return 0
		}
		return -1
	}
}

// covered is the inside of the first colour.
func covered(w winding) bool { return w[0] > 0 }

// region returns the faces whose winding is in.
func (sc *scene) region(colour func(int) int, in func(winding) bool) []polygon {
	return trace(halvesOf(sc.segs, colour).boundary(in))
}

// setRegion replaces the chain of an owner by the outlines of polygons, whose edges are edges of the scene.
func (sc *scene) setRegion(owner int, polygons []polygon) {
	sc.clear(owner)
	for _, p := range polygons {
		for _, r := range p {
			sc.addRing(r.points, owner, true)
		}
	}
	sc.segs = merged(sc.segs)
	sc.touched[owner] = true
}

// clear takes the chain of an owner away.
func (sc *scene) clear(owner int) {
	for i := range sc.segs {
		if n := sc.segs[i].of(owner); n != 0 {
			sc.segs[i].uses = added(sc.segs[i].uses, []use{{owner, -n}})
		}
	}
}

// outcome returns the shapes that were touched, those in gone as gone.
func (sc *scene) outcome(gone ...int) (Outcome, error) {
	for _, o := range gone {
		sc.clear(o)
	}
	if err := sc.unbend(); err != nil {
		return Outcome{}, err
	}
	var out Outcome
	for i, s := range sc.shapes {
		if !sc.touched[i] && !slices.Contains(gone, i) || sc.asBefore(i) {
			continue
		}
		c := Changed{ID: s.ID, Before: sc.area2(partsOf(s.Geometry))}
		if !slices.Contains(gone, i) {
			var err error
			if c, err = sc.changed(c, sc.region(only(i), covered), s.Geometry); err != nil {
				return Outcome{}, err
			}
		}
		out.Changed = append(out.Changed, c)
	}
	return out, nil
}

// changed completes c with the polygons of a shape, as a multipolygon where there are several or was has been one.
func (sc *scene) changed(c Changed, polygons []polygon, was orb.Geometry) (Changed, error) {
	if len(polygons) == 0 {
		at := orb.Point{}
		if was != nil {
			at = was.Bound().Center()
		}
		return c, fault(RuleNothingLeft, at, "nothing is left of %s", c.ID)
	}
	multi := sc.multi(polygons)
	c.After = area2Of(polygons)
	if _, ok := was.(orb.MultiPolygon); ok || len(multi) > 1 {
		c.Geometry = multi
	} else {
		c.Geometry = multi[0]
	}
	return c, nil
}

// multi returns polygons as positions on earth.
func (sc *scene) multi(polygons []polygon) orb.MultiPolygon {
	var multi orb.MultiPolygon
	for _, p := range polygons {
		var out orb.Polygon
		for _, r := range p {
			closed := make(orb.Ring, 0, len(r.points)+1)
			for _, at := range r.points {
				closed = append(closed, sc.place(at))
			}
			out = append(out, append(closed, closed[0]))
		}
		multi = append(multi, out)
	}
	return multi
}

func area2Of(polygons []polygon) int64 {
	var sum int64
	for _, p := range polygons {
		for _, r := range p {
			sum += r.area2
		}
	}
	return sum
}

// area2 returns twice the area of parts that lie within the scene.
func (sc *scene) area2(parts orb.MultiPolygon) int64 {
	var sum int64
	for _, polygon := range parts {
		for i, r := range polygon {
			points := make([]point, len(r))
			for k, p := range r {
				points[k] = sc.point(p)
			}
			area := int64(magnitude(area2(points)))
			if i > 0 {
				area = -area
			}
			sum += area
		}
	}
	return sum
}

// Area2 returns twice the area of a valid polygon or multipolygon in squares of the grid, exactly; 0 for anything
// else, and for what is more than 21 degrees wide or high.
func Area2(g orb.Geometry) int64 {
	var sc scene
	b := orb.Bound{}
	if parts := partsOf(g); parts != nil {
		b = g.Bound()
	}
	if math.IsNaN(b.Min[0]) || sc.settle(b) != nil {
		return 0
	}
	return sc.area2(partsOf(g))
}
