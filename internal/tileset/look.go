package tileset

import (
	"image"

	"parkmap/internal/scene/raster"
)

// Look says how a tile is drawn. The zero value is a vector tile, which has none.
type Look struct {
	Format Format
	Scale  int    // pixels of the image to one of the map, of which a tile has 256 along a side; 2 is for dense screens
	Theme  string // scene.ThemeRole or scene.ThemeAI
	Lang   string // scene.Chinese or scene.English
	Dark   bool
	Base   bool // on our own ground; otherwise nothing but areas, places and their names
}

// Format is the form of a tile that is an image; its name is the extension of files.
type Format struct{ Name, MediaType string }

// PNG is the form that every program reads.
func PNG() Format { return Format{"png", "image/png"} }

// WebP is smaller by a third.
func WebP() Format { return Format{"webp", "image/webp"} }

// encode returns an image as a file.
func (f Format) encode(img *image.RGBA) ([]byte, error) {
	if f == WebP() {
		return raster.WebP(img)
	}
	return raster.PNG(img)
}
