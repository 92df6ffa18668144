package font

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// runeRange is a run of characters, both ends included.
type runeRange struct{ from, to rune }

// parseRanges reads a list such as U+0-FF,U+131, as CSS Fonts 4, section 4.5, has it, without wildcards.
// The result is sorted.
func parseRanges(text string) ([]runeRange, error) {
	var out []runeRange
	for entry := range strings.SplitSeq(text, ",") {
		hex, ok := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(entry)), "U+")
		from, to, several := strings.Cut(hex, "-")
		if !several {
			to = from
		}
		lo, errLo := strconv.ParseUint(from, 16, 32)
		hi, errHi := strconv.ParseUint(to, 16, 32)
		if !ok || errLo != nil || errHi != nil || lo > hi || hi > utf8.MaxRune {
			return nil, fmt.Errorf("no range of characters: %q", entry)
		}
		out = append(out, runeRange{rune(lo), rune(hi)})
	}
	slices.SortFunc(out, func(a, b runeRange) int { return int(a.from - b.from) })
	return out, nil
}

// contain tells whether sorted ranges hold a character.
func contain(ranges []runeRange, r rune) bool {
	i, found := slices.BinarySearchFunc(ranges, r, func(e runeRange, r rune) int { return int(e.from - r) })
	return found || i > 0 && ranges[i-1].to >= r
}
