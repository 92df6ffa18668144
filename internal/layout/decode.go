package layout

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"parkmap/internal/geo"
)

// NewProperties returns empty properties of the type that belongs to a stored collection, or nil for any
// other collection.
func NewProperties(c CollectionID) Properties {
	switch c {
	case Areas:
		return &Area{}
	case Places:
		return &Place{}
	case Facilities:
		return &Facility{}
	case Districts:
		return &District{}
	case Context:
		return &ContextFeature{}
	case Scenarios:
		return &Scenario{}
	case Tasks:
		return &Task{}
	case Goals:
		return &Goal{}
	case Units:
		return &Unit{}
	case Organisations:
		return &Organisation{}
	}
	return nil
}

// MarshalProperties returns p as a JSON object, its members in the order of the struct. The same p gives
// the same bytes.
func MarshalProperties(p Properties) ([]byte, error) {
	return MarshalJSON(p)
}

// UnmarshalProperties reads the properties of a feature of stored collection c. It refuses, with kind
// invalid and a JSON pointer for each fault, unknown names, names that occur twice, values of the wrong
// type, and what is too large. It does not look at rules: see Validate.
func UnmarshalProperties(c CollectionID, data []byte) (Properties, error) {
	n, err := parse(data)
	if err != nil {
		return nil, err
	}
	var f faults
	p := f.properties(c, n, "")
	if err := f.err(string(c)); err != nil {
		return nil, err
	}
	return p, nil
}

// MarshalDocument returns d as a JSON object; the same d gives the same bytes.
func MarshalDocument(d Document) ([]byte, error) {
	return MarshalJSON(d)
}

// UnmarshalDocument reads a document as strictly as UnmarshalProperties.
func UnmarshalDocument(data []byte) (Document, error) {
	n, err := parse(data)
	if err != nil {
		return Document{}, err
	}
	var d Document
	var f faults
	f.fill(n, reflect.ValueOf(&d).Elem(), "")
	return d, f.err("document")
}

// DecodeFeature reads one GeoJSON feature of stored collection c. The id may be missing ("" then). The
// geometry is put on the grid and its rings are wound; it is not checked further: see Validate. Computed
// properties, such as version, are taken as what a reader was given, and dropped. Positions with a height
// are refused, as is every other reference system, and what UnmarshalProperties refuses.
func DecodeFeature(c CollectionID, data []byte) (Feature, error) {
	n, err := parse(data)
	if err != nil {
		return Feature{}, err
	}
	var f faults
	feature := f.feature(c, n, "")
	if err := f.err(string(c)); err != nil {
		return Feature{}, err
	}
	return feature, nil
}

// feature reads a GeoJSON feature at path.
func (f *faults) feature(c CollectionID, n node, path string) Feature {
	feature := Feature{Collection: c}
	if n.kind != nodeObject {
		f.add(RuleType, path, "%s stands where a GeoJSON feature is needed", article(n.kind))
		return feature
	}
	f.members(n, path, "type", "id", "properties", "geometry", "bbox")
	if t, _ := n.get("type"); t.text != "Feature" {
		f.add(RuleType, pointer(path, "type"), `the type is not "Feature"`)
	}
	feature.ID = f.id(n, path)
	if g, ok := n.get("geometry"); ok {
		if geometry := f.geometry(g, pointer(path, "geometry")); geometry != nil {
			feature.Geometry = geo.Normalise(geometry)
		}
	}
	p, ok := n.get("properties")
	if !ok {
		f.add(RuleMember, pointer(path, "properties"), "there are no properties")
		return feature
	}
	feature.Properties = f.properties(c, dropComputed(c, p), pointer(path, "properties"))
	return feature
}

// record reads a feature without geometry at path: an object with its id among the properties.
func (f *faults) record(c CollectionID, n node, path string) Feature {
	feature := Feature{Collection: c}
	if n.kind != nodeObject {
		f.add(RuleType, path, "%s stands where an object is needed", article(n.kind))
		return feature
	}
	feature.ID = f.id(n, path)
	feature.Properties = f.properties(c, dropComputed(c, n), path)
	return feature
}

// id returns the member id of n, a text or, as GeoJSON allows, a number.
func (f *faults) id(n node, path string) ID {
	id, ok := n.get("id")
	if ok && id.kind != nodeString && id.kind != nodeNumber {
		f.add(RuleType, pointer(path, "id"), "%s stands where an id is needed", article(id.kind))
	}
	return ID(id.text)
}

func (f *faults) properties(c CollectionID, n node, path string) Properties {
	p := NewProperties(c)
	if p == nil {
		f.add(RuleValue, path, "%.80q is not a stored collection", c)
		return nil
	}
	f.fill(n, reflect.ValueOf(p).Elem(), path)
	return p
}

// members finds members of n that are not among the names allowed.
func (f *faults) members(n node, path string, allowed ...string) {
	for _, m := range n.members {
		if !slices.Contains(allowed, m.name) {
			f.add(RuleMember, pointer(path, m.name), "unknown member %.80q", m.name)
		}
	}
}

// dropComputed returns n without the properties that the server makes itself.
func dropComputed(c CollectionID, n node) node {
	if n.kind != nodeObject {
		return n
	}
	kept := node{kind: nodeObject}
	for _, m := range n.members {
		if !isComputed(c, m.name) {
			kept.members = append(kept.members, m)
		}
	}
	return kept
}

// MarshalJSON writes v as compact JSON, <, > and & as they are: the bytes never go into HTML unescaped.
func MarshalJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("write %T as JSON: %w", v, err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
