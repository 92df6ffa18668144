// Package ogc holds the documents of OGC API Common and OGC API Features as plain types, and builds
// them from the description of the collections: landing page, conformance, collections, queryables,
// schema and the OpenAPI 3.0 description of the service.
//
// It knows no HTTP: no request, no header, no status beyond what the OpenAPI document lists. It does
// not know where collections come from, and reads no feature.
package ogc

import (
	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// CRS84 is the reference system of every position that is served: WGS 84, longitude first.
const CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"

// Media types of the representations.
const (
	TypeJSON       = "application/json"
	TypeGeoJSON    = "application/geo+json"
	TypeGeoJSONSeq = "application/geo+json-seq"
	TypeSchema     = "application/schema+json"
	TypeOpenAPI    = "application/vnd.oai.openapi+json;version=3.0"
	TypeHTML       = "text/html"
	TypeCSV        = "text/csv"
	TypeSVG        = "image/svg+xml"
	TypeMVT        = "application/vnd.mapbox-vector-tile"
	TypePNG        = "image/png"
	TypeWebP       = "image/webp"
	TypePDF        = "application/pdf"
	TypeGlyphs     = "application/x-protobuf"
	TypeProblem    = "application/problem+json"
	TypeMergePatch = "application/merge-patch+json"
)

// Limits of the parameter limit of items.
const (
	DefaultLimit = 100
	MaxLimit     = 10000
)

// Encodings of the parameter filter.
const (
	FilterText = "cql2-text"
	FilterJSON = "cql2-json"
)

// FilterLanguages lists the values of filter-lang.
func FilterLanguages() []string { return []string{FilterText, FilterJSON} }

// Shifted datums of web maps in mainland China.
const (
	DatumGCJ02 = "gcj02"
	DatumBD09  = "bd09"
)

// Datums lists the values of datum.
func Datums() []string { return []string{DatumGCJ02, DatumBD09} }

// MaxListed bounds the members of a parameter that is a list.
const MaxListed = 100

// MaxTextLength bounds the parameter q, in characters; a text of as many fits what a source searches for.
const MaxTextLength = 100

// ProblemType is the member type of every problem: it means no more than its status (RFC 9457, 4.2.1).
const ProblemType = "about:blank"

// PropertyID is the property of every collection that names the feature; GeoJSON has it as the id of the
// feature too.
const PropertyID = "id"

// Lang is a language in which titles are written.
type Lang string

// The languages.
const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// Of returns the label in the language; Chinese stands in for a missing translation.
func (l Lang) Of(label layout.Label) string {
	if l == EN && label.EN != "" {
		return label.EN
	}
	return label.ZH
}

// CollectionInfo describes one collection to the builders. Extent is in CRS84 and nil when the
// features have no geometry; GeometryTypes are GeoJSON names.
type CollectionInfo struct {
	ID            layout.CollectionID
	Title         layout.Label
	Description   layout.Label
	GeometryTypes []string
	Extent        *geo.BBox
	Count         int
	Schema        []layout.Property
	Table         bool // not of the layout: without text search and without time
}

// Dataset describes the whole service to the builders.
type Dataset struct {
	Title       string
	Description string
	Attribution string
	Version     string    // of the program
	Extent      *geo.BBox // of its map; nil where nothing has a position
	Collections []CollectionInfo
	MatrixSets  []MatrixSet   // in which tiles are served
	Accounts    *AccountsInfo // nil where nobody can sign in
	Changes     bool          // whether those who are signed in can change the layout
}

// AccountsInfo is what the description of sign-in depends on.
type AccountsInfo struct {
	Cookie string // name of the cookie of a session
}
