package api

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/page"
	"parkmap/internal/source"
)

// viewItems is a page of features: a table of their names, and behind it each feature with all that its
// JSON says.
func viewItems(f *found) page.APIDocument {
	a := f.asked
	title := a.lang.Of(f.info.Title)
	doc := page.APIDocument{
		Title: title, Summary: a.lang.Of(f.info.Description), Tables: []page.APITable{f.namesTable()},
		Crumbs: a.crumbs(page.APILink{Href: a.base.Collection(f.info.ID), Title: title}),
		Links:  a.viewLinks(f.links), Prev: f.prev, Next: f.next,
	}
	for i := range f.features {
		feature := &f.features[i]
		name := joinTitle(string(feature.ID), a.nameOf(feature))
		doc.Tables = append(doc.Tables, page.APITable{Title: name, Rows: f.featureRows(feature), Folded: true})
	}
	return doc
}

// namesTable lists the features, with how many there are and how many the page has.
func (f *found) namesTable() page.APITable {
	a := f.asked
	matched, returned := strconv.Itoa(f.matched), strconv.Itoa(len(f.features))
	if f.estimated {
		matched = a.word("约 ", "about ") + matched
	}
	table := page.APITable{Title: a.word("共 "+matched+" 个,本页 "+returned+" 个", matched+" matched, "+returned+" on this page")}
	if f.info.Table {
		f.addRows(&table)
		return table
	}
	table.Columns = []string{"id", a.word("名称", "Name"), a.word("英文名称", "Name in English"), a.word("类别", "Kind")}
	for _, feature := range f.features {
		p := feature.Layout.Properties.Common()
		table.Rows = append(table.Rows, []page.APICell{
			{Text: string(feature.ID), Href: a.keep(a.base.Item(f.info.ID, feature.ID)), Code: true},
			a.textCell("name_zh", p.NameZH), a.textCell("name_en", p.NameEN), {Text: p.Kind, Code: true},
		})
	}
	return table
}

// shownColumns is how many properties of a table its list of rows shows.
const shownColumns = 5

// addRows lists rows of a table by their id and first properties.
func (f *found) addRows(table *page.APITable) {
	a := f.asked
	names := f.columns()
	names = names[:min(len(names), shownColumns)]
	table.Columns = append([]string{"id"}, names...)
	for i := range f.features {
		feature := &f.features[i]
		row := []page.APICell{f.idCell(feature)}
		members, _ := membersOf(feature.PropertiesJSON()) // our own encoding
		for _, name := range names {
			row = append(row, a.memberCell(name, members[name]))
		}
		table.Rows = append(table.Rows, row)
	}
}

// idCell is the id of a row with its address.
func (f *found) idCell(feature *source.Feature) page.APICell {
	if feature.ID == "" {
		return page.APICell{Text: "-"}
	}
	return page.APICell{Text: string(feature.ID), Href: f.asked.keep(f.asked.base.Item(f.info.ID, feature.ID)), Code: true}
}

// memberCell is valueCell for a member that may be missing.
func (a *asked) memberCell(name string, value json.RawMessage) page.APICell {
	if len(value) == 0 {
		return page.APICell{}
	}
	return a.valueCell(name, value)
}

// viewItem is one feature as a table of its properties.
func viewItem(f *found) page.APIDocument {
	a, feature := f.asked, &f.features[0]
	return page.APIDocument{
		Title: a.nameOf(feature),
		Crumbs: a.crumbs(
			page.APILink{Href: a.base.Collection(f.info.ID), Title: a.lang.Of(f.info.Title)},
			page.APILink{Href: a.base.Items(f.info.ID), Title: a.word("要素", "Features")},
		),
		Tables: []page.APITable{{Rows: f.featureRows(feature)}},
		Shape:  feature.Layout,
		Links:  a.viewLinks(f.links),
	}
}

// nameOf returns the name of a feature in the language of the page, or the one that it has.
func (a *asked) nameOf(feature *source.Feature) string {
	if feature.Layout == nil {
		return rowName(feature)
	}
	return a.layoutName(feature.Layout)
}

func (a *asked) layoutName(feature *layout.Feature) string {
	names := feature.Properties.Common()
	if names.NameZH == "" {
		return names.NameEN
	}
	return a.lang.Of(layout.Label{ZH: names.NameZH, EN: names.NameEN})
}

// rowName returns what a row calls itself, "" where no column looks like a name.
func rowName(feature *source.Feature) string {
	members, _ := membersOf(feature.PropertiesJSON()) // our own encoding
	for _, name := range []string{"name", "name_zh", "名称", "name_en", "title"} {
		var text string
		if json.Unmarshal(members[name], &text) == nil && text != "" {
			return text
		}
	}
	return ""
}

// featureRows says all that the JSON of a feature says: id, geometry and the properties asked for.
func (f *found) featureRows(feature *source.Feature) [][]page.APICell {
	a := f.asked
	rows := [][]page.APICell{{{Text: a.titleOf(ogc.PropertyID)}, {Text: string(feature.ID), Href: f.featureHref(feature), Code: true}}}
	rows = append(rows, a.geometryRows(feature)...)
	members, err := membersOf(feature.PropertiesJSON())
	if err != nil {
		return rows // the features were encoded by their source; there is nothing to read wrongly
	}
	for _, p := range f.info.Schema {
		value, ok := members[p.Name]
		if !ok || p.Name == ogc.PropertyID || f.properties != nil && !slices.Contains(f.properties, p.Name) {
			continue
		}
		rows = append(rows, []page.APICell{{Text: a.lang.Of(p.Title)}, a.valueCell(p.Name, value)})
	}
	return rows
}

// geometryRows are type, box and coordinates of the geometry, the last folded and as GeoJSON writes them.
func (a *asked) geometryRows(feature *source.Feature) [][]page.APICell {
	term := page.APICell{Text: a.word("几何", "Geometry")}
	g := feature.Geometry()
	if g == nil {
		return [][]page.APICell{{term, {Text: a.word("无", "none")}}}
	}
	b := g.Bound()
	rows := [][]page.APICell{
		{term, {Text: g.GeoJSONType(), Code: true}},
		{{Text: a.boxTitle()},
			{Text: formatBox([4]float64{b.Left(), b.Bottom(), b.Right(), b.Top()}), Code: true}},
	}
	var doc struct {
		Coordinates json.RawMessage `json:"coordinates"`
	}
	if json.Unmarshal(feature.GeometryJSON(), &doc) != nil {
		return rows // as in featureRows
	}
	points := strconv.Itoa(countPoints(g))
	return append(rows, []page.APICell{
		{Text: a.word("坐标(经度、纬度)", "Coordinates (longitude, latitude)")},
		{Text: spaced(doc.Coordinates), Fold: a.word(points+" 个点", points+" positions")},
	})
}

// countPoints counts the positions of a geometry, the closing ones of rings included.
func countPoints(g orb.Geometry) int {
	n := 0
	switch g := g.(type) {
	case orb.Point:
		n = 1
	case orb.MultiPoint:
		n = len(g)
	case orb.LineString:
		n = len(g)
	case orb.Ring:
		n = len(g)
	case orb.MultiLineString:
		for _, part := range g {
			n += countPoints(part)
		}
	case orb.Polygon:
		for _, part := range g {
			n += countPoints(part)
		}
	case orb.MultiPolygon:
		for _, part := range g {
			n += countPoints(part)
		}
	}
	return n
}
