package check_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"parkmap/internal/check"
	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/page"
)

// badGeometry is every way in which a geometry can be wrong, with what is said of it, and whether there is a place.
var badGeometry = []struct {
	name  string
	g     orb.Geometry
	code  string
	rule  geo.Rule
	place bool
}{
	{"no rings", orb.Polygon{}, "geometry", geo.RuleEmpty, false},
	{"an empty ring", orb.Polygon{{}}, "geometry", geo.RuleEmpty, false},
	{"no parts", orb.MultiPolygon{}, "geometry", geo.RuleEmpty, false},
	{"not a number", orb.Polygon{{{104, 30}, {104.1, math.NaN()}, {104.1, 30.1}, {104, 30}}}, "geometry", geo.RuleFinite, false},
	{"infinite", orb.Polygon{{{104, 30}, {math.Inf(1), 30}, {104.1, 30.1}, {104, 30}}}, "geometry", geo.RuleFinite, false},
	{"1e308", orb.Polygon{{{104, 30}, {1e308, 30}, {104.1, 30.1}, {104, 30}}}, "geometry", geo.RuleRange, true},
	{"latitude first", orb.Polygon{{{30, 104}, {30, 104.1}, {30.1, 104.1}, {30, 104}}}, "geometry", geo.RuleRange, true},
	{"beyond the antimeridian", orb.Polygon{{{179, 0}, {181, 0}, {181, 1}, {179, 0}}}, "geometry", geo.RuleRange, true},
	{"metres", orb.Polygon{{{410452, 3393596}, {410552, 3393596}, {410552, 3393696}, {410452, 3393596}}}, "geometry", geo.RuleRange, true},
	{"a ring that is not closed", orb.Polygon{{{104, 30}, {104.1, 30}, {104.1, 30.1}, {104, 30.1}}}, "geometry", geo.RuleClosed, true},
	{"a ring of two points", orb.Polygon{{{104, 30}, {104.1, 30.1}, {104, 30}}}, "too-few-points", geo.RuleTooShort, true},
	{"a ring of one point, four times", orb.Polygon{{{104, 30}, {104, 30}, {104, 30}, {104, 30}}}, "too-few-points", geo.RuleTooShort, true},
	{"a bow tie", orb.Polygon{{{104, 30}, {104.1, 30.1}, {104.1, 30}, {104, 30.1}, {104, 30}}}, "self-crossing", geo.RuleSelfIntersection, true},
	{"a sliver without width", orb.Polygon{{{104, 30}, {104.1, 30}, {104.05, 30}, {104, 30}}}, "self-crossing", geo.RuleSelfIntersection, true},
	{"a spike", orb.Polygon{{{104, 30}, {104.1, 30}, {104.1, 30.1}, {104.2, 30.1}, {104.1, 30.1}, {104, 30.1}, {104, 30}}},
		"self-crossing", geo.RuleSelfIntersection, true},
	{"the ring walked twice", orb.Polygon{{{104, 30}, {104.1, 30}, {104.1, 30.1}, {104, 30}, {104.1, 30}, {104.1, 30.1}, {104, 30}}},
		"self-crossing", geo.RuleSelfIntersection, true},
	{"a hole outside", orb.Polygon{square(104, 30, 0.1), square(104.2, 30, 0.01)}, "hole", geo.RuleHoleInside, true},
	{"a hole across the border", orb.Polygon{square(104, 30, 0.1), square(104.09, 30.01, 0.05)}, "hole", geo.RuleHoleInside, true},
	{"a hole along the border", orb.Polygon{square(104, 30, 0.1), square(104.05, 30, 0.02)}, "hole", geo.RuleHoleInside, true},
	{"a hole that touches the border", orb.Polygon{square(104, 30, 0.1), {{104.05, 30}, {104.06, 30.02}, {104.04, 30.02}, {104.05, 30}}}, "hole", "", true},
	{"holes over each other", orb.Polygon{square(104, 30, 0.1), square(104.01, 30.01, 0.04), square(104.03, 30.03, 0.04)}, "hole", geo.RuleHolesApart, true},
	{"a hole in a hole", orb.Polygon{square(104, 30, 0.1), square(104.01, 30.01, 0.08), square(104.03, 30.03, 0.02)}, "hole", geo.RuleHolesApart, true},
	{"a hole as large as the outline", orb.Polygon{square(104, 30, 0.1), square(104, 30, 0.1)}, "self-crossing", geo.RuleRepeatedRing, true},
	{"holes that cut the outline in two", orb.Polygon{square(104, 30, 0.1), {{104.05, 30}, {104.07, 30.05}, {104.05, 30.1}, {104.03, 30.05}, {104.05, 30}}},
		"self-crossing", geo.RuleConnected, true},
	{"parts over each other", orb.MultiPolygon{{square(104, 30, 0.1)}, {square(104.05, 30.05, 0.1)}}, "self-crossing", geo.RulePartsApart, true},
	{"more than 100,000 points", wavy(orb.Point{104, 30}, 0.5, geo.MaxVertices+1), "geometry", geo.RuleVertices, false},
	{"a collection in a collection", orb.Collection{orb.Collection{orb.Point{104, 30}}}, "geometry", geo.RuleNested, false},
}

func square(x, y, size float64) orb.Ring {
	return orb.Ring{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}
}

// Bad geometry is an error of the draft, with its place and a sentence in both languages.
func TestBadGeometry(t *testing.T) {
	texts := texts(t)
	for _, c := range badGeometry {
		t.Run(c.name, func(t *testing.T) {
			f := layout.Feature{Collection: layout.Areas, ID: "T01", Geometry: c.g, Properties: &layout.Area{}}
			issues := check.Check(&layout.Layout{}, []layout.Feature{f}, nil)
			i := slices.IndexFunc(issues, func(i check.Issue) bool { return i.Code == c.code && i.Rule == string(c.rule) })
			if i < 0 || issues[i].Level != check.Error || !check.Blocks(issues) {
				t.Fatalf("got %v, want %s (%s)", issues, c.code, c.rule)
			}
			if (issues[i].At != nil) != c.place {
				t.Errorf("the place is %v", issues[i].At)
			}
			for _, lang := range []string{page.Chinese, page.English} {
				text, err := texts.Voice(lang).T(issues[i].TextKey(), issues[i].Params(nil)...)
				if err != nil || strings.Contains(text, "{") {
					t.Errorf("%s: %q, %v", lang, text, err)
				}
			}
		})
	}
}

// The wrong type of geometry for a collection is refused by the rules of the layout, which have their texts too.
func TestWrongTypeForTheCollection(t *testing.T) {
	texts := texts(t)
	for _, rule := range []string{layout.RuleGeometryPresent, layout.RuleGeometryAbsent, layout.RuleGeometryType, layout.RuleGeometryFlat} {
		for _, lang := range []string{page.Chinese, page.English} {
			if _, err := texts.Voice(lang).T("rule." + rule); err != nil {
				t.Error(err)
			}
		}
	}
	l := &layout.Layout{Features: []layout.Feature{{Collection: layout.Areas, ID: "T01", Geometry: orb.Point{104, 30}, Properties: &layout.Area{}}}}
	var err *layout.Error
	if !errors.As(layout.Validate(l), &err) || !slices.ContainsFunc(err.Violations, func(v layout.Violation) bool {
		return v.Rule == layout.RuleGeometryType && v.Path == "areas/T01/geometry"
	}) {
		t.Errorf("a point as an area: %v", err)
	}
}

// What is valid though awkward is no error.
func TestAwkwardButValid(t *testing.T) {
	for name, g := range map[string]orb.Geometry{
		"along the antimeridian": orb.MultiPolygon{{square(179, 0, 1)}, {square(-180, 0, 1)}},
		"repeated points":        orb.Polygon{{{104, 30}, {104.1, 30}, {104.1, 30}, {104.1, 30.1}, {104, 30.1}, {104, 30}}},
		"a sliver of one step":   orb.Polygon{{{104, 30}, {104.00000001, 30}, {104.00000001, 30.1}, {104, 30.1}, {104, 30}}},
		"a point":                orb.Point{104, 30},
	} {
		f := layout.Feature{Collection: layout.Areas, ID: "T01", Geometry: g, Properties: &layout.Area{}}
		if issues := check.Check(&layout.Layout{}, []layout.Feature{f}, nil); check.Blocks(issues) {
			t.Errorf("%s: %v", name, issues)
		}
	}
}
