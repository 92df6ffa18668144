// Package table publishes tables and views of a PostGIS database that are not parkmap's own: as collections,
// features and rows for tiles. It implements source.Tables.
//
// Nothing is published that no pattern names, and nothing that the account may not read. What there is in the
// database is asked for every few seconds, so tables come, change and go while they are served. The package
// writes nothing but what WatchSQL says, and only when it is told to.
//
// Positions are given out in lon/lat of CRS84. Reference systems that package geo knows are converted here, the
// others by PostGIS.
package table
