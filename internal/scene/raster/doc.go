// Package raster draws a scene into an image, as the pen of package svg writes it: the same shapes, colours and
// places, with the letters of one typeface instead of those of a browser. The same scene gives the same pixels, and a
// window on a scene those of the whole picture. The package knows no HTTP, and no layout beyond its scene.
package raster
