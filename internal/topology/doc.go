// Package topology changes the boundaries of shapes that may share them, exactly: splits, merges, moved vertices,
// holes, trims. It calculates in whole steps of the grid of 1e-8 degree on which geometry is stored, and all
// decisions are made in integers without rounding. Only the place where two edges cross is rounded, to the grid,
// and every edge near it goes through the rounded place (snap rounding: Hobby 1999, "Practical segment
// intersection with finite precision output"; Guibas and Marimont 1998, "Rounding arrangements dynamically"),
// again and again until none is left to bend (Halperin and Packer 2002, "Iterated snap rounding"). So neighbours
// take the same vertices, and no gap and no overlap appears, to the last stored digit.
//
// Shapes are polygons and multipolygons in longitude and latitude; their boundaries are chains of directed edges
// with the inside on the left. What an operation leaves is read off the number of times that chains wind around
// each face between the edges.
//
// The package knows no layout, no feature, no HTTP, no SQL, no clock. It stands on geo.
package topology
