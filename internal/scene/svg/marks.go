package svg

import (
	"math"
	"strconv"
	"strings"

	"parkmap/internal/layout"
	"parkmap/internal/scene"
)

// leanDeg is how far the names of waters lean to the left.
const leanDeg = 12

func (p *pen) mark(m scene.Mark) {
	switch m := m.(type) {
	case scene.Path:
		p.path(m)
	case scene.Rect:
		p.rect(m)
	case scene.Circle:
		p.circle(m)
	case scene.Icon:
		p.icon(m)
	case scene.Text:
		p.label(m)
	}
}

// maxID bounds an id that is written, in bytes; a longer one is left out.
const maxID = 64

// of says which feature a mark stands for.
func (p *pen) of(id layout.ID) {
	if len(id) <= maxID {
		p.attr("data-id", string(id))
	}
}

func (p *pen) path(m scene.Path) {
	p.text(`<path`)
	p.of(m.Of)
	p.text(` d="`)
	for _, line := range m.Lines {
		p.points(line, m.Closed)
	}
	p.text(`"`)
	if m.Closed && m.Fill != (scene.Paint{}) {
		p.attr("fill-rule", "evenodd")
	}
	p.look(m.Fill, m.Stroke, m.Opacity)
	p.text("/>")
}

// points writes a line as path data in steps of a tenth of a pixel. Points that fall together are left out.
func (p *pen) points(line []scene.Pt, closed bool) {
	x, y := 0, 0
	for i, pt := range line {
		nx, ny := int(math.Round(pt.X*10)), int(math.Round(pt.Y*10))
		switch {
		case i == 0:
			p.text("M")
			x, y = 0, 0
		case nx == x && ny == y && (closed || i < len(line)-1):
			continue
		default:
			p.text("l")
		}
		p.tenth(nx - x)
		if ny-y >= 0 {
			p.text(" ")
		}
		p.tenth(ny - y)
		x, y = nx, ny
	}
	if closed {
		p.text("z")
	}
}

func (p *pen) tenth(n int) {
	if n < 0 {
		p.text("-")
		n = -n
	}
	p.out = strconv.AppendInt(p.out, int64(n/10), 10)
	if n%10 != 0 {
		p.out = append(p.out, '.', byte('0'+n%10))
	}
}

func (p *pen) rect(m scene.Rect) {
	p.text(`<rect`)
	p.of(m.Of)
	p.box(m.Box)
	if m.Radius > 0 {
		p.number("rx", m.Radius)
	}
	p.look(m.Fill, m.Stroke, m.Opacity)
	p.text("/>")
}

func (p *pen) circle(m scene.Circle) {
	p.text(`<circle`)
	p.of(m.Of)
	p.point("cx", "cy", m.At)
	p.number("r", m.R)
	p.look(m.Fill, m.Stroke, m.Opacity)
	p.text("/>")
}

func (p *pen) icon(m scene.Icon) {
	data := p.scene.Icons[m.Name]
	if data == "" {
		return
	}
	p.text(`<path`)
	transform := "translate(" + format(m.At.X) + " " + format(m.At.Y) + ")"
	if m.Angle != 0 {
		transform += " rotate(" + format(m.Angle) + ")"
	}
	scale := strconv.FormatFloat(math.Round(m.Size/24*1e4)/1e4, 'f', -1, 64)
	p.attr("transform", transform+" scale("+scale+") translate(-12 -12)")
	p.attr("d", data)
	p.attr("fill-rule", "evenodd")
	p.look(m.Fill, scene.Stroke{}, m.Opacity)
	p.text("/>")
}

// look writes fill, stroke and opacity.
func (p *pen) look(fill scene.Paint, stroke scene.Stroke, opacity float64) {
	switch {
	case fill.Pattern != "":
		p.attr("fill", "url(#"+p.id(fill.Pattern)+")")
	case fill.Colour != "":
		p.attr("fill", fill.Colour)
	default:
		p.attr("fill", "none")
	}
	p.share("fill-opacity", fill.Opacity)
	if stroke.Width > 0 {
		p.attr("stroke", stroke.Colour)
		p.number("stroke-width", stroke.Width)
		if len(stroke.Dash) > 0 {
			dash := make([]string, len(stroke.Dash))
			for i, d := range stroke.Dash {
				dash[i] = format(d)
			}
			p.attr("stroke-dasharray", strings.Join(dash, " "))
		}
		if stroke.Round {
			p.attr("stroke-linecap", "round")
		}
		p.share("stroke-opacity", stroke.Opacity)
	}
	p.share("opacity", opacity)
}

// share writes an opacity unless it is all or unset.
func (p *pen) share(name string, v float64) {
	if v > 0 && v < 1 {
		p.number(name, v)
	}
}

func (p *pen) label(m scene.Text) {
	p.text(`<text`)
	p.of(m.Of)
	if m.Angle == 0 && !m.Lean {
		p.point("x", "y", m.At)
	} else {
		transform := "translate(" + format(m.At.X) + " " + format(m.At.Y) + ")"
		if m.Angle != 0 {
			transform += " rotate(" + format(m.Angle) + ")"
		}
		if m.Lean {
			transform += " skewX(" + strconv.Itoa(leanDeg) + ")"
		}
		p.attr("transform", transform)
	}
	if m.Lang != p.scene.Lang {
		p.lang(m.Lang, false)
	}
	if m.Serif {
		p.attr("font-family", p.scene.Fonts["serif"])
	}
	p.number("font-size", m.Size)
	if m.Weight != 400 {
		p.attr("font-weight", strconv.Itoa(m.Weight))
	}
	if m.Space != 0 {
		p.number("letter-spacing", m.Space)
	}
	if m.Anchor != "start" {
		p.attr("text-anchor", m.Anchor)
	}
	p.attr("fill", m.Fill)
	if m.Halo != "" {
		p.attr("stroke", m.Halo)
		p.number("stroke-width", m.HaloWidth)
		p.attr("paint-order", "stroke")
	}
	p.share("opacity", m.Opacity)
	p.text(">")
	p.words(m.Text, m.Lang)
	p.text("</text>")
}

// words writes a text; Chinese words in a text of another language are marked, as in the page.
func (p *pen) words(text, lang string) {
	for lang != scene.Chinese && text != "" {
		start := strings.IndexFunc(text, isHan)
		if start < 0 {
			break
		}
		end := start + strings.IndexFunc(text[start:]+" ", func(r rune) bool { return r < 0x2E80 && (r < '0' || r > '9') })
		p.escape(text[:start])
		p.text(`<tspan`)
		p.lang(scene.Chinese, false)
		p.text(`>`)
		p.escape(text[start:end])
		p.text(`</tspan>`)
		text = text[end:]
	}
	p.escape(text)
}

func isHan(r rune) bool { return r >= 0x3400 && r < 0xA000 }
