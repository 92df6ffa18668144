package ogc

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"parkmap/internal/layout"
)

const (
	tagService = "service"
	tagData    = "data"
)

// servicePaths are the paths that do not depend on a collection. "/" is the landing page.
func servicePaths() map[string]PathItem {
	documents := []Parameter{formatParameter(DocumentFormats()), parameterRef("lang")}
	return map[string]PathItem{
		"/": get(tagService, "Landing page", "getLandingPage", documents,
			document("landingPage", DocumentFormats())),
		"/conformance": get(tagService, "Conformance classes", "getConformance", documents,
			document("confClasses", DocumentFormats())),
		"/openapi.json": get(tagService, "This document", "getOpenAPI",
			[]Parameter{formatParameter(OpenAPIFormats())},
			document("openapi", OpenAPIFormats())),
		"/events": get(tagService, "New versions as they are published, as server-sent events", "getEvents",
			[]Parameter{
				{Name: "since", In: "query", Description: "Version that is known already.", Schema: &JSONSchema{Type: "integer"}},
				{Name: "Last-Event-ID", In: "header", Description: "The same, as browsers say it when they come again.", Schema: &JSONSchema{Type: "string"}},
			},
			map[string]Response{"200": {
				Description: "Events called version, whose id is the version and whose data is JSON: version, published_at, and changed, " +
					"a list of collection, id, deleted and bbox, or null where all may have changed",
				Content: map[string]Media{"text/event-stream": {Schema: &JSONSchema{Type: "string"}}},
			}, "429": {Description: "Too many listen already", Content: map[string]Media{TypeProblem: {Schema: schemaRef("problem")}}}}),
		"/collections": get(tagData, "List of collections", "getCollections", documents,
			document("collections", DocumentFormats())),
	}
}

func addCollectionPaths(paths map[string]PathItem, c CollectionInfo) {
	id, root := operationName(c.ID), "/collections/"+url.PathEscape(string(c.ID))
	title := c.Title.EN
	localised := parameterRef("lang")
	paths[root] = get(tagData, title, "describe."+id,
		[]Parameter{formatParameter(DocumentFormats()), localised},
		document("collection", DocumentFormats()))
	paths[root+"/queryables"] = get(tagData, title+": properties to query by", "queryables."+id,
		[]Parameter{formatParameter(SchemaFormats()), localised},
		document("propertiesSchema", SchemaFormats()))
	paths[root+"/schema"] = get(tagData, title+": schema of the features", "schema."+id,
		[]Parameter{formatParameter(SchemaFormats()), localised},
		document("propertiesSchema", SchemaFormats()))
	paths[root+"/items"] = get(tagData, title+": features", "items."+id,
		itemsParameters(c), document(id+".features", ItemsFormats()))
	if !c.hasIDs() {
		return
	}
	paths[root+"/items/{featureId}"] = get(tagData, title+": one feature", "item."+id,
		[]Parameter{parameterRef("featureId"), propertiesParameter(c), parameterRef("datum"), parameterRef("datetime"), formatParameter(ItemFormats()), localised},
		withRedirect(document(id+".feature", ItemFormats())))
}

// operationName is the id of a collection in names of OpenAPI, which are made of ASCII letters, digits, dots and
// hyphens: all other bytes are written as _ and two hexadecimal digits. No two collections share one.
func operationName(id layout.CollectionID) string {
	var b strings.Builder
	for _, c := range []byte(id) {
		if c == '.' || c == '-' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "_%02x", c)
		}
	}
	return b.String()
}

// get builds an operation: what it answers when all is well, and the errors that every path may answer.
func get(tag, summary, id string, parameters []Parameter, responses map[string]Response) PathItem {
	for status, name := range map[string]string{
		"304": "NotModified", "400": "BadRequest", "404": "NotFound", "405": "MethodNotAllowed",
		"406": "NotAcceptable", "414": "URITooLong", "431": "HeadersTooLarge", "500": "ServerError", "503": "Unavailable",
	} {
		responses[status] = Response{Ref: ref("responses", name)}
	}
	return PathItem{Get: &Operation{
		Tags: []string{tag}, Summary: summary, OperationID: id, Parameters: parameters, Responses: responses,
	}}
}

// document is the response 200 in all its representations; JSON ones have the named schema.
func document(schema string, formats []Format) map[string]Response {
	content := make(map[string]Media, len(formats))
	for _, f := range formats {
		s := &JSONSchema{Type: "string"}
		if f.Name == "json" {
			s = schemaRef(schema)
		}
		content[f.Type] = Media{Schema: s}
	}
	return map[string]Response{"200": {
		Description: "The resource",
		Headers: map[string]Header{
			"ETag":             {Ref: ref("headers", "ETag")},
			"X-Layout-Version": {Ref: ref("headers", "LayoutVersion")},
			"X-Request-Id":     {Ref: ref("headers", "RequestId")},
		},
		Content: content,
	}}
}

func withRedirect(responses map[string]Response) map[string]Response {
	responses["308"] = Response{Description: "The feature under its permanent id, when it was asked for by its slug"}
	return responses
}

func formatParameter(formats []Format) Parameter {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.Name
	}
	return Parameter{
		Name: "f", In: "query", Description: "Representation; it comes before the header Accept.",
		Schema: &JSONSchema{Type: "string", Enum: names},
	}
}

// ReservedParameters lists the parameters of items that have a meaning of their own, so that no
// queryable of that name is a parameter.
func ReservedParameters() []string {
	return []string{"bbox", "limit", "datetime", "properties", "sortby", "q", "filter", "filter-lang", "filter-crs", "datum", "token", "f", "lang"}
}

// ItemsParameterNames lists the parameters of the items of a collection: the reserved ones that it has and one
// per queryable. Texts of tables are not indexed, so those have no q.
func ItemsParameterNames(c CollectionInfo) []string {
	var names []string
	for _, name := range ReservedParameters() {
		if name != "q" || !c.Table {
			names = append(names, name)
		}
	}
	for _, p := range QueryParameters(c) {
		names = append(names, p.Name)
	}
	return names
}

func itemsParameters(c CollectionInfo) []Parameter {
	out := []Parameter{
		parameterRef("bbox"), parameterRef("datetime"), parameterRef("limit"), parameterRef("q"),
		parameterRef("filter"), parameterRef("filter-lang"), parameterRef("filter-crs"), parameterRef("datum"),
		parameterRef("token"), propertiesParameter(c), sortbyParameter(c),
		formatParameter(ItemsFormats()), parameterRef("lang"),
	}
	if c.Table {
		q := parameterRef("q")
		out = slices.DeleteFunc(out, func(p Parameter) bool { return p.Ref == q.Ref })
	}
	for _, p := range QueryParameters(c) {
		out = append(out, queryableParameter(p))
	}
	return out
}

// QueryParameters returns the queryables of a collection that are parameters of its items.
func QueryParameters(c CollectionInfo) []layout.Property {
	var out []layout.Property
	for _, p := range c.Schema {
		if p.Queryable && !reserved(p.Name) {
			out = append(out, p)
		}
	}
	return out
}

func reserved(name string) bool {
	for _, r := range ReservedParameters() {
		if r == name {
			return true
		}
	}
	return false
}

func propertiesParameter(c CollectionInfo) Parameter {
	names := make([]string, len(c.Schema))
	for i, p := range c.Schema {
		names[i] = p.Name
	}
	return listParameter("properties", "Names of the properties to return, separated by commas.",
		&JSONSchema{Type: "string", Enum: names})
}

func sortbyParameter(c CollectionInfo) Parameter {
	var names, quoted []string
	for _, p := range c.Schema {
		if p.Sortable {
			names, quoted = append(names, p.Name), append(quoted, regexp.QuoteMeta(p.Name))
		}
	}
	return listParameter("sortby", "Properties to sort by, each with + (default) or - before it. Sortable: "+strings.Join(names, ", ")+".",
		&JSONSchema{Type: "string", Pattern: `^[+-]?(` + strings.Join(quoted, "|") + `)$`})
}

// queryableParameter describes the parameter of a queryable: values separated by commas, one of which
// has to match.
func queryableParameter(p layout.Property) Parameter {
	item := &JSONSchema{Type: p.Type, Format: p.Format, Enum: p.Enum}
	if p.Type == "array" || p.Type == "object" {
		item = &JSONSchema{Type: "string", Enum: slices.Concat(p.Enum, p.Codes)}
	}
	return listParameter(p.Name, p.Title.EN+": features with one of these values.", item)
}

func listParameter(name, description string, item *JSONSchema) Parameter {
	explode, most := false, MaxListed
	return Parameter{
		Name: name, In: "query", Description: description, Style: "form", Explode: &explode,
		Schema: &JSONSchema{Type: "array", MaxItems: &most, Items: item},
	}
}
