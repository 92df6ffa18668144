package api

import (
	"context"
	"net/http"
	"strconv"

	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// changeOf reads which feature of a changeset a path names, and the parameter base.
func changeOf(c *caller, op store.Op) (edit.Change, error) {
	values, err := parseQuery(c.Request().URL.RawQuery, []string{"base"})
	if err != nil {
		return edit.Change{}, err
	}
	collection, _, err := storedCollection(c)
	if err != nil {
		return edit.Change{}, err
	}
	change := edit.Change{Change: store.Change{Op: op, Feature: layout.Feature{Collection: collection, ID: layout.ID(c.param("feature"))}}}
	if values.Has("base") {
		n, err := strconv.ParseInt(values.Get("base"), 10, 64)
		if err != nil || n < 0 {
			return change, badParameter("base", "must be the version of the feature that was changed")
		}
		change.Base = &n
	}
	return change, nil
}

// storedCollection is the collection that keeps what the path names, and the kind that its features must have;
// "" is any.
func storedCollection(c *caller) (layout.CollectionID, string, error) {
	name := layout.CollectionID(c.param("collection"))
	collection, kind := layout.Stored(name)
	if collection == "" {
		return "", "", layout.NotFound("collection", layout.ID(name))
	}
	return collection, kind, nil
}

// decodeChange makes a feature of a body, which may leave its id out; the version among its properties is what
// the change was made on, unless the parameter base says so.
func decodeChange(change *edit.Change, data []byte) error {
	named := change.Feature.ID
	f, err := layout.DecodeFeature(change.Feature.Collection, data)
	if err != nil {
		return err
	}
	if f.ID == "" {
		f.ID = named
	}
	if named != "" && f.ID != named {
		return badBody("/id", "is not the id that the path names")
	}
	if f.ID == "" {
		return badBody("/id", "a feature brings its permanent id")
	}
	change.Feature = f
	return nil
}

func (s *Server) putChange(c *caller) error {
	change, err := changeOf(c, store.Put)
	if err != nil {
		return err
	}
	data, err := c.body(featureTypes()...)
	if err == nil {
		err = decodeChange(&change, data)
	}
	if err != nil {
		return err
	}
	return s.saveChange(c, change)
}

func (s *Server) patchChange(c *caller) error {
	change, err := changeOf(c, store.Put)
	if err == nil {
		change.Patch, err = c.body(patchTypes()...)
	}
	if err != nil {
		return err
	}
	return s.saveChange(c, change)
}

func (s *Server) deleteChange(c *caller) error {
	change, err := changeOf(c, store.Delete)
	if err != nil {
		return err
	}
	return s.saveChange(c, change)
}

func (s *Server) saveChange(c *caller, change edit.Change) error {
	return s.answer(c, func(ctx context.Context, call edit.Call) (store.Changeset, error) {
		return s.editor.Save(ctx, call, c.param("id"), change)
	})
}

func (s *Server) discardChange(c *caller) error {
	change, err := changeOf(c, store.Delete)
	if err != nil {
		return err
	}
	return s.answer(c, func(ctx context.Context, call edit.Call) (store.Changeset, error) {
		return s.editor.Discard(ctx, call, c.param("id"), change.Feature.Collection, change.Feature.ID)
	})
}

func (s *Server) getConflicts(c *caller) error {
	list, err := s.editor.Conflicts(c.Request().Context(), c.Principal, c.param("id"))
	if err != nil {
		return err
	}
	docs, err := conflictDocs(list)
	if err != nil {
		return err
	}
	return c.write(http.StatusOK, conflictList{docs})
}

func (s *Server) resolveConflict(c *caller) error {
	change, err := changeOf(c, store.Put)
	if err != nil {
		return err
	}
	var b resolution
	if err := c.told(&b); err != nil {
		return err
	}
	r := edit.Resolution{Collection: change.Feature.Collection, ID: change.Feature.ID, Against: b.Version, Choices: map[string]edit.Choice{}}
	for name, chosen := range b.Choices {
		r.Choices[name] = edit.Choice{Side: chosen.Side, Value: chosen.Value}
	}
	return s.answer(c, func(ctx context.Context, call edit.Call) (store.Changeset, error) {
		return s.editor.Resolve(ctx, call, c.param("id"), r)
	})
}
