package page

import (
	"fmt"
	"io"

	"parkmap/internal/layout"
)

// APIDocument is an answer of the API as a readable page: a landing page, the collections, a
// collection, its items or queryables, one item.
type APIDocument struct {
	Title   string
	Summary string
	Crumbs  []APILink // from the landing page down
	Tables  []APITable
	Guide   *APIGuide       // how to ask; nil says nothing of it
	Shape   *layout.Feature // drawn above the tables when it has a surface; nil is none
	Links   []APILink       // this document, other formats and neighbours
	Prev    string          // address of the page before; "" on the first
	Next    string          // address of the page behind; "" on the last
}

// APIGuide is what the page on how to ask the API has to know.
type APIGuide struct {
	Limit    int      // features in an answer when nothing is said
	MaxLimit int      // most features in an answer
	Calls    []string // addresses to try: a box, some properties in order, a text as a table
}

// APILink is one link with its media type and what it means.
type APILink struct {
	Href  string
	Title string
	Type  string
	Rel   string // relation type (RFC 8288); "" says nothing
}

// APITable is one table; without columns its rows are terms with a value.
type APITable struct {
	Title   string
	Columns []string
	Rows    [][]APICell
	Links   []APILink // shown below the rows
	Folded  bool      // stays closed until its title is chosen
}

// APICell is one cell: a text, or in its place a list or an object.
type APICell struct {
	Text string
	Href string
	Lang string // tag of the language when it is not that of the page
	Code bool   // a name of the API or a piece of JSON
	Fold string // words behind which a long text is folded; "" shows it

	List  []APICell
	Terms []APITerm
}

// APITerm is a member of an object.
type APITerm struct {
	Name  string
	Value APICell
}

// APIDocument writes the HTML of an answer of the API. The atlas may be nil.
func (p *Page) APIDocument(w io.Writer, a *Atlas, r Request, d APIDocument) error {
	v := apiView{frame: p.frame(a, r), Document: d}
	v.Here, v.frame.Title, v.Description = "api", d.Title, d.Summary
	if d.Shape != nil {
		v.Sketch = drawFeature(d.Shape)
	}
	return p.render(w, "api", v)
}

// apiTopics lists the parameters that the guide explains, each by a text of the catalogue.
func apiTopics() []string {
	return []string{"bbox", "limit", "q", "filter", "sortby", "properties", "datetime", "datum", "f", "lang"}
}

// Guide tells how to ask, as a table of terms.
func (v apiView) Guide() (APITable, error) {
	var table APITable
	add := func(term APICell, key string) error {
		text, err := v.T("api.guide."+key, "limit", v.Document.Guide.Limit, "max", v.Document.Guide.MaxLimit)
		table.Rows = append(table.Rows, []APICell{term, {Text: text}})
		return err
	}
	for _, name := range apiTopics() {
		if err := add(APICell{Text: name, Code: true}, name); err != nil {
			return table, err
		}
	}
	for _, key := range []string{"property", "paging", "errors"} {
		term, err := v.T("api.guide." + key + ".term")
		if err != nil {
			return table, err
		}
		if err := add(APICell{Text: term}, key); err != nil {
			return table, err
		}
	}
	return table, nil
}

// Calls are the addresses to try, each with what it asks for.
func (v apiView) Calls() (APITable, error) {
	var table APITable
	for i, address := range v.Document.Guide.Calls {
		term, err := v.T(fmt.Sprintf("api.call.%d", i+1))
		if err != nil {
			return table, err
		}
		table.Rows = append(table.Rows, []APICell{{Text: term}, {Text: "curl '" + address + "'", Code: true}})
	}
	return table, nil
}

type apiView struct {
	frame
	Document APIDocument
	Sketch   Drawing
}
