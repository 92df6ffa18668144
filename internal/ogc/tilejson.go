package ogc

import (
	"net/url"
	"strconv"

	"parkmap/internal/geo"
)

const (
	// webMercator is the tile matrix set of plain XYZ tiles.
	webMercator = "WebMercatorQuad"
	// datasetTiles is the XYZ layer of the tilesets of the dataset.
	datasetTiles = "layout"
)

// TileJSON is a TileJSON 3.0.0 document. The members behind vector_layers are our own.
type TileJSON struct {
	TileJSON     string          `json:"tilejson"`
	Name         string          `json:"name"`
	Description  string          `json:"description,omitempty"`
	Version      string          `json:"version"`
	Attribution  string          `json:"attribution,omitempty"`
	Scheme       string          `json:"scheme"`
	Tiles        []string        `json:"tiles"`
	MinZoom      int             `json:"minzoom"`
	MaxZoom      int             `json:"maxzoom"`
	Bounds       *[4]float64     `json:"bounds,omitempty"`
	Center       *[3]float64     `json:"center,omitempty"`
	VectorLayers []TileJSONLayer `json:"vector_layers,omitempty"`

	Format        string      `json:"format"`                   // of the tiles
	Datum         string      `json:"datum"`                    // of the positions in the tiles and of bounds
	LayoutVersion int64       `json:"layout_version,omitempty"` // of tiles of the layout
	Budget        *TileBudget `json:"budget,omitempty"`
}

// TileJSONLayer describes one layer inside the tiles.
type TileJSONLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description"`
	MinZoom     int               `json:"minzoom"`
	MaxZoom     int               `json:"maxzoom"`
	Fields      map[string]string `json:"fields"`
}

// TileBudget says how large a tile may be, and where it is told what was left out to keep it so.
type TileBudget struct {
	MaxBytes int    `json:"max_bytes_gzip"`
	Header   string `json:"report_header"`
	Reduced  any    `json:"reduced,omitempty"` // the tile of each zoom that lost most, of those made so far
}

// TileAddress names XYZ tiles: a layer, a version of the layout (0: whichever is current) and a datum ("": WGS 84).
type TileAddress struct {
	Layer   string
	Version int64
	Datum   string
	Image   TileImage
}

// TileImage says what tiles at an address are when they are images; the zero value is a vector tile.
type TileImage struct {
	Format string // png or webp
	Dense  bool   // two pixels to one of the map
	Query  string // how they look, with its question mark
}

// end returns what follows the numbers in the address of a tile.
func (i TileImage) end() string {
	switch {
	case i.Format == "":
		return "." + FormatMVT
	case i.Dense:
		return DoubleDensity + "." + i.Format + i.Query
	}
	return "." + i.Format + i.Query
}

// TileJSON returns the address of a TileJSON document.
func (b Base) TileJSON(layer string, version int64, datum string) string {
	return b.tilesRoot(TileAddress{Layer: layer, Version: version, Datum: datum}) + ".json"
}

// tilesRoot returns the address under which tiles are, without a slash at its end.
func (b Base) tilesRoot(a TileAddress) string {
	root := string(b) + "/tiles/" + url.PathEscape(a.Layer)
	if a.Version > 0 {
		root += "/v" + strconv.FormatInt(a.Version, 10)
	}
	if a.Datum != "" {
		root += "/" + a.Datum
	}
	return root
}

// NewTileJSON builds the document of the tiles at an address; bounds are in its datum and nil where nothing is.
func NewTileJSON(b Base, t TilesInfo, a TileAddress, bounds *geo.BBox, budget *TileBudget, l Lang) TileJSON {
	doc := TileJSON{
		TileJSON: "3.0.0", Name: l.Of(t.Title), Description: l.Of(t.Description), Attribution: t.Attribution,
		Version: strconv.FormatInt(max(1, a.Version), 10) + ".0.0", Scheme: "xyz",
		Tiles:   []string{b.tilesRoot(a) + "/{z}/{x}/{y}" + a.Image.end()},
		MinZoom: t.MinZoom, MaxZoom: t.MaxZoom,
		Format: FormatMVT, Datum: a.Datum, LayoutVersion: a.Version, Budget: budget,
	}
	if a.Image.Format != "" {
		doc.Format = a.Image.Format
	}
	if doc.Datum == "" {
		doc.Datum = "wgs84"
	}
	if bounds != nil {
		doc.Bounds = &[4]float64{bounds.West, bounds.South, bounds.East, bounds.North}
		doc.Center = &[3]float64{(bounds.West + bounds.East) / 2, (bounds.South + bounds.North) / 2, float64(zoomOf(*bounds, t.MaxZoom))}
	}
	for _, layer := range t.Layers {
		fields := map[string]string{}
		for _, p := range layer.Fields {
			fields[p.Name] = l.Of(p.Title) + " (" + p.Type + ")"
		}
		doc.VectorLayers = append(doc.VectorLayers, TileJSONLayer{layer.ID, l.Of(layer.Title), t.MinZoom, t.MaxZoom, fields})
	}
	return doc
}

// zoomOf returns the last zoom at which a box fits one and a half tiles.
func zoomOf(box geo.BBox, most int) int {
	zoom := 0
	for size := 540.0; zoom < most && size/2 >= box.East-box.West && size/2 >= box.North-box.South; size /= 2 {
		zoom++
	}
	return zoom
}
