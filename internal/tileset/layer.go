package tileset

import (
	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/source"
)

// Bundle is the name of the layer that holds what a map of the layout needs.
const Bundle = "layout"

// labelSuffix ends the name of the tile layer with the label points of polygons.
const labelSuffix = "_label"

// MaxZoom is the last zoom at which tiles of a layer add anything: a unit of a tile is then 15 cm at the equator.
// Deeper tiles, down to the last of a grid, are made all the same.
const MaxZoom = 16

// Layer describes one layer of tiles.
type Layer struct {
	Name         string // as in paths
	Title        layout.Label
	Description  layout.Label
	VectorLayers []VectorLayer // in the order of the tile
	Bounds       *geo.BBox     // WGS 84; nil where there is no feature yet
	MinZoom      int
	MaxZoom      int
	MaxBytes     int     // of a tile, compressed; 0 has no limit
	Version      int64   // of the layout; 0 for a table
	Token        string  // of a table: it changes when the rows do
	CRS          geo.CRS // of the rows of a table
}

// VectorLayer describes one layer inside a tile.
type VectorLayer struct {
	ID          string
	Description layout.Label
	Dimension   int // 0 points, 1 lines, 2 polygons; -1 any
	Fields      []Field
}

// content is a tile layer of the layout: the features of a listed collection, or their labels.
type content struct {
	name       string
	collection layout.CollectionID // stored
	kind       string              // "" holds all
	labels     bool
}

func (c content) holds(f *layout.Feature) bool {
	return f.Collection == c.collection && (c.kind == "" || f.Properties.Common().Kind == c.kind)
}

// plan is a layer of the layout with what its tiles hold, in their order.
type plan struct {
	Layer
	contents []content
}

// bundled lists the collections of the bundle, the lowest first.
func bundled() []layout.CollectionID {
	return []layout.CollectionID{layout.Context, layout.Districts, layout.Areas, layout.Places}
}

// plansOf lists the layers of a layout: the bundle, then each collection that may have geometry.
func plansOf(s *source.Snapshot) []plan {
	bundle := plan{Layer: Layer{
		Name: Bundle, Title: layout.Label{ZH: "布局", EN: "Layout"},
		Description: layout.Label{ZH: "核、区、园,载体,行政区与底图要素", EN: "Areas, places, districts and context in one"},
		MaxZoom:     MaxZoom, MaxBytes: MaxTileBytes, Version: s.Version(),
	}}
	plans := []plan{{}}
	byID := map[layout.CollectionID]plan{}
	for _, c := range s.Collections() {
		if layout.HasGeometry(c.ID) {
			byID[c.ID] = planOf(c, s.Version())
			plans = append(plans, byID[c.ID])
		}
	}
	for _, labels := range []bool{false, true} {
		for _, id := range bundled() {
			bundle.take(byID[id], labels)
		}
	}
	plans[0] = bundle
	return plans
}

func planOf(c source.Collection, version int64) plan {
	p := plan{Layer: Layer{
		Name: string(c.ID), Title: c.Title, Description: c.Description, Bounds: c.Extent,
		MaxZoom: MaxZoom, MaxBytes: MaxTileBytes, Version: version,
	}}
	kind := ""
	stored := c.ID
	for _, v := range layout.Views() {
		if v.Collection == c.ID {
			stored, kind = layout.Areas, v.Kind
		}
	}
	fields := make([]Field, 0, 12)
	for _, f := range fieldsOf(stored) {
		fields = append(fields, f.Field)
	}
	p.add(content{string(c.ID), stored, kind, false}, VectorLayer{string(c.ID), c.Title, dimensionOf(c), fields})
	if stored != layout.Places && stored != layout.Facilities {
		of := layout.Label{ZH: c.Title.ZH + "的标注点", EN: "Label points of " + c.Title.EN}
		p.add(content{string(c.ID) + labelSuffix, stored, kind, true}, VectorLayer{string(c.ID) + labelSuffix, of, 0, fields})
	}
	return p
}

func (p *plan) add(c content, v VectorLayer) {
	p.contents = append(p.contents, c)
	p.VectorLayers = append(p.VectorLayers, v)
}

// take adds the layers of another plan, either its labels or the rest, and its bounds.
func (p *plan) take(from plan, labels bool) {
	for i, c := range from.contents {
		if c.labels == labels {
			p.add(c, from.VectorLayers[i])
		}
	}
	if from.Bounds == nil {
		return
	}
	if p.Bounds == nil {
		b := *from.Bounds
		p.Bounds = &b
		return
	}
	p.Bounds = &geo.BBox{
		West: min(p.Bounds.West, from.Bounds.West), South: min(p.Bounds.South, from.Bounds.South),
		East: max(p.Bounds.East, from.Bounds.East), North: max(p.Bounds.North, from.Bounds.North),
	}
}

// dimensionOf returns that of the geometries of a collection, -1 where they differ or there is none.
func dimensionOf(c source.Collection) int {
	of := map[string]int{"Point": 0, "MultiPoint": 0, "LineString": 1, "MultiLineString": 1, "Polygon": 2, "MultiPolygon": 2}
	dimension := -1
	for i, t := range c.GeometryTypes {
		if d := of[t]; i == 0 {
			dimension = d
		} else if d != dimension {
			return -1
		}
	}
	return dimension
}
