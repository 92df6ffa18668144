package main

import (
	"context"
	"fmt"
	"slices"

	"parkmap/internal/api"
	"parkmap/internal/layout"
	"parkmap/internal/source"
	"parkmap/internal/tileset"
)

// hidden is what only signed-in users see.
type hidden struct {
	collections []layout.CollectionID // of the layout
	tables      []layout.CollectionID
}

func (h hidden) any() bool { return len(h.collections)+len(h.tables) > 0 }

// hidden sorts the names of private collections. A name that cannot be one is an error: what was to be private would
// be public.
func (c *Config) hidden() (h hidden, err error) {
	for _, name := range c.Private {
		id := layout.CollectionID(name)
		switch {
		case slices.Contains(layout.MayHide(), id):
			h.collections = append(h.collections, id)
		case layout.SchemaOf(id) != nil:
			return h, fmt.Errorf("--private: %s cannot be private: the map is about them", name)
		case len(c.Publish) > 0:
			h.tables = append(h.tables, id)
		default:
			return h, fmt.Errorf("--private: there is no collection %s; those that can be private are %v", name, layout.MayHide())
		}
	}
	return h, nil
}

// warnOfUnknown tells of private tables that are not published at present: their names may be misspelt.
func (a *app) warnOfUnknown() {
	for _, id := range a.hidden.tables {
		if _, err := a.tables.Collection(id); err != nil {
			a.log.Warn("a table that is to be private is not published; is its name right?", "table", string(id))
		}
	}
}

// loadPublic loads a version as everybody sees it.
func (a *app) loadPublic(ctx context.Context, n int64) (*layout.Layout, error) {
	l, err := a.store.LoadVersion(ctx, n)
	if err != nil {
		return nil, err
	}
	return l.Without(a.hidden.collections)
}

// memberAudience is what signed-in users see; nil where it is what everybody sees.
func (a *app) memberAudience() *api.Audience {
	if a.members == nil {
		return nil
	}
	audience := &api.Audience{Live: a.members, LoadVersion: a.store.LoadVersion, VersionAt: a.store.VersionAt}
	if a.tables != nil {
		audience.Tables, audience.TableTiles = source.Tables(a.tables), a.tableTiles(nil)
	}
	return audience
}

// tableTiles makes tiles of the tables that are not hidden.
func (a *app) tableTiles(hidden []layout.CollectionID) *tileset.Tables {
	tiles := tileset.NewTables(&tableFeed{tables: a.tables, hidden: hidden})
	tiles.SetBudget(a.cfg.TablesTileKB << 10)
	return tiles
}
