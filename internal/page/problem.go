package page

import (
	"io"
	"strconv"
)

// Problem is an error as its page shows it. Title and Detail are plain sentences without internals.
type Problem struct {
	Status    int
	Title     string // "" for the catalogue's sentence on the status
	Detail    string
	RequestID string
	Feature   bool // a feature was asked for: help to find it
	Errors    []ProblemError
}

// ProblemError is one broken rule of an input.
type ProblemError struct {
	At     string // the name of a parameter or a JSON pointer
	Detail string
}

// Problem writes an error page. The atlas may be nil: then it offers no list to look in.
func (p *Page) Problem(w io.Writer, a *Atlas, r Request, problem Problem) error {
	v := problemView{frame: p.frame(a, r), Problem: problem}
	if v.Problem.Title == "" {
		v.Problem.Title = v.sentence(problem)
	}
	v.frame.Title = v.Problem.Title
	if problem.Status == 404 {
		v.Problem.Detail = "" // the title says it, in the language of the page
	}
	if v.Voice.Lang != English {
		v.DetailLang = English
	}
	if a != nil && problem.Status == 404 {
		for _, f := range a.areas {
			v.Items = append(v.Items, a.item(v.Voice, f))
		}
	}
	return p.render(w, "problem", v)
}

func (v problemView) sentence(p Problem) string {
	fallback := v.text("problem.title", "")
	if p.Status == 404 && !p.Feature {
		return v.text("problem.404.page", fallback)
	}
	return v.text("problem."+strconv.Itoa(p.Status), fallback)
}

type problemView struct {
	frame
	Problem    Problem
	DetailLang string // of the details, when it is not that of the page
	Items      []Item
}
