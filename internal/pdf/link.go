package pdf

// link is an area of a page that leads elsewhere.
type link struct {
	x, y, w, h float64
	address    string
	page       *Page
	top        float64
}

// LinkTo makes a box of the page lead to a place in the document.
func (p *Page) LinkTo(x, y, w, h float64, page *Page, top float64) {
	p.links = append(p.links, link{x: x, y: y, w: w, h: h, page: page, top: top})
}

// Link makes a box of the page lead to an address.
func (p *Page) Link(x, y, w, h float64, address string) {
	if address != "" {
		p.links = append(p.links, link{x: x, y: y, w: w, h: h, address: address})
	}
}
