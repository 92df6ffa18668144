package scene

import (
	"strings"

	"parkmap/internal/layout"
)

// leadersMost is the number of discs up to which parks have leaders: of more they would be a thicket.
const leadersMost = 150

// areaItems are the names of the areas that have a disc.
func (d *drawing) areaItems(discs []Disc, g *ground) []item {
	var out []item
	for _, disc := range discs {
		a := disc.area
		selected := a.id == d.req.Selected
		park := a.kind == layout.KindPark
		if d.out(a.id) || d.focus != "" && d.focus != a.id && park && !selected {
			continue
		}
		lines := areaLines(a, d.req.Lang, d.zoom, selected)
		if len(lines) == 0 {
			continue
		}
		it := item{id: a.id, rank: rankPark, at: disc.Mid, r: 13, left: 13, right: 13, lines: lines, tone: "area"}
		it.w, it.h = d.measure.block(lines)
		it.modes = around()
		if !park || selected || d.zoom >= zoomLeaders && len(discs) < leadersMost {
			it.modes = append(it.modes, leader)
		}
		if d.zoom >= zoomNear {
			it.short = areaLines(a, d.req.Lang, zoomParks, selected)
		}
		switch {
		case park && selected:
			it.rank = rankSelected
		case !park:
			it.rank, it.tone, it.solid = rankOf(a.kind), a.kind, d.zoom < zoomNear
			it.modes = append([]mode{inside}, it.modes...)
		}
		if it.solid {
			toLeft, toRight := g.reach(a.id, disc.Mid, it.h/2)
			it.left, it.right = max(13, toLeft), max(13, toRight)
		}
		if park && d.iconsBeside(a) {
			it.right = 15 + float64(len(a.badges))*(iconPx+iconGap)
		}
		out = append(out, it)
	}
	return out
}

// iconsBeside tells whether the icons of a park stand beside its disc.
func (d *drawing) iconsBeside(a *area) bool {
	return (d.zoom >= zoomNear || d.req.Grey && d.ai()) && (d.focus == "" || d.focus == a.id)
}

func rankOf(kind string) int {
	if kind == layout.KindCore {
		return rankCore
	}
	return rankZone
}

// symbolItems are the names of places, airports and landmarks.
func (d *drawing) symbolItems(symbols []symbol) []item {
	var out []item
	for i := range symbols {
		s := &symbols[i]
		if s.shape == "icons" {
			continue
		}
		look, rank := "place", rankPlace
		switch {
		case s.selected:
			look, rank = "pick", rankSelected
		case s.quiet:
			look, rank = "quiet", rankQuiet
		}
		half := 5.0
		if s.shape == "plane" {
			half = 8
		}
		it := item{id: s.of, rank: rank, at: s.at, r: half, left: half, right: s.reach(), modes: around(), shy: s.quiet, tone: look}
		if !s.quiet {
			it.modes = append(it.modes, leader)
		}
		it.lines = plainLines(s.name, look, 12, d.req.Lang)
		it.w, it.h = d.measure.block(it.lines)
		if len(it.lines) > 0 {
			out = append(out, it)
		}
	}
	return out
}

// groundItems are the names of districts and functional areas, in their middle, and of lakes, beside them.
func (d *drawing) groundItems() []item {
	size, look := 12.0, "district"
	if d.zoom >= zoomSecond {
		size = 13
	}
	if d.req.Lang == English {
		look = "district-en"
	}
	var out []item
	add := func(s *spot, look string, size float64, it item) {
		it.id, it.at, it.tone = s.id, d.project(s.anchor), look
		it.lines = plainLines(s.name, look, size, d.req.Lang)
		it.w, it.h = d.measure.block(it.lines)
		if s.placed && len(it.lines) > 0 && d.box.contains(it.at) {
			out = append(out, it)
		}
	}
	for _, s := range d.districts {
		add(s, look, size, item{rank: rankDistrict, modes: []mode{centre}, shy: true})
	}
	for _, s := range d.context["functional-area"] {
		if d.zoom >= 9.25 && !d.titled(s.name.zh) {
			add(s, "quiet", 12, item{rank: rankQuiet, modes: []mode{centre}, shy: true})
		}
	}
	for _, s := range d.context["lake"] {
		if d.zoom >= zoomRivers {
			box := boxRound(d.rings(polygonsOf(s.geometry))...)
			add(s, "water", 12, item{rank: rankWater, modes: around(), shy: !d.near(), left: box.W / 2, right: box.W / 2, r: box.H / 2})
		}
	}
	return out
}

// titled tells whether the name of a core or zone holds a name already.
func (d *drawing) titled(name string) bool {
	for _, a := range d.areas {
		title := a.ShortZH
		if title == "" {
			title = a.NameZH
		}
		if a.kind != layout.KindPark && strings.Contains(title, name) {
			return true
		}
	}
	return false
}
