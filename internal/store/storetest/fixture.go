package storetest

import (
	"fmt"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// square is a ring of 0.01° at a corner, with positions that have all digits of the grid.
func square(lon, lat float64) orb.Ring {
	const d = 0.01
	return orb.Ring{{lon, lat}, {lon + d, lat}, {lon + d, lat + d}, {lon, lat + d}, {lon, lat}}
}

// hole turns the other way.
func hole(lon, lat float64) orb.Ring {
	r := orb.Ring{{lon, lat}, {lon, lat + 0.001}, {lon + 0.001, lat + 0.001}, {lon, lat}}
	return r
}

func put(f layout.Feature) store.Change { return store.Change{Op: store.Put, Feature: f} }

func remove(c layout.CollectionID, id layout.ID) store.Change {
	return store.Change{Op: store.Delete, Feature: layout.Feature{Collection: c, ID: id}}
}

func puts(features []layout.Feature) []store.Change {
	changes := make([]store.Change, len(features))
	for i, f := range features {
		changes[i] = put(f)
	}
	return changes
}

// common is different in each version, so that a test sees which one it got.
func common(kind string, n int64) layout.Base {
	return layout.Base{Kind: kind, Slug: fmt.Sprintf("slug-%d", n),
		NameZH: fmt.Sprintf("第%d版", n), NameEN: fmt.Sprintf(`version %d: <b>&"\u2028`, n)}
}

// park is a park as version n may leave it.
func park(id layout.ID, n int64) layout.Feature {
	return layout.Feature{Collection: layout.Areas, ID: id,
		Geometry: orb.Polygon{square(104.1+float64(n)*1e-8, 30.6)},
		Properties: &layout.Area{Base: common(layout.KindPark, n), Number: int(n),
			Districts: []layout.ID{"D1"}, ResponsibleUnits: []layout.ID{"U01", "U02"},
			Specialisations: []layout.Specialisation{{Code: "chip", LabelZH: "芯片", LabelEN: "Chips", Basis: layout.BasisInferred}},
			Targets:         []layout.Target{{MetricZH: "产值", Comparator: ">", Value: 0.1 + 0.2, Year: 2030}},
			PlannedAreaKM2:  12.000000000000002,
			Centre:          &layout.Centre{Lon: 104.12345678, Lat: 30.87654321, Basis: "stated"},
			Provenance:      layout.Provenance{Outline: layout.OutlineSchematic, PositionErrorM: 1e-7}}}
}

// sample has a feature of each collection, with each type of geometry and with none, by layout.Compare.
func sample() []layout.Feature {
	label := []layout.Label{{ZH: "标签", EN: "label"}}
	core := park("C1", 1)
	core.Geometry = orb.MultiPolygon{
		{square(104, 30.5), hole(104.003, 30.503)},
		{square(104.5, 30.5)},
	}
	core.Properties.Common().Kind = layout.KindCore
	return []layout.Feature{
		core,
		park("P01", 1),
		{Collection: layout.Places, ID: "C1-01", Geometry: orb.Point{104.06666667, 30.66666667},
			Properties: &layout.Place{Base: common("platform", 1), Number: 1, Functions: label, AreaKM2: 1e21}},
		{Collection: layout.Facilities, ID: "F01",
			Properties: &layout.Facility{Base: common("project", 1), Type: "t", Located: "unknown", AlsoClauses: []string{"三.(一).1"}}},
		{Collection: layout.Districts, ID: "510104", Geometry: orb.Polygon{square(104.05, 30.6)},
			Properties: &layout.District{Base: common("district", 1), LabelPoint: [2]float64{104.05, 30.6}, Schematic: true}},
		{Collection: layout.Context, ID: "R1", Geometry: orb.LineString{{103.9, 30.9}, {104.00000001, 30.79999999}, {104.2, 30.4}},
			Properties: &layout.ContextFeature{Base: common("river", 1), Order: 2}},
		{Collection: layout.Scenarios, ID: "S1",
			Properties: &layout.Scenario{Base: common("four-key", 1), ResponsibleUnits: []layout.ID{}, Algorithms: label}},
		{Collection: layout.Tasks, ID: "K01",
			Properties: &layout.Task{Base: common("task", 1), Number: 1, Section: "三", ResponsibleUnits: []layout.ID{"U01"}}},
		{Collection: layout.Goals, ID: "G1",
			Properties: &layout.Goal{Base: common("goal", 1), Value: 50.5, Year: 2030, Specialised: []string{"urban"}}},
		{Collection: layout.Units, ID: "U01",
			Properties: &layout.Unit{Base: common("unit", 1), FullZH: "单位", Level: "municipal", Items: []string{"一"}}},
		{Collection: layout.Organisations, ID: "O01", Geometry: orb.MultiPoint{{104, 30}, {104.1, 30.1}},
			Properties: &layout.Organisation{Base: common("university", 1), Clauses: []string{}}},
	}
}

// document is a small document.
func document() *layout.Document {
	return &layout.Document{NameZH: "一核一区多园", NameEN: "One core", TitleZH: "题", Number: "T〔2020〕1号",
		Issued: "2020-01-02", TargetYear: 2030, Structure: layout.Structure{ParksNamed: 2},
		Figures:      []layout.Figure{{No: 1, TitleZH: "图", Focus: "C1"}},
		Numbers:      []layout.Number{{Clause: "一", Value: 0.30000000000000004, Unit: "%"}},
		Accuracy:     []layout.Label{{ZH: "示意", EN: "schematic"}},
		Attributions: []layout.Attribution{{Name: "n", What: "w", Licence: "l"}}}
}

// stamped is what a store returns of features that version n put.
func stamped(features []layout.Feature, n int64) []layout.Feature {
	list := make([]layout.Feature, len(features))
	for i, f := range features {
		f.Version, f.ChangedAt = n, at(n)
		list[i] = f
	}
	return list
}
