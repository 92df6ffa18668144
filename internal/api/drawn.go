package api

import (
	"context"
	"fmt"
	"strings"

	"parkmap/internal/geo"
	"parkmap/internal/ogc"
	"parkmap/internal/scene"
	"parkmap/internal/scene/pdf"
	"parkmap/internal/scene/raster"
	"parkmap/internal/scene/svg"
)

// drawn is a picture that is asked for: what it shows, out of what, and what it becomes.
type drawn struct {
	scene.Request
	model  func(ctx context.Context) (*scene.Model, error)
	scale  float64 // pixels of an image to one of the picture
	format ogc.Format
	bytes  int64 // that the model takes by itself
}

// shapesBytes is what the model of a table may take.
const shapesBytes = 64 << 20

// theLayout is the model of pictures that show the whole layout.
func (a *asked) theLayout(context.Context) (*scene.Model, error) { return a.pictures(), nil }

// key names what a picture depends on besides its model.
func (d drawn) key() string {
	r := d.Request
	r.Passing, r.Plane = nil, nil // the one follows from a filter, the other has a code
	code := -1
	if crs, ok := d.Plane.(geo.CRS); ok {
		code = crs.Code
	}
	return fmt.Sprintf("picture %+v %d %g", r, code, d.scale)
}

// draw makes a picture, when there is room for it.
func (s *Server) draw(a *asked, d drawn) ([]byte, error) {
	pixels := d.bytes / pixelBytes
	if ogc.Dense(d.format) {
		pixels += int64(d.Width * d.scale * d.Height * d.scale)
	}
	ctx := context.WithoutCancel(a.request.Context())
	return s.painter.paint(ctx, pixels, func() ([]byte, error) {
		m, err := d.model(ctx)
		if err != nil {
			return nil, err
		}
		if ogc.Dense(d.format) { // the letters are ours, and not those of whoever looks at it
			m = m.Measured(s.painter.pen.Measure)
		}
		composed, err := scene.Compose(m, d.Request)
		if err != nil {
			return nil, err
		}
		return s.write(a, composed, d)
	})
}

// write makes a file of a scene.
func (s *Server) write(a *asked, composed *scene.Scene, d drawn) ([]byte, error) {
	switch d.format.Type {
	case ogc.TypeSVG:
		return svg.Draw(composed, svg.Options{}), nil
	case ogc.TypePDF:
		return pdf.Draw(composed, pdf.Options{Face: s.drawing.Face, Creator: "parkmap " + s.version, Modified: a.snapshot.Layout().PublishedAt, Missing: s.painter.lacks})
	}
	img, err := s.painter.pen.Draw(composed, raster.Options{Scale: d.scale})
	if err != nil {
		return nil, err
	}
	if d.format.Type == ogc.TypeWebP {
		return raster.WebP(img)
	}
	return raster.PNG(img)
}

// describedMost bounds what a header says of a picture in one language, in characters.
const describedMost = 240

// describe writes what a picture shows as a header: a list of display strings (RFC 9651, section 3.3.8), each with
// its language.
func describe(words [2]scene.Description) string {
	var members []string
	for _, w := range words {
		text := []rune(strings.TrimSpace(w.Title + ". " + w.Text))
		if len(text) > describedMost {
			text = append(text[:describedMost-1], '…')
		}
		members = append(members, displayString(string(text))+";lang="+w.Lang)
	}
	return strings.Join(members, ", ")
}

// displayString writes a text as RFC 9651 has it, section 4.1.11.
func displayString(text string) string {
	var b strings.Builder
	b.WriteString(`%"`)
	for _, c := range []byte(strings.ToValidUTF8(text, "")) {
		if c < 0x20 || c > 0x7E || c == '%' || c == '"' {
			fmt.Fprintf(&b, "%%%02x", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String() + `"`
}
