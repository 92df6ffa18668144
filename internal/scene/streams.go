package scene

import (
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// leanDeg is how far the names of waters lean to the left.
const leanDeg = 12

// mainRivers are drawn wider, and named from afar.
const mainRivers = 3

// manner is how the names of a kind of line are set; spaces in em, offsets in pixels, for Chinese and English.
type manner struct {
	look    string
	size    float64
	space   [2]float64
	offsets [2][]float64
	from    float64 // zoom
}

func mannerOf(kind string) manner {
	switch kind {
	case "river":
		return manner{"water", 13, [2]float64{1, 0.12}, [2][]float64{{12, -12}, {-9, 11}}, minZoom}
	case "ridge":
		return manner{"relief", 13, [2]float64{1.6, 0.4}, [2][]float64{{0}, {0}}, minZoom}
	}
	return manner{"quiet", 12, [2]float64{0.35, 0.04}, [2][]float64{{0}, {0}}, zoomRings}
}

// streamMarks sets the names along lines, rivers first, and takes their place on the page.
func (d *drawing) streamMarks(p *page) []Mark {
	var out []Mark
	for _, kind := range []string{"river", "ridge", "ring-road"} {
		how := mannerOf(kind)
		list := d.context[kind]
		if kind == "river" && d.zoom < zoomRivers {
			list = list[:min(len(list), mainRivers)]
		}
		for _, s := range list {
			if d.zoom >= how.from {
				out = append(out, d.streamMark(p, s, kind, how)...)
			}
		}
	}
	return out
}

func (d *drawing) streamMark(p *page, s *spot, kind string, how manner) []Mark {
	name, lang := s.name.in(d.req.Lang, true)
	i := 1
	if lang == Chinese {
		i = 0
	}
	look := style(how.look)
	t := alongText{letters: strings.Split(plain(name), ""), size: how.size, space: how.space[i] * how.size, upright: i == 0, offsets: how.offsets[i]}
	for _, letter := range t.letters {
		t.widths = append(t.widths, d.measure(letter, how.size, look.weight, look.serif))
	}
	free := func(b Box) bool {
		return p.free(b) && !p.crossed(b) && !p.ground.covered(b, "") && (kind == "river" || !p.ground.watered(b))
	}
	var runs [][]Pt
	for _, line := range linesOf(s.geometry) {
		for _, run := range d.runs([]orb.LineString{smooth(line)}) {
			runs = append(runs, runsIn(run, p.bounds)...)
		}
	}
	slices.SortStableFunc(runs, func(a, b []Pt) int {
		x, y := boxRound(a), boxRound(b)
		return compareDown(x.W+x.H, y.W+y.H)
	})
	var out []Mark
	for _, run := range d.reaches(runs) {
		if glyphs := t.place(run, free); glyphs != nil {
			out = append(out, d.glyphMarks(p, t, glyphs, how, lang)...)
			if !d.req.Chart {
				break
			}
		}
	}
	return out
}

// Charts, of which only a part is seen at a time, name a line again every reachPx pixels, but no more than
// mostReaches times.
const (
	reachPx     = 1400
	mostReaches = 64
)

// reaches cuts the lines of a chart into those that are named by themselves.
func (d *drawing) reaches(runs [][]Pt) [][]Pt {
	if !d.req.Chart {
		return runs
	}
	var out [][]Pt
	for _, run := range runs {
		whole := newPath(run)
		n := math.Floor(max(1, min(whole.length()/reachPx, mostReaches)))
		for i := range int(n) {
			out = append(out, whole.between(float64(i)/n*whole.length(), float64(i+1)/n*whole.length()))
		}
	}
	return out
}

func (d *drawing) glyphMarks(p *page, t alongText, glyphs []glyph, how manner, lang string) []Mark {
	look := style(how.look)
	var out []Mark
	for i, g := range glyphs {
		p.boxes.put(t.box(g, i))
		sin, cos := math.Sincos(g.angle * math.Pi / 180)
		x, y := 0.0, 0.36*how.size // from the middle of the letter to its baseline
		if how.look == "water" {
			x = y * math.Tan(leanDeg*math.Pi/180)
		}
		out = append(out, Text{
			Text: g.text, At: Pt{g.at.X + x*cos - y*sin, g.at.Y + x*sin + y*cos}, Anchor: "middle", Size: how.size, Weight: look.weight, Serif: look.serif,
			Angle: g.angle, Lean: how.look == "water", Lang: lang,
			Fill: d.of(look.colour), Halo: d.of("land"), HaloWidth: d.Width["halo"],
		})
	}
	return out
}
