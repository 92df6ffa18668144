package table

import (
	"bytes"
	"database/sql"
	"fmt"
	"strconv"
	"sync"
	"unicode/utf8"

	"parkmap/internal/layout"
	"parkmap/internal/source"
)

// encoder writes rows as GeoJSON features, one behind the other.
type encoder struct {
	*selection
	*buffer
	count int
}

// buffer is room that is used again by one encoder after another.
type buffer struct {
	data  []byte
	marks []mark
	id    []byte
	wkb   geometryWriter
}

var buffers = sync.Pool{New: func() any { return new(buffer) }}

// maxKept is the most room that a buffer keeps.
const maxKept = 1 << 20

func newEncoder(s *selection) *encoder {
	e := &encoder{selection: s, buffer: buffers.Get().(*buffer)}
	e.data, e.marks = e.data[:0], e.marks[:0]
	e.wkb.toWGS84 = s.table.toWGS84
	return e
}

// release gives the room back.
func (e *encoder) release() {
	if cap(e.data) <= maxKept {
		e.wkb.data = nil
		buffers.Put(e.buffer)
	}
}

// read adds rows until there are limit of them or they fill a page, and tells each of their values; more tells
// whether there are rows beyond.
func (e *encoder) read(rows *sql.Rows, limit int, each func(values []sql.RawBytes)) (more bool, err error) {
	var record sql.RawBytes
	row := splitter{forms: e.forms, values: make([]sql.RawBytes, len(e.columns))}
	for rows.Next() {
		if e.count == limit || e.count > 0 && len(e.data) > maxPage {
			return true, nil
		}
		if err := rows.Scan(&record); err != nil {
			return false, err
		}
		if err := row.split(record); err != nil {
			return false, err
		}
		if err := e.add(row.values); err != nil {
			return false, err
		}
		each(row.values)
	}
	return false, rows.Err()
}

// mark says where the parts of a feature begin in the data.
type mark struct {
	id                          layout.ID
	begin, geometry, properties int
}

// add writes a row of the selection.
func (e *encoder) add(row []sql.RawBytes) error {
	m := mark{begin: len(e.data)}
	e.data = append(e.data, `{"type":"Feature"`...)
	if len(e.key) > 0 {
		e.id = joinID(e.id[:0], row, e.key)
		m.id = layout.ID(e.id)
		e.data = appendString(append(e.data, `,"id":`...), e.id)
	}
	geometry := row[0]
	if string(geometry) == omittedNDR || string(geometry) == omittedXDR {
		geometry = nil
		e.data = append(e.data, `,"geometryOmitted":"it is larger than `...)
		e.data = strconv.AppendInt(e.data, maxGeometry/1_000_000, 10)
		e.data = append(e.data, ` MB; tiles show it"`...)
	}
	e.data = append(e.data, `,"geometry":`...)
	m.geometry = len(e.data)
	var err error
	if e.data, err = e.wkb.append(e.data, geometry); err != nil {
		return fmt.Errorf("geometry of %s %s: %w", e.table.id, m.id, err)
	}
	e.data = append(e.data, `,"properties":`...)
	m.properties = len(e.data)
	e.addProperties(row)
	e.data = append(e.data, '}')
	e.marks = append(e.marks, m)
	e.count++
	return nil
}

func (e *encoder) addProperties(row []sql.RawBytes) {
	e.data = append(e.data, '{')
	for i, n := range e.shown {
		e.data = append(e.data, e.names[i]...)
		e.data = appendValue(e.data, e.table.fields[n].kind.form, row[e.values[i]])
	}
	e.data = append(e.data, '}')
}

// features are the rows written so far, in memory of their own.
func (e *encoder) features() []source.Feature {
	data := bytes.Clone(e.data)
	list := make([]source.Feature, len(e.marks))
	for i, m := range e.marks {
		end := len(data)
		if i+1 < len(e.marks) {
			end = e.marks[i+1].begin
		}
		list[i] = source.NewFeature(m.id, data[m.begin:end:end], m.geometry-m.begin, m.properties-m.begin)
	}
	return list
}

// appendValue writes the text of a value as JSON. What is no number in JSON is null.
func appendValue(dst []byte, f form, text []byte) []byte {
	switch {
	case text == nil:
		return append(dst, "null"...)
	case f == formRaw || f == formBool:
		return append(dst, text...)
	case f == formNumber:
		if c := text[len(text)-1]; c < '0' || c > '9' { // NaN, Infinity
			return append(dst, "null"...)
		}
		return append(dst, text...)
	case f == formMoment:
		return appendMoment(dst, text)
	}
	return appendString(dst, text)
}

// appendMoment writes 2020-01-02 03:04:05+00 as RFC 3339 has it. Moments that are no such text, as infinity, stay.
func appendMoment(dst, text []byte) []byte {
	const least = len("2020-01-02 03:04:05")
	if len(text) < least || text[4] != '-' || text[10] != ' ' || text[len(text)-1] == 'C' {
		return appendString(dst, text)
	}
	dst = append(dst, '"')
	dst = append(dst, text[:10]...)
	dst = append(dst, 'T')
	if n := len(text); string(text[n-3:]) == "+00" {
		return append(append(dst, text[11:n-3]...), 'Z', '"')
	}
	return append(append(dst, text[11:]...), '"')
}

const hexDigits = "0123456789abcdef"

// appendString writes a text as JSON; bytes that are no UTF-8 are replaced.
func appendString(dst, s []byte) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRune(s[i:])
			if r == utf8.RuneError && size == 1 {
				dst = append(append(dst, s[from:i]...), `\ufffd`...)
				from = i + 1
			}
			i += size
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i++
			continue
		}
		dst = append(dst, s[from:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, '\\', 'n')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		from = i
	}
	return append(append(dst, s[from:]...), '"')
}
