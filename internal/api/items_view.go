package api

import (
	"encoding/json"
	"slices"
	"strconv"

	"parkmap/internal/layout"
	"parkmap/internal/page"
)

// viewItems is a page of features as a table.
func viewItems(f *found) page.APIDocument {
	a := f.asked
	title := a.lang.Of(f.info.Title)
	table := page.APITable{
		Title:   a.word("共 ", "Matched: ") + strconv.Itoa(f.matched),
		Columns: []string{"id", a.word("名称", "Name"), a.word("英文名称", "Name in English"), a.word("类别", "Kind")},
	}
	for _, feature := range f.features {
		p := feature.Properties.Common()
		table.Rows = append(table.Rows, []page.APICell{
			{Text: string(feature.ID), Href: a.keep(a.base.Item(f.info.ID, feature.ID)), Code: true},
			{Text: p.NameZH, Lang: f.langOf("zh")},
			{Text: p.NameEN, Lang: f.langOf("en")},
			{Text: p.Kind, Code: true},
		})
	}
	return page.APIDocument{
		Title: title, Summary: a.lang.Of(f.info.Description), Tables: []page.APITable{table},
		Crumbs: a.crumbs(page.APILink{Href: a.base.Collection(f.info.ID), Title: title}),
		Links:  a.viewLinks(f.links), Prev: f.prev, Next: f.next,
	}
}

// langOf returns a language when it is not that of the page.
func (f *found) langOf(lang string) string {
	if lang == string(f.asked.lang) {
		return ""
	}
	return lang
}

// viewItem is one feature as a table of its properties.
func viewItem(f *found) page.APIDocument {
	a, feature := f.asked, f.features[0]
	title := a.lang.Of(f.info.Title)
	names := feature.Properties.Common()
	return page.APIDocument{
		Title: a.lang.Of(layout.Label{ZH: names.NameZH, EN: names.NameEN}),
		Crumbs: a.crumbs(
			page.APILink{Href: a.base.Collection(f.info.ID), Title: title},
			page.APILink{Href: a.base.Items(f.info.ID), Title: a.word("要素", "Features")},
		),
		Tables: []page.APITable{{Rows: f.propertyRows(feature)}},
		Links:  a.viewLinks(f.links),
	}
}

func (f *found) propertyRows(feature layout.Feature) [][]page.APICell {
	rows := [][]page.APICell{{{Text: "id"}, {Text: string(feature.ID), Href: f.asked.keep(string(f.asked.base) + "/f/" + string(feature.ID)), Code: true}}}
	if feature.Geometry != nil {
		rows = append(rows, []page.APICell{{Text: f.asked.word("几何", "Geometry")}, {Text: feature.Geometry.GeoJSONType(), Code: true}})
	}
	members, err := f.members(feature)
	if err != nil {
		return rows // the features of a snapshot were encoded by it; there is nothing to read wrongly
	}
	for _, p := range f.info.Schema {
		value, ok := members[p.Name]
		if !ok || f.properties != nil && !slices.Contains(f.properties, p.Name) {
			continue
		}
		rows = append(rows, []page.APICell{{Text: f.asked.lang.Of(p.Title)}, valueCell(value)})
	}
	return rows
}

// valueCell shows a text as it is and everything else as JSON.
func valueCell(value json.RawMessage) page.APICell {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return page.APICell{Text: text}
	}
	return page.APICell{Text: string(value), Code: true}
}
