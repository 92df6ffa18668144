package page

import (
	"slices"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

// fillArea adds what the document says of an area, and, apart, what other sources say.
func (v *featureView) fillArea(a *Atlas, f *layout.Feature, p *layout.Area) error {
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
	return nil
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
	districts := v.refs(a, "d.district", p.Districts...)
	if n := len(districts.Values); n > 0 {
		districts.Values[n-1] = districts.Values[n-1].from(v.Pick(p.DistrictBasisZH, p.DistrictBasis).Text)
	}
	s := Section{Title: v.text("d.other", ""), Note: v.text("d.other.note", ""), Apart: true}
	s.Rows = []Row{districts, v.refs(a, "d.functional", p.FunctionalArea)}
	if p.ManagingBodyZH != "" {
		row := v.named("d.managing", p.ManagingBodyZH, p.ManagingBodyEN)
		row.Values[0] = row.Values[0].from(p.ManagingBodySource)
		s.Rows = append(s.Rows, row)
	}
	if len(p.Industries) > 0 {
		value := Value{Text: v.join(v.labels(p.Industries))}
		s.Rows = append(s.Rows, Row{Term: v.text("d.industries", ""), Values: []Value{value.from(p.IndustriesSource)}})
	}
	return s
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
	basis := Row{Term: v.text("d.position.basis", "")}
	if p.PositionBasis != "" {
		basis.Values = []Value{v.worded(p.PositionBasisZH, p.PositionBasis).from(p.Source)}
	}
	size := Row{Term: v.text("d.area.term", "")}
	if p.AreaKM2 > 0 {
		value := Value{Text: v.text("d.area.published", "", "km2", groupDigits(p.AreaKM2))}
		size.Values = []Value{value.from(p.AreaSource)}
	}
	return []Section{
		{Rows: []Row{v.refs(a, "d.parent", p.Parent), ai, v.terms("d.functions", p.Functions)}},
		{
			Title: v.text("d.other", ""), Note: v.text("d.other.note", ""), Apart: true,
			Rows: []Row{v.refs(a, "d.district", p.Districts...), position, basis, size},
		},
		v.settles(a, p.Clause),
	}
}

func (v *featureView) facility(a *Atlas, p *layout.Facility) []Section {
	located := ""
	if p.Located != "true" {
		located = v.text("d.located."+p.Located, "")
	}
	return []Section{
		{Rows: []Row{
			v.refs(a, "d.parent", p.Area), v.coded("d.type", p.Type), v.coded("d.sector", p.Sector),
			v.coded("d.action", p.Action), v.named("d.placetext", p.PlaceZH, ""), v.plain("d.position", located),
			v.refs(a, "d.scenario", p.Scenario), v.refs(a, "d.see", p.See), v.plain("d.clauses", p.AlsoClauses...),
			v.terms("d.parts", slices.Concat(p.Branches, p.Parts)), v.terms("d.partners", p.Partners),
			v.terms("d.topics", slices.Concat(p.Dimensions, p.Directions)), v.refs(a, "d.district", p.Districts...),
		}},
		v.notes(p.Notes),
		v.settles(a, p.Clause),
	}
}

func (v *featureView) unit(a *Atlas, id layout.ID, p *layout.Unit) []Section {
	areas := Row{Term: v.text("d.unit.areas", "")}
	for _, f := range a.areas {
		if area := f.Properties.(*layout.Area); slices.Contains(area.ResponsibleUnits, id) {
			value := v.ref(a, f.ID)
			if area.Responsibility == layout.ResponsibilityShared {
				value.Note = v.text("n.shared", "")
			}
			areas.Values = append(areas.Values, value)
		}
	}
	return []Section{{Rows: []Row{
		v.named("d.full", p.FullZH, p.FullEN), v.plain("d.level", v.text("level."+p.Level, p.Level)),
		areas, v.plain("d.unit.clauses", p.Items...), v.named("d.notes", p.NoteZH, p.Note),
	}}}
}

func (v *featureView) organisation(p *layout.Organisation) []Section {
	return []Section{{Rows: []Row{
		v.plain("d.kind", p.Kind), v.plain("d.clauses", p.Clauses...), v.named("d.notes", p.NoteZH, p.Note),
	}}}
}

func (v *featureView) scenario(a *Atlas, p *layout.Scenario) []Section {
	return []Section{
		v.units(a, p.ResponsibleUnits, ""),
		{Rows: []Row{
			v.refs(a, "d.facilities", p.Facilities...), v.refs(a, "d.organisations", p.Organisations...),
			v.terms("d.placetext", p.NamedPlaces), v.terms("d.topics", p.Algorithms), v.terms("d.notes", p.Notes),
		}},
	}
}

func (v *featureView) task(a *Atlas, p *layout.Task) []Section {
	v.Targets = v.targets(p.Targets)
	return []Section{
		{Title: v.text("d.summary", ""), Rows: []Row{{Values: v.named("", p.SummaryZH, p.SummaryEN).Values}}},
		v.units(a, p.ResponsibleUnits, ""),
		{Rows: []Row{
			v.refs(a, "d.organisations", p.Organisations...), v.terms("d.topics", p.Topics),
		}},
		v.notes(p.Notes),
	}
}

func (v *featureView) goal(p *layout.Goal) []Section {
	v.Targets = v.targets(p.Parts)
	return []Section{{Rows: []Row{
		v.plain("d.label", p.Label), v.terms("d.topics", p.Fields), v.terms("d.carriers", p.Carriers),
		v.terms("d.examples", p.Examples),
	}}, v.notes(p.Notes)}
}

func (v *featureView) context(p layout.Provenance, f *layout.Feature) []Section {
	position := v.plain("d.position", v.metres(p.PositionErrorM))
	if _, point := f.Geometry.(orb.Point); point && len(position.Values) == 0 {
		position = Row{}
	}
	if len(position.Values) > 0 {
		position.Values[0] = position.Values[0].from(v.Pick(p.SourceZH, p.Source).Text)
	}
	return []Section{{Apart: true, Rows: []Row{position}}}
}
