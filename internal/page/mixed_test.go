package page

import "testing"

func TestMixed(t *testing.T) {
	const open, end = `<span lang="zh-CN">`, `</span>`
	for _, c := range []struct{ name, lang, text, want string }{
		{"Chinese among English", English, "item 2 of 三.(一): 甲城", "item 2 of " + open + "三.(一)" + end + ": " + open + "甲城" + end},
		{"a clause that ends in a figure", English, "Clause 三.(四).10", "Clause " + open + "三.(四).10" + end},
		{"a number with brackets", English, "甲办〔2030〕9号", open + "甲办〔2030〕9号" + end},
		{"English alone", English, "a < b", "a &lt; b"},
		{"markup stays text", English, "<b>甲</b>", "&lt;b&gt;" + open + "甲" + end + "&lt;/b&gt;"},
		{"a Chinese page", Chinese, "甲 & b", "甲 &amp; b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(mixed(c.lang)(c.text)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
