package page

import (
	"fmt"

	"parkmap/internal/layout"
)

// The bounds of a book: areas with a sheet of their own, and rows of a table.
const (
	MaxSheets = 40
	MaxRows   = 1500
)

// Book is what the book of a layout says, in its order.
type Book struct {
	Imprint
	Title   string
	Figures []FigureFacts
	Sheets  []Facts // of the first areas
	Left    int     // areas without a sheet, which have their pages online
	Areas   Table
	Tables  []Table // goals, scenarios, tasks, units
	Names   []Name
}

// FigureFacts are what stands round a figure of the document.
type FigureFacts struct {
	No      int
	Kicker  string
	Title   Worded
	Caption Worded
}

// Table is a table over the whole width of a page.
type Table struct {
	Title   string
	Notes   []string
	Columns []Column
	Rows    [][][]Value // cells of one row, each with its values
	Left    int         // rows that are not there
}

// Column is a column of a table; Share is its part of the width.
type Column struct {
	Head  string
	Share float64
}

// Name is what the index of a book lists: a feature by its name, and its path of this site.
type Name struct {
	Text string
	Path string
}

// Book returns what the book of a layout says. Addresses of links are paths of this site.
func (p *Page) Book(a *Atlas, r Request) (Book, error) {
	imprint, err := p.imprint(a, r)
	if err != nil {
		return Book{}, err
	}
	v := &featureView{frame: p.frame(a, r)}
	title, err := v.T("book.title")
	b := Book{Imprint: imprint, Title: title}
	for _, f := range v.Figures() {
		b.Figures = append(b.Figures, FigureFacts{
			No: f.No, Kicker: v.text("fig.n", "", "n", f.No) + " · " + v.text("n.fig", ""),
			Title: v.Pick(f.TitleZH, f.TitleEN), Caption: v.Pick(f.CaptionZH, f.CaptionEN),
		})
	}
	for i, f := range a.areas {
		if i == MaxSheets {
			b.Left = len(a.areas) - i
			break
		}
		b.Sheets = append(b.Sheets, p.facts(a, r, f))
	}
	b.Areas = v.areaTable(a)
	b.Tables = []Table{v.goalTable(a), v.scenarioTable(a), v.taskTable(a), v.unitTable(a)}
	for _, c := range []layout.CollectionID{
		layout.Areas, layout.Places, layout.Facilities, layout.Units, layout.Organisations, layout.Scenarios, layout.Tasks,
	} {
		for _, f := range a.within(c, func(*layout.Feature) bool { return true }) {
			value := v.ref(a, f.ID)
			b.Names = append(b.Names, Name{value.Text, "/f/" + string(f.ID)})
		}
	}
	return b, err
}

// table begins a table; its columns come as the key of a text and a share.
func (v *featureView) table(title string, columns ...any) Table {
	t := Table{Title: v.text(title, title)}
	for i := 0; i+1 < len(columns); i += 2 {
		key := fmt.Sprint(columns[i])
		share, _ := columns[i+1].(float64)
		t.Columns = append(t.Columns, Column{v.text(key, ""), share})
	}
	return t
}

// add adds a row unless there are too many.
func (t *Table) add(cells ...[]Value) {
	if len(t.Rows) == MaxRows {
		t.Left++
		return
	}
	t.Rows = append(t.Rows, cells)
}

func only(text string) []Value { return []Value{{Text: text}} }

// areaTable lists the areas as the index of a printed map does.
func (v *featureView) areaTable(a *Atlas) Table {
	t := v.table("book.areas", "print.col.no", 0.07, "print.col.name", 0.41, "print.col.ai", 0.32, "print.col.district", 0.2)
	for _, f := range a.areas {
		p := f.Properties.(*layout.Area)
		_, _, words := v.directions(p)
		t.add(only(a.disc(v.Voice, f)), []Value{v.ref(a, f.ID)}, v.indexParts(p, words), v.refs(a, "", p.Districts...).Values)
	}
	return t
}

func (v *featureView) goalTable(a *Atlas) Table {
	t := v.table("city.goals", "d.label", 0.1, "kind.goal", 0.32, "book.contains", 0.42, "book.clause", 0.16)
	for _, f := range a.within(layout.Goals, func(*layout.Feature) bool { return true }) {
		g := v.goalView(a, f)
		var parts []Value
		for _, part := range g.Parts {
			parts = append(parts, Value{Text: part.Figure.String() + " " + part.Metric.Text, Note: joinNotes(part.Notes...)})
		}
		for _, row := range g.Rows {
			for i, value := range row.Values {
				if i == 0 && row.Term != "" {
					value.Note = joinNotes(row.Term, value.Note)
				}
				parts = append(parts, value)
			}
		}
		t.add(only(g.Label), []Value{{Text: g.Name.Text, Href: g.Href}}, parts, only(g.Clause))
	}
	return t
}

func (v *featureView) scenarioTable(a *Atlas) Table {
	t := v.table("city.scenarios", "kind.scenario", 0.17, "d.kind", 0.12, "d.units", 0.28, "d.facilities", 0.34, "book.clause", 0.09)
	for _, aim := range v.targets(a.layout.Document.ScenarioTargets) {
		t.Notes = append(t.Notes, aim.Metric.Text+" "+aim.Figure.String())
	}
	for _, g := range v.scenarioGroups(a) {
		for _, s := range g.Items {
			t.add([]Value{{Text: s.Name.Text, Href: s.Href}}, only(g.Title.Text), s.Units, s.Facilities, only(s.Clause))
		}
	}
	return t
}

func (v *featureView) taskTable(a *Atlas) Table {
	t := v.table("city.tasks", "print.col.no", 0.06, "kind.task", 0.2, "d.summary", 0.32, "d.units", 0.33, "book.clause", 0.09)
	t.Notes = append(t.Notes, v.text("foot.words", ""))
	for _, g := range v.taskGroups(a) {
		for _, task := range g.Items {
			t.add(only(fmt.Sprint(task.Number)), []Value{{Text: task.Name.Text, Href: task.Href}}, only(task.Summary.Text), task.Units, only(task.Clause))
		}
	}
	return t
}

// unitTable lists the units with the areas that each has to itself and those that it shares, and how many tasks and
// scenarios it answers for.
func (v *featureView) unitTable(a *Atlas) Table {
	t := v.table("book.units", "kind.unit", 0.3, "d.level", 0.11, "d.unit.areas", 0.19, "d.unit.shared", 0.22, "city.tasks", 0.08, "city.scenarios", 0.1)
	for _, f := range a.within(layout.Units, func(*layout.Feature) bool { return true }) {
		p := f.Properties.(*layout.Unit)
		full := v.fullUnit(a, f.ID)
		full.Note = ""
		own, shared := a.areasOf(f.ID)
		t.add([]Value{full}, only(v.text("level."+p.Level, p.Level)), v.refs(a, "", own...).Values, v.discs(a, shared),
			only(fmt.Sprint(len(a.answeredBy(layout.Tasks, f.ID)))), only(fmt.Sprint(len(a.answeredBy(layout.Scenarios, f.ID)))))
	}
	return t
}

// discs names areas by what stands in their discs, which takes less room than their names.
func (v *featureView) discs(a *Atlas, ids []layout.ID) []Value {
	var marks []string
	for _, id := range ids {
		marks = append(marks, a.disc(v.Voice, a.byID[id]))
	}
	if len(marks) == 0 {
		return nil
	}
	return only(v.join(marks))
}
