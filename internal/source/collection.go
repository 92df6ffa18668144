package source

import (
	"slices"

	"github.com/peterstace/simplefeatures/rtree"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// collection is one listed collection: a stored one, or a view of one by kind.
type collection struct {
	meta     Collection
	columns  map[string]int
	rows     []int32   // of Snapshot.entries, ascending: by layout.Compare
	features []Feature // of the rows
	byKey    map[layout.ID]int32
	tree     *rtree.RTree // rows with geometry by their bounds
}

func newCollection(d description, entries []entry) *collection {
	c := &collection{
		columns: columnsOf(layout.SchemaOf(d.stored)),
		byKey:   map[layout.ID]int32{},
		meta:    Collection{ID: d.id, Title: d.title, Description: d.text, Schema: layout.SchemaOf(d.id)},
	}
	var boxes []rtree.BulkItem
	for i := range entries {
		e := &entries[i]
		if !d.holds(e.feature) {
			continue
		}
		c.add(int32(i), e)
		if e.box != nil {
			boxes = append(boxes, rtree.BulkItem{Box: rtreeBox(e.box.West, e.box.South, e.box.East, e.box.North), RecordID: i})
		}
	}
	c.tree = rtree.BulkLoad(boxes)
	for _, row := range c.rows {
		c.addSlug(row, entries[row].feature)
	}
	c.meta.Count = len(c.rows)
	slices.Sort(c.meta.GeometryTypes)
	return c
}

func (c *collection) add(row int32, e *entry) {
	c.rows = append(c.rows, row)
	c.features = append(c.features, e.read)
	c.byKey[e.feature.ID] = row
	box := e.box
	if box == nil {
		return
	}
	c.meta.Extent = union(c.meta.Extent, *box)
	if t := e.feature.Geometry.GeoJSONType(); !slices.Contains(c.meta.GeometryTypes, t) {
		c.meta.GeometryTypes = append(c.meta.GeometryTypes, t)
	}
}

func rtreeBox(west, south, east, north float64) rtree.Box {
	return rtree.Box{MinX: west, MinY: south, MaxX: east, MaxY: north}
}

// addSlug makes a second key of the slug; an id of another feature goes before it.
func (c *collection) addSlug(row int32, f layout.Feature) {
	slug := layout.ID(f.Properties.Common().Slug)
	if _, taken := c.byKey[slug]; slug != "" && !taken {
		c.byKey[slug] = row
	}
}

func union(a *geo.BBox, b geo.BBox) *geo.BBox {
	if a == nil {
		return &b
	}
	return &geo.BBox{
		West:  min(a.West, b.West),
		South: min(a.South, b.South),
		East:  max(a.East, b.East),
		North: max(a.North, b.North),
	}
}

// property returns what the schema says of a property.
func (c *collection) property(name string) (layout.Property, bool) {
	i := slices.IndexFunc(c.meta.Schema, func(p layout.Property) bool { return p.Name == name })
	if i < 0 {
		return layout.Property{}, false
	}
	return c.meta.Schema[i], true
}
