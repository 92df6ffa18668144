package api

import (
	"strconv"
	"strings"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/page"
)

// word picks the text of a page in the language of the request.
func (a *asked) word(zh, en string) string { return a.lang.Of(layout.Label{ZH: zh, EN: en}) }

// keep returns an address of the API with the language that this page was asked for in its address.
func (a *asked) keep(href string) string {
	lang := a.values.Get("lang")
	switch {
	case lang == "" || strings.Contains(href, "lang="):
		return href
	case strings.Contains(href, "?"):
		return href + "&lang=" + lang
	}
	return href + "?lang=" + lang
}

// crumbs lead from the landing page to the collection that the path names, if it names one.
func (a *asked) crumbs(steps ...page.APILink) []page.APILink {
	all := []page.APILink{
		{Href: a.base.API(), Title: "API"},
		{Href: a.base.Collections(), Title: a.word("数据集合", "Collections")},
	}
	all = append(all, steps...)
	for i := range all {
		all[i].Href = a.keep(all[i].Href)
	}
	return all
}

// viewLinks shows the links of a document; pages among them keep the language.
func (a *asked) viewLinks(links []ogc.Link) []page.APILink {
	out := make([]page.APILink, len(links))
	for i, l := range links {
		out[i] = page.APILink{Href: l.Href, Title: l.Title, Type: l.Type, Rel: l.Rel}
		if l.Type == ogc.TypeHTML {
			out[i].Href = a.keep(l.Href)
		}
	}
	return out
}

func viewLanding(a *asked, doc any) page.APIDocument {
	landing := doc.(ogc.Landing)
	out := page.APIDocument{
		Title: landing.Title, Summary: landing.Description, Crumbs: a.crumbs()[:1],
		Guide: &page.APIGuide{Limit: ogc.DefaultLimit, MaxLimit: ogc.MaxLimit, Calls: a.calls()},
		Links: a.viewLinks(landing.Links),
	}
	facts := page.APITable{}
	if landing.Attribution != "" {
		facts.Rows = append(facts.Rows, []page.APICell{{Text: a.word("数据来源", "Attribution")}, {Text: landing.Attribution}})
	}
	facts.Rows = append(facts.Rows, []page.APICell{{Text: a.word("地图的坐标参考系", "Reference systems of the map")}, codeList(landing.CRS)})
	facts.Rows = append(facts.Rows, a.extentRows(landing.Extent)...)
	out.Tables = []page.APITable{facts}
	return out
}

// calls are addresses to try: a box, some properties in order, a text as a table.
func (a *asked) calls() []string {
	box := geo.BBox{West: -180, South: -90, East: 180, North: 90}
	if info, err := a.snapshot.Collection(layout.Areas); err == nil && info.Extent != nil {
		box = *info.Extent
	}
	sides := []string{shortDegrees(box.West), shortDegrees(box.South), shortDegrees(box.East), shortDegrees(box.North)}
	items := a.base.Items(layout.Areas)
	return []string{
		items + "?bbox=" + strings.Join(sides, ",") + "&limit=10",
		items + "?kind=" + layout.KindPark + "&sortby=number&properties=number,name_zh,name_en",
		items + "?q=park&f=csv",
	}
}

// shortDegrees writes degrees to about a kilometre.
func shortDegrees(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

func viewConformance(a *asked, doc any) page.APIDocument {
	table := page.APITable{Columns: []string{a.word("符合的标准", "Conformance class")}}
	for _, class := range doc.(ogc.Conformance).ConformsTo {
		table.Rows = append(table.Rows, []page.APICell{{Text: class, Code: true}})
	}
	return page.APIDocument{
		Title: a.word("符合的标准", "Conformance"), Crumbs: a.crumbs()[:1], Tables: []page.APITable{table},
		Links: a.pageLinks(ogc.DocumentFormats(), a.base.Conformance()),
	}
}

// pageLinks are the links of a page whose document has none; address is where it is.
func (a *asked) pageLinks(formats []ogc.Format, address string) []page.APILink {
	return a.viewLinks(ogc.Representations(formats, a.format.Name, a.lang, func(f ogc.Format) string {
		return address + "?f=" + f.Name
	}))
}

// viewCollections lists the collections, and behind the list each with all that its JSON says.
func viewCollections(a *asked, doc any) page.APIDocument {
	collections := doc.(ogc.Collections)
	list := page.APITable{Columns: []string{"id", a.word("名称", "Title"), a.word("说明", "Description"), a.word("要素数", "Features")}}
	tables := make([]page.APITable, 1, len(collections.Collections)+1)
	for i, c := range collections.Collections {
		count := a.collectionInfos()[i].Count
		list.Rows = append(list.Rows, []page.APICell{
			{Text: string(c.ID), Href: a.keep(a.base.Collection(c.ID)), Code: true},
			{Text: c.Title},
			{Text: c.Description},
			{Text: strconv.Itoa(count), Href: a.keep(a.base.Items(c.ID))},
		})
		tables = append(tables, page.APITable{
			Title: joinTitle(string(c.ID), c.Title), Rows: a.collectionRows(c, count), Links: a.viewLinks(c.Links), Folded: true,
		})
	}
	tables[0] = list
	return page.APIDocument{
		Title: a.word("数据集合", "Collections"), Crumbs: a.crumbs()[:1], Tables: tables,
		Links: a.viewLinks(collections.Links),
	}
}

func viewCollection(a *asked, doc any) page.APIDocument {
	c := doc.(ogc.Collection)
	out := page.APIDocument{Title: c.Title, Summary: c.Description, Crumbs: a.crumbs(), Links: a.viewLinks(c.Links)}
	if info, err := a.collectionInfo(); err == nil { // there is one, or there were no document
		out.Tables = []page.APITable{{Rows: a.collectionRows(c, info.Count)}}
	}
	return out
}

// collectionRows are the members of a collection but for its title, description and links, and how many
// features it has.
func (a *asked) collectionRows(c ogc.Collection, count int) [][]page.APICell {
	rows := [][]page.APICell{
		{{Text: "id"}, {Text: string(c.ID), Code: true}},
		{{Text: a.word("要素", "Features")}, {Text: strconv.Itoa(count), Href: a.keep(a.base.Items(c.ID))}},
		{{Text: a.word("条目类型", "Item type")}, {Text: c.ItemType, Code: true}},
		{{Text: a.word("坐标参考系", "Reference systems")}, codeList(c.CRS)},
	}
	if c.StorageCRS != "" {
		rows = append(rows, []page.APICell{{Text: a.word("存储所用坐标参考系", "Reference system of the data")}, {Text: c.StorageCRS, Code: true}})
	}
	return append(rows, a.extentRows(c.Extent)...)
}

// extentRows are the members of an extent, if any.
func (a *asked) extentRows(extent *ogc.Extent) [][]page.APICell {
	var rows [][]page.APICell
	if extent == nil {
		return nil
	}
	for _, box := range extent.Spatial.BBox {
		rows = append(rows, []page.APICell{{Text: a.boxTitle()}, {Text: formatBox(box), Code: true}})
	}
	return append(rows, []page.APICell{
		{Text: a.word("范围的坐标参考系", "Reference system of the extent")}, {Text: extent.Spatial.CRS, Code: true},
	})
}

// codeList is a list of names of the API.
func codeList(names []string) page.APICell {
	var cell page.APICell
	for _, name := range names {
		cell.List = append(cell.List, page.APICell{Text: name, Code: true})
	}
	return cell
}

// boxTitle names a box.
func (a *asked) boxTitle() string {
	return a.word("范围(西、南、东、北)", "Extent (west, south, east, north)")
}

// formatBox writes a box with the digits that JSON gives it.
func formatBox(box [4]float64) string {
	sides := make([]string, len(box))
	for i, v := range box {
		sides[i] = strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strings.Join(sides, ", ")
}
