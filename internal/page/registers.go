package page

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

func (v *featureView) facility(a *Atlas, p *layout.Facility) []Section {
	located := ""
	if p.Located != "true" && p.PositionErrorM == 0 {
		located = v.text("d.located."+p.Located, "")
	}
	return []Section{
		{Rows: []Row{
			v.refs(a, "d.parent", p.Area), v.named("d.type", p.TypeZH, spaced(p.Type)),
			v.named("d.sector", p.SectorZH, p.Sector), v.named("d.action", p.ActionZH, p.Action),
			v.placeNamed(p), v.plain("d.position", located),
			v.refs(a, "d.scenario", p.Scenario), v.refs(a, "d.see", p.See), v.clauses("d.clauses", p.AlsoClauses),
			v.named("d.scheme", p.SchemeZH, p.SchemeEN), v.terms("d.parts", slices.Concat(p.Branches, p.Parts)),
			v.terms("d.partners", p.Partners), v.terms("d.topics", slices.Concat(p.Dimensions, p.Directions)),
			v.terms("d.named", p.NamedPlaces),
		}},
		v.notes(p.Notes),
		v.outside(v.refs(a, "d.within", p.Parent),
			v.refs(a, "d.district", p.Districts...).from(v.Voice, v.Pick(p.DistrictBasisZH, p.DistrictBasis).Text).
				trusted(v.Voice, p.DistrictConfidence),
			v.plain("d.position", v.metres(p.PositionErrorM)).trusted(v.Voice, p.Confidence), v.basis(p.PositionBasisZH, p.PositionBasis, p.Source),
			v.size(p.PublishedKM2, v.Pick(p.PublishedMeaningZH, p.PublishedMeaning), p.PublishedBasis)),
		v.settles(a, p.Clause),
	}
}

// placeNamed is the place that the document or the name gives a facility, and which of the two does.
func (v *featureView) placeNamed(p *layout.Facility) Row {
	r := v.named("d.placetext", p.PlaceZH, p.PlaceEN)
	if len(r.Values) > 0 && p.PlaceBasis != "" {
		r.Values[0].Note = v.text("d.placetext."+p.PlaceBasis, p.PlaceBasis)
	}
	return r
}

// spaced turns a code of several words into words.
func spaced(code string) string { return strings.ReplaceAll(code, "-", " ") }

// unit lists the areas that a unit has to itself apart from those that it shares.
func (v *featureView) unit(a *Atlas, id layout.ID, p *layout.Unit) []Section {
	own, shared := a.areasOf(id)
	return []Section{{Rows: []Row{
		v.named("d.full", p.FullZH, p.FullEN), v.named("d.kind", p.KindZH, spaced(p.Kind)),
		v.plain("d.level", v.text("level."+p.Level, p.Level)), v.refs(a, "d.unit.areas", own...),
		v.refs(a, "d.unit.shared", shared...), v.clauses("d.unit.clauses", p.Items), v.named("d.notes", p.NoteZH, p.Note),
		v.refs(a, "d.unit.tasks", a.answeredBy(layout.Tasks, id)...), v.refs(a, "d.unit.scenarios", a.answeredBy(layout.Scenarios, id)...),
		v.refs(a, "d.unit.office", a.officesAt(id)...),
	}}}
}

// areasOf lists the areas that a unit has to itself and those that it shares with others.
func (a *Atlas) areasOf(unit layout.ID) (own, shared []layout.ID) {
	for _, f := range a.areas {
		area := f.Properties.(*layout.Area)
		switch {
		case !slices.Contains(area.ResponsibleUnits, unit):
		case area.Responsibility == layout.ResponsibilityShared:
			shared = append(shared, f.ID)
		default:
			own = append(own, f.ID)
		}
	}
	return own, shared
}

// answeredBy lists the tasks or scenarios that a unit is responsible for.
func (a *Atlas) answeredBy(c layout.CollectionID, unit layout.ID) []layout.ID {
	return idsOf(a.within(c, func(f *layout.Feature) bool { return slices.Contains(unitsOf(f), unit) }))
}

// unitsOf are the units responsible for an area, a task or a scenario.
func unitsOf(f *layout.Feature) []layout.ID {
	switch p := f.Properties.(type) {
	case *layout.Area:
		return p.ResponsibleUnits
	case *layout.Task:
		return p.ResponsibleUnits
	case *layout.Scenario:
		return p.ResponsibleUnits
	}
	return nil
}

// officesAt lists the organisations whose office a unit keeps.
func (a *Atlas) officesAt(unit layout.ID) []layout.ID {
	return idsOf(a.within(layout.Organisations, func(f *layout.Feature) bool {
		return f.Properties.(*layout.Organisation).OfficeAt == unit
	}))
}

func idsOf(features []*layout.Feature) []layout.ID {
	var out []layout.ID
	for _, f := range features {
		out = append(out, f.ID)
	}
	return out
}

func (v *featureView) organisation(a *Atlas, p *layout.Organisation) []Section {
	var head []layout.Label
	if p.Head != nil {
		head = append(head, *p.Head)
	}
	sections := []Section{{Rows: []Row{
		v.named("d.kind", p.KindZH, spaced(p.Kind)), v.terms("d.head", head), v.terms("d.deputies", p.DeputyHeads),
		v.terms("d.members", p.Members), v.refs(a, "d.office", p.OfficeAt), v.clauses("d.clauses", p.Clauses),
		v.named("d.notes", p.NoteZH, p.Note),
	}}}
	districts := v.refs(a, "d.district", p.Districts...).from(v.Voice, v.Pick(p.DistrictBasisZH, p.DistrictBasis).Text)
	if p.Seat == nil {
		return append(sections, v.outside(districts))
	}
	return append(sections, v.outside(districts, v.plain("d.position", v.metres(p.Seat.PositionErrorM)),
		v.basis(p.Seat.BasisZH, p.Seat.Basis, p.Seat.Source)))
}

func (v *featureView) scenario(a *Atlas, p *layout.Scenario) []Section {
	return []Section{
		v.units(a, p.ResponsibleUnits, ""),
		{Rows: []Row{
			v.named("d.kind", p.KindZH, spaced(p.Kind)), v.refs(a, "d.facilities", p.Facilities...),
			v.refs(a, "d.organisations", p.Organisations...), v.terms("d.placetext", p.NamedPlaces),
			v.terms("d.algorithms", p.Algorithms),
		}},
		v.notes(p.Notes),
	}
}

func (v *featureView) task(a *Atlas, p *layout.Task) []Section {
	v.setTargets(p.Targets)
	return []Section{
		{Title: v.text("d.summary", ""), Rows: []Row{{Values: v.named("", p.SummaryZH, p.SummaryEN).Values}}},
		v.units(a, p.ResponsibleUnits, ""),
		{Rows: []Row{
			v.refs(a, "d.organisations", p.Organisations...), v.strengths(a, p.Strengths), v.terms("d.topics", p.Topics),
			v.terms("d.named", p.NamedPlaces), v.subsidies(p.Subsidies), v.terms("d.funds", p.Funds),
		}},
		v.notes(p.Notes),
	}
}

// strengths tells which organisation stands for which field.
func (v *featureView) strengths(a *Atlas, list []layout.Strength) Row {
	r := Row{Term: v.text("d.strengths", "")}
	for _, s := range list {
		value := v.ref(a, s.Organisation)
		value.Note = v.Pick(s.FieldZH, s.FieldEN).Text
		r.Values = append(r.Values, value)
	}
	return r
}

// subsidies tells what is granted at most, and for what.
func (v Voice) subsidies(list []layout.Subsidy) Row {
	r := Row{Term: v.text("d.subsidies", "")}
	for _, s := range list {
		value := v.worded(s.ForZH, s.ForEN)
		most := v.Figure(layout.Target{Comparator: "=", Value: s.Max, UnitZH: s.UnitZH, UnitEN: s.UnitEN})
		value.Note = v.text("d.subsidy.max", "", "max", most.String())
		if s.SharePercent > 0 {
			value.Note += v.text("d.subsidy.share", "", "percent", groupDigits(s.SharePercent))
		}
		r.Values = append(r.Values, value)
	}
	return r
}

func (v *featureView) goal(a *Atlas, p *layout.Goal) []Section {
	v.setTargets(p.Parts)
	v.TargetYear = p.Year
	var aim []layout.Label
	if p.Aim != nil {
		aim = append(aim, *p.Aim)
	}
	return []Section{{Rows: []Row{
		v.plain("d.label", p.Label), v.terms("d.aim", aim), v.roles(a, p.Roles), v.terms("d.slogans", p.Slogans),
		v.terms("d.topics", p.Fields), v.terms("d.carriers", p.Carriers), v.terms("d.examples", p.Examples),
	}}, v.notes(p.Notes)}
}

// roles tells what a goal makes of areas.
func (v *featureView) roles(a *Atlas, list []layout.Role) Row {
	r := Row{Term: v.text("d.role", "")}
	for _, role := range list {
		value := v.ref(a, role.Area)
		value.Note = v.Pick(role.RoleZH, role.RoleEN).Text
		r.Values = append(r.Values, value)
	}
	return r
}

func (v *featureView) district(p *layout.District, f *layout.Feature) []Section {
	return []Section{{Rows: []Row{v.plain("d.code", p.Code)}}, v.drawn(p.Provenance, f, Row{})}
}

func (v *featureView) context(a *Atlas, p *layout.ContextFeature, f *layout.Feature) []Section {
	return []Section{
		{Rows: []Row{
			v.named("d.alt", p.AltZH, ""), v.named("d.part", p.PartZH, p.Part), v.plain("d.code", p.Code),
			v.plain("d.iata", p.IATA), v.refs(a, "d.facilities", p.Facility),
			v.refs(a, "d.district", p.Districts...).from(v.Voice, v.Pick(p.DistrictBasisZH, p.DistrictBasis).Text),
		}},
		v.drawn(p.Provenance, f, v.named("d.position.basis", "", p.PositionBasis)),
	}
}

// drawn says how far what is drawn for orientation may be trusted, how it is known and from where.
func (v *featureView) drawn(p layout.Provenance, f *layout.Feature, basis Row) Section {
	position := v.plain("d.position", v.metres(p.PositionErrorM))
	if _, point := f.Geometry.(orb.Point); point && len(position.Values) == 0 {
		position = Row{}
	}
	return Section{Apart: true, Rows: []Row{position.from(v.Voice, v.Pick(p.SourceZH, p.Source).Text), basis}}
}
