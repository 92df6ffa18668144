// Package sprite makes the images that maps drawn elsewhere take their symbols from: one image that holds
// all of them, and an index of where each is, as the sprite source of the MapLibre style specification asks.
// The symbols are those of the atlas: its discs, the icons of AI+ codes, places, landmarks, and a hatch. The
// package knows no HTTP; the same tables give the same bytes.
package sprite
