package ogc

// OpenAPI is an OpenAPI 3.0 document, as far as the service needs one.
type OpenAPI struct {
	OpenAPI    string              `json:"openapi"`
	Info       Info                `json:"info"`
	Servers    []Server            `json:"servers"`
	Tags       []Tag               `json:"tags"`
	Paths      map[string]PathItem `json:"paths"`
	Components Components          `json:"components"`
}

// Info names the service and its version.
type Info struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Version     string `json:"version"`
}

// Server is the address that the paths are relative to.
type Server struct {
	URL string `json:"url"`
}

// Tag groups operations.
type Tag struct {
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
}

// PathItem holds the operations of a path. HEAD and OPTIONS are answered as HTTP asks. Servers stand instead of
// those of the document where a path is not under the API's.
type PathItem struct {
	Servers []Server `json:"servers,omitempty"`

	Get    *Operation `json:"get,omitempty"`
	Post   *Operation `json:"post,omitempty"`
	Put    *Operation `json:"put,omitempty"`
	Patch  *Operation `json:"patch,omitempty"`
	Delete *Operation `json:"delete,omitempty"`
}

// Operation is one method of a path.
type Operation struct {
	Tags        []string              `json:"tags"`
	Summary     string                `json:"summary"`
	OperationID string                `json:"operationId"`
	Parameters  []Parameter           `json:"parameters,omitempty"`
	RequestBody *RequestBody          `json:"requestBody,omitempty"`
	Responses   map[string]Response   `json:"responses"`
	Security    []map[string][]string `json:"security,omitempty"` // one of these is needed; nil needs none
}

// RequestBody is what a request carries.
type RequestBody struct {
	Required bool             `json:"required"`
	Content  map[string]Media `json:"content"`
}

// Parameter is a parameter, or a reference to one when Ref is set.
type Parameter struct {
	Ref         string      `json:"$ref,omitempty"`
	Name        string      `json:"name,omitempty"`
	In          string      `json:"in,omitempty"`
	Description string      `json:"description,omitempty"`
	Required    bool        `json:"required,omitempty"`
	Style       string      `json:"style,omitempty"`
	Explode     *bool       `json:"explode,omitempty"`
	Schema      *JSONSchema `json:"schema,omitempty"`
}

// Response is a response, or a reference to one when Ref is set.
type Response struct {
	Ref         string            `json:"$ref,omitempty"`
	Description string            `json:"description,omitempty"`
	Headers     map[string]Header `json:"headers,omitempty"`
	Content     map[string]Media  `json:"content,omitempty"`
}

// Header is a response header, or a reference to one when Ref is set.
type Header struct {
	Ref         string      `json:"$ref,omitempty"`
	Description string      `json:"description,omitempty"`
	Schema      *JSONSchema `json:"schema,omitempty"`
}

// Media is the schema of one media type, with an example.
type Media struct {
	Schema  *JSONSchema `json:"schema"`
	Example any         `json:"example,omitempty"`
}

// JSONSchema is a schema in the dialect of OpenAPI 3.0, or a reference to one when Ref is set.
type JSONSchema struct {
	Ref         string                 `json:"$ref,omitempty"`
	Title       string                 `json:"title,omitempty"`
	Description string                 `json:"description,omitempty"`
	Type        string                 `json:"type,omitempty"`
	Format      string                 `json:"format,omitempty"`
	Pattern     string                 `json:"pattern,omitempty"`
	Nullable    bool                   `json:"nullable,omitempty"`
	Enum        []string               `json:"enum,omitempty"`
	Default     any                    `json:"default,omitempty"`
	Minimum     *int                   `json:"minimum,omitempty"`
	Maximum     *int                   `json:"maximum,omitempty"`
	MaxLength   *int                   `json:"maxLength,omitempty"`
	MinItems    *int                   `json:"minItems,omitempty"`
	MaxItems    *int                   `json:"maxItems,omitempty"`
	Items       *JSONSchema            `json:"items,omitempty"`
	OneOf       []*JSONSchema          `json:"oneOf,omitempty"`
	AllOf       []*JSONSchema          `json:"allOf,omitempty"`
	Required    []string               `json:"required,omitempty"`
	Properties  map[string]*JSONSchema `json:"properties,omitempty"`
}

// Components are what paths refer to.
type Components struct {
	Schemas    map[string]*JSONSchema `json:"schemas"`
	Parameters map[string]Parameter   `json:"parameters"`
	Responses  map[string]Response    `json:"responses"`
	Headers    map[string]Header      `json:"headers"`

	SecuritySchemes map[string]SecurityScheme `json:"securitySchemes,omitempty"`
}

// SecurityScheme is a way to say who makes a request.
type SecurityScheme struct {
	Type        string `json:"type"`
	Description string `json:"description,omitempty"`
	In          string `json:"in,omitempty"`
	Name        string `json:"name,omitempty"`
	Scheme      string `json:"scheme,omitempty"`
}

// NewOpenAPI describes the service as it is served: each collection with its own paths, parameters and
// schemas. It is written in English whatever the language of the other documents.
func NewOpenAPI(b Base, d Dataset) OpenAPI {
	doc := OpenAPI{
		OpenAPI: "3.0.3",
		Info:    Info{Title: d.Title, Description: d.Description, Version: d.Version},
		Servers: []Server{{URL: b.API()}},
		Tags: []Tag{
			{Name: tagService, Description: "What the service is and what it offers"},
			{Name: tagData, Description: "Collections and their features"},
			{Name: tagPictures, Description: "The map as an image"},
			{Name: tagMapPictures, Description: "Maps of OGC API Maps"},
			{Name: tagTiles, Description: "Vector tiles, and tiles that are images"},
		},
		Paths:      servicePaths(),
		Components: newComponents(d),
	}
	for _, c := range d.Collections {
		addCollectionPaths(doc.Paths, c)
	}
	addPicturePaths(doc.Paths, b)
	addPaperPaths(doc.Paths, b)
	addMapPaths(doc.Paths, d)
	addTilePaths(doc.Paths, b, d)
	addStylePaths(doc.Paths, b)
	if d.Accounts != nil {
		addAccounts(&doc, *d.Accounts)
	}
	if d.Changes {
		addChanges(&doc, d)
	}
	return doc
}

func ref(kind, name string) string { return "#/components/" + kind + "/" + name }

func schemaRef(name string) *JSONSchema { return &JSONSchema{Ref: ref("schemas", name)} }

func parameterRef(name string) Parameter { return Parameter{Ref: ref("parameters", name)} }
