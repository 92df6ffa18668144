// Package mapstyle writes the style sheets with which maps drawn elsewhere look like the atlas: documents of the
// MapLibre style specification, version 8, for the tiles of the layer layout. Colours, widths and dashes are those
// of the tables that the page and the pictures use. The package knows no HTTP and no layout but what is handed in;
// nothing in a style depends on the features of one.
package mapstyle
