package api

import (
	"encoding/json"
	"time"

	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// changesetList is a list of changesets.
type changesetList struct {
	Changesets []changesetHead `json:"changesets"`
}

// changesetHead is a changeset without what it changes.
type changesetHead struct {
	ID        string      `json:"id"`
	Revision  int64       `json:"revision"`
	State     store.State `json:"state"`
	Title     string      `json:"title"`
	Author    string      `json:"author"`
	Reviewer  string      `json:"reviewer,omitempty"`
	CreatedAt time.Time   `json:"created_at"`
	ChangedAt time.Time   `json:"changed_at"`
	PublishAt *time.Time  `json:"publish_at,omitempty"`
	Version   int64       `json:"version,omitempty"`
}

// changesetDoc is a changeset with all that it changes.
type changesetDoc struct {
	changesetHead
	Items  []itemDoc  `json:"items"`
	Events []eventDoc `json:"events"`
}

// itemDoc is one change with what it was made on.
type itemDoc struct {
	Collection    layout.CollectionID `json:"collection"`
	ID            layout.ID           `json:"id"`
	Op            store.Op            `json:"op"`
	Base          int64               `json:"base"`              // version that the change was made on; 0: it was not there
	Published     int64               `json:"published"`         // version that is published now; 0: it is not there
	Conflict      bool                `json:"conflict"`          // base and published are not the same
	Before        json.RawMessage     `json:"before"`            // null: it was not there
	After         json.RawMessage     `json:"after"`             // null: it is deleted
	Changed       []string            `json:"changed,omitempty"` // names of the properties that change, and geometry
	AreaBeforeKM2 float64             `json:"area_before_km2,omitempty"`
	AreaAfterKM2  float64             `json:"area_after_km2,omitempty"`
}

// eventDoc is one step on record.
type eventDoc struct {
	Number     int64               `json:"number"`
	At         time.Time           `json:"at"`
	Author     string              `json:"author"`
	Kind       string              `json:"kind"`
	Text       string              `json:"text,omitempty"`
	Collection layout.CollectionID `json:"collection,omitempty"`
	Feature    layout.ID           `json:"feature,omitempty"`
	Place      *[2]float64         `json:"place,omitempty"` // lon/lat
}

// remark is a comment as it is sent.
type remark struct {
	Text       string              `json:"text"`
	Collection layout.CollectionID `json:"collection"`
	Feature    layout.ID           `json:"feature"`
	Place      *[2]float64         `json:"place"` // lon/lat
}

// conflictList is a list of conflicts.
type conflictList struct {
	Conflicts []conflictDoc `json:"conflicts"`
}

// conflictDoc is a feature that a changeset changes and somebody else has published.
type conflictDoc struct {
	Collection layout.CollectionID `json:"collection"`
	ID         layout.ID           `json:"id"`
	Version    versionDoc          `json:"version"` // that made theirs
	Base       json.RawMessage     `json:"base"`
	Theirs     json.RawMessage     `json:"theirs"`
	Mine       json.RawMessage     `json:"mine"`
	Parts      []partDoc           `json:"parts"`
}

// partDoc is one part of a feature in which the three are not the same; null is absent.
type partDoc struct {
	Name   string          `json:"name"`
	By     string          `json:"by"`
	Base   json.RawMessage `json:"base"`
	Theirs json.RawMessage `json:"theirs"`
	Mine   json.RawMessage `json:"mine"`
}

// resolution is what is chosen in a conflict.
type resolution struct {
	Version int64 `json:"version"` // of the conflict that was looked at
	Choices map[string]struct {
		Side  string          `json:"side"`
		Value json.RawMessage `json:"value"`
	} `json:"choices"`
}

func headOf(c store.Changeset) changesetHead {
	h := changesetHead{
		ID: c.ID, Revision: c.Revision, State: c.State, Title: c.Title, Author: c.Author, Reviewer: c.Reviewer,
		CreatedAt: c.CreatedAt, ChangedAt: c.ChangedAt, Version: c.Version,
	}
	if !c.PublishAt.IsZero() {
		h.PublishAt = &c.PublishAt
	}
	return h
}

func changesetOf(v edit.View) (changesetDoc, error) {
	doc := changesetDoc{changesetHead: headOf(v.Changeset), Items: []itemDoc{}, Events: []eventDoc{}}
	for _, i := range v.Items {
		item, err := itemOf(i)
		if err != nil {
			return doc, err
		}
		doc.Items = append(doc.Items, item)
	}
	for _, e := range v.Events {
		doc.Events = append(doc.Events, eventDoc{e.Number, e.At, e.Author, e.Kind, e.Text, e.Collection, e.Feature, (*[2]float64)(e.Place)})
	}
	return doc, nil
}

func itemOf(i edit.ViewItem) (itemDoc, error) {
	f := &i.Feature
	doc := itemDoc{
		Collection: f.Collection, ID: f.ID, Op: i.Op, Base: i.Base, Published: i.Now, Conflict: i.Conflicting(),
		AreaBeforeKM2: edit.AreaKM2(i.Before),
	}
	if i.Op == store.Delete {
		f = nil
	}
	doc.AreaAfterKM2 = edit.AreaKM2(f)
	for _, p := range i.Parts {
		doc.Changed = append(doc.Changed, p.Name)
	}
	var err error
	if doc.Before, err = featureJSON(i.Before); err == nil {
		doc.After, err = featureJSON(f)
	}
	return doc, err
}

// featureJSON is a feature as GeoJSON; nil, which is written as null, for none.
func featureJSON(f *layout.Feature) (json.RawMessage, error) {
	if f == nil {
		return nil, nil
	}
	return layout.MarshalFeature(*f)
}

func conflictDocs(list []edit.Conflict) ([]conflictDoc, error) {
	docs := []conflictDoc{}
	for _, c := range list {
		doc := conflictDoc{Collection: c.Collection, ID: c.ID, Version: versionOf(c.Version), Parts: []partDoc{}}
		for _, side := range []struct {
			into *json.RawMessage
			from *layout.Feature
		}{{&doc.Base, c.Base}, {&doc.Theirs, c.Theirs}, {&doc.Mine, c.Mine}} {
			var err error
			if *side.into, err = featureJSON(side.from); err != nil {
				return nil, err
			}
		}
		for _, p := range c.Parts {
			doc.Parts = append(doc.Parts, partDoc{p.Name, p.By, p.Base, p.Theirs, p.Mine})
		}
		docs = append(docs, doc)
	}
	return docs, nil
}
