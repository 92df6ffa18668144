// Package book sets what the pages of the site say on paper: a sheet on one area or place, and the book of a whole
// layout. What is said comes from package page, the maps from package scene; this package decides where it stands.
// Nothing is cut in silence: what does not fit goes on in the next column or on the next page. It knows no layout,
// no HTTP and no clock.
package book
