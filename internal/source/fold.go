package source

import (
	_ "embed"
	"iter"
	"maps"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// hantHans pairs each traditional character with its simplified one, character by character. It is the
// transliteration Hant-Hans of the Unicode CLDR 42, written out with: uconv -x Hant-Hans. Its licence is in
// hant_hans.LICENSE.
//
//go:embed hant_hans.txt
var hantHans string

// folder brings texts into the one form in which they are compared: compatibility forms and full width undone,
// lower case, no accents, simplified characters.
type folder struct {
	simplified map[rune]rune
}

func newFolder() folder {
	return folder{simplified: maps.Collect(hantHansPairs())}
}

// hantHansPairs yields the traditional characters with their simplified ones, always in the same order.
func hantHansPairs() iter.Seq2[rune, rune] {
	return func(yield func(traditional, simplified rune) bool) {
		pairs := []rune(strings.ReplaceAll(hantHans, "\n", ""))
		for i := 0; i+1 < len(pairs); i += 2 {
			if !yield(pairs[i], pairs[i+1]) {
				return
			}
		}
	}
}

// fold returns s in the form for comparing; all but letters and digits become spaces.
func (f folder) fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(f.rune(unicode.ToLower(r)))
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func (f folder) rune(r rune) rune {
	if s, ok := f.simplified[r]; ok {
		return s
	}
	return r
}

// terms splits a text at its white space and folds the parts, each without what is neither letter nor digit.
func (f folder) terms(s string) []string {
	var terms []string
	for part := range strings.FieldsSeq(s) {
		if t := compact(f.fold(part)); t != "" {
			terms = append(terms, t)
		}
	}
	return terms
}

// compact returns a folded text without its spaces.
func compact(folded string) string {
	return strings.ReplaceAll(folded, " ", "")
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
