// Package api answers HTTP: the routes of OGC API Features, the pages, the data pack and the assets of the
// page, health and metrics. It turns requests into calls of source, ogc, page and scene, and their errors into
// RFC 9457 problems.
//
// It holds no rule of a layout and writes no geometry, does not know how a layout is stored, and does not
// listen: address, TLS and time limits of connections belong to the command.
package api
