package source

import (
	"testing"

	"github.com/paulmach/orb/encoding/wkt"
)

func TestGeometryOfRows(t *testing.T) {
	tests := []struct{ name, geometry, want string }{
		{"none", `null`, ""},
		{"point", `{"type":"Point","coordinates":[104,30]}`, "POINT(104 30)"},
		{"point with height", `{"type":"Point","coordinates":[104,30,500]}`, "POINT(104 30)"},
		{"line", `{"type":"LineString","coordinates":[[104,30],[105,31]]}`, "LINESTRING(104 30,105 31)"},
		{"several points", `{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}`, "MULTIPOINT((1 2),(3 4))"},
		{"several lines", `{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}`, "MULTILINESTRING((1 2,3 4))"},
		{"polygon", `{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}`, "POLYGON((0 0,1 0,1 1,0 0))"},
		{"several polygons", `{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}`, "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))"},
		{"collection", `{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}`, "GEOMETRYCOLLECTION(POINT(1 2))"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			head := `{"type":"Feature","geometry":`
			data := head + test.geometry + `,"properties":{"a":1}}`
			f := NewFeature("1", []byte(data), len(head), len(head)+len(test.geometry)+len(propertiesName))
			if got := string(f.PropertiesJSON()); got != `{"a":1}` {
				t.Errorf("properties %s", got)
			}
			g := f.Geometry()
			if test.want == "" {
				if g != nil {
					t.Errorf("got %v", g)
				}
				return
			}
			if got := wkt.MarshalString(g); got != test.want {
				t.Errorf("got %s", got)
			}
		})
	}
}
