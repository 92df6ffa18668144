package mvttest

import (
	"errors"
	"fmt"

	"github.com/paulmach/orb"
	"google.golang.org/protobuf/encoding/protowire"

	"parkmap/internal/geo"
)

// cursor reads the commands of section 4.3.
type cursor struct {
	data []byte
	at   orb.Point
}

func (c *cursor) next() (uint32, error) {
	v, n := protowire.ConsumeVarint(c.data)
	if n < 0 {
		return 0, protowire.ParseError(n)
	}
	if v > 1<<32-1 {
		return 0, fmt.Errorf("%d has more than 32 bits", v)
	}
	c.data = c.data[n:]
	return uint32(v), nil
}

// command reads a command integer, which must be of the id wanted.
func (c *cursor) command(id uint32) (count int, err error) {
	v, err := c.next()
	if err != nil {
		return 0, err
	}
	if v&7 != id || v>>3 == 0 {
		return 0, fmt.Errorf("command %d × %d where %d is wanted (4.3)", v&7, v>>3, id)
	}
	return int(v >> 3), nil
}

// points reads count pairs of parameters.
func (c *cursor) points(count int) ([]orb.Point, error) {
	if count > len(c.data)/2 {
		return nil, fmt.Errorf("%d points in %d bytes", count, len(c.data))
	}
	var pts []orb.Point
	for range count {
		for axis := range 2 {
			v, err := c.next()
			if err != nil {
				return nil, err
			}
			c.at[axis] += float64(int32(v>>1) ^ -int32(v&1))
			if c.at[axis] < -64 || c.at[axis] > 4160 {
				return nil, fmt.Errorf("%v is outside of the margin", c.at)
			}
		}
		pts = append(pts, c.at)
	}
	return pts, nil
}

func decodeGeometry(typ uint64, data []byte) (orb.Geometry, error) {
	c := cursor{data: data}
	if len(data) == 0 {
		return nil, errors.New("no geometry (4.2)")
	}
	switch typ {
	case 1:
		n, err := c.command(1)
		if err != nil {
			return nil, err
		}
		pts, err := c.points(n)
		if err == nil && len(c.data) > 0 {
			err = errors.New("something after the points (4.3.4.2)")
		}
		return orb.MultiPoint(pts), err
	case 2:
		return c.lines()
	case 3:
		return c.polygons()
	}
	return nil, fmt.Errorf("type %d (4.3.4)", typ)
}

// path reads MoveTo and LineTo, with at least least points after the first.
func (c *cursor) path(least int) ([]orb.Point, error) {
	n, err := c.command(1)
	if err != nil {
		return nil, err
	}
	if n != 1 {
		return nil, fmt.Errorf("MoveTo × %d (4.3.4.3)", n)
	}
	start, err := c.points(1)
	if err != nil {
		return nil, err
	}
	if n, err = c.command(2); err != nil {
		return nil, err
	}
	if n < least {
		return nil, fmt.Errorf("LineTo × %d (4.3.4)", n)
	}
	rest, err := c.points(n)
	path := append(start, rest...)
	for i := 1; i < len(path); i++ {
		if path[i] == path[i-1] {
			return nil, fmt.Errorf("LineTo of length zero at %v (4.3.3.2)", path[i])
		}
	}
	return path, err
}

func (c *cursor) lines() (orb.Geometry, error) {
	var all orb.MultiLineString
	for len(c.data) > 0 {
		path, err := c.path(1)
		if err != nil {
			return nil, err
		}
		all = append(all, path)
	}
	return all, nil
}

func (c *cursor) polygons() (orb.Geometry, error) {
	var all orb.MultiPolygon
	for len(c.data) > 0 {
		path, err := c.path(2)
		if err != nil {
			return nil, err
		}
		if n, err := c.command(7); err != nil || n != 1 {
			return nil, fmt.Errorf("ClosePath × %d, %w (4.3.3.3)", n, err)
		}
		if path[0] == path[len(path)-1] {
			return nil, errors.New("the last point is the first again (4.3.3.3)")
		}
		ring := append(orb.Ring(path), path[0])
		switch area := Area2(ring); {
		case area == 0:
			return nil, fmt.Errorf("ring without area at %v (4.3.4.4)", path[0])
		case area > 0:
			all = append(all, orb.Polygon{ring})
		case len(all) == 0:
			return nil, errors.New("the first ring is a hole (4.3.4.4)")
		default:
			all[len(all)-1] = append(all[len(all)-1], ring)
		}
	}
	return all, nil
}

// Area2 returns twice the area of a closed ring by the surveyor's formula in tile units: positive for an outer ring.
func Area2(r orb.Ring) float64 {
	sum := 0.
	for i := 1; i < len(r); i++ {
		sum += r[i-1][0]*r[i][1] - r[i][0]*r[i-1][1]
	}
	return sum
}

// Area returns the area of a decoded geometry in square units.
func Area(g orb.Geometry) float64 {
	sum := 0.
	if parts, ok := g.(orb.MultiPolygon); ok {
		for _, p := range parts {
			for _, r := range p {
				sum += Area2(r) / 2
			}
		}
	}
	return sum
}

// Valid tells what is wrong with decoded polygons as simple features: rings that cross or touch themselves, holes
// outside, parts that overlap.
func Valid(g orb.Geometry) error {
	parts, ok := g.(orb.MultiPolygon)
	if !ok {
		return nil
	}
	// Sixty-four units to a degree fit on the earth, and no digit is lost.
	faults := geo.Validate(geo.Project(parts, func(p orb.Point) orb.Point { return orb.Point{p[0] / 64, p[1] / 64} }))
	if len(faults) > 0 {
		at := faults[0].At
		return fmt.Errorf("%s at %v, %v: %s", faults[0].Rule, at[0]*64, at[1]*64, faults[0].Detail)
	}
	return nil
}
