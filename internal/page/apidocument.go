package page

import "io"

// APIDocument is an answer of the API as a readable page: a landing page, the collections, a
// collection, its items or queryables, one item.
type APIDocument struct {
	Title   string
	Summary string
	Crumbs  []APILink // from the landing page down
	Tables  []APITable
	Links   []APILink // other formats and neighbours
	Prev    string    // address of the page before; "" on the first
	Next    string    // address of the page behind; "" on the last
}

// APILink is one link with its media type.
type APILink struct {
	Href  string
	Title string
	Type  string
}

// APITable is one table; without columns its rows are terms with a value.
type APITable struct {
	Title   string
	Columns []string
	Rows    [][]APICell
}

// APICell is one cell.
type APICell struct {
	Text string
	Href string
	Lang string // when it is not that of the page
	Code bool   // a name of the API or a piece of JSON
}

// APIDocument writes the HTML of an answer of the API. The atlas may be nil.
func (p *Page) APIDocument(w io.Writer, a *Atlas, r Request, d APIDocument) error {
	v := apiView{frame: p.frame(a, r), Document: d}
	v.Here, v.frame.Title, v.Description = "api", d.Title, d.Summary
	return p.render(w, "api", v)
}

type apiView struct {
	frame
	Document APIDocument
}
