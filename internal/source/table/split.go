package table

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"math"
	"strconv"

	"github.com/lib/pq/oid"
)

var errRow = errors.New("a row cannot be read")

// splitter finds the values of rows in what record_send made of them.
type splitter struct {
	values  []sql.RawBytes // of the row at hand; nil is NULL
	numbers []byte         // those of them that are texts made here
}

// split reads a row: the number of values, then of each the type, the length, -1 for NULL, and the bytes. Whole
// numbers of eight bytes and float8 become texts; all other values are parts of data.
func (s *splitter) split(data []byte) error {
	const number, head = 4, 8
	if len(data) < number || binary.BigEndian.Uint32(data) != uint32(len(s.values)) {
		return errRow
	}
	data, s.numbers = data[number:], s.numbers[:0]
	for i := range s.values {
		if len(data) < head {
			return errRow
		}
		kind, size := oid.Oid(binary.BigEndian.Uint32(data)), int32(binary.BigEndian.Uint32(data[4:]))
		data = data[head:]
		if size < 0 {
			s.values[i] = nil
			continue
		}
		if int(size) > len(data) {
			return errRow
		}
		value := data[:size:size]
		data = data[size:]
		if size == 8 && (kind == oid.T_int8 || kind == oid.T_float8) {
			from := len(s.numbers)
			s.numbers = appendNumber(s.numbers, kind, binary.BigEndian.Uint64(value))
			value = s.numbers[from:len(s.numbers):len(s.numbers)]
		}
		s.values[i] = value
	}
	return nil
}

// appendNumber writes a number as PostgreSQL reads it, and as JSON where it has it.
func appendNumber(dst []byte, kind oid.Oid, bits uint64) []byte {
	if kind == oid.T_int8 {
		return strconv.AppendInt(dst, int64(bits), 10)
	}
	v := math.Float64frombits(bits)
	switch {
	case math.IsInf(v, 1):
		return append(dst, "Infinity"...)
	case math.IsInf(v, -1):
		return append(dst, "-Infinity"...)
	case v != 0 && (math.Abs(v) < 1e-6 || math.Abs(v) >= 1e21):
		return strconv.AppendFloat(dst, v, 'e', -1, 64)
	}
	return strconv.AppendFloat(dst, v, 'f', -1, 64)
}
