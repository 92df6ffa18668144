package page

import (
	"html/template"
	"regexp"
)

// hanRun is a run of Chinese in other text, with the figures and marks within it.
var hanRun = regexp.MustCompile(`\p{Han}(?:[\p{Han}0-9.()〔〕《》()“”、。,·]*[\p{Han}0-9)〕》)”])?`)

// mixed returns what templates write a text with that may hold Chinese among English: on English pages each
// run of Chinese says that it is.
func mixed(lang string) func(text string) template.HTML {
	return func(text string) template.HTML {
		escaped := template.HTMLEscapeString(text)
		if lang == English {
			escaped = hanRun.ReplaceAllString(escaped, `<span lang="`+langTag(Chinese)+`">$0</span>`)
		}
		return template.HTML(escaped) //nolint:gosec // escaped above
	}
}
