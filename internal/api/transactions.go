package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/store"
)

// Transactions of OGC API Features Part 4 (OGC 20-002r1): each is a changeset of one change, which waits for
// review (202 with its address) or is published at once where there is no review.

// otherVersion is the error of a change that was not made on the current version of a feature, which it carries.
type otherVersion struct {
	cause   *layout.Error
	feature json.RawMessage
	etag    string
}

// Error says which version it is.
func (e *otherVersion) Error() string { return e.cause.Error() }

// Unwrap returns the error with its kind.
func (e *otherVersion) Unwrap() error { return e.cause }

// createItem adds a feature. It brings its id.
func (s *Server) createItem(c *caller) error {
	change, kind, err := s.itemChange(c, store.Put)
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
	f := change.Feature
	if _, err := s.itemNow(f.Collection, f.ID); err == nil {
		return &layout.Error{Kind: layout.KindConflict, Concerns: "feature " + quote(string(f.ID)), Detail: "there is one with this id already"}
	}
	return s.propose(c, change, kind)
}

func (s *Server) replaceItem(c *caller) error {
	return s.changeItem(c, store.Put, func(change *edit.Change) error {
		data, err := c.body(featureTypes()...)
		if err != nil {
			return err
		}
		return decodeChange(change, data)
	})
}

func (s *Server) updateItem(c *caller) error {
	return s.changeItem(c, store.Put, func(change *edit.Change) (err error) {
		change.Patch, err = c.body(patchTypes()...)
		return err
	})
}

func (s *Server) deleteItem(c *caller) error {
	return s.changeItem(c, store.Delete, func(*edit.Change) error { return nil })
}

// changeItem changes a feature that is there, if the client has seen it as it is.
func (s *Server) changeItem(c *caller, op store.Op, read func(*edit.Change) error) error {
	change, kind, err := s.itemChange(c, op)
	if err != nil {
		return err
	}
	now, err := s.itemNow(change.Feature.Collection, change.Feature.ID)
	if err != nil {
		return err
	}
	if err := s.seen(c, now); err != nil {
		return err
	}
	if err := read(&change); err != nil {
		return err
	}
	if change.Base = &now.Version; joined(c.Request().Header, "If-Match") == anyVersion {
		change.Base, change.Any = nil, true
	}
	return s.propose(c, change, kind)
}

// itemChange reads which feature a path of items names, and the kind that it must have; "" is any.
func (s *Server) itemChange(c *caller, op store.Op) (edit.Change, string, error) {
	if _, err := parseQuery(c.Request().URL.RawQuery, nil); err != nil {
		return edit.Change{}, "", err
	}
	collection, kind, err := storedCollection(c)
	change := edit.Change{Change: store.Change{Op: op, Feature: layout.Feature{Collection: collection, ID: layout.ID(c.param("feature"))}}}
	return change, kind, err
}

// itemNow is a feature as it is served.
func (s *Server) itemNow(collection layout.CollectionID, id layout.ID) (*layout.Feature, error) {
	snapshot := s.whole().live.Current()
	if snapshot == nil {
		return nil, layout.Unavailable("layout", errNoSnapshot)
	}
	f := s.whole().views.of(snapshot).features()[id]
	if f == nil || f.Collection != collection {
		return nil, layout.NotFound("feature of "+string(collection), id)
	}
	return f, nil
}

// anyVersion in If-Match is whatever version a feature is at, if it is there (RFC 9110, 13.1.1).
const anyVersion = "*"

// seen makes sure that If-Match names the feature as it is: by the tag of a GeoJSON answer for it in either
// language, by its version (such as "v7"), or by * for whatever it is. Without it the error is 428, else 412.
func (s *Server) seen(c *caller, now *layout.Feature) error {
	given := joined(c.Request().Header, "If-Match")
	if given == anyVersion {
		return nil
	}
	tags, err := s.tagsOf(c, now)
	if err != nil {
		return err
	}
	for entry := range strings.SplitSeq(given, ",") {
		for _, tag := range tags {
			if strings.TrimSpace(entry) == tag {
				return nil
			}
		}
	}
	other := &otherVersion{etag: tags[0], cause: &layout.Error{
		Kind: layout.KindStale, Concerns: "feature " + quote(string(now.ID)), Detail: "it is at version " + itoa(now.Version) + " now",
	}}
	if given == "" {
		other.cause.Kind, other.cause.Detail = layout.KindUnstated, "say in If-Match which version of it you have changed; it is at version "+itoa(now.Version)
	}
	if other.feature, err = featureJSON(now); err != nil {
		return err
	}
	return other
}

// tagsOf lists the tags by which a feature as it is is known.
func (s *Server) tagsOf(c *caller, now *layout.Feature) ([]string, error) {
	tags := []string{`"v` + itoa(now.Version) + `"`}
	v := s.whole().views.of(s.whole().live.Current())
	base, err := s.baseOf(s.originOf(c.Request()))
	if err != nil {
		return nil, err
	}
	for _, lang := range []ogc.Lang{ogc.ZH, ogc.EN} {
		a := s.newAsked(c.Context, v)
		a.base, a.lang, a.format, a.values = base, lang, ogc.ItemFormats()[0], map[string][]string{}
		rep, err := s.answerItem(a)
		if err != nil {
			return nil, err
		}
		body, err := a.body(resource{}, rep)
		if err != nil {
			return nil, err
		}
		tags = append(tags, body.ETags()...)
	}
	return tags, nil
}

// propose makes a changeset of one change and answers with where it is, or with what it has become.
func (s *Server) propose(c *caller, change edit.Change, kind string) error {
	if p := change.Feature.Properties; kind != "" && p != nil && p.Common().Kind != kind {
		return badBody("/properties/kind", "features of this collection are of the kind "+kind)
	}
	one, err := s.repeatable(c, func(ctx context.Context, call edit.Call) (store.Changeset, error) {
		call.Revision = 0
		return s.editor.Propose(ctx, call, c.Request().Method+" "+string(change.Feature.ID), change)
	})
	if err != nil {
		return err
	}
	s.awaitVersion(c.Request().Context(), one)
	h := c.Response().Header()
	h["Cache-Control"] = noStore
	status := http.StatusAccepted
	h.Set("Location", changesetsRoot+"/"+one.ID)
	if one.State == store.Published {
		h["X-Layout-Version"] = []string{itoa(one.Version)}
		h.Set("Location", "/api/collections/"+c.param("collection")+"/items/"+string(change.Feature.ID))
		status = http.StatusNoContent
		if c.Request().Method == http.MethodPost {
			status = http.StatusCreated
		}
	}
	return c.NoContent(status)
}
