package page

import (
	"strconv"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// otherSources shows apart what does not come from the document, each with its source.
func (v *featureView) otherSources(a *Atlas, p *layout.Area) Section {
	districts := v.refs(a, "d.district", p.Districts...).from(v.Voice, v.Pick(p.DistrictBasisZH, p.DistrictBasis).Text).
		trusted(v.Voice, p.DistrictConfidence)
	return v.outside(districts, v.refs(a, "d.functional", p.FunctionalArea),
		v.named("d.managing", p.ManagingBodyZH, p.ManagingBodyEN).from(v.Voice, p.ManagingBodySource),
		v.terms("d.industries", p.Industries).from(v.Voice, p.IndustriesSource),
		v.limits(p.Limits), v.centre(p.Centre), v.outline(p.Provenance))
}

// trusted adds to the last value of a row how far it may be trusted: high, medium or low.
func (r Row) trusted(v Voice, confidence string) Row {
	if len(r.Values) > 0 && confidence != "" {
		last := &r.Values[len(r.Values)-1]
		last.Note = joinNotes(last.Note, v.text("d.conf."+confidence, confidence))
	}
	return r
}

// joinNotes joins the notes that are not empty.
func joinNotes(notes ...string) string {
	out := ""
	for _, n := range notes {
		switch {
		case n == "":
		case out == "":
			out = n
		default:
			out += " · " + n
		}
	}
	return out
}

// limits tells what a source says lies on each side.
func (v *featureView) limits(l *layout.Limits) Row {
	r := Row{Term: v.text("d.limits", "")}
	if l == nil {
		return r
	}
	for _, side := range []struct{ key, name string }{
		{"d.limits.north", l.North}, {"d.limits.east", l.East}, {"d.limits.south", l.South}, {"d.limits.west", l.West},
	} {
		if side.name != "" {
			r.Values = append(r.Values, Value{Text: v.text(side.key, "", "name", side.name)})
		}
	}
	return r.from(v.Voice, l.Source)
}

// centre is a point known for an area, with how it is known, how far it may be off and from where it comes.
func (v *featureView) centre(c *layout.Centre) Row {
	r := Row{Term: v.text("d.centre", "")}
	if c == nil {
		return r
	}
	position := Value{Text: v.text("d.centre.at", "", "lon", degrees(c.Lon), "lat", degrees(c.Lat))}
	position.Note = v.metres(c.PositionErrorM)
	r.Values = append(r.Values, position)
	r.Values = append(r.Values, v.named("", c.BasisZH, c.Basis).Values...)
	return r.trusted(v.Voice, c.Confidence).from(v.Voice, c.Source)
}

// degrees writes a coordinate to about ten metres, which is finer than any of these is known.
func degrees(d float64) string { return strconv.FormatFloat(d, 'f', 4, 64) }

// outline tells what the shape was made from, how far its centre may be off and what its size stands for.
func (v *featureView) outline(p layout.Provenance) Row {
	r := v.named("d.drawn", p.SourceZH, p.Source)
	if len(r.Values) == 0 {
		return r
	}
	size := ""
	if p.SizeBasis != "" {
		size = v.text("d.size."+p.SizeBasis, p.SizeBasis)
	}
	r.Values[0].Note = joinNotes(v.metres(p.PositionErrorM), size)
	return r.trusted(v.Voice, p.Confidence)
}

// sizes returns what may be said of an area's size: the published figure with its source, the measured one
// of an outline that is no sketch, or that none was found; then parts of it and what holds it. A nominal
// size is never shown.
func (v *featureView) sizes(f *layout.Feature, p *layout.Area) Section {
	var own Row
	if p.PlannedAreaKM2 > 0 {
		value := Value{Text: v.text("d.area.published", "", "km2", groupDigits(p.PlannedAreaKM2))}
		value.Note = v.Pick(p.PlannedAreaMeaningZH, p.PlannedAreaMeaning).Text
		own.Values = append(own.Values, value)
		own = own.trusted(v.Voice, p.PlannedAreaConfidence).from(v.Voice, p.PlannedAreaSource)
	}
	if p.Outline != "" && p.Outline != layout.OutlineSchematic && f.Geometry != nil {
		own.Values = append(own.Values, Value{Text: groupDigits(geo.Km2(geo.AreaM2(f.Geometry))) + " km²", Note: v.text("q."+p.Outline, "")})
	}
	if len(own.Values) == 0 {
		own.Values = append(own.Values, Value{Text: v.text("n.noarea", "")})
	}
	if p.StartAreaKM2 > 0 {
		value := Value{Text: v.text("d.area.start", "", "km2", groupDigits(p.StartAreaKM2))}
		own.Values = append(own.Values, value.from(v.Voice, p.StartAreaSource))
	}
	return Section{Title: v.text("d.area", ""), Rows: []Row{own, v.host(p), v.revision(f)}}
}

// host is the size of something larger that holds an area, said as such.
func (v *featureView) host(p *layout.Area) Row {
	r := Row{Term: v.text("d.host", "")}
	if p.HostAreaKM2 <= 0 {
		return r
	}
	value := v.worded(p.HostAreaMeaningZH, p.HostAreaMeaning)
	value.Note = v.text("d.host.km2", "", "km2", groupDigits(p.HostAreaKM2))
	r.Values = []Value{value}
	return r.trusted(v.Voice, p.HostAreaConfidence).from(v.Voice, p.HostAreaSource)
}

// revision tells with which version of the data a feature was changed last.
func (v *featureView) revision(f *layout.Feature) Row {
	var row Row
	if f.Version > 0 {
		row.Values = append(row.Values, Value{Text: v.text("d.version", "", "n", f.Version)})
	}
	if !f.ChangedAt.IsZero() {
		row.Values = append(row.Values, Value{Text: v.text("d.changed", "", "date", v.Date(f.ChangedAt.Format("2006-01-02")))})
	}
	return row
}
