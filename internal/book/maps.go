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
	mapLeast   = 82.0 * pdf.MM
	mapMost    = 118.0 * pdf.MM
	mapStep    = 4 * pdf.MM
	mapPx      = 0.58 // points of a pixel, so that names are set small
	insetPx    = 0.45
	insetLeast = 24 * pdf.MM // the least height of a map of the whole
)

// maps draws the area with its neighbours and, where the legend leaves room below it, where it lies in the whole.
func (s *setter) maps(p *pdf.Page, f page.Facts, y, high float64) error {
	near, err := scene.Compose(s.model, scene.Request{
		Width: fullWide / mapPx, Height: high / mapPx, WidthMM: fullWide / pdf.MM, Theme: scene.ThemeRole, Lang: s.Lang,
		Selected: f.ID, Legend: true, NoIndex: true, Margin: true, Framed: true, Clear: true,
	})
	if err != nil {
		return err
	}
	scenepdf.Place(p, near, draw.Pt{X: side, Y: y}, mapPx)
	return s.inset(p, f, legendOf(near), y, y+high-4)
}

// inset draws the whole layout below the legend of a map that begins at y, down to low.
func (s *setter) inset(p *pdf.Page, f page.Facts, legend scene.Box, y, low float64) error {
	x, wide := side+legend.X*mapPx, legend.W*mapPx
	top := y + (legend.Y+legend.H)*mapPx + 6
	if legend.X == 0 || low-top < insetLeast {
		return nil
	}
	whole, err := scene.Compose(s.model, scene.Request{
		Width: wide / insetPx, Height: (low - top) / insetPx, Theme: scene.ThemeRole, Lang: s.Lang,
		Selected: f.ID, Extent: s.model.Extent(), Unlinked: true,
	})
	if err != nil {
		return err
	}
	scenepdf.Place(p, whole, draw.Pt{X: x, Y: top}, insetPx)
	p.Artifact(func() { p.Draw(pdf.Box(x, top, wide, low-top), pdf.Brush{Stroke: s.ink("ink"), Width: 0.5}) })
	return nil
}

// legendOf returns the box of the legend of a picture; the zero box where there is none.
func legendOf(of *scene.Scene) scene.Box {
	for _, l := range of.Layers {
		if l.Name != "legend" || len(l.Marks) == 0 {
			continue
		}
		if r, ok := l.Marks[0].(scene.Rect); ok {
			return r.Box
		}
	}
	return scene.Box{}
}
