package scene

import (
	"math"
	"unicode/utf8"

	"github.com/paulmach/orb"
)

// Chart is all of a layout at the scale of one zoom, composed as one picture. Tiles are windows on it, so that their
// shapes, patterns and names go on from one to the next. It never changes.
type Chart struct {
	scene  *Scene
	corner Pt      // of the picture, in pixels from the origin of the plane, to the right and down
	boxes  [][]Box // of the marks, by layer
	weight int
}

// Names may stand out from the extent of a chart by this much: pixels, and share of its size.
const (
	chartMargin = 320
	chartShare  = 0.02
)

// everywhere is the box of the ground, which has no end.
var everywhere = Box{-1e8, -1e8, 2e8, 2e8}

// NewChart composes a model on a plane; perUnit is how many pixels a unit of it has, and zoom that of the web map with
// the same scale. The request says how the chart looks, but not what part of the world it shows. Errors are those of
// Compose.
func NewChart(m *Model, r Request, plane Plane, perUnit, zoom float64) (*Chart, error) {
	all := m.roundAll(view{plane: plane, sx: perUnit, sy: perUnit})
	all = all.grow(chartMargin + chartShare*max(all.W, all.H))
	x0, y0 := math.Floor(all.X), math.Floor(all.Y)
	r.Width, r.Height = math.Ceil(all.W)+1, math.Ceil(all.H)+1
	r.Plane, r.Chart, r.Zoom = plane, true, math.Round(zoom*1e6)/1e6 // thresholds are whole zooms
	r.Window = orb.Bound{
		Min: orb.Point{x0 / perUnit, -(y0 + r.Height) / perUnit}, Max: orb.Point{(x0 + r.Width) / perUnit, -y0 / perUnit},
	}
	s, err := Compose(m, r)
	if err != nil {
		return nil, err
	}
	c := &Chart{scene: s, corner: Pt{x0, y0}}
	for _, l := range s.Layers {
		boxes := make([]Box, len(l.Marks))
		for i, mark := range l.Marks {
			if ground, ok := mark.(Rect); ok && l.Name == "ground" {
				ground.Box = everywhere
				l.Marks[i] = ground
			}
			boxes[i] = boxOf(l.Marks[i])
			c.weight += weightOf(l.Marks[i])
		}
		c.boxes = append(c.boxes, boxes)
	}
	return c, nil
}

// Window returns a scene of what may be seen in a box, given in pixels from the origin of the plane, to the right and
// down, and where that box lies on the scene.
func (c *Chart) Window(b Box) (*Scene, Box) {
	b.X, b.Y = b.X-c.corner.X, b.Y-c.corner.Y
	out := *c.scene
	out.Layers, out.Labels, out.Discs = nil, nil, nil
	for i, l := range c.scene.Layers {
		seen := Layer{Name: l.Name, Clip: l.Clip}
		if l.Name == "ground" {
			seen.Clip = nil
		}
		for j, box := range c.boxes[i] {
			if box.overlaps(b) {
				seen.Marks = append(seen.Marks, l.Marks[j])
			}
		}
		if len(seen.Marks) > 0 {
			out.Layers = append(out.Layers, seen)
		}
	}
	return &out, b
}

// Weight is about what the chart takes in memory, in bytes.
func (c *Chart) Weight() int { return c.weight }

// roundAll returns a box that holds all that a model has a place for, as it is projected.
func (m *Model) roundAll(v view) Box {
	var lines [][]Pt
	add := func(b orb.Bound) {
		box := v.round(b)
		lines = append(lines, []Pt{{box.X, box.Y}, {box.X + box.W, box.Y + box.H}})
	}
	for _, a := range m.areas {
		if a.placed {
			add(a.bound)
		}
	}
	for _, p := range m.places {
		if p.placed {
			add(p.geometry.Bound())
		}
	}
	spots := m.districts
	for _, list := range m.context {
		spots = append(spots[:len(spots):len(spots)], list...)
	}
	for _, s := range spots {
		if s.placed {
			add(s.geometry.Bound())
		}
	}
	return boxRound(lines...)
}

// boxOf returns a box that holds all that a mark covers.
func boxOf(m Mark) Box {
	switch m := m.(type) {
	case Path:
		return boxRound(m.Lines...).grow(m.Stroke.Width + 1)
	case Rect:
		return m.Box.grow(m.Stroke.Width + 1)
	case Circle:
		return square(m.At, 2*m.R+m.Stroke.Width+2)
	case Icon:
		return square(m.At, 1.5*m.Size)
	case Text:
		return textBox(m)
	}
	return everywhere
}

// textBox takes letters for wider than they are.
func textBox(m Text) Box {
	wide := float64(utf8.RuneCountInString(m.Text))*(1.4*m.Size+math.Abs(m.Space)) + m.Size
	side := m.Size + m.HaloWidth + 2
	switch {
	case m.Angle != 0:
		return square(m.At, 2*(wide+side))
	case m.Anchor == "middle":
		return Box{m.At.X - wide/2, m.At.Y - m.Size, wide, 1.5 * m.Size}.grow(side)
	case m.Anchor == "end":
		return Box{m.At.X - wide, m.At.Y - m.Size, wide, 1.5 * m.Size}.grow(side)
	}
	return Box{m.At.X, m.At.Y - m.Size, wide, 1.5 * m.Size}.grow(side)
}

// weightOf is about what a mark takes in memory, in bytes.
func weightOf(m Mark) int {
	const overhead = 320
	p, ok := m.(Path)
	if !ok {
		return overhead
	}
	n := 0
	for _, line := range p.Lines {
		n += len(line)
	}
	return overhead + 16*n
}
