package edit_test

import (
	"sync"
	"testing"
	"time"

	"parkmap/internal/auth"
	"parkmap/internal/edit"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

func TestFromDraftToVersion(t *testing.T) {
	d := newDesk(t, nil)
	anna, rita := anybody("anna"), anybody("rita")
	c := d.draft(anna, d.rename("T01", "新名", ""))
	if c.State != store.Drafted || c.Revision != 2 || len(c.Items) != 1 || c.Items[0].Base != 1 {
		t.Fatalf("saved %+v", c)
	}
	c = must[store.Changeset](t)(d.Submit(t.Context(), anna, c.ID, "why"))
	c = must[store.Changeset](t)(d.Comment(t.Context(), rita, c.ID, edit.Remark{Text: "here", Place: &[2]float64{103.6, 36}}))
	c = must[store.Changeset](t)(d.Ask(t.Context(), rita, c.ID, "not this name"))
	c = must[store.Changeset](t)(d.Save(t.Context(), anna, c.ID, d.rename("T01", "好名", "")))
	c = must[store.Changeset](t)(d.Submit(t.Context(), anna, c.ID, ""))
	rita.Revision = c.Revision
	c = must[store.Changeset](t)(d.Approve(t.Context(), rita, c.ID, ""))
	c = must[store.Changeset](t)(d.Publish(t.Context(), anybody("rita"), c.ID, time.Time{}))
	if c.State != store.Published || c.Version != 2 || c.Reviewer != "rita" {
		t.Fatalf("published %+v", c)
	}
	kept := must[store.Changeset](t)(d.store.Changeset(t.Context(), c.ID))
	var kinds []string
	for _, e := range kept.Events {
		kinds = append(kinds, e.Kind+" "+e.Author)
	}
	want := []string{"created anna", "saved anna", "submitted anna", "commented rita", "changes-asked rita", "saved anna", "submitted anna", "approved rita", "published rita"}
	wantEqual(t, kinds, want)
	wantEqual(t, c, kept)
	v := must[store.Version](t)(d.Version(t.Context(), 2))
	if v.Author != "anna" || v.Comment != "draft of anna" || v.Changed != 1 || d.area("T01").Properties.Common().NameZH != "好名" {
		t.Errorf("version %+v of %v", v, d.area("T01"))
	}
}

// TestStepsRefused tries every step in every state, by whoever may not, or too early or late.
func TestStepsRefused(t *testing.T) {
	d := newDesk(t, nil)
	anna, bert, rita := anybody("anna"), anybody("bert"), anybody("rita")
	seen := func(call edit.Call, c store.Changeset) edit.Call { call.Revision = c.Revision; return call }
	draft := d.draft(anna, d.rename("T01", "甲", ""))
	empty := d.draft(anna)
	review := d.draft(anna, d.rename("T02", "乙", ""))
	review = must[store.Changeset](t)(d.Submit(t.Context(), anna, review.ID, ""))
	approved := d.approved(anna, d.rename("T03", "丙", ""))
	published := d.publish(anna, d.rename("T04", "丁", ""))
	withdrawn := d.draft(anna)
	withdrawn = must[store.Changeset](t)(d.Withdraw(t.Context(), anna, withdrawn.ID, ""))
	ctx := t.Context()
	for name, c := range map[string]struct {
		call func() (store.Changeset, error)
		want layout.Kind
	}{
		"saving somebody else's draft": {func() (store.Changeset, error) { return d.Save(ctx, bert, draft.ID, d.rename("T01", "x", "")) }, layout.KindForbidden},
		"saving in review":             {func() (store.Changeset, error) { return d.Save(ctx, anna, review.ID, d.rename("T01", "x", "")) }, layout.KindConflict},
		"saving what is approved":      {func() (store.Changeset, error) { return d.Save(ctx, anna, approved.ID, d.rename("T01", "x", "")) }, layout.KindConflict},
		"saving what is published":     {func() (store.Changeset, error) { return d.Save(ctx, anna, published.ID, d.rename("T01", "x", "")) }, layout.KindConflict},
		"saving on an old revision": {func() (store.Changeset, error) {
			return d.Save(ctx, edit.Call{Actor: anna.Actor, Revision: 1}, draft.ID, d.rename("T01", "x", ""))
		}, layout.KindStale},
		"submitting somebody else's": {func() (store.Changeset, error) { return d.Submit(ctx, bert, draft.ID, "") }, layout.KindForbidden},
		"submitting nothing":         {func() (store.Changeset, error) { return d.Submit(ctx, anna, empty.ID, "") }, layout.KindConflict},
		"submitting twice":           {func() (store.Changeset, error) { return d.Submit(ctx, anna, review.ID, "") }, layout.KindConflict},
		"approving one's own work":   {func() (store.Changeset, error) { return d.Approve(ctx, seen(anna, review), review.ID, "") }, layout.KindForbidden},
		"approving unseen":           {func() (store.Changeset, error) { return d.Approve(ctx, rita, review.ID, "") }, layout.KindUnstated},
		"approving another revision": {func() (store.Changeset, error) {
			return d.Approve(ctx, edit.Call{Actor: rita.Actor, Revision: 1}, review.ID, "")
		}, layout.KindStale},
		"approving a draft":             {func() (store.Changeset, error) { return d.Approve(ctx, seen(rita, draft), draft.ID, "") }, layout.KindConflict},
		"publishing one's own work":     {func() (store.Changeset, error) { return d.Publish(ctx, anna, approved.ID, time.Time{}) }, layout.KindForbidden},
		"publishing what is in review":  {func() (store.Changeset, error) { return d.Publish(ctx, rita, review.ID, time.Time{}) }, layout.KindConflict},
		"publishing twice":              {func() (store.Changeset, error) { return d.Publish(ctx, rita, published.ID, time.Time{}) }, layout.KindConflict},
		"asking without a word":         {func() (store.Changeset, error) { return d.Ask(ctx, rita, review.ID, " \n") }, layout.KindInvalid},
		"asking oneself":                {func() (store.Changeset, error) { return d.Ask(ctx, anna, review.ID, "why") }, layout.KindForbidden},
		"withdrawing what is published": {func() (store.Changeset, error) { return d.Withdraw(ctx, anna, published.ID, "") }, layout.KindConflict},
		"withdrawing twice":             {func() (store.Changeset, error) { return d.Withdraw(ctx, anna, withdrawn.ID, "") }, layout.KindConflict},
		"a guessed id":                  {func() (store.Changeset, error) { return d.Publish(ctx, rita, "c999", time.Time{}) }, layout.KindNotFound},
		"a comment that says nothing":   {func() (store.Changeset, error) { return d.Comment(ctx, rita, draft.ID, edit.Remark{}) }, layout.KindInvalid},
		"a comment at no place": {func() (store.Changeset, error) {
			return d.Comment(ctx, rita, draft.ID, edit.Remark{Text: "x", Place: &[2]float64{181, 0}})
		}, layout.KindInvalid},
		"a comment on another feature": {func() (store.Changeset, error) {
			return d.Comment(ctx, rita, draft.ID, edit.Remark{Text: "x", Collection: layout.Areas, Feature: "T02"})
		}, layout.KindInvalid},
		"a title with control characters": {func() (store.Changeset, error) { return d.Create(ctx, anna, "a\x07") }, layout.KindInvalid},
		"a title that is too long":        {func() (store.Changeset, error) { return d.Create(ctx, anna, string(make([]rune, edit.MaxTitle+1))) }, layout.KindInvalid},
		"dropping what is not changed":    {func() (store.Changeset, error) { return d.Discard(ctx, anna, draft.ID, layout.Areas, "T02") }, layout.KindNotFound},
	} {
		if _, err := c.call(); layout.KindOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	for _, c := range []store.Changeset{draft, empty, review, approved, published, withdrawn} {
		if now := must[store.Changeset](t)(d.store.Changeset(ctx, c.ID)); now.Revision != c.Revision {
			t.Errorf("%s went from revision %d to %d", c.ID, c.Revision, now.Revision)
		}
	}
}

func TestRightsByDistrict(t *testing.T) {
	d := newDesk(t, nil)
	pia := as("pia", auth.Planner, "990101")
	c := d.draft(pia, d.rename("T01", "甲", ""))
	moved := d.rename("T02", "", "")
	p := *moved.Feature.Properties.(*layout.Area)
	p.Districts = []layout.ID{"990102"}
	moved.Feature.Properties = &p
	_, err := d.Save(t.Context(), pia, c.ID, moved) // out of her district
	wantKind(t, err, layout.KindForbidden)
	_, err = d.Approve(t.Context(), edit.Call{Actor: pia.Actor, Revision: 1}, d.draft(anybody("anna")).ID, "")
	wantKind(t, err, layout.KindForbidden)
	demoted := as("pia", auth.Viewer)
	_, err = d.Submit(t.Context(), demoted, c.ID, "")
	wantKind(t, err, layout.KindForbidden)
	nobody := edit.Call{Actor: auth.Anonymous()}
	for name, call := range map[string]func() error{
		"create": func() error { _, err := d.Create(t.Context(), nobody, ""); return err },
		"look":   func() error { _, err := d.Changeset(t.Context(), nobody.Actor, c.ID); return err },
		"list":   func() error { _, err := d.Changesets(t.Context(), nobody.Actor, store.ChangesetQuery{}); return err },
		"comment": func() error {
			_, err := d.Comment(t.Context(), nobody, c.ID, edit.Remark{Text: "x"})
			return err
		},
	} {
		if err := call(); layout.KindOf(err) != layout.KindUnauthenticated {
			t.Errorf("%s: %v, want unauthenticated", name, err)
		}
	}
}

func TestWithoutReview(t *testing.T) {
	d := newDesk(t, func(o *edit.Options) { o.Unreviewed = true })
	anna := anybody("anna")
	c := d.draft(anna, d.rename("T01", "甲", ""))
	c = must[store.Changeset](t)(d.Submit(t.Context(), anna, c.ID, ""))
	if c.State != store.Published || c.Version != 2 {
		t.Fatalf("submitted %+v", c)
	}
	c = must[store.Changeset](t)(d.Propose(t.Context(), anna, "one", d.rename("T02", "乙", "")))
	if c.State != store.Published || c.Version != 3 || c.Revision != 1 {
		t.Fatalf("proposed %+v", c)
	}
}

func TestProposeWaitsForReview(t *testing.T) {
	d := newDesk(t, nil)
	c := must[store.Changeset](t)(d.Propose(t.Context(), anybody("anna"), "one", d.rename("T02", "乙", "")))
	if c.State != store.InReview || len(c.Items) != 1 || d.area("T02").Version != 1 {
		t.Fatalf("proposed %+v", c)
	}
}

// TestDueOnce has several servers look for what is due at the same time.
func TestDueOnce(t *testing.T) {
	d := newDesk(t, nil)
	servers := []desk{d, onStore(t, d.store, nil), onStore(t, d.store, nil)}
	const n = 4
	var ids []string
	for i, id := range []layout.ID{"T01", "T02", "T03", "T04"} {
		c := d.approved(anybody("anna"), d.rename(id, "到期", ""))
		c = must[store.Changeset](t)(d.Publish(t.Context(), anybody("rita"), c.ID, now().Add(time.Duration(i+1)*time.Minute)))
		if c.State != store.Approved || c.PublishAt.IsZero() {
			t.Fatalf("scheduled %+v", c)
		}
		ids = append(ids, c.ID)
	}
	if published := must[int](t)(d.PublishDue(t.Context())); published != 0 {
		t.Fatalf("%d were published before their time", published)
	}
	var group sync.WaitGroup
	var mu sync.Mutex
	total := 0
	for _, server := range servers {
		server.clock.Store(3600)
		group.Go(func() {
			published, err := server.PublishDue(t.Context())
			mu.Lock()
			defer mu.Unlock()
			total += published
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if list := must[[]store.Version](t)(d.store.Versions(t.Context(), 0, 99)); total != n || len(list) != n+1 {
		t.Errorf("%d were published, in %d versions", total, len(list)-1)
	}
	for _, id := range ids {
		if c := must[store.Changeset](t)(d.store.Changeset(t.Context(), id)); c.State != store.Published {
			t.Errorf("%s is %s", id, c.State)
		}
	}
}

// TestDueButConflicting: what cannot be published at its time says so, once.
func TestDueButConflicting(t *testing.T) {
	d := newDesk(t, nil)
	c := d.approved(anybody("anna"), d.rename("T01", "到期", ""))
	must[store.Changeset](t)(d.Publish(t.Context(), anybody("rita"), c.ID, now().Add(time.Minute)))
	d.publish(anybody("bert"), d.rename("T01", "先", ""))
	d.clock.Store(3600)
	for range 2 {
		if published := must[int](t)(d.PublishDue(t.Context())); published != 0 {
			t.Errorf("%d were published", published)
		}
	}
	c = must[store.Changeset](t)(d.store.Changeset(t.Context(), c.ID))
	if last := c.Events[len(c.Events)-1]; c.State != store.Approved || !c.PublishAt.IsZero() || last.Kind != "conflict" || last.Number != c.Revision {
		t.Errorf("%+v", c)
	}
}

func TestOnce(t *testing.T) {
	d := newDesk(t, nil)
	anna := anybody("anna").Actor
	again := onStore(t, d.store, func(o *edit.Options) { o.NewID = func() string { return "other" } })
	key := edit.Key{Name: "k", Fingerprint: "f"}
	create := func(d desk) func(edit.Call) (store.Changeset, error) {
		return func(call edit.Call) (store.Changeset, error) { return d.Create(t.Context(), call, "once") }
	}
	first, repeated, err := d.Once(t.Context(), anna, key, create(d))
	if err != nil || repeated {
		t.Fatal(repeated, err)
	}
	second, repeated, err := again.Once(t.Context(), anna, key, create(again))
	if err != nil || !repeated || second.ID != first.ID {
		t.Errorf("repeated %v: %+v, %v", repeated, second, err)
	}
	_, _, err = d.Once(t.Context(), anna, edit.Key{Name: "k", Fingerprint: "other"}, create(d))
	wantKind(t, err, layout.KindInvalid)
	var group sync.WaitGroup
	ids := make([]string, 6)
	for i := range ids {
		server := []desk{d, again}[i%2]
		group.Go(func() {
			c, _, err := server.Once(t.Context(), anna, edit.Key{Name: "many", Fingerprint: "f"}, create(server))
			if ids[i] = c.ID; err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for _, id := range ids {
		if id != ids[0] {
			t.Fatalf("one key made %v", ids)
		}
	}
}
