package scene

import "github.com/paulmach/orb"

// background fills the picture with paper and the map with what lies outside the city; where no city is
// drawn all the ground is land.
func (d *drawing) background(s sheet) Layer {
	ground := "outside"
	if len(d.city) == 0 {
		ground = "land"
	}
	marks := []Mark{}
	if s.mapBox != s.all && !d.req.Clear {
		marks = append(marks, Rect{Box: s.all, Fill: Paint{Colour: d.of("paper")}})
	}
	fill := Paint{Colour: d.req.Ground, Opacity: d.req.GroundOpacity}
	switch d.req.Ground {
	case NoGround:
		return Layer{Name: "ground", Marks: marks}
	case "":
		fill = Paint{Colour: d.of(ground)}
	}
	return Layer{Name: "ground", Marks: append(marks, Rect{Box: s.mapBox, Fill: fill})}
}

// baseLayer draws land, waters, roads and borders.
func (d *drawing) baseLayer() Layer {
	l := Layer{Name: "base", Clip: &d.box}
	fill := func(rings [][]Pt, p Path) {
		if len(rings) > 0 {
			p.Lines, p.Closed = rings, true
			l.Marks = append(l.Marks, p)
		}
	}
	line := func(lines [][]Pt, s Stroke) {
		if len(lines) > 0 {
			l.Marks = append(l.Marks, Path{Lines: lines, Stroke: s})
		}
	}
	fill(d.rings(d.city), Path{Fill: Paint{Colour: d.of("land")}})
	if d.far() {
		line(d.runs(d.cityLines()), Stroke{Colour: d.of("city-line"), Width: 1})
		return l
	}
	line(d.runs(d.borders()), Stroke{Colour: d.of("district-line"), Width: d.Width["district"], Dash: d.Dashes("district")})
	for _, lake := range d.context["lake"] {
		var smoothed []orb.Polygon
		for _, p := range polygonsOf(lake.geometry) {
			smoothed = append(smoothed, smoothRings(p))
		}
		fill(d.rings(smoothed), Path{Fill: Paint{Colour: d.of("water")}, Stroke: Stroke{Colour: d.of("water-line"), Width: 1}})
	}
	for i, river := range d.context["river"] {
		line(d.runs(smoothLines(river)), Stroke{Colour: d.of("water-line"), Width: d.riverWidth(i), Round: true})
	}
	var roads []orb.LineString
	for _, road := range d.context["ring-road"] {
		roads = append(roads, smoothLines(road)...)
	}
	drawn := d.runs(roads)
	line(drawn, Stroke{Colour: d.of("road-line"), Width: 3})
	line(drawn, Stroke{Colour: d.of("land"), Width: 1.5})
	for _, ridge := range d.context["ridge"] {
		line(d.runs(smoothLines(ridge)), Stroke{Colour: d.of("relief-label"), Width: 1.5, Dash: []float64{0.1, 5}, Round: true, Opacity: 0.6})
	}
	city := d.runs(d.cityLines())
	line(city, Stroke{Colour: d.of("city-line"), Width: 9, Opacity: 0.13})
	line(city, Stroke{Colour: d.of("city-line"), Width: d.Width["city"]})
	return l
}

// riverWidth returns the width of a river by its place among the longest.
func (d *drawing) riverWidth(i int) float64 {
	switch main := i < mainRivers; {
	case main && d.near():
		return 3
	case main || d.near():
		return 2.25
	}
	return 1.5
}

func smoothLines(s *spot) []orb.LineString {
	var out []orb.LineString
	for _, line := range linesOf(s.geometry) {
		out = append(out, smooth(line))
	}
	return out
}

// water lists the lines of rivers and the shores of lakes near the map.
func (d *drawing) water() [][]Pt {
	var lines []orb.LineString
	for _, kind := range []string{"river", "lake"} {
		for _, s := range d.context[kind] {
			lines = append(lines, linesOf(s.geometry)...)
			for _, p := range polygonsOf(s.geometry) {
				for _, ring := range p {
					lines = append(lines, orb.LineString(ring))
				}
			}
		}
	}
	return d.runs(lines)
}
