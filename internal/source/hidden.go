package source

import (
	"context"
	"slices"

	"parkmap/internal/layout"
)

// Hide returns tables as somebody sees them who is to know nothing of some: these are as if there were none.
func Hide(tables Tables, hidden []layout.CollectionID) Tables {
	if len(hidden) == 0 {
		return tables
	}
	return hiding{tables, hidden}
}

type hiding struct {
	Tables
	hidden []layout.CollectionID
}

// Collections implements Source.
func (h hiding) Collections() []Collection {
	return slices.DeleteFunc(slices.Clone(h.Tables.Collections()), func(c Collection) bool { return h.hides(c.ID) })
}

// Collection implements Source.
func (h hiding) Collection(id layout.CollectionID) (Collection, error) {
	if h.hides(id) {
		return Collection{}, noCollection(id)
	}
	return h.Tables.Collection(id)
}

// Items implements Source.
func (h hiding) Items(ctx context.Context, q Query) (Page, error) {
	if h.hides(q.Collection) {
		return Page{}, noCollection(q.Collection)
	}
	return h.Tables.Items(ctx, q)
}

// Item implements Source.
func (h hiding) Item(ctx context.Context, collection layout.CollectionID, id layout.ID) (Feature, error) {
	if h.hides(collection) {
		return Feature{}, noCollection(collection)
	}
	return h.Tables.Item(ctx, collection, id)
}

// Token implements Tables.
func (h hiding) Token(id layout.CollectionID) string {
	if h.hides(id) {
		return ""
	}
	return h.Tables.Token(id)
}

func (h hiding) hides(id layout.CollectionID) bool { return slices.Contains(h.hidden, id) }

func noCollection(id layout.CollectionID) error { return layout.NotFound("collection", layout.ID(id)) }
