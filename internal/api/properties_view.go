package api

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"parkmap/internal/ogc"
	"parkmap/internal/page"
)

// shownValues is how many values of a property a page shows without folding them.
const shownValues = 6

// viewProperties is a page of queryables or of a schema: a table of the properties, and what the JSON says
// of the whole. address is where the document is.
func viewProperties(a *asked, doc ogc.PropertiesSchema, address string) page.APIDocument {
	table := page.APITable{Columns: []string{
		a.word("属性", "Property"), a.word("含义", "Meaning"), a.word("类型", "Type"), a.word("取值", "Values"), a.word("备注", "Remarks"),
	}}
	for _, name := range inSequence(doc.Properties) {
		p := doc.Properties[name]
		table.Rows = append(table.Rows, []page.APICell{
			{Text: name, Code: true}, {Text: p.Title}, {Text: typeOf(p), Code: true}, a.valuesCell(p),
			a.remarks(p, slices.Contains(doc.Required, name)),
		})
	}
	return page.APIDocument{
		Title: doc.Title, Summary: doc.Description, Tables: []page.APITable{table, a.schemaTable(doc)},
		Crumbs: a.crumbs(page.APILink{Href: a.base.Collection(a.collectionID()), Title: doc.Title}),
		Links:  a.pageLinks(ogc.SchemaFormats(), address),
	}
}

// inSequence lists the names of properties in their order, those without one first.
func inSequence(properties map[string]ogc.PropertySchema) []string {
	return slices.SortedFunc(maps.Keys(properties), func(x, y string) int {
		return cmp.Or(properties[x].Sequence-properties[y].Sequence, strings.Compare(x, y))
	})
}

// schemaTable is what a schema says of itself.
func (a *asked) schemaTable(doc ogc.PropertiesSchema) page.APITable {
	others := a.word("没有", "none")
	if doc.AdditionalProperties {
		others = a.word("可有", "allowed")
	}
	return page.APITable{Title: "JSON Schema", Rows: [][]page.APICell{
		{{Text: "$id"}, {Text: doc.ID, Code: true}},
		{{Text: "$schema"}, {Text: doc.Schema, Code: true}},
		{{Text: a.word("类型", "Type")}, {Text: doc.Type, Code: true}},
		{{Text: a.word("其他属性", "Other properties")}, {Text: others}},
	}}
}

// typeOf writes type and format of a property, and the type of the members of a list.
func typeOf(p ogc.PropertySchema) string {
	parts := []string{p.Type, p.Format}
	if p.Items != nil {
		parts = append(parts, "("+p.Items.Type+")")
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

// valuesCell lists the values that a property or the members of its list may have; many are folded.
func (a *asked) valuesCell(p ogc.PropertySchema) page.APICell {
	values := p.Enum
	if p.Items != nil {
		values = slices.Concat(values, p.Items.Enum)
	}
	if len(values) <= shownValues {
		return codeList(values)
	}
	n := strconv.Itoa(len(values))
	return page.APICell{Text: strings.Join(values, ", "), Fold: a.word(n+" 个取值", n+" values")}
}

// remarks say the role of a property, its place among the others and whether it has to be there or is
// computed.
func (a *asked) remarks(p ogc.PropertySchema, required bool) page.APICell {
	var parts []string
	if p.Role != "" {
		parts = append(parts, a.word("角色:", "role: ")+p.Role)
	}
	if required {
		parts = append(parts, a.word("必填", "required"))
	}
	if p.ReadOnly {
		parts = append(parts, a.word("只读", "read-only"))
	}
	if p.Sequence > 0 {
		parts = append(parts, a.word("序号 ", "no. ")+strconv.Itoa(p.Sequence))
	}
	return page.APICell{Text: strings.Join(parts, a.word("、", ", "))}
}
