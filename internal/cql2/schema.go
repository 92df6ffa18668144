package cql2

import (
	"maps"
	"slices"
	"strings"

	"parkmap/internal/layout"
)

// Type is the type of a value.
type Type uint8

// The types. Lists have no order: they are compared as sets.
const (
	TypeNone Type = iota
	TypeBool
	TypeNumber
	TypeText
	TypeDate
	TypeTimestamp
	TypeInterval
	TypeGeometry
	TypeTexts
	TypeNumbers
)

// String names the type with its article, for messages.
func (t Type) String() string {
	return [...]string{
		"an empty list", "a condition or truth value", "a number", "a text", "a date", "a timestamp",
		"an interval", "a geometry", "a list of texts", "a list of numbers",
	}[t]
}

func (t Type) moment() bool { return t == TypeDate || t == TypeTimestamp }
func (t Type) list() bool   { return t == TypeTexts || t == TypeNumbers || t == TypeNone }

// PropertyGeometry is the name of the geometry of features in queryables and filters.
const PropertyGeometry = "geometry"

// Schema gives the type of each property that a filter may name.
type Schema map[string]Type

// SchemaOf returns the queryable ones of properties, and the geometry where features have one.
func SchemaOf(properties []layout.Property, geometry bool) Schema {
	s := Schema{}
	if geometry {
		s[PropertyGeometry] = TypeGeometry
	}
	for _, p := range properties {
		if p.Queryable {
			s[p.Name] = typeOf(p)
		}
	}
	return s
}

func typeOf(p layout.Property) Type {
	switch {
	case strings.HasPrefix(p.Format, "geometry"):
		return TypeGeometry
	case p.Codes != nil || p.Type == "array":
		return TypeTexts
	case p.Type == "boolean":
		return TypeBool
	case p.Type == "integer" || p.Type == "number":
		return TypeNumber
	case p.Format == "date":
		return TypeDate
	case p.Format == "date-time":
		return TypeTimestamp
	}
	return TypeText
}

// mostNames bounds the names that a message lists.
const mostNames = 60

func (s Schema) names() string {
	names := slices.Sorted(maps.Keys(s))
	if len(names) > mostNames {
		names = append(names[:mostNames], "…")
	}
	return strings.Join(names, ", ")
}
