package postgis

import (
	"testing"

	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"
)

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		g    geom.T
	}{
		{"height", geom.NewPointFlat(geom.XYZ, []float64{1, 2, 3}).SetSRID(srid)},
		{"another reference system", geom.NewPointFlat(geom.XY, []float64{1, 2}).SetSRID(4490)},
		{"no reference system", geom.NewPointFlat(geom.XY, []float64{1, 2})},
		{"collection", geom.NewGeometryCollection().SetSRID(srid)},
		{"empty point", geom.NewPointEmpty(geom.XY).SetSRID(srid)},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, err := ewkb.Marshal(c.g, ewkb.NDR)
			check(t, err)
			if g, err := decodeGeometry(data); err == nil {
				t.Fatalf("read as %v", g)
			}
		})
	}
}
