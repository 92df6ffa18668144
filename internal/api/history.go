package api

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// versionDoc is one published version. Who made it is for those who are signed in.
type versionDoc struct {
	Number      int64     `json:"version"`
	PublishedAt time.Time `json:"published_at"`
	Changed     int       `json:"changed,omitempty"` // how many features; not told to whom some are hidden
	Author      string    `json:"author,omitempty"`
	Comment     string    `json:"comment,omitempty"`
}

// versionOf is a version as somebody may know it who may see who changed what.
func versionOf(v store.Version) versionDoc {
	return versionDoc{Number: v.Number, PublishedAt: v.PublishedAt, Changed: v.Changed, Author: v.Author, Comment: v.Comment}
}

// versionFor is a version as the caller may know it.
func (s *Server) versionFor(c *caller, v store.Version) versionDoc {
	doc := versionOf(v)
	if !c.MayEver(auth.ReadHistory) {
		doc.Author, doc.Comment = "", ""
	}
	if len(s.hidden(c)) > 0 {
		doc.Changed = 0
	}
	return doc
}

// hidden lists the collections that the caller may not know of.
func (s *Server) hidden(c *caller) []layout.CollectionID {
	snapshot := s.audience(c).live.Current()
	if snapshot == nil {
		return layout.MayHide()
	}
	return snapshot.Layout().Hidden
}

// page reads the parameters of a page of history.
func historyPage(c *caller) (before int64, limit int, err error) {
	values, err := parseQuery(c.Request().URL.RawQuery, []string{"before", "limit"})
	if err != nil {
		return 0, 0, err
	}
	if limit, err = listLimit(values); err != nil {
		return 0, 0, err
	}
	if values.Has("before") {
		before, err = versionParameter(values, "before")
	}
	return before, limit, err
}

func versionParameter(values url.Values, name string) (int64, error) {
	n, err := strconv.ParseInt(values.Get(name), 10, 64)
	if err != nil || n < 1 {
		return 0, badParameter(name, "must be the number of a version")
	}
	return n, nil
}

func (s *Server) listVersions(c *caller) error {
	before, limit, err := historyPage(c)
	if err != nil {
		return err
	}
	list, err := s.editor.Versions(c.Request().Context(), before, limit)
	if err != nil {
		return err
	}
	docs := make([]versionDoc, len(list))
	for i, v := range list {
		docs[i] = s.versionFor(c, v)
	}
	return c.write(http.StatusOK, struct {
		Versions []versionDoc `json:"versions"`
	}{docs})
}

func (s *Server) getVersion(c *caller) error {
	if _, err := parseQuery(c.Request().URL.RawQuery, nil); err != nil {
		return err
	}
	n, err := strconv.ParseInt(c.param("n"), 10, 64)
	if err != nil {
		return layout.NotFound("version", layout.ID(c.param("n")))
	}
	v, err := s.editor.Version(c.Request().Context(), n)
	if err != nil {
		return err
	}
	return c.write(http.StatusOK, s.versionFor(c, v))
}

// diffDoc is what two versions do not share.
type diffDoc struct {
	From    int64           `json:"from"`
	To      int64           `json:"to"`
	Changes []differenceDoc `json:"changes"`
}

// differenceDoc is one feature in which they differ; before or after is null where it is not there.
type differenceDoc struct {
	Collection    layout.CollectionID `json:"collection"`
	ID            layout.ID           `json:"id"`
	Before        json.RawMessage     `json:"before"`
	After         json.RawMessage     `json:"after"`
	Changed       []string            `json:"changed,omitempty"`
	AreaBeforeKM2 float64             `json:"area_before_km2,omitempty"`
	AreaAfterKM2  float64             `json:"area_after_km2,omitempty"`
}

func (s *Server) getDiff(c *caller) error {
	values, err := parseQuery(c.Request().URL.RawQuery, []string{"from", "to"})
	if err != nil {
		return err
	}
	var doc diffDoc
	if doc.From, err = versionParameter(values, "from"); err != nil {
		return err
	}
	if doc.To, err = versionParameter(values, "to"); err != nil {
		return err
	}
	a := s.audience(c)
	before, err := a.layoutAt(c.Request().Context(), doc.From)
	if err != nil {
		return err
	}
	after, err := a.layoutAt(c.Request().Context(), doc.To)
	if err != nil {
		return err
	}
	list, err := edit.Compare(before, after)
	if err != nil {
		return err
	}
	if doc.Changes, err = differenceDocs(list); err != nil {
		return err
	}
	return c.write(http.StatusOK, doc)
}

// audience is the server of what the caller may see.
func (s *Server) audience(c *caller) *Server {
	if c.Allows(auth.ReadPrivate, auth.Thing{}) {
		return s.whole()
	}
	return s
}

func differenceDocs(list []edit.Difference) ([]differenceDoc, error) {
	docs := []differenceDoc{}
	for _, d := range list {
		doc := differenceDoc{Collection: d.Collection, ID: d.ID, AreaBeforeKM2: edit.AreaKM2(d.Before), AreaAfterKM2: edit.AreaKM2(d.After)}
		for _, p := range d.Parts {
			doc.Changed = append(doc.Changed, p.Name)
		}
		var err error
		if doc.Before, err = featureJSON(d.Before); err != nil {
			return nil, err
		}
		if doc.After, err = featureJSON(d.After); err != nil {
			return nil, err
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// revisionDoc is one feature as one version left it; null where it was deleted, and for whom it could name what is
// hidden from them.
type revisionDoc struct {
	versionDoc
	Op      store.Op        `json:"op"`
	AreaKM2 float64         `json:"area_km2,omitempty"`
	Feature json.RawMessage `json:"feature"`
}

func (s *Server) getHistory(c *caller) error {
	before, limit, err := historyPage(c)
	if err != nil {
		return err
	}
	list, err := s.editor.History(c.Request().Context(), layout.ID(c.param("feature")), before, limit)
	if err != nil {
		return err
	}
	hidden := s.hidden(c)
	docs := make([]revisionDoc, len(list))
	for i, r := range list {
		if slices.Contains(hidden, r.Feature.Collection) {
			return layout.NotFound("feature", r.Feature.ID)
		}
		docs[i] = revisionDoc{versionDoc: s.versionFor(c, r.Version), Op: r.Op}
		if r.Op == store.Delete || len(hidden) > 0 {
			continue
		}
		docs[i].AreaKM2 = edit.AreaKM2(&r.Feature)
		if docs[i].Feature, err = featureJSON(&r.Feature); err != nil {
			return err
		}
	}
	return c.write(http.StatusOK, struct {
		Revisions []revisionDoc `json:"revisions"`
	}{docs})
}
