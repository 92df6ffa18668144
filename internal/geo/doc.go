// Package geo holds the geometry and the reference systems of the program: geodesic measures, validity with
// place and reason, coverage simplification, projections and datum shifts, all as pure functions over orb
// geometries.
//
// Positions are longitude, latitude in degrees of WGS 84 (CRS84) unless a name says otherwise. Functions that
// change a geometry return a copy. Areas and lengths are geodesic, on the ellipsoid.
//
// The package knows no layout, no feature and no collection, no HTTP, no SQL, no clock and no files.
package geo
