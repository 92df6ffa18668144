package sprite

import (
	"fmt"
	"image/color"
	"maps"

	"slices"
	"strconv"
	"strings"

	"parkmap/internal/draw"
	"parkmap/internal/layout"
	"parkmap/internal/scene"
)

// Names of symbols. An AI+ code has two more, see AI, and each icon of the atlas one, see Icon.
const (
	Place    = "place"
	Airport  = "airport"
	Landmark = "landmark"
	Hatch    = "hatch" // fills an area of which something is not stated; repeats without a seam
)

// Disc names the disc of a kind of area: that of the core and of zones is filled, that of parks a ring.
func Disc(kind string) string { return "disc-" + kind }

// AI names the round icon of an AI+ code: filled where the document states it, hollow where it is inferred.
// The icon of what is not stated is a broken ring, whatever the basis.
func AI(code, basis string) string {
	if code == layout.Unstated {
		basis = layout.Unstated
	}
	return "ai-" + code + "-" + basis
}

// Icon names an icon of the atlas on its own, in ink.
func Icon(name string) string { return "icon-" + name }

// Sizes of symbols in pixels.
const (
	iconPx  = 20
	hatchPx = 8
)

// symbol is one image: a square of pixels and the shapes on it, the lowest first.
type symbol struct {
	name   string
	size   int
	shapes []shape
}

type shape struct {
	path   draw.Path
	colour color.NRGBA
}

// artist draws symbols in one mode.
type artist struct {
	style *scene.Style
	mode  int // 0 is light, 1 dark
	icons map[string]draw.Path
	err   error // the first colour that is none
}

func newArtist(style *scene.Style, dark bool) (*artist, error) {
	a := &artist{style: style, icons: map[string]draw.Path{}}
	if dark {
		a.mode = 1
	}
	for _, name := range slices.Sorted(maps.Keys(style.Icons)) {
		path, err := draw.ParseSVG(style.Icons[name])
		if err != nil {
			return nil, fmt.Errorf("icon %s: %w", name, err)
		}
		a.icons[name] = path
	}
	return a, nil
}

// symbols lists all symbols by name.
func (a *artist) symbols() []symbol {
	out := []symbol{a.place(), a.hatch(), a.landmark(), a.airport()}
	for kind := range a.style.Kinds {
		out = append(out, a.disc(kind))
	}
	for code, look := range a.style.AI.Codes {
		bases := []string{layout.BasisStated, layout.BasisInferred}
		if code == layout.Unstated {
			bases = []string{layout.Unstated}
		}
		for _, basis := range bases {
			out = append(out, a.ai(AI(code, basis), basis, look.Icon, look.Solid[a.mode]))
		}
	}
	for name := range a.icons {
		out = append(out, symbol{Icon(name), iconPx, []shape{{a.icon(name, iconPx, iconPx, 0), a.page("ink")}}})
	}
	slices.SortFunc(out, func(s, t symbol) int { return strings.Compare(s.name, t.name) })
	return out
}

func (a *artist) page(name string) color.NRGBA { return a.colour(a.style.Page[name][a.mode]) }

// colour reads #RRGGBB.
func (a *artist) colour(hex string) color.NRGBA {
	if len(hex) == 7 && hex[0] == '#' {
		if v, err := strconv.ParseUint(hex[1:], 16, 24); err == nil {
			return color.NRGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
		}
	}
	if a.err == nil {
		a.err = fmt.Errorf("no colour: %q", hex)
	}
	return color.NRGBA{}
}

// icon returns an icon, size pixels wide, in the middle of a square of room pixels.
func (a *artist) icon(name string, size, room, turnDeg float64) draw.Path {
	const box = 24
	back := a.icons[name].Transform(draw.Placed(1, draw.Pt{X: -box / 2, Y: -box / 2}))
	return back.Transform(draw.Turned(turnDeg, size/box, draw.Pt{X: room / 2, Y: room / 2}))
}

func (a *artist) disc(kind string) symbol {
	look := a.style.Kinds[kind]
	solid, land := a.colour(look.Solid[a.mode]), a.page("land")
	switch kind {
	case layout.KindCore:
		mid := draw.Pt{X: 15, Y: 15}
		return symbol{Disc(kind), 30, []shape{{draw.Circle(mid, 14.5), land}, {draw.Circle(mid, 13), solid}}}
	case layout.KindZone:
		return symbol{Disc(kind), 28, []shape{{square(0.5, 27, 3), land}, {square(2, 24, 2), solid}}}
	}
	mid, r, wide := draw.Pt{X: 13, Y: 13}, a.style.Width["disc"]/2, a.style.Width["ring"]
	return symbol{Disc(kind), 26, []shape{
		{draw.Circle(mid, r+1.5), land}, {draw.Circle(mid, r-wide/2), a.page("paper")}, {draw.Ring(mid, r-wide/2, wide), solid},
	}}
}

func (a *artist) ai(name, basis, icon, solid string) symbol {
	const line = 1.5
	mid, colour := draw.Pt{X: iconPx / 2, Y: iconPx / 2}, a.colour(solid)
	paper := shape{draw.Circle(mid, iconPx/2-line/2), a.page("paper")}
	ring := shape{draw.Ring(mid, iconPx/2-line/2, line), colour}
	switch basis {
	case layout.BasisStated:
		on := a.colour(a.style.AI.OnSolid[a.mode])
		return symbol{name, iconPx, []shape{{draw.Circle(mid, iconPx/2), colour}, {a.icon(icon, iconPx*0.62, iconPx, 0), on}}}
	case layout.BasisInferred:
		return symbol{name, iconPx, []shape{paper, ring, {a.icon(icon, iconPx*0.62, iconPx, 0), colour}}}
	}
	return symbol{name, iconPx, []shape{paper, {a.icon(icon, iconPx*1.14, iconPx, 0), colour}}}
}

func (a *artist) place() symbol {
	return symbol{Place, 10, []shape{{square(0.75, 8.5, 0), a.page("land")}, {square(1.5, 7, 0), a.page("ink")}}}
}

func (a *artist) landmark() symbol {
	mid := draw.Pt{X: 4, Y: 4}
	return symbol{Landmark, 8, []shape{{draw.Circle(mid, 3.5), a.page("land")}, {draw.Circle(mid, 2.5), a.page("ink-2")}}}
}

func (a *artist) airport() symbol {
	const plane = "plane"
	return symbol{Airport, 18, []shape{{a.icon(plane, 16, 18, 45), a.page("ink-2")}}}
}

// hatch is stripes from lower left to upper right.
func (a *artist) hatch() symbol {
	const s, half = hatchPx, 0.7
	stripe := func(x float64) shape {
		return shape{draw.Polygon(
			draw.Pt{X: x - half - s, Y: s * 2}, draw.Pt{X: x + half - s, Y: s * 2},
			draw.Pt{X: x + half + s, Y: 0}, draw.Pt{X: x - half + s, Y: 0},
		), a.colour(a.style.AI.Codes[layout.Unstated].Solid[a.mode])}
	}
	return symbol{Hatch, hatchPx, []shape{stripe(-s), stripe(0), stripe(s)}}
}

// square is a square with round corners, size pixels wide, from a point on the diagonal on.
func square(from, size, radius float64) draw.Path {
	lo, hi := from, from+size
	var p draw.Path
	p.MoveTo(draw.Pt{X: lo + radius, Y: lo})
	p.LineTo(draw.Pt{X: hi - radius, Y: lo})
	p.QuadTo(draw.Pt{X: hi, Y: lo}, draw.Pt{X: hi, Y: lo + radius})
	p.LineTo(draw.Pt{X: hi, Y: hi - radius})
	p.QuadTo(draw.Pt{X: hi, Y: hi}, draw.Pt{X: hi - radius, Y: hi})
	p.LineTo(draw.Pt{X: lo + radius, Y: hi})
	p.QuadTo(draw.Pt{X: lo, Y: hi}, draw.Pt{X: lo, Y: hi - radius})
	p.LineTo(draw.Pt{X: lo, Y: lo + radius})
	p.QuadTo(draw.Pt{X: lo, Y: lo}, draw.Pt{X: lo + radius, Y: lo})
	return p
}
