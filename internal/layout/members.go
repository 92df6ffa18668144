package layout

import (
	"encoding/json"
	"maps"
	"strconv"

	"parkmap/internal/geo"
)

// GeometryMember is the name of the geometry among the members of a feature. No property has it.
const GeometryMember = "geometry"

// Members returns what can be said of f part by part: its stored properties by name and its geometry, each as
// JSON, and what is absent not at all. The same value has the same bytes.
func Members(f Feature) (map[string]json.RawMessage, error) {
	data, err := MarshalProperties(f.Properties)
	if err != nil {
		return nil, err
	}
	members := map[string]json.RawMessage{}
	if err := json.Unmarshal(data, &members); err != nil {
		return nil, err
	}
	if f.Geometry == nil {
		return members, nil
	}
	members[GeometryMember], err = MarshalJSON(geo.JSON(f.Geometry))
	return members, err
}

// FromMembers makes a feature of its members, with the errors of DecodeFeature. A null is absent.
func FromMembers(c CollectionID, id ID, members map[string]json.RawMessage) (Feature, error) {
	data, err := joinMembers(id, members)
	if err != nil {
		return Feature{}, err
	}
	return DecodeFeature(c, data)
}

// MarshalFeature returns f as a GeoJSON feature that DecodeFeature reads again; its version is among the
// properties.
func MarshalFeature(f Feature) ([]byte, error) {
	members, err := Members(f)
	if err != nil {
		return nil, err
	}
	if f.Version > 0 {
		members["version"] = strconv.AppendInt(nil, f.Version, 10)
	}
	return joinMembers(f.ID, members)
}

func joinMembers(id ID, members map[string]json.RawMessage) ([]byte, error) {
	properties := maps.Clone(members)
	delete(properties, GeometryMember)
	return MarshalJSON(struct {
		Type       string                     `json:"type"`
		ID         ID                         `json:"id"`
		Geometry   json.RawMessage            `json:"geometry"` // nil is written as null
		Properties map[string]json.RawMessage `json:"properties"`
	}{"Feature", id, members[GeometryMember], properties})
}
