package ogc

import (
	"maps"
	"slices"

	"parkmap/internal/layout"
)

func newComponents(d Dataset) Components {
	c := Components{
		Schemas:    documentSchemas(),
		Parameters: commonParameters(),
		Responses:  errorResponses(),
		Headers: map[string]Header{
			"ETag":          {Description: "Strong validator of this representation", Schema: &JSONSchema{Type: "string"}},
			"LayoutVersion": {Description: "Published version of the layout that the answer was made from", Schema: &JSONSchema{Type: "integer"}},
			"RequestId":     {Description: "Name of the request in the log of the server", Schema: &JSONSchema{Type: "string"}},
		},
	}
	maps.Copy(c.Schemas, tileSchemas())
	maps.Copy(c.Schemas, styleSchemas())
	maps.Copy(c.Parameters, filterParameters())
	maps.Copy(c.Parameters, pictureComponents())
	maps.Copy(c.Parameters, tileComponents())
	maps.Copy(c.Parameters, mapComponents())
	for _, info := range d.Collections {
		addFeatureSchemas(c.Schemas, info)
	}
	return c
}

func commonParameters() map[string]Parameter {
	explode, one, four, six := false, 1, 4, 6
	limit, text := MaxLimit, MaxTextLength
	return map[string]Parameter{
		"bbox": {
			Name: "bbox", In: "query", Style: "form", Explode: &explode,
			Description: "Box in CRS84: west, south, east, north; or with heights as third and sixth number, which are read and not used. " +
				"A box whose west is greater than its east crosses the 180th meridian. Features without geometry are never inside.",
			Schema: &JSONSchema{Type: "array", MinItems: &four, MaxItems: &six, Items: &JSONSchema{Type: "number"}},
		},
		"datetime": {
			Name: "datetime", In: "query", Style: "form", Explode: &explode,
			Description: "Instant or day of RFC 3339, or an interval of two with a slash between; .. is an open end. " +
				"The layout is answered as it was published then, of an interval at its end; before anything was published it is empty. " +
				"Of tables the features whose time meets it; those without time are always in.",
			Schema: &JSONSchema{Type: "string"},
		},
		"limit": {
			Name: "limit", In: "query", Style: "form", Explode: &explode,
			Description: "Most features in one answer; a larger number than the maximum is taken as the maximum.",
			Schema:      &JSONSchema{Type: "integer", Minimum: &one, Maximum: &limit, Default: DefaultLimit},
		},
		"q": {
			Name: "q", In: "query",
			Description: "Text to search for: Chinese, pinyin, initials of pinyin, English, ids or clause numbers. " +
				"Words separated by white space must all be found in a feature, in any order. " +
				"Commas and other marks do not separate words and are left out: a,b is searched for as ab.",
			Schema: &JSONSchema{Type: "string", MaxLength: &text},
		},
		"token": {
			Name: "token", In: "query", Description: "Where a page begins; taken from the links next and prev.",
			Schema: &JSONSchema{Type: "string"},
		},
		"lang": {
			Name: "lang", In: "query", Description: "Language of titles, those of links among them; it comes before the header Accept-Language.",
			Schema: &JSONSchema{Type: "string", Enum: []string{string(ZH), string(EN)}},
		},
		"featureId": {
			Name: "featureId", In: "path", Required: true, Description: "Permanent id of a feature, or its slug.",
			Schema: &JSONSchema{Type: "string"},
		},
	}
}

func errorResponses() map[string]Response {
	problem := map[string]Media{TypeProblem: {Schema: schemaRef("problem")}}
	return map[string]Response{
		"NotModified":      {Description: "The representation that the client holds is still right"},
		"BadRequest":       {Description: "A parameter is unknown or has a wrong value", Content: problem},
		"NotFound":         {Description: "There is no such resource", Content: problem},
		"MethodNotAllowed": {Description: "The resource does not take this method", Content: problem},
		"NotAcceptable":    {Description: "The resource has no representation of this type", Content: problem},
		"URITooLong":       {Description: "The address is too long", Content: problem},
		"HeadersTooLarge":  {Description: "The headers are too long", Content: problem},
		"ServerError":      {Description: "The server failed; the problem has a number to ask about", Content: problem},
		"Unavailable":      {Description: "The server is not ready yet", Content: problem},
	}
}

// addFeatureSchemas adds the schemas of one feature and of a page of features of a collection.
func addFeatureSchemas(schemas map[string]*JSONSchema, c CollectionInfo) {
	id := operationName(c.ID)
	properties := make(map[string]*JSONSchema, len(c.Schema))
	for _, p := range c.Schema {
		properties[p.Name] = responseProperty(p)
		if c.Table {
			asColumn(properties[p.Name], p)
		}
	}
	feature := &JSONSchema{
		Type: "object", Title: c.Title.EN, Required: []string{"type", "geometry", "properties"},
		Properties: map[string]*JSONSchema{
			"type":       {Type: "string", Enum: []string{"Feature"}},
			"geometry":   geometrySchema(c.GeometryTypes),
			"properties": {Type: "object", Properties: properties},
			"links":      links(),
		},
	}
	if c.hasIDs() {
		feature.Required = []string{"type", "id", "geometry", "properties"}
		feature.Properties["id"] = &JSONSchema{Type: "string"}
	}
	page := &JSONSchema{
		Type: "object", Title: c.Title.EN,
		Required: []string{"type", "features", "numberMatched", "numberReturned", "links"},
		Properties: map[string]*JSONSchema{
			"type":           {Type: "string", Enum: []string{"FeatureCollection"}},
			"features":       {Type: "array", Items: schemaRef(id + ".feature")},
			"numberMatched":  count(),
			"numberReturned": count(),
			"links":          links(),
		},
	}
	if c.Table {
		feature.Properties["geometryOmitted"] = &JSONSchema{Type: "string", Description: "Why the geometry is null though there is one"}
		page.Properties["numberMatchedEstimated"] = &JSONSchema{Type: "boolean", Description: "Whether numberMatched is an estimate, because counting takes too long"}
	}
	schemas[id+".feature"], schemas[id+".features"] = feature, page
}

// hasIDs tells whether the features of a collection have ids: rows of a table without a key have none.
func (c CollectionInfo) hasIDs() bool {
	return !c.Table || slices.ContainsFunc(c.Schema, func(p layout.Property) bool { return p.Key })
}

func responseProperty(p layout.Property) *JSONSchema {
	s := &JSONSchema{Title: p.Title.EN, Type: p.Type, Format: p.Format, Enum: p.Enum}
	if p.Type == "array" {
		s.Enum = nil
		s.Items = &JSONSchema{}
		if len(p.Enum) > 0 {
			s.Items = &JSONSchema{Type: "string", Enum: p.Enum}
		}
	}
	return s
}

// asColumn lets a property have what a column of a table may hold: NULL, a number that JSON has not, or any JSON.
func asColumn(s *JSONSchema, p layout.Property) {
	s.Nullable = !p.Required || p.Type == "number"
	if s.Nullable {
		s.Enum = nil // it would have to list null
	}
	switch p.Type {
	case "object":
		s.Type, s.Nullable = "", true // anything
	case "array":
		s.Items = &JSONSchema{Nullable: true}
	}
}

func count() *JSONSchema {
	zero := 0
	return &JSONSchema{Type: "integer", Minimum: &zero}
}

func links() *JSONSchema { return &JSONSchema{Type: "array", Items: schemaRef("link")} }
