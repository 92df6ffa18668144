package page

import (
	"net/url"
	"strconv"
	"strings"

	"parkmap/internal/layout"
)

// StateKeys are the parameters of the map page's address, in the order in which links write them. The page
// that compares takes the same ones, and "all", which shows a ranking in full.
func StateKeys() []string {
	return []string{
		"v", "theme", "kind", "ai", "d", "u", "q", "sel", "cmp", "near", "sort", "w", "c", "bg", "links", "lang", "mode", "all",
	}
}

// DefaultWeights are the weights of a ranking as an address writes them: AI+, nearness, targets, outline.
// Addresses leave them out.
func DefaultWeights() string {
	var parts []string
	for _, n := range layout.DefaultWeights() {
		parts = append(parts, strconv.Itoa(n))
	}
	return strings.Join(parts, ListSeparator("w"))
}

// ListSeparator is what separates the values of a parameter that is a list, "" for any other one. A form may
// give each value by itself.
func ListSeparator(key string) string {
	switch key {
	case "kind", "ai", "d", "u", "cmp":
		return ","
	case "w":
		return "."
	}
	return ""
}

// StateQuery writes a state as a query without its question mark: keys in their order, commas as they are.
func StateQuery(values url.Values) string {
	var parts []string
	for _, key := range StateKeys() {
		if value := values.Get(key); value != "" {
			parts = append(parts, key+"="+strings.NewReplacer("%2C", ",", "%2F", "/").Replace(url.QueryEscape(value)))
		}
	}
	return strings.Join(parts, "&")
}

// stateLink is the address of a path of this site with the state of the page, changed: changes come as key,
// value; an empty value leaves the key out.
func (f frame) stateLink(path string, changes ...string) string {
	values := url.Values{}
	for key, value := range f.Query {
		values[key] = value
	}
	for i := 0; i+1 < len(changes); i += 2 {
		values.Set(changes[i], changes[i+1])
	}
	if query := StateQuery(values); query != "" {
		return path + "?" + query
	}
	return path
}

// Field is a hidden field of a form.
type Field struct{ Name, Value string }

// fields are the state of the page as hidden fields, without the keys that the form itself asks for.
func (f frame) fields(without ...string) []Field {
	var out []Field
	for _, key := range StateKeys() {
		value := f.Query.Get(key)
		for _, own := range without {
			if key == own {
				value = ""
			}
		}
		if value != "" {
			out = append(out, Field{key, value})
		}
	}
	return out
}
