// Package cql2test holds what the tests of CQL2 share: the examples of the standard, and expressions made at
// random. It is for tests only.
package cql2test

import (
	_ "embed"
	"strings"
)

//go:embed standard.tsv
var standard string

// Example is an example of the standard. JSON is empty where it is not kept.
type Example struct{ Name, Text, JSON string }

// Examples returns the examples of the standard in their order.
func Examples() []Example {
	var out []Example
	for line := range strings.Lines(standard) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(fields) < 3 {
			continue
		}
		out = append(out, Example{fields[0], fields[1], fields[2]})
	}
	return out
}
