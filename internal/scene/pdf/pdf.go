// Package pdf draws a scene with vectors and text on a page of PDF: alone, or as a part of a larger page. The
// same scene gives the same bytes.
package pdf

import (
	"time"

	"parkmap/internal/draw"
	"parkmap/internal/font"
	"parkmap/internal/pdf"
	"parkmap/internal/scene"
)

// pixel is the length of a pixel of a picture on paper, in points.
const pixel = 72.0 / 96

// Options say how a scene becomes a document of its own.
type Options struct {
	Face     *font.Face
	Creator  string    // the program
	Modified time.Time // of what is shown

	Missing func(r rune) // is told of each character that the typeface lacks; nil tells nobody
}

// pen draws on a page, in pixels of the scene.
type pen struct {
	*pdf.Page
	scene *scene.Scene
	icons map[string]draw.Path
}

// Draw returns a scene as a document of one page, 96 pixels an inch. An error is one of the typeface.
func Draw(s *scene.Scene, o Options) ([]byte, error) {
	doc := pdf.New(o.Face, pdf.Info{
		Title: s.Words[0].Title, Subject: s.Words[0].Text, Lang: languageTag(s.Lang), Creator: o.Creator, Modified: o.Modified, Missing: o.Missing,
	})
	Place(doc.AddPage(s.Width*pixel, s.Height*pixel), s, draw.Pt{}, pixel)
	return doc.Bytes()
}

// Place draws a scene on a page with its top left corner at a point; scale is the length of its pixels in points.
func Place(on *pdf.Page, s *scene.Scene, at draw.Pt, scale float64) {
	p := &pen{Page: on, scene: s, icons: map[string]draw.Path{}}
	figure := on.Document().Element("Figure").Alt(s.Words[0].Title + ". " + s.Words[0].Text)
	on.Mark(figure, func() {
		on.Save()
		on.Transform(draw.Placed(scale, at))
		on.Clip(pdf.Box(0, 0, s.Width, s.Height), false)
		for _, l := range s.Layers {
			p.layer(l)
		}
		on.Restore()
	})
}

func (p *pen) layer(l scene.Layer) {
	if l.Clip != nil {
		p.Save()
		p.Page.Clip(pdf.Box(l.Clip.X, l.Clip.Y, l.Clip.W, l.Clip.H), false)
		defer p.Restore()
	}
	for _, m := range l.Marks {
		p.mark(m)
	}
}

func languageTag(lang string) string {
	if lang == scene.Chinese {
		return "zh-CN"
	}
	return lang
}
