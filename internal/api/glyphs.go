package api

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/maypok86/otter/v2"

	"parkmap/internal/font"
	"parkmap/internal/glyph"
	"parkmap/internal/layout"
	"parkmap/internal/mapstyle"
	"parkmap/internal/ogc"
	"parkmap/internal/source"
)

// Bounds of the glyphs: the bytes that are kept, the ranges that are made at the same time, and the length of the
// name of a stack.
const (
	glyphWeight = 16 << 20
	glyphTurns  = 2
	maxStack    = 256
)

// Heavier letters, and those of waters, are made from the regular ones.
const (
	strongGrow = 0.014 // em
	leanDeg    = 12
)

// stackNames names the stacks of a face.
func stackNames(f *font.Face) mapstyle.Stacks {
	return mapstyle.Stacks{Regular: f.Name() + " Regular", Strong: f.Name() + " Semibold", Leaning: f.Name() + " Backslant"}
}

// glyphs makes ranges of glyphs on demand and keeps those in use.
type glyphs struct {
	stacks map[string]glyph.Stack
	cache  *otter.Cache[glyphKey, *source.Body]
	turns  chan struct{}
}

type glyphKey struct {
	stack string
	start rune
}

func newGlyphs(f *font.Face) *glyphs {
	names := stackNames(f)
	g := &glyphs{stacks: map[string]glyph.Stack{}, turns: make(chan struct{}, glyphTurns)}
	for _, s := range []glyph.Stack{
		{Name: names.Regular, Face: f},
		{Name: names.Strong, Face: f, Grow: strongGrow},
		{Name: names.Leaning, Face: f, LeanDeg: leanDeg},
	} {
		g.stacks[s.Name] = s
	}
	g.cache = otter.Must(&otter.Options[glyphKey, *source.Body]{
		MaximumWeight: glyphWeight,
		// A compressed form comes to two thirds.
		Weigher: func(_ glyphKey, b *source.Body) uint32 { return uint32(len(b.Data())*5/3 + 512) },
	})
	return g
}

// body returns a range of a stack, made once for all who wait for it. That goes on when they have left: it takes
// some hundredths of a second, and there are not many ranges.
func (g *glyphs) body(k glyphKey) (*source.Body, error) {
	load := func(context.Context, glyphKey) (*source.Body, error) {
		g.turns <- struct{}{}
		defer func() { <-g.turns }()
		data, err := g.stacks[k.stack].Range(k.start)
		if err != nil {
			return nil, err
		}
		return source.NewBody(ogc.TypeGlyphs, data), nil
	}
	return g.cache.Get(context.Background(), k, otter.LoaderFunc[glyphKey, *source.Body](load))
}

// find returns the first stack of a list, as styles have it, that there is.
func (g *glyphs) find(list string) (string, error) {
	if len(list) <= maxStack {
		for name := range strings.SplitSeq(list, ",") {
			if name = strings.TrimSpace(name); g.stacks[name].Face != nil {
				return name, nil
			}
		}
	}
	return "", layout.NotFound("font stack", layout.ID(list[:min(len(list), maxStack)]))
}

// glyphFile is the last part of the path of a range.
var glyphFile = regexp.MustCompile(`^([0-9]{1,9})-([0-9]{1,9})\.pbf$`)

// glyphRange reads the name of a range.
func glyphRange(file string) (start rune, err error) {
	m := glyphFile.FindStringSubmatch(file)
	if m == nil {
		return 0, layout.NotFound("glyphs", layout.ID(file))
	}
	from, errFrom := strconv.Atoi(m[1])
	to, errTo := strconv.Atoi(m[2])
	if errFrom != nil || errTo != nil || from%glyph.RangeSize != 0 || to != from+glyph.RangeSize-1 || from > glyph.LastStart {
		return 0, layout.Invalid("range of glyphs", layout.Violation{Rule: "parameter", Path: "range", Detail: fmt.Sprintf(
			"must be %d characters from a multiple of that on, such as 0-255, and end with %d", glyph.RangeSize, glyph.LastStart+glyph.RangeSize-1)})
	}
	return rune(from), nil
}

// getGlyphs answers with a range of a stack.
func (s *Server) getGlyphs(c echo.Context) error {
	param := pathParam(c)
	stack, err := s.glyphs.find(param("stack"))
	if err != nil {
		return err
	}
	start, err := glyphRange(param("file"))
	if err != nil {
		return err
	}
	body, err := s.glyphs.body(glyphKey{stack, start})
	if err != nil {
		return err
	}
	return s.sendPart(c, body)
}
