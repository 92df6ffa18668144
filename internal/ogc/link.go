package ogc

import (
	"net/url"
	"unicode/utf8"

	"parkmap/internal/layout"
)

// Link is a typed link of a document (RFC 8288).
type Link struct {
	Href  string `json:"href"`
	Rel   string `json:"rel"`
	Type  string `json:"type,omitempty"`
	Title string `json:"title,omitempty"`
}

// AppendLinks writes links as the JSON that their tags say, without escapes for HTML. Many answers need them.
func AppendLinks(dst []byte, links []Link) []byte {
	dst = append(dst, '[')
	for i, l := range links {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendJSON(append(dst, `{"href":`...), l.Href)
		dst = appendJSON(append(dst, `,"rel":`...), l.Rel)
		if l.Type != "" {
			dst = appendJSON(append(dst, `,"type":`...), l.Type)
		}
		if l.Title != "" {
			dst = appendJSON(append(dst, `,"title":`...), l.Title)
		}
		dst = append(dst, '}')
	}
	return append(dst, ']')
}

// appendJSON writes a text as JSON; nearly always it stands as it is.
func appendJSON(dst []byte, s string) []byte {
	const separators = 0xe2 // the first byte of U+2028 and U+2029, which are escaped
	plain := utf8.ValidString(s)
	for i := 0; plain && i < len(s); i++ {
		plain = s[i] >= ' ' && s[i] != '"' && s[i] != '\\' && s[i] != separators
	}
	if plain {
		return append(append(append(dst, '"'), s...), '"')
	}
	text, err := layout.MarshalJSON(s)
	if err != nil {
		return append(dst, `""`...) // not reached: a text
	}
	return append(dst, text...)
}

// Relation types that have no short name.
const (
	relConformance = "http://www.opengis.net/def/rel/ogc/1.0/conformance"
	relData        = "http://www.opengis.net/def/rel/ogc/1.0/data"
	relQueryables  = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
	relMap         = "http://www.opengis.net/def/rel/ogc/1.0/map"
	relSchema      = "http://www.opengis.net/def/rel/ogc/1.0/schema"
)

// Base is the address of the server without a slash at its end, such as https://example.org. The
// documents live under its path /api.
type Base string

// API returns the address of the landing page.
func (b Base) API() string { return string(b) + "/api" }

// Conformance returns the address of the conformance declaration.
func (b Base) Conformance() string { return b.API() + "/conformance" }

// OpenAPI returns the address of the OpenAPI document.
func (b Base) OpenAPI() string { return b.API() + "/openapi.json" }

// Collections returns the address of the list of collections.
func (b Base) Collections() string { return b.API() + "/collections" }

// Collection returns the address of one collection.
func (b Base) Collection(id layout.CollectionID) string {
	return b.Collections() + "/" + url.PathEscape(string(id))
}

// Items returns the address of the features of a collection.
func (b Base) Items(id layout.CollectionID) string { return b.Collection(id) + "/items" }

// Item returns the address of one feature.
func (b Base) Item(id layout.CollectionID, feature layout.ID) string {
	return b.Items(id) + "/" + url.PathEscape(string(feature))
}

// Queryables returns the address of the queryables of a collection.
func (b Base) Queryables(id layout.CollectionID) string { return b.Collection(id) + "/queryables" }

// Schema returns the address of the schema of a collection.
func (b Base) Schema(id layout.CollectionID) string { return b.Collection(id) + "/schema" }

// Map returns the address of the map of a collection or, with an empty id, of the layout.
func (b Base) Map(id layout.CollectionID) string {
	if id == "" {
		return b.API() + "/map"
	}
	return b.Collection(id) + "/map"
}

// Page returns the address of the readable page of a feature.
func (b Base) Page(feature layout.ID) string {
	return string(b) + "/f/" + url.PathEscape(string(feature))
}

// Style returns the address of a style sheet for maps drawn by clients; mode is light or dark.
func (b Base) Style(mode string, l Lang) string {
	return string(b) + "/styles/layout-" + mode + "-" + string(l) + ".json"
}

// Format is one representation of a resource.
type Format struct {
	Name  string // value of the parameter f
	Type  string // media type
	Title layout.Label
}

// The representations by their name in the parameter f.
var (
	formatJSON       = Format{"json", TypeJSON, titleJSON}
	formatSchema     = Format{"json", TypeSchema, titleJSONSchema}
	formatOpenAPI    = Format{"json", TypeOpenAPI, titleOpenAPI}
	formatHTML       = Format{"html", TypeHTML, titleHTML}
	formatGeoJSON    = Format{"json", TypeGeoJSON, titleGeoJSON}
	formatGeoJSONSeq = Format{"geojsonseq", TypeGeoJSONSeq, titleSequence}
	formatCSV        = Format{"csv", TypeCSV, titleCSV}
	formatSVG        = Format{"svg", TypeSVG, titleSVG}
	formatPNG        = Format{"png", TypePNG, titlePNG}
	formatWebP       = Format{"webp", TypeWebP, titleWebP}
	formatPDF        = Format{"pdf", TypePDF, titlePDF}
	formatMVT        = Format{FormatMVT, TypeMVT, titleMVT}
	formatStyle      = Format{"json", TypeJSON, titleStyle}
)

// DocumentFormats lists the representations of the landing page, the conformance declaration and the
// collections, the preferred one first.
func DocumentFormats() []Format { return []Format{formatJSON, formatHTML} }

// SchemaFormats lists the representations of queryables and schema.
func SchemaFormats() []Format { return []Format{formatSchema, formatHTML} }

// OpenAPIFormats lists the representations of the OpenAPI document.
func OpenAPIFormats() []Format { return []Format{formatOpenAPI} }

// PictureFormats lists the files that a picture comes as: their names end in a dot and the name of the format.
func PictureFormats() []Format { return []Format{formatSVG, formatPNG, formatWebP, formatPDF} }

// FeaturePictureFormats lists the files that a picture of one feature comes as.
func FeaturePictureFormats() []Format { return []Format{formatSVG, formatPNG, formatWebP} }

// PaperFormats lists the file that a document for paper comes as.
func PaperFormats() []Format { return []Format{formatPDF} }

// MapFormats lists the representations of a map of OGC API Maps.
func MapFormats() []Format { return []Format{formatPNG, formatWebP, formatSVG} }

// TileFormats lists the representations of a tile.
func TileFormats() []Format { return []Format{formatMVT} }

// JSONFormats lists the representation of documents for programs alone.
func JSONFormats() []Format { return []Format{formatJSON} }

// StyleFormats lists the representations of a style sheet of maps.
func StyleFormats() []Format { return []Format{formatStyle} }

// ItemsFormats lists the representations of a page of features.
func ItemsFormats() []Format {
	return []Format{formatGeoJSON, formatHTML, formatGeoJSONSeq, formatCSV}
}

// ItemFormats lists the representations of one feature.
func ItemFormats() []Format {
	return []Format{formatGeoJSON, formatHTML, formatGeoJSONSeq, formatCSV}
}

// Representations returns the link self for the format served and an alternate for each other one, with
// titles in a language; href makes the address of a format.
func Representations(formats []Format, served string, l Lang, href func(Format) string) []Link {
	links := make([]Link, 0, len(formats))
	for _, f := range formats {
		rel := "alternate"
		if f.Name == served {
			rel = "self"
		}
		links = append(links, Link{Href: href(f), Rel: rel, Type: f.Type, Title: l.Of(f.Title)})
	}
	return links
}

// NextLink returns the link to the page of features behind, in the same media type.
func NextLink(href, mediaType string, l Lang) Link {
	return Link{href, "next", mediaType, l.Of(titleNext)}
}

// PrevLink returns the link to the page of features before, in the same media type.
func PrevLink(href, mediaType string, l Lang) Link {
	return Link{href, "prev", mediaType, l.Of(titlePrev)}
}

// CollectionLink returns the link from features to their collection.
func CollectionLink(b Base, id layout.CollectionID, l Lang) Link {
	return Link{b.Collection(id), "collection", TypeJSON, l.Of(titleCollection)}
}

// inFormat returns href with the parameter f; href has no query.
func inFormat(href string) func(Format) string {
	return func(f Format) string { return href + "?f=" + f.Name }
}
