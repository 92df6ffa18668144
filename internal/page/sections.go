package page

import "parkmap/internal/layout"

// notes are sentences: each stands by itself.
func (v *featureView) notes(ls []layout.Label) Section {
	var row Row
	for _, l := range ls {
		row.Values = append(row.Values, v.worded(l.ZH, l.EN))
	}
	return Section{Title: v.text("d.notes", ""), Rows: []Row{row}}
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
		v.settles(a, p.Clause),
		v.outside(v.refs(a, "d.district", p.Districts...).from(v.Voice, v.Pick(p.DistrictBasisZH, p.DistrictBasis).Text).
			trusted(v.Voice, p.DistrictConfidence),
			position.trusted(v.Voice, p.Confidence), v.basis(p.PositionBasisZH, p.PositionBasis, p.Source), size, industries),
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
