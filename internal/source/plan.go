package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// RuleParameter is the rule of violations that speak of a parameter of a query; their path is its name.
const RuleParameter = "parameter"

// plan is a query made ready for one collection.
type plan struct {
	collection *collection
	box        *geo.BBox
	equal      []condition
	filter     *filter       // nil: there is none
	text       map[int32]int // the rows that hold the text; nil: none was asked for
	sort       []sortColumn
	hash       uint64 // of all that decides which rows match and in which order
}

// condition asks that the value of a column is among the wanted ones.
type condition struct {
	column int
	wanted []value
}

type sortColumn struct {
	column     int
	descending bool
}

func (s *Snapshot) newPlan(c *collection, q Query) (*plan, error) {
	p := &plan{collection: c, box: q.BBox}
	var broken []layout.Violation
	if q.Limit < 1 {
		broken = append(broken, violation("limit", "the limit must be 1 or more"))
	}
	if i := q.Interval; i != nil && !i.Start.IsZero() && !i.End.IsZero() && i.End.Before(i.Start) {
		broken = append(broken, violation("datetime", "the interval ends before it starts"))
	}
	if q.After != "" && q.Before != "" {
		broken = append(broken, violation(ParameterToken, "only one page can be asked for"))
	}
	if len(q.Text) > maxText {
		broken = append(broken, violation("q", fmt.Sprintf("the text is longer than %d bytes", maxText)))
	}
	broken = append(broken, p.addConditions(q.Equal)...)
	broken = append(broken, p.addSort(q.SortBy)...)
	if len(broken) > 0 {
		return nil, layout.Invalid("query of "+string(q.Collection), broken...)
	}
	var err error
	if p.filter, err = newFilter(c, q.Filter); err != nil {
		return nil, err
	}
	if p.hash, err = hashOf(q); err != nil {
		return nil, err
	}
	if q.Text != "" {
		p.text = s.text().match(q.Text)
	}
	return p, nil
}

func violation(parameter, detail string) layout.Violation {
	return layout.Violation{Rule: RuleParameter, Path: parameter, Detail: detail}
}

func (p *plan) addConditions(equal map[string][]string) []layout.Violation {
	var broken []layout.Violation
	for name, texts := range equal {
		property, known := p.collection.property(name)
		if !known || !property.Queryable {
			broken = append(broken, violation(name, fmt.Sprintf("%s cannot be asked for here", name)))
			continue
		}
		cond := condition{column: p.collection.columns[name]}
		for _, text := range texts {
			v, ok := parseValue(property, text)
			if !ok {
				broken = append(broken, violation(name, fmt.Sprintf("%.40q is no %s", text, cmp.Or(property.Format, property.Type))))
				break
			}
			cond.wanted = append(cond.wanted, v)
		}
		p.equal = append(p.equal, cond)
	}
	slices.SortFunc(broken, func(a, b layout.Violation) int { return strings.Compare(a.Path, b.Path) })
	return broken
}

func (p *plan) addSort(keys []SortKey) []layout.Violation {
	var broken []layout.Violation
	for _, k := range keys {
		property, known := p.collection.property(k.Property)
		if k.Property != propertyID && (!known || !property.Sortable) {
			broken = append(broken, violation("sortby", fmt.Sprintf("%s cannot be sorted by here", k.Property)))
			continue
		}
		p.sort = append(p.sort, sortColumn{p.collection.columns[k.Property], k.Descending})
	}
	return broken
}

// filters tells whether the plan may hold back rows of the collection.
func (p *plan) filters() bool {
	return p.box != nil || len(p.equal) > 0 || p.filter != nil || p.text != nil
}

// holds tells whether a row meets all that the plan asks for but the box.
func (p *plan) holds(row int32, e *entry) bool {
	for _, c := range p.equal {
		if !e.values[c.column].matches(c.wanted) {
			return false
		}
	}
	if p.text != nil {
		if _, found := p.text[row]; !found {
			return false
		}
	}
	return p.filter == nil || p.filter.matches(e)
}
