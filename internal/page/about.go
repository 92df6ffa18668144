package page

import (
	"io"

	"parkmap/internal/layout"
)

// About writes the page on the document, the accuracy, the licences and the accessibility of the site.
func (p *Page) About(w io.Writer, a *Atlas, r Request) error {
	v := aboutView{frame: p.frame(a, r)}
	v.Here, v.Paper = "about", bookPath
	title, err := v.T("about.title")
	if err != nil {
		return err
	}
	v.Title = title
	v.Published = a.layout.PublishedAt.Format("2006-01-02")
	for _, i := range v.Doc.Inconsistencies {
		row := Row{Term: v.Pick(i.WhatZH, i.WhatEN).Text, Values: []Value{v.worded(i.DetailZH, i.DetailEN)}}
		v.Disagreements = append(v.Disagreements, row)
	}
	for _, l := range v.Doc.Accuracy {
		v.Accuracy = append(v.Accuracy, v.label(l))
	}
	if a.WholeID() == "" {
		v.Whole = p.whole(a, v.frame)
	}
	return p.render(w, "about", v)
}

type aboutView struct {
	frame
	Published     string
	Accuracy      []Worded
	Disagreements []Row
	Whole         wholeView // where the layout has no city, on whose page it stands
}

// Attributions are the sources that have to be named.
func (v aboutView) Attributions() []layout.Attribution { return v.Doc.Attributions }
