package table

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/source"
)

// plan is a query made ready for one table.
type plan struct {
	table     *table
	where     where // what filters, without the place of the page
	order     order
	hash      uint64
	selection *selection
	limit     int
	backwards bool      // the page ends before at
	at        *position // nil: the first page
	box       *geo.BBox // nil: anywhere
	filtered  bool      // by CQL2
}

func (t *table) plan(q source.Query) (*plan, error) {
	p := &plan{table: t, limit: q.Limit, box: q.BBox, filtered: q.Filter != nil}
	var broken []layout.Violation
	if q.Limit < 1 {
		broken = append(broken, violation("limit", "the limit must be 1 or more"))
	}
	if q.Text != "" {
		broken = append(broken, violation("q", "texts of this collection are not indexed"))
	}
	if i := q.Interval; i != nil && !i.Start.IsZero() && !i.End.IsZero() && i.End.Before(i.Start) {
		broken = append(broken, violation("datetime", "the interval ends before it starts"))
	}
	broken = append(broken, p.addConditions(q)...)
	if err := p.filter(q.Filter); err != nil {
		return nil, err
	}
	order, wrong := t.orderOf(q.SortBy)
	p.order, broken = order, append(broken, wrong...)
	var err error
	if p.hash, err = hashOf(q, p.order); err != nil {
		return nil, err
	}
	var shown []int
	for i, f := range t.fields {
		if q.Properties == nil || slices.Contains(q.Properties, f.Name) {
			shown = append(shown, i)
		}
	}
	p.selection = t.selection(shown, p.order)
	if token := cmp.Or(q.After, q.Before); token != "" && len(broken) == 0 {
		at, ok := p.order.parsePosition(token, p.hash)
		if !ok || q.After != "" && q.Before != "" {
			broken = append(broken, violation(source.ParameterToken, "the link to this page does not belong to the query"))
		}
		p.at, p.backwards = &at, q.Before != ""
	}
	if len(broken) > 0 {
		return nil, layout.Invalid("query of "+string(t.id), broken...)
	}
	return p, nil
}

func (p *plan) addConditions(q source.Query) []layout.Violation {
	if q.BBox != nil {
		p.where.within(p.table, *q.BBox)
	}
	var broken []layout.Violation
	for i, f := range p.table.fields { // in a fixed order, so that the statement is
		values, asked := q.Equal[f.Name]
		if !asked {
			continue
		}
		values, wrong := f.values(values)
		if wrong != "" {
			broken = append(broken, violation(f.Name, wrong))
			continue
		}
		p.where.equal(p.table.fields[i], values)
	}
	for name := range q.Equal {
		if p.table.fieldNamed(name) < 0 {
			broken = append(broken, violation(name, name+" cannot be asked for here"))
		}
	}
	slices.SortFunc(broken, func(a, b layout.Violation) int { return strings.Compare(a.Path, b.Path) })
	return broken
}

// values checks what a field is asked to be one of; wrong is what is the matter with it. Numbers are plain decimals.
func (f field) values(texts []string) (list []string, wrong string) {
	if !f.kind.queryable {
		return nil, f.Name + " cannot be asked for here"
	}
	for _, text := range texts {
		if !f.kind.valid(text) {
			return nil, fmt.Sprintf("%.40q is no %s", text, cmp.Or(f.kind.format, f.kind.json))
		}
	}
	return texts, ""
}

// statement is the query of the page with its parameters: see selection. It asks for one row more than the page
// holds.
func (p *plan) statement() (sql string, args []any) {
	t := p.table
	w := where{conditions: slices.Clone(p.where.conditions), args: slices.Clone(p.where.args)}
	limit, offset := p.limit+1, ""
	if p.at != nil && p.order.total {
		p.order.beyond(&w, p.at.Values, p.backwards)
	} else if p.at != nil {
		skip := p.at.Offset
		if p.backwards {
			skip = max(0, p.at.Offset-p.limit)
			limit = p.at.Offset - skip
		}
		offset = " OFFSET " + w.arg(skip) + "::int8"
	}
	sql = p.selection.sql() + w.String() + p.order.sql(t, p.backwards && p.order.total) + " LIMIT " + w.arg(limit) + "::int8" + offset
	return sql, w.args
}
