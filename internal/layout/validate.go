package layout

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"parkmap/internal/geo"
)

// idPattern and slugPattern are what ids, slugs and open words look like.
const (
	idPattern   = `^[A-Za-z0-9][A-Za-z0-9-]{0,31}$`
	slugPattern = `^[a-z0-9][a-z0-9-]{0,63}$`
)

// Validate checks all rules of a layout: each feature by itself, the references between features, and the
// document. The error is of kind invalid; a path of its violations is collection/id/properties/name, or
// document/name.
func Validate(l *Layout) error {
	v := newValidator(l)
	areas := 0
	for _, f := range l.Features {
		v.feature(f)
		if f.Collection == Areas {
			areas++
		}
	}
	if areas == 0 {
		v.add(RuleHasArea, "", "a layout has at least one area")
	}
	v.names(l)
	v.document(l.Document)
	return v.err("layout")
}

// ValidateFeature checks a feature of l by the rules of Validate, and that its names are its own. The paths
// of the violations are JSON pointers into the feature.
func ValidateFeature(l *Layout, f Feature) error {
	v := newValidator(l)
	v.feature(f)
	others := slices.DeleteFunc(slices.Clone(l.Features), func(o Feature) bool { return o.Collection == f.Collection && o.ID == f.ID })
	v.names(&Layout{Features: append(others, f)}) // whoever comes last has taken a name of another
	own := faults{}
	for _, fault := range v.faults {
		if path, ok := strings.CutPrefix(fault.Path, pathOf(f, "")); ok && (path == "" || path[0] == '/') {
			fault.Path = cmp.Or(path, "/id")
			own = append(own, fault)
		}
	}
	return own.err(pathOf(f, ""))
}

// validator collects the faults of a layout. It is made for one call.
type validator struct {
	faults
	id, slug *regexp.Regexp
	codes    []string
	sort     map[ID]CollectionID
}

func newValidator(l *Layout) *validator {
	v := &validator{
		id:   regexp.MustCompile(idPattern),
		slug: regexp.MustCompile(slugPattern),
		sort: make(map[ID]CollectionID, len(l.Features)),
	}
	for _, s := range Specialisations() {
		v.codes = append(v.codes, s.Code)
	}
	for _, f := range l.Features {
		v.sort[f.ID] = f.Collection
	}
	return v
}

// names checks that ids and slugs each lead to one feature.
func (v *validator) names(l *Layout) {
	ids, slugs := map[ID]CollectionID{}, map[string]ID{}
	for _, f := range l.Features {
		if c, ok := ids[f.ID]; ok {
			v.add(RuleUniqueID, pathOf(f, ""), "the id is taken in %s already", c)
		}
		ids[f.ID] = f.Collection
	}
	for _, f := range l.Features {
		if f.Properties == nil || f.Properties.Common().Slug == "" {
			continue
		}
		slug := f.Properties.Common().Slug
		if id, ok := slugs[slug]; ok {
			v.add(RuleUniqueSlug, pathOf(f, "slug"), "the slug %q is that of %s already", slug, id)
		}
		if _, ok := ids[ID(slug)]; ok {
			v.add(RuleUniqueSlug, pathOf(f, "slug"), "the slug %q is an id", slug)
		}
		slugs[slug] = f.ID
	}
}

// feature checks one feature with its references.
func (v *validator) feature(f Feature) {
	want := NewProperties(f.Collection)
	if want == nil || reflect.TypeOf(f.Properties) != reflect.TypeOf(want) {
		v.add(RuleValue, pathOf(f, ""), "the properties are not those of the collection %q", f.Collection)
		return
	}
	if !v.id.MatchString(string(f.ID)) {
		v.add(RuleID, pathOf(f, ""), "the id %.40q is not letters, digits and hyphens, at most 32", f.ID)
	}
	v.common(f, f.Properties.Common())
	v.leaves(f.Collection, f.Properties, pathOf(f, "")+"/properties/")
	v.references(f)
	if a, ok := f.Properties.(*Area); ok {
		v.area(f, a)
	}
	if p, ok := f.Properties.(*Place); ok && p.Specialisation != nil {
		v.specialisation(f, "specialisation", *p.Specialisation)
	}
	if g, ok := f.Properties.(*Goal); ok {
		for _, code := range g.Specialised {
			v.code(f, "specialisations", code)
		}
	}
	v.geometry(f)
}

func (v *validator) common(f Feature, c *Base) {
	for name, text := range map[string]string{"name_zh": c.NameZH, "name_en": c.NameEN} {
		switch {
		case text == "":
			v.add(RuleName, pathOf(f, name), "there is no name")
		case utf8.RuneCountInString(text) > maxName:
			v.add(RuleName, pathOf(f, name), "the name is longer than %d characters", maxName)
		}
	}
	if c.Slug != "" && !v.slug.MatchString(c.Slug) {
		v.add(RuleSlug, pathOf(f, "slug"), "the slug %.80q is not lower-case letters, digits and hyphens", c.Slug)
	}
	if kinds := Kinds(f.Collection); kinds != nil && !slices.Contains(kinds, c.Kind) {
		v.add(RuleKind, pathOf(f, "kind"), "the kind %.80q is none of %v", c.Kind, kinds)
	} else if !v.slug.MatchString(c.Kind) {
		v.add(RuleKind, pathOf(f, "kind"), "the kind %.80q is not a short lower-case word", c.Kind)
	}
}

func (v *validator) area(f Feature, a *Area) {
	if a.Outline == "" {
		v.add(RuleOutline, pathOf(f, "outline"), "the area does not say how its outline was made")
	}
	if a.SizeBasis == SizePublished && a.PlannedAreaKM2 == 0 {
		v.add(RuleSize, pathOf(f, "size_basis"), "the size is said to be published, but there is no planned area")
	}
	if len(a.ResponsibleUnits) > 0 && a.Responsibility == "" {
		v.add(RuleValue, pathOf(f, "responsibility"), "it is not said whether the units are own or shared")
	}
	seen := map[string]bool{}
	for i, s := range a.Specialisations {
		name := fmt.Sprintf("specialisations/%d", i)
		v.specialisation(f, name, s)
		if seen[s.Code] {
			v.add(RuleSpecialisation, pathOf(f, name), "the code %.40q occurs twice", s.Code)
		}
		seen[s.Code] = true
	}
}

func (v *validator) specialisation(f Feature, name string, s Specialisation) {
	v.code(f, name+"/code", s.Code)
	if s.Basis != BasisStated && s.Basis != BasisInferred {
		v.add(RuleSpecialisation, pathOf(f, name+"/basis"), "the basis %.40q is neither stated nor inferred", s.Basis)
	}
	if s.LabelZH == "" || s.LabelEN == "" {
		v.add(RuleName, pathOf(f, name), "the specialisation has no label in both languages")
	}
	v.reference(f, name+"/through", RuleKnownFeature, s.Through, Places)
}

func (v *validator) code(f Feature, name, code string) {
	if !slices.Contains(v.codes, code) {
		v.add(RuleSpecialisation, pathOf(f, name), "the code %.40q is none of %v", code, v.codes)
	}
}

// geometry checks that the geometry is there or not, of a type that fits, and valid.
func (v *validator) geometry(f Feature) {
	path := string(f.Collection) + "/" + string(f.ID) + "/geometry"
	types, required := geometryTypes(f)
	switch {
	case f.Geometry == nil && required:
		v.add(RuleGeometryPresent, path, "there is no geometry")
	case f.Geometry == nil:
	case types == nil:
		v.add(RuleGeometryAbsent, path, "features of %s have no geometry", f.Collection)
	case !slices.Contains(types, f.Geometry.GeoJSONType()):
		v.add(RuleGeometryType, path, "a %s stands where one of %v is needed", f.Geometry.GeoJSONType(), types)
	default:
		for _, fault := range geo.Validate(f.Geometry) {
			v.addViolation(Violation{Rule: string(fault.Rule), Path: path, At: place(fault.At), Detail: fault.Detail})
		}
	}
}

// place returns the position of a fault, or nil when it has none that can be shown.
func place(p orb.Point) *orb.Point {
	if p == (orb.Point{}) || math.IsNaN(p[0]+p[1]) || math.IsInf(p[0]+p[1], 0) {
		return nil
	}
	return &p
}

// geometryTypes returns the types of geometry that fit a feature, and whether it must have one.
func geometryTypes(f Feature) (types []string, required bool) {
	points := []string{"Point", "MultiPoint"}
	lines := []string{"LineString", "MultiLineString"}
	surfaces := []string{"Polygon", "MultiPolygon"}
	switch f.Collection {
	case Areas, Districts:
		return surfaces, true
	case Places, Facilities:
		return slices.Concat(points, lines, surfaces), false
	case Context:
		switch f.Properties.Common().Kind {
		case "city", "lake":
			return surfaces, true
		case "ring-road", "ridge":
			return lines, true
		case "river":
			return slices.Concat(lines, surfaces), true
		}
		return slices.Concat(points, surfaces), true
	}
	return nil, false
}

func (v *validator) document(d Document) {
	for name, text := range map[string]string{"name_zh": d.NameZH, "name_en": d.NameEN} {
		if text == "" {
			v.add(RuleName, "document/"+name, "the layout has no name")
		}
	}
	dates := map[string]string{
		"issued": d.Issued, "page_date": d.PageDate, "effective": d.Effective, "expires": d.Expires,
	}
	for name, text := range dates {
		if _, err := time.Parse(time.DateOnly, text); text != "" && err != nil {
			v.add(RuleValue, "document/"+name, "%.40q is not a date such as 2006-01-02", text)
		}
	}
	v.leaves("", &d, "document/")
	v.documentReferences(d)
}

// pathOf returns the path of a property of f, or of f itself for "".
func pathOf(f Feature, name string) string {
	path := string(f.Collection) + "/" + string(f.ID)
	if name == "" {
		return path
	}
	return path + "/properties/" + name
}
