package check

import (
	"errors"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/topology"
)

// outsideCity finds what of an outline lies outside of the city.
func (c *checker) outsideCity(f layout.Feature) []Issue {
	if len(c.city) == 0 {
		return nil
	}
	return outside(CodeOutsideCity, f, c.city)
}

// outsideDistrict finds what of an outline lies outside of all districts that the area names.
func (c *checker) outsideDistrict(f layout.Feature) []Issue {
	var outlines []orb.Geometry
	var ids []string
	area, _ := f.Properties.(*layout.Area)
	for _, id := range area.Districts {
		if d, ok := c.after[id]; ok && isSurface(d.Geometry) {
			outlines, ids = append(outlines, d.Geometry), append(ids, string(id))
		}
	}
	if len(outlines) == 0 {
		return nil
	}
	issues := outside(CodeOutsideDistrict, f, outlines)
	for k := range issues {
		if issues[k].Code == CodeOutsideDistrict {
			issues[k].With = layout.ID(ids[0])
			issues[k].Fix = &topology.Operation{Do: rule(CodeOutsideDistrict).Fix, ID: string(f.ID), With: ids}
		}
	}
	return issues
}

// outside returns an issue when more than the limit of f lies in none of the outlines.
func outside(code string, f layout.Feature, outlines []orb.Geometry) []Issue {
	beyond, err := topology.Beyond(f.Geometry, outlines...)
	if err != nil {
		return tooComplex(f, err)
	}
	if len(beyond) == 0 {
		return nil
	}
	pct := 100 * geo.AreaM2(beyond) / geo.AreaM2(f.Geometry)
	if pct <= rule(code).Limit {
		return nil
	}
	i := issue(code, f).at(geo.LabelPoint(beyond))
	i.Geometry = beyond
	i.Numbers = map[string]float64{"pct": min(100, pct), "km2": geo.Km2(geo.AreaM2(beyond))}
	return []Issue{i}
}

// overlaps finds the areas that f overlaps.
func (c *checker) overlaps(f layout.Feature) []Issue {
	var issues []Issue
	bound := f.Geometry.Bound()
	r := rule(CodeOverlap)
	for _, n := range c.areas {
		if n.ID == f.ID || !n.Geometry.Bound().Intersects(bound) || len(geo.Validate(n.Geometry)) > 0 {
			continue
		}
		common, err := topology.Common(f.Geometry, n.Geometry)
		if err != nil {
			issues = append(issues, tooComplex(f, err)...)
			continue
		}
		m2 := geo.AreaM2(common)
		if m2 < r.Limit {
			continue
		}
		i := issue(CodeOverlap, f).at(geo.LabelPoint(common))
		if isSurveyed(f) && isSurveyed(n) {
			i.Level = r.Surveyed
		}
		i.With, i.Geometry = n.ID, common
		i.Numbers = map[string]float64{"km2": geo.Km2(m2)}
		i.Fix = &topology.Operation{Do: r.Fix, ID: string(f.ID), With: []string{string(n.ID)}}
		issues = append(issues, i)
	}
	return issues
}

func isSurveyed(f layout.Feature) bool {
	a, ok := f.Properties.(*layout.Area)
	return ok && a.Outline == layout.OutlineSurveyed
}

// tooComplex says that outlines could not be compared.
func tooComplex(f layout.Feature, err error) []Issue {
	i := issue(CodeGeometry, f)
	i.Rule = string(geo.RuleTooComplex)
	var fault geo.Fault
	if errors.As(err, &fault) {
		i = i.at(fault.At)
		i.Rule = string(fault.Rule)
	}
	return []Issue{i}
}
