package mvt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// ErrWKB is wrapped by the errors of AddWKB.
var ErrWKB = errors.New("no geometry in WKB")

// AddWKB is Add for a geometry in WKB or EWKB of either byte order, of which Z, M and the SRID are skipped. Its
// positions are in the system of SetCRS, or are taken to WGS 84 by toWGS84 where that is not nil. The bytes are read
// as they are drawn; no geometry is built. What is no WKB, is cut short or has curves is an ErrWKB, and nothing is
// added. Neither wkb nor attrs is kept.
func (b *Builder) AddWKB(id uint64, wkb []byte, toWGS84 func(orb.Point) orb.Point, attrs []Attr) error {
	b.clip.frame = b.rows
	if toWGS84 != nil {
		plane := b.wgs84.plane
		b.clip.frame = frame{
			plane: func(p orb.Point) orb.Point { return plane(toWGS84(p)) },
			scale: b.wgs84.scale, corner: b.wgs84.corner, inner: nothing(),
		}
	}
	if len(wkb) == 0 {
		return nil
	}
	r := reader{b: b, data: wkb}
	if err := r.check(); err != nil {
		return err
	}
	b.addParts(id, attrs, func(kind geometryType) {
		if r.kinds&(1<<kind) != 0 {
			r.kind, r.pos = kind, 0
			_ = r.geometry(0) // as check found
		}
	})
	return nil
}

// Types of geometry in WKB (OGC 06-103r4, table 7).
const (
	wkbPoint = 1 + iota
	wkbLineString
	wkbPolygon
	wkbMultiPoint
	wkbMultiLineString
	wkbMultiPolygon
	wkbCollection

	wkbPolyhedralSurface = 15
	wkbTIN               = 16
	wkbTriangle          = 17
)

// Flags of EWKB.
const (
	ewkbZ    = 0x80000000
	ewkbM    = 0x40000000
	ewkbSRID = 0x20000000
)

// reader walks through WKB. With a kind it hands what is of that type to the builder; without, it checks the
// structure and notes which kinds there are.
type reader struct {
	b     *Builder
	data  []byte
	pos   int
	kind  geometryType
	kinds uint8
	big   bool
	dim   int // numbers of a position
}

func (r *reader) check() error { return r.geometry(0) }

func (r *reader) fail(format string, args ...any) error {
	return fmt.Errorf("%w: %s at byte %d", ErrWKB, fmt.Sprintf(format, args...), r.pos)
}

func (r *reader) uint32() uint32 {
	v := r.data[r.pos : r.pos+4]
	r.pos += 4
	if r.big {
		return binary.BigEndian.Uint32(v)
	}
	return binary.LittleEndian.Uint32(v)
}

// header reads the byte order and the type.
func (r *reader) header() (kind uint32, err error) {
	if len(r.data)-r.pos < 5 {
		return 0, r.fail("it ends")
	}
	if r.data[r.pos] > 1 {
		return 0, r.fail("byte order %d", r.data[r.pos])
	}
	r.big = r.data[r.pos] == 0
	r.pos++
	t := r.uint32()
	r.dim = 2
	if t&ewkbZ != 0 {
		r.dim++
	}
	if t&ewkbM != 0 {
		r.dim++
	}
	if t&ewkbSRID != 0 {
		if len(r.data)-r.pos < 4 {
			return 0, r.fail("it ends")
		}
		r.pos += 4
	}
	t &^= ewkbZ | ewkbM | ewkbSRID
	switch t / 1000 { // ISO: Z, M, ZM
	case 1, 2:
		r.dim = 3
	case 3:
		r.dim = 4
	}
	return t % 1000, nil
}

// count reads a count of things of at least size bytes each, which must be there.
func (r *reader) count(size int) (int, error) {
	if len(r.data)-r.pos < 4 {
		return 0, r.fail("it ends")
	}
	n := int(r.uint32())
	if n > (len(r.data)-r.pos)/size {
		return 0, r.fail("%d parts are more than there are bytes", n)
	}
	return n, nil
}

func (r *reader) geometry(depth int) error {
	if depth > maxDepth {
		return r.fail("more than %d collections in each other", maxDepth)
	}
	kind, err := r.header()
	if err != nil {
		return err
	}
	switch kind {
	case wkbPoint:
		return r.point()
	case wkbLineString:
		return r.line()
	case wkbPolygon, wkbTriangle:
		return r.polygon()
	case wkbMultiPoint, wkbMultiLineString, wkbMultiPolygon, wkbCollection, wkbPolyhedralSurface, wkbTIN:
		n, err := r.count(5)
		for ; err == nil && n > 0; n-- {
			err = r.geometry(depth + 1)
		}
		return err
	}
	return r.fail("geometry type %d", kind)
}

func (r *reader) point() error {
	if len(r.data)-r.pos < 8*r.dim {
		return r.fail("it ends")
	}
	c := r.take(1)
	if r.kind == points {
		r.b.addPoint(c.at(0))
	}
	r.kinds |= 1 << points
	return nil
}

func (r *reader) line() error {
	n, err := r.count(8 * r.dim)
	if err != nil {
		return err
	}
	c := r.take(n)
	if r.kind == lines {
		r.b.report.VerticesIn += n
		r.b.clip.begin()
		for i := range n {
			r.b.clip.line(c.at(i))
		}
		r.b.endLine()
	}
	r.kinds |= 1 << lines
	return nil
}

func (r *reader) polygon() error {
	rings, err := r.count(4)
	if err != nil {
		return err
	}
	drawn := r.kind == polygons
	for i := range rings {
		n, err := r.count(8 * r.dim)
		if err != nil {
			return err
		}
		c := r.take(n)
		if drawn {
			r.b.report.VerticesIn += n
			drawn = r.b.addCoords(c, i == 0) || i > 0
		}
	}
	r.kinds |= 1 << polygons
	return nil
}

// addCoords adds a ring to the shape. It tells whether something is left of it.
func (b *Builder) addCoords(c coords, outer bool) bool {
	if c.n == 0 {
		return false
	}
	first := c.at(0)
	box := c.bound()
	if outer && b.clip.frame.tiny(first, box.Min) && b.clip.frame.tiny(first, box.Max) {
		b.addSpeck(first)
		return false
	}
	b.clip.begin()
	if b.clip.frame.inside(box) {
		b.addInside(c)
		return b.endRing(outer)
	}
	for i := range c.n {
		b.clip.ring(c.at(i))
	}
	if c.at(c.n-1) != first {
		b.clip.ring(first)
	}
	return b.endRing(outer)
}

// addInside adds the positions of a ring that does not leave the window.
func (b *Builder) addInside(c coords) {
	f := &b.clip.frame
	var last spot
	for from := 0; from < c.n; from += len(b.chunk) {
		chunk := b.chunk[:min(len(b.chunk), c.n-from)]
		for i := range chunk {
			chunk[i] = c.at(from + i)
		}
		f.planes(chunk)
		for _, q := range chunk {
			last = f.place(q)
			b.shape.vertex(last.round())
		}
	}
	b.clip.started, b.clip.last = true, last
}

// coords are n positions in WKB.
type coords struct {
	data   []byte
	n      int
	stride int
	big    bool
}

// take reads n positions, which are there.
func (r *reader) take(n int) coords {
	c := coords{r.data[r.pos:], n, 8 * r.dim, r.big}
	r.pos += n * c.stride
	return c
}

// bound returns the box of the positions, of which there is one or more. Where one of them is no number nor is the box.
func (c *coords) bound() orb.Bound {
	first := c.at(0)
	west, south, east, north := first[0], first[1], first[0], first[1]
	for i := 1; i < c.n; i++ {
		p := c.at(i)
		west, east = min(west, p[0]), max(east, p[0])
		south, north = min(south, p[1]), max(north, p[1])
	}
	return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}
}

func (c *coords) at(i int) orb.Point {
	d := c.data[i*c.stride : i*c.stride+16]
	if c.big {
		return orb.Point{
			math.Float64frombits(binary.BigEndian.Uint64(d)),
			math.Float64frombits(binary.BigEndian.Uint64(d[8:])),
		}
	}
	return orb.Point{
		math.Float64frombits(binary.LittleEndian.Uint64(d)),
		math.Float64frombits(binary.LittleEndian.Uint64(d[8:])),
	}
}
