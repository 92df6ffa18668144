package table

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"parkmap/internal/layout"
)

// form says how the text of a value of a column becomes JSON.
type form uint8

const (
	formText   form = iota
	formNumber      // the text as it is, unless it is NaN or infinite
	formRaw         // JSON already
	formBool
	formMoment // 2020-01-02 03:04:05+00
)

// kind is what a type of PostgreSQL is in JSON, in queries and in SQL.
type kind struct {
	json      string // type by JSON Schema
	format    string
	form      form
	ordered   bool   // can be sorted by
	queryable bool   // can be asked for by value
	selects   string // SQL of the value as text; %s is the column
	valid     func(string) bool
}

const (
	asText  = "%s::text"
	asJSON  = "to_json(%s)::text"
	asBytes = "encode(%s, 'base64')"
)

func kindOf(c column) kind {
	text := kind{json: "string", ordered: true, queryable: true, selects: asText, valid: func(string) bool { return true }}
	whole := func(bits int) kind {
		return kind{json: "integer", form: formNumber, ordered: true, queryable: true, selects: asText, valid: func(s string) bool {
			_, err := strconv.ParseInt(s, 10, bits)
			return err == nil
		}}
	}
	number := kind{json: "number", form: formNumber, ordered: true, queryable: true, selects: asText, valid: isNumber}
	switch {
	case c.TypeKind == "e":
		text.valid = func(s string) bool { return slices.Contains(c.Labels, s) }
		return text
	case c.Element != "":
		return arrayOf(c)
	case c.TypeKind == "c":
		return kind{json: "object", form: formRaw, selects: asJSON}
	}
	switch c.Type {
	case "int2":
		return whole(16)
	case "int4":
		return whole(32)
	case "int8":
		return whole(64)
	case "float4", "float8", "numeric":
		return number
	case "bool":
		return kind{json: "boolean", form: formBool, ordered: true, queryable: true, selects: asText, valid: func(s string) bool { return s == "true" || s == "false" }}
	case "text", "varchar", "bpchar", "name", "citext":
		return text
	case "uuid":
		text.format, text.valid = "uuid", isUUID
		return text
	case "date":
		text.format, text.valid = "date", isTime(time.DateOnly)
		return text
	case "timestamptz":
		text.form, text.format, text.valid = formMoment, "date-time", isTime(time.RFC3339)
		return text
	case "timestamp":
		text.form, text.valid = formMoment, isTime(localMoment, time.RFC3339)
		return text
	case "time", "timetz", "inet", "interval":
		text.queryable = false
		return text
	}
	return opaque(c.Type)
}

// opaque is the kind of what is shown and cannot be compared: documents, bytes, ranges, XML and whatever is added.
func opaque(name string) kind {
	switch name {
	case "json", "jsonb":
		return kind{json: "object", form: formRaw, selects: asText}
	case "bytea":
		return kind{json: "string", selects: asBytes}
	}
	return kind{json: "string", selects: asText}
}

// arrayOf is the kind of a list, which is asked for by one of its members.
func arrayOf(c column) kind {
	member := kindOf(column{Type: c.Element, TypeKind: c.ElementKind})
	k := kind{json: "array", form: formRaw, selects: asJSON}
	if c.ElementKind == "b" && member.queryable && member.form != formBool {
		k.queryable, k.valid = true, member.valid
	}
	return k
}

// localMoment is a time without a zone, as timestamp has it.
const localMoment = "2006-01-02T15:04:05"

func isTime(forms ...string) func(string) bool {
	return func(s string) bool {
		return slices.ContainsFunc(forms, func(f string) bool {
			_, err := time.Parse(f, s)
			return err == nil
		})
	}
}

func isNumber(s string) bool {
	v, err := strconv.ParseFloat(s, 64)
	return err == nil && !math.IsInf(v, 0) && !math.IsNaN(v) && strings.Trim(s, "0123456789+-.eE") == ""
}

var uuidText = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

func isUUID(s string) bool { return uuidText.MatchString(s) }

// property describes a column to readers.
func (c column) property(k kind, key bool) layout.Property {
	title := c.Comment
	if title == "" {
		title = c.Name
	}
	return layout.Property{
		Name: c.Name, Type: k.json, Format: k.format, Title: layout.Label{ZH: title, EN: title}, Enum: c.Labels,
		Required: c.NotNull, Queryable: k.queryable, Sortable: k.ordered, Key: key,
	}
}
