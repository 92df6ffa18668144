package table

import (
	"database/sql"
	"encoding/binary"
	"math"
	"strconv"
)

// splitter finds the values of rows in their records, as texts.
type splitter struct {
	forms  []sent         // of the values
	values []sql.RawBytes // of the row at hand; nil is NULL
	texts  []byte         // of those that did not come as text
}

// split reads a record. The values are parts of it, or of texts.
func (s *splitter) split(data []byte) error {
	in := record{data: data}
	if in.uint32() != uint32(len(s.forms)) { //nolint:gosec // some hundreds
		return errRecord
	}
	s.texts = s.texts[:0]
	for i, form := range s.forms {
		value := in.column()
		if value != nil && form != sentText {
			from := len(s.texts)
			var err error
			if s.texts, err = form.appendText(s.texts, value); err != nil {
				return err
			}
			value = s.texts[from:len(s.texts):len(s.texts)]
		}
		s.values[i] = value
	}
	if in.broken || len(in.data) > 0 {
		return errRecord
	}
	return nil
}

// appendText writes a value as PostgreSQL reads it, and as JSON where it has it.
func (s sent) appendText(dst, value []byte) ([]byte, error) {
	switch {
	case s == sentBool && len(value) == 1:
		return strconv.AppendBool(dst, value[0] != 0), nil
	case s == sentInt && len(value) == 8:
		return strconv.AppendInt(dst, int64(binary.BigEndian.Uint64(value)), 10), nil //nolint:gosec // two's complement
	case s == sentNumber && len(value) == 8:
		return appendNumber(dst, math.Float64frombits(binary.BigEndian.Uint64(value))), nil
	}
	return dst, errRecord
}

func appendNumber(dst []byte, v float64) []byte {
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
