// Package postgis turns CQL2 filters into conditions of SQL for PostGIS. It writes text and lists arguments; it
// knows no database. No value of a filter ever stands in the text: all are bound.
//
// Package memory evaluates the same filters to the same answers. Texts are ordered by code points whatever the
// collation of a column. CASEI needs the collation und-x-icu, which PostgreSQL has when it is built with ICU, and
// ACCENTI a database in UTF-8.
package postgis
