package cql2

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"parkmap/internal/layout"
)

// RuleFilter is the rule of violations that speak of a filter; their path is ParameterFilter.
const (
	RuleFilter      = "filter"
	ParameterFilter = "filter"
)

// fault is what is wrong with an expression, and at which byte of it.
type fault struct {
	pos    int
	detail string
}

func newFault(pos int, format string, args ...any) *fault {
	return &fault{pos, fmt.Sprintf(format, args...)}
}

// error returns f as an error of kind invalid that counts characters from 1.
func (f *fault) error(input string) error {
	at := utf8.RuneCountInString(input[:min(f.pos, len(input))]) + 1
	return layout.Invalid("filter", layout.Violation{
		Rule: RuleFilter, Path: ParameterFilter, Detail: fmt.Sprintf("at character %d: %s", at, f.detail),
	})
}

func tooLong() error {
	return layout.Invalid("filter", layout.Violation{
		Rule: RuleFilter, Path: ParameterFilter, Detail: fmt.Sprintf("it is longer than %d bytes", MaxBytes),
	})
}

func (b *builder) checkText(pos int, s string) {
	switch {
	case utf8.RuneCountInString(s) > MaxText:
		b.fail(pos, "a text or name is longer than %d characters", MaxText)
	case strings.ContainsRune(s, 0) || !utf8.ValidString(s):
		b.fail(pos, "a text or name holds a character that is none")
	}
}
