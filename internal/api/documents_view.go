package api

import (
	"maps"
	"slices"
	"strconv"
	"strings"

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
	return page.APIDocument{
		Title: landing.Title, Summary: landing.Description, Crumbs: a.crumbs()[:1],
		Links: a.viewLinks(landing.Links),
	}
}

func viewConformance(a *asked, doc any) page.APIDocument {
	table := page.APITable{Columns: []string{a.word("符合的标准", "Conformance class")}}
	for _, class := range doc.(ogc.Conformance).ConformsTo {
		table.Rows = append(table.Rows, []page.APICell{{Text: class, Code: true}})
	}
	return page.APIDocument{
		Title: a.word("符合的标准", "Conformance"), Crumbs: a.crumbs()[:1], Tables: []page.APITable{table},
		Links: []page.APILink{{Href: a.base.Conformance() + "?f=json", Title: "JSON", Type: ogc.TypeJSON, Rel: "alternate"}},
	}
}

func viewCollections(a *asked, doc any) page.APIDocument {
	collections := doc.(ogc.Collections)
	table := page.APITable{Columns: []string{"id", a.word("名称", "Title"), a.word("说明", "Description"), a.word("要素数", "Features")}}
	for i, c := range collections.Collections {
		table.Rows = append(table.Rows, []page.APICell{
			{Text: string(c.ID), Href: a.keep(a.base.Collection(c.ID)), Code: true},
			{Text: c.Title},
			{Text: c.Description},
			{Text: strconv.Itoa(a.infos[i].Count), Href: a.keep(a.base.Items(c.ID))},
		})
	}
	return page.APIDocument{
		Title: a.word("数据集合", "Collections"), Crumbs: a.crumbs()[:1], Tables: []page.APITable{table},
		Links: a.viewLinks(collections.Links),
	}
}

func viewCollection(a *asked, doc any) page.APIDocument {
	c := doc.(ogc.Collection)
	table := page.APITable{Rows: [][]page.APICell{
		{{Text: "id"}, {Text: string(c.ID), Code: true}},
		{{Text: a.word("要素", "Features")}, {Text: a.base.Items(c.ID), Href: a.keep(a.base.Items(c.ID))}},
	}}
	if c.Extent != nil {
		table.Rows = append(table.Rows, []page.APICell{
			{Text: a.word("范围(西、南、东、北)", "Extent (west, south, east, north)")},
			{Text: formatBox(c.Extent.Spatial.BBox[0]), Code: true},
		})
	}
	return page.APIDocument{
		Title: c.Title, Summary: c.Description, Crumbs: a.crumbs(), Tables: []page.APITable{table},
		Links: a.viewLinks(c.Links),
	}
}

func formatBox(box [4]float64) string {
	out := ""
	for i, v := range box {
		if i > 0 {
			out += ", "
		}
		out += strconv.FormatFloat(v, 'f', 5, 64)
	}
	return out
}

func viewProperties(a *asked, doc ogc.PropertiesSchema, address string) page.APIDocument {
	table := page.APITable{Columns: []string{a.word("属性", "Property"), a.word("含义", "Meaning"), a.word("类型", "Type")}}
	names := slices.SortedFunc(maps.Keys(doc.Properties), func(x, y string) int {
		if d := doc.Properties[x].Sequence - doc.Properties[y].Sequence; d != 0 {
			return d
		}
		return slices.Compare([]byte(x), []byte(y))
	})
	for _, name := range names {
		p := doc.Properties[name]
		kind := p.Type
		if kind == "" {
			kind = p.Format
		}
		table.Rows = append(table.Rows, []page.APICell{{Text: name, Code: true}, {Text: p.Title}, {Text: kind}})
	}
	return page.APIDocument{
		Title: doc.Title, Summary: doc.Description, Tables: []page.APITable{table},
		Crumbs: a.crumbs(page.APILink{Href: a.base.Collection(a.collectionID()), Title: doc.Title}),
		Links:  []page.APILink{{Href: address + "?f=json", Title: "JSON Schema", Type: ogc.TypeSchema, Rel: "alternate"}},
	}
}
