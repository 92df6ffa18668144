package book

import (
	"parkmap/internal/draw"
	"parkmap/internal/page"
	"parkmap/internal/pdf"
	"parkmap/internal/scene"
	scenepdf "parkmap/internal/scene/pdf"
)

// The maps of a sheet.
const (
	mapLeast   = 70.0 * pdf.MM
	mapUsual   = 114.0 * pdf.MM // where the text goes on to another page anyway
	mapMost    = 122.0 * pdf.MM
	mapStep    = 4 * pdf.MM
	mapPx      = 0.58 // points of a pixel, so that names are set small
	insetPx    = 0.52
	insetHigh  = 180         // pixels that a map of the whole needs at least
	insetLeast = 11 * pdf.MM // for it
)

// maps draws the area with its neighbours and where it lies in the whole: below the legend.
func (s *setter) maps(p *pdf.Page, f page.Facts, y, high float64) error {
	near, err := scene.Compose(s.model, scene.Request{
		Width: fullWide / mapPx, Height: high / mapPx, WidthMM: fullWide / pdf.MM, Theme: scene.ThemeRole, Lang: s.Lang,
		Selected: f.ID, Legend: true, NoIndex: true, Margin: true, Framed: true, Clear: true,
	})
	if err != nil {
		return err
	}
	scenepdf.Place(p, near, draw.Pt{X: side, Y: y}, mapPx)
	return s.inset(p, f, boxOf(near, "legend"), y, y+high-4)
}

// inset draws the whole layout below the legend of a map that begins at y, down to low.
func (s *setter) inset(p *pdf.Page, f page.Facts, legend scene.Box, y, low float64) error {
	at := scene.Box{X: side + legend.X*mapPx, Y: y + (legend.Y+legend.H)*mapPx + 6, W: legend.W * mapPx}
	if at.H = low - at.Y; legend.X == 0 || at.H < insetLeast {
		return nil
	}
	scale := min(insetPx, at.H/insetHigh)
	whole, err := scene.Compose(s.model, scene.Request{
		Width: at.W / scale, Height: at.H / scale, Theme: scene.ThemeRole, Lang: s.Lang,
		Selected: f.ID, Extent: s.model.Extent(), Unlinked: true,
	})
	if err != nil {
		return err
	}
	scenepdf.Place(p, whole, draw.Pt{X: at.X, Y: at.Y}, scale)
	p.Artifact(func() { p.Draw(pdf.Box(at.X, at.Y, at.W, at.H), pdf.Brush{Stroke: s.ink("ink"), Width: 0.6}) })
	return nil
}

// boxOf returns the box that a layer of a picture begins with; the zero box where there is none.
func boxOf(of *scene.Scene, layer string) scene.Box {
	for _, l := range of.Layers {
		if l.Name != layer || len(l.Marks) == 0 {
			continue
		}
		if r, ok := l.Marks[0].(scene.Rect); ok {
			return r.Box
		}
	}
	return scene.Box{}
}
