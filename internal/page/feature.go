package page

import (
	"io"
	"math"
	"strconv"
	"strings"
	"unicode"

	"parkmap/internal/layout"
)

// Feature writes the readable page of one feature, named by id or slug; not-found when there is none.
func (p *Page) Feature(w io.Writer, a *Atlas, r Request, name string) error {
	id, err := a.Resolve(name)
	if err != nil {
		return err
	}
	v := p.featureView(a, r, a.byID[id])
	if onPaper(v.Collection) {
		v.Paper = "/f/" + string(id) + ".pdf"
	}
	if id == v.whole {
		v.Here = "whole"
	}
	if id == a.WholeID() {
		v.Whole = p.whole(a, v.frame)
	}
	return p.render(w, "feature", v)
}

// featureView is what the layout says of a feature.
func (p *Page) featureView(a *Atlas, r Request, f *layout.Feature) *featureView {
	v := &featureView{frame: p.frame(a, r), ID: f.ID, Collection: f.Collection, Sketch: drawFeature(f)}
	common := f.Properties.Common()
	v.Kicker = Kicker{Kind: v.Kind(sortOf(f)), Clause: common.Clause}
	v.Name, v.Also = v.Pick(common.NameZH, common.NameEN), v.Other(common.NameZH, common.NameEN)
	v.Title, v.about = v.Name.Text, f.ID
	v.fill(a, f)
	return v
}

// sortOf returns the kind by which a feature is called. Registers have kinds of their own words; they are
// called by their collection.
func sortOf(f *layout.Feature) string {
	switch f.Collection {
	case layout.Units:
		return "unit"
	case layout.Organisations:
		return "organisation"
	case layout.Scenarios:
		return "scenario"
	}
	return f.Properties.Common().Kind
}

type featureView struct {
	frame
	ID         layout.ID
	Collection layout.CollectionID
	Kicker     Kicker
	Name       Worded
	Also       Worded
	Quality    *Quality // of an outline; nil when there is none
	Targets    []TargetView
	TargetYear int // of all targets; 0 when they differ or have none

	TargetClause string    // of all targets; "" when they differ or have none
	NoTarget     bool      // an area without targets
	Intro        []Section // before the targets
	Sections     []Section
	Whole        wholeView // on the page of the city
	Sketch       Drawing
	SketchKind   string
	OnMap        bool
	Timed        bool // from the document, whose term is said; not what is drawn for orientation
}

// Kicker stands above a name: what it is and where the document says so.
type Kicker struct {
	Kind   string
	Number int // within the kind; 0 is none
	Clause string
}

// Quality says how an outline was made, in a phrase and two sentences.
type Quality struct {
	Outline string
	Phrase  string
	How     string
	Use     string
}

// TargetView is one target as it is set.
type TargetView struct {
	Figure Figure
	Metric Worded
	Clause string   // "" where it is said once for all
	Year   int      // 0 where it is said once for all
	Notes  []string // what it is to be reached in, what counts towards it
}

// Section is a part of a feature's page: rows under a heading.
type Section struct {
	Title string
	Note  string
	Apart bool // from other sources than the document
	Rows  []Row
}

// Row is a term with its values; without a term the values stand alone.
type Row struct {
	Term   string
	Values []Value
}

// Value is one value of a row.
type Value struct {
	Text string
	Lang string // when it is not that of the page
	Href string
	Also Worded // the same in the other language
	Note string
	Mark string // stated, inferred or unstated: the sign before the text

	Sources []Source // of a value that does not come from the document
}

// Bare is the value without its sources.
func (value Value) Bare() Value {
	value.Sources = nil
	return value
}

// Source names where a value comes from.
type Source struct {
	Text string
	Lang string // when it is not that of the page
	Href string
}

// from adds the sources of a row to its last value: entries between semicolons, each a text with its address
// behind a bar.
func (r Row) from(v Voice, sources string) Row {
	if len(r.Values) > 0 {
		last := &r.Values[len(r.Values)-1]
		*last = last.from(v, sources)
	}
	return r
}

// from adds the sources of a value, as they are written for a row.
func (value Value) from(v Voice, sources string) Value {
	for entry := range strings.SplitSeq(sources, " ; ") {
		if s := parseSource(entry); s.Text != "" {
			s.Lang = v.foreign(s.Text)
			value.Sources = append(value.Sources, s)
		}
	}
	return value
}

// foreign returns the language of a text that is in no part in the language of the voice, "" of any other.
func (v Voice) foreign(text string) string {
	han := strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	latin := strings.ContainsFunc(text, func(r rune) bool { return r <= unicode.MaxASCII && unicode.IsLetter(r) })
	if v.Lang == English && han && !latin || v.Lang == Chinese && latin && !han {
		return langTag(v.other())
	}
	return ""
}

func parseSource(entry string) Source {
	at := strings.LastIndex(entry, " | http")
	if at < 0 {
		return Source{Text: strings.TrimSpace(entry)}
	}
	address, rest, _ := strings.Cut(entry[at+len(" | "):], " ")
	text := strings.ReplaceAll(entry[:at]+" "+rest, " | ", " · ")
	return Source{Text: strings.TrimSpace(text), Href: address}
}

// fill adds what belongs to the collection of the feature.
func (v *featureView) fill(a *Atlas, f *layout.Feature) {
	switch p := f.Properties.(type) {
	case *layout.Area:
		v.fillArea(a, f, p)
	case *layout.Place:
		v.Sections = v.place(a, p)
	case *layout.Facility:
		v.Sections = v.facility(a, p)
	case *layout.Unit:
		v.Sections = v.unit(a, f.ID, p)
	case *layout.Organisation:
		v.Sections = v.organisation(a, p)
	case *layout.Scenario:
		v.Sections = v.scenario(a, p)
	case *layout.Task:
		v.Sections = v.task(a, p)
	case *layout.Goal:
		v.Sections = v.goal(a, p)
	case *layout.District:
		v.Sections = v.district(p, f)
	case *layout.ContextFeature:
		v.Sections = v.context(a, p, f)
	}
	v.OnMap = f.Geometry != nil && (f.Collection == layout.Areas || f.Collection == layout.Places)
	v.Timed = f.Collection != layout.Districts && f.Collection != layout.Context
	v.SketchKind = f.Properties.Common().Kind
	if f.Collection != layout.Areas {
		v.Sections = append(v.Sections, v.disagreements(a, f.ID), Section{Rows: []Row{v.revision(f)}})
	}
	v.Sections = filled(v.Sections)
	v.Description = v.describe()
}

// describe sums the page up for previews: kind, clause, what stands first.
func (v *featureView) describe() string {
	parts := []string{v.Kicker.Kind}
	if v.Kicker.Clause != "" {
		parts = append(parts, v.text("d.clause.no", "", "clause", v.Kicker.Clause))
	}
	if v.Quality != nil {
		parts = append(parts, v.Quality.Phrase)
	}
	for _, t := range v.Targets {
		parts = append(parts, t.Metric.Text+" "+t.Figure.String())
	}
	return strings.Join(parts, " · ")
}

// filled drops empty rows and sections.
func filled(sections []Section) []Section {
	var out []Section
	for _, s := range sections {
		var rows []Row
		for _, r := range s.Rows {
			if len(r.Values) > 0 {
				rows = append(rows, r)
			}
		}
		if s.Rows = rows; len(rows) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// quality returns the two sentences on an outline, nil when the feature has none.
func (v Voice) quality(p layout.Provenance) *Quality {
	if p.Outline == "" {
		return nil
	}
	q := &Quality{Outline: p.Outline, Phrase: v.text("q."+p.Outline, p.Outline), How: v.text("q.how."+p.Outline, "")}
	if p.PositionErrorM > 0 {
		q.Use = v.text("q.use."+p.Outline, "", "km", kilometres(p.PositionErrorM))
	} else {
		q.Use = v.text("q.use.unknown", "")
	}
	return q
}

// kilometres writes metres as kilometres with at most one decimal, and two below 100 m.
func kilometres(m float64) string {
	if m < 100 {
		return groupDigits(math.Round(m/10) / 100)
	}
	return groupDigits(math.Round(m/100) / 10)
}

func (v Voice) targets(ts []layout.Target) []TargetView {
	var out []TargetView
	for _, t := range ts {
		view := TargetView{Figure: v.Figure(t), Metric: v.Pick(t.MetricZH, t.MetricEN), Clause: t.Clause}
		if len(t.Fields) > 0 {
			view.Notes = append(view.Notes, v.text("d.target.in", "", "list", v.join(v.labels(t.Fields))))
		}
		if len(t.Examples) > 0 {
			view.Notes = append(view.Notes, v.text("d.target.such", "", "list", v.join(v.labels(t.Examples))))
		}
		out = append(out, view)
	}
	return out
}

func (v *featureView) disagreements(a *Atlas, id layout.ID) Section {
	s := Section{Title: v.text("d.inconsistencies", "")}
	for _, i := range a.inconsistencies(id) {
		s.Rows = append(s.Rows, Row{
			Term:   v.Pick(i.WhatZH, i.WhatEN).Text,
			Values: []Value{v.worded(i.DetailZH, i.DetailEN)},
		})
	}
	return s
}

// worded is a value in the language of the voice.
func (v Voice) worded(zh, en string) Value {
	w := v.Pick(zh, en)
	return Value{Text: w.Text, Lang: w.Lang}
}

// terms returns one row of labels, without values when there are none. Short words share a line; labels
// that are not in the language of the page stand alone, to be marked.
func (v Voice) terms(key string, ls []layout.Label) Row {
	r := Row{Term: v.text(key, "")}
	var own []string
	for _, l := range ls {
		if w := v.label(l); w.Lang == "" {
			own = append(own, w.Text)
		} else {
			r.Values = append(r.Values, Value{Text: w.Text, Lang: w.Lang})
		}
	}
	if len(own) > 0 {
		r.Values = append([]Value{{Text: v.join(own)}}, r.Values...)
	}
	return r
}

// plain returns one row of texts as they are; empty ones are left out.
func (v Voice) plain(key string, texts ...string) Row {
	r := Row{Term: v.text(key, "")}
	for _, t := range texts {
		if t != "" {
			r.Values = append(r.Values, Value{Text: t})
		}
	}
	return r
}

// clauses returns one row of clauses. Their numbers are Chinese in every language.
func (v Voice) clauses(key string, list []string) Row {
	r := v.plain(key, list...)
	for i := range r.Values {
		r.Values[i].Lang = v.foreign(r.Values[i].Text)
	}
	return r
}

// named returns a row with one name in both languages.
func (v Voice) named(key, zh, en string) Row {
	r := Row{Term: v.text(key, "")}
	if zh+en != "" {
		r.Values = []Value{v.worded(zh, en)}
	}
	return r
}

// refs returns one row of links to features; ids that lead nowhere are shown as they are.
func (v *featureView) refs(a *Atlas, key string, ids ...layout.ID) Row {
	r := Row{Term: v.text(key, "")}
	for _, id := range ids {
		if id != "" {
			r.Values = append(r.Values, v.ref(a, id))
		}
	}
	return r
}

func (v *featureView) ref(a *Atlas, id layout.ID) Value {
	f := a.byID[id]
	if f == nil {
		return Value{Text: string(id)}
	}
	c := f.Properties.Common()
	value := v.worded(c.NameZH, c.NameEN)
	value.Href = v.Link("/f/" + string(id))
	return value
}

func (v Voice) metres(m float64) string {
	if m <= 0 {
		return ""
	}
	return v.text("d.position.error", "", "m", strconv.Itoa(int(math.Round(m))))
}
