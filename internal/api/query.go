package api

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/source"
)

// maxParameters bounds the parameters of a query.
const maxParameters = 100

// parseQuery reads a raw query whose parameters are all known and given at most once; each other one is
// named in the error.
func parseQuery(raw string, known []string) (url.Values, error) {
	if strings.Count(raw, "&") >= maxParameters {
		return nil, layout.Invalid("query", layout.Violation{Rule: "parameter", Detail: "there are more than " + strconv.Itoa(maxParameters) + " parameters"})
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return nil, layout.Invalid("query", layout.Violation{Rule: "parameter", Detail: "the query of the address cannot be read"})
	}
	var broken []layout.Violation
	for name, list := range values {
		detail := ""
		switch {
		case !slices.Contains(known, name):
			detail = "there is no such parameter here"
		case len(list) > 1:
			detail = "given more than once"
		case !utf8.ValidString(list[0]) || strings.ContainsRune(list[0], 0):
			detail = "is no UTF-8 text"
		}
		if detail != "" {
			broken = append(broken, layout.Violation{Rule: "parameter", Path: strings.ToValidUTF8(name, "�"), Detail: detail})
		}
	}
	if len(broken) > 0 {
		slices.SortFunc(broken, func(a, b layout.Violation) int { return strings.Compare(a.Path, b.Path) })
		return nil, layout.Invalid("query", broken...)
	}
	return values, nil
}

// itemsQuery is what the query of a page of features asks for.
type itemsQuery struct {
	source     source.Query
	properties []string // names to return, in the order of the schema; nil returns all
	datum      datum
}

// parseItems reads the parameters of items; the values are those of parseQuery. A limit above the
// maximum is set to it in values too, so that both ask for the same page.
func parseItems(values url.Values, info ogc.CollectionInfo) (itemsQuery, error) {
	q := itemsQuery{source: source.Query{Collection: info.ID, Limit: ogc.DefaultLimit, Equal: map[string][]string{}}}
	steps := []struct {
		name  string
		parse func(string) error
	}{
		{"bbox", func(s string) (err error) { q.source.BBox, err = parseBBox(s); return err }},
		{"datetime", func(s string) (err error) { q.source.Interval, err = parseDatetime(s); return err }},
		{"limit", func(s string) (err error) { q.source.Limit, err = parseLimit(s); return err }},
		{"q", func(s string) (err error) { q.source.Text, err = parseText(s); return err }},
		{"filter", func(s string) (err error) { q.source.Filter, err = parseFilter(s, values); return err }},
		{"filter-lang", parseFilterLang},
		{"filter-crs", func(s string) error { _, err := parseFilterCRS(s); return err }},
		{"datum", func(s string) (err error) { q.datum, err = parseDatum(s); return err }},
		{"sortby", func(s string) (err error) { q.source.SortBy, err = parseSortBy(s, info.Schema); return err }},
		{"properties", func(s string) (err error) { q.properties, err = parseProperties(s, info.Schema); return err }},
		{"token", func(s string) (err error) { q.source.After, q.source.Before, err = parseToken(s); return err }},
	}
	for _, step := range steps {
		if !values.Has(step.name) {
			continue
		}
		if err := step.parse(values.Get(step.name)); err != nil {
			return itemsQuery{}, err
		}
	}
	if values.Has("limit") {
		values.Set("limit", strconv.Itoa(q.source.Limit))
	}
	return q, parseEqual(&q, values, info)
}

// parseLimit reads a count of features: at least 1, at most ogc.MaxLimit, which stands for all above it.
func parseLimit(s string) (int, error) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, badParameter("limit", "must be a whole number from 1")
	}
	n, err := strconv.Atoi(s)
	if err != nil || n > ogc.MaxLimit { // only a number too large for an int fails here
		return ogc.MaxLimit, nil
	}
	if n < 1 {
		return 0, badParameter("limit", "must be 1 or more")
	}
	return n, nil
}

func parseText(s string) (string, error) {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > ogc.MaxTextLength {
		return "", badParameter("q", "must not be longer than "+strconv.Itoa(ogc.MaxTextLength)+" characters")
	}
	return s, nil
}

// parseSortBy reads names of sortable properties with + or - before them. A plus that was not escaped
// arrives as a space.
func parseSortBy(s string, schema []layout.Property) ([]source.SortKey, error) {
	var keys []source.SortKey
	err := eachListed("sortby", s, func(entry string) error {
		name := strings.TrimLeft(entry, " +-")
		sign := entry[:len(entry)-len(name)]
		i := indexOf(schema, name)
		if i < 0 || !schema[i].Sortable || len(sign) > 1 {
			return badParameter("sortby", quote(entry)+" is no sortable property; sortable: "+names(schema, func(p layout.Property) bool { return p.Sortable }))
		}
		if slices.ContainsFunc(keys, func(k source.SortKey) bool { return k.Property == name }) {
			return nil // a second key of the same name decides nothing
		}
		keys = append(keys, source.SortKey{Property: name, Descending: sign == "-"})
		return nil
	})
	return keys, err
}

func parseProperties(s string, schema []layout.Property) ([]string, error) {
	var wanted []string
	err := eachListed("properties", s, func(name string) error {
		if indexOf(schema, name) < 0 {
			return badParameter("properties", quote(name)+" is no property of this collection; there are: "+names(schema, func(layout.Property) bool { return true }))
		}
		wanted = append(wanted, name)
		return nil
	})
	var ordered []string
	for _, p := range schema {
		if slices.Contains(wanted, p.Name) {
			ordered = append(ordered, p.Name)
		}
	}
	return ordered, err
}

// eachListed calls each with the members of a list separated by commas; the list may not be empty, nor
// may a member be.
func eachListed(parameter, s string, each func(string) error) error {
	if strings.Count(s, ",") >= ogc.MaxListed {
		return badParameter(parameter, "lists more than "+strconv.Itoa(ogc.MaxListed)+" members")
	}
	for entry := range strings.SplitSeq(s, ",") {
		if entry == "" {
			return badParameter(parameter, "has an empty member")
		}
		if err := each(entry); err != nil {
			return err
		}
	}
	return nil
}

// parseToken reads where a page begins: the letter n and the token of the page before it, or the letter
// p and that of the page behind it.
func parseToken(s string) (after, before string, err error) {
	switch {
	case len(s) > 1 && s[0] == 'n':
		return s[1:], "", nil
	case len(s) > 1 && s[0] == 'p':
		return "", s[1:], nil
	}
	return "", "", badParameter("token", "is no token of a link next or prev")
}

func nextToken(token string) string { return "n" + token }

func prevToken(token string) string { return "p" + token }

// parseEqual reads the parameters of queryables: values separated by commas, each counted once. The text
// as a whole is a value too, since names may hold commas.
func parseEqual(q *itemsQuery, values url.Values, info ogc.CollectionInfo) error {
	for _, p := range ogc.QueryParameters(info) {
		if !values.Has(p.Name) {
			continue
		}
		text := values.Get(p.Name)
		list := strings.Split(text, ",")
		if len(list) > ogc.MaxListed {
			return badParameter(p.Name, "lists more than "+strconv.Itoa(ogc.MaxListed)+" members")
		}
		if len(list) > 1 && isText(p) {
			list = append(list, text)
		}
		slices.Sort(list)
		q.source.Equal[p.Name] = slices.Compact(list)
	}
	return nil
}

// isText tells whether the values of a property are texts rather than numbers or truth values.
func isText(p layout.Property) bool { return p.Type == "string" || p.Type == "array" }

func indexOf(schema []layout.Property, name string) int {
	return slices.IndexFunc(schema, func(p layout.Property) bool { return p.Name == name })
}

// names lists the names of the properties that keep lets through.
func names(schema []layout.Property, keep func(layout.Property) bool) string {
	var out []string
	for _, p := range schema {
		if keep(p) {
			out = append(out, p.Name)
		}
	}
	return strings.Join(out, ", ")
}

// quote returns s in quotes, shortened, for a message.
func quote(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	return strconv.Quote(s)
}
