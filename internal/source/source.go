// Package source is the one read interface of the program: collections, items, one item. Behind it
// stands the snapshot, the published layout in memory, or the tables of a database (package table). It knows
// no HTTP and no SQL.
package source

import (
	"context"
	"time"

	"parkmap/internal/cql2"
	"parkmap/internal/geo"
	"parkmap/internal/layout"
)

// Source answers reads. All methods may be called at the same time. Errors are *layout.Error.
type Source interface {
	// Collections lists what can be read, in a fixed order.
	Collections() []Collection
	// Collection returns one of them; not-found when there is none.
	Collection(id layout.CollectionID) (Collection, error)
	// Items returns one page of a collection.
	Items(ctx context.Context, q Query) (Page, error)
	// Item returns one feature by id or slug; not-found when there is none.
	Item(ctx context.Context, collection layout.CollectionID, id layout.ID) (Feature, error)
}

// Tables is a source whose collections come, go and change while they are served.
type Tables interface {
	Source
	// Revision grows with every change of what Collections returns.
	Revision() uint64
	// Token names the state of the rows of a collection: what was made of them may be kept until there is another
	// token. It is the same on every server of the database. "" is a collection that there is not.
	Token(id layout.CollectionID) string
}

// Collection describes one collection.
type Collection struct {
	ID            layout.CollectionID
	Title         layout.Label
	Description   layout.Label
	GeometryTypes []string  // GeoJSON names; empty when the features have none
	Extent        *geo.BBox // nil when there is no geometry
	Count         int
	Schema        []layout.Property // properties in their order, see layout.SchemaOf
	Table         bool              // a table of the operator's, not a collection of the layout
}

// Query asks for one page of a collection.
type Query struct {
	Collection layout.CollectionID
	BBox       *geo.BBox           // features that intersect it; features without geometry never do
	Interval   *Interval           // features without time always match
	Text       string              // q: Chinese, pinyin, initials, English
	Equal      map[string][]string // property name → accepted values, one parameter per queryable
	Filter     *cql2.Expression    // in lon/lat, not checked against the properties yet; nil lets all through
	SortBy     []SortKey
	Properties []string // those that are needed, so that a table need not read the others; nil needs all
	Limit      int      // at least 1
	After      string   // token of the page before it; "" is the first page
	Before     string   // token of the page behind it
}

// SortKey is one property to sort by.
type SortKey struct {
	Property   string
	Descending bool
}

// Interval is a time interval; a zero bound is open.
type Interval struct {
	Start, End time.Time
}

// Page is one page of features with the tokens of its neighbours.
type Page struct {
	Features      []Feature
	NumberMatched int
	Estimated     bool   // NumberMatched is the planner's estimate, because counting would take too long
	Next          string // "" on the last page
	Prev          string // "" on the first page
}
