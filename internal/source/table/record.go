package table

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strconv"
)

// Value is a value of a field of a row.
type Value struct {
	Kind   ValueKind
	Text   string
	Int    int64
	Number float64
	Bool   bool
}

// ValueKind says which member of a Value counts.
type ValueKind uint8

// The kinds of values.
const (
	NoValue ValueKind = iota
	Text
	Int
	Number
	Bool
)

// maxTileFields is how many values a row of a tile carries at most.
const maxTileFields = 40

// tileFields are the fields whose values tiles carry: scalars, in the order of the columns.
func (t *table) tileFields() []int {
	var list []int
	for i, f := range t.fields {
		if f.kind.ordered && len(list) < maxTileFields {
			list = append(list, i)
		}
	}
	return list
}

// tileShape says what is in the records of the rows of a table behind the geometry: the values of some fields and,
// where it is none of them, the id. Whole numbers, numbers and truth values come as such, all others as text.
type tileShape struct {
	fields  []int
	names   []string
	columns []string // in SQL
	forms   []sent   // of each column
	kinds   []kind   // of each field
	id      int      // the column that is the id; -1: none
}

// sent is how a value comes in a record.
type sent uint8

const (
	sentText sent = iota
	sentInt
	sentNumber
	sentBool
)

func (t *table) tileShape() *tileShape {
	s := &tileShape{fields: t.tileFields(), id: -1}
	for _, i := range s.fields {
		f := t.fields[i]
		s.names = append(s.names, f.Name)
		s.kinds = append(s.kinds, f.kind)
		s.add(f)
	}
	if len(t.key) == 1 && t.fields[t.key[0]].kind.json == "integer" {
		if s.id = slices.Index(s.fields, t.key[0]); s.id < 0 {
			s.id = len(s.columns)
			s.add(t.fields[t.key[0]])
		}
	}
	return s
}

func (s *tileShape) add(f field) {
	column, form := f.sent()
	s.columns = append(s.columns, column)
	s.forms = append(s.forms, form)
}

// sent is the value of a field in SQL as records carry it.
func (f field) sent() (column string, form sent) {
	switch {
	case f.kind.json == "integer":
		return f.quoted + "::int8", sentInt
	case f.Type == "float8":
		return f.quoted + "::float8", sentNumber
	case f.kind.form == formBool:
		return f.quoted + "::bool", sentBool
	}
	return f.read, sentText
}

var errRecord = errors.New("a record of another form than was asked for")

// read makes a row of a record. The EWKB is a part of it.
func (s *tileShape) read(data []byte, r *Row) error {
	in := record{data: data}
	if n := in.uint32(); n != uint32(1+len(s.columns)) { //nolint:gosec // some tens
		return errRecord
	}
	r.EWKB, r.ID = in.column(), 0
	texts := string(in.data) // once for all
	behind := len(in.data)
	for i, form := range s.forms {
		value := in.column()
		var v Value
		switch {
		case value == nil:
		case form == sentText:
			from := behind - len(in.data) - len(value)
			v = valueOf(s.kinds[i], texts[from:from+len(value)])
		case form == sentBool && len(value) == 1:
			v = Value{Kind: Bool, Bool: value[0] != 0}
		case len(value) == 8:
			v = eight(form, binary.BigEndian.Uint64(value))
		default:
			return errRecord
		}
		if i == s.id && v.Int > 0 {
			r.ID = uint64(v.Int)
		}
		if i < len(r.Values) {
			r.Values[i] = v
		}
	}
	if in.broken || len(in.data) > 0 {
		return errRecord
	}
	return nil
}

// eight is a value of eight bytes. What is no number, or infinite, is no value.
func eight(form sent, bits uint64) Value {
	if form == sentInt {
		return Value{Kind: Int, Int: int64(bits)} //nolint:gosec // two's complement
	}
	v := math.Float64frombits(bits)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Value{}
	}
	return Value{Kind: Number, Number: v}
}

// valueOf is a value that came as text.
func valueOf(k kind, text string) Value {
	switch k.form {
	case formNumber:
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return Value{}
		}
		return eight(sentNumber, math.Float64bits(v))
	case formMoment:
		moment := appendMoment(nil, []byte(text))
		return Value{Kind: Text, Text: string(moment[1 : len(moment)-1])}
	}
	return Value{Kind: Text, Text: text}
}

// record is what is left of a row in the form of record_send: the number of columns, and of each one its type, its
// length and its bytes.
type record struct {
	data   []byte
	broken bool // it ended early
}

func (r *record) uint32() uint32 {
	if len(r.data) < 4 {
		r.data, r.broken = nil, true
		return 0
	}
	v := binary.BigEndian.Uint32(r.data)
	r.data = r.data[4:]
	return v
}

// column returns the bytes of the next column, which may be none; nil for NULL.
func (r *record) column() []byte {
	r.uint32() // its type
	n := r.uint32()
	if n == math.MaxUint32 || r.broken {
		return nil
	}
	if uint64(n) > uint64(len(r.data)) {
		r.data, r.broken = nil, true
		return nil
	}
	value := r.data[:n:n]
	r.data = r.data[n:]
	return value
}
