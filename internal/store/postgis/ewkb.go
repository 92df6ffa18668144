package postgis

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"
)

// srid is the reference system of the column: lon/lat on WGS 84.
const srid = 4326

// encodeGeometry returns g as EWKB in EPSG:4326, nil for none.
func encodeGeometry(g orb.Geometry) ([]byte, error) {
	if g == nil {
		return nil, nil
	}
	t, err := toGeom(g)
	if err != nil {
		return nil, err
	}
	if t, err = geom.SetSRID(t, srid); err != nil {
		return nil, err
	}
	return ewkb.Marshal(t, ewkb.NDR)
}

// decodeGeometry reads EWKB; nil is no geometry. Heights and other reference systems are errors: they
// would be lost. The bytes have to come from PostGIS: the counts in them are believed.
func decodeGeometry(data []byte) (orb.Geometry, error) {
	if data == nil {
		return nil, nil
	}
	t, err := ewkb.Unmarshal(data)
	if err != nil {
		return nil, err
	}
	if t.SRID() != srid || t.Layout() != geom.XY {
		return nil, fmt.Errorf("reference system %d with coordinates %v, want %d with XY", t.SRID(), t.Layout(), srid)
	}
	return toOrb(t)
}

func toGeom(g orb.Geometry) (geom.T, error) {
	switch g := g.(type) {
	case orb.Point:
		return geom.NewPointFlat(geom.XY, flat(nil, g)), nil
	case orb.MultiPoint:
		return geom.NewMultiPointFlat(geom.XY, flat(nil, g...)), nil
	case orb.LineString:
		return geom.NewLineStringFlat(geom.XY, flat(nil, g...)), nil
	case orb.MultiLineString:
		coords, ends := flatEach(nil, g)
		return geom.NewMultiLineStringFlat(geom.XY, coords, ends), nil
	case orb.Polygon:
		coords, ends := flatEach(nil, g)
		return geom.NewPolygonFlat(geom.XY, coords, ends), nil
	case orb.MultiPolygon:
		var coords []float64
		var endss [][]int
		for _, p := range g {
			var ends []int
			coords, ends = flatEach(coords, p)
			endss = append(endss, ends)
		}
		return geom.NewMultiPolygonFlat(geom.XY, coords, endss), nil
	}
	return nil, fmt.Errorf("geometry of type %s cannot be stored", g.GeoJSONType())
}

// flat appends the coordinates of points.
func flat(coords []float64, points ...orb.Point) []float64 {
	for _, p := range points {
		coords = append(coords, p[0], p[1])
	}
	return coords
}

// flatEach appends the coordinates of lines and says where each ends.
func flatEach[L ~[]orb.Point](coords []float64, lines []L) ([]float64, []int) {
	ends := make([]int, 0, len(lines))
	for _, l := range lines {
		coords = flat(coords, l...)
		ends = append(ends, len(coords))
	}
	return coords, ends
}

func toOrb(t geom.T) (orb.Geometry, error) {
	switch t := t.(type) {
	case *geom.Point:
		if t.Empty() {
			return nil, fmt.Errorf("the point is empty")
		}
		return orb.Point{t.X(), t.Y()}, nil
	case *geom.MultiPoint:
		return points[orb.MultiPoint](t.FlatCoords()), nil
	case *geom.LineString:
		return points[orb.LineString](t.FlatCoords()), nil
	case *geom.MultiLineString:
		return orb.MultiLineString(lines[orb.LineString](t.FlatCoords(), 0, t.Ends())), nil
	case *geom.Polygon:
		return orb.Polygon(lines[orb.Ring](t.FlatCoords(), 0, t.Ends())), nil
	case *geom.MultiPolygon:
		return multiPolygon(t), nil
	}
	return nil, fmt.Errorf("geometry of type %T", t)
}

func multiPolygon(t *geom.MultiPolygon) orb.MultiPolygon {
	polygons := make(orb.MultiPolygon, 0, t.NumPolygons())
	start := 0
	for _, ends := range t.Endss() {
		polygons = append(polygons, lines[orb.Ring](t.FlatCoords(), start, ends))
		if len(ends) > 0 {
			start = ends[len(ends)-1]
		}
	}
	return polygons
}

// lines cuts coordinates, from start, at ends.
func lines[L ~[]orb.Point](coords []float64, start int, ends []int) []L {
	list := make([]L, 0, len(ends))
	for _, end := range ends {
		list = append(list, points[L](coords[start:end]))
		start = end
	}
	return list
}

func points[L ~[]orb.Point](coords []float64) L {
	list := make(L, 0, len(coords)/2)
	for i := 0; i < len(coords); i += 2 {
		list = append(list, orb.Point{coords[i], coords[i+1]})
	}
	return list
}
