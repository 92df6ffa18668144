package layout

import (
	"reflect"
	"slices"
)

// SchemaOf returns the properties of a stored collection or of a view, in their order, the computed ones
// last; nil for any other collection.
func SchemaOf(c CollectionID) []Property {
	p := NewProperties(stored(c))
	if p == nil {
		return nil
	}
	properties := []Property{{Name: "id", Type: "string", Required: true, Queryable: true, Sortable: true, Computed: true}}
	for _, f := range fieldsOf(reflect.TypeOf(p).Elem()) {
		properties = append(properties, propertyOf(c, f))
	}
	properties = append(properties, computed(stored(c))...)
	titles := propertyTitles()
	for i := range properties {
		properties[i].Title = titles[properties[i].Name]
	}
	return properties
}

// computed returns the properties that the server makes itself, without id.
func computed(c CollectionID) []Property {
	properties := []Property{
		{Name: "version", Type: "integer", Queryable: true, Sortable: true, Computed: true},
		{Name: "changed_at", Type: "string", Format: "date-time", Queryable: true, Sortable: true, Computed: true},
	}
	if c != Areas {
		return properties
	}
	area := Property{Name: "area_km2", Type: "number", Queryable: true, Sortable: true, Computed: true}
	return append([]Property{area}, properties...)
}

func isComputed(c CollectionID, name string) bool {
	return name == "id" || slices.ContainsFunc(computed(c), func(p Property) bool { return p.Name == name })
}

func propertyOf(c CollectionID, f field) Property {
	t := f.goType
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	p := Property{Name: f.name, Type: string(kindOf(t)), Required: !f.optional, Enum: enumOf(c, f.name)}
	if t.Kind() == reflect.Int {
		p.Type = "integer"
	}
	texts := t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String
	scalar := p.Type != "array" && p.Type != "object"
	if t == reflect.TypeFor[Specialisation]() || t == reflect.TypeFor[[]Specialisation]() {
		p.Codes = specialisationCodes()
	}
	p.Queryable = scalar || texts || p.Codes != nil
	p.Sortable = scalar
	return p
}

func specialisationCodes() []string {
	var codes []string
	for _, s := range Specialisations() {
		codes = append(codes, s.Code)
	}
	return codes
}

// enumOf returns the closed list of values of a property, or nil.
func enumOf(c CollectionID, name string) []string {
	switch name {
	case "kind":
		return Kinds(c)
	case "outline":
		if stored(c) == Areas {
			return []string{OutlineSchematic, OutlineDigitised, OutlineSurveyed}
		}
	case "comparator":
		return []string{">", ">=", "=", "<="}
	case "size_basis":
		return []string{SizePublished, SizeNominal}
	case "responsibility":
		return []string{ResponsibilityOwn, ResponsibilityShared}
	case "place_basis", "place_in_text_basis":
		return []string{BasisStated, "from-name"}
	case "located":
		return []string{"true", "false", "unknown"}
	case "level":
		return []string{"municipal", "functional-area", "district", "central-agency", "collective"}
	case "confidence", "district_confidence", "planned_area_confidence", "host_area_confidence":
		return []string{"high", "medium", "low"}
	}
	return nil
}
