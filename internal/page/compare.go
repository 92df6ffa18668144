package page

import (
	"io"
	"slices"
	"strings"

	"parkmap/internal/layout"
)

// maxCompared is how many areas stand side by side at most.
const maxCompared = 4

// Compare writes the page that sets areas side by side and ranks them. The query says which: cmp lists ids or
// slugs of areas; ai, near and w say what a reader looks for; kind, d and u narrow what is ranked. What cannot
// be understood is left out with one notice.
func (p *Page) Compare(w io.Writer, a *Atlas, r Request) error {
	v := compareView{frame: p.frame(a, r)}
	v.Here = "compare"
	ids, understood := a.compared(r.Query.Get("cmp"))
	v.TooMany = len(ids) > maxCompared
	ids = ids[:min(len(ids), maxCompared)]
	v.compared = ids
	v.fill(a, ids)
	v.Short = v.shortlist(a, ids)
	if !understood || v.Short.misread {
		v.Notice = v.text("cmp.unknown", "")
	}
	v.Title = v.text("cmp.title", "")
	if len(ids) > 0 {
		var names []string
		for _, c := range v.Columns {
			names = append(names, c.Name.Text)
		}
		v.Title += ": " + v.join(names)
	}
	v.Description = v.text("cmp.desc", "")
	return p.render(w, "compare", v)
}

// CompareTable returns the comparison as a table of texts: a line of headings, then a line per row. The first
// column names the row, the others are the areas in their order.
func (p *Page) CompareTable(a *Atlas, r Request) [][]string {
	v := compareView{frame: p.frame(a, r)}
	ids, _ := a.compared(r.Query.Get("cmp"))
	v.fill(a, ids[:min(len(ids), maxCompared)])
	head := []string{v.text("cmp.row", "")}
	for _, c := range v.Columns {
		head = append(head, string(c.ID)+" "+c.Name.Text)
	}
	table := [][]string{head}
	for _, row := range v.Rows {
		line := []string{row.Term}
		if row.Apart {
			line[0] += " (" + v.text("cmp.other", "") + ")"
		}
		for _, cell := range row.Cells {
			line = append(line, cell.String())
		}
		table = append(table, line)
	}
	return table
}

// compared reads a list of areas by id or slug, each once; it says whether all of it was understood.
func (a *Atlas) compared(list string) (ids []layout.ID, understood bool) {
	understood = true
	for name := range strings.SplitSeq(list, ",") {
		if name == "" {
			continue
		}
		id, err := a.Resolve(name)
		if err != nil || a.byID[id].Collection != layout.Areas {
			understood = false
			continue
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, understood
}

type compareView struct {
	frame
	Notice  string
	TooMany bool
	Columns []CompareColumn
	Rows    []CompareRow
	Same    int // how many rows are identical
	Scale   ScaleBar
	Options []Item // what may be added
	Short   shortView
}

// CompareColumn is an area of the comparison.
type CompareColumn struct {
	Item
	Href    string
	Without string // the page without this area
	Sketch  Drawing
}

// CompareRow is one thing in which areas are compared.
type CompareRow struct {
	Term  string
	Apart bool // from other sources than the document
	Same  bool // in all columns the same
	Cells []CompareCell
}

// CompareCell is what one area has in a row.
type CompareCell struct {
	Values []Value
	Full   []Value // in place of the values where the table says them once; nil is the values
	None   string  // why there is no value
}

// String returns the cell as a text.
func (c CompareCell) String() string {
	if len(c.Values) == 0 {
		return "— " + c.None
	}
	values := c.Values
	if c.Full != nil {
		values = c.Full
	}
	var lines []string
	for _, value := range values {
		line := value.Text
		if value.Note != "" {
			line += " (" + value.Note + ")"
		}
		for _, s := range value.Sources {
			line = strings.TrimSpace(line + " [" + strings.TrimSpace(s.Text+" "+s.Href) + "]")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

func (v *compareView) fill(a *Atlas, ids []layout.ID) {
	features := make([]*layout.Feature, 0, len(ids))
	for _, id := range ids {
		features = append(features, a.byID[id])
	}
	sketches, scale := drawTogether(features)
	v.Scale = scale
	for i, f := range features {
		v.Columns = append(v.Columns, CompareColumn{
			Item: a.item(v.Voice, f), Href: v.Link("/f/" + string(f.ID)), Sketch: sketches[i],
			Without: v.stateLink("/compare", "cmp", joinIDs(without(ids, f.ID))),
		})
	}
	if len(features) > 0 {
		v.Rows = v.rows(a, features)
	}
	for i := range v.Rows {
		if v.Rows[i].Same = v.Rows[i].identical(); v.Rows[i].Same {
			v.Same++
		}
	}
	if len(ids) < maxCompared {
		for _, f := range a.areas {
			if !slices.Contains(ids, f.ID) {
				v.Options = append(v.Options, a.item(v.Voice, f))
			}
		}
	}
}

// identical says that all areas have the same in a row. Where nothing is known of any of them the row is not
// folded away: that it is not known is worth to be seen.
func (r CompareRow) identical() bool {
	if len(r.Cells) < 2 || len(r.Cells[0].Values) == 0 {
		return false
	}
	first := r.Cells[0].String()
	return !slices.ContainsFunc(r.Cells, func(c CompareCell) bool { return c.String() != first })
}

func without(ids []layout.ID, id layout.ID) []layout.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(other layout.ID) bool { return other == id })
}

func joinIDs(ids []layout.ID) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = string(id)
	}
	return strings.Join(texts, ",")
}

// ids are those of the columns.
func (v compareView) ids() []layout.ID {
	var out []layout.ID
	for _, c := range v.Columns {
		out = append(out, c.ID)
	}
	return out
}

// Start says how to begin; "" when there is something to compare.
func (v compareView) Start() string {
	switch len(v.Columns) {
	case 0:
		return v.text("cmp.start", "")
	case 1:
		return v.text("cmp.one", "")
	}
	return ""
}

// Schematic says that an outline of the comparison is no more than a sketch.
func (v compareView) Schematic() bool {
	return slices.ContainsFunc(v.Columns, func(c CompareColumn) bool { return c.Outline == layout.OutlineSchematic })
}

// CSV is the address of the table as a file.
func (v compareView) CSV() string {
	return v.stateLink("/compare.csv", "cmp", joinIDs(v.ids()), "ai", "", "near", "", "w", "", "all", "", "sort", "", "c", "", "sel", "")
}

// Map is the address of the map with this comparison.
func (v compareView) Map() string { return v.stateLink("/", "cmp", joinIDs(v.ids()), "all", "") }

// AddFields are the hidden fields of the form that adds an area.
func (v compareView) AddFields() []Field {
	out := v.fields("cmp")
	if ids := joinIDs(v.ids()); ids != "" {
		out = append([]Field{{"cmp", ids}}, out...)
	}
	return out
}
