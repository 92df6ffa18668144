package pdf

import "strconv"

// element is a part of the logical structure (ISO 32000-1, 14.7): a paragraph, a heading, a table, a figure.
type element struct {
	kind string
	alt  string
	lang string
	kids []any // *element or sequence
}

// sequence is a marked run of content of a page.
type sequence struct {
	page *Page
	mark int
}

// Group puts the elements that are made meanwhile into one of a kind, such as Table or TR.
func (d *Document) Group(kind string, fill func()) { d.Inside(d.Element(kind), fill) }

// Inside puts the elements that are made meanwhile into an element.
func (d *Document) Inside(e *Element, fill func()) {
	d.open = append(d.open, e.of)
	fill()
	d.open = d.open[:len(d.open)-1]
}

func (d *Document) element(kind string) *element {
	e := &element{kind: kind}
	if len(d.open) == 0 {
		d.elements = append(d.elements, e)
		return e
	}
	top := d.open[len(d.open)-1]
	top.kids = append(top.kids, e)
	return e
}

// Element begins an element, whose content may stand on several pages.
func (d *Document) Element(kind string) *Element { return &Element{d.element(kind)} }

// Element is one part of the logical structure, such as P, H1 or TD.
type Element struct{ of *element }

// Alt says in words what the element shows.
func (e *Element) Alt(text string) *Element {
	e.of.alt = clean(text)
	return e
}

// Lang says in which language the element is, where that is not the document's.
func (e *Element) Lang(tag string) *Element {
	e.of.lang = tag
	return e
}

// Mark makes what is drawn meanwhile a part of an element.
func (p *Page) Mark(e *Element, fill func()) {
	mark := p.marked
	p.marked++
	e.of.kids = append(e.of.kids, sequence{p, mark})
	p.name("/" + e.of.kind + " <</MCID " + strconv.Itoa(mark) + ">> BDC")
	fill()
	p.name("EMC")
}

// Artifact makes what is drawn meanwhile no part of the content: rules, numbers of pages.
func (p *Page) Artifact(fill func()) {
	p.name("/Artifact BMC")
	fill()
	p.name("EMC")
}
