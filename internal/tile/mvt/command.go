package mvt

// geometryType is GeomType of the specification.
type geometryType byte

const (
	points   geometryType = 1
	lines    geometryType = 2
	polygons geometryType = 3
)

// Commands of section 4.3.
const (
	moveTo    = 1
	lineTo    = 2
	closePath = 7
)

// point is a position in a tile: x east, y south, in units of which a tile has Extent.
type point struct{ x, y int32 }

// writer appends drawing commands. The cursor runs through a whole feature.
type writer struct {
	buf    []byte
	cursor point
}

func (w *writer) reset() { w.buf, w.cursor = w.buf[:0], point{} }

func (w *writer) command(id uint32, count int) {
	w.buf = appendUvarint(w.buf, id|uint32(count)<<3)
}

func (w *writer) to(p point) {
	dx, dy := p.x-w.cursor.x, p.y-w.cursor.y
	w.buf = appendUvarint(w.buf, uint32(dx<<1^dx>>31))
	w.buf = appendUvarint(w.buf, uint32(dy<<1^dy>>31))
	w.cursor = p
}

// points writes one MoveTo to all of them.
func (w *writer) points(pts []point) {
	w.command(moveTo, len(pts))
	for _, p := range pts {
		w.to(p)
	}
}

// line writes a path of two points or more.
func (w *writer) line(pts []point) {
	w.command(moveTo, 1)
	w.to(pts[0])
	w.command(lineTo, len(pts)-1)
	for _, p := range pts[1:] {
		w.to(p)
	}
}

// ring writes a ring whose last point is not its first again, backwards on request.
func (w *writer) ring(pts []point, backwards bool) {
	w.command(moveTo, 1)
	w.to(pts[0])
	w.command(lineTo, len(pts)-1)
	if backwards {
		for i := len(pts) - 1; i > 0; i-- {
			w.to(pts[i])
		}
	} else {
		for _, p := range pts[1:] {
			w.to(p)
		}
	}
	w.command(closePath, 1)
}

func appendUvarint(b []byte, v uint32) []byte {
	for v >= 0x80 {
		b = append(b, byte(v)|0x80)
		v >>= 7
	}
	return append(b, byte(v))
}
