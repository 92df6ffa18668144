package geodata_test

import (
	"encoding/csv"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parkmap/geodata"
	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

func read(t *testing.T) *layout.Layout {
	t.Helper()
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func areas(t *testing.T) map[layout.ID]*layout.Area {
	t.Helper()
	found := map[layout.ID]*layout.Area{}
	for _, f := range read(t).Features {
		if a, ok := f.Properties.(*layout.Area); ok {
			found[f.ID] = a
		}
	}
	return found
}

func TestCounts(t *testing.T) {
	l := read(t)
	got := map[layout.CollectionID]int{}
	located := map[layout.CollectionID]int{}
	for _, f := range l.Features {
		got[f.Collection]++
		if f.Geometry != nil {
			located[f.Collection]++
		}
	}
	want := map[layout.CollectionID]int{
		layout.Areas: 14, layout.Places: 16, layout.Facilities: 78, layout.Districts: 20, layout.Context: 21,
		layout.Scenarios: 7, layout.Tasks: 19, layout.Goals: 6, layout.Units: 26, layout.Organisations: 35,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("features (-want +got):\n%s", diff)
	}
	want = map[layout.CollectionID]int{
		layout.Areas: 14, layout.Places: 13, layout.Facilities: 20, layout.Districts: 20, layout.Context: 21,
	}
	if diff := cmp.Diff(want, located); diff != "" {
		t.Errorf("features with a geometry (-want +got):\n%s", diff)
	}
	d := l.Document
	counts := []int{
		len(d.Parts), len(d.Sections), len(d.Figures), len(d.Numbers), len(d.NamedPlaces), len(d.Inconsistencies),
		len(d.UnplacedClusters), len(d.PolicyReferences),
	}
	if diff := cmp.Diff([]int{4, 7, 3, 47, 29, 17, 3, 6}, counts); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
}

// TestIDs holds the layout against the register of ids, which only ever grows.
func TestIDs(t *testing.T) {
	file, err := os.Open("testdata/ids.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, f := range read(t).Features {
		c := f.Properties.Common()
		got[string(f.ID)] = []string{string(f.ID), c.Slug, c.NameZH}
	}
	for _, want := range rows[1:] {
		if diff := cmp.Diff(want, got[want[0]]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want[0], diff)
		}
	}
	if len(rows) != 202 {
		t.Errorf("%d ids are registered", len(rows)-1)
	}
}

func TestSpecialisations(t *testing.T) {
	want := map[layout.ID]string{
		"C1": "bigdata:stated:C1-07 medical:stated:C1-08 finance:stated:C1-09 creative:stated:",
		"Z1": "", "P01": "smartmfg:inferred:", "P02": "", "P03": "health:inferred:", "P04": "",
		"P05": "auto:inferred:", "P06": "medical:inferred:", "P07": "agri:inferred:", "P08": "chip:inferred:",
		"P09": "creative:inferred: tourism:inferred:", "P10": "apps:inferred:", "P11": "smartmfg:inferred:", "P12": "",
	}
	got := map[layout.ID]string{}
	for id, a := range areas(t) {
		var list []string
		for _, s := range a.Specialisations {
			list = append(list, s.Code+":"+s.Basis+":"+string(s.Through))
		}
		got[id] = strings.Join(list, " ")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("AI+ codes (-want +got):\n%s", diff)
	}
}

func TestAreas(t *testing.T) {
	all := areas(t)
	for id, a := range all {
		park := a.Kind == layout.KindPark
		if park != (len(a.Targets) == 0) {
			t.Errorf("%s has %d targets", id, len(a.Targets))
		}
		if (a.Responsibility == layout.ResponsibilityShared) != park || (len(a.ResponsibleUnits) == 8) != park {
			t.Errorf("%s: units %v, %s", id, a.ResponsibleUnits, a.Responsibility)
		}
		if park && len(a.Fields) > 0 {
			t.Errorf("%s has fields, which the document gives to no park", id)
		}
		published := slices.Contains([]layout.ID{"Z1", "P06", "P08"}, id)
		if (a.PlannedAreaKM2 > 0) != published || (a.SizeBasis == layout.SizePublished) != published {
			t.Errorf("%s: planned area %v, %s", id, a.PlannedAreaKM2, a.SizeBasis)
		}
		if a.Outline != layout.OutlineSchematic || a.PositionErrorM < 1500 || a.Centre == nil || len(a.Districts) == 0 {
			t.Errorf("%s: outline %s, error %v, centre %v, districts %v", id, a.Outline, a.PositionErrorM, a.Centre, a.Districts)
		}
	}
	functional := map[layout.ID]layout.ID{"C1": "X15", "Z1": "X16", "P01": "X17"}
	for id, a := range all {
		if a.FunctionalArea != functional[id] {
			t.Errorf("%s: functional area %q, want %q", id, a.FunctionalArea, functional[id])
		}
	}
	if s := all["C1"].IndustriesSource; !strings.HasPrefix(s, "Chengdu innovation overview (web page, address not kept)") {
		t.Errorf("C1: source of the industries %q", s)
	}
}

func TestRelatedClauses(t *testing.T) {
	want := map[layout.ID]string{
		"P05": "三.(四).10 智能网联汽车", "P06": "三.(四).9 健康医疗大数据, 三.(五).13 智慧社区", "P07": "三.(四).10 数字农业",
	}
	for id, a := range areas(t) {
		var got []string
		for _, r := range a.RelatedClauses {
			got = append(got, r.Clause+" "+r.TopicZH)
		}
		if strings.Join(got, ", ") != want[id] {
			t.Errorf("%s: %v, want %s", id, got, want[id])
		}
	}
}

func TestOutlineSizes(t *testing.T) {
	want := map[layout.ID]float64{
		"C1": 67.47, "Z1": 132, "P01": 18, "P02": 8, "P03": 9, "P04": 10, "P05": 20, "P06": 41.15, "P07": 20,
		"P08": 20, "P09": 15, "P10": 12, "P11": 16, "P12": 8,
	}
	for _, f := range read(t).Features {
		if f.Collection != layout.Areas {
			continue
		}
		if got := geo.AreaM2(f.Geometry) / 1e6; got < want[f.ID]-0.01 || got > want[f.ID]+0.01 {
			t.Errorf("%s: %.3f km², want %v", f.ID, got, want[f.ID])
		}
	}
}

// TestOnGrid: geometry is in the files as it is stored, so that a round trip changes nothing.
func TestOnGrid(t *testing.T) {
	for _, f := range read(t).Features {
		if f.Geometry == nil {
			continue
		}
		if diff := cmp.Diff(f.Geometry, geo.Normalise(f.Geometry)); diff != "" {
			t.Errorf("%s:\n%s", f.ID, diff)
		}
	}
}

func TestClauses(t *testing.T) {
	item := regexp.MustCompile(`^(三\.\([一二三四五六]\)\.([1-9]|1[0-7])|四\.1[89])$`)
	goal := regexp.MustCompile(`^二 goal [1-6]$`)
	for _, f := range read(t).Features {
		c := f.Properties.Common()
		switch f.Collection {
		case layout.Goals:
			if !goal.MatchString(c.Clause) {
				t.Errorf("%s: clause %q", f.ID, c.Clause)
			}
		case layout.Areas, layout.Places, layout.Facilities, layout.Scenarios, layout.Tasks:
			if !item.MatchString(c.Clause) {
				t.Errorf("%s: clause %q", f.ID, c.Clause)
			}
		}
		if u, ok := f.Properties.(*layout.Unit); ok {
			for _, clause := range u.Items {
				number, _, _ := strings.Cut(clause, " ")
				if !item.MatchString(number) {
					t.Errorf("%s: clause %q", f.ID, clause)
				}
			}
		}
	}
}

// TestUnitsAnswer holds the clauses of each unit against the tasks and scenarios that name it.
func TestUnitsAnswer(t *testing.T) {
	l := read(t)
	named := map[layout.ID][]string{}
	scenarios := map[string]bool{}
	for _, f := range l.Features {
		if s, ok := f.Properties.(*layout.Scenario); ok {
			scenarios[s.Clause] = true
			for _, u := range s.ResponsibleUnits {
				named[u] = append(named[u], s.Clause+" "+s.NameZH)
			}
		}
	}
	for _, f := range l.Features {
		if task, ok := f.Properties.(*layout.Task); ok && !scenarios[task.Clause] {
			for _, u := range task.ResponsibleUnits {
				named[u] = append(named[u], task.Clause)
			}
		}
	}
	for _, f := range l.Features {
		u, ok := f.Properties.(*layout.Unit)
		if !ok {
			continue
		}
		want := slices.Sorted(slices.Values(u.Items))
		if diff := cmp.Diff(want, slices.Sorted(slices.Values(named[f.ID]))); diff != "" {
			t.Errorf("%s %s (-clauses +named):\n%s", f.ID, u.NameZH, diff)
		}
	}
}

func TestGoalFive(t *testing.T) {
	for _, f := range read(t).Features {
		g, ok := f.Properties.(*layout.Goal)
		if !ok {
			continue
		}
		var want []string
		if f.ID == "G5" {
			want = []string{"urban", "health"}
		}
		if !slices.Equal(g.Specialised, want) {
			t.Errorf("%s: codes %v, want %v", f.ID, g.Specialised, want)
		}
	}
}

func TestDocument(t *testing.T) {
	d := read(t).Document
	if d.Effective != "2020-12-10" || d.Expires != "2022-12-31" || d.TargetYear != 2022 || d.Issued != "" {
		t.Errorf("dates %q, %q, %d, %q", d.Effective, d.Expires, d.TargetYear, d.Issued)
	}
	if d.Structure.ParksNamed != 12 || d.Structure.ParksStated != 10 {
		t.Errorf("parks %d, %d", d.Structure.ParksNamed, d.Structure.ParksStated)
	}
	var focus []layout.ID
	for _, f := range d.Figures {
		focus = append(focus, f.Focus)
	}
	if diff := cmp.Diff([]layout.ID{"", "C1", "Z1"}, focus); diff != "" {
		t.Errorf("figures (-want +got):\n%s", diff)
	}
	licences, err := geodata.FS.ReadFile("LICENSES")
	if err != nil {
		t.Fatal(err)
	}
	texts := 0
	for _, a := range d.Attributions {
		if a.Text == "" {
			continue
		}
		texts++
		if !strings.Contains(string(licences), a.Text) || !strings.Contains(a.Text, a.Holder) {
			t.Errorf("the licence of %s is not in LICENSES", a.Name)
		}
	}
	if texts != 2 {
		t.Errorf("%d licences in full, want 2", texts)
	}
}

// TestBothLanguages: every label and text of the layout can be shown in either language.
func TestBothLanguages(t *testing.T) {
	l := read(t)
	for _, i := range l.Document.Inconsistencies {
		if i.WhatZH == "" || i.WhatEN == "" || i.DetailZH == "" || i.DetailEN == "" {
			t.Errorf("inconsistency %s", i.ID)
		}
	}
	for _, n := range l.Document.Numbers {
		if n.MetricZH == "" || n.MetricEN == "" {
			t.Errorf("number %v", n)
		}
	}
	empty := regexp.MustCompile(`"(en|zh|[a-z_]+_en|[a-z_]+_zh)":""`)
	label := regexp.MustCompile(`\{"zh":"[^"]*"\}`)
	for _, f := range l.Features {
		data, err := layout.MarshalProperties(f.Properties)
		if err != nil {
			t.Fatal(err)
		}
		if m := empty.FindString(string(data)) + label.FindString(string(data)); m != "" {
			t.Errorf("%s: %s", f.ID, m)
		}
	}
}
