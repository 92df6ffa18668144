// Package svg draws a scene as SVG that stands alone or in a page with a strict content policy: attributes
// instead of styles, no script, nothing from elsewhere. The same scene gives the same bytes.
package svg

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"parkmap/internal/scene"
)

// Options say where the SVG is to stand.
type Options struct {
	Inline bool // in an HTML page: no XML declaration; sized by the page
}

// pen writes a document.
type pen struct {
	out   []byte
	scene *scene.Scene
	clips []scene.Box // of all layers
}

// Draw returns a scene as SVG in UTF-8.
func Draw(s *scene.Scene, o Options) []byte {
	p := &pen{scene: s, out: make([]byte, 0, 1<<16)}
	for _, l := range s.Layers {
		if l.Clip != nil && !slices.Contains(p.clips, *l.Clip) {
			p.clips = append(p.clips, *l.Clip)
		}
	}
	p.open(o)
	p.defs()
	for _, l := range s.Layers {
		p.text(`<g`)
		if l.Clip != nil {
			p.attr("clip-path", "url(#"+p.clip(*l.Clip)+")")
		}
		p.attr("data-layer", l.Name)
		p.text(">\n")
		for _, m := range l.Marks {
			p.mark(m)
			p.text("\n")
		}
		p.text("</g>\n")
	}
	p.text("</svg>\n")
	return p.out
}

func (p *pen) open(o Options) {
	if !o.Inline {
		p.text(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	}
	w, h := p.scene.Width, p.scene.Height
	p.text(`<svg xmlns="http://www.w3.org/2000/svg"`)
	p.number("width", w)
	p.number("height", h)
	p.attr("viewBox", "0 0 "+format(w)+" "+format(h))
	p.attr("role", "img")
	p.attr("aria-labelledby", p.id("title"))
	p.attr("aria-describedby", p.id("desc"))
	p.lang(p.scene.Lang, !o.Inline)
	p.attr("stroke-linejoin", "round")
	p.attr("font-family", p.scene.Fonts["sans"])
	p.text(">\n")
	own, other := p.scene.Words[0], p.scene.Words[1]
	p.element("title", own.Title, "id", p.id("title"))
	p.element("desc", own.Text, "id", p.id("desc"))
	p.text(`<metadata`)
	p.lang(other.Lang, !o.Inline)
	p.text(`>`)
	p.escape(other.Title + ". " + other.Text)
	p.text("</metadata>\n")
}

// lang says the language of an element: for HTML and SVG 2 by lang, in a document of its own for XML too.
func (p *pen) lang(lang string, xml bool) {
	if lang == scene.Chinese {
		lang = "zh-CN"
	}
	p.attr("lang", lang)
	if xml {
		p.attr("xml:lang", lang)
	}
}

func (p *pen) defs() {
	p.text("<defs>")
	for i, clip := range p.clips {
		p.text(`<clipPath`)
		p.attr("id", p.id("clip-"+strconv.Itoa(i)))
		p.text(`><rect`)
		p.box(clip)
		p.text(`/></clipPath>`)
	}
	for _, pattern := range p.scene.Patterns {
		p.pattern(pattern)
	}
	p.text("</defs>\n")
}

func (p *pen) pattern(t scene.Pattern) {
	p.text(`<pattern`)
	p.attr("id", p.id(t.ID))
	p.number("width", t.Size)
	p.number("height", t.Size)
	p.attr("patternUnits", "userSpaceOnUse")
	if t.Angle != 0 {
		p.attr("patternTransform", "rotate("+format(t.Angle)+")")
	}
	p.text(`>`)
	for _, s := range t.Stripes {
		p.text(`<rect`)
		p.box(scene.Box{X: s.At, W: s.Wide, H: t.Size})
		p.attr("fill", s.Colour)
		p.text(`/>`)
	}
	if t.Dot > 0 {
		p.text(`<circle`)
		p.point("cx", "cy", scene.Pt{X: t.Size / 2, Y: t.Size / 2})
		p.number("r", t.Dot)
		p.attr("fill", t.Colour)
		p.text(`/>`)
	}
	p.text(`</pattern>`)
}

// id returns an id of the document; the prefix keeps those of several pictures in one page apart.
func (p *pen) id(name string) string { return p.scene.Prefix + name }

// clip returns the id of a clip.
func (p *pen) clip(b scene.Box) string {
	return p.id("clip-" + strconv.Itoa(slices.Index(p.clips, b)))
}

func (p *pen) text(s string) { p.out = append(p.out, s...) }

func (p *pen) element(name, text, attribute, value string) {
	p.text("<" + name)
	p.attr(attribute, value)
	p.text(">")
	p.escape(text)
	p.text("</" + name + ">\n")
}

// attr writes an attribute; an empty one is left out.
func (p *pen) attr(name, value string) {
	if value == "" {
		return
	}
	p.text(" " + name + `="`)
	p.escape(value)
	p.text(`"`)
}

func (p *pen) number(name string, v float64) { p.attr(name, format(v)) }

func (p *pen) point(x, y string, at scene.Pt) {
	p.number(x, at.X)
	p.number(y, at.Y)
}

func (p *pen) box(b scene.Box) {
	p.point("x", "y", scene.Pt{X: b.X, Y: b.Y})
	p.number("width", b.W)
	p.number("height", b.H)
}

// escape writes text that no reader takes for markup, without characters that XML does not allow or that turn
// the direction of writing.
func (p *pen) escape(s string) {
	for _, r := range s {
		switch {
		case r == '<':
			p.text("&lt;")
		case r == '>':
			p.text("&gt;")
		case r == '&':
			p.text("&amp;")
		case r == '"':
			p.text("&quot;")
		case r < 0x20 || r >= 0x7F && r < 0xA0 || r == utf8.RuneError || r >= 0xFFFE && r <= 0xFFFF:
		case r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069:
		default:
			p.out = utf8.AppendRune(p.out, r)
		}
	}
}

// format writes a number with at most two decimals.
func format(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	s := strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	return strings.TrimSuffix(s, ".")
}
