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

// linkMarks draws the symbolic links from the core: a double line to zones, dotted curves to parks.
func (d *drawing) linkMarks() []Mark {
	core := d.core()
	if core == nil {
		return nil
	}
	var parks, zones []orb.LineString
	for _, a := range d.areas {
		switch {
		case !a.placed || a == core:
		case a.kind == layout.KindPark && !d.out(a.id):
			parks = append(parks, bow(core.anchor, a.anchor))
		case a.kind != layout.KindPark:
			zones = append(zones, orb.LineString{core.anchor, a.anchor})
		}
	}
	var out []Mark
	ink := d.of("ink")
	if lines := d.runs(parks); len(lines) > 0 {
		out = append(out, Path{Lines: lines, Stroke: Stroke{Colour: ink, Width: d.Width["link"], Dash: d.dash("link"), Round: true}})
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
			out = append(out, [2]Pt{d.project(core.anchor), d.project(a.anchor)})
		}
	}
	return out
}
