package check_test

import (
	"math"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/geodata"
	"parkmap/internal/check"
	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/page"
	"parkmap/internal/topology"
	"parkmap/static"
)

func texts(t testing.TB) page.Texts {
	t.Helper()
	texts, err := page.LoadTexts(static.FS, "src/text")
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// Every issue of the vectors has a text in both languages, and all parameters of the text are filled in.
func TestIssuesAreSaid(t *testing.T) {
	texts := texts(t)
	for _, v := range readVectors(t) {
		for _, i := range check.Check(&layout.Layout{Features: features(v.Published)}, features(v.Changed), v.Removed) {
			for _, lang := range []string{page.Chinese, page.English} {
				text, err := texts.Voice(lang).T(i.TextKey(), i.Params(func(id layout.ID) string { return "‹" + string(id) + "›" })...)
				if err != nil || strings.ContainsAny(text, "{}") {
					t.Errorf("%s, %s: %q, %v", v.Name, i.Code, text, err)
				}
			}
		}
	}
}

// Every rule of the table and of geometry has a text in both languages.
func TestRulesAreSaid(t *testing.T) {
	texts := texts(t)
	for _, r := range check.Rules().Rules {
		i := check.Issue{Code: r.Code, Rule: string(geo.RuleEmpty)}
		for _, lang := range []string{page.Chinese, page.English} {
			if _, err := texts.Voice(lang).T(i.TextKey()); err != nil {
				t.Error(err)
			}
			if r.Fix == "" {
				continue
			}
			if _, err := texts.Voice(lang).T("do." + r.Fix); err != nil {
				t.Error(err)
			}
		}
	}
}

// Every rule of operations and of geometry, as their sources list them, has a text in both languages.
func TestFaultsAreSaid(t *testing.T) {
	texts := texts(t)
	constant := regexp.MustCompile(`(?m)^\tRule\w+\s+(?:geo\.)?Rule\s+= "([a-z-]+)"`)
	said := 0
	for _, file := range []string{"../topology/fault.go", "../geo/valid.go"} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range constant.FindAllStringSubmatch(string(source), -1) {
			said++
			for _, lang := range []string{page.Chinese, page.English} {
				if _, err := texts.Voice(lang).T("rule." + m[1]); err != nil {
					t.Error(err)
				}
			}
		}
	}
	if said < 25 {
		t.Errorf("only %d rules are listed", said)
	}
	for _, do := range topology.Operations() {
		if _, err := texts.Voice(page.Chinese).T("do." + do); err != nil {
			t.Error(err)
		}
	}
}

func TestParams(t *testing.T) {
	i := check.Issue{With: "P02", Numbers: map[string]float64{"km2": 0.123456, "pct": -14.26, "n": 12345, "m": 0, "a": 1e-9}}
	got := i.Params(func(id layout.ID) string { return "park " + string(id) })
	want := []any{"a", "0.000000001", "km2", "0.123", "m", "0", "n", "12345", "pct", "-14.3", "name", "park P02"}
	for k := range want {
		if got[k] != want[k] {
			t.Errorf("got %v, want %v", got, want)
			break
		}
	}
}

// The built-in layout, taken as a draft of itself, has nothing that would keep it from being submitted.
func TestBuiltInLayout(t *testing.T) {
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		t.Fatal(err)
	}
	var areas []layout.Feature
	for _, f := range l.Features {
		if f.Collection == layout.Areas {
			areas = append(areas, f)
		}
	}
	issues := check.Check(l, areas, nil)
	for _, i := range issues {
		t.Logf("%s %s %s %s %v", i.Level, i.Feature, i.Code, i.With, i.Numbers)
	}
	if check.Blocks(issues) {
		t.Error("it could not be submitted")
	}
}

// wavy returns a ring of n vertices around a place.
func wavy(at orb.Point, radius float64, n int) orb.Polygon {
	r := make(orb.Ring, 0, n+1)
	for i := range n {
		a := 2 * math.Pi * float64(i) / float64(n)
		d := radius * (1 + 0.1*math.Sin(17*a))
		r = append(r, orb.Point{at[0] + d*math.Cos(a), at[1] + d*math.Sin(a)})
	}
	return geo.Normalise(orb.Polygon{append(r, r[0])}).(orb.Polygon)
}

func BenchmarkCheck2000(b *testing.B) {
	l, err := layout.ReadFolder(geodata.FS)
	if err != nil {
		b.Fatal(err)
	}
	for _, f := range l.Features {
		if f.ID == "P05" {
			f.Geometry = wavy(geo.LabelPoint(f.Geometry), 0.12, 2000)
			for b.Loop() {
				check.Check(l, []layout.Feature{f}, nil)
			}
		}
	}
}
