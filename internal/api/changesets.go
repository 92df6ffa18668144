package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/store"
)

// changesetsRoot is the path under which changesets are served.
const changesetsRoot = "/api/changesets"

// Bounds of lists.
const (
	defaultListed = 100
	maxListed     = 1000
)

// visibleWithin is how long the answer to a publication waits for the server to serve the version that it made.
const visibleWithin = 2 * time.Second

// changeCalls lists what can be asked about changes and about their history.
func (s *Server) changeCalls() []call {
	const get, post, put, patch, del = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete
	const one, item, items = changesetsRoot + "/:id", changesetsRoot + "/:id/items/:collection/:feature", "/api/collections/:collection/items"
	calls := []call{
		{get, changesetsRoot, auth.ReadHistory, s.listChangesets},
		{post, changesetsRoot, auth.Draft, s.createChangeset},
		{get, one, auth.ReadHistory, s.getChangeset},
		{patch, one, auth.Draft, s.renameChangeset},
		{put, item, auth.Draft, s.putChange},
		{patch, item, auth.Draft, s.patchChange},
		{del, item, auth.Draft, s.deleteChange},
		{post, item + "/discard", auth.Draft, s.discardChange},
		{get, one + "/conflicts", auth.ReadHistory, s.getConflicts},
		{post, one + "/conflicts/:collection/:feature", auth.Draft, s.resolveConflict},
		{post, one + "/comments", auth.Comment, s.commentChangeset},
		{get, one + "/check", auth.ReadHistory, s.checkChangeset},
		{post, one + "/operations", auth.Draft, s.operate},
		{post, one + "/submit", auth.Draft, s.move(s.editor.Submit)},
		{post, one + "/ask", auth.Review, s.move(texted(s.editor.Ask))},
		{post, one + "/approve", auth.Review, s.move(s.editor.Approve)},
		{post, one + "/publish", auth.Publish, s.step(s.publishChangeset)},
		{post, one + "/withdraw", auth.Draft, s.move(texted(s.editor.Withdraw))},
		{post, items, auth.Draft, s.createItem},
		{put, items + "/:feature", auth.Draft, s.replaceItem},
		{patch, items + "/:feature", auth.Draft, s.updateItem},
		{del, items + "/:feature", auth.Draft, s.deleteItem},
		{get, "/api/versions", s.readers(), s.listVersions},
		{get, "/api/versions/:n", s.readers(), s.getVersion},
		{get, "/api/diff", s.readers(), s.getDiff},
		{get, "/api/items/:feature/history", s.readers(), s.getHistory},
	}
	return calls
}

// call reads who makes a request and, from If-Match, which revision they have seen.
func (c *caller) call() edit.Call {
	return edit.Call{Actor: c.Principal, Address: c.address, Revision: seenRevision(joined(c.Request().Header, "If-Match"))}
}

// seenRevision reads the tag of a changeset: 0 where none is given, and what no changeset has where it is not one.
func seenRevision(header string) int64 {
	if header == "" || header == "*" {
		return 0
	}
	text, ok := strings.CutPrefix(strings.Trim(header, `"`), "r")
	n, err := strconv.ParseInt(text, 10, 64)
	if !ok || err != nil || n < 1 {
		return -1
	}
	return n
}

func revisionTag(c store.Changeset) string { return `"r` + itoa(c.Revision) + `"` }

func (s *Server) listChangesets(c *caller) error {
	values, err := parseQuery(c.Request().URL.RawQuery, []string{"state", "author", "before", "limit"})
	if err != nil {
		return err
	}
	q := store.ChangesetQuery{State: store.State(values.Get("state")), Author: values.Get("author")}
	if q.State != "" && !isState(q.State) {
		return badParameter("state", "must be one of "+joinStates())
	}
	if q.Limit, err = listLimit(values); err != nil {
		return err
	}
	if text := values.Get("before"); text != "" {
		if q.Before, err = time.Parse(time.RFC3339Nano, text); err != nil {
			return badParameter("before", "must be a time such as 2026-01-31T00:00:00Z")
		}
	}
	list, err := s.editor.Changesets(c.Request().Context(), c.Principal, q)
	if err != nil {
		return err
	}
	doc := changesetList{Changesets: []changesetHead{}}
	for _, one := range list {
		doc.Changesets = append(doc.Changesets, headOf(one))
	}
	return c.write(http.StatusOK, doc)
}

// listLimit reads the parameter limit of a list.
func listLimit(values url.Values) (int, error) {
	if !values.Has("limit") {
		return defaultListed, nil
	}
	n, err := parseLimit(values.Get("limit"))
	return min(n, maxListed), err
}

// begun is what a draft is begun with.
type begun struct {
	Title   string `json:"title"`
	Restore *struct {
		Version  int64       `json:"version"`
		Features []layout.ID `json:"features"`
	} `json:"restore"`
}

func (s *Server) createChangeset(c *caller) error {
	return s.once(c, http.StatusCreated, func(ctx context.Context, call edit.Call) (store.Changeset, error) {
		var b begun
		switch err := c.told(&b); {
		case err != nil:
			return store.Changeset{}, err
		case b.Restore != nil:
			return s.editor.Restore(ctx, call, b.Title, b.Restore.Version, b.Restore.Features)
		}
		return s.editor.Create(ctx, call, b.Title)
	})
}

func (s *Server) getChangeset(c *caller) error {
	one, err := s.editor.Changeset(c.Request().Context(), c.Principal, c.param("id"))
	if err != nil {
		return err
	}
	return s.sendChangeset(c, http.StatusOK, one)
}

func (s *Server) renameChangeset(c *caller) error {
	var b struct {
		Title string `json:"title"`
	}
	if err := c.told(&b); err != nil {
		return err
	}
	return s.answer(c, func(ctx context.Context, call edit.Call) (store.Changeset, error) {
		return s.editor.Rename(ctx, call, c.param("id"), b.Title)
	})
}

// told is what comes with a step.
type told struct {
	Text    string    `json:"text"`
	Reasons []reason  `json:"reasons"` // why issues may stand
	At      time.Time `json:"at"`      // of a publication
}

// reason is why one issue may stand.
type reason struct {
	Code    string    `json:"code"`
	Feature layout.ID `json:"feature"`
	With    layout.ID `json:"with"`
	Text    string    `json:"text"`
}

// reasonedFunc is a step that may carry reasons for issues.
type reasonedFunc func(ctx context.Context, call edit.Call, id, text string, reasons ...edit.Reason) (store.Changeset, error)

// texted makes a step of one that has no more than a text.
func texted(do func(context.Context, edit.Call, string, string) (store.Changeset, error)) reasonedFunc {
	return func(ctx context.Context, call edit.Call, id, text string, reasons ...edit.Reason) (store.Changeset, error) {
		if len(reasons) > 0 {
			return store.Changeset{}, badBody("/reasons", "this step takes none")
		}
		return do(ctx, call, id, text)
	}
}

func (s *Server) move(do reasonedFunc) func(*caller) error {
	return s.step(func(ctx context.Context, call edit.Call, id string, t told) (store.Changeset, error) {
		if !t.At.IsZero() {
			return store.Changeset{}, badBody("/at", "only a publication has a time")
		}
		reasons := make([]edit.Reason, len(t.Reasons))
		for i, r := range t.Reasons {
			reasons[i] = edit.Reason(r)
		}
		return do(ctx, call, id, t.Text, reasons...)
	})
}

func (s *Server) publishChangeset(ctx context.Context, call edit.Call, id string, t told) (store.Changeset, error) {
	return s.editor.Publish(ctx, call, id, t.At)
}

func (s *Server) step(do func(context.Context, edit.Call, string, told) (store.Changeset, error)) func(*caller) error {
	return func(c *caller) error {
		return s.once(c, http.StatusOK, func(ctx context.Context, call edit.Call) (store.Changeset, error) {
			var t told
			if err := c.told(&t); err != nil {
				return store.Changeset{}, err
			}
			return do(ctx, call, c.param("id"), t)
		})
	}
}

func (s *Server) commentChangeset(c *caller) error {
	return s.once(c, http.StatusCreated, func(ctx context.Context, call edit.Call) (store.Changeset, error) {
		var r remark
		if err := c.told(&r); err != nil {
			return store.Changeset{}, err
		}
		return s.editor.Comment(ctx, call, c.param("id"), edit.Remark{Text: r.Text, Collection: r.Collection, Feature: r.Feature, Place: r.Place})
	})
}

// answer runs a step and answers with the changeset that it leaves.
func (s *Server) answer(c *caller, do func(context.Context, edit.Call) (store.Changeset, error)) error {
	one, err := do(c.Request().Context(), c.call())
	if err != nil {
		return err
	}
	return s.sendChangeset(c, http.StatusOK, one)
}

// once is answer for calls that may carry an Idempotency-Key.
func (s *Server) once(c *caller, status int, do func(context.Context, edit.Call) (store.Changeset, error)) error {
	one, err := s.repeatable(c, do)
	if err != nil {
		return err
	}
	return s.sendChangeset(c, status, one)
}

// maxKey bounds an Idempotency-Key, in bytes.
const maxKey = 200

// repeatable runs a step once, however often it is called with the same Idempotency-Key.
func (s *Server) repeatable(c *caller, do func(context.Context, edit.Call) (store.Changeset, error)) (store.Changeset, error) {
	ctx, call := c.Request().Context(), c.call()
	name := c.Request().Header.Get("Idempotency-Key")
	if name == "" {
		return do(ctx, call)
	}
	if len(name) > maxKey || strings.Trim(name, printable) != "" {
		return store.Changeset{}, badParameter("Idempotency-Key", "must be at most "+strconv.Itoa(maxKey)+" printable ASCII characters")
	}
	print, err := fingerprint(c)
	if err != nil {
		return store.Changeset{}, err
	}
	one, repeated, err := s.editor.Once(ctx, call.Actor, edit.Key{Name: name, Fingerprint: print}, func(keyed edit.Call) (store.Changeset, error) {
		keyed.Revision = call.Revision
		return do(ctx, keyed)
	})
	if repeated {
		c.Response().Header().Set("Idempotent-Replayed", "true")
	}
	return one, err
}

// printable are the characters of a key.
const printable = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~ "

// fingerprint is a hash of what a request asks for. The body is put back.
func fingerprint(c *caller) (string, error) {
	r := c.Request()
	data, err := c.bytes()
	if err != nil {
		return "", err
	}
	r.Body = io.NopCloser(bytes.NewReader(data))
	h := sha256.New()
	for _, part := range []string{r.Method, r.URL.Path, r.URL.RawQuery, r.Header.Get("If-Match"), string(data)} {
		h.Write([]byte(itoa(int64(len(part))) + ":" + part))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// sendChangeset writes a changeset. The answer to a publication comes when this server serves the version.
func (s *Server) sendChangeset(c *caller, status int, one store.Changeset) error {
	s.awaitVersion(c.Request().Context(), one)
	view, err := s.editor.Look(c.Request().Context(), one)
	if err != nil {
		return err
	}
	doc, err := changesetOf(view)
	if err != nil {
		return err
	}
	if status == http.StatusCreated {
		c.Response().Header().Set("Location", changesetsRoot+"/"+one.ID)
	}
	c.Response().Header().Set("ETag", revisionTag(one))
	return c.write(status, doc)
}

// awaitVersion waits, not for long, for the version that a changeset became to be served.
func (s *Server) awaitVersion(ctx context.Context, one store.Changeset) {
	if one.State != store.Published {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, visibleWithin)
	defer cancel()
	s.whole().live.Await(ctx, one.Version)
}

func isState(state store.State) bool {
	for _, known := range store.States() {
		if known == state {
			return true
		}
	}
	return false
}

func joinStates() string {
	var names []string
	for _, state := range store.States() {
		names = append(names, string(state))
	}
	return strings.Join(names, ", ")
}

// patchTypes and featureTypes are the media types of a merge patch, and of a feature.
func patchTypes() []string { return []string{ogc.TypeMergePatch, ogc.TypeGeoJSON, ogc.TypeJSON} }

func featureTypes() []string { return []string{ogc.TypeGeoJSON, ogc.TypeJSON} }
