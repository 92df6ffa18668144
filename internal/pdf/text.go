package pdf

import "parkmap/internal/draw"

// Style says how a text is set. Colours are #RRGGBB.
type Style struct {
	Size    float64
	Space   float64 // behind each character
	Colour  string
	Grow    float64 // how much bolder than the typeface, in em: lines are drawn round the letters
	Opacity float64 // 0 counts as 1

	Halo      string // colour of a rim round the letters; "" is none
	HaloWidth float64
}

// Text writes a line of text from a point of its baseline on. A text is one run: it is neither shaped nor turned
// for scripts that run to the left.
func (p *Page) Text(text string, at draw.Pt, s Style) {
	text = clean(text)
	if text == "" || s.Size <= 0 {
		return
	}
	p.Save()
	p.opacity(s.Opacity, s.Opacity)
	p.colour(s.Colour, "rg")
	if s.Halo != "" && s.HaloWidth > 0 {
		// The rim is no text of its own: readers are told that it says nothing.
		p.name("/Span <</ActualText ()>> BDC")
		p.colour(s.Halo, "RG")
		p.op(s.HaloWidth + s.Grow*s.Size).name("w")
		p.op(1).name("j")
		p.run(text, at, s, 1)
		p.name("EMC")
	}
	mode := 0
	if s.Grow > 0 {
		mode = 2
		p.colour(s.Colour, "RG")
		p.op(s.Grow * s.Size).name("w")
		p.op(1).name("j")
	}
	p.run(text, at, s, mode)
	p.Restore()
}

// run writes letters in a mode of rendering: ISO 32000-1, table 106.
func (p *Page) run(text string, at draw.Pt, s Style, mode int) {
	p.text("BT /F ")
	p.op(s.Size).text("Tf ")
	p.op(float64(mode)).text("Tr ")
	if s.Space != 0 {
		p.op(s.Space).text("Tc ")
	}
	p.text("1 0 0 -1 ")
	p.op(at.X, at.Y).text("Tm <")
	for _, r := range text {
		p.hex(p.doc.glyph(r))
	}
	p.text("> Tj ET\n")
}

func (c *content) hex(v uint16) {
	const digits = "0123456789ABCDEF"
	c.buf = append(c.buf, digits[v>>12], digits[v>>8&15], digits[v>>4&15], digits[v&15])
}
