package table

import (
	"fmt"
	"path"
	"strings"
)

// Pattern names tables to publish: schema.table, or a table of the schema public. An asterisk stands for any
// text within a part; a part in double quotes is meant as it stands, so that it may hold dots, commas and asterisks; a quote
// within is written twice. Letters
// count as they are written, upper and lower case.
type Pattern struct {
	text          string
	schema, table part
}

// part is a name, or a pattern of names where it has an asterisk outside of quotes.
type part struct {
	text     string
	wildcard bool
}

// ParsePatterns reads patterns with commas between; those within double quotes belong to a name. The error is a sentence
// for the operator.
func ParsePatterns(text string) ([]Pattern, error) {
	var list []Pattern
	quoted, from := false, 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && text[i] == '"' {
			quoted = !quoted
		}
		if i < len(text) && (quoted || text[i] != ',') {
			continue
		}
		p, err := ParsePattern(strings.TrimSpace(text[from:i]))
		if err != nil {
			return nil, err
		}
		list, from = append(list, p), i+1
	}
	return list, nil
}

// ParsePattern reads a pattern. The error is a sentence for the operator.
func ParsePattern(text string) (Pattern, error) {
	p := Pattern{text: text, schema: part{text: publicSchema}}
	first, rest, err := cutPart(text)
	if err != nil {
		return p, err
	}
	p.table = first
	if rest != "" {
		p.schema = first
		if p.table, rest, err = cutPart(rest[1:]); err != nil {
			return p, err
		}
	}
	if rest != "" {
		return p, fmt.Errorf("%q has more than a schema and a table; names with dots are written in double quotes", text)
	}
	return p, nil
}

// cutPart takes the first part off a pattern; the rest is empty or begins with a dot.
func cutPart(text string) (p part, rest string, err error) {
	if !strings.HasPrefix(text, `"`) {
		end := strings.IndexByte(text, '.')
		if end < 0 {
			end = len(text)
		}
		if end == 0 {
			return p, "", fmt.Errorf("%q lacks the name of a table", text)
		}
		return part{text[:end], strings.Contains(text[:end], "*")}, text[end:], nil
	}
	var name strings.Builder
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] != '"':
			name.WriteByte(text[i])
		case i+1 < len(text) && text[i+1] == '"':
			name.WriteByte('"')
			i++
		case name.Len() == 0 || i+1 < len(text) && text[i+1] != '.':
			return p, "", fmt.Errorf("%q cannot be read behind its quotes", text)
		default:
			return part{text: name.String()}, text[i+1:], nil
		}
	}
	return p, "", fmt.Errorf("%q has a quote that does not end", text)
}

func (p part) matches(name string) bool {
	if !p.wildcard {
		return p.text == name
	}
	escaped := strings.NewReplacer(`\`, `\\`, `?`, `\?`, `[`, `\[`, `/`, "\x00").Replace(p.text)
	ok, err := path.Match(escaped, strings.ReplaceAll(name, "/", "\x00"))
	return ok && err == nil
}

// Matches tells whether the pattern names a table.
func (p Pattern) Matches(schema, table string) bool {
	return p.schema.matches(schema) && p.table.matches(table)
}

// String returns the pattern as it was written.
func (p Pattern) String() string { return p.text }

// patternOf returns the pattern that names one table.
func patternOf(schema, table string) string {
	literal := func(name string) string {
		if strings.ContainsAny(name, `.*,"`) || strings.TrimSpace(name) != name || name == "" {
			return quote(name)
		}
		return name
	}
	return literal(schema) + "." + literal(table)
}

// publicSchema is the schema that need not be named.
const publicSchema = "public"

// collectionID is the name of a table in addresses: schema.table, or the table alone where the schema is public.
// Dots, slashes and percent signs within a name are written as in URLs, so that no two tables share an id.
func collectionID(schema, table string) string {
	escape := strings.NewReplacer("%", "%25", ".", "%2E", "/", "%2F")
	if schema == publicSchema {
		return escape.Replace(table)
	}
	return escape.Replace(schema) + "." + escape.Replace(table)
}

// quote returns a name as an identifier of SQL.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
