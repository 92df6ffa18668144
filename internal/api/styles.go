package api

import (
	"html"
	"net/url"
	"regexp"
	"strings"

	"github.com/paulmach/orb"

	"parkmap/internal/font"
	"parkmap/internal/layout"
	"parkmap/internal/mapstyle"
	"parkmap/internal/ogc"
	"parkmap/internal/scene"
	"parkmap/internal/tileset"
)

// Paths under which the parts of maps that are drawn elsewhere are served.
const (
	stylesRoot  = "/styles/"
	fontsRoot   = "/fonts/"
	spritesRoot = "/sprites/"
)

// isMapPart tells whether a path belongs to these parts, whose errors are never pages.
func isMapPart(path string) bool {
	return isTile(path) || strings.HasPrefix(path, stylesRoot) || strings.HasPrefix(path, fontsRoot) || strings.HasPrefix(path, spritesRoot)
}

// Drawing is what maps are drawn with, here and elsewhere.
type Drawing struct {
	Style  *scene.Style                  // colours, lines, icons
	Voices func(lang string) scene.Voice // texts of a language
	Face   *font.Face                    // of names
}

// styleFile is the last part of the path of a style: its mode and its language.
var styleFile = regexp.MustCompile(`^layout-(light|dark)-(zh|en)\.json$`)

// mapStyle is a style sheet for the tiles of the layout.
func (s *Server) mapStyle() resource {
	return resource{
		formats: ogc.StyleFormats(), parameters: fixedParameters(),
		answer: func(a *asked) (reply, error) {
			m := styleFile.FindStringSubmatch(a.param("file"))
			if m == nil {
				return reply{}, layout.NotFound("style", layout.ID(a.param("file")))
			}
			a.lang = ogc.Lang(m[2])
			return reply{
				key: a.key(), mediaType: ogc.TypeJSON, headers: []field{{"Content-Language", []string{m[2]}}},
				build: func() ([]byte, error) {
					style, err := mapstyle.New(s.styleOptions(a, m[1]))
					if err != nil {
						return nil, err
					}
					return layout.MarshalJSON(style)
				},
			}, nil
		},
	}
}

func (s *Server) styleOptions(a *asked, mode string) mapstyle.Options {
	d := s.dataset(a, a.lang)
	o := mapstyle.Options{
		Tables: s.drawing.Style, Dark: mode == "dark", Lang: string(a.lang), Voice: s.drawing.Voices(string(a.lang)),
		Stacks: stackNames(s.drawing.Face),
		Title:  d.Title, Attribution: html.EscapeString(d.Attribution),
		Metadata: map[string]string{
			"parkmap:description": d.Description, "parkmap:layout-version": a.version[0], "parkmap:mode": mode, "parkmap:lang": string(a.lang),
		},
		Several:  map[string]bool{},
		TileJSON: a.base.TileJSON(tileset.Bundle, 0, "") + "?lang=" + string(a.lang),
		Sprite:   string(a.base) + spritesRoot + "layout-" + mode + s.build(),
		Glyphs:   string(a.base) + fontsRoot + "{fontstack}/{range}.pbf" + s.build(),
	}
	kinds := map[string]int{}
	o.Extent = orb.Bound{Min: orb.Point{-180, -80}, Max: orb.Point{180, 80}}
	first := true
	for i := range a.snapshot.Layout().Features {
		f := &a.snapshot.Layout().Features[i]
		switch p := f.Properties.(type) {
		case *layout.ContextFeature:
			o.OwnGround = o.OwnGround || p.Kind == "city" && f.Geometry != nil
		case *layout.Area:
			kinds[p.Kind]++
			o.Several[p.Kind] = kinds[p.Kind] > 1
			if f.Geometry == nil || f.Geometry.Bound().IsEmpty() {
				continue
			}
			if first {
				o.Extent, first = f.Geometry.Bound(), false
			}
			o.Extent = o.Extent.Union(f.Geometry.Bound())
		}
	}
	return o
}

// build is the query that names the version of the program in addresses of what changes with that alone, so that it
// may be kept for ever.
func (s *Server) build() string { return "?v=" + url.QueryEscape(s.version) }
