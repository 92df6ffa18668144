package api

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"parkmap/internal/font"
	"parkmap/internal/layout"
	"parkmap/internal/scene"
	"parkmap/internal/scene/raster"
	"parkmap/internal/tileset"
	"parkmap/internal/turn"
)

// Bounds of the pictures that are drawn at the same time: the bytes that they take together, and how long one waits for
// its turn.
const (
	paintBytes = 192 << 20
	paintWait  = 5 * time.Second
)

// What pictures take while they are drawn, in bytes: each for what it shows, and for each pixel of an image.
const (
	sceneBytes = 2 << 20
	pixelBytes = 9 // the image, its colours as files have them, and the file
)

// painter draws all pictures of a server, so that together they stay within bounds.
type painter struct {
	model func(*layout.Layout) *scene.Model // indexes a layout
	pen   *raster.Pen
	lacks func(r rune) // says once that the typeface lacks a character
	turns *turn.Turns
}

func newPainter(face *font.Face, model func(*layout.Layout) *scene.Model, log *slog.Logger) *painter {
	var told sync.Map // characters
	lacks := func(r rune) {
		if _, known := told.LoadOrStore(r, true); !known {
			log.Warn("the typeface lacks a character; pictures have a frame in its place", slog.String("character", fmt.Sprintf("%U", r)))
		}
	}
	return &painter{model: model, pen: raster.New(face, lacks), lacks: lacks, turns: turn.New(paintBytes, paintWait)}
}

// images is what tiles of a layout are drawn with.
func (p *painter) images(model func() *scene.Model) *tileset.Images {
	return &tileset.Images{Model: model, Pen: p.pen, Turns: p.turns}
}

// paint makes a picture of a number of pixels, 0 for one without, when there is room for it. It is unavailable when that
// takes too long.
func (p *painter) paint(ctx context.Context, pixels int64, draw func() ([]byte, error)) ([]byte, error) {
	back, err := p.turns.Take(ctx, sceneBytes+pixels*pixelBytes)
	if err != nil {
		return nil, err
	}
	defer back()
	return draw()
}
