// Package tile knows the grids on which maps are cut into tiles: the tile matrix sets that OGC registers and
// the grids of the map services of mainland China, whose datums are shifted. It says which tiles there are,
// where a position lies on the plane of a grid, and what part of the earth may be seen in a tile.
//
// The package knows no format of tiles, no features, no HTTP and no SQL.
package tile
