package scene

import (
	"slices"

	"github.com/paulmach/orb"
)

// sheet is how the picture is divided: the map, the legend beside or below it, and the margin.
type sheet struct {
	all    Box
	mapBox Box
	edge   float64 // of the margin
	title  bool    // there is a margin, with a title above and the rest below the map
	foot   float64 // where what stands below the map and the legend begins

	legend  Box
	groups  [][]entry
	columns int
}

const (
	legendWide = 214 // of a column of the legend
	legendPad  = 14
)

// The least sizes with which there is room for a margin and for a legend.
const (
	marginLeastW, marginLeastH = 320, 280
	legendLeastW, legendLeastH = 360, 300
)

// plan divides the picture. The legend depends on what is drawn and thus on the zoom, which a first fit tells.
func (d *drawing) plan(extent orb.Bound, zoom float64) sheet {
	if d.req.card != nil {
		return cardSheet()
	}
	w, h := d.req.Width, d.req.Height
	s := sheet{all: Box{0, 0, w, h}, mapBox: Box{0, 0, w, h}}
	if s.title = d.req.Margin && w >= marginLeastW && h >= marginLeastH; s.title {
		s.edge = max(16, min(28, w*0.025))
		top, bottom := s.edge+d.titleHeight()+10, s.edge+d.footHeight(w-2*s.edge)+12
		if d.req.Framed {
			s.edge, top, bottom = 1, 5, d.footRow()+12
		}
		s.mapBox = Box{s.edge + 4, top, w - 2*s.edge - 8, h - top - bottom}
		s.foot = h - bottom + 12
	}
	if d.req.Legend && w >= legendLeastW && h >= legendLeastH {
		whole := s
		for range 2 { // what is in sight depends in turn on the room that the legend leaves
			d.view = d.look(extent, s.mapBox, zoom)
			whole.groups = d.legendGroups()
			d.set(whole.groups)
			s = d.placeLegend(whole, extent, zoom)
		}
	}
	return s
}

// placeLegend takes room for the legend beside the map or below it, whichever leaves the larger scale. What
// does not fit there is left out from the end.
func (d *drawing) placeLegend(s sheet, extent orb.Bound, zoom float64) sheet {
	if len(s.groups) == 0 {
		return s
	}
	gap := 0.0
	if s.title {
		gap = 14
	}
	below := d.below(s, gap)
	if s.mapBox.W < 2.2*legendWide {
		return below
	}
	beside := d.beside(s, gap)
	scale := func(s sheet) float64 { return d.look(extent, s.mapBox, zoom).sx }
	if len(below.groups) > len(beside.groups) || scale(below) > scale(beside) {
		return below
	}
	return beside
}

func (d *drawing) beside(s sheet, gap float64) sheet {
	m := s.mapBox
	s.columns, s.groups = 1, slices.Clone(s.groups)
	for len(s.groups) > 1 && d.legendHeight(&s) > m.H {
		if s.columns == 1 && m.W >= 900 {
			s.columns = 2
		} else {
			s.groups = s.groups[:len(s.groups)-1]
		}
	}
	d.addIndex(&s, m.H)
	wide := float64(s.columns)*(legendWide+legendPad) + legendPad
	s.legend = Box{m.X + m.W - wide, m.Y, wide, min(m.H, d.legendHeight(&s))}
	if !s.title {
		s.legend.H = m.H
	}
	s.mapBox.W -= wide + gap
	return s
}

func (d *drawing) below(s sheet, gap float64) sheet {
	m := s.mapBox
	s.columns, s.groups = max(1, int((m.W-legendPad)/(legendWide+legendPad))), slices.Clone(s.groups)
	for len(s.groups) > 1 && d.legendHeight(&s) > 0.42*m.H {
		s.groups = s.groups[:len(s.groups)-1]
	}
	high := d.legendHeight(&s)
	s.legend = Box{m.X, m.Y + m.H - high, m.W, high}
	s.mapBox.H -= high + gap
	return s
}

// legendHeight returns the least height in which the legend fits its columns.
func (d *drawing) legendHeight(s *sheet) float64 {
	total, tallest := 0.0, 0.0
	for _, g := range s.groups {
		high := heightOf(g)
		if total += high; len(g) <= unbroken {
			tallest = max(tallest, high-groupGap)
		}
	}
	for high := max(total/float64(s.columns), tallest); ; high += rowHeight / 3 {
		if spots, ok := flow(s.groups, s.columns, high); ok || len(spots) == 0 {
			return high + 2*legendPad
		}
	}
}

// unbroken is the number of entries up to which a group is not spread over columns.
const unbroken = 8

func heightOf(group []entry) float64 {
	sum := 0.0
	for _, e := range group {
		sum += e.height()
	}
	return sum
}

// addIndex lists the areas by their discs at the end of the legend of a whole layout, where there is room.
func (d *drawing) addIndex(s *sheet, high float64) {
	if d.req.NoIndex || d.focus != "" || d.near() {
		return
	}
	rows := d.indexRows()
	if len(rows) == 0 {
		return
	}
	d.set([][]entry{rows})
	with := append(slices.Clone(s.groups), append([]entry{{head: true, text: d.t("image.index"), lang: d.req.Lang}}, rows...))
	try := *s
	if try.groups = with; d.legendHeight(&try) <= high {
		s.groups = with
	}
}

// legendSpot is where an entry stands: its column and the distance from the top.
type legendSpot struct {
	entry
	column int
	top    float64
}

// flow fills columns of a height with entries; a heading stays with the row behind it. ok is false when
// they do not fit.
func flow(groups [][]entry, columns int, high float64) (spots []legendSpot, ok bool) {
	column, y := 0, 0.0
	for _, g := range groups {
		for i, e := range g {
			need := e.height()
			if e.head && i+1 < len(g) {
				need += g[i+1].height()
			}
			if whole := heightOf(g); i == 0 && whole <= high+groupGap {
				need = whole
			}
			if y > 0 && y+need > high+0.01 {
				column, y = column+1, 0
			}
			if e.head && y == 0 {
				y = -groupGap // no gap above the first group of a column
			}
			spots = append(spots, legendSpot{e, column, y})
			y += e.height()
		}
	}
	return spots, column < columns
}

// legendLayer draws the legend on paper.
func (d *drawing) legendLayer(s sheet) Layer {
	l := Layer{Name: "legend"}
	if len(s.groups) == 0 {
		return l
	}
	ground := Rect{Box: s.legend.grow(-0.5), Fill: Paint{Colour: d.of("raised")}, Stroke: Stroke{Colour: d.of("rule"), Width: 1}}
	if d.req.Clear {
		ground.Fill = Paint{}
	}
	l.Marks = append(l.Marks, ground)
	spots, _ := flow(s.groups, s.columns, s.legend.H-2*legendPad)
	columns := float64(s.columns)
	wide := min((s.legend.W-legendPad*(columns+1))/columns, legendWide)
	for _, spot := range spots {
		at := Pt{s.legend.X + legendPad + float64(spot.column)*(wide+legendPad), s.legend.Y + legendPad - 4 + spot.top}
		l.Marks = append(l.Marks, d.entryMarks(spot.entry, at, wide)...)
	}
	return l
}
