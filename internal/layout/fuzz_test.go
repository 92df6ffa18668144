package layout_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// FuzzDecodeFeature looks for input that panics, and for features that change when they are read again.
func FuzzDecodeFeature(f *testing.F) {
	f.Add(uint8(0), []byte(`{"type":"Feature","id":"T1","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,1],[0,0]]]},"properties":{"kind":"park","number":1}}`))
	f.Add(uint8(1), []byte(`{"type":"Feature","geometry":{"type":"Point","coordinates":[1e400,-0]},"properties":{"specialisation":{"code":"chip"}}}`))
	f.Add(uint8(4), []byte(`{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[]],[]]},"properties":{"name_zh":"甲"}}`))
	f.Add(uint8(2), []byte(`{"type":"Feature","geometry":{"type":"LineString","coordinates":[[180,90,1]]},"properties":{"a":[{}]}}`))
	f.Fuzz(func(t *testing.T, n uint8, data []byte) {
		c := layout.Collections()[int(n)%len(layout.Collections())]
		feature, err := layout.DecodeFeature(c, data)
		if err != nil {
			if layout.KindOf(err) != layout.KindInvalid {
				t.Fatalf("error without a kind: %v", err)
			}
			return
		}
		_ = layout.Validate(&layout.Layout{Features: []layout.Feature{feature}})
		if feature.Geometry != nil && len(geo.Validate(feature.Geometry)) == 0 {
			if diff := cmp.Diff(feature.Geometry, geo.Normalise(feature.Geometry)); diff != "" {
				t.Fatalf("the geometry is not as it is stored:\n%s", diff)
			}
		}
		checkRoundTrip(t, c, feature.Properties)
	})
}

// FuzzUnmarshalProperties looks for input that panics, and for properties that change when they are
// written and read again.
func FuzzUnmarshalProperties(f *testing.F) {
	f.Add(uint8(0), []byte(`{"kind":"core","targets":[{"comparator":">","value":1.5}],"limits":{"source":"x"},"centre":null}`))
	f.Add(uint8(3), []byte(`{"label_point":[1,2],"schematic":true}`))
	f.Add(uint8(6), []byte(`{"number":-0,"summary_zh":"\u0000"}`))
	f.Add(uint8(9), []byte(`{"seat":{"lon":1,"lat":2},"clauses":[]}`))
	f.Fuzz(func(t *testing.T, n uint8, data []byte) {
		c := layout.Collections()[int(n)%len(layout.Collections())]
		if p, err := layout.UnmarshalProperties(c, data); err == nil {
			checkRoundTrip(t, c, p)
		}
	})
}

func checkRoundTrip(t *testing.T, c layout.CollectionID, p layout.Properties) {
	t.Helper()
	once, err := layout.MarshalProperties(p)
	if err != nil {
		t.Fatal(err)
	}
	again, err := layout.UnmarshalProperties(c, once)
	if err != nil {
		t.Fatalf("what was written cannot be read: %v\n%s", err, once)
	}
	twice, err := layout.MarshalProperties(again)
	if err != nil || !bytes.Equal(once, twice) {
		t.Fatalf("%s became %s, %v", once, twice, err)
	}
}
