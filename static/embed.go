// Package static holds what the binary carries for the web page: the bundle of scripts, styles and
// images with hashed names, each text file also compressed with brotli and gzip, the manifest that
// names the entries, and the catalogue of texts that server and browser share. It knows nothing of
// HTTP. scripts/build-page.mjs makes the bundle; before its first run there is no manifest.
package static

import "embed"

// FS holds dist/manifest.json, dist/assets/… and src/text/{zh,en}.json.
//
//go:embed all:dist src/text/*.json
var FS embed.FS
