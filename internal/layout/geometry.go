package layout

import (
	"strconv"

	"github.com/paulmach/orb"
)

// geometry reads a GeoJSON geometry at path, as it comes; nil when it cannot be read. Rings need not be
// closed or valid: geo.Validate says so with the place.
func (f *faults) geometry(n node, path string) orb.Geometry {
	if n.kind != nodeObject {
		f.add(RuleType, path, "%s stands where a geometry is needed", article(n.kind))
		return nil
	}
	f.members(n, path, "type", "coordinates", "bbox")
	kind, _ := n.get("type")
	coordinates, ok := n.get("coordinates")
	if !ok {
		f.add(RuleMember, pointer(path, "coordinates"), "there are no coordinates")
		return nil
	}
	var c coordinateReader
	g := c.read(kind.text, coordinates)
	switch {
	case c.fault != nil:
		c.fault.Path = pointer(path, "coordinates") + c.fault.Path
		f.addViolation(*c.fault)
		return nil
	case g == nil:
		f.add(RuleGeometryType, pointer(path, "type"), "%.40q is not a type of geometry that can be stored", kind.text)
	}
	return g
}

// coordinateReader turns nested arrays into geometries. It stops at the first fault, as the next
// hundred would say the same.
type coordinateReader struct {
	indices []int // where it is
	fault   *Violation
}

func (c *coordinateReader) read(kind string, n node) orb.Geometry {
	switch kind {
	case "Point":
		return c.position(n)
	case "MultiPoint":
		return orb.MultiPoint(list(c, n, c.position))
	case "LineString":
		return c.line(n)
	case "MultiLineString":
		return orb.MultiLineString(list(c, n, c.line))
	case "Polygon":
		return c.polygon(n)
	case "MultiPolygon":
		return orb.MultiPolygon(list(c, n, c.polygon))
	}
	return nil
}

func (c *coordinateReader) line(n node) orb.LineString { return list(c, n, c.position) }
func (c *coordinateReader) ring(n node) orb.Ring       { return list(c, n, c.position) }
func (c *coordinateReader) polygon(n node) orb.Polygon { return list(c, n, c.ring) }

func (c *coordinateReader) position(n node) orb.Point {
	if n.kind != nodeArray || len(n.items) < 2 {
		c.fail(RuleType, nil, "a position is an array of longitude and latitude")
		return orb.Point{}
	}
	p := orb.Point{c.degrees(n.items[0]), c.degrees(n.items[1])}
	if len(n.items) > 2 {
		c.fail(RuleGeometryFlat, &p, "a position has more than longitude and latitude; leave heights out")
	}
	return p
}

func (c *coordinateReader) degrees(n node) float64 {
	v, err := strconv.ParseFloat(n.text, 64)
	if n.kind != nodeNumber || err != nil {
		c.fail(RuleType, nil, "a coordinate is not a number")
	}
	return v
}

func (c *coordinateReader) fail(rule string, at *orb.Point, detail string) {
	if c.fault != nil {
		return
	}
	path := ""
	for _, i := range c.indices {
		path = pointer(path, strconv.Itoa(i))
	}
	c.fault = &Violation{Rule: rule, Path: path, At: at, Detail: detail}
}

// list reads each entry of an array by read.
func list[T any](c *coordinateReader, n node, read func(node) T) []T {
	if n.kind != nodeArray {
		c.fail(RuleType, nil, article(n.kind)+" stands where an array is needed")
		return nil
	}
	out := make([]T, 0, len(n.items))
	depth := len(c.indices)
	for i, item := range n.items {
		if c.fault != nil {
			break
		}
		c.indices = append(c.indices[:depth], i)
		out = append(out, read(item))
	}
	c.indices = c.indices[:depth]
	return out
}
