package api

import (
	"context"
	"encoding/json"
	"fmt"

	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/ogc"
	"parkmap/internal/source"
	"parkmap/internal/store/sqlite"
)

// office is a server whose layout can be changed: the test layout on a store of its own.
type office struct {
	*accounts
	store *sqlite.Store
	clock *atomic.Int64 // seconds behind at
}

func newOffice(t *testing.T, review bool) *office {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "parkmap.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	o := &office{store: s, clock: new(atomic.Int64)}
	now := func() time.Time { return at.Add(time.Duration(o.clock.Load()) * time.Second) }
	l, err := layout.ReadFolder(os.DirFS("../../testdata/layout-tiny"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := edit.New(s, edit.Options{Now: now}).Seed(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	live := follow(t, s)
	var ids atomic.Int64
	o.accounts = newAccountsOn(t, s, func(options *Options) {
		options.Live, options.LoadVersion, options.VersionAt, options.Now = live, s.LoadVersion, s.VersionAt, now
		options.Editor = edit.New(s, edit.Options{
			Now: now, Unreviewed: !review, NewID: func() string { return fmt.Sprintf("c%d", ids.Add(1)) },
			Current: func() *layout.Layout { return live.Current().Layout() },
		})
	})
	pia := auth.Account{Name: "pia", Role: auth.Planner, Districts: []layout.ID{"990101"}}
	if _, err := o.Add(t.Context(), auth.CommandLine(), pia, goodPassword); err != nil {
		t.Fatal(err)
	}
	return o
}

// follow serves the newest version of a store.
func follow(t *testing.T, s *sqlite.Store) *source.Live {
	t.Helper()
	live := new(source.Live)
	load := func() {
		l, err := s.Load(context.Background())
		if err != nil {
			return // the test is over
		}
		if snapshot, err := source.NewSnapshot(l); err == nil {
			live.Swap(snapshot)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	changed := s.Watch(ctx)
	load()
	var followed sync.WaitGroup
	followed.Go(func() {
		for range changed {
			load()
		}
	})
	t.Cleanup(func() { stop(); followed.Wait() })
	return live
}

// change sends a request about changes, and returns the changeset that it answers with.
func (o *office) change(status int, method, target string, body any, headers ...string) changesetDoc {
	o.t.Helper()
	var doc changesetDoc
	o.decode(o.send(method, target, body, headers...), status, &doc)
	return doc
}

// tagged adds the tag of a changeset to headers.
func tagged(doc changesetDoc, headers []string) []string {
	return append(slices.Clone(headers), "If-Match", fmt.Sprintf(`"r%d"`, doc.Revision))
}

const t01 = "/items/areas/T01"

// patched is a body that gives T01 an English name.
func renamed(name string) map[string]any {
	return map[string]any{"properties": map[string]any{"name_en": name}}
}

// published has a planner and a reviewer bring a new name of T01 to its publication.
func (o *office) published(name string, base int64) changesetDoc {
	o.t.Helper()
	pia, rita := o.signIn("pia"), o.signIn("reviewer")
	c := o.change(201, "POST", changesetsRoot, map[string]any{"title": name}, pia...)
	root := changesetsRoot + "/" + c.ID
	o.change(200, "PATCH", fmt.Sprintf("%s%s?base=%d", root, t01, base), renamed(name), pia...)
	c = o.change(200, "POST", root+"/submit", map[string]any{}, pia...)
	o.change(200, "POST", root+"/approve", nil, tagged(c, rita)...)
	return o.change(200, "POST", root+"/publish", nil, rita...)
}

// name is the English name of T01 in an answer.
func (o *office) name(target string, headers ...string) string {
	o.t.Helper()
	var doc struct {
		Properties struct {
			Name string `json:"name_en"`
		}
	}
	o.decode(o.get(target, headers...), 200, &doc)
	return doc.Properties.Name
}

func TestPlannersDay(t *testing.T) {
	o := newOffice(t, true)
	pia, rita := o.signIn("pia"), o.signIn("reviewer")
	w := o.send("POST", changesetsRoot, map[string]any{"title": "east"}, pia...)
	var c changesetDoc
	o.decode(w, 201, &c)
	root := changesetsRoot + "/" + c.ID
	if w.Header().Get("Location") != root || w.Header().Get("ETag") != `"r1"` {
		t.Errorf("headers %v", w.Header())
	}
	bowTie := map[string]any{"geometry": map[string]any{"type": "Polygon", "coordinates": [][][]float64{{{103, 36}, {104, 37}, {104, 36}, {103, 37}, {103, 36}}}}}
	w = o.send("PATCH", root+t01+"?base=1", bowTie, pia...)
	var refused Problem
	o.decode(w, 400, &refused)
	if p := refused; len(p.Errors) == 0 || p.Errors[0].Pointer != "/geometry" || p.Errors[0].Location == nil {
		t.Errorf("the refusal does not say where: %s", w.Body)
	}
	c = o.change(200, "PATCH", root+t01+"?base=1", renamed("East"), pia...)
	if i := c.Items[0]; i.Base != 1 || i.Conflict || !slices.Equal(i.Changed, []string{"name_en"}) || i.AreaAfterKM2 == 0 {
		t.Errorf("saved %+v", i)
	}
	o.change(200, "POST", root+"/submit", map[string]any{"text": "why"}, pia...)
	c = o.change(201, "POST", root+"/comments", map[string]any{"text": "here", "place": []float64{103.63, 36.01}}, rita...)
	if e := c.Events[len(c.Events)-1]; e.Kind != "commented" || e.Place == nil {
		t.Errorf("commented %+v", e)
	}
	o.change(200, "POST", root+"/ask", map[string]any{"text": "longer"}, rita...)
	o.change(200, "PATCH", root+t01, renamed("Eastern"), pia...)
	c = o.change(200, "POST", root+"/submit", nil, pia...)
	o.wantStatus(o.send("POST", root+"/approve", nil, tagged(c, pia)...), 403)
	o.wantStatus(o.send("POST", root+"/approve", nil, rita...), 428)
	o.change(200, "POST", root+"/approve", nil, tagged(c, rita)...)
	c = o.change(200, "POST", root+"/publish", nil, rita...)
	if c.State != "published" || c.Version != 2 {
		t.Errorf("published %+v", c.changesetHead)
	}
	if got := o.name("/api/collections/areas/items/T01"); got != "Eastern" {
		t.Errorf("the answer after the publication has %q", got)
	}
	var history struct{ Revisions []revisionDoc }
	o.decode(o.send("GET", "/api/items/T01/history", nil, pia...), 200, &history)
	if len(history.Revisions) != 2 || history.Revisions[0].Author != "pia" || history.Revisions[0].Comment != "east" {
		t.Errorf("history %+v", history)
	}
	history.Revisions = nil
	o.decode(o.send("GET", "/api/items/T01/history", nil), 200, &history)
	if history.Revisions[0].Author != "" || history.Revisions[0].Comment != "" {
		t.Errorf("visitors learn who it was: %+v", history.Revisions[0])
	}
	var diff diffDoc
	o.decode(o.send("GET", "/api/diff?from=1&to=2", nil), 200, &diff)
	if len(diff.Changes) != 1 || diff.Changes[0].ID != "T01" || !slices.Equal(diff.Changes[0].Changed, []string{"name_en"}) {
		t.Errorf("diff %+v", diff)
	}
	c = o.change(201, "POST", changesetsRoot, map[string]any{"title": "back", "restore": map[string]any{"version": 1}}, pia...)
	if len(c.Items) != 1 || c.Items[0].Base != 2 {
		t.Errorf("to restore %+v", c.Items)
	}
	var list changesetList
	o.decode(o.send("GET", changesetsRoot+"?state=draft&author=pia&limit=1", nil, rita...), 200, &list)
	if len(list.Changesets) != 1 || list.Changesets[0].ID != c.ID {
		t.Errorf("listed %+v", list)
	}
	var log struct {
		Entries []struct{ Action, Subject string }
	}
	o.decode(o.send("GET", "/api/audit?limit=3", nil, o.signIn("admin")...), 200, &log)
	if log.Entries[1].Action != "changeset-published" && log.Entries[0].Action != "changeset-published" {
		t.Errorf("logged %+v", log.Entries)
	}
}

func TestConflictOverHTTP(t *testing.T) {
	o := newOffice(t, true)
	pia := o.signIn("pia")
	c := o.change(201, "POST", changesetsRoot, map[string]any{"title": "mine"}, pia...)
	root := changesetsRoot + "/" + c.ID
	o.change(200, "PATCH", root+t01+"?base=1", renamed("Mine"), pia...)
	o.published("Theirs", 1)
	c = o.change(200, "PATCH", root+t01, map[string]any{"properties": map[string]any{"name_zh": "我的"}}, pia...)
	if i := c.Items[0]; !i.Conflict || i.Base != 1 || i.Published != 2 {
		t.Errorf("saved %+v", i)
	}
	w := o.send("POST", root+"/submit", nil, pia...)
	var p Problem
	o.decode(w, 409, &p)
	if len(p.Conflicts) != 1 {
		t.Fatalf("told %s", w.Body)
	}
	both := p.Conflicts[0].Parts[slices.IndexFunc(p.Conflicts[0].Parts, func(p partDoc) bool { return p.Name == "name_en" })]
	if both.By != "both" || string(both.Theirs) != `"Theirs"` || string(both.Mine) != `"Mine"` || p.Conflicts[0].Version.Author != "pia" {
		t.Errorf("told %+v", p.Conflicts[0])
	}
	resolve := root + "/conflicts/areas/T01"
	o.wantStatus(o.send("POST", resolve, map[string]any{"version": 2, "choices": map[string]any{}}, pia...), 400)
	o.wantStatus(o.send("POST", resolve, map[string]any{"version": 1, "choices": map[string]any{"name_en": map[string]any{"side": "mine"}}}, pia...), 412)
	c = o.change(200, "POST", resolve, map[string]any{"version": 2, "choices": map[string]any{"name_en": map[string]any{"value": "Ours"}}}, pia...)
	if i := c.Items[0]; i.Conflict || i.Base != 2 || !slices.Equal(i.Changed, []string{"name_zh", "name_en"}) {
		t.Errorf("resolved %+v", i)
	}
	var list conflictList
	o.decode(o.send("GET", root+"/conflicts", nil, pia...), 200, &list)
	if len(list.Conflicts) != 0 {
		t.Errorf("left: %+v", list)
	}
}

func TestTransactions(t *testing.T) {
	const item = "/api/collections/parks/items/T01"
	for _, review := range []bool{true, false} {
		t.Run(fmt.Sprintf("review %t", review), func(t *testing.T) {
			o := newOffice(t, review)
			pia := o.signIn("pia")
			send := func(method, target, mediaType string, body any, headers ...string) *httptest.ResponseRecorder {
				return o.send(method, target, body, append(append([]string{"Content-Type", mediaType}, headers...), pia...)...)
			}
			got := o.get(item)
			w := send("PATCH", item, ogc.TypeMergePatch, renamed("New"))
			o.wantStatus(w, 428)
			w = send("PATCH", item, ogc.TypeMergePatch, renamed("New"), "If-Match", `"stale"`)
			var p struct {
				Current struct{ ID string }
			}
			o.decode(w, 412, &p)
			if p.Current.ID != "T01" || w.Header().Get("ETag") != `"v1"` {
				t.Errorf("told %s", w.Body)
			}
			w = send("PATCH", item, ogc.TypeMergePatch, renamed("New"), "If-Match", got.Header().Get("ETag"))
			if !review {
				o.wantStatus(w, 204)
				if o.name(item) != "New" || w.Header().Get("X-Layout-Version") != "2" {
					t.Errorf("%v, and the name is %q", w.Header(), o.name(item))
				}
				o.wantStatus(send("PATCH", item, ogc.TypeMergePatch, renamed("Old"), "If-Match", got.Header().Get("ETag")), 412)
				o.wantStatus(send("DELETE", item, "", nil, "If-Match", `"v2"`), 204)
				o.wantStatus(o.get(item), 404)
				return
			}
			o.wantStatus(w, 202)
			var c changesetDoc
			o.decode(o.send("GET", w.Header().Get("Location"), nil, pia...), 200, &c)
			if c.State != "in-review" || len(c.Items) != 1 || o.name(item) == "New" {
				t.Errorf("proposed %+v", c)
			}
			o.wantStatus(send("PUT", item, ogc.TypeGeoJSON, json.RawMessage(o.featureText(item)), "If-Match", "*"), 202)
			o.wantStatus(send("PUT", item, "text/plain", "x", "If-Match", "*"), 415)
			o.wantStatus(send("POST", "/api/collections/parks/items", ogc.TypeGeoJSON, json.RawMessage(o.featureText(item))), 409)
			fresh := strings.NewReplacer(`"T01"`, `"T77"`, `"slug":"test-park-1",`, "", "103.62,", "103.45,", "103.67547,", "103.46,").Replace(o.featureText(item))
			o.wantStatus(send("POST", "/api/collections/parks/items", ogc.TypeGeoJSON, json.RawMessage(fresh)), 202)
			o.wantStatus(send("POST", "/api/collections/cores/items", ogc.TypeGeoJSON, json.RawMessage(strings.Replace(fresh, "T77", "T78", 1))), 400)
			o.wantStatus(send("POST", "/api/collections/none/items", ogc.TypeGeoJSON, json.RawMessage(fresh)), 404)
		})
	}
}

// featureText is a feature without what only answers have.
func (o *office) featureText(target string) string {
	o.t.Helper()
	var f struct {
		Type, ID             string
		Geometry, Properties json.RawMessage
	}
	o.decode(o.get(target), 200, &f)
	text, err := json.Marshal(map[string]any{"type": f.Type, "id": f.ID, "geometry": f.Geometry, "properties": f.Properties})
	if err != nil {
		o.t.Fatal(err)
	}
	return string(text)
}

func TestIdempotencyKey(t *testing.T) {
	o := newOffice(t, true)
	pia := append(o.signIn("pia"), "Idempotency-Key", "k1")
	one := o.send("POST", changesetsRoot, map[string]any{"title": "once"}, pia...)
	two := o.send("POST", changesetsRoot, map[string]any{"title": "once"}, pia...)
	if one.Code != 201 || two.Code != 201 || one.Header().Get("Location") != two.Header().Get("Location") || two.Header().Get("Idempotent-Replayed") != "true" {
		t.Errorf("%d %v, then %d %v", one.Code, one.Header(), two.Code, two.Header())
	}
	o.wantStatus(o.send("POST", changesetsRoot, map[string]any{"title": "other"}, pia...), 400)
	o.wantStatus(o.send("POST", changesetsRoot, map[string]any{"title": "x"}, append(o.signIn("pia"), "Idempotency-Key", "\u00e4")...), 400)
	var list changesetList
	o.decode(o.send("GET", changesetsRoot, nil, pia...), 200, &list)
	if len(list.Changesets) != 1 {
		t.Errorf("made %+v", list)
	}
}

func TestAsOf(t *testing.T) {
	o := newOffice(t, true)
	o.clock.Store(86400)
	o.published("Second", 1)
	o.clock.Store(2 * 86400)
	o.published("Third", 2)
	first := at.Format(time.DateOnly)
	for day, want := range map[string]string{first: "Test Park One", "2026-01-03": "Second", "2026-01-04": "Third", "2026-01-03T03:04:04Z": "Test Park One", "2026-01-01/2026-01-03": "Second", "../2026-01-02": "Test Park One", "2026-01-02/..": "Third"} {
		if got := o.name("/api/collections/areas/items/T01?datetime=" + day); got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	for _, c := range []struct {
		target  string
		version string
		status  int
	}{
		{"/api/collections/areas/items?datetime=" + first, "1", 200},
		{"/api/collections/areas/items?datetime=2020-01-01", "0", 200},
		{"/api/collections/areas/items/T01?datetime=2020-01-01", "", 404},
		{"/tiles/layout/8/201/100.mvt?datetime=" + first, "1", 200},
		{"/tiles/layout/8/201/100.mvt?datetime=2020-01-01", "", 404},
		{"/tiles/layout/v1/8/201/100.mvt?datetime=" + first, "", 400},
		{"/tiles/layout.json?datetime=" + first, "1", 200},
		{"/api/tiles/WebMercatorQuad/8/100/201?datetime=2026-01-03", "2", 200},
		{"/map/view.svg?bbox=103,35,104,37&datetime=" + first, "1", 200},
		{"/map/view.svg?bbox=103,35,104,37&datetime=2020-01-01", "", 404},
		{"/map/view.svg?bbox=103,35,104,37&datetime=never", "", 400},
	} {
		w := o.get(c.target)
		if w.Code != c.status || c.version != "" && w.Header().Get("X-Layout-Version") != c.version {
			t.Errorf("%s: %d of version %s, want %d of %s: %.200s", c.target, w.Code, w.Header().Get("X-Layout-Version"), c.status, c.version, w.Body)
		}
	}
	if text := o.get("/tiles/layout.json?datetime=" + first).Body.String(); !strings.Contains(text, "/v1/") {
		t.Errorf("the document does not lead to version 1: %s", text)
	}
}

// TestExamplesOfChanges sends each example of the OpenAPI document, in an order in which they make sense.
func TestExamplesOfChanges(t *testing.T) {
	o := newOffice(t, true)
	var doc struct {
		Paths map[string]map[string]json.RawMessage
	}
	o.json("/api/openapi.json", &doc)
	pia, rita := o.signIn("reviewer"), o.signIn("admin")
	id, sent := "", map[string]bool{}
	try := func(method, path string, status int, headers ...string) changesetDoc {
		t.Helper()
		var op struct {
			OperationID string `json:"operationId"`
			RequestBody struct{ Content map[string]ogc.Media }
		}
		if err := json.Unmarshal(doc.Paths[path][strings.ToLower(method)], &op); err != nil {
			t.Fatal(err)
		}
		var body any
		if op.RequestBody.Content != nil {
			body = op.RequestBody.Content[ogc.TypeJSON].Example
		}
		sent[op.OperationID] = true
		target := strings.NewReplacer("{id}", id, "{collection}", "areas", "{feature}", "T01", "{n}", "1").Replace(path)
		var c changesetDoc
		o.decode(o.send(method, "/api"+target, body, headers...), status, &c)
		return c
	}
	const one, item = "/changesets/{id}", "/changesets/{id}/items/{collection}/{feature}"
	id = try("POST", "/changesets", 201, pia...).ID
	try("PATCH", one, 200, pia...)
	try("DELETE", item, 428, pia...)
	c := o.change(200, "PATCH", changesetsRoot+"/"+id+t01+"?base=1", renamed("First"), pia...)
	for _, method := range []string{"PUT", "PATCH"} {
		c = try(method, item, 200, pia...)
	}
	try("GET", one, 200, tagged(c, pia)...)
	try("POST", one+"/comments", 201, rita...)
	try("GET", one+"/check", 200, rita...)
	try("POST", one+"/operations", 200, pia...)
	try("GET", one+"/conflicts", 200, rita...)
	try("POST", one+"/conflicts/{collection}/{feature}", 409, pia...)
	try("POST", item+"/discard", 200, pia...)
	o.change(200, "PATCH", changesetsRoot+"/"+id+t01+"?base=1", renamed("Better"), pia...)
	try("POST", one+"/submit", 200, pia...)
	try("POST", one+"/ask", 200, rita...)
	o.change(200, "PATCH", changesetsRoot+"/"+id+t01, renamed("Again"), pia...)
	c = try("POST", one+"/submit", 200, pia...)
	try("POST", one+"/approve", 200, tagged(c, rita)...)
	if c = try("POST", one+"/publish", 200, rita...); c.PublishAt == nil {
		t.Errorf("scheduled %+v", c)
	}
	try("POST", one+"/withdraw", 200, pia...)
	try("GET", "/changesets", 200, pia...)
	try("GET", "/versions", 200)
	try("GET", "/versions/{n}", 200)
	try("GET", "/items/{feature}/history", 200)
	o.decode(o.send("GET", "/api/diff?from=1&to=1", nil), 200, &c)
	sent["getDiff"] = true
	for path, item := range doc.Paths {
		for method, text := range item {
			var op struct {
				Tags        []string
				OperationID string `json:"operationId"`
			}
			if json.Unmarshal(text, &op) == nil && slices.Contains(op.Tags, "changes") && !sent[op.OperationID] && !strings.HasPrefix(path, "/collections/") {
				t.Errorf("the example of %s %s was not sent", method, path)
			}
		}
	}
}

func TestChecksOverHTTP(t *testing.T) {
	o := newOffice(t, true)
	pia := o.signIn("pia")
	c := o.change(201, "POST", changesetsRoot, map[string]any{"title": "over"}, pia...)
	root := changesetsRoot + "/" + c.ID
	over := map[string]any{"geometry": map[string]any{"type": "Polygon", "coordinates": [][][]float64{{{103.7, 36}, {103.71, 36}, {103.71, 36.01}, {103.7, 36.01}, {103.7, 36}}}}}
	o.change(200, "PATCH", root+t01+"?base=1", over, pia...)
	var list struct{ Issues []issueDoc }
	o.decode(o.send("GET", root+"/check", nil, pia...), 200, &list)
	if len(list.Issues) == 0 || list.Issues[0].Code != "overlap" || list.Issues[0].Text.ZH == "" || list.Issues[0].Text.EN == "" || list.Issues[0].Fix == nil {
		t.Fatalf("found %+v", list)
	}
	var p struct{ Issues []struct{ Code string } }
	o.decode(o.send("POST", root+"/submit", nil, pia...), 409, &p)
	if len(p.Issues) == 0 || p.Issues[0].Code != "overlap" {
		t.Errorf("refused over %+v", p)
	}
	split := map[string]any{"do": "split", "id": "T02", "line": [][]float64{{103.7, 35.9}, {103.7, 36.1}}, "with": []string{"T09"}}
	var would outcomeDoc
	o.decode(o.send("POST", root+"/operations?preview=1", split, pia...), 200, &would)
	c = o.change(200, "POST", root+"/operations", split, pia...)
	if len(would.Changed) < 2 || len(c.Items) < 3 {
		t.Errorf("would change %+v, changed %+v", would.Changed, c.Items)
	}
	o.wantStatus(o.send("POST", root+"/operations", map[string]any{"do": "explode", "id": "T02"}, pia...), 400)
}
