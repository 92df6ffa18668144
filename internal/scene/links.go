package scene

import (
	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

// core returns the first core that has a position, or nil.
func (m *Model) core() *area {
	for _, a := range m.areas {
		if a.kind == layout.KindCore && a.placed {
			return a
		}
	}
	return nil
}

// linked tells whether there is anything to link.
func (m *Model) linked() bool { return m.core() != nil && len(m.areas) > 1 }

// linksMost is the number of areas up to which all are linked.
const linksMost = 500

// linkMarks draws the symbolic links from the core: a double line to zones, dotted curves to parks.
// Where there are more parks than can be told apart, those that have no disc have no link.
func (d *drawing) linkMarks(discs []Disc) []Mark {
	core := d.core()
	if core == nil {
		return nil
	}
	shown := map[layout.ID]bool{}
	for _, disc := range discs {
		shown[disc.Of] = true
	}
	from := d.anchor(core)
	var parks, zones []orb.LineString
	for _, a := range d.areas {
		switch {
		case !a.placed || a == core:
		case a.kind == layout.KindPark && (d.out(a.id) || len(d.areas) > linksMost && !shown[a.id]):
		case a.kind == layout.KindPark:
			parks = append(parks, bow(from, d.anchor(a)))
		default:
			zones = append(zones, orb.LineString{from, d.anchor(a)})
		}
	}
	var out []Mark
	ink := d.of("ink")
	if lines := d.runs(parks); len(lines) > 0 {
		out = append(out, Path{Lines: lines, Stroke: Stroke{Colour: ink, Width: d.Width["link"], Dash: d.Dashes("link"), Round: true}})
	}
	if lines := d.runs(zones); len(lines) > 0 {
		w := d.Width["link-main"]
		out = append(out,
			Path{Lines: lines, Stroke: Stroke{Colour: ink, Width: 3 * w}},
			Path{Lines: lines, Stroke: Stroke{Colour: d.of("land"), Width: w}})
	}
	return out
}

// mainLinks are the lines between the core and zones: they are too heavy to be written across.
func (d *drawing) mainLinks() [][2]Pt {
	core := d.core()
	if !d.links || core == nil {
		return nil
	}
	var out [][2]Pt
	for _, a := range d.areas {
		if a.kind == layout.KindZone && a.placed {
			out = append(out, [2]Pt{d.project(d.anchor(core)), d.project(d.anchor(a))})
		}
	}
	return out
}
