package ogc

import "slices"

// documentSchemas are the schemas of the documents that do not depend on the data.
func documentSchemas() map[string]*JSONSchema {
	text := func() *JSONSchema { return &JSONSchema{Type: "string"} }
	return map[string]*JSONSchema{
		"link": {
			Type: "object", Required: []string{"href", "rel"},
			Properties: map[string]*JSONSchema{"href": text(), "rel": text(), "type": text(), "title": text()},
		},
		"landingPage": {
			Type: "object", Required: []string{"title", "links"},
			Properties: map[string]*JSONSchema{
				"title": text(), "description": text(), "attribution": text(), "links": links(),
			},
		},
		"confClasses": {
			Type: "object", Required: []string{"conformsTo"},
			Properties: map[string]*JSONSchema{"conformsTo": {Type: "array", Items: text()}},
		},
		"collections": {
			Type: "object", Required: []string{"links", "collections"},
			Properties: map[string]*JSONSchema{
				"links": links(), "collections": {Type: "array", Items: schemaRef("collection")},
			},
		},
		"collection":       collectionSchema(),
		"propertiesSchema": metaSchema(),
		"openapi": {
			Type: "object", Required: []string{"openapi", "info", "paths"},
			Properties: map[string]*JSONSchema{"openapi": text(), "info": {Type: "object"}, "paths": {Type: "object"}},
		},
		"problem": problemSchema(),
	}
}

func collectionSchema() *JSONSchema {
	text, four := &JSONSchema{Type: "string"}, 4
	box := &JSONSchema{Type: "array", MinItems: &four, MaxItems: &four, Items: &JSONSchema{Type: "number"}}
	return &JSONSchema{
		Type: "object", Required: []string{"id", "title", "links", "itemType", "crs"},
		Properties: map[string]*JSONSchema{
			"id": text, "title": text, "description": text, "links": links(),
			"itemType":   {Type: "string", Enum: []string{"feature"}},
			"crs":        {Type: "array", Items: text},
			"storageCrs": text,
			"extent": {Type: "object", Properties: map[string]*JSONSchema{
				"spatial": {Type: "object", Properties: map[string]*JSONSchema{
					"bbox": {Type: "array", Items: box},
					"crs":  {Type: "string", Enum: []string{CRS84}},
				}},
			}},
		},
	}
}

// metaSchema is the schema of queryables and schema, which are schemas themselves.
func metaSchema() *JSONSchema {
	text := &JSONSchema{Type: "string"}
	return &JSONSchema{
		Type: "object", Required: []string{"$schema", "$id", "type", "properties"},
		Properties: map[string]*JSONSchema{
			"$schema": {Type: "string", Enum: []string{dialect}},
			"$id":     text, "title": text, "description": text,
			"type":                 {Type: "string", Enum: []string{"object"}},
			"properties":           {Type: "object"},
			"additionalProperties": {Type: "boolean"},
		},
	}
}

func problemSchema() *JSONSchema {
	text := &JSONSchema{Type: "string"}
	two, least, most := 2, 400, 599
	return &JSONSchema{
		Description: "A problem of RFC 9457", Type: "object",
		Required: []string{"type", "title", "status", "detail", "instance"},
		Properties: map[string]*JSONSchema{
			"type":  {Type: "string", Enum: []string{ProblemType}, Description: "A problem means no more than its status"},
			"title": text, "detail": text, "instance": text,
			"status":   {Type: "integer", Minimum: &least, Maximum: &most},
			"incident": text,
			"conflicts": {
				Description: "Of changes: the features that somebody else has published meanwhile, as in the answer of conflicts",
				Type:        "array", Items: &JSONSchema{Type: "object"},
			},
			"issues":  {Description: "Of changes: what has to be mended, or needs a reason, as in the answer of check", Type: "array", Items: &JSONSchema{Type: "object"}},
			"current": {Description: "Of changes to a feature that is at another version: the feature as it is", Type: "object"},
			"errors": {Type: "array", Items: &JSONSchema{
				Type: "object", Required: []string{"detail"},
				Properties: map[string]*JSONSchema{
					"pointer": text, "parameter": text, "detail": text, "rule": text, "clause": text,
					"location": {
						Description: "Longitude and latitude in CRS84", Type: "array",
						MinItems: &two, MaxItems: &two, Items: &JSONSchema{Type: "number"},
					},
				},
			}},
		},
	}
}

// geometrySchema is the schema of the geometries of a collection. Any feature may lack one.
func geometrySchema(types []string) *JSONSchema {
	names := slices.Clone(types)
	s := &JSONSchema{Type: "object", Nullable: true}
	if len(names) > 0 {
		s.Required = []string{"type", "coordinates"}
		s.Properties = map[string]*JSONSchema{
			"type":        {Type: "string", Enum: names},
			"coordinates": {Type: "array", Items: &JSONSchema{}},
		}
	}
	if slices.Contains(names, "GeometryCollection") {
		s.Required = []string{"type"}
		s.Properties["geometries"] = &JSONSchema{Type: "array", Items: &JSONSchema{Type: "object"}}
	}
	return s
}
