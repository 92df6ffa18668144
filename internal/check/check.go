package check

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// Check returns the issues of changed features, each as it is to be, against the published layout without those that
// are removed. Features of the draft are neighbours to each other. The gravest come first, those of a level in the
// order of features and rules. The same input gives the same issues.
func Check(published *layout.Layout, changed []layout.Feature, removed []layout.ID) []Issue {
	c := newChecker(published, changed, removed)
	var issues []Issue
	for _, f := range changed {
		issues = append(issues, c.feature(f)...)
	}
	slices.SortStableFunc(issues, func(a, b Issue) int {
		return cmp.Or(cmp.Compare(rank(a.Level), rank(b.Level)))
	})
	return issues
}

func rank(l Level) int { return slices.Index([]Level{Error, Warning, Info}, l) }

// checker knows the layout as the draft makes it.
type checker struct {
	published map[layout.ID]layout.Feature
	after     map[layout.ID]layout.Feature
	areas     []layout.Feature // with outlines, in order
	city      []orb.Geometry
}

func newChecker(published *layout.Layout, changed []layout.Feature, removed []layout.ID) *checker {
	c := &checker{published: map[layout.ID]layout.Feature{}, after: map[layout.ID]layout.Feature{}}
	for _, f := range published.Features {
		c.published[f.ID] = f
		if !slices.Contains(removed, f.ID) {
			c.after[f.ID] = f
		}
	}
	for _, f := range changed {
		c.after[f.ID] = f
	}
	for _, f := range c.after {
		switch {
		case !isSurface(f.Geometry):
		case f.Collection == layout.Areas:
			c.areas = append(c.areas, f)
		case f.Collection == layout.Context && f.Properties.Common().Kind == "city":
			c.city = append(c.city, f.Geometry)
		}
	}
	slices.SortFunc(c.areas, layout.Compare)
	return c
}

func isSurface(g orb.Geometry) bool {
	switch g.(type) {
	case orb.Polygon, orb.MultiPolygon:
		return true
	}
	return false
}

// feature returns the issues of one feature. What lies where is looked at only when the outline is sound.
func (c *checker) feature(f layout.Feature) []Issue {
	if f.Geometry == nil {
		return nil
	}
	if issues := faults(f); len(issues) > 0 {
		return issues
	}
	if !isSurface(f.Geometry) {
		return nil
	}
	issues := touchingHoles(f)
	if f.Collection == layout.Areas {
		issues = append(issues, c.outsideCity(f)...)
		issues = append(issues, c.overlaps(f)...)
		issues = append(issues, c.outsideDistrict(f)...)
		issues = append(issues, c.slivers(f)...)
	}
	issues = append(issues, spikes(f)...)
	issues = append(issues, closePoints(f)...)
	issues = append(issues, c.areaChange(f)...)
	issues = append(issues, manyPoints(f)...)
	return append(issues, ringDirection(f)...)
}

// areaChange compares with the published revision.
func (c *checker) areaChange(f layout.Feature) []Issue {
	was, ok := c.published[f.ID]
	before := geo.AreaM2(was.Geometry)
	if !ok || before == 0 {
		return nil
	}
	after := geo.AreaM2(f.Geometry)
	pct := 100 * (after - before) / before
	size := max(pct, -pct)
	code := CodeAreaChange
	if size >= rule(CodeLargeChange).Limit {
		code = CodeLargeChange
	}
	if size < rule(code).Limit {
		return nil
	}
	i := issue(code, f).at(geo.LabelPoint(f.Geometry))
	i.Numbers = map[string]float64{"pct": pct, "before_km2": geo.Km2(before), "after_km2": geo.Km2(after)}
	return []Issue{i}
}
