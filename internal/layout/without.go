package layout

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
)

// MayHide lists the collections that a layout can be shown without: all but the areas, which it is about.
func MayHide() []CollectionID {
	return slices.DeleteFunc(Collections(), func(c CollectionID) bool { return c == Areas })
}

// Without returns l as somebody sees it who is to know nothing of some collections: without their features and
// without any reference to one of these, in features or in the document. l stays as it is; without collections to hide
// it is returned itself. Texts are left as they are, whatever they tell.
func (l *Layout) Without(hidden []CollectionID) (*Layout, error) {
	if len(hidden) == 0 {
		return l, nil
	}
	out := *l
	out.Hidden, out.Features = hidden, nil
	gone := map[ID]bool{}
	for _, f := range l.Features {
		if slices.Contains(hidden, f.Collection) {
			gone[f.ID] = true
		}
	}
	for _, f := range l.Features {
		if gone[f.ID] {
			continue
		}
		properties := NewProperties(f.Collection)
		if err := cloneWithout(f.Properties, properties, gone); err != nil {
			return nil, fmt.Errorf("feature %q: %w", f.ID, err)
		}
		if t, ok := properties.(*Task); ok { // a strength is one of an organisation
			t.Strengths = slices.DeleteFunc(t.Strengths, func(s Strength) bool { return s.Organisation == "" })
		}
		f.Properties = properties
		out.Features = append(out.Features, f)
	}
	out.Document = Document{}
	if err := cloneWithout(l.Document, &out.Document, gone); err != nil {
		return nil, fmt.Errorf("document: %w", err)
	}
	return &out, nil
}

// cloneWithout copies from into to, a pointer to the same type, and takes the ids that are gone out of the copy.
func cloneWithout(from, to any, gone map[ID]bool) error {
	data, err := MarshalJSON(from)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, to); err != nil {
		return err
	}
	forget(reflect.ValueOf(to), gone)
	return nil
}

var typeID = reflect.TypeFor[ID]()

// forget takes the ids that are gone out of v: members of lists go, other values become empty.
func forget(v reflect.Value, gone map[ID]bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			forget(v.Elem(), gone)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			forget(v.Field(i), gone)
		}
	case reflect.Slice:
		if ids, ok := v.Interface().([]ID); ok {
			v.Set(reflect.ValueOf(slices.DeleteFunc(ids, func(id ID) bool { return gone[id] })))
			return
		}
		for i := range v.Len() {
			forget(v.Index(i), gone)
		}
	case reflect.String:
		if v.Type() == typeID && gone[ID(v.String())] {
			v.SetString("")
		}
	}
}
