// Package tileset makes vector tiles: of the layout in memory, and of tables whose rows come from a database. It
// decides what a layer holds, how far geometries are generalised at a scale, and which tiles are kept; the bytes are
// written by internal/tile/mvt. It knows no HTTP and no SQL.
//
// A layer of the layout is a collection with geometry, or layout, which bundles context, districts, areas and places.
// In the tile a collection is a layer of the same name; polygons have their label points, the poles of
// inaccessibility, in a second layer: areas_label stands for areas. Features come by layout.Compare.
package tileset
