package main

import (
	"math"
	"strings"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/tile"
	"parkmap/internal/tile/archive"
	"parkmap/internal/tile/pyramid"
	"parkmap/internal/tileset"
)

// metadata is what the archive says of itself.
func metadata(doc *layout.Document, layer tileset.Layer, plan pyramid.Plan) archive.Metadata {
	m := archive.Metadata{
		Name: layer.Title.ZH + " " + layer.Title.EN, Description: layer.Description.ZH + " · " + layer.Description.EN,
		Version: state(layer), MinZoom: plan.MinZoom, MaxZoom: plan.MaxZoom, Bounds: overlap(plan.Bounds, plan.Box),
	}
	if layer.Version == 0 && layer.Bounds != nil {
		m.Bounds = overlap(*layer.Bounds, plan.Box)
	}
	if layer.Version > 0 {
		m.Attribution = strings.Join(layout.Credits(doc.Attributions), "; ")
	}
	if plan.Grid.Name() != tile.WebMercatorQuad {
		m.Datum = plan.Grid.Name()
		m.Name += " (GCJ-02)"
	}
	for _, v := range layer.VectorLayers {
		fields := map[string]string{}
		for _, f := range v.Fields {
			fields[f.Name] = map[string]string{"string": "String", "boolean": "Boolean"}[f.Type]
			if fields[f.Name] == "" {
				fields[f.Name] = "Number"
			}
		}
		m.VectorLayers = append(m.VectorLayers, archive.VectorLayer{ID: v.ID, Description: v.Description.ZH + " · " + v.Description.EN,
			MinZoom: plan.MinZoom, MaxZoom: plan.MaxZoom, Fields: fields})
	}
	m.Center = orb.Point{(m.Bounds.West + m.Bounds.East) / 2, (m.Bounds.South + m.Bounds.North) / 2}
	width := max(m.Bounds.East-m.Bounds.West, m.Bounds.North-m.Bounds.South)
	m.OpenZoom = min(max(int(math.Log2(360/width)), plan.MinZoom), plan.MaxZoom)
	return m
}

// overlap returns the part of bounds that lies in box, a little more where that is a line or a point. Where one of
// them crosses 180° it is all of bounds.
func overlap(bounds, box geo.BBox) geo.BBox {
	const least = 1e-3 // degrees
	b := bounds
	if bounds.West <= bounds.East && box.West <= box.East {
		b = geo.BBox{West: max(bounds.West, box.West), South: max(bounds.South, box.South), East: min(bounds.East, box.East), North: min(bounds.North, box.North)}
	}
	if b.East-b.West < least && b.West <= b.East {
		b.West, b.East = b.West-least, b.West+least
	}
	if b.North-b.South < least {
		b.South, b.North = b.South-least, b.South+least
	}
	return b
}
