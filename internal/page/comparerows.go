package page

import (
	"slices"

	"parkmap/internal/layout"
)

// rows are what areas are compared in: what the document says first, then, apart, other sources.
func (v *compareView) rows(a *Atlas, features []*layout.Feature) []CompareRow {
	f := featureView{frame: v.frame} // says values as the pages of the areas do
	row := func(key string, apart bool, cell func(*layout.Feature, *layout.Area) CompareCell) CompareRow {
		r := CompareRow{Term: v.text(key, key), Apart: apart}
		for _, feature := range features {
			r.Cells = append(r.Cells, cell(feature, feature.Properties.(*layout.Area)))
		}
		return r
	}
	units := row("d.units", false, func(_ *layout.Feature, p *layout.Area) CompareCell { return f.unitsCell(a, p) })
	v.sayOnce(units.Cells, features)
	return []CompareRow{
		row("d.kind", false, func(feature *layout.Feature, p *layout.Area) CompareCell { return cellOf(v.Kind(p.Kind), "") }),
		row("cmp.clause", false, func(_ *layout.Feature, p *layout.Area) CompareCell {
			return CompareCell{Values: v.clauses("", optional(p.Clause)).Values, None: v.text("cmp.none", "")}
		}),
		row("d.ai", false, func(feature *layout.Feature, p *layout.Area) CompareCell {
			if len(p.Specialisations) == 0 {
				return CompareCell{None: v.text("n.noai", "")}
			}
			return CompareCell{Values: f.ai(a, feature.ID, p).Rows[0].Values}
		}),
		row("d.fields", false, func(_ *layout.Feature, p *layout.Area) CompareCell {
			return CompareCell{Values: v.terms("", p.Fields).Values, None: v.text("cmp.nofields", "")}
		}),
		row("d.targets", false, func(_ *layout.Feature, p *layout.Area) CompareCell { return v.targetsCell(p) }),
		units,
		row("d.district", true, func(_ *layout.Feature, p *layout.Area) CompareCell { return f.districtCell(a, p) }),
		row("d.places", false, func(feature *layout.Feature, _ *layout.Area) CompareCell {
			return CompareCell{Values: valuesOf(f.placesOf(a, feature.ID)), None: v.text("cmp.noplaces", "")}
		}),
		row("d.facilities", false, func(feature *layout.Feature, _ *layout.Area) CompareCell {
			return CompareCell{Values: valuesOf(f.facilitiesOf(a, feature.ID)), None: v.text("cmp.nofacilities", "")}
		}),
		row("d.managing", true, func(_ *layout.Feature, p *layout.Area) CompareCell {
			r := v.named("", p.ManagingBodyZH, p.ManagingBodyEN).from(v.Voice, p.ManagingBodySource)
			return CompareCell{Values: r.Values, None: v.text("cmp.nomanaging", "")}
		}),
		row("d.industries", true, func(_ *layout.Feature, p *layout.Area) CompareCell {
			r := v.terms("", p.Industries).from(v.Voice, p.IndustriesSource)
			return CompareCell{Values: r.Values, None: v.text("cmp.nomanaging", "")}
		}),
		row("d.area.term", true, func(feature *layout.Feature, p *layout.Area) CompareCell { return f.areaCell(feature, p) }),
		row("cmp.quality", true, func(_ *layout.Feature, p *layout.Area) CompareCell { return v.qualityCell(p) }),
		row("d.position.basis", true, func(_ *layout.Feature, p *layout.Area) CompareCell {
			return CompareCell{Values: f.centre(p.Centre).Values, None: v.text("cmp.nomanaging", "")}
		}),
		row("d.notes", false, func(_ *layout.Feature, p *layout.Area) CompareCell {
			return CompareCell{Values: f.notes(p.Notes).Rows[0].Values, None: v.text("cmp.nonotes", "")}
		}),
	}
}

// cellOf is a cell of one text.
func cellOf(text, note string) CompareCell {
	return CompareCell{Values: []Value{{Text: text, Note: note}}}
}

// optional is a list of one text, empty without one.
func optional(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

// valuesOf are the values of all rows of a section.
func valuesOf(s Section) []Value {
	var out []Value
	for _, r := range s.Rows {
		out = slices.Concat(out, r.Values)
	}
	return out
}

// targetsCell says the targets with their year and clause; without any, that there is none rather than nought.
func (v *compareView) targetsCell(p *layout.Area) CompareCell {
	cell := CompareCell{None: v.text("n.notarget", "")}
	for i, t := range p.Targets {
		value := Value{Text: v.Figure(t).String() + " " + v.Pick(t.MetricZH, t.MetricEN).Text}
		if last := i == len(p.Targets)-1; last && t.Year > 0 {
			value.Note = v.text("d.target.year", "", "year", t.Year)
		}
		cell.Values = append(cell.Values, value)
	}
	return cell
}

func (v *featureView) unitsCell(a *Atlas, p *layout.Area) CompareCell {
	s := v.units(a, p.ResponsibleUnits, p.Responsibility)
	values := s.Rows[0].Values
	if p.Responsibility == layout.ResponsibilityShared && len(values) > 0 {
		values = append([]Value{{Text: v.text("cmp.shared", ""), Mark: ""}}, values...)
	}
	return CompareCell{Values: values, None: v.text("cmp.none", "")}
}

// sayOnce replaces a list of units that an earlier area has too by a reference to that area; in full it stays
// for the file.
func (v *compareView) sayOnce(cells []CompareCell, features []*layout.Feature) {
	for i := range cells {
		cells[i].Full = cells[i].Values
		if len(cells[i].Values) < 2 {
			continue
		}
		for j := range i {
			if slices.EqualFunc(cells[j].Full, cells[i].Full, func(x, y Value) bool { return x.Text == y.Text && x.Href == y.Href }) {
				p := features[j].Properties.(*layout.Area)
				name := v.Pick(shortOr(p.ShortZH, p.NameZH), shortOr(p.ShortEN, p.NameEN)).Text
				cells[i].Values = []Value{{Text: v.text("cmp.asin", "", "name", name)}}
				break
			}
		}
	}
}

func (v *featureView) districtCell(a *Atlas, p *layout.Area) CompareCell {
	r := v.refs(a, "", p.Districts...).from(v.Voice, v.Pick(p.DistrictBasisZH, p.DistrictBasis).Text).trusted(v.Voice, p.DistrictConfidence)
	values := append(r.Values, v.refs(a, "", p.FunctionalArea).Values...)
	return CompareCell{Values: values, None: v.text("cmp.nodistrict", "")}
}

// areaCell says an area's size as its page does, with what holds it said as such.
func (v *featureView) areaCell(f *layout.Feature, p *layout.Area) CompareCell {
	s := v.sizes(f, p)
	values := s.Rows[0].Values
	if p.PlannedAreaKM2 <= 0 && p.Outline == layout.OutlineSchematic && p.StartAreaKM2 <= 0 && p.HostAreaKM2 <= 0 {
		return CompareCell{None: v.text("n.noarea", "")}
	}
	for _, value := range s.Rows[1].Values {
		value.Text = s.Rows[1].Term + ": " + value.Text
		values = append(values, value)
	}
	return CompareCell{Values: values}
}

// qualityCell says how an outline was made and how far its centre may be off.
func (v *compareView) qualityCell(p *layout.Area) CompareCell {
	if p.Outline == "" {
		return CompareCell{None: v.text("cmp.nooutline", "")}
	}
	return cellOf(v.text("q."+p.Outline, p.Outline), v.offBy(p.PositionErrorM))
}

// offBy says how far off a position may be: in kilometres, below a tenth of one in metres.
func (v Voice) offBy(m float64) string {
	switch {
	case m <= 0:
		return v.text("cmp.unknownerror", "")
	case m < 100:
		return v.metres(m)
	}
	return v.text("short.error", "", "km", kilometres(m))
}
