package memory

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// The dotless i keeps apart from i by standing for a character that is none while cases change.
const (
	dotlessI = "ı"
	standIn  = "\uFDD1"
)

// FoldCase returns s so that texts that differ in case only become equal. It tells the same texts apart as full
// case folding does (Unicode 14, 5.18), by way of small and then capital letters, which databases know too.
func FoldCase(s string) string {
	s = cases.Lower(language.Und).String(strings.ReplaceAll(s, dotlessI, standIn))
	return cases.Upper(language.Und).String(s)
}

// FoldAccents returns s without the marks of U+0300 to U+036F that its letters carry. Marks of other scripts, such
// as those of Japanese, stay.
func FoldAccents(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36F {
			return -1
		}
		return r
	}, norm.NFD.String(s))
	return norm.NFC.String(s)
}

func folded(text read, fold func(string) string) read {
	return func(r Row) Value {
		v := text(r)
		if v.Kind == Text {
			v.Text = fold(v.Text)
		}
		return v
	}
}
