package check

import (
	"maps"
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/topology"
)

// Issue is one thing that a check found.
type Issue struct {
	Code    string    `json:"code"`
	Level   Level     `json:"level"`
	Feature layout.ID `json:"feature"`
	Rule    string    `json:"rule,omitempty"` // of geo, for issues of geometry
	With    layout.ID `json:"with,omitempty"` // the neighbour or district that it is about
	// At is where to go to see it, as longitude and latitude; nil where there is no place.
	At *orb.Point `json:"at,omitempty"`
	// Geometry is the problem itself: what overlaps or lies outside, the gap, the points; nil where there is none.
	Geometry orb.Geometry       `json:"-"`
	Numbers  map[string]float64 `json:"numbers,omitempty"` // as the text names them, with their unit: km2, pct, m, n, a, b
	Lift     string             `json:"lift,omitempty"`    // the role that must accept it
	// Fix is an operation that mends it, nil where people have to.
	Fix *topology.Operation `json:"fix,omitempty"`
}

// TextKey returns the key of the issue's text in the catalogue.
func (i Issue) TextKey() string {
	if i.Code == CodeGeometry {
		return "rule." + i.Rule
	}
	return "check." + i.Code
}

// Params returns the parameters of the text as name, value, name, value, in the order of their names. Numbers have
// three significant digits. The name is that of the feature that With leads to, as name returns it.
func (i Issue) Params(name func(layout.ID) string) []any {
	var params []any
	for _, key := range slices.Sorted(maps.Keys(i.Numbers)) {
		params = append(params, key, number(i.Numbers[key]))
	}
	if i.With != "" {
		params = append(params, "name", name(i.With))
	}
	return params
}

// number writes v with three significant digits, whole numbers with all of theirs.
func number(v float64) string {
	if v == float64(int64(v)) || v >= 1000 || v <= -1000 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// Blocks tells whether a draft with the issues cannot be submitted.
func Blocks(issues []Issue) bool {
	return slices.ContainsFunc(issues, func(i Issue) bool { return i.Level == Error })
}

// issue returns an issue of a code for a feature.
func issue(code string, f layout.Feature) Issue {
	r := rule(code)
	return Issue{Code: code, Level: r.Level, Feature: f.ID, Lift: r.Lift}
}

func (i Issue) at(p orb.Point) Issue {
	i.At = &p
	return i
}
