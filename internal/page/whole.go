package page

import (
	"slices"
	"strings"

	"parkmap/internal/layout"
)

// wholeView is what the document says of the layout as a whole, for the page of its city or, where there is
// none, for the page on sources. A part without anything to say is empty.
type wholeView struct {
	Targets   []TargetView
	Charts    []SideChart
	Goals     []GoalView
	Scenarios []ScenarioGroup
	Aims      []TargetView // of the scenarios
	Tasks     []TaskGroup
	Matrix    Matrix
	Leaders   []LeaderView
	Structure []Row
}

// Empty says that the document sets nothing for the layout as a whole: neither targets nor goals, scenarios or tasks.
func (w wholeView) Empty() bool {
	return len(w.Targets)+len(w.Goals)+len(w.Scenarios)+len(w.Tasks) == 0
}

// GoalView is a goal with its figure, its icon and its parts.
type GoalView struct {
	Href   string
	Icon   string // path data
	Label  string // such as 50+
	Name   Worded
	Clause string
	Parts  []TargetView
	Rows   []Row
	Notes  []Row
}

// ScenarioGroup is a group of scenarios under the name that the document gives it.
type ScenarioGroup struct {
	Title Worded
	Items []ScenarioView
}

// ScenarioView is a scenario with its icon, units and facilities.
type ScenarioView struct {
	Href       string
	Icon       string
	Name       Worded
	Clause     string
	Units      []Value
	Facilities []Value
}

// TaskGroup is a section of the document with its tasks.
type TaskGroup struct {
	No    string
	Title Worded
	Items []TaskView
}

// TaskView is a task in our own words.
type TaskView struct {
	Href    string
	Number  int
	Name    Worded
	Clause  string
	Summary Worded
	Units   []Value
}

// LeaderView is an organisation that leads.
type LeaderView struct {
	Name Value
	Rows []Row
}

// whole gathers what the document says of the layout as a whole.
func (p *Page) whole(a *Atlas, f frame) wholeView {
	v := featureView{frame: f}
	d := a.layout.Document
	w := wholeView{
		Targets: v.targets(d.OverallGoals), Aims: v.targets(d.ScenarioTargets), Charts: v.sideBySide(a),
		Tasks: v.taskGroups(a), Matrix: v.matrix(a), Leaders: v.leaders(a),
	}
	for _, f := range a.within(layout.Goals, func(*layout.Feature) bool { return true }) {
		w.Goals = append(w.Goals, v.goalView(a, f))
	}
	w.Scenarios = v.scenarioGroups(a)
	if len(filled([]Section{{Rows: v.structure(d)}})) > 0 {
		w.Structure = filled([]Section{{Rows: v.structure(d)}})[0].Rows
	}
	return w
}

func (v *featureView) goalView(a *Atlas, f *layout.Feature) GoalView {
	p := f.Properties.(*layout.Goal)
	name := v.Pick(p.NameZH, p.NameEN)
	name.Text = strings.TrimSpace(strings.TrimPrefix(name.Text, p.Label))
	own := featureView{frame: v.frame}
	sections := filled(own.goal(a, p))
	out := GoalView{
		Href: v.Link("/f/" + string(f.ID)), Icon: v.icon(p.NameZH, p.NameEN), Label: p.Label, Name: name, Clause: p.Clause,
		Parts: v.targets(p.Parts),
	}
	for _, s := range sections {
		for _, r := range s.Rows {
			if r.Term != v.text("d.label", "") {
				out.Rows = append(out.Rows, r)
			}
		}
	}
	return out
}

// scenarioGroups puts scenarios together by their kind, in the order of the document.
func (v *featureView) scenarioGroups(a *Atlas) []ScenarioGroup {
	var out []ScenarioGroup
	var kinds []string
	for _, f := range a.within(layout.Scenarios, func(*layout.Feature) bool { return true }) {
		p := f.Properties.(*layout.Scenario)
		at := slices.Index(kinds, p.Kind)
		if at < 0 {
			at, kinds = len(kinds), append(kinds, p.Kind)
			out = append(out, ScenarioGroup{Title: v.Pick(p.KindZH, spaced(p.Kind))})
		}
		out[at].Items = append(out[at].Items, ScenarioView{
			Href: v.Link("/f/" + string(f.ID)), Icon: v.icon(p.NameZH, p.NameEN), Name: v.Pick(p.NameZH, p.NameEN), Clause: p.Clause,
			Units: v.refs(a, "", p.ResponsibleUnits...).Values, Facilities: v.refs(a, "", p.Facilities...).Values,
		})
	}
	return out
}

// taskGroups puts tasks under the sections of the document. A task of no known section stands under its number.
func (v *featureView) taskGroups(a *Atlas) []TaskGroup {
	var out []TaskGroup
	for _, f := range a.within(layout.Tasks, func(*layout.Feature) bool { return true }) {
		p := f.Properties.(*layout.Task)
		if len(out) == 0 || out[len(out)-1].No != p.Section {
			g := TaskGroup{No: p.Section}
			for _, s := range a.layout.Document.Sections {
				if s.No == p.Section {
					g.Title = v.Pick(s.TitleZH, s.TitleEN)
				}
			}
			out = append(out, g)
		}
		last := &out[len(out)-1]
		last.Items = append(last.Items, TaskView{
			Href: v.Link("/f/" + string(f.ID)), Number: p.Number, Name: v.Pick(p.NameZH, p.NameEN), Clause: p.Clause,
			Summary: v.Pick(p.SummaryZH, p.SummaryEN), Units: v.refs(a, "", p.ResponsibleUnits...).Values,
		})
	}
	return out
}

// leaders are the organisations that have a head.
func (v *featureView) leaders(a *Atlas) []LeaderView {
	var out []LeaderView
	for _, f := range a.within(layout.Organisations, func(f *layout.Feature) bool {
		return f.Properties.(*layout.Organisation).Head != nil
	}) {
		p := f.Properties.(*layout.Organisation)
		leader := LeaderView{Name: v.ref(a, f.ID)}
		for _, r := range []Row{
			v.terms("d.head", []layout.Label{*p.Head}), v.terms("d.deputies", p.DeputyHeads), v.terms("d.members", p.Members),
			v.refs(a, "d.office", p.OfficeAt), v.clauses("d.clauses", p.Clauses),
		} {
			if len(r.Values) > 0 {
				leader.Rows = append(leader.Rows, r)
			}
		}
		out = append(out, leader)
	}
	return out
}

// structure is the layout in roles and fields.
func (v *featureView) structure(d layout.Document) []Row {
	s := d.Structure
	rows := []Row{
		v.named("d.role", s.ParksRoleZH, s.ParksRoleEN), v.terms("city.support", s.ParksSupport), v.terms("city.technology", s.ParksTechnology),
		v.terms("city.chain", s.Chain), v.terms("d.carriers", s.Carriers), v.terms("city.products", s.EndProducts),
		v.terms("city.intelligences", s.Intelligences),
	}
	for _, g := range d.OverallFields {
		r := v.terms("", g.Fields)
		r.Term = v.Pick(g.TitleZH, g.TitleEN).Text
		rows = append(rows, r)
	}
	return rows
}
