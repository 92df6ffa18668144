package source

import (
	"encoding/json"
	"slices"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

// Feature is one feature as it is read, encoded already. What it holds is shared and must not be changed.
type Feature struct {
	ID     layout.ID       // "" where a table has no key
	JSON   []byte          // a GeoJSON Feature (RFC 7946) with the members type, id, geometry and properties, in this order
	Layout *layout.Feature // the feature of the layout; nil for a row of a table

	geometry   int          // where its value begins in JSON
	properties int          // likewise
	moved      orb.Geometry // of WithGeometry
}

// propertiesName stands between geometry and properties in the JSON of a feature.
const propertiesName = `,"properties":`

// NewFeature describes an encoded feature; geometry and properties say where their values begin in data.
func NewFeature(id layout.ID, data []byte, geometry, properties int) Feature {
	return Feature{ID: id, JSON: data, geometry: geometry, properties: properties}
}

// WithGeometry returns a copy of f with another geometry, g encoded as data. The feature of the layout stays as it is.
func (f *Feature) WithGeometry(g orb.Geometry, data []byte) Feature {
	out := *f
	out.moved = g
	out.JSON = slices.Concat(f.JSON[:f.geometry], data, f.JSON[f.properties-len(propertiesName):])
	out.properties += len(data) - len(f.GeometryJSON())
	return out
}

// PropertiesJSON returns the part of JSON that holds the properties, without room to append in place.
func (f *Feature) PropertiesJSON() []byte {
	return f.JSON[f.properties : len(f.JSON)-1 : len(f.JSON)-1]
}

// GeometryJSON returns the part of JSON that holds the geometry, null where there is none.
func (f *Feature) GeometryJSON() []byte {
	end := f.properties - len(propertiesName)
	return f.JSON[f.geometry:end:end]
}

// Geometry returns the geometry in lon/lat of CRS84; nil where there is none. That of a row is decoded anew.
func (f *Feature) Geometry() orb.Geometry {
	if f.moved != nil {
		return f.moved
	}
	if f.Layout != nil {
		return f.Layout.Geometry
	}
	return decodeGeometry(f.GeometryJSON())
}

// decodeGeometry reads a GeoJSON geometry of our own making, without its heights; nil is null.
func decodeGeometry(data []byte) orb.Geometry {
	var g struct {
		Type        string
		Coordinates json.RawMessage
		Geometries  []json.RawMessage
	}
	if json.Unmarshal(data, &g) != nil {
		return nil
	}
	switch g.Type {
	case "Point":
		return coordinates[orb.Point](g.Coordinates)
	case "MultiPoint":
		return coordinates[orb.MultiPoint](g.Coordinates)
	case "LineString":
		return coordinates[orb.LineString](g.Coordinates)
	case "MultiLineString":
		return coordinates[orb.MultiLineString](g.Coordinates)
	case "Polygon":
		return coordinates[orb.Polygon](g.Coordinates)
	case "MultiPolygon":
		return coordinates[orb.MultiPolygon](g.Coordinates)
	case "GeometryCollection":
		var c orb.Collection
		for _, member := range g.Geometries {
			c = append(c, decodeGeometry(member))
		}
		return c
	}
	return nil
}

func coordinates[G orb.Geometry](data []byte) orb.Geometry {
	var g G
	if json.Unmarshal(data, &g) != nil {
		return nil
	}
	return g
}
