package page

import (
	"bytes"
	"os"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/static"
)

// testDay lies behind the end of the fixture's document.
var testDay = time.Date(2031, 5, 6, 12, 0, 0, 0, time.UTC)

func square(lon, lat, side float64) orb.Polygon {
	return orb.Polygon{{{lon, lat}, {lon + side, lat}, {lon + side, lat + side}, {lon, lat + side}, {lon, lat}}}
}

// fixture is a small made-up layout: a core with targets and a place, two parks that share a unit.
func fixture() *layout.Layout {
	return &layout.Layout{
		Version: 7, PublishedAt: testDay,
		Document: layout.Document{
			NameZH: "试验布局", NameEN: "test layout", PlaceZH: "试验市", PlaceEN: "Testville", Number: "试〔2029〕1号",
			TitleZH: "试验方案", TitleEN: "Test plan", Expires: "2030-12-31", TargetYear: 2030,
			Structure: layout.Structure{ParksNamed: 2, ParksStated: 3},
			Inconsistencies: []layout.Inconsistency{{
				ID: "i1", WhatZH: "数目", WhatEN: "count", DetailZH: "三与二", DetailEN: "three and two", Concerns: []layout.ID{"T01"},
			}},
			Accuracy:     []layout.Label{{ZH: "均为示意", EN: "All is schematic"}},
			Attributions: []layout.Attribution{{Name: "Some data", What: "outlines", Licence: "MIT", URL: "https://data.example/", Text: "the licence"}},
		},
		Features: []layout.Feature{
			{Collection: layout.Areas, ID: "C1", Geometry: square(103, 30, 0.05), Version: 7, ChangedAt: testDay, Properties: core()},
			{Collection: layout.Areas, ID: "T01", Geometry: square(103.2, 30, 0.05), Version: 7, Properties: park(1, "甲园", "First Park")},
			{Collection: layout.Areas, ID: "T02", Geometry: square(103.4, 30, 0.05), Version: 7, Properties: park(2, "乙园", "")},
			{Collection: layout.Places, ID: "C1-01", Geometry: orb.Point{103.02, 30.02}, Properties: &layout.Place{
				Base:       layout.Base{Kind: "platform", NameZH: "平台", NameEN: "Platform", Parent: "C1", Clause: "一.1"},
				Provenance: layout.Provenance{PositionErrorM: 250, Source: "a map | https://map.example/x"},
			}},
			{Collection: layout.Context, ID: "X1", Geometry: square(102.9, 29.9, 0.8), Properties: &layout.ContextFeature{
				Base: layout.Base{Kind: "city", NameZH: "试验市", NameEN: "Testville"},
			}},
			{Collection: layout.Tasks, ID: "K1", Properties: &layout.Task{
				Base: layout.Base{Kind: "task", NameZH: "建核", NameEN: "Core", Clause: "一.1"}, SummaryZH: "设立甲核", SummaryEN: "Sets up the core",
			}},
			{Collection: layout.Units, ID: "U1", Properties: &layout.Unit{
				Base: layout.Base{Kind: "committee", NameZH: "管委会", NameEN: "Committee"}, FullZH: "试验管理委员会", Level: "district",
			}},
		},
	}
}

func core() *layout.Area {
	return &layout.Area{
		Base: layout.Base{Slug: "first-core", Kind: layout.KindCore, NameZH: "甲核", NameEN: "First <core>", Clause: "一.1"}, Number: 1,
		Specialisations: []layout.Specialisation{{Code: "auto", LabelZH: "AI+汽车", LabelEN: "AI + automobile", Basis: layout.BasisStated, Through: "C1-01"}},
		Targets: []layout.Target{
			{MetricZH: "规模", MetricEN: "scale", Comparator: ">", Value: 100, UnitZH: "亿元", UnitEN: "100 million yuan", Year: 2030, PrintedZH: "突破100亿元"},
		},
		ResponsibleUnits: []layout.ID{"U1"}, Responsibility: layout.ResponsibilityOwn,
		PlannedAreaKM2: 41.5, PlannedAreaMeaning: "planned", PlannedAreaMeaningZH: "规划", PlannedAreaSource: "a page | https://page.example/1 ; a book",
		Provenance: layout.Provenance{Outline: layout.OutlineSchematic, SizeBasis: "published", PositionErrorM: 2500},
	}
}

func park(number int, zh, en string) *layout.Area {
	return &layout.Area{
		Base: layout.Base{Kind: layout.KindPark, NameZH: zh, NameEN: en, Clause: "一.2"}, Number: number,
		ResponsibleUnits: []layout.ID{"U1"}, Responsibility: layout.ResponsibilityShared,
		ManagingBodyZH: "甲园办", ManagingBodySource: "elsewhere",
		Provenance: layout.Provenance{Outline: layout.OutlineSchematic, SizeBasis: "nominal"},
	}
}

func testPage(t *testing.T) *Page {
	t.Helper()
	texts, err := LoadTexts(static.FS, "src/text")
	if err != nil {
		t.Fatal(err)
	}
	icons, err := LoadIcons(static.FS, "src/style/icons.json")
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(Assets{Script: "/assets/main-X.js", Style: "/assets/main-Y.css"}, texts, Options{PackURL: "/pack.json", Icons: icons})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func request(lang, path string) Request {
	return Request{Lang: lang, Path: path, BaseURL: "https://map.example", Today: testDay}
}

// written returns what write puts out.
func written(t *testing.T, write func(*bytes.Buffer) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// tinyAtlas is the made-up layout folder of the project's tests.
func tinyAtlas(t *testing.T) *Atlas {
	t.Helper()
	l, err := layout.ReadFolder(os.DirFS("../../testdata/layout-tiny"))
	if err != nil {
		t.Fatal(err)
	}
	return NewAtlas(l)
}
