package main

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"

	"parkmap/internal/layout"
	"parkmap/internal/source"
	"parkmap/internal/source/table"
	"parkmap/internal/tile/mvt"
	"parkmap/internal/tileset"
)

// tableFeed hands the published tables to the encoder of tiles. It implements tileset.Feed.
type tableFeed struct {
	tables *table.Tables
	hidden []layout.CollectionID // not handed on
	listed atomic.Pointer[feedLayers]
}

// feedLayers are the layers of one revision of the tables, without their tokens.
type feedLayers struct {
	revision uint64
	order    []string
	byName   map[string]tileset.Layer
}

func (f *tableFeed) layers() *feedLayers {
	revision := f.tables.Revision()
	if l := f.listed.Load(); l != nil && l.revision == revision {
		return l
	}
	made := &feedLayers{revision: revision, byName: map[string]tileset.Layer{}}
	for _, c := range f.tables.Collections() {
		if slices.Contains(f.hidden, c.ID) {
			continue
		}
		made.order = append(made.order, string(c.ID))
		made.byName[string(c.ID)] = f.describe(c)
	}
	f.listed.Store(made)
	return made
}

func (f *tableFeed) describe(c source.Collection) tileset.Layer {
	vector := tileset.VectorLayer{ID: string(c.ID), Description: c.Title, Dimension: dimensionOf(c.GeometryTypes)}
	for _, p := range f.tables.Fields(c.ID) {
		vector.Fields = append(vector.Fields, tileset.Field{Name: p.Name, Type: p.Type, Title: p.Title})
	}
	return tileset.Layer{
		Name: string(c.ID), Title: c.Title, Description: c.Description, VectorLayers: []tileset.VectorLayer{vector},
		Bounds: c.Extent, MaxZoom: tileset.MaxZoom, CRS: f.tables.CRS(c.ID),
	}
}

// dimensionOf returns the dimension of geometries, -1 where they have several.
func dimensionOf(types []string) int {
	dimension := -2
	for _, t := range types {
		d := -1
		switch strings.TrimPrefix(t, "Multi") {
		case "Point":
			d = 0
		case "LineString":
			d = 1
		case "Polygon":
			d = 2
		}
		if dimension != -2 && d != dimension {
			return -1
		}
		dimension = d
	}
	return max(dimension, -1)
}

// Layers implements tileset.Feed.
func (f *tableFeed) Layers() []tileset.Layer {
	l := f.layers()
	list := make([]tileset.Layer, 0, len(l.order))
	for _, name := range l.order {
		list = append(list, f.withToken(l.byName[name]))
	}
	return list
}

// Layer implements tileset.Feed.
func (f *tableFeed) Layer(name string) (tileset.Layer, bool) {
	l, ok := f.layers().byName[name]
	if ok {
		l = f.withToken(l)
	}
	return l, ok
}

func (f *tableFeed) withToken(l tileset.Layer) tileset.Layer {
	l.Token = f.tables.Token(layout.CollectionID(l.Name))
	return l
}

// Rows implements tileset.Feed.
func (f *tableFeed) Rows(ctx context.Context, layer string, q tileset.RowsQuery, yield func(tileset.Row) error) error {
	var attrs []mvt.Attr
	return f.tables.Rows(ctx, layer, table.RowsQuery(q), func(r table.Row) error {
		attrs = attrs[:0]
		for i, v := range r.Values {
			if value, ok := valueOf(v); ok {
				attrs = append(attrs, mvt.Attr{Key: r.Names[i], Value: value})
			}
		}
		return yield(tileset.Row{ID: r.ID, EWKB: r.EWKB, Attrs: attrs})
	})
}

func valueOf(v table.Value) (value mvt.Value, ok bool) {
	switch v.Kind {
	case table.Text:
		return mvt.String(v.Text), true
	case table.Int:
		return mvt.Int(v.Int), true
	case table.Number:
		return mvt.Float(v.Number), true
	case table.Bool:
		return mvt.Bool(v.Bool), true
	}
	return value, false
}
