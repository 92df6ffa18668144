// Package glyph makes the glyphs that vector maps write names with: distance fields, in ranges of 256
// characters, as protocol buffers. Clients such as MapLibre GL draw them at any size, with a halo. The package
// knows no HTTP and keeps nothing; the same face gives the same bytes.
package glyph
