package api

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/page"
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
	for _, feature := range f.features {
		name := joinTitle(string(feature.ID), a.nameOf(feature))
		doc.Tables = append(doc.Tables, page.APITable{Title: name, Rows: f.featureRows(feature), Folded: true})
	}
	return doc
}

// namesTable lists the features, with how many there are and how many the page has.
func (f *found) namesTable() page.APITable {
	a := f.asked
	matched, returned := strconv.Itoa(f.matched), strconv.Itoa(len(f.features))
	table := page.APITable{
		Title:   a.word("共 "+matched+" 个,本页 "+returned+" 个", matched+" matched, "+returned+" on this page"),
		Columns: []string{"id", a.word("名称", "Name"), a.word("英文名称", "Name in English"), a.word("类别", "Kind")},
	}
	for _, feature := range f.features {
		p := feature.Properties.Common()
		table.Rows = append(table.Rows, []page.APICell{
			{Text: string(feature.ID), Href: a.keep(a.base.Item(f.info.ID, feature.ID)), Code: true},
			a.textCell("name_zh", p.NameZH), a.textCell("name_en", p.NameEN), {Text: p.Kind, Code: true},
		})
	}
	return table
}

// viewItem is one feature as a table of its properties.
func viewItem(f *found) page.APIDocument {
	a, feature := f.asked, f.features[0]
	return page.APIDocument{
		Title: a.nameOf(feature),
		Crumbs: a.crumbs(
			page.APILink{Href: a.base.Collection(f.info.ID), Title: a.lang.Of(f.info.Title)},
			page.APILink{Href: a.base.Items(f.info.ID), Title: a.word("要素", "Features")},
		),
		Tables: []page.APITable{{Rows: f.featureRows(feature)}},
		Shape:  &feature,
		Links:  a.viewLinks(f.links),
	}
}

// nameOf returns the name of a feature in the language of the page, or the one that it has.
func (a *asked) nameOf(feature layout.Feature) string {
	names := feature.Properties.Common()
	if names.NameZH == "" {
		return names.NameEN
	}
	return a.lang.Of(layout.Label{ZH: names.NameZH, EN: names.NameEN})
}

// featureRows says all that the JSON of a feature says: id, geometry and the properties asked for.
func (f *found) featureRows(feature layout.Feature) [][]page.APICell {
	a := f.asked
	rows := [][]page.APICell{{{Text: a.titleOf(ogc.PropertyID)}, {Text: string(feature.ID), Href: a.featureHref(feature.ID), Code: true}}}
	rows = append(rows, a.geometryRows(feature)...)
	members, err := f.members(feature)
	if err != nil {
		return rows // the features of a snapshot were encoded by it; there is nothing to read wrongly
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
func (a *asked) geometryRows(feature layout.Feature) [][]page.APICell {
	term := page.APICell{Text: a.word("几何", "Geometry")}
	if feature.Geometry == nil {
		return [][]page.APICell{{term, {Text: a.word("无", "none")}}}
	}
	b := feature.Geometry.Bound()
	rows := [][]page.APICell{
		{term, {Text: feature.Geometry.GeoJSONType(), Code: true}},
		{{Text: a.boxTitle()},
			{Text: formatBox([4]float64{b.Left(), b.Bottom(), b.Right(), b.Top()}), Code: true}},
	}
	whole, err := a.snapshot.FeatureJSON(feature.Collection, feature.ID)
	var doc struct {
		Geometry struct {
			Coordinates json.RawMessage `json:"coordinates"`
		} `json:"geometry"`
	}
	if err != nil || json.Unmarshal(whole, &doc) != nil {
		return rows // as in featureRows
	}
	points := strconv.Itoa(countPoints(feature.Geometry))
	return append(rows, []page.APICell{
		{Text: a.word("坐标(经度、纬度)", "Coordinates (longitude, latitude)")},
		{Text: spaced(doc.Geometry.Coordinates), Fold: a.word(points+" 个点", points+" positions")},
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
