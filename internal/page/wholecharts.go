package page

import (
	"cmp"
	"math"
	"slices"

	"parkmap/internal/layout"
)

// SideChart sets targets of one metric, unit and year side by side, at one scale.
type SideChart struct {
	Metric Worded
	Year   int
	Bars   []SideBar
}

// SideBar is one target: whose it is, the figure as it is said, and its length.
type SideBar struct {
	Name   Value
	Figure string
	Length int // of a thousand; the greatest of the chart has a thousand
}

// sideBySide compares the targets of the layout as a whole with those of its areas. Only what the document calls
// by the same name and counts in the same unit for the same year may share a scale; anything else is left out.
func (v *featureView) sideBySide(a *Atlas) []SideChart {
	type entry struct {
		name   Value
		target layout.Target
	}
	var entries []entry
	d := a.layout.Document
	for _, t := range d.OverallGoals {
		entries = append(entries, entry{v.worded(d.PlaceZH, d.PlaceEN), t})
	}
	for _, f := range a.areas {
		p := f.Properties.(*layout.Area)
		for _, t := range p.Targets {
			name := v.ref(a, f.ID)
			short := v.Pick(shortOr(p.ShortZH, p.NameZH), shortOr(p.ShortEN, p.NameEN))
			name.Text, name.Lang = short.Text, short.Lang
			entries = append(entries, entry{name, t})
		}
	}
	type key struct {
		metric, unit string
		year         int
	}
	var keys []key
	groups := map[key][]entry{}
	for _, e := range entries {
		k := key{e.target.MetricZH, e.target.UnitZH, e.target.Year}
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], e)
	}
	var out []SideChart
	for _, k := range keys {
		group := groups[k]
		most := slices.MaxFunc(group, func(x, y entry) int { return cmp.Compare(x.target.Value, y.target.Value) }).target.Value
		if len(group) < 2 || most <= 0 {
			continue
		}
		t := group[0].target
		chart := SideChart{Metric: v.Pick(t.MetricZH, t.MetricEN), Year: t.Year}
		for _, e := range group {
			chart.Bars = append(chart.Bars, SideBar{e.name, v.Figure(e.target).String(), int(math.Round(e.target.Value / most * 1000))})
		}
		out = append(out, chart)
	}
	return out
}

// Matrix says which unit the document makes responsible for which task.
type Matrix struct {
	Units []MatrixUnit
	Rows  []MatrixRow
}

// MatrixUnit is a column of a matrix.
type MatrixUnit struct {
	Value
	ID    layout.ID
	Total int // tasks
}

// MatrixRow is a task with a mark for each unit.
type MatrixRow struct {
	Task   Value
	Number int
	Marks  []bool
}

// matrix has a column for every unit that any task lists, in the order of the units.
func (v *featureView) matrix(a *Atlas) Matrix {
	var m Matrix
	tasks := a.within(layout.Tasks, func(*layout.Feature) bool { return true })
	for _, u := range a.within(layout.Units, func(*layout.Feature) bool { return true }) {
		if n := len(a.answeredBy(layout.Tasks, u.ID)); n > 0 {
			m.Units = append(m.Units, MatrixUnit{Value: v.ref(a, u.ID), ID: u.ID, Total: n})
		}
	}
	if len(m.Units) == 0 {
		return m
	}
	for _, f := range tasks {
		p := f.Properties.(*layout.Task)
		row := MatrixRow{Task: v.ref(a, f.ID), Number: p.Number}
		for _, u := range m.Units {
			row.Marks = append(row.Marks, slices.Contains(p.ResponsibleUnits, u.ID))
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}
