package archive

import (
	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// Metadata is what an archive says of itself.
type Metadata struct {
	Name, Description string
	Attribution       string // may hold links in HTML
	Version           string // of the data
	Datum             string // "" for WGS 84; else tiles and positions do not fit maps in WGS 84
	VectorLayers      []VectorLayer
	Bounds            geo.BBox  // WGS 84
	Center            orb.Point // WGS 84, where a map opens
	OpenZoom          int
	MinZoom, MaxZoom  int
}

// VectorLayer describes a layer inside the tiles, as TileJSON 3.0 does (section 3.3).
type VectorLayer struct {
	ID          string            `json:"id"`
	Description string            `json:"description"`
	MinZoom     int               `json:"minzoom"`
	MaxZoom     int               `json:"maxzoom"`
	Fields      map[string]string `json:"fields"` // type of each attribute: String, Number or Boolean
}

// texts are the entries that both formats have, by their names; empty ones are left out.
func (m *Metadata) texts() map[string]string {
	all := map[string]string{
		"name": m.Name, "description": m.Description, "attribution": m.Attribution, "version": m.Version,
		"type": "overlay", "datum": m.Datum,
	}
	for name, text := range all {
		if text == "" {
			delete(all, name)
		}
	}
	return all
}

// document is the metadata of a PMTiles archive (its section 5).
func (m *Metadata) document() map[string]any {
	doc := map[string]any{"vector_layers": m.VectorLayers}
	for name, text := range m.texts() {
		doc[name] = text
	}
	return doc
}
