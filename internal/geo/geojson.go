package geo

import "github.com/paulmach/orb"

// JSON returns g as a value that encoding/json writes as a geometry of RFC 7946.
func JSON(g orb.Geometry) any {
	members, ok := g.(orb.Collection)
	if !ok {
		return struct {
			Type        string       `json:"type"`
			Coordinates orb.Geometry `json:"coordinates"`
		}{g.GeoJSONType(), g}
	}
	geometries := make([]any, len(members))
	for i, m := range members {
		geometries[i] = JSON(m)
	}
	return struct {
		Type       string `json:"type"`
		Geometries []any  `json:"geometries"`
	}{g.GeoJSONType(), geometries}
}
