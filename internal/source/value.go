package source

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"parkmap/internal/layout"
)

// valueKind says what a value holds; the order is that of sorting values of different kinds.
type valueKind uint8

const (
	noValue valueKind = iota
	boolValue
	numberValue
	textValue
	listValue
)

// value is one property of one feature, made for comparing. The zero value is absent.
type value struct {
	kind   valueKind
	number float64 // of booleans 0 or 1
	text   string
	list   []string
}

// decodeValue reads a JSON scalar or a list of strings; an entry of a vocabulary counts as its code. Lists of
// other things and other objects cannot be queried and are absent. A text of the format date-time becomes a number, for one moment can be written in many ways.
func decodeValue(raw json.RawMessage, format string) (value, error) {
	switch c := bytes.TrimLeft(raw, " \t\r\n"); {
	case len(c) == 0 || c[0] == 'n':
		return value{}, nil
	case c[0] == '{':
		return codesOf(slices.Concat([]byte{'['}, c, []byte{']'})), nil
	case c[0] == '"':
		v := value{kind: textValue}
		if err := json.Unmarshal(raw, &v.text); err != nil {
			return value{}, err
		}
		if moment, ok := parseMoment(v.text); ok && format == formatMoment {
			return moment, nil
		}
		return v, nil
	case c[0] == 't' || c[0] == 'f':
		return boolOf(c[0] == 't'), nil
	case c[0] == '[':
		v := value{kind: listValue}
		if json.Unmarshal(raw, &v.list) != nil {
			return codesOf(raw), nil
		}
		return v, nil
	}
	v := value{kind: numberValue}
	err := json.Unmarshal(raw, &v.number)
	return v, err
}

// codesOf reads a list of objects as the list of their codes; it is absent when one has none.
func codesOf(raw []byte) value {
	var entries []struct {
		Code string `json:"code"`
	}
	if json.Unmarshal(raw, &entries) != nil {
		return value{}
	}
	v := value{kind: listValue}
	for _, e := range entries {
		if e.Code == "" {
			return value{}
		}
		v.list = append(v.list, e.Code)
	}
	return v
}

func boolOf(b bool) value {
	v := value{kind: boolValue}
	if b {
		v.number = 1
	}
	return v
}

// formatMoment is the format of a schema for texts that name a moment by RFC 3339.
const formatMoment = "date-time"

// parseMoment reads a moment by RFC 3339 as microseconds, which is what stores keep.
func parseMoment(s string) (value, bool) {
	t, err := time.Parse(time.RFC3339Nano, s)
	return value{kind: numberValue, number: float64(t.UnixMicro())}, err == nil
}

// parseValue reads the text of a parameter as a value of a property; ok is false when it cannot be one.
func parseValue(p layout.Property, s string) (v value, ok bool) {
	if p.Format == formatMoment {
		return parseMoment(s)
	}
	switch p.Type {
	case "integer", "number":
		n, err := strconv.ParseFloat(s, 64)
		return value{kind: numberValue, number: n}, err == nil && n-n == 0 // neither NaN nor infinite
	case "boolean":
		return boolOf(s == "true"), s == "true" || s == "false"
	}
	return value{kind: textValue, text: s}, true
}

// matches tells whether v equals one of the wanted values or, being a list, has one of them.
func (v value) matches(wanted []value) bool {
	return slices.ContainsFunc(wanted, func(w value) bool {
		if v.kind == listValue {
			return slices.Contains(v.list, w.text)
		}
		return v.kind == w.kind && v.number == w.number && v.text == w.text
	})
}

// compareValues orders values for sorting: by number, by code points, lists by their members. Absent values
// come last in both directions.
func compareValues(a, b value, descending bool) int {
	switch {
	case a.kind == noValue || b.kind == noValue:
		return cmp.Compare(b.kind.present(), a.kind.present())
	case descending:
		a, b = b, a
	}
	return cmp.Or(
		cmp.Compare(a.kind, b.kind),
		cmp.Compare(a.number, b.number),
		cmp.Compare(a.text, b.text),
		slices.Compare(a.list, b.list),
	)
}

func (k valueKind) present() int {
	return min(int(k), 1)
}
