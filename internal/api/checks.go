package api

import (
	"context"
	"net/http"

	"parkmap/internal/check"
	"parkmap/internal/edit"
	"parkmap/internal/geo"
	"parkmap/internal/layout"
	"parkmap/internal/store"
	"parkmap/internal/topology"
)

// issueDoc is one thing that a check found, in both languages.
type issueDoc struct {
	check.Issue
	Geometry any          `json:"geometry,omitempty"` // what is wrong itself
	Text     layout.Label `json:"text"`
}

func (s *Server) issueDocs(list []check.Issue) ([]issueDoc, error) {
	docs := []issueDoc{}
	for _, issue := range list {
		doc := issueDoc{Issue: issue}
		if issue.Geometry != nil {
			doc.Geometry = geo.JSON(issue.Geometry)
		}
		for lang, into := range map[string]*string{"zh": &doc.Text.ZH, "en": &doc.Text.EN} {
			text, err := s.drawing.Voices(lang).T(issue.TextKey(), issue.Params(func(id layout.ID) string { return s.nameOf(id, lang) })...)
			if err != nil {
				return nil, err
			}
			*into = text
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// nameOf is the name of a published feature in a language, or its id where there is none.
func (s *Server) nameOf(id layout.ID, lang string) string {
	snapshot := s.whole().live.Current()
	if snapshot == nil {
		return string(id)
	}
	f := s.whole().views.of(snapshot).features()[id]
	switch {
	case f == nil:
		return string(id)
	case lang == "zh":
		return f.Properties.Common().NameZH
	}
	return f.Properties.Common().NameEN
}

func (s *Server) checkChangeset(c *caller) error {
	list, err := s.editor.Check(c.Request().Context(), c.Principal, c.param("id"))
	if err != nil {
		return err
	}
	docs, err := s.issueDocs(list)
	if err != nil {
		return err
	}
	return c.write(http.StatusOK, struct {
		Issues []issueDoc `json:"issues"`
	}{docs})
}

// outcomeDoc is what an operation would do.
type outcomeDoc struct {
	Changed  []shapeDoc `json:"changed"`
	Gaps     any        `json:"gaps,omitempty"`     // what a border leaves uncovered that was moved alone
	Overlaps []shapeDoc `json:"overlaps,omitempty"` // what it covers of others, by their ids
}

// shapeDoc is a shape as an operation leaves it; null where it is gone.
type shapeDoc struct {
	ID       string `json:"id"`
	Geometry any    `json:"geometry"`
}

func outcomeOf(o topology.Outcome) outcomeDoc {
	doc := outcomeDoc{Changed: []shapeDoc{}}
	for _, changed := range o.Changed {
		shape := shapeDoc{ID: changed.ID}
		if changed.Geometry != nil {
			shape.Geometry = geo.JSON(changed.Geometry)
		}
		doc.Changed = append(doc.Changed, shape)
	}
	if len(o.Gaps) > 0 {
		doc.Gaps = geo.JSON(o.Gaps)
	}
	for _, over := range o.Overlaps {
		doc.Overlaps = append(doc.Overlaps, shapeDoc{over.With, geo.JSON(over.Shape)})
	}
	return doc
}

// operate carries out an operation on a draft; with preview=1 it only says what would be done.
func (s *Server) operate(c *caller) error {
	values, err := parseQuery(c.Request().URL.RawQuery, []string{"preview"})
	if err != nil {
		return err
	}
	var op topology.Operation
	if err := c.told(&op); err != nil {
		return err
	}
	switch values.Get("preview") {
	case "", "0":
		return s.answer(c, func(ctx context.Context, call edit.Call) (store.Changeset, error) {
			one, _, err := s.editor.Operate(ctx, call, c.param("id"), op)
			return one, err
		})
	case "1":
		outcome, err := s.editor.Preview(c.Request().Context(), c.call(), c.param("id"), op)
		if err != nil {
			return err
		}
		return c.write(http.StatusOK, outcomeOf(outcome))
	}
	return badParameter("preview", "must be one of 0, 1")
}
