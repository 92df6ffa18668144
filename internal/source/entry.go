package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/cql2/memory"
	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// Names of properties that the snapshot treats in a way of their own.
const (
	propertyID      = "id"
	propertyAreaKM2 = "area_km2"
)

// Measures is what is computed from a geometry, once per snapshot and feature.
type Measures struct {
	AreaKM2    float64    // geodesic, to the square metre; 0 without a polygon
	LabelPoint *orb.Point // lon/lat in CRS84, inside a polygon; nil without geometry
	BBox       *geo.BBox  // nil without geometry
}

// entry is a feature with all that is made of it once.
type entry struct {
	feature  layout.Feature
	box      *geo.BBox        // nil without geometry
	shape    *memory.Geometry // for filters; nil without geometry
	measures func() Measures
	values   []value // one per column of the encoder
	read     Feature
}

// encoder makes the entries of one stored collection.
type encoder struct {
	columns map[string]int    // property name → index in entry.values
	formats map[string]string // property name → format of the schema
	area    bool              // whether the collection has the property area_km2
}

func newEncoder(id layout.CollectionID) *encoder {
	schema := layout.SchemaOf(id)
	enc := &encoder{columns: columnsOf(schema), formats: map[string]string{}}
	for _, p := range schema {
		enc.formats[p.Name] = p.Format
	}
	_, enc.area = enc.columns[propertyAreaKM2]
	return enc
}

// columnsOf numbers the properties that a query may name.
func columnsOf(schema []layout.Property) map[string]int {
	columns := map[string]int{propertyID: 0}
	for _, p := range schema {
		if _, known := columns[p.Name]; !known && (p.Queryable || p.Sortable) {
			columns[p.Name] = len(columns)
		}
	}
	return columns
}

// entry makes that of f, which belongs to it from then on.
func (enc *encoder) entry(f *layout.Feature) (entry, error) {
	if f.Properties == nil {
		return entry{}, fmt.Errorf("encode %s %s: it has no properties", f.Collection, f.ID)
	}
	e := entry{feature: *f, box: boxOf(f.Geometry)}
	if e.box != nil {
		e.shape = memory.NewGeometry(f.Geometry)
	}
	e.measures = sync.OnceValue(func() Measures { return measure(f.Geometry, e.box) })
	properties, err := enc.properties(e)
	if err != nil {
		return entry{}, fmt.Errorf("encode %s %s: %w", f.Collection, f.ID, err)
	}
	if e.values, err = enc.values(f.ID, properties); err != nil {
		return entry{}, fmt.Errorf("index %s %s: %w", f.Collection, f.ID, err)
	}
	head, geometry, err := featureHead(*f)
	if err != nil {
		return entry{}, fmt.Errorf("encode geometry of %s %s: %w", f.Collection, f.ID, err)
	}
	e.read = NewFeature(f.ID, append(append(head, properties...), '}'), geometry, len(head))
	e.read.Layout = f
	return e, nil
}

func boxOf(g orb.Geometry) *geo.BBox {
	if isEmpty(g) {
		return nil
	}
	b := g.Bound()
	return &geo.BBox{West: b.Min[0], South: b.Min[1], East: b.Max[0], North: b.Max[1]}
}

func measure(g orb.Geometry, box *geo.BBox) Measures {
	if box == nil {
		return Measures{}
	}
	label := geo.LabelPoint(g)
	return Measures{AreaKM2: math.Round(geo.AreaM2(g)) / 1e6, LabelPoint: &label, BBox: box}
}

func isEmpty(g orb.Geometry) bool {
	return g == nil || g.Bound().IsEmpty()
}

// properties encodes the id, the stored properties and the computed ones.
func (enc *encoder) properties(e entry) ([]byte, error) {
	id, err := layout.MarshalJSON(struct {
		ID layout.ID `json:"id"`
	}{e.feature.ID})
	if err != nil {
		return nil, err
	}
	stored, err := layout.MarshalProperties(e.feature.Properties)
	if err != nil {
		return nil, err
	}
	computed, err := enc.computed(e)
	if err != nil {
		return nil, err
	}
	return joinObjects(joinObjects(id, stored), computed), nil
}

func (enc *encoder) computed(e entry) ([]byte, error) {
	computed := struct {
		AreaKM2   float64    `json:"area_km2,omitempty"`
		Version   int64      `json:"version,omitempty"`
		ChangedAt *time.Time `json:"changed_at,omitempty"`
	}{Version: e.feature.Version}
	if enc.area {
		computed.AreaKM2 = e.measures().AreaKM2
	}
	if at := e.feature.ChangedAt.UTC(); !at.IsZero() {
		computed.ChangedAt = &at
	}
	return layout.MarshalJSON(computed)
}

// joinObjects makes one JSON object of two without a name in common.
func joinObjects(a, b []byte) []byte {
	switch {
	case len(a) == 2:
		return b
	case len(b) == 2:
		return a
	}
	joined := append(a[:len(a)-1:len(a)-1], ',')
	return append(joined, b[1:]...)
}

func (enc *encoder) values(id layout.ID, properties []byte) ([]value, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(properties, &members); err != nil {
		return nil, err
	}
	values := make([]value, len(enc.columns))
	for name, column := range enc.columns {
		raw, ok := members[name]
		if !ok {
			continue
		}
		v, err := decodeValue(raw, enc.formats[name])
		if err != nil {
			return nil, fmt.Errorf("property %s: %w", name, err)
		}
		values[column] = v
	}
	values[enc.columns[propertyID]] = value{kind: textValue, text: string(id)}
	return values, nil
}

// featureHead returns the feature object up to its properties, and where the geometry begins in it.
func featureHead(f layout.Feature) (head []byte, geometryAt int, err error) {
	id, err := layout.MarshalJSON(f.ID)
	if err != nil {
		return nil, 0, err
	}
	geometry := []byte("null")
	if !isEmpty(f.Geometry) {
		if geometry, err = layout.MarshalJSON(geometryJSON{f.Geometry.GeoJSONType(), f.Geometry}); err != nil {
			return nil, 0, err
		}
	}
	var b bytes.Buffer
	b.WriteString(`{"type":"Feature","id":`)
	b.Write(id)
	b.WriteString(`,"geometry":`)
	geometryAt = b.Len()
	b.Write(geometry)
	b.WriteString(propertiesName)
	return b.Bytes(), geometryAt, nil
}

// geometryJSON is a GeoJSON geometry; orb's geometries are encoded as their coordinates.
type geometryJSON struct {
	Type        string       `json:"type"`
	Coordinates orb.Geometry `json:"coordinates"`
}
