package layout

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// faults collects violations up to maxViolations.
type faults []Violation

func (f *faults) add(rule, path, format string, args ...any) {
	f.addViolation(Violation{Rule: rule, Path: path, Detail: fmt.Sprintf(format, args...)})
}

func (f *faults) addViolation(v Violation) {
	if len(*f) < maxViolations {
		*f = append(*f, v)
	}
}

// err returns the faults as one error of kind invalid, or nil.
func (f faults) err(concerns string) error {
	if len(f) == 0 {
		return nil
	}
	return Invalid(concerns, f...)
}

// fill sets a value from JSON. It finds what encoding/json lets pass or reports without a place: unknown
// names, names in another case, wrong types, numbers that do not fit, texts and lists that are too long. A
// null in an object counts as absent.
func (f *faults) fill(n node, v reflect.Value, path string) {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if want := kindOf(v.Type()); n.kind != want {
		f.add(RuleType, path, "%s stands where %s is needed", article(n.kind), article(want))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		f.fillStruct(n, v, path)
	case reflect.Slice, reflect.Array:
		f.fillList(n, v, path)
	case reflect.String:
		f.checkText(n.text, path)
		v.SetString(n.text)
	case reflect.Bool:
		v.SetBool(n.text == "true")
	default:
		f.fillNumber(n.text, v, path)
	}
}

func (f *faults) fillStruct(n node, v reflect.Value, path string) {
	fields := fieldsOf(v.Type())
	for _, m := range n.members {
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == m.name })
		switch {
		case i < 0:
			f.add(RuleMember, pointer(path, m.name), "unknown property %.80q", m.name)
		case m.value.kind != nodeNull:
			f.fill(m.value, v.FieldByIndex(fields[i].index), pointer(path, m.name))
		}
	}
}

func (f *faults) fillList(n node, v reflect.Value, path string) {
	switch {
	case len(n.items) > maxItems:
		f.add(RuleLimit, path, "%d entries are more than %d", len(n.items), maxItems)
		return
	case v.Kind() == reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	case len(n.items) != v.Len():
		f.add(RuleType, path, "%d numbers stand where %d are needed", len(n.items), v.Len())
		return
	}
	for i, item := range n.items {
		f.fill(item, v.Index(i), pointer(path, strconv.Itoa(i)))
	}
}

func (f *faults) fillNumber(digits string, v reflect.Value, path string) {
	if v.Kind() == reflect.Int {
		whole, err := strconv.ParseInt(digits, 10, 32)
		if err != nil {
			f.add(RuleType, path, "%.40s is not a whole number", digits)
		}
		v.SetInt(whole)
		return
	}
	number, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		f.add(RuleType, path, "%.40s is too large a number", digits)
	}
	v.SetFloat(number)
}

func (f *faults) checkText(s, path string) {
	if utf8.RuneCountInString(s) > maxText {
		f.add(RuleLimit, path, "longer than %d characters", maxText)
	}
	for _, r := range s {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			f.add(RuleText, path, "holds the control character %U", r)
			return
		}
	}
}

// field is one property of a struct as JSON sees it, embedded structs flattened.
type field struct {
	name     string
	index    []int // for reflect.Value.FieldByIndex
	goType   reflect.Type
	optional bool
}

// fieldTables returns the fields of every struct that a layout is made of. Reflection is slow, so they are
// listed once.
var fieldTables = sync.OnceValue(func() map[reflect.Type][]field {
	tables := map[reflect.Type][]field{}
	listFields(tables, reflect.TypeFor[Document]())
	for _, c := range Collections() {
		listFields(tables, reflect.TypeOf(NewProperties(c)))
	}
	return tables
})

func fieldsOf(t reflect.Type) []field { return fieldTables()[t] }

// listFields adds the fields of t, and of the structs in it, to the tables.
func listFields(tables map[reflect.Type][]field, t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		listFields(tables, t.Elem())
	case reflect.Struct:
		if _, ok := tables[t]; ok {
			return
		}
		fields := []field{}
		for _, sf := range reflect.VisibleFields(t) {
			if !sf.Anonymous {
				name, options, _ := strings.Cut(sf.Tag.Get("json"), ",")
				fields = append(fields, field{name, sf.Index, sf.Type, options == "omitempty"})
			}
		}
		tables[t] = fields
		for _, f := range fields {
			listFields(tables, f.goType)
		}
	}
}

// kindOf returns the JSON type of a Go type.
func kindOf(t reflect.Type) nodeKind {
	switch t.Kind() {
	case reflect.Struct:
		return nodeObject
	case reflect.Slice, reflect.Array:
		return nodeArray
	case reflect.Bool:
		return nodeBool
	case reflect.Int, reflect.Float64:
		return nodeNumber
	}
	return nodeString
}

func article(k nodeKind) string {
	switch k {
	case nodeNull:
		return "null"
	case nodeObject, nodeArray:
		return "an " + string(k)
	}
	return "a " + string(k)
}
