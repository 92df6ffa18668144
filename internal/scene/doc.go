// Package scene decides what a picture of a layout shows, and where: Compose makes a Scene of ordered
// primitives, in pixels, out of a layout and a Request, and a pen such as that of package svg writes it
// down. The picture looks as the map of the page does: the same projection, colours, symbols, words and
// rules for placing names, read from the same tables. The package knows no HTTP, no store, no clock and no
// font; texts and the measure of text are handed in.
package scene
