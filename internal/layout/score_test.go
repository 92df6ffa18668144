package layout

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

func candidate(id ID, lon float64, a Area, places ...*Place) Candidate {
	at := orb.Point{lon, 30}
	return Candidate{ID: id, Area: &a, Places: places, Label: &at}
}

func withCode(code, basis string) Area {
	return Area{Specialisations: []Specialisation{{Code: code, Basis: basis}}}
}

func TestShortlistParts(t *testing.T) {
	through := &Place{Specialisation: &Specialisation{Code: "auto", Basis: BasisStated}}
	here := orb.Point{104, 30}
	for _, test := range []struct {
		name      string
		c         Candidate
		criterion Criterion
		want      PartScore
	}{
		{"a direction that is stated", candidate("a", 104, withCode("auto", BasisStated)), ByAI, PartScore{1, true}},
		{"one that is inferred", candidate("a", 104, withCode("auto", BasisInferred)), ByAI, PartScore{0.6, true}},
		{"another one", candidate("a", 104, withCode("chip", BasisStated)), ByAI, PartScore{0, true}},
		{"stated through a place, inferred from the name", candidate("a", 104, withCode("auto", BasisInferred), through), ByAI, PartScore{1, true}},
		{"only fields", candidate("a", 104, Area{Fields: []Label{{ZH: "云"}}}), ByAI, PartScore{0, true}},
		{"nothing stated is not known", candidate("a", 104, Area{}), ByAI, PartScore{}},
		{"a target", candidate("a", 104, Area{Targets: []Target{{Value: 1}}}), ByTargets, PartScore{1, true}},
		{"no target", candidate("a", 104, Area{}), ByTargets, PartScore{0, true}},
		{"surveyed", candidate("a", 104, Area{Provenance: Provenance{Outline: OutlineSurveyed}}), ByOutline, PartScore{1, true}},
		{"digitised", candidate("a", 104, Area{Provenance: Provenance{Outline: OutlineDigitised}}), ByOutline, PartScore{0.6, true}},
		{"schematic", candidate("a", 104, Area{Provenance: Provenance{Outline: OutlineSchematic}}), ByOutline, PartScore{0.2, true}},
		{"no outline", candidate("a", 104, Area{}), ByOutline, PartScore{}},
		{"at the place", candidate("a", 104, Area{}), ByNearness, PartScore{1, true}},
		{"half way", candidate("a", 104.5, Area{}), ByNearness, PartScore{0.5, true}},
		{"the farthest", candidate("a", 105, Area{}), ByNearness, PartScore{0, true}},
		{"nowhere", Candidate{ID: "a", Area: &Area{}}, ByNearness, PartScore{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			wish := Wish{Codes: []string{"finance", "auto"}, Near: &here, Weights: DefaultWeights()}
			for _, s := range Shortlist([]Candidate{test.c, candidate("far", 105, Area{})}, wish) {
				if s.ID == "a" && s.Parts[test.criterion] != test.want {
					t.Errorf("%+v, want %+v", s.Parts[test.criterion], test.want)
				}
			}
		})
	}
}

func TestShortlistRanks(t *testing.T) {
	stated := withCode("auto", BasisStated)
	stated.Targets = []Target{{Value: 1}}
	candidates := []Candidate{
		candidate("none", 104, Area{}), candidate("inferred", 104, withCode("auto", BasisInferred)),
		candidate("both", 104, stated), candidate("also inferred", 104, withCode("auto", BasisInferred)),
	}
	for _, test := range []struct {
		name  string
		wish  Wish
		ids   []ID
		ranks []int
		sums  []float64
	}{
		{"by direction", Wish{Codes: []string{"auto"}, Weights: Weights{3, 0, 0, 0}}, []ID{"both", "inferred", "also inferred", "none"}, []int{1, 2, 2, 4}, []float64{3, 1.8, 1.8, 0}},
		{"by direction and targets", Wish{Codes: []string{"auto"}, Weights: Weights{1, 0, 2, 0}}, []ID{"both", "inferred", "also inferred", "none"}, []int{1, 2, 2, 4}, []float64{3, 0.6, 0.6, 0}},
		{"nothing counts", Wish{Codes: []string{"auto"}}, []ID{"none", "inferred", "both", "also inferred"}, []int{1, 1, 1, 1}, []float64{0, 0, 0, 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			for i, s := range Shortlist(candidates, test.wish) {
				if s.ID != test.ids[i] || s.Rank != test.ranks[i] || math.Abs(s.Sum-test.sums[i]) > 1e-9 {
					t.Errorf("%d: %s rank %d sum %v, want %s %d %v", i, s.ID, s.Rank, s.Sum, test.ids[i], test.ranks[i], test.sums[i])
				}
			}
		})
	}
}

func TestShortlistDistance(t *testing.T) {
	here := orb.Point{104, 30}
	s := Shortlist([]Candidate{candidate("a", 104.1, Area{})}, Wish{Near: &here})
	const want = 9648.8 // metres along the parallel: a·cos φ/√(1−e²·sin² φ)·0.1°; the geodesic is a hair shorter
	if math.Abs(s[0].DistanceM-want) > 0.5 {
		t.Errorf("%v m, want %v", s[0].DistanceM, want)
	}
	if got := (Weights{3, 2, 1, 0}).Max(); got != 6 {
		t.Errorf("the greatest sum is %d", got)
	}
}

func TestHolding(t *testing.T) {
	l := &Layout{Features: []Feature{
		{Collection: Areas, ID: "A", Properties: &Area{ResponsibleUnits: []ID{"U1"}}},
		{Collection: Areas, ID: "B", Properties: &Area{ResponsibleUnits: []ID{"U1", "U2"}}},
		{Collection: Places, ID: "A-1", Properties: &Place{Base: Base{Parent: "A"}}},
		{Collection: Facilities, ID: "F1", Properties: &Facility{Area: "A-1"}},
		{Collection: Facilities, ID: "F2", Properties: &Facility{Base: Base{Parent: "B"}}},
		{Collection: Facilities, ID: "F3", Properties: &Facility{}},
	}}
	for _, test := range []struct {
		feature ID
		want    []ID
	}{
		{"A", []ID{"A"}}, {"A-1", []ID{"A"}}, {"F1", []ID{"A"}}, {"F2", []ID{"B"}}, {"F3", nil}, {"U1", []ID{"A", "B"}}, {"U2", []ID{"B"}}, {"none", nil},
	} {
		got := Holding(l, map[ID]bool{test.feature: true})
		if len(got) != len(test.want) {
			t.Errorf("%s: %v", test.feature, got)
		}
		for _, id := range test.want {
			if !got[id] {
				t.Errorf("%s: %v, want %v", test.feature, got, test.want)
			}
		}
	}
}
