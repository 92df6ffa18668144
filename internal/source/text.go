package source

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// field is one text of a feature, folded.
type field struct {
	row  int32
	tier tier
	text string // without spaces
}

// name is a field that can also be typed in pinyin.
type name struct {
	row   int32
	tier  tier
	units []unit
}

// word is one word of a field that is not Chinese.
type word struct {
	text  string
	field int32
}

// gram is a Chinese character alone (the second rune 0), or two neighbours, one of which is Chinese.
type gram [2]rune

// textIndex finds features by what they say. It never changes once made.
type textIndex struct {
	folder folder
	fields []field
	grams  map[gram][]int32 // fields, ascending
	words  []word           // by text
	names  []name
}

func newTextIndex(entries []entry) *textIndex {
	b := textBuilder{
		index:   &textIndex{folder: newFolder(), grams: map[gram][]int32{}},
		speller: speller{known: map[rune]unit{}},
	}
	for i := range entries {
		b.add(int32(i), &entries[i])
	}
	slices.SortStableFunc(b.index.words, func(a, c word) int { return strings.Compare(a.text, c.text) })
	return b.index
}

type textBuilder struct {
	index   *textIndex
	speller speller
}

func (b *textBuilder) add(row int32, e *entry) {
	var properties map[string]any
	if json.Unmarshal(e.read.PropertiesJSON(), &properties) == nil {
		b.addObject(row, properties)
	}
}

// addObject adds the texts of a JSON object and of all within it, each by the name that it stands under.
func (b *textBuilder) addObject(row int32, object map[string]any) {
	for key, v := range object {
		if t := tierOf(key); t != tierNone {
			b.addValue(row, t, v)
		}
	}
}

func (b *textBuilder) addValue(row int32, t tier, v any) {
	switch v := v.(type) {
	case string:
		b.addText(row, t, v)
	case map[string]any:
		b.addObject(row, v)
	case []any:
		for _, item := range v {
			b.addValue(row, t, item)
		}
	}
}

func (b *textBuilder) addText(row int32, t tier, text string) {
	if t == tierNested {
		return
	}
	folded := b.index.folder.fold(text)
	f := field{row: row, tier: t, text: compact(folded)}
	if f.text == "" {
		return
	}
	id := int32(len(b.index.fields))
	b.index.fields = append(b.index.fields, f)
	b.addGrams(id, f.text)
	b.addWords(id, text)
	if (t == tierName || t == tierShort) && strings.ContainsFunc(f.text, isHan) {
		b.index.names = append(b.index.names, name{row: row, tier: t, units: b.speller.spell(f.text)})
	}
}

func (b *textBuilder) addGrams(id int32, text string) {
	for _, g := range gramsOf(text) {
		list := b.index.grams[g]
		if len(list) == 0 || list[len(list)-1] != id {
			b.index.grams[g] = append(list, id)
		}
	}
}

// addWords adds the words of a text, and those with marks inside also as one: C1-07 is found as c1, 07 and c107.
func (b *textBuilder) addWords(id int32, text string) {
	for part := range strings.FieldsSeq(text) {
		folded := b.index.folder.fold(part)
		whole := compact(folded)
		if whole != "" && !strings.ContainsFunc(whole, isHan) {
			b.index.words = append(b.index.words, word{whole, id})
		}
		for w := range strings.FieldsFuncSeq(folded, func(r rune) bool { return r == ' ' || isHan(r) }) {
			if w != whole {
				b.index.words = append(b.index.words, word{w, id})
			}
		}
	}
}

// gramsOf returns the Chinese characters of a text, alone and with their neighbours.
func gramsOf(text string) []gram {
	var grams []gram
	for i, r := range text {
		if isHan(r) {
			grams = append(grams, gram{r})
		}
		next, size := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		if size > 0 && (isHan(r) || isHan(next)) {
			grams = append(grams, gram{r, next})
		}
	}
	return grams
}

// containing returns the fields that hold a term with Chinese characters.
func (x *textIndex) containing(term string) []int32 {
	var rarest []int32
	for i, g := range gramsOf(term) {
		list := x.grams[g]
		if i == 0 || len(list) < len(rarest) {
			rarest = list
		}
	}
	var fields []int32
	for _, id := range rarest {
		if strings.Contains(x.fields[id].text, term) {
			fields = append(fields, id)
		}
	}
	return fields
}

// beginning returns the words that begin with a term.
func (x *textIndex) beginning(term string) []word {
	from, _ := slices.BinarySearchFunc(x.words, term, func(w word, t string) int { return strings.Compare(w.text, t) })
	to := from
	for to < len(x.words) && strings.HasPrefix(x.words[to].text, term) {
		to++
	}
	return x.words[from:to]
}
