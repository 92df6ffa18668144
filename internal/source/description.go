package source

import "parkmap/internal/layout"

// description says what a listed collection is, in the words of any layout.
type description struct {
	id     layout.CollectionID
	stored layout.CollectionID
	kind   string // of a view: the kind that it holds; "" holds all
	title  layout.Label
	text   layout.Label
}

func (d description) holds(f layout.Feature) bool {
	return f.Collection == d.stored && (d.kind == "" || f.Properties.Common().Kind == d.kind)
}

// descriptions lists the collections in their order: areas and its views, then the rest as layout has them.
func descriptions() []description {
	var list []description
	for _, id := range layout.Collections() {
		title, text := describe(id)
		list = append(list, description{id: id, stored: id, title: title, text: text})
		if id == layout.Areas {
			list = append(list, views()...)
		}
	}
	return list
}

func views() []description {
	var list []description
	for _, v := range layout.Views() {
		title, text := describe(v.Collection)
		list = append(list, description{id: v.Collection, stored: layout.Areas, kind: v.Kind, title: title, text: text})
	}
	return list
}

// describe returns the title and the description of a collection.
func describe(id layout.CollectionID) (title, text layout.Label) {
	label := func(zh, en string) layout.Label { return layout.Label{ZH: zh, EN: en} }
	switch id {
	case layout.Areas:
		return label("核、区、园", "Areas"),
			label("布局中的核心、区和园区及其范围、方向与责任单位", "The core, the zone and the parks of the layout: outlines, specialisations, responsible units")
	case layout.Cores:
		return label("核心", "Cores"), label("布局中的“核”", "The areas of kind core")
	case layout.Zones:
		return label("区", "Zones"), label("布局中的“区”", "The areas of kind zone")
	case layout.Parks:
		return label("园区", "Parks"), label("布局中的“园”", "The areas of kind park")
	case layout.Places:
		return label("载体", "Places"), label("核与区内的具名载体", "Named sites inside the core and the zone")
	case layout.Facilities:
		return label("项目与设施", "Facilities"), label("文件提到的项目、平台、中心和系统", "Projects, platforms, centres and systems that the document names")
	case layout.Districts:
		return label("行政区", "Districts"), label("布局所在的行政区划", "The administrative districts that the layout lies in")
	case layout.Context:
		return label("底图要素", "Context"), label("用于定位的河流、道路、山脉和机场等", "Rivers, roads, ridges, airports and the like, for orientation")
	case layout.Scenarios:
		return label("应用场景", "Scenarios"), label("文件列出的应用场景", "The application scenarios of the document")
	case layout.Tasks:
		return label("任务", "Tasks"), label("文件列出的任务", "The numbered tasks of the document")
	case layout.Goals:
		return label("目标", "Goals"), label("文件列出的目标", "The numbered goals of the document")
	case layout.Units:
		return label("责任单位", "Units"), label("文件规定的责任单位", "The bodies that the document makes responsible")
	case layout.Organisations:
		return label("机构", "Organisations"), label("文件提到的高校、企业和机构", "Universities, firms and institutes that the document names")
	}
	return label(string(id), string(id)), layout.Label{}
}
