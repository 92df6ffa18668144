package book

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"parkmap/internal/pdf"
)

// mention is a name of the index with the pages that name it.
type mention struct {
	text  string
	key   string // by which the index is in order: pinyin of Chinese
	pages []*pdf.Page
}

// index lists the names of the book with the pages that name them, which the links of the text tell.
func (b *binder) index() {
	pages := map[string][]*pdf.Page{}
	for path, at := range b.spots {
		pages[path] = []*pdf.Page{at.page}
	}
	for _, l := range b.links {
		path, _, _ := strings.Cut(l.href, "?")
		if !slices.Contains(pages[path], l.page) {
			pages[path] = append(pages[path], l.page)
		}
	}
	var all []mention
	for _, n := range b.of.Names {
		if found := pages[n.Path]; len(found) > 0 {
			all = append(all, mention{n.Text, sortKey(n.Text), found})
		}
	}
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(x, y mention) int { return strings.Compare(x.key, y.key) })
	p := b.addPage(b.notes(b.Site, b.word("book.index")))
	b.enter(0, "", b.word("book.index"), p)
	_, y := frame{p, side, head, lowest}.fill(b.paragraph("H1", []run{{text: b.word("book.index"), look: b.title()}}, fullWide, 0, 4), true)
	// The numbers count the contents, which are set last: their length follows from the entries that are known now.
	ahead := b.contentsPages()
	pour(b.indexPieces(all, ahead), columns(p, y+4, lowest), func() []frame {
		return columns(b.addPage(b.notes(b.Site, b.word("book.index"))), head, lowest)
	})
}

func (b *binder) indexPieces(all []mention, ahead int) []piece {
	var out []piece
	letter := ""
	for _, m := range all {
		if first := initial(m.key); first != letter {
			letter = first
			out = append(out, blank(4))
			out = append(out, glued(b.paragraph("H2", []run{{text: letter, look: b.heading()}}, colWide, 0, 1))...)
		}
		var numbers []int
		for _, p := range m.pages {
			numbers = append(numbers, b.doc.Number(p)+ahead)
		}
		text := []run{{text: b.bounded(m.text) + "  ", look: b.body()}, {text: ranges(numbers), look: b.note()}}
		out = append(out, b.paragraph("P", text, colWide, 0, 0.6)...)
	}
	return out
}

// ranges writes numbers in order, those that follow each other as a range.
func ranges(numbers []int) string {
	slices.Sort(numbers)
	var out []string
	for i := 0; i < len(numbers); {
		last := i
		for last+1 < len(numbers) && numbers[last+1] == numbers[last]+1 {
			last++
		}
		switch {
		case last == i:
			out = append(out, fmt.Sprint(numbers[i]))
		case last == i+1:
			out = append(out, fmt.Sprint(numbers[i]), fmt.Sprint(numbers[last]))
		default:
			out = append(out, fmt.Sprintf("%d–%d", numbers[i], numbers[last]))
		}
		i = last + 1
	}
	return strings.Join(out, ", ")
}

// sortKey spells a name by the commonest reading of each character, in small letters, marks before it left out.
func sortKey(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case unicode.Is(unicode.Han, r):
			if spelled := pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Tone3}); len(spelled) > 0 {
				b.WriteString(spelled[0])
			}
			b.WriteRune(' ')
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case b.Len() > 0:
			b.WriteRune(' ')
		}
	}
	return b.String() + "\x00" + name
}

// initial returns the letter under which a key stands; all that begins with none stands under one sign.
func initial(key string) string {
	if key[0] >= 'a' && key[0] <= 'z' {
		return strings.ToUpper(key[:1])
	}
	return "#"
}
