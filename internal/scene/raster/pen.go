package raster

import (
	"fmt"
	"image"
	"math"
	"sync"

	"github.com/maypok86/otter/v2"

	"parkmap/internal/draw"
	"parkmap/internal/font"
	"parkmap/internal/layout"
	"parkmap/internal/scene"
)

// MostPixels bounds an image: a square of 4,000 pixels fits.
const MostPixels = 1 << 24

// Pen draws scenes. All its methods may be called at the same time.
type Pen struct {
	letters *letters
	masks   *otter.Cache[maskKey, *mask]
	icons   sync.Map // path data to draw.Path
	rasters sync.Pool
}

// Options say what is drawn of a scene, and how large.
type Options struct {
	Scale  float64   // pixels of the image to one of the scene; 0 counts as 1
	Window scene.Box // the part of the scene; the zero value is all of it
}

// New returns a pen that writes with a face. Missing, which may be nil, is told each character that the face lacks,
// once; a frame stands in for it.
func New(face *font.Face, missing func(rune)) *Pen {
	p := &Pen{letters: newLetters(face, missing), masks: otter.Must(&otter.Options[maskKey, *mask]{
		MaximumWeight: masksWeight,
		Weigher:       func(_ maskKey, m *mask) uint32 { return uint32(m.weight()) },
	})}
	p.rasters.New = func() any { return &draw.Raster{} }
	return p
}

// Size returns the pixels that Draw makes.
func (o Options) Size(s *scene.Scene) (width, height int) {
	b := o.bounds(s)
	return b.Dx(), b.Dy()
}

// bounds returns the pixels of the window, on the plane of the scaled scene.
func (o Options) bounds(s *scene.Scene) image.Rectangle {
	w := o.Window
	if w == (scene.Box{}) {
		w = scene.Box{W: s.Width, H: s.Height}
	}
	at := func(v float64) int {
		if math.IsNaN(v) {
			return 0
		}
		return int(math.Round(max(-1e8, min(v*o.scale(), 1e8))))
	}
	corner := image.Pt(at(w.X), at(w.Y))
	return image.Rectangle{corner, corner.Add(image.Pt(at(w.W), at(w.H)))}
}

func (o Options) scale() float64 {
	if o.Scale > 0 {
		return o.Scale
	}
	return 1
}

// Draw returns a scene, or a window on it, as an image; where nothing is drawn it is transparent. An image without
// pixels or with more than MostPixels is invalid; other errors are those of the files of the face.
func (p *Pen) Draw(s *scene.Scene, o Options) (*image.RGBA, error) {
	bounds := o.bounds(s)
	if bounds.Empty() || bounds.Dx() > MostPixels/bounds.Dy() {
		return nil, layout.Invalid("image", layout.Violation{Rule: "size", Detail: fmt.Sprintf(
			"%d × %d pixels; there must be some, and at most %d in all", bounds.Dx(), bounds.Dy(), MostPixels)})
	}
	img := image.NewRGBA(bounds)
	c := &canvas{pen: p, scene: s, img: img, scale: o.scale(), raster: p.rasters.Get().(*draw.Raster)}
	defer p.rasters.Put(c.raster)
	for _, l := range s.Layers {
		if !c.clip(l.Clip) {
			continue
		}
		for _, m := range l.Marks {
			if err := c.mark(m); err != nil {
				return nil, err
			}
		}
	}
	img.Rect = bounds.Sub(bounds.Min)
	return img, nil
}

// canvas is an image in the making. Its bounds are those of the window on the scaled scene.
type canvas struct {
	pen    *Pen
	scene  *scene.Scene
	img    *image.RGBA
	scale  float64
	raster *draw.Raster
	within image.Rectangle // of the layer
}

// clip limits what is drawn to a box of the scene, to whole pixels, and tells whether any of that is in the window.
func (c *canvas) clip(b *scene.Box) bool {
	c.within = c.img.Bounds()
	if b != nil {
		box := image.Rect(c.round(b.X), c.round(b.Y), c.round(b.X+b.W), c.round(b.Y+b.H))
		c.within = c.within.Intersect(box)
	}
	if c.within.Empty() {
		return false
	}
	c.raster.Reset(c.within)
	return true
}

func (c *canvas) round(v float64) int { return int(math.Round(v * c.scale)) }

// pt returns where a point of the scene lies in the image.
func (c *canvas) pt(p scene.Pt) draw.Pt { return draw.Pt{X: p.X * c.scale, Y: p.Y * c.scale} }

func (c *canvas) mark(m scene.Mark) error {
	switch m := m.(type) {
	case scene.Path:
		c.path(m)
	case scene.Rect:
		c.rect(m)
	case scene.Circle:
		c.circle(m)
	case scene.Icon:
		return c.icon(m)
	case scene.Text:
		return c.text(m)
	}
	return nil
}
