package ogc

import (
	"net/url"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// Relation types of OGC API Tiles (20-057).
const (
	relTilingSchemes  = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
	relTilingScheme   = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
	relTilesetsVector = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
	relTilesetsMap    = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-map"
)

// MatrixSet describes a tile matrix set to the builders, by the words of OGC 17-083r4.
type MatrixSet struct {
	ID, Title, URI    string
	CRS               string // URI
	OrderedAxes       []string
	WellKnownScaleSet string
	BoundingBox       CornerBox
	Matrices          []TileMatrix
}

// TileMatrix is one zoom of a tile matrix set, as OGC 17-083r4 writes it.
type TileMatrix struct {
	ID               string     `json:"id"`
	ScaleDenominator float64    `json:"scaleDenominator"`
	CellSize         float64    `json:"cellSize"`
	CornerOfOrigin   string     `json:"cornerOfOrigin"`
	PointOfOrigin    [2]float64 `json:"pointOfOrigin"`
	TileWidth        int        `json:"tileWidth"`
	TileHeight       int        `json:"tileHeight"`
	MatrixWidth      int        `json:"matrixWidth"`
	MatrixHeight     int        `json:"matrixHeight"`
}

// CornerBox is a box by two corners, in the order of the axes of its reference system.
type CornerBox struct {
	LowerLeft  [2]float64 `json:"lowerLeft"`
	UpperRight [2]float64 `json:"upperRight"`
	CRS        string     `json:"crs"`
}

// MatrixLimits are the tiles of one zoom that may hold something, as OGC 17-083r4 writes them.
type MatrixLimits struct {
	TileMatrix string `json:"tileMatrix"`
	MinTileRow int    `json:"minTileRow"`
	MaxTileRow int    `json:"maxTileRow"`
	MinTileCol int    `json:"minTileCol"`
	MaxTileCol int    `json:"maxTileCol"`
}

// TilesInfo describes the tiles of a collection, or with an empty ID those of the dataset, to the builders.
type TilesInfo struct {
	ID          layout.CollectionID
	Title       layout.Label
	Description layout.Label
	Bounds      *geo.BBox // CRS84; nil where there is nothing
	Layers      []TileLayer
	MinZoom     int
	MaxZoom     int
	Attribution string
	Map         bool // images instead of vector tiles
}

// root returns the address of the tilesets.
func (t TilesInfo) root(b Base) string {
	if t.Map {
		return b.MapTiles(t.ID)
	}
	return b.Tiles(t.ID)
}

// tileset returns the address of one of them.
func (t TilesInfo) tileset(b Base, tms string) string { return t.root(b) + "/" + url.PathEscape(tms) }

// dataType says what the tiles hold, in the words of OGC 17-083r4.
func (t TilesInfo) dataType() string {
	if t.Map {
		return "map"
	}
	return dataVector
}

// formats lists the representations of a tile.
func (t TilesInfo) formats() []Format {
	if t.Map {
		return MapTileFormats()
	}
	return TileFormats()
}

// TileLayer is one layer inside the tiles.
type TileLayer struct {
	ID        string
	Title     layout.Label
	Dimension int // 0 points, 1 lines, 2 polygons; -1 any
	Fields    []layout.Property
}

// TileMatrixSets is the list of tile matrix sets.
type TileMatrixSets struct {
	Links          []Link              `json:"links"`
	TileMatrixSets []TileMatrixSetItem `json:"tileMatrixSets"`
}

// TileMatrixSetItem is an entry of the list.
type TileMatrixSetItem struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URI   string `json:"uri"`
	CRS   string `json:"crs"`
	Links []Link `json:"links"`
}

// TileMatrixSet is the definition of a tile matrix set (OGC 17-083r4, JSON encoding).
type TileMatrixSet struct {
	Type              string       `json:"type"` // TileMatrixSetType: GDAL takes nothing else for a definition
	ID                string       `json:"id"`
	Title             string       `json:"title"`
	URI               string       `json:"uri"`
	CRS               string       `json:"crs"`
	OrderedAxes       []string     `json:"orderedAxes"`
	WellKnownScaleSet string       `json:"wellKnownScaleSet,omitempty"`
	BoundingBox       CornerBox    `json:"boundingBox"`
	TileMatrices      []TileMatrix `json:"tileMatrices"`
	Links             []Link       `json:"links"`
}

// TileSets lists the tilesets of a collection or of the dataset.
type TileSets struct {
	Links    []Link        `json:"links"`
	TileSets []TileSetItem `json:"tilesets"`
}

// TileSetItem is an entry of the list.
type TileSetItem struct {
	Title            string `json:"title"`
	DataType         string `json:"dataType"`
	CRS              string `json:"crs"`
	TileMatrixSetURI string `json:"tileMatrixSetURI"`
	Links            []Link `json:"links"`
}

// TileSet is the metadata of a tileset (OGC 17-083r4, JSON encoding).
type TileSet struct {
	Title               string          `json:"title"`
	Description         string          `json:"description,omitempty"`
	DataType            string          `json:"dataType"`
	CRS                 string          `json:"crs"`
	TileMatrixSetURI    string          `json:"tileMatrixSetURI"`
	MediaTypes          []string        `json:"mediaTypes"`
	Attribution         string          `json:"attribution,omitempty"`
	Links               []TemplatedLink `json:"links"`
	TileMatrixSetLimits []MatrixLimits  `json:"tileMatrixSetLimits"`
	BoundingBox         *CornerBox      `json:"boundingBox,omitempty"`
	Layers              []TileSetLayer  `json:"layers"`
}

// TemplatedLink is a link whose address may have variables in braces.
type TemplatedLink struct {
	Link
	Templated bool `json:"templated,omitempty"`
}

// TileSetLayer describes one layer inside the tiles.
type TileSetLayer struct {
	ID                string        `json:"id"`
	Title             string        `json:"title"`
	DataType          string        `json:"dataType"`
	GeometryDimension *int          `json:"geometryDimension,omitempty"`
	PropertiesSchema  LayerProperty `json:"propertiesSchema"`
}

// LayerProperty is the schema of the attributes of a layer.
type LayerProperty struct {
	Type       string                    `json:"type"`
	Properties map[string]PropertySchema `json:"properties"`
}

// TileMatrixSets returns the address of the list of tile matrix sets.
func (b Base) TileMatrixSets() string { return b.API() + "/tileMatrixSets" }

// TileMatrixSet returns the address of a tile matrix set.
func (b Base) TileMatrixSet(id string) string { return b.TileMatrixSets() + "/" + url.PathEscape(id) }

// Tiles returns the address of the tilesets of a collection; "" is the dataset.
func (b Base) Tiles(id layout.CollectionID) string {
	if id == "" {
		return b.API() + "/tiles"
	}
	return b.Collection(id) + "/tiles"
}

// NewTileMatrixSets builds the list of tile matrix sets; served names the format in which it is served.
func NewTileMatrixSets(b Base, sets []MatrixSet, l Lang, served string) TileMatrixSets {
	doc := TileMatrixSets{Links: Representations(DocumentFormats(), served, l, inFormat(b.TileMatrixSets()))}
	for _, m := range sets {
		href := b.TileMatrixSet(m.ID)
		doc.TileMatrixSets = append(doc.TileMatrixSets, TileMatrixSetItem{
			ID: m.ID, Title: m.Title, URI: m.URI, CRS: m.CRS,
			Links: []Link{{href, "self", TypeJSON, m.Title}, {href, relTilingScheme, TypeJSON, m.Title}},
		})
	}
	return doc
}

// NewTileMatrixSet builds the definition of a tile matrix set.
func NewTileMatrixSet(b Base, m MatrixSet, l Lang, served string) TileMatrixSet {
	return TileMatrixSet{
		Type: "TileMatrixSetType", ID: m.ID, Title: m.Title, URI: m.URI, CRS: m.CRS, OrderedAxes: m.OrderedAxes,
		WellKnownScaleSet: m.WellKnownScaleSet, BoundingBox: m.BoundingBox, TileMatrices: m.Matrices,
		Links: Representations(DocumentFormats(), served, l, inFormat(b.TileMatrixSet(m.ID))),
	}
}

// NewTileSets builds the list of the tilesets of t, one per tile matrix set.
func NewTileSets(b Base, t TilesInfo, sets []MatrixSet, l Lang, served string) TileSets {
	doc := TileSets{Links: Representations(DocumentFormats(), served, l, inFormat(t.root(b)))}
	for _, m := range sets {
		doc.TileSets = append(doc.TileSets, TileSetItem{
			Title: l.Of(t.Title) + " (" + m.ID + ")", DataType: t.dataType(), CRS: m.CRS, TileMatrixSetURI: m.URI,
			Links: []Link{
				{t.tileset(b, m.ID), "self", TypeJSON, l.Of(titleTileSet)},
				{b.TileMatrixSet(m.ID), relTilingScheme, TypeJSON, m.Title},
			},
		})
	}
	return doc
}

const dataVector = "vector"

// NewTileSet builds the metadata of the tileset of t in a tile matrix set; limits are its tiles by zoom.
func NewTileSet(b Base, t TilesInfo, m MatrixSet, limits []MatrixLimits, l Lang, served string) TileSet {
	href := t.tileset(b, m.ID)
	doc := TileSet{
		Title: l.Of(t.Title), Description: l.Of(t.Description), DataType: t.dataType(), CRS: m.CRS,
		TileMatrixSetURI: m.URI, Attribution: t.Attribution, TileMatrixSetLimits: limits, Layers: []TileSetLayer{},
	}
	for _, link := range Representations(DocumentFormats(), served, l, inFormat(href)) {
		doc.Links = append(doc.Links, TemplatedLink{Link: link})
	}
	doc.Links = append(doc.Links, TemplatedLink{Link: Link{b.TileMatrixSet(m.ID), relTilingScheme, TypeJSON, m.Title}})
	for _, f := range t.formats() {
		doc.MediaTypes = append(doc.MediaTypes, f.Type)
		doc.Links = append(doc.Links, TemplatedLink{Link{href + "/{tileMatrix}/{tileRow}/{tileCol}?f=" + f.Name, "item", f.Type, l.Of(f.Title)}, true})
	}
	if m.ID == webMercator {
		name := string(t.ID)
		if name == "" {
			name = datasetTiles
		}
		address := b.TileJSON(name, 0, "")
		if t.Map {
			address += "?format=" + formatPNG.Name
		}
		doc.Links = append(doc.Links, TemplatedLink{Link: Link{address, "alternate", TypeJSON, l.Of(titleTileJSON)}})
	}
	if t.Bounds != nil {
		doc.BoundingBox = &CornerBox{
			LowerLeft:  [2]float64{t.Bounds.West, t.Bounds.South},
			UpperRight: [2]float64{t.Bounds.East, t.Bounds.North}, CRS: CRS84,
		}
	}
	for _, layer := range t.Layers {
		doc.Layers = append(doc.Layers, newTileSetLayer(layer, l))
	}
	return doc
}

func newTileSetLayer(t TileLayer, l Lang) TileSetLayer {
	layer := TileSetLayer{
		ID: t.ID, Title: l.Of(t.Title), DataType: dataVector,
		PropertiesSchema: LayerProperty{Type: "object", Properties: map[string]PropertySchema{}},
	}
	if t.Dimension >= 0 {
		layer.GeometryDimension = &t.Dimension
	}
	for i, p := range t.Fields {
		layer.PropertiesSchema.Properties[p.Name] = PropertySchema{Title: l.Of(p.Title), Type: p.Type, Sequence: i + 1}
	}
	return layer
}

// tilesLinks lead from a collection, or with an empty id from the landing page, to its tilesets.
func tilesLinks(b Base, id layout.CollectionID, l Lang) []Link {
	return []Link{{b.Tiles(id), relTilesetsVector, TypeJSON, l.Of(titleTiles)}}
}
