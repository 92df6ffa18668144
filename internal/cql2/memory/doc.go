// Package memory evaluates CQL2 filters over values in memory, by the logic of SQL: true, false and unknown.
//
// It gives the same answers as package postgis gives for the same data in PostGIS. Numbers are IEEE 754 doubles,
// ordered as PostgreSQL does, NaN above all. Arithmetic whose result is no finite number, or could only just be
// one, is unknown: see Arithmetic. Texts are compared by code points. Geometries are planar, in longitude and
// latitude.
package memory
