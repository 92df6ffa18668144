package api

import (
	"regexp"
	"sync"

	"github.com/labstack/echo/v4"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/scene"
	"parkmap/internal/source"
	"parkmap/internal/sprite"
)

// spriteFile is the last part of the path of a sprite: its mode, its density and its part.
var spriteFile = regexp.MustCompile(`^layout-(light|dark)(@2x)?\.(json|png)$`)

// sprites makes each sheet when it is first asked for.
type sprites map[string]func() (sheet, error)

// sheet is a sprite as it is sent.
type sheet struct{ image, index *source.Body }

func newSprites(style *scene.Style) sprites {
	out := sprites{}
	for mode, dark := range map[string]bool{"light": false, "dark": true} {
		for density, ratio := range map[string]int{"": 1, "@2x": 2} {
			out[mode+density] = sync.OnceValues(func() (sheet, error) {
				made, err := sprite.Make(style, dark, ratio)
				if err != nil {
					return sheet{}, err
				}
				return sheet{source.NewBody(ogc.TypePNG, made.PNG), source.NewBody(ogc.TypeJSON, made.JSON)}, nil
			})
		}
	}
	return out
}

// getSprite answers with one part of a sprite.
func (s *Server) getSprite(c echo.Context) error {
	name := pathParam(c)("file")
	m := spriteFile.FindStringSubmatch(name)
	if m == nil {
		return layout.NotFound("sprite", layout.ID(name))
	}
	made, err := s.sprites[m[1]+m[2]]()
	if err != nil {
		return err
	}
	body := made.index
	if m[3] == "png" {
		body = made.image
	}
	return s.sendPart(c, body)
}

// sendPart sends what changes with the version of the program alone. Whoever names the version may keep it for ever.
func (s *Server) sendPart(c echo.Context, body *source.Body) error {
	keep := cachePublic
	if c.QueryParam("v") == s.version {
		keep = cacheForever
	}
	a := newAnswer(body, field{"Cache-Control", keep}, field{"Vary", varyEncoding})
	a.form(joined(c.Request().Header, "Accept-Encoding")).send(c.Response(), c.Request())
	return nil
}
