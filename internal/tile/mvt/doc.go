// Package mvt writes vector tiles as Mapbox Vector Tile 2.1 describes them, in one pass: a geometry is projected
// to the plane of a grid, clipped with a margin, rounded to 4096 units a tile, repaired where rounding broke it,
// wound and written. Geometry comes as orb values or straight from WKB.
//
// All decisions about a vertex rest on its position alone, so that features which share a border share it in the
// tile too, and so do neighbouring tiles. The same input gives the same bytes.
//
// The package knows no layout, no database, no HTTP and no compression: Finish is handed what compresses.
package mvt
