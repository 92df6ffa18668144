package mvt

import (
	"math"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
)

// Attr is one attribute of a feature.
type Attr struct {
	Key   string
	Value Value
}

// Value is a text, a whole number, a number or a truth value. The zero Value is no value: an attribute with it
// is left out.
type Value struct {
	kind kind
	bits uint64
	text string
}

type kind uint8

const (
	none kind = iota
	text
	whole
	number
	truth
)

// String returns a Value that is s. Bytes that are no UTF-8 are replaced when it is written. A Builder keeps no
// reference to s.
func String(s string) Value { return Value{kind: text, text: s} }

// Int returns a Value that is n.
func Int(n int64) Value { return Value{kind: whole, bits: uint64(n)} } //nolint:gosec // two's complement, read back as such

// Float returns a Value that is f.
func Float(f float64) Value { return Value{kind: number, bits: math.Float64bits(f)} }

// Bool returns a Value that is b.
func Bool(b bool) Value {
	if b {
		return Value{kind: truth, bits: 1}
	}
	return Value{kind: truth}
}

// Numbers of the fields of the messages in section 4 of the specification.
const (
	tileLayers = 3

	layerName     = 1
	layerFeatures = 2
	layerKeys     = 3
	layerValues   = 4
	layerExtent   = 5
	layerVersion  = 15

	featureID       = 1
	featureTags     = 2
	featureType     = 3
	featureGeometry = 4

	valueString = 1
	valueDouble = 3
	valueInt    = 4
	valueSint   = 6
	valueBool   = 7
)

// append adds v as a message Value. Negative numbers take the zigzag form, which is shorter.
func (v *Value) append(b []byte) []byte {
	switch v.kind {
	case text:
		s := v.text
		if !utf8.ValidString(s) {
			s = strings.ToValidUTF8(s, "\uFFFD")
		}
		b = protowire.AppendTag(b, valueString, protowire.BytesType)
		b = protowire.AppendString(b, s)
	case whole:
		if n := int64(v.bits); n < 0 { //nolint:gosec // as Int stored it
			b = protowire.AppendTag(b, valueSint, protowire.VarintType)
			b = protowire.AppendVarint(b, protowire.EncodeZigZag(n))
		} else {
			b = protowire.AppendTag(b, valueInt, protowire.VarintType)
			b = protowire.AppendVarint(b, v.bits)
		}
	case number:
		b = protowire.AppendTag(b, valueDouble, protowire.Fixed64Type)
		b = protowire.AppendFixed64(b, v.bits)
	case truth:
		b = protowire.AppendTag(b, valueBool, protowire.VarintType)
		b = protowire.AppendVarint(b, v.bits)
	}
	return b
}
