// Package mvttest reads vector tiles for tests. It is written against the Mapbox Vector Tile specification 2.1
// and shares nothing with the encoder: Decode refuses whatever breaks a rule of the specification.
package mvttest

import (
	"errors"
	"fmt"
	"math"
	"testing"
	"unicode/utf8"

	"github.com/paulmach/orb"
	"google.golang.org/protobuf/encoding/protowire"
)

// Tile is a decoded tile.
type Tile struct{ Layers []Layer }

// Layer is a layer of a tile, its extent 4096.
type Layer struct {
	Name     string
	Keys     []string
	Values   []any // string, float64, int64, uint64 or bool
	Features []Feature
}

// Feature is a feature of a layer. Its geometry is in units of the tile, y down: a MultiPoint, a MultiLineString or
// a MultiPolygon, rings closed, outer rings clockwise on the screen.
type Feature struct {
	ID       uint64 // 0: none
	Tags     map[string]any
	Geometry orb.Geometry
}

// Layer returns the layer of a name, or nil.
func (t *Tile) Layer(name string) *Layer {
	for i := range t.Layers {
		if t.Layers[i].Name == name {
			return &t.Layers[i]
		}
	}
	return nil
}

// Check decodes a tile and ends the test where a rule is broken, validity of polygons included.
func Check(t testing.TB, data []byte) *Tile {
	t.Helper()
	tile, err := Decode(data)
	if err != nil {
		t.Fatalf("tile: %v", err)
	}
	for _, l := range tile.Layers {
		for i, f := range l.Features {
			if err := Valid(f.Geometry); err != nil {
				t.Fatalf("layer %s, feature %d (id %d): %v", l.Name, i, f.ID, err)
			}
		}
	}
	return tile
}

// fields calls visit for each field of a message.
func fields(data []byte, visit func(n protowire.Number, typ protowire.Type, varint uint64, bytes []byte) error) error {
	for len(data) > 0 {
		n, typ, size := protowire.ConsumeTag(data)
		if size < 0 {
			return protowire.ParseError(size)
		}
		data = data[size:]
		var varint uint64
		var bytes []byte
		switch typ {
		case protowire.VarintType:
			varint, size = protowire.ConsumeVarint(data)
		case protowire.Fixed64Type:
			varint, size = protowire.ConsumeFixed64(data)
		case protowire.BytesType:
			bytes, size = protowire.ConsumeBytes(data)
		default:
			return fmt.Errorf("wire type %d", typ)
		}
		if size < 0 {
			return protowire.ParseError(size)
		}
		data = data[size:]
		if err := visit(n, typ, varint, bytes); err != nil {
			return err
		}
	}
	return nil
}

// Decode reads a tile, uncompressed, and checks the rules of the specification except the validity of polygons.
func Decode(data []byte) (*Tile, error) {
	tile := &Tile{}
	names := map[string]bool{}
	err := fields(data, func(n protowire.Number, typ protowire.Type, _ uint64, bytes []byte) error {
		if n != 3 || typ != protowire.BytesType {
			return fmt.Errorf("field %d of a tile", n)
		}
		l, err := decodeLayer(bytes)
		if err != nil {
			return fmt.Errorf("layer %q: %w", l.Name, err)
		}
		if names[l.Name] {
			return fmt.Errorf("two layers %q (4.1)", l.Name)
		}
		names[l.Name] = true
		tile.Layers = append(tile.Layers, l)
		return nil
	})
	return tile, err
}

func decodeLayer(data []byte) (Layer, error) {
	var l Layer
	var version, extent uint64
	var features [][]byte
	err := fields(data, func(n protowire.Number, _ protowire.Type, varint uint64, bytes []byte) error {
		switch n {
		case 1:
			l.Name = string(bytes)
		case 2:
			features = append(features, bytes)
		case 3:
			l.Keys = append(l.Keys, string(bytes))
		case 4:
			v, err := decodeValue(bytes)
			if err != nil {
				return err
			}
			l.Values = append(l.Values, v)
		case 5:
			extent = varint
		case 15:
			version = varint
		default:
			return fmt.Errorf("field %d of a layer", n)
		}
		return nil
	})
	switch {
	case err != nil:
		return l, err
	case version != 2:
		return l, fmt.Errorf("version %d", version)
	case extent != 4096:
		return l, fmt.Errorf("extent %d", extent)
	case l.Name == "" || !utf8.ValidString(l.Name):
		return l, errors.New("no name (4.1)")
	case len(features) == 0:
		return l, errors.New("no features (4.1)")
	}
	if err := distinct(l.Keys); err != nil {
		return l, fmt.Errorf("keys: %w (4.1)", err)
	}
	if err := distinct(l.Values); err != nil {
		return l, fmt.Errorf("values: %w (4.1)", err)
	}
	return l, l.decodeFeatures(features)
}

func distinct[E comparable](items []E) error {
	seen := map[any]bool{}
	for _, item := range items {
		var key any = item
		if f, ok := key.(float64); ok {
			key = [2]uint64{1, math.Float64bits(f)} // not a number is not equal to itself
		}
		if seen[key] {
			return fmt.Errorf("%v occurs twice", item)
		}
		seen[key] = true
	}
	return nil
}

func decodeValue(data []byte) (v any, err error) {
	count := 0
	err = fields(data, func(n protowire.Number, _ protowire.Type, varint uint64, bytes []byte) error {
		count++
		switch n {
		case 1:
			if !utf8.Valid(bytes) {
				return errors.New("a text is no UTF-8")
			}
			v = string(bytes)
		case 3:
			v = math.Float64frombits(varint)
		case 4:
			v = int64(varint)
		case 5:
			v = varint
		case 6:
			v = protowire.DecodeZigZag(varint)
		case 7:
			v = varint == 1
		default:
			return fmt.Errorf("field %d of a value", n)
		}
		return nil
	})
	if err == nil && count != 1 {
		err = fmt.Errorf("a value with %d fields (4.1)", count)
	}
	return v, err
}

// decodeFeatures decodes features and checks that ids are unique and that all keys and values are used.
func (l *Layer) decodeFeatures(features [][]byte) error {
	keys, values, ids := make([]bool, len(l.Keys)), make([]bool, len(l.Values)), map[uint64]bool{}
	for i, data := range features {
		f, err := l.decodeFeature(data, keys, values)
		if err != nil {
			return fmt.Errorf("feature %d: %w", i, err)
		}
		if f.ID != 0 && ids[f.ID] {
			return fmt.Errorf("feature %d: id %d occurs twice (4.2)", i, f.ID)
		}
		ids[f.ID] = true
		l.Features = append(l.Features, f)
	}
	for i, used := range keys {
		if !used {
			return fmt.Errorf("key %q is not used", l.Keys[i])
		}
	}
	for i, used := range values {
		if !used {
			return fmt.Errorf("value %v is not used", l.Values[i])
		}
	}
	return nil
}

func (l *Layer) decodeFeature(data []byte, keys, values []bool) (Feature, error) {
	f := Feature{Tags: map[string]any{}}
	var typ uint64
	var geometry []byte
	err := fields(data, func(n protowire.Number, _ protowire.Type, varint uint64, bytes []byte) error {
		switch n {
		case 1:
			f.ID = varint
		case 2:
			return l.decodeTags(f.Tags, bytes, keys, values)
		case 3:
			typ = varint
		case 4:
			geometry = bytes
		default:
			return fmt.Errorf("field %d of a feature", n)
		}
		return nil
	})
	if err != nil {
		return f, err
	}
	f.Geometry, err = decodeGeometry(typ, geometry)
	return f, err
}

func (l *Layer) decodeTags(tags map[string]any, data []byte, keys, values []bool) error {
	for len(data) > 0 {
		k, n := protowire.ConsumeVarint(data)
		if n < 0 {
			return protowire.ParseError(n)
		}
		v, m := protowire.ConsumeVarint(data[n:])
		if m < 0 {
			return errors.New("an odd number of tags (4.4)")
		}
		data = data[n+m:]
		if k >= uint64(len(keys)) || v >= uint64(len(values)) {
			return fmt.Errorf("tag %d, %d of %d keys and %d values (4.4)", k, v, len(keys), len(values))
		}
		if _, again := tags[l.Keys[k]]; again {
			return fmt.Errorf("key %q occurs twice (4.4)", l.Keys[k])
		}
		keys[k], values[v] = true, true
		tags[l.Keys[k]] = l.Values[v]
	}
	return nil
}
