package sprite

import (
	"bytes"
	"fmt"
	"image"
	"image/png"

	"parkmap/internal/draw"
	"parkmap/internal/layout"
	"parkmap/internal/scene"
)

// sheetWidth is that of the image, in pixels of a screen of ordinary density.
const sheetWidth = 256

// Sheet is an image with its index.
type Sheet struct {
	PNG  []byte
	JSON []byte // name → width, height, x, y, pixelRatio; all but the last in pixels of the image
}

// entry is where a symbol is, as the specification names it.
type entry struct {
	Width      int `json:"width"`
	Height     int `json:"height"`
	X          int `json:"x"`
	Y          int `json:"y"`
	PixelRatio int `json:"pixelRatio"`
}

// Make draws the symbols of a style in light or dark mode, ratio times as large as they are shown. It fails when the
// style has an icon or a colour that cannot be read.
func Make(style *scene.Style, dark bool, ratio int) (Sheet, error) {
	a, err := newArtist(style, dark)
	if err != nil {
		return Sheet{}, fmt.Errorf("sprite: %w", err)
	}
	symbols := a.symbols()
	if a.err != nil {
		return Sheet{}, fmt.Errorf("sprite: %w", a.err)
	}
	index, height := pack(symbols)
	img := image.NewRGBA(image.Rect(0, 0, sheetWidth*ratio, height*ratio))
	for _, s := range symbols {
		e := index[s.name]
		room := image.Rect(e.X*ratio, e.Y*ratio, (e.X+s.size)*ratio, (e.Y+s.size)*ratio)
		on := img.SubImage(room).(*image.RGBA)
		for _, shape := range s.shapes {
			at := draw.Placed(float64(ratio), draw.Pt{X: float64(room.Min.X), Y: float64(room.Min.Y)})
			draw.Fill(on, shape.path.Transform(at), shape.colour)
		}
		index[s.name] = entry{s.size * ratio, s.size * ratio, e.X * ratio, e.Y * ratio, ratio}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return Sheet{}, fmt.Errorf("sprite: %w", err)
	}
	text, err := layout.MarshalJSON(index)
	if err != nil {
		return Sheet{}, fmt.Errorf("sprite: %w", err)
	}
	return Sheet{PNG: out.Bytes(), JSON: text}, nil
}

// pack places symbols in rows, with a pixel between them, in the order of their names.
func pack(symbols []symbol) (index map[string]entry, height int) {
	index = map[string]entry{}
	x, y, row := 0, 0, 0
	for _, s := range symbols {
		if x+s.size > sheetWidth {
			x, y, row = 0, y+row+1, 0
		}
		index[s.name] = entry{X: x, Y: y}
		x += s.size + 1
		row = max(row, s.size)
	}
	return index, y + row
}
