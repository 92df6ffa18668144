package layout_test

import (
	"math"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
)

// TestValidate has the rules that no folder can break or that need features which the tiny layout lacks.
func TestValidate(t *testing.T) {
	base := func(kind string) layout.Base { return layout.Base{Kind: kind, NameZH: "甲", NameEN: "A"} }
	cases := []struct {
		name       string
		feature    layout.Feature
		rule, path string
	}{
		{"no properties", layout.Feature{Collection: layout.Areas, ID: "T09"}, layout.RuleValue, "areas/T09"},
		{"properties of another collection", layout.Feature{Collection: layout.Areas, ID: "T09", Properties: &layout.Unit{}}, layout.RuleValue, "areas/T09"},
		{"a view", layout.Feature{Collection: layout.Parks, ID: "T09", Properties: &layout.Area{}}, layout.RuleValue, "parks/T09"},
		{"register with a geometry", layout.Feature{Collection: layout.Tasks, ID: "K01", Geometry: orb.Point{1, 2}, Properties: &layout.Task{Base: base("task")}}, layout.RuleGeometryAbsent, "tasks/K01/geometry"},
		{"not a number", layout.Feature{Collection: layout.Goals, ID: "G1", Properties: &layout.Goal{Base: base("goal"), Value: math.NaN()}}, layout.RuleValue, "goals/G1/properties/value"},
		{"code of a goal", layout.Feature{Collection: layout.Goals, ID: "G1", Properties: &layout.Goal{Base: base("goal"), Specialised: []string{"x"}}}, layout.RuleSpecialisation, "goals/G1/properties/specialisations"},
		{"role of a goal", layout.Feature{Collection: layout.Goals, ID: "G1", Properties: &layout.Goal{Base: base("goal"), Roles: []layout.Role{{Area: "U01"}}}}, layout.RuleKnownFeature, "goals/G1/properties/roles/0/area"},
		{"place without a label", layout.Feature{Collection: layout.Places, ID: "A1", Properties: &layout.Place{Base: base("platform"), Specialisation: &layout.Specialisation{Code: "chip", Basis: "stated"}}}, layout.RuleName, "places/A1/properties/specialisation"},
		{"through something else", layout.Feature{Collection: layout.Places, ID: "A1", Properties: &layout.Place{Base: base("platform"), Specialisation: &layout.Specialisation{Code: "chip", Basis: "stated", LabelZH: "甲", LabelEN: "A", Through: "T01"}}}, layout.RuleKnownFeature, "places/A1/properties/specialisation/through"},
		{"scenario of a facility", layout.Feature{Collection: layout.Facilities, ID: "F1", Properties: &layout.Facility{Base: base("facility"), Scenario: "S1"}}, layout.RuleKnownFeature, "facilities/F1/properties/scenario"},
		{"facility of a scenario", layout.Feature{Collection: layout.Scenarios, ID: "S1", Properties: &layout.Scenario{Base: base("key"), Facilities: []layout.ID{"F1"}}}, layout.RuleKnownFeature, "scenarios/S1/properties/facilities/0"},
		{"organisation of a task", layout.Feature{Collection: layout.Tasks, ID: "K1", Properties: &layout.Task{Base: base("task"), Strengths: []layout.Strength{{Organisation: "U01"}}}}, layout.RuleKnownFeature, "tasks/K1/properties/strengths/0/organisation"},
		{"office of a group", layout.Feature{Collection: layout.Organisations, ID: "O1", Properties: &layout.Organisation{Base: base("group"), OfficeAt: "T01"}}, layout.RuleKnownUnit, "organisations/O1/properties/office_at"},
		{"seat not on earth", layout.Feature{Collection: layout.Organisations, ID: "O1", Properties: &layout.Organisation{Base: base("group"), Seat: &layout.Centre{Lon: 181}}}, layout.RuleValue, "organisations/O1/properties/seat/lon"},
		{"confidence of a seat", layout.Feature{Collection: layout.Organisations, ID: "O1", Properties: &layout.Organisation{Base: base("group"), Seat: &layout.Centre{Confidence: "sure"}}}, layout.RuleValue, "organisations/O1/properties/seat/confidence"},
		{"comparator", layout.Feature{Collection: layout.Tasks, ID: "K1", Properties: &layout.Task{Base: base("task"), Targets: []layout.Target{{Comparator: "~"}}}}, layout.RuleValue, "tasks/K1/properties/targets/0/comparator"},
		{"river as a point", layout.Feature{Collection: layout.Context, ID: "X9", Geometry: orb.Point{1, 2}, Properties: &layout.ContextFeature{Base: base("river")}}, layout.RuleGeometryType, "context/X9/geometry"},
		{"empty id in a list", layout.Feature{Collection: layout.Scenarios, ID: "S1", Properties: &layout.Scenario{Base: base("key"), ResponsibleUnits: []layout.ID{""}}}, layout.RuleKnownUnit, "scenarios/S1/properties/responsible_units/0"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := readTiny(t)
			l.Features = append(l.Features, c.feature)
			if v := violation(t, layout.Validate(l), c.rule); v.Path != c.path {
				t.Errorf("path %q, want %q", v.Path, c.path)
			}
		})
	}
}

func TestValidateSpecialisationTwice(t *testing.T) {
	l := readTiny(t)
	a := l.Features[0].Properties.(*layout.Area)
	a.Specialisations = append(a.Specialisations, a.Specialisations[0])
	violation(t, layout.Validate(l), layout.RuleSpecialisation)
}

func TestValidateDocument(t *testing.T) {
	l := readTiny(t)
	l.Document.Inconsistencies = []layout.Inconsistency{{ID: "i1", Concerns: []layout.ID{"T01", "T99"}}}
	if v := violation(t, layout.Validate(l), layout.RuleKnownFeature); v.Path != "document/inconsistencies/0/concerns/1" {
		t.Errorf("path %q", v.Path)
	}
}

func TestErrorText(t *testing.T) {
	err := layout.Invalid("layout folder",
		layout.Violation{Rule: "closed", Path: "areas.geojson#/features/0", At: &orb.Point{104.5, 30.25}, Detail: "T01: a ring is open"},
		layout.Violation{Rule: "name"})
	want := "layout folder: areas.geojson#/features/0: closed: T01: a ring is open (at 104.5, 30.25) (and 1 more)"
	if err.Error() != want {
		t.Errorf("got  %s\nwant %s", err, want)
	}
}
