package layout

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Limits of what is read. They are far above any layout and keep the work on hostile input small.
const (
	maxFileBytes  = 64 << 20
	maxDepth      = 24
	maxFeatures   = 20_000
	maxItems      = 2_000  // of a list in the properties
	maxText       = 20_000 // characters
	maxName       = 300
	maxViolations = 50
)

// node is one value of a JSON text, with the names of objects in their order.
type node struct {
	kind    nodeKind
	text    string // of a string its value, of a number or boolean its letters
	members []member
	items   []node
}

type member struct {
	name  string
	value node
}

type nodeKind string

const (
	nodeObject nodeKind = "object"
	nodeArray  nodeKind = "array"
	nodeString nodeKind = "string"
	nodeNumber nodeKind = "number"
	nodeBool   nodeKind = "boolean"
	nodeNull   nodeKind = "null"
)

// parse reads one JSON text. It refuses what encoding/json lets pass: names that occur twice, bytes that
// are not UTF-8, text behind the value, and nesting deeper than maxDepth.
func parse(data []byte) (node, error) {
	if len(data) > maxFileBytes {
		return node{}, broken(RuleLimit, "", fmt.Sprintf("longer than %d MiB", maxFileBytes>>20))
	}
	if !utf8.Valid(data) {
		return node{}, broken(RuleJSON, "", "not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	p := parser{d}
	n, err := p.value(0)
	if err != nil {
		return node{}, p.locate(err, data)
	}
	if _, err := d.Token(); err != io.EOF {
		return node{}, broken(RuleJSON, "", "there is text behind the value")
	}
	return n, nil
}

type parser struct{ *json.Decoder }

func (p parser) value(depth int) (node, error) {
	if depth > maxDepth {
		return node{}, broken(RuleLimit, "", fmt.Sprintf("nested deeper than %d", maxDepth))
	}
	t, err := p.Token()
	if err != nil {
		return node{}, err
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			return p.object(depth)
		}
		return p.array(depth)
	case string:
		return node{kind: nodeString, text: t}, nil
	case json.Number:
		return node{kind: nodeNumber, text: t.String()}, nil
	case bool:
		return node{kind: nodeBool, text: strconv.FormatBool(t)}, nil
	}
	return node{kind: nodeNull}, nil
}

func (p parser) object(depth int) (node, error) {
	n := node{kind: nodeObject}
	seen := map[string]bool{}
	for p.More() {
		t, err := p.Token()
		if err != nil {
			return node{}, err
		}
		name, _ := t.(string)
		if seen[name] {
			return node{}, broken(RuleJSON, pointer("", name), "the name occurs twice")
		}
		seen[name] = true
		v, err := p.value(depth + 1)
		if err != nil {
			return node{}, within(name, err)
		}
		n.members = append(n.members, member{name, v})
	}
	_, err := p.Token()
	return n, err
}

func (p parser) array(depth int) (node, error) {
	n := node{kind: nodeArray}
	for p.More() {
		v, err := p.value(depth + 1)
		if err != nil {
			return node{}, within(strconv.Itoa(len(n.items)), err)
		}
		n.items = append(n.items, v)
	}
	_, err := p.Token()
	return n, err
}

// locate makes a syntax error say the line.
func (p parser) locate(err error, data []byte) error {
	if KindOf(err) != "" {
		return err
	}
	offset := min(int(p.InputOffset()), len(data))
	line := 1 + bytes.Count(data[:offset], []byte("\n"))
	return broken(RuleJSON, "", fmt.Sprintf("not JSON, near line %d", line))
}

// get returns the member with this name; a null counts as absent.
func (n node) get(name string) (node, bool) {
	for _, m := range n.members {
		if m.name == name {
			return m.value, m.value.kind != nodeNull
		}
	}
	return node{}, false
}

// pointer appends a name to a JSON pointer (RFC 6901).
func pointer(path, name string) string {
	name = strings.ReplaceAll(name, "~", "~0")
	return path + "/" + strings.ReplaceAll(name, "/", "~1")
}

// within puts a name before the path of an error that has one.
func within(name string, err error) error {
	var e *Error
	if errors.As(err, &e) {
		e.Violations[0].Path = pointer("", name) + e.Violations[0].Path
	}
	return err
}

// broken is the error of one broken rule.
func broken(rule, path, detail string) *Error {
	return &Error{Kind: KindInvalid, Violations: []Violation{{Rule: rule, Path: path, Detail: detail}}}
}
