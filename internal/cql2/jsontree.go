package cql2

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// jsonNode is a JSON value with its place. Value is a bool, a json.Number, a string or nil; lists and objects
// have items.
type jsonNode struct {
	pos   int
	kind  json.Delim // '[' or '{'; 0 for a scalar
	value any
	names []string // of the members of an object
	items []jsonNode
}

// member returns the member of an object with a name; ok is false when there is none.
func (n *jsonNode) member(name string) (m *jsonNode, ok bool) {
	for i := range n.names {
		if n.names[i] == name {
			return &n.items[i], true
		}
	}
	return nil, false
}

// jsonReader reads values up to a depth. encoding/json finds neither names that occur twice nor places.
type jsonReader struct {
	dec   *json.Decoder
	input string
}

const (
	jsonDepth   = 2*MaxDepth + 8 // two for each operator, and room for a multipolygon below the deepest
	mostMembers = 8              // of an object
)

func readJSON(input string) (jsonNode, *fault) {
	r := jsonReader{json.NewDecoder(strings.NewReader(input)), input}
	r.dec.UseNumber()
	n, f := r.value(0)
	if f != nil {
		return n, f
	}
	end := r.pos()
	if _, err := r.dec.Token(); !errors.Is(err, io.EOF) {
		return n, newFault(end, "something follows the expression")
	}
	return n, nil
}

// pos is where the next token begins, about.
func (r *jsonReader) pos() int {
	at := int(r.dec.InputOffset())
	return at + len(r.input[at:]) - len(strings.TrimLeft(r.input[at:], " \t\r\n,:"))
}

func (r *jsonReader) value(depth int) (jsonNode, *fault) {
	n := jsonNode{pos: r.pos()}
	if depth > jsonDepth {
		return n, newFault(n.pos, "the operators stand more than %d deep in each other", MaxDepth)
	}
	tok, err := r.dec.Token()
	if err != nil {
		return n, newFault(n.pos, "this is no JSON")
	}
	delim, ok := tok.(json.Delim)
	if !ok {
		n.value = tok
		return n, nil
	}
	n.kind = delim
	for r.dec.More() {
		if f := r.item(&n, depth); f != nil {
			return n, f
		}
	}
	if _, err := r.dec.Token(); err != nil {
		return n, newFault(n.pos, "the JSON that begins here has no end")
	}
	return n, nil
}

func (r *jsonReader) item(n *jsonNode, depth int) *fault {
	if n.kind == '{' {
		pos := r.pos()
		tok, err := r.dec.Token()
		name, ok := tok.(string)
		if err != nil || !ok {
			return newFault(pos, "this is no JSON")
		}
		if _, twice := n.member(name); twice {
			return newFault(pos, "the member %.40q is there twice", name)
		}
		if n.names = append(n.names, name); len(n.names) > mostMembers {
			return newFault(pos, "an object has more members than any that has a meaning")
		}
	}
	item, f := r.value(depth + 1)
	n.items = append(n.items, item)
	return f
}
