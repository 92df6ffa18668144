package api

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/page"
	"parkmap/internal/source"
)

// valueCell writes the value of a property for people: texts as they are, lists as lists, objects as terms
// with their values in the order of the JSON.
func (a *asked) valueCell(name string, value json.RawMessage) page.APICell {
	switch value[0] {
	case '"':
		var text string
		if json.Unmarshal(value, &text) == nil {
			return a.textCell(name, text)
		}
	case '[':
		return a.listCell(name, value)
	case '{':
		return a.objectCell(value)
	case 't':
		return page.APICell{Text: a.word("是", "yes")}
	case 'f':
		return page.APICell{Text: a.word("否", "no")}
	case 'n':
		return page.APICell{Text: a.word("无", "none")}
	}
	return page.APICell{Text: string(value)}
}

func (a *asked) listCell(name string, value json.RawMessage) page.APICell {
	var members []json.RawMessage
	if json.Unmarshal(value, &members) != nil || len(members) == 0 {
		return page.APICell{Text: a.word("无", "none")}
	}
	var cell page.APICell
	for _, m := range members {
		cell.List = append(cell.List, a.valueCell(name, m))
	}
	return cell
}

func (a *asked) objectCell(value json.RawMessage) page.APICell {
	var cell page.APICell
	dec := json.NewDecoder(bytes.NewReader(value))
	_, err := dec.Token() // the opening brace
	for err == nil && dec.More() {
		var key json.Token
		var member json.RawMessage
		if key, err = dec.Token(); err != nil {
			break
		}
		if err = dec.Decode(&member); err == nil {
			name := key.(string)
			cell.Terms = append(cell.Terms, page.APITerm{Name: a.titleOf(name), Value: a.valueCell(name, member)})
		}
	}
	if err != nil || len(cell.Terms) == 0 {
		return page.APICell{Text: string(value), Code: true}
	}
	return cell
}

// textCell writes a text: the id of another feature with its name and a link, an address as a link, and
// everything else with its language where that is not the one of the page.
func (a *asked) textCell(name, text string) page.APICell {
	cell := page.APICell{Text: text, Lang: a.langOf(name, text)}
	switch {
	case !a.fromTable() && slices.Contains(references(), name):
		if feature := a.features()[layout.ID(text)]; feature != nil {
			other := a.layoutName(feature)
			return page.APICell{Text: text + " " + other, Href: a.featureHref(feature.ID), Lang: a.langOf("", other)}
		}
	case (strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")) && !strings.ContainsAny(text, " |;"):
		cell.Href = text
	}
	return cell
}

// references lists the properties whose texts are ids of other features.
func references() []string {
	return []string{
		"parent", "responsible_units", "district", "functional_area", "through", "facility", "facilities", "scenario",
		"area", "see", "organisation", "organisations", "office_at",
	}
}

// langOf returns the language of a text when it is not that of the page: Chinese where it has Chinese
// characters, English where the name of the property says so.
func (a *asked) langOf(name, text string) string {
	lang := ogc.Lang("")
	switch {
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		lang = ogc.ZH
	case strings.HasSuffix(name, "_en"):
		lang = ogc.EN
	}
	if lang == a.lang {
		return ""
	}
	return string(lang)
}

// featureHref is the address of the readable page of a feature.
func (a *asked) featureHref(id layout.ID) string {
	return a.keep(a.base.Page(id))
}

// featureHref is the address of the readable page of a feature; a row of a table has none but its own.
func (f *found) featureHref(feature *source.Feature) string {
	switch {
	case feature.Layout != nil:
		return f.asked.featureHref(feature.ID)
	case feature.ID == "":
		return ""
	}
	return f.asked.keep(f.asked.base.Item(f.info.ID, feature.ID))
}

// titleOf names a member of an object; one without a title goes by its name.
func (a *asked) titleOf(name string) string {
	if title := a.lang.Of(a.titles()[name]); title != "" {
		return title
	}
	return name
}

// memberTitles returns the titles of the members of objects that are properties of no collection.
func memberTitles() map[string]layout.Label {
	return map[string]layout.Label{
		"basis":         {ZH: "依据", EN: "Basis"},
		"basis_zh":      {ZH: "依据(中文)", EN: "Basis (Chinese)"},
		"comparator":    {ZH: "比较", EN: "Comparator"},
		"east":          {ZH: "东", EN: "East"},
		"en":            {ZH: "英文", EN: "English"},
		"field_en":      {ZH: "领域(英文)", EN: "Field"},
		"field_zh":      {ZH: "领域", EN: "Field (Chinese)"},
		"for_en":        {ZH: "用途(英文)", EN: "What for"},
		"for_zh":        {ZH: "用途", EN: "What for (Chinese)"},
		"label_en":      {ZH: "标签(英文)", EN: "Label"},
		"label_zh":      {ZH: "标签", EN: "Label (Chinese)"},
		"lat":           {ZH: "纬度", EN: "Latitude"},
		"lon":           {ZH: "经度", EN: "Longitude"},
		"max":           {ZH: "上限", EN: "At most"},
		"metric_en":     {ZH: "指标(英文)", EN: "Metric"},
		"metric_zh":     {ZH: "指标", EN: "Metric (Chinese)"},
		"north":         {ZH: "北", EN: "North"},
		"organisation":  {ZH: "机构", EN: "Organisation"},
		"printed_zh":    {ZH: "文件表述", EN: "As printed (Chinese)"},
		"share_percent": {ZH: "比例(%)", EN: "Share, %"},
		"south":         {ZH: "南", EN: "South"},
		"through":       {ZH: "通过", EN: "Through"},
		"topic_en":      {ZH: "主题(英文)", EN: "Topic"},
		"topic_zh":      {ZH: "主题", EN: "Topic (Chinese)"},
		"unit_en":       {ZH: "计量单位(英文)", EN: "Unit of measure"},
		"unit_zh":       {ZH: "计量单位", EN: "Unit of measure (Chinese)"},
		"west":          {ZH: "西", EN: "West"},
		"zh":            {ZH: "中文", EN: "Chinese"},
	}
}

// spaced sets the positions of coordinates apart, so that lines may break between them.
func spaced(coordinates json.RawMessage) string {
	return strings.ReplaceAll(string(coordinates), "],[", "], [")
}
