package source

import (
	"cmp"
	"slices"
	"strings"

	"parkmap/internal/layout"
)

// Hit is a feature that a text was found in. A higher Score is a better match; scores lie between 1 and 100 and
// can be compared within one search.
type Hit struct {
	Collection layout.CollectionID // a stored one
	ID         layout.ID
	Score      int
}

// maxText bounds a text that is searched for, in bytes.
const maxText = 400

// Search finds features of all stored collections by Chinese (simplified or traditional), pinyin with or without
// spaces, initials of pinyin, English, ids and clause numbers; best first, then by layout.Compare, at most limit.
// Several words must all be found. Whole matches go before beginnings and those before matches inside; of equal
// ones, names go before short names and those before ids and clauses. Other text comes last. A text without letters
// and digits, or of more than 400 bytes, finds nothing.
func (s *Snapshot) Search(text string, limit int) []Hit {
	if len(text) > maxText {
		return nil
	}
	scores := s.text().match(text)
	rows := make([]int32, 0, len(scores))
	for row := range scores {
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b int32) int { return cmp.Or(scores[b]-scores[a], int(a-b)) })
	rows = rows[:max(0, min(limit, len(rows)))]
	hits := make([]Hit, 0, len(rows))
	for _, row := range rows {
		f := &s.entries[row].feature
		hits = append(hits, Hit{f.Collection, f.ID, scores[row]})
	}
	return hits
}

// tier says which text of a feature a field is.
type tier int

const (
	tierNone   tier = iota // not looked at, with all within
	tierNested             // not text itself, but objects that hold it
	tierName
	tierShort
	tierKey // ids, codes and clauses
	tierOther
)

// tierOf places a property by its name. What says how something is known is not searched: sources, bases, notes.
func tierOf(key string) tier {
	switch key {
	case "name_zh", "name_en":
		return tierName
	case "short_zh", "short_en", "full_zh", "full_en", "alt_zh", "built_on_zh", "built_on_en", "pinyin", "iata", "label":
		return tierShort
	case "id", "slug", "clause", "clauses", "also_clauses":
		return tierKey
	case "zh", "en":
		return tierOther
	case "notes", "limits", "centre", "printed_zh":
		return tierNone
	}
	stem, zh := strings.CutSuffix(key, "_zh")
	stem, en := strings.CutSuffix(stem, "_en")
	switch stem[strings.LastIndexByte(stem, '_')+1:] {
	case "source", "basis", "meaning", "note", "unit":
		return tierNone
	}
	if zh || en {
		return tierOther
	}
	return tierNested
}

// quality says how much of a text a term is.
type quality int

const (
	noMatch quality = iota
	matchInside
	matchPrefix
	matchWhole
)

// scoreOf weighs a match of a quality in a text of a tier.
func scoreOf(q quality, t tier) int {
	weights := [...][4]int{
		tierName:  {matchInside: 60, matchPrefix: 80, matchWhole: 100},
		tierShort: {matchInside: 56, matchPrefix: 76, matchWhole: 96},
		tierKey:   {matchInside: 52, matchPrefix: 72, matchWhole: 92},
		tierOther: {matchInside: 30, matchPrefix: 40, matchWhole: 50},
	}
	return weights[t][q]
}

// Typed letters are weaker than what is written.
const (
	syllablePenalty = 2
	initialPenalty  = 4
	// splitPenalty is for words that are all there, but not in one piece.
	splitPenalty = 10
)

// match returns the rows in which all words of a text are found, with their scores; never nil.
func (x *textIndex) match(text string) map[int32]int {
	terms := x.folder.terms(text)
	if len(terms) == 0 {
		return map[int32]int{}
	}
	all := x.find(terms[0])
	for _, t := range terms[1:] {
		all = intersect(all, x.find(t))
	}
	if len(terms) == 1 {
		return all
	}
	for row, score := range all {
		all[row] = score - splitPenalty
	}
	for row, score := range x.find(strings.Join(terms, "")) {
		all[row] = max(all[row], score)
	}
	return all
}

func intersect(a, b map[int32]int) map[int32]int {
	both := map[int32]int{}
	for row, score := range a {
		if other, ok := b[row]; ok {
			both[row] = min(score, other)
		}
	}
	return both
}

// find returns the rows in which a term is found, with the best score of each.
func (x *textIndex) find(term string) map[int32]int {
	found := map[int32]int{}
	note := func(row int32, score int) { found[row] = max(found[row], score) }
	if strings.ContainsFunc(term, isHan) {
		for _, id := range x.containing(term) {
			f := x.fields[id]
			note(f.row, scoreOf(qualityOf(f.text, term), f.tier))
		}
		return found
	}
	for _, w := range x.beginning(term) {
		f := x.fields[w.field]
		note(f.row, scoreOf(qualityOf(f.text, term), f.tier))
	}
	x.findSpelled(term, note)
	return found
}

func qualityOf(text, term string) quality {
	switch {
	case text == term:
		return matchWhole
	case strings.HasPrefix(text, term):
		return matchPrefix
	}
	return matchInside
}

func (x *textIndex) findSpelled(typed string, note func(row int32, score int)) {
	for _, n := range x.names {
		if q := spell(n.units, typed, bySyllable); q != noMatch {
			note(n.row, scoreOf(q, n.tier)-syllablePenalty)
		}
		if q := spell(n.units, typed, byInitial); q != noMatch {
			note(n.row, scoreOf(q, n.tier)-initialPenalty)
		}
	}
}
