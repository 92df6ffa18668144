package scene

import (
	"cmp"
	"math"
	"slices"

	"parkmap/internal/layout"
)

// mode is the way in which a name stands by its symbol.
type mode int

const (
	inside mode = iota // in its own outline
	centre
	right
	left
	above
	below
	leader
)

func around() []mode { return []mode{right, left, above, below} }

// The order in which names take their places.
const (
	rankCore = iota
	rankZone
	rankSelected
	rankPark
	rankPlace
	rankDistrict
	rankQuiet
	rankWater
)

// item is a name that looks for a place.
type item struct {
	id    layout.ID
	rank  int
	at    Pt      // the middle of its symbol
	left  float64 // how far the symbol reaches from there
	right float64
	r     float64 // up and down
	w, h  float64 // the size of the name
	modes []mode  // in the order in which they are tried
	solid bool    // its own outline is filled so strongly that the name should not cross it
	shy   bool    // rather not shown than on covered ground

	lines []Line
	tone  string
	short []Line // tried where lines find no place
}

// Label is a name in its place.
type Label struct {
	Of     layout.ID
	Box    Box
	Lines  []Line
	Leader []Pt // from the symbol to the name, if any

	mode mode
	tone string
}

const (
	labelGap  = 4
	leaderMax = 90
)

// page holds what stands on the map. What is in it stays clear of all that comes later.
type page struct {
	bounds  Box
	boxes   *grid
	leaders [][2]Pt
	heavy   [][2]Pt // lines that are not written across while there is other room
	ground  *ground
}

func (p *page) free(b Box) bool {
	if !b.within(p.bounds) || p.boxes.hit(b) {
		return false
	}
	return !slices.ContainsFunc(p.leaders, func(l [2]Pt) bool { return crosses(l[0], l[1], b) })
}

// crossed tells whether a heavy line runs across a box.
func (p *page) crossed(b Box) bool {
	return slices.ContainsFunc(p.heavy, func(l [2]Pt) bool { return crosses(l[0], l[1], b) })
}

// clear tells whether a leader runs free. Its own symbol holds its start, which may touch that.
func (p *page) clear(l []Pt, at Pt) bool {
	if l == nil {
		return true
	}
	if slices.ContainsFunc(p.leaders, func(o [2]Pt) bool { return meet(o[0], o[1], l[0], l[1]) }) {
		return false
	}
	return !p.boxes.any(boxRound(l).grow(0.5), func(n int) bool {
		return crosses(l[0], l[1], p.boxes.boxes[n]) && !p.boxes.boxes[n].contains(at)
	})
}

// find looks for a place; strict keeps off busy ground and heavy lines.
func (p *page) find(it *item, strict bool, skip mode) *Label {
	for _, m := range it.modes {
		if m == skip {
			continue
		}
		for _, spot := range it.spots(m) {
			if m == inside && !p.ground.holds(it.id, spot.Box) {
				continue
			}
			if !p.free(spot.Box) || !p.clear(spot.Leader, it.at) {
				continue
			}
			if strict && m != inside && p.ground.busy(spot.Box, it) {
				continue
			}
			if strict && p.crossed(spot.Box) {
				continue
			}
			if it.shy && p.ground.covered(spot.Box, "") {
				continue
			}
			return &spot
		}
	}
	return nil
}

// put finds a place for a name and takes it; nil when there is none.
func (p *page) put(it *item) *Label {
	const none = mode(-1)
	spot := p.find(it, true, leader)
	if spot == nil && it.solid {
		spot = p.find(it, true, none)
	}
	if spot == nil {
		spot = p.find(it, false, leader)
	}
	if spot == nil && slices.Contains(it.modes, leader) {
		if spot = p.find(it, true, none); spot == nil {
			spot = p.find(it, false, none)
		}
	}
	if spot == nil {
		return nil
	}
	p.boxes.put(spot.Box)
	if spot.Leader != nil {
		p.leaders = append(p.leaders, [2]Pt{spot.Leader[0], spot.Leader[1]})
	}
	spot.Of, spot.Lines, spot.tone = it.id, it.lines, it.tone
	return spot
}

// placeAll places names, the important ones first; what finds no place is left out. No more than most are
// tried, so that the work is bounded.
func (p *page) placeAll(items []item, most int, measure Measure) []Label {
	slices.SortStableFunc(items, func(a, b item) int { return cmp.Compare(a.rank, b.rank) })
	var out []Label
	for i := range items[:min(len(items), most)] {
		it := &items[i]
		spot := p.put(it)
		if spot == nil && len(it.short) > 0 {
			it.lines = it.short
			it.w, it.h = measure.block(it.lines)
			spot = p.put(it)
		}
		if spot != nil {
			out = append(out, *spot)
		}
	}
	return out
}

// spots lists the places of one mode in the order in which they are tried.
func (it *item) spots(m mode) []Label {
	var out []Label
	add := func(x, y float64) {
		out = append(out, Label{Box: Box{x, y, it.w, it.h}, mode: m})
	}
	x, y := it.at.X, it.at.Y
	switch m {
	case inside:
		for _, dy := range []float64{it.r + 1, -it.r - it.h - 1} {
			for _, dx := range []float64{0, 6, -6, 12, -12, 20, -20} {
				add(x-it.w/2+dx, y+dy)
			}
		}
	case centre:
		for _, n := range [][2]float64{
			{0, 0}, {0, -14}, {0, 14}, {18, 0}, {-18, 0}, {22, -16}, {-22, -16}, {22, 16}, {-22, 16}, {0, -30}, {0, 30}, {40, 0}, {-40, 0},
		} {
			add(x-it.w/2+n[0], y-it.h/2+n[1])
		}
	case right:
		add(x+it.right+labelGap, y-it.h/2)
	case left:
		add(x-it.left-labelGap-it.w, y-it.h/2)
	case above:
		add(x-it.w/2, y-it.r-labelGap/2-it.h)
	case below:
		add(x-it.w/2, y+it.r+labelGap/2)
	case leader:
		return it.leaders()
	}
	return out
}

// leaders lists the places at the end of a leader, short ones first.
func (it *item) leaders() []Label {
	var out []Label
	for _, length := range []float64{28, 44, 62, leaderMax} {
		for _, deg := range []float64{-45, 45, -135, 135, 0, 180, -20, 20, -160, 160, -70, 70, -110, 110, -90, 90} {
			sin, cos := math.Sincos(deg * math.Pi / 180)
			box := Box{alongside(it.at.X+cos*length, cos, it.w), alongside(it.at.Y+sin*length, sin, it.h), it.w, it.h}
			to := Pt{max(box.X, min(it.at.X, box.X+box.W)), max(box.Y, min(it.at.Y, box.Y+box.H))}
			d := math.Hypot(to.X-it.at.X, to.Y-it.at.Y)
			if d > leaderMax || d < it.r+6 {
				continue
			}
			from := Pt{it.at.X + (to.X-it.at.X)*it.r/d, it.at.Y + (to.Y-it.at.Y)*it.r/d}
			out = append(out, Label{Box: box, mode: leader, Leader: []Pt{from, to}})
		}
	}
	return out
}

// alongside returns where a side of a box begins that a leader meets at end, coming from a direction.
func alongside(end, direction, size float64) float64 {
	switch {
	case math.Abs(direction) < 0.4:
		return end - size/2
	case direction > 0:
		return end
	}
	return end - size
}

// anchor returns at which end the lines of a label are aligned.
func (l *Label) anchor() string {
	switch {
	case l.mode == right:
		return "start"
	case l.mode == left:
		return "end"
	case l.Leader != nil && l.Leader[1].X <= l.Box.X:
		return "start"
	case l.Leader != nil && l.Leader[1].X >= l.Box.X+l.Box.W:
		return "end"
	}
	return "middle"
}
