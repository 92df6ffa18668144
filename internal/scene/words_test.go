package scene

import (
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"成都医学城", 8, "成都医学城"},
		{"青白江区欧洲产业城", 8, "青白江区/欧洲产业城"},
		{"李冰文化创意旅游产业功能区", 8, "李冰文化创意/旅游产业功能区"},
		{"成都高新区“人工智能+”融合发展产业核", 12, "成都高新区“人工智能+”/融合发展产业核"},
		{"Eastern New Area Smart Manufacturing Park", 24, "Eastern New Area Smart/Manufacturing Park"},
		{"Incomprehensibilities", 8, "Incomprehensibilities"},
		{"依据方案 成发办〔2020〕97号", 14, "依据方案 成发/办〔2020〕97号"},
		{"", 8, ""},
	} {
		if got := strings.Join(wrap(c.text, c.most), "/"); got != c.want {
			t.Errorf("wrap(%q, %d) = %s, want %s", c.text, c.most, got, c.want)
		}
	}
}

// TestWrapKeepsBrackets: no line begins with a closing mark or ends with an opening one, whatever its length.
func TestWrapKeepsBrackets(t *testing.T) {
	const text = "依据:成都方案 成发办〔2020〕97号(“人工智能+”),目标期·2022。"
	for most := 2; most < 30; most++ {
		for _, line := range wrap(text, most) {
			first, last := []rune(line)[0], []rune(line)[len([]rune(line))-1]
			if strings.ContainsRune(closing, first) || strings.ContainsRune(opening, last) || first == ' ' {
				t.Errorf("at most %d: %q", most, line)
			}
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		" a\tb\n": "a b", "\x00园\u202e": "园", "\xff": "", strings.Repeat("长", 61): strings.Repeat("长", 60) + "…",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestGreyOf: the grey of a colour is as light as the colour.
func TestGreyOf(t *testing.T) {
	for in, want := range map[string]string{"#FFFFFF": "#FFFFFF", "#000000": "#000000", "#808080": "#808080", "#FF0000": "#7F7F7F", "#00FF00": "#DCDCDC", "none": "none"} {
		if got := greyOf(in); got != want {
			t.Errorf("greyOf(%s) = %s, want %s", in, got, want)
		}
	}
}
