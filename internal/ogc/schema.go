package ogc

import (
	"strings"

	"parkmap/internal/layout"
)

const dialect = "https://json-schema.org/draft/2020-12/schema"

// PropertiesSchema is a JSON Schema (2020-12) of the properties of a collection: its queryables, or
// all that its features carry.
type PropertiesSchema struct {
	Schema               string                    `json:"$schema"`
	ID                   string                    `json:"$id"`
	Type                 string                    `json:"type"`
	Title                string                    `json:"title"`
	Description          string                    `json:"description,omitempty"`
	Properties           map[string]PropertySchema `json:"properties"`
	Required             []string                  `json:"required,omitempty"`
	AdditionalProperties bool                      `json:"additionalProperties"`
}

// PropertySchema is the schema of one property. A geometry has a format and no type.
type PropertySchema struct {
	Title    string          `json:"title"`
	Type     string          `json:"type,omitempty"`
	Format   string          `json:"format,omitempty"`
	Enum     []string        `json:"enum,omitempty"`
	Items    *PropertySchema `json:"items,omitempty"`
	ReadOnly bool            `json:"readOnly,omitempty"`
	Role     string          `json:"x-ogc-role,omitempty"`
	Sequence int             `json:"x-ogc-propertySeq,omitempty"`
}

// NewQueryables builds the queryables of a collection: what the parameter filter may name. Each of them but the
// geometry is a query parameter of its items too.
func NewQueryables(b Base, c CollectionInfo, l Lang) PropertiesSchema {
	doc := newPropertiesSchema(b.Queryables(c.ID), c, l)
	for i, p := range c.Schema {
		if p.Queryable {
			if p.Codes != nil {
				p.Type, p.Enum = "array", p.Codes
			}
			doc.Properties[p.Name] = propertySchema(p, i+1, l)
		}
	}
	return doc
}

// NewSchema builds the schema of the features of a collection: id, geometry and properties as one
// list, as Part 5 writes it.
func NewSchema(b Base, c CollectionInfo, l Lang) PropertiesSchema {
	doc := newPropertiesSchema(b.Schema(c.ID), c, l)
	for i, p := range c.Schema {
		doc.Properties[p.Name] = propertySchema(p, i+1, l)
		if p.Required && !p.Computed {
			doc.Required = append(doc.Required, p.Name)
		}
	}
	return doc
}

func newPropertiesSchema(id string, c CollectionInfo, l Lang) PropertiesSchema {
	doc := PropertiesSchema{
		Schema: dialect, ID: id, Type: "object",
		Title: l.Of(c.Title), Description: l.Of(c.Description),
		Properties: make(map[string]PropertySchema, len(c.Schema)+2),
	}
	if len(c.GeometryTypes) > 0 {
		doc.Properties["geometry"] = PropertySchema{
			Title:  l.Of(layout.Label{ZH: "几何", EN: "Geometry"}),
			Format: geometryFormat(c.GeometryTypes), Role: "primary-geometry",
		}
	}
	return doc
}

func propertySchema(p layout.Property, seq int, l Lang) PropertySchema {
	s := PropertySchema{
		Title: l.Of(p.Title), Type: p.Type, Format: p.Format, Enum: p.Enum,
		ReadOnly: p.Computed, Sequence: seq,
	}
	if p.Name == PropertyID || p.Key {
		s.Role = "id"
	}
	if p.Type == "array" {
		s.Enum = nil
		if len(p.Enum) > 0 {
			s.Items = &PropertySchema{Title: s.Title, Type: "string", Enum: p.Enum}
		}
	}
	return s
}

// geometryFormat names the geometry of a collection as Part 5 does.
func geometryFormat(types []string) string {
	names := map[string]bool{}
	for _, t := range types {
		names[strings.TrimPrefix(strings.ToLower(t), "multi")] = true
	}
	if len(names) > 1 {
		return "geometry-any"
	}
	if len(types) == 1 {
		return "geometry-" + strings.ToLower(types[0])
	}
	for t := range names {
		return "geometry-" + t + "-or-multi" + t
	}
	return "geometry-any"
}
