package table

import (
	"encoding/binary"
	"errors"
	"math"
	"math/bits"
	"slices"
	"strconv"

	"github.com/paulmach/orb"
)

// Types of geometry in EWKB, and the bits beside them.
const (
	wkbPoint = iota + 1
	wkbLineString
	wkbPolygon
	wkbMultiPoint
	wkbMultiLineString
	wkbMultiPolygon
	wkbCollection
	wkbPolyhedral = 15
	wkbTin        = 16
	wkbTriangle   = 17

	wkbHasZ    = 0x80000000
	wkbHasM    = 0x40000000
	wkbHasSRID = 0x20000000
)

// maxNesting bounds collections of collections.
const maxNesting = 16

var errWKB = errors.New("its EWKB cannot be read")

// geometryWriter writes EWKB of either order of bytes as GeoJSON (RFC 7946): positions to 1e-8 degree, rings wound by the
// right-hand rule, heights kept and measures left out. What is empty is null, or is left out of a collection.
type geometryWriter struct {
	toWGS84 func(orb.Point) orb.Point // nil: positions are lon/lat already
	data    []byte
	at      int
	fault   bool
	big     bool      // the bytes of numbers come in big-endian order
	ring    []float64 // x, y, z of the ring at hand
}

// append writes the geometry of data, null for nil.
func (w *geometryWriter) append(dst, data []byte) ([]byte, error) {
	w.data, w.at, w.fault = data, 0, false
	if len(data) == 0 {
		return append(dst, "null"...), nil
	}
	begin := len(dst)
	dst, empty := w.geometry(dst, 0)
	if w.fault || w.at != len(data) {
		return dst, errWKB
	}
	if empty {
		return append(dst[:begin], "null"...), nil
	}
	return dst, nil
}

// header reads the order of bytes, type, and dimensions; the reference system is passed over.
func (w *geometryWriter) header() (kind int, dims dimensions) {
	if len(w.data)-w.at < 5 || w.data[w.at] > 1 {
		w.fault = true
		return 0, dims
	}
	w.big = w.data[w.at] == 0
	w.at++
	t := w.uint()
	if t&wkbHasSRID != 0 {
		w.uint()
	}
	dims = dimensions{size: 16, z: t&wkbHasZ != 0}
	if dims.z {
		dims.size += 8
	}
	if t&wkbHasM != 0 {
		dims.size += 8
	}
	return int(t & 0xff), dims
}

// dimensions is what a position consists of.
type dimensions struct {
	size int // bytes
	z    bool
}

func (w *geometryWriter) uint() uint32 {
	if len(w.data)-w.at < 4 {
		w.fault = true
		return 0
	}
	v := binary.LittleEndian.Uint32(w.data[w.at:])
	w.at += 4
	if w.big {
		v = bits.ReverseBytes32(v)
	}
	return v
}

// count reads how many parts of at least size bytes follow.
func (w *geometryWriter) count(size int) int {
	n := int(w.uint())
	if n > (len(w.data)-w.at)/size {
		w.fault = true
		return 0
	}
	return n
}

func (w *geometryWriter) geometry(dst []byte, depth int) (out []byte, empty bool) {
	kind, dims := w.header()
	if w.fault || depth > maxNesting {
		w.fault = true
		return dst, true
	}
	switch kind {
	case wkbPoint:
		dst, empty = w.point(append(dst, `{"type":"Point","coordinates":`...), dims)
	case wkbLineString:
		dst, empty = w.line(append(dst, `{"type":"LineString","coordinates":`...), dims)
	case wkbPolygon, wkbTriangle:
		dst, empty = w.polygon(append(dst, `{"type":"Polygon","coordinates":`...), dims)
	case wkbMultiPoint:
		dst, empty = w.parts(append(dst, `{"type":"MultiPoint","coordinates":`...), w.point)
	case wkbMultiLineString:
		dst, empty = w.parts(append(dst, `{"type":"MultiLineString","coordinates":`...), w.line)
	case wkbMultiPolygon, wkbPolyhedral, wkbTin:
		dst, empty = w.parts(append(dst, `{"type":"MultiPolygon","coordinates":`...), w.polygon)
	case wkbCollection:
		dst, empty = w.members(append(dst, `{"type":"GeometryCollection","geometries":`...), depth)
	default:
		w.fault = true
	}
	return append(dst, '}'), empty
}

// list writes n members, those left out that are empty.
func (w *geometryWriter) list(dst []byte, n int, member func([]byte) ([]byte, bool)) (out []byte, empty bool) {
	dst = append(dst, '[')
	empty = true
	for range n {
		begin := len(dst)
		if !empty {
			dst = append(dst, ',')
		}
		written, none := member(dst)
		if w.fault {
			return written, true
		}
		if none {
			dst = written[:begin]
			continue
		}
		dst, empty = written, false
	}
	return append(dst, ']'), empty
}

func (w *geometryWriter) parts(dst []byte, part func([]byte, dimensions) ([]byte, bool)) (out []byte, empty bool) {
	return w.list(dst, w.count(9), func(dst []byte) ([]byte, bool) {
		_, dims := w.header()
		if w.fault {
			return dst, true
		}
		return part(dst, dims)
	})
}

func (w *geometryWriter) members(dst []byte, depth int) (out []byte, empty bool) {
	return w.list(dst, w.count(9), func(dst []byte) ([]byte, bool) { return w.geometry(dst, depth+1) })
}

func (w *geometryWriter) point(dst []byte, dims dimensions) (out []byte, empty bool) {
	w.read(1, dims)
	if w.fault || math.IsNaN(w.ring[0]) {
		return dst, true
	}
	return appendPosition(dst, w.ring, dims.z), false
}

func (w *geometryWriter) line(dst []byte, dims dimensions) (out []byte, empty bool) {
	n := w.count(dims.size)
	w.read(n, dims)
	return w.positions(dst, n, dims, false), n == 0
}

func (w *geometryWriter) polygon(dst []byte, dims dimensions) (out []byte, empty bool) {
	outer := true
	return w.list(dst, w.count(4), func(dst []byte) ([]byte, bool) {
		n := w.count(dims.size)
		w.read(n, dims)
		area := w.area(n)
		reverse := area < 0 && outer || area > 0 && !outer
		outer = false
		return w.positions(dst, n, dims, reverse), n == 0
	})
}

// read puts n positions into ring, converted.
func (w *geometryWriter) read(n int, dims dimensions) {
	w.ring = w.ring[:0]
	if w.fault || len(w.data)-w.at < n*dims.size {
		w.fault = true
		return
	}
	for range n {
		b := w.data[w.at : w.at+dims.size]
		w.at += dims.size
		p := orb.Point{w.number(b), w.number(b[8:])}
		if w.toWGS84 != nil {
			p = w.toWGS84(p)
		}
		z := 0.0
		if dims.z {
			z = w.number(b[16:])
		}
		w.ring = append(w.ring, p[0], p[1], z)
	}
}

func (w *geometryWriter) number(b []byte) float64 {
	v := binary.LittleEndian.Uint64(b)
	if w.big {
		v = bits.ReverseBytes64(v)
	}
	return math.Float64frombits(v)
}

// area is twice the area of the n positions of ring, positive when they turn counter-clockwise.
func (w *geometryWriter) area(n int) (twice float64) {
	if w.fault || n < 4 {
		return 0
	}
	x, y := w.ring[0], w.ring[1]
	for i := 3; i+3 < len(w.ring); i += 3 {
		twice += (w.ring[i]-x)*(w.ring[i+4]-y) - (w.ring[i+3]-x)*(w.ring[i+1]-y)
	}
	return twice
}

func (w *geometryWriter) positions(dst []byte, n int, dims dimensions, reverse bool) []byte {
	if w.fault {
		return dst
	}
	dst = append(dst, '[')
	for i := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		at := i * 3
		if reverse {
			at = (n - 1 - i) * 3
		}
		dst = appendPosition(dst, w.ring[at:], dims.z)
	}
	return append(dst, ']')
}

func appendPosition(dst []byte, p []float64, z bool) []byte {
	dst = append(dst, '[')
	dst = appendDegrees(dst, p[0])
	dst = append(dst, ',')
	dst = appendDegrees(dst, p[1])
	if z && !math.IsNaN(p[2]) && !math.IsInf(p[2], 0) {
		dst = append(dst, ',')
		dst = strconv.AppendFloat(dst, math.Round(p[2]*1000)/1000, 'f', -1, 64)
	}
	return append(dst, ']')
}

// appendDegrees writes v to eight decimals, without zeros at the end. What is no number is 0: it has no place in
// JSON, and none on the map.
func appendDegrees(dst []byte, v float64) []byte {
	const grid = 1e8
	if !(math.Abs(v) < 1e9) {
		return append(dst, '0')
	}
	n := int64(math.Round(v * grid))
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	whole := uint32(n / grid)
	if whole >= 100 {
		dst = strconv.AppendUint(dst, uint64(whole/100), 10)
		dst = append(dst, pairs[whole%100*2], pairs[whole%100*2+1])
	} else {
		dst = strconv.AppendUint(dst, uint64(whole), 10)
	}
	rest := uint32(n % grid)
	if rest == 0 {
		return dst
	}
	end := len(dst) + 9
	dst = slices.Grow(dst, 9)[:end]
	digits := dst[end-9:]
	digits[0] = '.'
	a, b := rest/10000, rest%10000
	putPair(digits[1:], a/100)
	putPair(digits[3:], a%100)
	putPair(digits[5:], b/100)
	putPair(digits[7:], b%100)
	for dst[end-1] == '0' {
		end--
	}
	return dst[:end]
}

// pairs are the numbers from 00 to 99.
const pairs = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849" +
	"5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"

// putPair writes the two digits of a number below 100.
func putPair(dst []byte, n uint32) { dst[0], dst[1] = pairs[2*n], pairs[2*n+1] }
