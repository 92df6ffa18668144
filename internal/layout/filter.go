package layout

import (
	"slices"
	"strings"
)

// Unstated stands, among the directions of a filter, for areas of which the document names neither an
// AI+ direction nor a field.
const Unstated = "unstated"

// Filter chooses areas. Values of one group are alternatives; an area has to pass every group that is not
// empty. Kinds are core, zone and park; Directions are AI+ codes or Unstated; Districts are ids of districts
// and of functional areas; Units are ids of responsible units, whose shared lists count too.
type Filter struct {
	Kinds      []string
	Directions []string
	Districts  []string
	Units      []string
}

// ReadFilter reads a filter from the state in an address: the values of kind, ai, d and u, which get
// returns by name, separated by commas.
func ReadFilter(get func(name string) string) Filter {
	list := func(name string) []string {
		return strings.FieldsFunc(get(name), func(r rune) bool { return r == ',' })
	}
	return Filter{Kinds: list("kind"), Directions: list("ai"), Districts: list("d"), Units: list("u")}
}

// Empty says that the filter lets everything pass.
func (f Filter) Empty() bool {
	return len(f.Kinds)+len(f.Directions)+len(f.Districts)+len(f.Units) == 0
}

// Sieve answers which areas of one layout pass a filter. It is immutable.
type Sieve struct {
	order []ID
	areas map[ID]facets
	known facets // what may be asked for
}

// facets are the values of an area, or those of all that can be chosen, group by group.
type facets struct {
	kinds      []string
	directions []string
	districts  []string
	units      []string
}

// NewSieve looks a layout over once.
func NewSieve(l *Layout) *Sieve {
	s := &Sieve{areas: map[ID]facets{}, known: facets{kinds: Kinds(Areas), directions: []string{Unstated}}}
	for _, d := range Specialisations() {
		s.known.directions = append(s.known.directions, d.Code)
	}
	through := map[ID][]string{} // the directions of the places, by the area that holds them
	for i := range l.Features {
		f := &l.Features[i]
		switch p := f.Properties.(type) {
		case *Place:
			if p.Specialisation != nil {
				through[p.Parent] = append(through[p.Parent], p.Specialisation.Code)
			}
		case *District:
			s.known.districts = append(s.known.districts, string(f.ID))
		case *ContextFeature:
			if p.Kind == "functional-area" {
				s.known.districts = append(s.known.districts, string(f.ID))
			}
		case *Unit:
			s.known.units = append(s.known.units, string(f.ID))
		}
	}
	for i := range l.Features {
		if a, ok := l.Features[i].Properties.(*Area); ok {
			id := l.Features[i].ID
			s.order = append(s.order, id)
			s.areas[id] = facetsOf(a, through[id])
		}
	}
	return s
}

// facetsOf lists the values of an area; through are the directions of its places.
func facetsOf(a *Area, through []string) facets {
	f := facets{kinds: []string{a.Kind}, directions: slices.Clone(through)}
	for _, s := range a.Specialisations {
		f.directions = append(f.directions, s.Code)
	}
	if len(a.Specialisations) == 0 && len(a.Fields) == 0 {
		f.directions = append(f.directions, Unstated)
	}
	for _, id := range a.Districts {
		f.districts = append(f.districts, string(id))
	}
	if a.FunctionalArea != "" {
		f.districts = append(f.districts, string(a.FunctionalArea))
	}
	for _, id := range a.ResponsibleUnits {
		f.units = append(f.units, string(id))
	}
	return f
}

// Known returns the filter without the values that the layout does not know: they are ignored, and a group
// of nothing else lets everything pass.
func (s *Sieve) Known(f Filter) Filter {
	keep := func(values, known []string) []string {
		var out []string
		for _, v := range values {
			if slices.Contains(known, v) && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
		return out
	}
	return Filter{
		Kinds:      keep(f.Kinds, s.known.kinds),
		Directions: keep(f.Directions, s.known.directions),
		Districts:  keep(f.Districts, s.known.districts),
		Units:      keep(f.Units, s.known.units),
	}
}

// Passing returns the areas that pass a filter, or nil when the filter lets everything pass. When nothing
// passes it is empty and not nil.
func (s *Sieve) Passing(f Filter) map[ID]bool {
	f = s.Known(f)
	if f.Empty() {
		return nil
	}
	out := map[ID]bool{}
	for id, area := range s.areas {
		if area.pass(f) {
			out[id] = true
		}
	}
	return out
}

// Areas returns the areas that pass a filter in the order of the layout.
func (s *Sieve) Areas(f Filter) []ID {
	passing := s.Passing(f)
	out := make([]ID, 0, len(s.order))
	for _, id := range s.order {
		if passing == nil || passing[id] {
			out = append(out, id)
		}
	}
	return out
}

func (a facets) pass(f Filter) bool {
	for _, group := range [][2][]string{
		{f.Kinds, a.kinds}, {f.Directions, a.directions}, {f.Districts, a.districts}, {f.Units, a.units},
	} {
		wanted, has := group[0], group[1]
		if len(wanted) > 0 && !slices.ContainsFunc(wanted, func(v string) bool { return slices.Contains(has, v) }) {
			return false
		}
	}
	return true
}
