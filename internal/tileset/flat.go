package tileset

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/paulmach/orb"
)

// Flags of the type of a geometry in EWKB, as PostGIS writes it.
const (
	hasZ    = 0x8000_0000
	hasM    = 0x4000_0000
	hasSRID = 0x2000_0000
)

// maxNested bounds collections in collections.
const maxNested = 8

var errNoShape = errors.New("no EWKB of points, lines and polygons")

// shape reads little-endian EWKB as a geometry of two dimensions: heights and measures are left out. Of collections the
// members are kept.
func shape(data []byte) (orb.Geometry, error) {
	r := &shapeReader{data: data}
	g := r.geometry(maxNested)
	if r.broken {
		return nil, errNoShape
	}
	return g, nil
}

type shapeReader struct {
	data   []byte
	extra  int // bytes behind x and y
	broken bool
}

func (r *shapeReader) take(n int) []byte {
	if n < 0 || len(r.data) < n {
		r.broken = true
		return make([]byte, 16)
	}
	head := r.data[:n]
	r.data = r.data[n:]
	return head
}

// count reads how many things follow, each of which has at least so many bytes.
func (r *shapeReader) count(least int) int {
	n := int(binary.LittleEndian.Uint32(r.take(4)))
	if r.broken || n > len(r.data)/least {
		r.broken = true
		return 0
	}
	return n
}

func (r *shapeReader) point() orb.Point {
	b := r.take(16 + r.extra)
	float := func(at int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b[at:])) }
	return orb.Point{float(0), float(8)}
}

func (r *shapeReader) points() []orb.Point {
	out := make([]orb.Point, r.count(16))
	for i := range out {
		out[i] = r.point()
	}
	return out
}

func (r *shapeReader) geometry(depth int) orb.Geometry {
	if head := r.take(1); depth == 0 || head[0] != 1 {
		r.broken = true
		return nil
	}
	kind := binary.LittleEndian.Uint32(r.take(4))
	r.extra = 0
	if kind&hasZ != 0 {
		r.extra += 8
	}
	if kind&hasM != 0 {
		r.extra += 8
	}
	if kind&hasSRID != 0 {
		r.take(4)
	}
	switch kind & 0xFF {
	case 1:
		if p := r.point(); !math.IsNaN(p[0]) {
			return p
		}
		return nil // an empty point
	case 2:
		return orb.LineString(r.points())
	case 3:
		p := make(orb.Polygon, r.count(4))
		for i := range p {
			p[i] = r.points()
		}
		return p
	case 4, 5, 6, 7:
		var c orb.Collection
		for range r.count(5) {
			if g := r.geometry(depth - 1); g != nil && !r.broken {
				c = append(c, g)
			}
		}
		return c
	}
	r.broken = true
	return nil
}

// parts lists the points, lines and polygons of a geometry.
func parts(g orb.Geometry) []orb.Geometry {
	c, ok := g.(orb.Collection)
	if !ok {
		return []orb.Geometry{g}
	}
	var out []orb.Geometry
	for _, member := range c {
		out = append(out, parts(member)...)
	}
	return out
}
