package source

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/mozillazg/go-pinyin"

	"parkmap/internal/layout"
)

func TestSearch(t *testing.T) {
	tests := []struct {
		name, text string
		want       []layout.ID // all hits in their order
	}{
		{"simplified Chinese", "新经济", []layout.ID{"T10"}},
		{"traditional Chinese", "龍湖新經濟產業", []layout.ID{"T10"}},
		{"one character", "芯", []layout.ID{"T2-02"}},
		{"short name before the name of another", "医学园", []layout.ID{"T2"}},
		{"Chinese in parts", "医学 重庆", []layout.ID{"T2"}},
		{"parts of different features", "医学 龙湖", nil},
		{"initials", "lhxjj", []layout.ID{"T10"}},
		{"initials inside a name", "jjcy", []layout.ID{"T10"}},
		{"two initials inside a name", "jc", nil},
		{"pinyin", "longhuxinjingji", []layout.ID{"T10"}},
		{"pinyin with spaces", "long hu xin", []layout.ID{"T10"}},
		{"pinyin with tones and capitals", "Lónghú", []layout.ID{"T10"}},
		{"pinyin with an unfinished end", "longhux", []layout.ID{"T10"}},
		{"pinyin inside a name", "jiqiren", []layout.ID{"T3"}},
		{"a reading of several", "chongqinglu", []layout.ID{"T2"}},
		{"another reading of the same", "zhongqing", []layout.ID{"T2"}},
		{"ü typed as v", "lvse", []layout.ID{"T3"}},
		{"ü typed as u", "luse", []layout.ID{"T3"}},
		{"ü", "lüse", []layout.ID{"T3"}},
		{"English words", "medical park", []layout.ID{"T2"}},
		{"beginning of a word", "valley", []layout.ID{"T2-02"}},
		{"end of a word", "alley", nil},
		{"full width", "Ｍｅｄｉｃａｌ", []layout.ID{"T2"}},
		{"label of a specialisation", "AI+医疗", []layout.ID{"T2"}},
		{"id", "t10", []layout.ID{"T10"}},
		{"id, then those that begin with it", "T2", []layout.ID{"T2", "T3", "T2-01", "T2-02"}},
		{"id with a mark", "T2-01", []layout.ID{"T2-01"}},
		{"id without its mark", "t201", []layout.ID{"T2-01"}},
		{"clause", "三.(二).3", []layout.ID{"T3"}},
		{"name of a unit", "经济和信息化局", []layout.ID{"U1"}},
		{"equal scores by the order of the layout", "park", []layout.ID{"T2", "T3"}},
		{"nothing", "", nil},
		{"marks only", "()!", nil},
		{"no such text", "不存在", nil},
	}
	s := newFixture(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []layout.ID
			for _, h := range s.Search(test.text, 10) {
				if h.Score < 1 || h.Score > 100 {
					t.Errorf("%s has score %d", h.ID, h.Score)
				}
				got = append(got, h.ID)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSearchRanks(t *testing.T) {
	place := func(id layout.ID, b layout.Base, f layout.Facility) layout.Feature {
		f.Base = b
		return layout.Feature{Collection: layout.Facilities, ID: id, Properties: &f}
	}
	s, err := NewSnapshot(&layout.Layout{Features: []layout.Feature{
		place("F1", layout.Base{NameZH: "城东"}, layout.Facility{SchemeZH: "星海"}),
		place("F2", layout.Base{NameZH: "大星海"}, layout.Facility{}),
		place("F3", layout.Base{NameZH: "星海园"}, layout.Facility{}),
		place("F4", layout.Base{NameZH: "星海"}, layout.Facility{}),
		place("F5", layout.Base{NameZH: "城西"}, layout.Facility{SchemeZH: "往星海去"}),
	}})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, text string
		limit      int
		want       []layout.ID
	}{
		{"whole, beginning, inside; names first", "星海", 9, []layout.ID{"F4", "F3", "F2", "F1", "F5"}},
		{"only the best", "星海", 2, []layout.ID{"F4", "F3"}},
		{"pinyin the same way", "xinghai", 9, []layout.ID{"F4", "F3", "F2"}},
		{"initials too short to stand inside", "xh", 9, []layout.ID{"F4", "F3"}},
		{"no room", "星海", 0, nil},
		{"less than no room", "星海", -1, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []layout.ID
			for _, h := range s.Search(test.text, test.limit) {
				got = append(got, h.ID)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSearchFindsEachAreaOfTheShippedLayout(t *testing.T) {
	s := newShipped(t)
	plain := pinyin.Args{Style: pinyin.Normal}
	initials := pinyin.Args{Style: pinyin.FirstLetter}
	for _, f := range s.Layout().Features {
		if f.Collection != layout.Areas {
			continue
		}
		zh := f.Properties.Common().NameZH
		chinese := strings.Join(strings.FieldsFunc(zh, func(r rune) bool { return !isHan(r) }), "")
		texts := []string{
			string(f.ID), zh, f.Properties.Common().NameEN, pinyin.Slug(chinese, plain), pinyin.Slug(chinese, initials),
		}
		for _, text := range texts {
			if hits := s.Search(text, 1); len(hits) == 0 || hits[0].ID != f.ID {
				t.Errorf("%q finds %v, not %s", text, hits, f.ID)
			}
		}
	}
}

func TestTierOf(t *testing.T) {
	tests := map[string]tier{
		"name_zh": tierName, "short_en": tierShort, "clauses": tierKey, "zh": tierOther, "label_zh": tierOther,
		"managing_body_zh": tierOther, "managing_body_source": tierNone, "district_basis_zh": tierNone,
		"basis_zh": tierNone, "notes": tierNone, "specialisations": tierNested, "source": tierNone,
	}
	for key, want := range tests {
		if got := tierOf(key); got != want {
			t.Errorf("%s: got %d, want %d", key, got, want)
		}
	}
}

func TestTraditionalTable(t *testing.T) {
	for line := range strings.Lines(hantHans) {
		if n := utf8.RuneCountInString(strings.TrimSpace(line)); n%2 != 0 {
			t.Errorf("%d characters cannot be pairs: %s", n, line)
		}
	}
	f := newFolder()
	if len(f.simplified) < 2500 {
		t.Errorf("only %d characters", len(f.simplified))
	}
	if got := f.fold("雲錦 醫療 ＡＩ＋"); got != "云锦 医疗 ai " {
		t.Errorf("got %q", got)
	}
}

func FuzzSearch(f *testing.F) {
	for _, text := range []string{"lhxjj", "龍湖", "long hu", "AI+医疗", "三.(一).1", "ü\u0308", "\xff", strings.Repeat("xian", 20)} {
		f.Add(text)
	}
	s := newFixture(f)
	f.Fuzz(func(t *testing.T, text string) {
		hits := s.Search(text, 3)
		if len(hits) > 3 {
			t.Errorf("%d hits", len(hits))
		}
		for i, h := range hits {
			if h.Score < 1 || h.Score > 100 || i > 0 && h.Score > hits[i-1].Score {
				t.Errorf("scores out of order: %v", hits)
			}
		}
	})
}
