package ogc

import (
	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// Landing is the landing page of the API.
type Landing struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	Attribution string `json:"attribution,omitempty"`
	Links       []Link `json:"links"`

	Extent *Extent  `json:"extent,omitempty"`
	CRS    []string `json:"crs"` // of maps of the whole layout
}

// Conformance lists the conformance classes that the service meets.
type Conformance struct {
	ConformsTo []string `json:"conformsTo"`
}

// Collections is the list of collections.
type Collections struct {
	Links       []Link       `json:"links"`
	Collections []Collection `json:"collections"`
}

// Collection is the description of one collection.
type Collection struct {
	ID          layout.CollectionID `json:"id"`
	Title       string              `json:"title"`
	Description string              `json:"description,omitempty"`
	Links       []Link              `json:"links"`
	Extent      *Extent             `json:"extent,omitempty"`
	ItemType    string              `json:"itemType"`
	CRS         []string            `json:"crs"`
	StorageCRS  string              `json:"storageCrs,omitempty"`
}

// Extent is where the features of a collection lie.
type Extent struct {
	Spatial SpatialExtent `json:"spatial"`
}

// SpatialExtent holds boxes as west, south, east, north.
type SpatialExtent struct {
	BBox [][4]float64 `json:"bbox"`
	CRS  string       `json:"crs"`
}

// NewLanding builds the landing page; served names the format in which it is served.
func NewLanding(b Base, d Dataset, l Lang, served string) Landing {
	links := Representations(DocumentFormats(), served, l, inFormat(b.API()))
	links = append(links,
		Link{b.OpenAPI(), "service-desc", TypeOpenAPI, l.Of(titleOpenAPI)},
		Link{inFormat(b.API())(formatHTML), "service-doc", TypeHTML, l.Of(titleGuide)},
		Link{b.Conformance(), relConformance, TypeJSON, l.Of(titleConformance)},
		Link{b.Conformance(), "conformance", TypeJSON, l.Of(titleConformance)},
		Link{b.Collections(), relData, TypeJSON, l.Of(titleCollections)},
		Link{b.Collections(), "data", TypeJSON, l.Of(titleCollections)},
		Link{b.Style("light", l), "stylesheet", TypeJSON, l.Of(titleStyle)},
		Link{b.TileMatrixSets(), relTilingSchemes, TypeJSON, l.Of(titleMatrixSets)},
	)
	links = append(links, tilesLinks(b, "", l)...)
	links = append(links, mapTilesLinks(b, "", l)...)
	links = append(links, mapLinks(b.Map(""), l)...)
	out := Landing{Title: d.Title, Description: d.Description, Attribution: d.Attribution, Links: links, CRS: mapSystems(d.Extent)}
	if d.Extent != nil {
		out.Extent = newExtent(*d.Extent)
	}
	return out
}

// NewConformance builds the conformance declaration of a service whose features can be changed, or not.
func NewConformance(changes bool) Conformance {
	c := readConformance()
	if changes {
		for _, class := range []string{"create-replace-delete", "update", "optimistic-locking-etags", "features"} {
			c.ConformsTo = append(c.ConformsTo, "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/"+class)
		}
	}
	return c
}

// readConformance is what holds for reading.
func readConformance() Conformance {
	return Conformance{ConformsTo: []string{
		"http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
		"http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
		"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
		"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
		"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
		"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
		"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
		"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
		"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
		"http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
		"http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas",
		"http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/core-roles-features",
		"http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/returnables-and-receivables",
		"http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/queryables",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/png",
		"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30",
		"http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
		"http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset",
		"http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixsetlimits",
		"http://www.opengis.net/spec/tms/2.0/conf/json-tilesetmetadata",
		"http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/core",
		"http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/collection-map",
		"http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/dataset-map",
		"http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/background",
		"http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/crs",
		"http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/png",
		"http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/svg",
		"http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/oas30",
		"http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
		"http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
		"http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
		"http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
		"http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
		"http://www.opengis.net/spec/cql2/1.0/conf/accent-insensitive-comparison",
		"http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
		"http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
		"http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions",
		"http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions",
		"http://www.opengis.net/spec/cql2/1.0/conf/property-property",
		"http://www.opengis.net/spec/cql2/1.0/conf/arithmetic",
	}}
}

// NewCollections builds the list of collections; served names the format in which it is served.
func NewCollections(b Base, d Dataset, l Lang, served string) Collections {
	doc := Collections{
		Links:       Representations(DocumentFormats(), served, l, inFormat(b.Collections())),
		Collections: make([]Collection, 0, len(d.Collections)),
	}
	doc.Links = append(doc.Links, Link{b.OpenAPI(), "service-desc", TypeOpenAPI, l.Of(titleOpenAPI)})
	for _, c := range d.Collections {
		entry := describe(b, c, l)
		entry.Links = append([]Link{{b.Collection(c.ID), "self", TypeJSON, entry.Title}}, entry.Links...)
		doc.Collections = append(doc.Collections, entry)
	}
	return doc
}

// NewCollection builds the document of one collection; served names the format in which it is served.
func NewCollection(b Base, c CollectionInfo, l Lang, served string) Collection {
	doc := describe(b, c, l)
	self := Representations(DocumentFormats(), served, l, inFormat(b.Collection(c.ID)))
	doc.Links = append(self, doc.Links...)
	return doc
}

func describe(b Base, c CollectionInfo, l Lang) Collection {
	doc := Collection{
		ID:          c.ID,
		Title:       l.Of(c.Title),
		Description: l.Of(c.Description),
		Links:       collectionLinks(b, c, l),
		ItemType:    "feature",
		CRS:         []string{CRS84},
	}
	if len(c.GeometryTypes) > 0 {
		doc.StorageCRS = CRS84
		doc.CRS = mapSystems(c.Extent)
	}
	if c.Extent != nil {
		doc.Extent = newExtent(*c.Extent)
	}
	return doc
}

func collectionLinks(b Base, c CollectionInfo, l Lang) []Link {
	var links []Link
	for _, f := range ItemsFormats() {
		links = append(links, Link{b.Items(c.ID) + "?f=" + f.Name, "items", f.Type, l.Of(f.Title)})
	}
	if len(c.GeometryTypes) > 0 {
		links = append(links, tilesLinks(b, c.ID, l)...)
		if !c.Table {
			links = append(links, mapTilesLinks(b, c.ID, l)...)
		}
		links = append(links, mapLinks(b.Map(c.ID), l)...)
	}
	return append(links,
		Link{b.Queryables(c.ID), relQueryables, TypeSchema, l.Of(titleQueryables)},
		Link{b.Schema(c.ID), relSchema, TypeSchema, l.Of(titleSchema)},
		Link{b.Collections(), "collection", TypeJSON, l.Of(titleCollections)},
	)
}

func newExtent(box geo.BBox) *Extent {
	return &Extent{Spatial: SpatialExtent{
		BBox: [][4]float64{{box.West, box.South, box.East, box.North}},
		CRS:  CRS84,
	}}
}
