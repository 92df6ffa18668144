// Package geodata is the layout that parkmap ships with, as a layout folder: data and nothing else.
package geodata

import "embed"

// FS holds the files of the layout folder; layout.ReadFolder reads it.
//
//go:embed *.geojson *.json LICENSES README.md
var FS embed.FS
