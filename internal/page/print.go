package page

import (
	"fmt"
	"html/template"
	"io"
	"math"
	"net/url"
	"strings"
	"time"

	"parkmap/internal/layout"
	"parkmap/internal/qr"
	"parkmap/internal/scene"
	"parkmap/internal/scene/svg"
)

// maxQRAddress bounds the address whose code is printed, in bytes: a longer one is printed as text only,
// since its code could not be read from paper.
const maxQRAddress = 600

// Print writes the sheet to print: the map as a picture that stands still, with everything that a printed
// map has to say of itself. It always is light, and needs no script. The model is the layout as pictures are
// made of it; passing are the areas that pass the filter of the request, nil is all.
func (p *Page) Print(w io.Writer, a *Atlas, m *scene.Model, passing map[layout.ID]bool, r Request) error {
	r.Mode = "light"
	v := &printView{frame: p.frame(a, r), Leaf: chooseLeaf(r.Query.Get), Grey: r.Query.Get("tone") == "grey"}
	if v.Theme = scene.ThemeRole; r.Query.Get("theme") == scene.ThemeAI {
		v.Theme = scene.ThemeAI
	}
	title, err := v.T("print.title")
	if err != nil {
		return err
	}
	v.Title, v.Paper = title, bookPath
	if err := v.draw(a, m, passing); err != nil {
		return err
	}
	if err := v.fillIndex(a); err != nil {
		return err
	}
	v.fillTargets(a)
	v.Qualities = v.qualities(a)
	v.Permalink, v.Published = v.permalink(), a.layout.PublishedAt
	if code, err := qr.New(v.Permalink); err == nil && len(v.Permalink) <= maxQRAddress {
		v.QR = &code
	}
	return p.render(w, "print", v)
}

type printView struct {
	frame
	Leaf      leaf
	Grey      bool
	Theme     string // role or ai
	Map       template.HTML
	Filtered  string // says that some areas stand back
	Index     IndexTable
	More      IndexTable // what of the index is on further sheets
	Targets   []TargetGroup
	Later     []TargetGroup // what of the targets is on further sheets
	Qualities []Quality
	Permalink string
	Published time.Time // the layout
	QR        *qr.Code  // nil when the address is too long for one
}

// IndexTable is the index of a sheet, or a part of it.
type IndexTable struct {
	Heads []string
	Rows  []IndexRow
}

// IndexRow is one area in the index of a sheet.
type IndexRow struct {
	Item
	Parts     []Value // the AI+ directions, each with its basis
	Districts []Worded
	Out       bool // it does not pass the filter
}

// TargetGroup holds the targets of the whole or of one area, and the clause where all of them stand; "" when
// they stand in several.
type TargetGroup struct {
	Of     Worded
	List   []TargetView
	Clause string
}

func (v *printView) targetGroup(of Worded, ts []layout.Target) TargetGroup {
	g := TargetGroup{Of: of, List: v.targets(ts), Clause: ts[0].Clause}
	for _, t := range ts {
		if t.Clause != g.Clause {
			g.Clause = ""
		}
	}
	return g
}

func (v *printView) draw(a *Atlas, m *scene.Model, passing map[layout.ID]bool) error {
	r := v.picture(a, m)
	r.Passing = passing
	s, err := scene.Compose(m, r)
	if err != nil {
		return err
	}
	v.Map = template.HTML(svg.Draw(s, svg.Options{Inline: true})) //nolint:gosec // the pen escapes all texts
	if passing != nil {
		v.Filtered = v.text("print.filtered", "", "n", len(passing), "all", len(a.areas))
	}
	for _, f := range a.areas {
		v.Index.Rows = append(v.Index.Rows, IndexRow{Item: Item{ID: f.ID}, Out: passing != nil && !passing[f.ID]})
	}
	return nil
}

// fillIndex says of each area what the index has, and leaves for further sheets what does not fit.
func (v *printView) fillIndex(a *Atlas) error {
	for _, name := range []string{"no", "name", "ai", "district"} {
		head, err := v.T("print.col." + name)
		if err != nil {
			return err
		}
		v.Index.Heads = append(v.Index.Heads, head)
	}
	for i, f := range a.areas {
		p := f.Properties.(*layout.Area)
		row := &v.Index.Rows[i]
		row.Item = a.item(v.Voice, f)
		row.Parts = v.indexParts(p, row.Words)
		for _, id := range p.Districts {
			if d := a.byID[id]; d != nil {
				c := d.Properties.Common()
				row.Districts = append(row.Districts, v.Pick(c.NameZH, c.NameEN))
			}
		}
	}
	if n := v.Leaf.Rows; len(v.Index.Rows) > n {
		v.More = IndexTable{v.Index.Heads, v.Index.Rows[n:]}
		v.Index.Rows = v.Index.Rows[:n]
	}
	return nil
}

// indexParts lists the directions of an area, those of one basis together; without any, what stands in their
// place.
func (v Voice) indexParts(p *layout.Area, words string) []Value {
	if len(p.Specialisations) == 0 {
		mark := "unstated"
		if len(p.Fields) > 0 {
			mark = ""
		}
		return []Value{{Text: words, Mark: mark}}
	}
	var out []Value
	for _, basis := range []string{layout.BasisStated, layout.BasisInferred} {
		var names []string
		for _, s := range p.Specialisations {
			if s.Basis == basis {
				names = append(names, bareDirection(v.Pick(s.LabelZH, s.LabelEN).Text))
			}
		}
		if len(names) > 0 {
			out = append(out, Value{Text: "AI+ " + v.join(names), Mark: basis, Note: v.text("basis.short."+basis, basis)})
		}
	}
	return out
}

// fillTargets gathers the targets of the whole and of the areas that have any.
func (v *printView) fillTargets(a *Atlas) {
	add := func(of Worded, ts []layout.Target) {
		if len(ts) > 0 {
			v.Targets = append(v.Targets, v.targetGroup(of, ts))
		}
	}
	add(v.Pick(v.Doc.PlaceZH, v.Doc.PlaceEN), v.Doc.OverallGoals)
	for _, f := range a.areas {
		p := f.Properties.(*layout.Area)
		add(v.Pick(shortOr(p.ShortZH, p.NameZH), shortOr(p.ShortEN, p.NameEN)), p.Targets)
	}
	sum := 0
	for i, g := range v.Targets {
		if sum += len(g.List); sum > v.Leaf.Targets {
			v.Targets, v.Later = v.Targets[:i], v.Targets[i:]
			return
		}
	}
}

// qualities says of each sort of outline on the map how it was made, once.
func (v *printView) qualities(a *Atlas) []Quality {
	var out []Quality
	worst := map[string]float64{}
	var order []string
	for _, f := range a.areas {
		p := f.Properties.(*layout.Area)
		if _, ok := worst[p.Outline]; !ok && p.Outline != "" {
			order = append(order, p.Outline)
		}
		worst[p.Outline] = max(worst[p.Outline], p.PositionErrorM)
	}
	for _, outline := range order {
		q := Quality{Outline: outline, Phrase: v.text("q."+outline, outline), How: v.text("q.how."+outline, "")}
		switch m := worst[outline]; {
		case m >= 100:
			q.Use = v.text("print.error", "", "km", kilometres(m))
		case m > 0:
			q.Use = v.text("print.error.m", "", "m", groupDigits(math.Ceil(m)))
		}
		out = append(out, q)
	}
	return out
}

// stateKeys is the order of the state in the address of the map.
func stateKeys() []string {
	return []string{"v", "theme", "kind", "ai", "d", "u", "q", "sel", "cmp", "near", "sort", "w", "c", "bg", "links", "lang"}
}

// permalink is the address of the map as the sheet shows it.
func (v *printView) permalink() string {
	var parts []string
	for _, key := range stateKeys() {
		if value := v.Query.Get(key); value != "" {
			parts = append(parts, key+"="+strings.NewReplacer("%2C", ",", "%2F", "/").Replace(url.QueryEscape(value)))
		}
	}
	if len(parts) == 0 {
		return v.BaseURL + "/"
	}
	return v.BaseURL + "/?" + strings.Join(parts, "&")
}

// Dates says of when the data are and when the sheet was made.
func (v *printView) Dates() string {
	return v.text("print.dates", "", "n", v.Version,
		"published", v.Date(v.Published.Format(time.DateOnly)), "printed", v.Date(v.Today.Format(time.DateOnly)))
}

// Back is the way to the map, by a path of this site.
func (v *printView) Back() string { return strings.TrimPrefix(v.Permalink, v.BaseURL) }

// Option is a choice in the form of a sheet.
type Option struct {
	Value  string
	Text   string
	Chosen bool
}

// PrintChoice is a field of that form.
type PrintChoice struct {
	Name    string
	Label   string
	Options []Option
}

// Choices are what the reader may decide: the paper, and what the map shows.
func (v *printView) Choices() ([]PrintChoice, error) {
	tone := "colour"
	if v.Grey {
		tone = "grey"
	}
	views := []string{""}
	for _, f := range v.Doc.Figures {
		views = append(views, fmt.Sprintf("fig%d", f.No))
	}
	var out []PrintChoice
	for _, c := range []struct {
		name, chosen string
		values       []string
	}{
		{"v", v.Query.Get("v"), views},
		{"theme", v.Theme, []string{scene.ThemeRole, scene.ThemeAI}},
		{"paper", v.Leaf.Paper, []string{"a4", "a3"}},
		{"orient", v.Leaf.Orient, []string{"landscape", "portrait"}},
		{"tone", tone, []string{"colour", "grey"}},
	} {
		label, err := v.T("print." + c.name)
		if err != nil {
			return nil, err
		}
		choice := PrintChoice{Name: c.name, Label: label}
		for _, value := range c.values {
			choice.Options = append(choice.Options, Option{value, v.optionText(c.name, value), value == c.chosen})
		}
		out = append(out, choice)
	}
	return out, nil
}

func (v *printView) optionText(name, value string) string {
	switch {
	case name == "theme":
		return v.text("by."+value, value)
	case name == "v" && value != "":
		return v.text("fig.n", value, "n", strings.TrimPrefix(value, "fig"))
	case name == "v":
		return v.text("print.v.map", "")
	}
	return v.text("print."+name+"."+value, strings.ToUpper(value))
}

// Kept are the values of the query that the form hands on unseen.
func (v *printView) Kept() []Option {
	var out []Option
	for _, name := range append(stateKeys(), "bbox") {
		if value := v.Query.Get(name); value != "" && name != "v" && name != "theme" {
			out = append(out, Option{Value: value, Text: name})
		}
	}
	return out
}
