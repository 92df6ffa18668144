package api

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/page"
	"parkmap/internal/scene"
	"parkmap/internal/scene/raster"
)

// card is the picture that previews of links show: of the whole layout, of a feature, or of a comparison.
func (s *Server) card() resource {
	png := ogc.MapFormats()[:1]
	return resource{
		cold: true, formats: png,
		parameters: func(a *asked) ([]string, error) {
			if a.param("file") == page.CompareCard {
				return []string{"cmp", "lang"}, nil
			}
			return []string{"lang"}, nil
		},
		answer: func(a *asked) (reply, error) {
			c, err := a.cardRequest()
			if err != nil {
				return reply{}, err
			}
			c.Host, c.ReviewNumber = hostOf(a.base), s.review
			return reply{
				key: fmt.Sprintf("card %+v", c), mediaType: ogc.TypePNG, headers: []field{{"Content-Language", []string{c.Lang}}},
				build: func() ([]byte, error) {
					return s.painter.paint(context.WithoutCancel(a.request.Context()), 4*scene.CardWidth*scene.CardHeight, func() ([]byte, error) {
						drawn, err := scene.ComposeCard(a.pictures(), c)
						if err != nil {
							return nil, err
						}
						img, err := s.painter.pen.Draw(drawn, raster.Options{Scale: 2})
						if err != nil {
							return nil, err
						}
						return raster.PNG(img)
					})
				},
			}, nil
		},
	}
}

// cardRequest reads what a card shows: of a comparison the areas that there are, up to four.
func (a *asked) cardRequest() (scene.Card, error) {
	c := scene.Card{Lang: string(a.lang)}
	switch file := a.param("file"); file {
	case page.LayoutCard:
	case page.CompareCard:
		c.Compared = a.atlas().Compared(a.values.Get("cmp"))
	default:
		name, ok := strings.CutSuffix(file, ".png")
		id, err := a.atlas().Resolve(name)
		if !ok || err != nil || string(id) != name {
			return c, layout.NotFound("card", layout.ID(file))
		}
		c.Feature = id
	}
	return c, nil
}

// hostOf is the host of an address, as people write it.
func hostOf(b ogc.Base) string {
	u, err := url.Parse(string(b))
	if err != nil {
		return ""
	}
	return u.Host + u.Path
}
