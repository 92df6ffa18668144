package page

import (
	"slices"

	"parkmap/internal/layout"
)

// fillArea says all that the layout holds about an area: first what the document says, then, apart, what
// other sources say, at last its sizes and what the document disagrees on. The detail panel of the map has
// the same sections in the same order.
func (v *featureView) fillArea(a *Atlas, f *layout.Feature, p *layout.Area) {
	v.Quality = v.quality(p.Provenance)
	v.Kicker.Number = a.numberOf(f)
	v.Intro = filled([]Section{{Rows: []Row{
		{Values: v.named("", p.RoleZH, p.RoleEN).Values}, v.named("d.builton", p.BuiltOnZH, p.BuiltOnEN),
		v.shortName(p), v.placeInText(p),
	}}})
	v.setTargets(p.Targets)
	v.NoTarget = len(p.Targets) == 0
	v.Sections = []Section{
		v.ai(a, f.ID, p),
		v.units(a, p.ResponsibleUnits, p.Responsibility),
		v.placesOf(a, f.ID),
		v.facilitiesOf(a, f.ID),
		v.naming(a, f.ID, p.Clause),
		v.related(a, p),
		v.settles(a, p.Clause),
		v.notes(p.Notes),
		v.otherSources(a, p),
		v.sizes(f, p),
		v.disagreements(a, f.ID),
	}
}

// numberOf is the number of an area where several are of its kind, else 0: the only one needs none.
func (a *Atlas) numberOf(f *layout.Feature) int {
	p, ok := f.Properties.(*layout.Area)
	if !ok || a.kinds[p.Kind] < 2 {
		return 0
	}
	return p.Number
}

// setTargets sets the targets of the page. What they have in common, year and clause, is said once.
func (v *featureView) setTargets(ts []layout.Target) {
	v.Targets = v.targets(ts)
	if len(ts) == 0 {
		return
	}
	v.TargetYear, v.TargetClause = ts[0].Year, ts[0].Clause
	for _, t := range ts {
		if t.Year != v.TargetYear {
			v.TargetYear = 0
		}
		if t.Clause != v.TargetClause {
			v.TargetClause = ""
		}
	}
	for i, t := range ts {
		if v.TargetClause != "" {
			v.Targets[i].Clause = ""
		}
		if v.TargetYear == 0 {
			v.Targets[i].Year = t.Year
		}
	}
}

// shortName is the short name of an area where it is not its name.
func (v *featureView) shortName(p *layout.Area) Row {
	zh, en := p.ShortZH, p.ShortEN
	if zh == p.NameZH {
		zh = ""
	}
	if en == p.NameEN {
		en = ""
	}
	return v.named("d.short", zh, en)
}

// placeInText is the place that the document gives an area, and whether it says so or the name does.
func (v *featureView) placeInText(p *layout.Area) Row {
	r := v.named("d.placetext", p.PlaceInTextZH, "")
	if len(r.Values) > 0 && p.PlaceInTextBasis != "" {
		r.Values[0].Note = v.text("d.placetext."+p.PlaceInTextBasis, p.PlaceInTextBasis)
	}
	return r
}

// ai lists the directions with their basis; then fields that have no AI+ code, what is named without a
// place, and what the area is to do.
func (v *featureView) ai(a *Atlas, id layout.ID, p *layout.Area) Section {
	var row Row
	for _, d := range p.Specialisations {
		value := v.direction(d)
		if d.Through != "" {
			through := v.ref(a, d.Through)
			value.Note += " · " + v.text("d.ai.through", "", "name", through.Text)
		}
		row.Values = append(row.Values, value)
	}
	if len(row.Values) == 0 {
		row.Values = []Value{{Text: v.text("n.noai", ""), Mark: "unstated"}}
	}
	return Section{Title: v.text("d.ai", ""), Rows: []Row{
		row, v.terms("d.fields", p.Fields), v.terms("d.breakthroughs", p.Breakthroughs), v.unplaced(a, id),
		v.terms("d.programmes", p.Programmes), v.terms("d.factors", p.Factors),
	}}
}

func (v Voice) direction(d layout.Specialisation) Value {
	value := v.worded(d.LabelZH, d.LabelEN)
	value.Mark, value.Note = d.Basis, v.text("basis."+d.Basis, d.Basis)
	return value
}

// unplaced are forms and fields that the document names for an area without a place.
func (v *featureView) unplaced(a *Atlas, id layout.ID) Row {
	var labels []layout.Label
	for _, c := range a.layout.Document.UnplacedClusters {
		if c.Parent == id {
			labels = append(labels, layout.Label{ZH: c.LabelZH, EN: c.LabelEN})
		}
	}
	return v.terms("d.unplaced", labels)
}

// units lists the responsible units with their full names and levels.
func (v *featureView) units(a *Atlas, ids []layout.ID, responsibility string) Section {
	s := Section{Title: v.text("d.units", "")}
	switch responsibility {
	case layout.ResponsibilityShared:
		s.Note = v.text("n.shared", "")
	case layout.ResponsibilityOwn:
		s.Note = v.text("d.units.own", "")
	}
	var row Row
	for _, id := range ids {
		row.Values = append(row.Values, v.fullUnit(a, id))
	}
	s.Rows = []Row{row}
	return s
}

// fullUnit is a unit with its full name and its level.
func (v *featureView) fullUnit(a *Atlas, id layout.ID) Value {
	value := v.ref(a, id)
	if f := a.byID[id]; f != nil {
		if u, ok := f.Properties.(*layout.Unit); ok {
			full := v.Pick(shortOr(u.FullZH, u.NameZH), shortOr(u.FullEN, u.NameEN))
			value.Text, value.Lang, value.Note = full.Text, full.Lang, v.text("level."+u.Level, u.Level)
		}
	}
	return value
}

func (v *featureView) placesOf(a *Atlas, id layout.ID) Section {
	s := Section{Title: v.text("d.places", "")}
	for _, kind := range layout.Kinds(layout.Places) {
		row := Row{Term: v.Kind(kind)}
		for _, f := range a.placesIn(id) {
			if f.Properties.Common().Kind != kind {
				continue
			}
			value := v.ref(a, f.ID)
			if p := f.Properties.(*layout.Place); p.Specialisation != nil {
				value.Note = v.direction(*p.Specialisation).Text
			}
			value.Note = v.located(value.Note, f)
			row.Values = append(row.Values, value)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// located adds to a note that the place of a feature is not known.
func (v *featureView) located(note string, f *layout.Feature) string {
	switch {
	case f.Geometry != nil:
		return note
	case note == "":
		return v.text("n.nolocation", "")
	}
	return note + " · " + v.text("n.nolocation", "")
}

// placesIn lists the places of an area.
func (a *Atlas) placesIn(id layout.ID) []*layout.Feature {
	return a.within(layout.Places, func(f *layout.Feature) bool { return f.Properties.Common().Parent == id })
}

// facilitiesOf lists the facilities and projects of an area: those that the document or a name ties to it,
// and those that lie in it or in one of its places by other sources. What only shares a scenario is not its.
func (v *featureView) facilitiesOf(a *Atlas, id layout.ID) Section {
	var row Row
	for _, f := range a.facilitiesIn(id) {
		p := f.Properties.(*layout.Facility)
		value := v.ref(a, f.ID)
		key := "d.fac.within"
		if p.Area != "" {
			key = "d.fac.named"
		}
		value.Note = v.located(v.text(key, ""), f)
		row.Values = append(row.Values, value)
	}
	return Section{Title: v.text("d.facilities", ""), Rows: []Row{row}}
}

// facilitiesIn lists the facilities and projects that belong to an area or to one of its places.
func (a *Atlas) facilitiesIn(id layout.ID) []*layout.Feature {
	own := map[layout.ID]bool{id: true}
	for _, f := range a.placesIn(id) {
		own[f.ID] = true
	}
	return a.within(layout.Facilities, func(f *layout.Feature) bool {
		p := f.Properties.(*layout.Facility)
		return own[p.Area] || own[p.Parent]
	})
}

// naming lists what speaks of an area by name: the tasks that settle its clause and the goals that give it
// a role.
func (v *featureView) naming(a *Atlas, id layout.ID, clause string) Section {
	tasks, goals := Row{Term: v.Kind("task")}, Row{Term: v.Kind("goal")}
	for _, f := range a.within(layout.Tasks, func(f *layout.Feature) bool {
		return clause != "" && f.Properties.Common().Clause == clause
	}) {
		value := v.ref(a, f.ID)
		value.Note = v.text("d.clause.no", "", "clause", clause)
		tasks.Values = append(tasks.Values, value)
	}
	for _, f := range a.within(layout.Goals, func(*layout.Feature) bool { return true }) {
		for _, role := range f.Properties.(*layout.Goal).Roles {
			if role.Area != id {
				continue
			}
			value := v.ref(a, f.ID)
			value.Note = v.Pick(role.RoleZH, role.RoleEN).Text
			goals.Values = append(goals.Values, value)
		}
	}
	return Section{Title: v.text("d.names", ""), Rows: []Row{tasks, goals}}
}

// related lists the clauses that name the theme or the district of an area but not the area, each with its
// topic and with the tasks and scenarios that it holds.
func (v *featureView) related(a *Atlas, p *layout.Area) Section {
	s := Section{Title: v.text("d.related", ""), Note: v.text("d.related.note", "")}
	for _, r := range p.RelatedClauses {
		row := Row{Term: r.Clause, Values: []Value{v.worded(r.TopicZH, r.TopicEN)}}
		for _, f := range a.ofClause(r.Clause) {
			value := v.ref(a, f.ID)
			value.Note = v.Kind(sortOf(f))
			row.Values = append(row.Values, value)
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// ofClause lists the tasks and scenarios that a clause holds.
func (a *Atlas) ofClause(clause string) []*layout.Feature {
	var out []*layout.Feature
	for _, c := range []layout.CollectionID{layout.Tasks, layout.Scenarios} {
		out = slices.Concat(out, a.within(c, func(f *layout.Feature) bool { return f.Properties.Common().Clause == clause }))
	}
	return out
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
