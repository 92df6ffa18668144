package source

import (
	"slices"
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// A unit is one character of a name as it may be typed.
type unit struct {
	readings []string // of a Chinese character in pinyin without tones; of others the character itself
	initials string   // the first letters of the readings, each once
}

// speller spells names, each character once.
type speller struct {
	known map[rune]unit
}

// spell returns the units of a folded, compact name.
func (s speller) spell(name string) []unit {
	units := make([]unit, 0, len(name))
	for _, r := range name {
		u, ok := s.known[r]
		if !ok {
			u = unitOf(r)
			s.known[r] = u
		}
		units = append(units, u)
	}
	return units
}

// unitOf returns r with all its readings: which one holds in a name cannot be known from the character. The vowel
// ü may be typed as v or u.
func unitOf(r rune) unit {
	if !isHan(r) {
		return unit{readings: []string{string(r)}, initials: string(r)[:1]}
	}
	list := pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Normal, Heteronym: true})
	for _, reading := range list {
		if strings.Contains(reading, "v") {
			list = append(list, strings.ReplaceAll(reading, "v", "u"))
		}
	}
	slices.Sort(list)
	u := unit{readings: slices.Compact(list)}
	for _, reading := range u.readings {
		if reading != "" && !strings.Contains(u.initials, reading[:1]) {
			u.initials += reading[:1]
		}
	}
	return u
}

// maxTyped bounds the letters that are looked for in names, and with them the readings tried.
const maxTyped = 64

// spell tells how the letters typed, not empty, fit the name by spelled, one of bySyllable and byInitial. Letters
// inside a name must be at least three: fewer fit nearly everything.
func spell(name []unit, typed string, spelled func([]unit, string) quality) quality {
	if len(typed) > maxTyped {
		return noMatch
	}
	if s := spelled(name, typed); s != noMatch || len(typed) < 3 {
		return s
	}
	for i := range name {
		if spelled(name[i:], typed) != noMatch {
			return matchInside
		}
	}
	return noMatch
}

// bySyllable fits letters to the beginning of a name by whole readings; the last may be unfinished.
func bySyllable(name []unit, typed string) quality {
	best := ended(name, typed)
	if len(name) == 0 || typed == "" {
		return best
	}
	for _, reading := range name[0].readings {
		if rest, ok := strings.CutPrefix(typed, reading); ok && reading != "" {
			best = max(best, bySyllable(name[1:], rest))
		} else if strings.HasPrefix(reading, typed) {
			best = max(best, matchPrefix)
		}
	}
	return best
}

// byInitial fits letters to the beginning of a name, one to each character.
func byInitial(name []unit, typed string) quality {
	for i := range len(typed) {
		if i == len(name) || strings.IndexByte(name[i].initials, typed[i]) < 0 {
			return noMatch
		}
	}
	return ended(name[len(typed):], "")
}

// ended tells how letters that are used up fit a name of which the units given are left.
func ended(left []unit, typed string) quality {
	switch {
	case typed != "":
		return noMatch
	case len(left) > 0:
		return matchPrefix
	}
	return matchWhole
}
