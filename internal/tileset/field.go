package tileset

import (
	"strings"

	"parkmap/internal/layout"
	"parkmap/internal/tile/mvt"
)

// Field is an attribute of the features of a layer in a tile. An attribute without a value is absent.
type Field struct {
	Name  string
	Type  string // string, integer, number or boolean
	Title layout.Label
}

// field is an attribute of the features of a layout with the way to its value; absent when ok is false.
type field struct {
	Field
	value func(f *layout.Feature) (v mvt.Value, ok bool)
}

// fieldsOf lists the attributes of a stored collection in tiles: what a style chooses, colours and labels by. The
// rest of a feature is a request away, by its id.
func fieldsOf(c layout.CollectionID) []field {
	own := append(commonFields(), ownFields(c)...)
	titles := map[string]layout.Label{
		fieldAI:    {ZH: "“AI+”方向代码,逗号分隔", EN: "Codes of the AI+ specialisations, commas between"},
		fieldBasis: {ZH: "首个“AI+”方向的依据", EN: "How the first AI+ specialisation is known"},
	}
	for _, p := range layout.SchemaOf(c) {
		titles[p.Name] = p.Title
	}
	for i := range own {
		own[i].Title = titles[own[i].Name]
	}
	return own
}

// Attributes that no property has as they are: the codes of a list of specialisations, and the basis of the first.
const (
	fieldAI    = "ai"
	fieldBasis = "ai_basis"
)

func commonFields() []field {
	return []field{
		text("id", func(f *layout.Feature) string { return string(f.ID) }),
		text("slug", func(f *layout.Feature) string { return f.Properties.Common().Slug }),
		text("kind", func(f *layout.Feature) string { return f.Properties.Common().Kind }),
		text("name_zh", func(f *layout.Feature) string { return f.Properties.Common().NameZH }),
		text("name_en", func(f *layout.Feature) string { return f.Properties.Common().NameEN }),
		text("parent", func(f *layout.Feature) string { return string(f.Properties.Common().Parent) }),
	}
}

func ownFields(c layout.CollectionID) []field {
	switch c {
	case layout.Areas:
		return []field{
			textOf("short_zh", func(a *layout.Area) string { return a.ShortZH }),
			textOf("short_en", func(a *layout.Area) string { return a.ShortEN }),
			numberOf("number", func(a *layout.Area) int { return a.Number }),
			textOf("outline", func(a *layout.Area) string { return a.Outline }),
			textOf(fieldAI, func(a *layout.Area) string { return codes(a.Specialisations...) }),
			textOf(fieldBasis, func(a *layout.Area) string { return basis(a.Specialisations...) }),
		}
	case layout.Places:
		return []field{
			numberOf("number", func(p *layout.Place) int { return p.Number }),
			textOf(fieldAI, func(p *layout.Place) string { return codes(specialisation(p)...) }),
			textOf(fieldBasis, func(p *layout.Place) string { return basis(specialisation(p)...) }),
		}
	case layout.Facilities:
		return []field{
			textOf("type", func(f *layout.Facility) string { return f.Type }),
			textOf("sector", func(f *layout.Facility) string { return f.Sector }),
			textOf("area", func(f *layout.Facility) string { return string(f.Area) }),
		}
	case layout.Districts:
		return []field{
			textOf("code", func(d *layout.District) string { return d.Code }),
			boolOf("schematic", func(d *layout.District) bool { return d.Schematic }),
		}
	case layout.Context:
		return []field{
			numberOf("order", func(x *layout.ContextFeature) int { return x.Order }),
			textOf("iata", func(x *layout.ContextFeature) string { return x.IATA }),
			boolOf("schematic", func(x *layout.ContextFeature) bool { return x.Schematic }),
		}
	}
	return nil
}

func codes(list ...layout.Specialisation) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = s.Code
	}
	return strings.Join(out, ",")
}

func basis(list ...layout.Specialisation) string {
	if len(list) == 0 {
		return ""
	}
	return list[0].Basis
}

// specialisation is that of a place, if it has one.
func specialisation(p *layout.Place) []layout.Specialisation {
	if p.Specialisation == nil {
		return nil
	}
	return []layout.Specialisation{*p.Specialisation}
}

func text(name string, of func(*layout.Feature) string) field {
	return field{Field{Name: name, Type: "string"}, func(f *layout.Feature) (mvt.Value, bool) {
		s := of(f)
		return mvt.String(s), s != ""
	}}
}

// textOf, numberOf and boolOf read from properties of the type P; of others there is no value.
func textOf[P layout.Properties](name string, of func(P) string) field {
	return text(name, func(f *layout.Feature) string {
		if p, ok := f.Properties.(P); ok {
			return of(p)
		}
		return ""
	})
}

func numberOf[P layout.Properties](name string, of func(P) int) field {
	return field{Field{Name: name, Type: "integer"}, func(f *layout.Feature) (mvt.Value, bool) {
		p, ok := f.Properties.(P)
		if !ok {
			return mvt.Value{}, false
		}
		n := of(p)
		return mvt.Int(int64(n)), n != 0
	}}
}

func boolOf[P layout.Properties](name string, of func(P) bool) field {
	return field{Field{Name: name, Type: "boolean"}, func(f *layout.Feature) (mvt.Value, bool) {
		p, ok := f.Properties.(P)
		return mvt.Bool(ok && of(p)), ok
	}}
}

// attrsOf collects the attributes that a feature has.
func attrsOf(fields []field, f *layout.Feature) []mvt.Attr {
	attrs := make([]mvt.Attr, 0, len(fields))
	for _, field := range fields {
		if v, ok := field.value(f); ok {
			attrs = append(attrs, mvt.Attr{Key: field.Name, Value: v})
		}
	}
	return attrs
}
