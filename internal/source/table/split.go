package table

import (
	"database/sql"
	"encoding/binary"
	"math"
	"strconv"

	"github.com/lib/pq/oid"
)

// splitter finds the values of rows in what record_send made of them.
type splitter struct {
	values  []sql.RawBytes // of the row at hand; nil is NULL
	numbers []byte         // those of them that are texts made here
}

// split reads a row in the form of record_send. Whole numbers of eight bytes and float8 become texts; all other values
// are parts of data.
func (s *splitter) split(data []byte) error {
	in := record{data: data}
	if in.uint32() != uint32(len(s.values)) { //nolint:gosec // some hundreds
		return errRecord
	}
	s.numbers = s.numbers[:0]
	for i := range s.values {
		kind, value := in.column()
		if len(value) == 8 && (kind == oid.T_int8 || kind == oid.T_float8) {
			from := len(s.numbers)
			s.numbers = appendNumber(s.numbers, kind, binary.BigEndian.Uint64(value))
			value = s.numbers[from:len(s.numbers):len(s.numbers)]
		}
		s.values[i] = value
	}
	if in.broken {
		return errRecord
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
