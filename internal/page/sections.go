package page

import "parkmap/internal/layout"

// fillArea adds what the document says of an area, and, apart, what other sources say.
func (v *featureView) fillArea(a *Atlas, f *layout.Feature, p *layout.Area) {
	v.Quality = v.quality(p.Provenance)
	v.Targets, v.NoTarget = v.targets(p.Targets), len(p.Targets) == 0
	if len(p.Targets) > 0 {
		v.TargetYear = p.Targets[0].Year
	}
	v.Sections = []Section{
		{Title: v.text("d.role", ""), Rows: []Row{
			{Values: v.named("", p.RoleZH, p.RoleEN).Values}, v.named("d.builton", p.BuiltOnZH, p.BuiltOnEN),
		}},
		v.ai(a, p),
		v.units(a, p.ResponsibleUnits, p.Responsibility),
		v.placesOf(a, f.ID),
		v.settles(a, p.Clause),
		v.related(p),
		{Title: v.text("d.programmes", ""), Rows: []Row{
			v.terms("d.programmes", p.Programmes), v.terms("d.factors", p.Factors), v.terms("d.breakthroughs", p.Breakthroughs),
		}},
		v.otherSources(a, p),
		v.notes(p.Notes),
	}
}

// notes are sentences: each stands by itself.
func (v *featureView) notes(ls []layout.Label) Section {
	var row Row
	for _, l := range ls {
		row.Values = append(row.Values, v.worded(l.ZH, l.EN))
	}
	return Section{Title: v.text("d.notes", ""), Rows: []Row{row}}
}

// ai lists the directions with their basis; fields that have no AI+ code follow as such.
func (v *featureView) ai(a *Atlas, p *layout.Area) Section {
	s := Section{Title: v.text("d.ai", "")}
	var row Row
	for _, d := range p.Specialisations {
		value := v.direction(d)
		if d.Through != "" {
			value.Note += " · " + v.text("d.ai.through", "", "name", v.ref(a, d.Through).Text)
		}
		row.Values = append(row.Values, value)
	}
	if len(row.Values) == 0 {
		row.Values = []Value{{Text: v.text("n.noai", ""), Mark: "unstated"}}
	}
	s.Rows = []Row{row, v.terms("d.fields", p.Fields)}
	return s
}

func (v Voice) direction(d layout.Specialisation) Value {
	value := v.worded(d.LabelZH, d.LabelEN)
	value.Mark, value.Note = d.Basis, v.text("basis."+d.Basis, d.Basis)
	return value
}

// units lists the responsible units with their full names and levels.
func (v *featureView) units(a *Atlas, ids []layout.ID, responsibility string) Section {
	s := Section{Title: v.text("d.units", "")}
	if responsibility == layout.ResponsibilityShared {
		s.Note = v.text("n.shared", "")
	}
	var row Row
	for _, id := range ids {
		value := v.ref(a, id)
		if f := a.byID[id]; f != nil {
			if u, ok := f.Properties.(*layout.Unit); ok {
				full := v.Pick(shortOr(u.FullZH, u.NameZH), shortOr(u.FullEN, u.NameEN))
				value.Text, value.Lang, value.Note = full.Text, full.Lang, v.text("level."+u.Level, u.Level)
			}
		}
		row.Values = append(row.Values, value)
	}
	s.Rows = []Row{row}
	return s
}

func (v *featureView) placesOf(a *Atlas, id layout.ID) Section {
	s := Section{Title: v.text("d.places", "")}
	for _, kind := range layout.Kinds(layout.Places) {
		row := Row{Term: v.Kind(kind)}
		for _, f := range a.within(layout.Places, func(f *layout.Feature) bool {
			c := f.Properties.Common()
			return c.Parent == id && c.Kind == kind
		}) {
			value := v.ref(a, f.ID)
			p := f.Properties.(*layout.Place)
			if p.Specialisation != nil {
				value.Note = v.direction(*p.Specialisation).Text
			}
			if f.Geometry == nil {
				value.Note = v.text("n.nolocation", "")
			}
			row.Values = append(row.Values, value)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// settles says in our own words what a clause lays down.
func (v *featureView) settles(a *Atlas, clause string) Section {
	s := Section{Title: v.text("d.settles", "")}
	if t := a.task(clause); t != nil && t.SummaryZH+t.SummaryEN != "" {
		value := v.worded(t.SummaryZH, t.SummaryEN)
		value.Note = v.text("d.clause.no", "", "clause", clause)
		s.Rows = []Row{{Values: []Value{value}}}
	}
	return s
}

func (v *featureView) related(p *layout.Area) Section {
	s := Section{Title: v.text("d.related", ""), Note: v.text("d.related.note", "")}
	for _, r := range p.RelatedClauses {
		s.Rows = append(s.Rows, Row{Term: r.Clause, Values: []Value{v.worded(r.TopicZH, r.TopicEN)}})
	}
	return s
}

// otherSources shows apart what does not come from the document, each with its source.
func (v *featureView) otherSources(a *Atlas, p *layout.Area) Section {
	districts := v.refs(a, "d.district", p.Districts...).from(v.Voice, v.Pick(p.DistrictBasisZH, p.DistrictBasis).Text)
	return v.outside(districts, v.refs(a, "d.functional", p.FunctionalArea),
		v.named("d.managing", p.ManagingBodyZH, p.ManagingBodyEN).from(v.Voice, p.ManagingBodySource),
		v.terms("d.industries", p.Industries).from(v.Voice, p.IndustriesSource))
}

func (v *featureView) place(a *Atlas, p *layout.Place) []Section {
	ai := Row{Term: v.text("d.ai", "")}
	if p.Specialisation != nil {
		ai.Values = []Value{v.direction(*p.Specialisation)}
	}
	position := v.plain("d.position", v.metres(p.PositionErrorM))
	if len(position.Values) == 0 {
		position = v.plain("d.position", v.text("n.nolocation", ""))
	}
	size := v.size(p.AreaKM2, v.Pick(p.AreaMeaningZH, p.AreaMeaning), p.AreaSource)
	industries := v.terms("d.industries", p.Industries).from(v.Voice, p.IndustriesSource)
	return []Section{
		{Rows: []Row{v.refs(a, "d.parent", p.Parent), ai, v.terms("d.functions", p.Functions)}},
		v.outside(v.refs(a, "d.district", p.Districts...).from(v.Voice, v.Pick(p.DistrictBasisZH, p.DistrictBasis).Text),
			position, v.basis(p.PositionBasisZH, p.PositionBasis, p.Source), size, industries),
		v.settles(a, p.Clause),
	}
}

// outside holds rows that do not come from the document.
func (v *featureView) outside(rows ...Row) Section {
	return Section{Title: v.text("d.other", ""), Note: v.text("d.other.note", ""), Apart: true, Rows: rows}
}

// basis says how a position is known, with its sources.
func (v Voice) basis(zh, en, sources string) Row {
	return v.named("d.position.basis", zh, en).from(v, sources)
}

// size is a published area in km² with what it measures; without a value when it is not known.
func (v Voice) size(km2 float64, meaning Worded, sources string) Row {
	r := Row{Term: v.text("d.area.term", "")}
	if km2 > 0 {
		r.Values = []Value{{Text: v.text("d.area.published", "", "km2", groupDigits(km2)), Note: meaning.Text}}
	}
	return r.from(v, sources)
}
