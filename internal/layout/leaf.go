package layout

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// leaves checks every text and number of a value, its nested structs included: texts of a closed list are
// of that list, with empty as absent, points are on earth, and nothing else is negative. Paths are those of
// prefix, which ends in a slash.
func (v *validator) leaves(c CollectionID, properties any, prefix string) {
	walk(reflect.ValueOf(properties), "", "", func(path, name string, leaf reflect.Value) {
		switch leaf.Kind() {
		case reflect.String:
			v.word(c, prefix+path, name, leaf.String())
		case reflect.Int:
			v.number(prefix+path, name, float64(leaf.Int()))
		case reflect.Float64:
			v.number(prefix+path, name, leaf.Float())
		}
	})
}

func (v *validator) word(c CollectionID, path, name, text string) {
	if name == "kind" || text == "" {
		return
	}
	if enum := enumOf(c, name); enum != nil && !slices.Contains(enum, text) {
		v.add(RuleValue, path, "%.80q is none of %v", text, enum)
	}
}

func (v *validator) number(path, name string, n float64) {
	switch {
	case math.IsNaN(n) || math.IsInf(n, 0):
		v.add(RuleValue, path, "not a number")
	case name == "label_point":
	case name == "lon" || name == "lat":
		if math.Abs(n) > map[string]float64{"lon": 180, "lat": 90}[name] {
			v.add(RuleValue, path, "%v is not on earth", n)
		}
	case n < 0:
		v.add(RuleValue, path, "%v is negative", n)
	}
}

// walk calls visit for every text, number and boolean in a value, with its path and the name of its property.
func walk(value reflect.Value, path, name string, visit func(path, name string, leaf reflect.Value)) {
	switch value.Kind() {
	case reflect.Pointer:
		if !value.IsNil() {
			walk(value.Elem(), path, name, visit)
		}
	case reflect.Slice, reflect.Array:
		for i := range value.Len() {
			walk(value.Index(i), join(path, strconv.Itoa(i)), name, visit)
		}
	case reflect.Struct:
		for i := range value.NumField() {
			inner, _, _ := strings.Cut(value.Type().Field(i).Tag.Get("json"), ",")
			walk(value.Field(i), join(path, inner), inner, visit)
		}
	default:
		visit(path, name, value)
	}
}

// join appends a name to a path; embedded structs have none.
func join(path, name string) string {
	return strings.Trim(path+"/"+name, "/")
}
