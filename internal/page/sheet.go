package page

import (
	"time"

	"parkmap/internal/layout"
)

// Imprint is what everything on paper says of where it comes from.
type Imprint struct {
	Voice
	Site      string // the name of the layout
	Place     string
	Document  Worded // its title and number
	Compiler  string
	Term      string // how long the document holds, "" where it does not say
	Review    string // the number of the map
	Data      string // the version of the data and its day
	CRS       string
	Credits   []string // sources that have to be named
	BaseURL   string   // before paths of this site
	Published time.Time
}

// Facts are what the page of an area or a place says of it.
type Facts struct {
	ID           layout.ID
	Kind         string
	Disc         string // what stands in its disc, "" of a place
	Kicker       Kicker
	Name, Also   Worded
	Translated   string // says that one of the names is a translation
	Quality      *Quality
	Targets      []TargetView
	TargetYear   int
	TargetClause string
	NoTarget     bool
	Intro        []Section
	Sections     []Section
	Link         string // absolute, where the host is known
	OnMap        bool   // it has a position
}

// Sheet is a sheet of paper on one feature.
type Sheet struct {
	Imprint
	Facts
}

// Sheet returns what a sheet on an area or a place says: the same as its page. Of other features it is not-found.
func (p *Page) Sheet(a *Atlas, r Request, id layout.ID) (Sheet, error) {
	f := a.byID[id]
	if f == nil || !onPaper(f.Collection) {
		return Sheet{}, layout.NotFound("sheet", id)
	}
	imprint, err := p.imprint(a, r)
	return Sheet{imprint, p.facts(a, r, f)}, err
}

// onPaper tells whether the features of a collection have sheets.
func onPaper(c layout.CollectionID) bool { return c == layout.Areas || c == layout.Places }

func (p *Page) imprint(a *Atlas, r Request) (Imprint, error) {
	f := p.frame(a, r)
	site, err := f.SiteName()
	if err != nil {
		return Imprint{}, err
	}
	term, err := f.Chip()
	if err != nil {
		return Imprint{}, err
	}
	d := f.Doc
	out := Imprint{
		Voice: f.Voice, Site: site, Place: f.Pick(d.PlaceZH, d.PlaceEN).Text, Document: f.Pick(d.TitleZH, d.TitleEN), Compiler: f.Compiler(),
		Term: term.Long, Review: f.text("about.noreview", ""), CRS: f.text("print.crs", ""), Credits: layout.Credits(d.Attributions),
		BaseURL: f.BaseURL, Published: a.layout.PublishedAt,
	}
	out.Data = f.text("about.version", "", "n", f.Version, "date", f.Date(a.layout.PublishedAt.Format(time.DateOnly)))
	if f.ReviewNumber != "" {
		out.Review = f.text("about.review", "", "no", f.ReviewNumber)
	}
	return out, nil
}

func (p *Page) facts(a *Atlas, r Request, f *layout.Feature) Facts {
	v := p.featureView(a, r, f)
	out := Facts{
		ID: f.ID, Kind: f.Properties.Common().Kind, Kicker: v.Kicker, Name: v.Name, Also: v.Also, Quality: v.Quality,
		Targets: v.Targets, TargetYear: v.TargetYear, TargetClause: v.TargetClause, NoTarget: v.NoTarget,
		Intro: v.Intro, Sections: v.Sections, Link: v.BaseURL + "/f/" + string(f.ID), OnMap: v.OnMap,
	}
	if f.Collection == layout.Areas {
		out.Disc = a.disc(v.Voice, f)
	}
	if v.Also.Lang == English || v.Voice.Lang == English && v.Name.Lang == "" {
		out.Translated = v.text("n.trans", "")
	}
	return out
}
