// Package pdf writes documents of PDF 1.7 (ISO 32000-1): pages with shapes and with text in one typeface of which
// the document carries what it uses, links, bookmarks, and the structure that readers of screens follow. Lengths
// are points of 1/72 inch, from the top left corner of a page to the right and down. The same calls give the
// same bytes. It knows no layout, no map, no clock and no network.
package pdf
