// Package static holds what the binary carries for the web page: the bundle of scripts, styles and
// images with hashed names, each text file also compressed with brotli and gzip, the manifest that
// names the entries, and what server and browser share: the catalogue of texts, the colours and icons. It also
// carries the typeface that the server draws names with, in subset files with their licence.
// It knows nothing of HTTP. scripts/build-page.mjs makes the bundle; before its first run there is no manifest.
package static

import "embed"

// FS holds dist/manifest.json, dist/assets/…, dist/fonts/{face}/{face.json,*.woff,LICENSE}, src/text/{zh,en}.json and src/style/{tokens,icons}.json.
//
//go:embed all:dist src/text/*.json src/style/*.json
var FS embed.FS
