package tileset

import (
	"encoding/hex"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/ewkb"
)

// TestShape: heights and measures are left out; what is cut off, or claims to be long, is refused.
func TestShape(t *testing.T) {
	for name, g := range map[string]orb.Geometry{
		"point": orb.Point{1, 2}, "line": orb.LineString{{1, 2}, {3, 4}}, "polygon": orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}, {}},
	} {
		data, err := ewkb.Marshal(g, 4326)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := shape(data); err != nil || !orb.Equal(got, g) {
			t.Errorf("%s: %v %v", name, got, err)
		}
		for n := range data {
			if _, err := shape(data[:n]); err == nil {
				t.Errorf("%s of %d bytes is read", name, n)
			}
		}
	}
	for name, test := range map[string]struct {
		hex   string
		parts int // -1: refused
	}{
		"point with height and measure": {"01010000E0E6100000000000000000F03F000000000000004000000000000008400000000000001040", 1},
		"empty point":                   {"0101000020E6100000000000000000F87F000000000000F87F", 1},
		"collection of two points":      {"0107000000020000000101000000000000000000F03F00000000000000400101000000000000000000F03F0000000000000040", 2},
		"big-endian":                    {"00000000013FF00000000000004000000000000000", -1},
		"circular string":               {"010800000000000000", -1},
		"a line that claims to be long": {"0102000000FFFFFFFF000000000000F03F0000000000000040", -1},
		"collections in collections":    {"01070000000100000001070000000100000001070000000100000001070000000100000001070000000100000001070000000100000001070000000100000001070000000100000001070000000100000001070000000100000001070000000100000001070000000100000001070000000000000000", -1},
	} {
		data, err := hex.DecodeString(test.hex)
		if err != nil {
			t.Fatal(err)
		}
		g, err := shape(data)
		if (err != nil) != (test.parts < 0) || err == nil && len(parts(g)) != test.parts {
			t.Errorf("%s: %v %v", name, g, err)
		}
	}
}
