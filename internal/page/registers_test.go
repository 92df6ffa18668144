package page

import (
	"bytes"
	"strings"
	"testing"

	"parkmap/internal/layout"
)

// registers are features of which the fixture has none.
func registers() []layout.Feature {
	return []layout.Feature{
		{Collection: layout.Facilities, ID: "F1", Properties: &layout.Facility{
			Base: layout.Base{Kind: "facility", NameZH: "中心", NameEN: "Centre", Parent: "T01"},
			Type: "data-centre", TypeZH: "数据中心", Sector: "computing", SectorZH: "算力", Action: "build", ActionZH: "建设",
			PlaceZH: "城东", PlaceEN: "East", Located: "unknown", PositionBasis: "by a stop", PositionBasisZH: "据车站",
			Provenance: layout.Provenance{PositionErrorM: 400, Source: "a book"},
		}},
		{Collection: layout.Facilities, ID: "F2", Properties: &layout.Facility{
			Base: layout.Base{Kind: "facility", NameZH: "平台二", NameEN: "Platform two"}, Located: "unknown",
		}},
		{Collection: layout.Organisations, ID: "O1", Properties: &layout.Organisation{
			Base: layout.Base{Kind: "leading-group", NameZH: "领导小组", NameEN: "group"}, KindZH: "小组", OfficeAt: "U1",
			Head: &layout.Label{ZH: "主要领导", EN: "the leader"}, Clauses: []string{"四.1 试验"},
		}},
		{Collection: layout.Tasks, ID: "K2", Properties: &layout.Task{
			Base:      layout.Base{Kind: "task", NameZH: "资金", NameEN: "Funding", Clause: "四.2"},
			Subsidies: []layout.Subsidy{{ForZH: "产品", ForEN: "products", Max: 200, UnitZH: "万元", UnitEN: "10,000 yuan", SharePercent: 15}},
		}},
		{Collection: layout.Goals, ID: "G1", Properties: &layout.Goal{
			Base: layout.Base{Kind: "goal", NameZH: "目标一", NameEN: "First goal"}, Year: 2030,
			Roles: []layout.Role{{Area: "C1", RoleZH: "核心区", RoleEN: "the heart"}},
		}},
	}
}

func TestRegisterPagesSpeakOneLanguage(t *testing.T) {
	l := fixture()
	l.Features = append(l.Features, registers()...)
	pages := map[string]map[string]string{}
	for _, lang := range []string{Chinese, English} {
		pages[lang] = all(t, NewAtlas(l), lang)
	}
	for _, test := range []struct{ name, lang, path, want string }{
		{"type", Chinese, "/f/F1", "数据中心"},
		{"type in words", English, "/f/F1", "data centre"},
		{"sector", Chinese, "/f/F1", "算力"},
		{"action", Chinese, "/f/F1", "建设"},
		{"place", English, "/f/F1", "East"},
		{"where it lies", English, "/f/F1", `href="/f/T01"`},
		{"basis of the position", Chinese, "/f/F1", "据车站"},
		{"a foreign source is marked", Chinese, "/f/F1", `<span lang="en">a book</span>`},
		{"no location", English, "/f/F2", "The document gives no location"},
		{"kind", Chinese, "/f/O1", "小组"},
		{"kind in words", English, "/f/O1", "leading group"},
		{"head", English, "/f/O1", "the leader"},
		{"office", English, "/f/O1", `href="/f/U1"`},
		{"a clause is Chinese", English, "/f/O1", `<span lang="zh-CN">四.1 试验</span>`},
		{"subsidy", Chinese, "/f/K2", "最高 200 万元,至多项目费用的 15%"},
		{"subsidy in CNY", English, "/f/K2", "at most CNY 2 million, up to 15% of the cost"},
		{"role", English, "/f/G1", "the heart"},
		{"areas of a unit's own", English, "/f/U1", "Areas it is responsible for"},
		{"areas that it shares", English, "/f/U1", "Areas shared with other units"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if !strings.Contains(pages[test.lang][test.path], test.want) {
				t.Errorf("%s in %s does not say %q", test.path, test.lang, test.want)
			}
		})
	}
	for _, unwanted := range []string{"data-centre", "computing", "gives no location"} {
		if strings.Contains(pages[Chinese]["/f/F1"], unwanted) {
			t.Errorf("the Chinese page of a facility says %q", unwanted)
		}
	}
}

func TestMissingPageSpeaksOneLanguage(t *testing.T) {
	body := written(t, func(b *bytes.Buffer) error {
		return testPage(t).Problem(b, NewAtlas(fixture()), request(Chinese, "/f/nope"),
			Problem{Status: 404, Feature: true, Detail: "there is none with this id"})
	})
	if strings.Contains(body, "there is none") {
		t.Error("the sentence of the API is on the Chinese page")
	}
	if !strings.Contains(body, "没有这个编号") {
		t.Error("the page does not say what is wrong")
	}
}

func TestProblemDetailsAreMarked(t *testing.T) {
	body := written(t, func(b *bytes.Buffer) error {
		return testPage(t).Problem(b, nil, request(Chinese, "/"), Problem{Status: 400, Detail: "bbox must be four numbers"})
	})
	if !strings.Contains(body, `<p lang="en">bbox must be four numbers</p>`) {
		t.Error("an English detail on the Chinese page is not marked")
	}
}
