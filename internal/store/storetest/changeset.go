package storetest

import (
	"context"
	"errors"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/auth"
	"parkmap/internal/layout"
	"parkmap/internal/store"
)

// draft is a changeset of anna's at a revision.
func draft(id string, revision int64) store.Changeset {
	return store.Changeset{ID: id, Revision: revision, State: store.Drafted, Title: "题", Author: "anna",
		CreatedAt: at(0), ChangedAt: at(revision)}
}

// step takes a draft to its revision.
func step(c store.Changeset, put ...store.Item) store.Step {
	return store.Step{Changeset: c, Put: put, Event: store.Event{At: c.ChangedAt, Author: "anna", Kind: "save"}}
}

// take takes a step, and fails the test on an error.
func (b *bench) take(s store.Step) {
	b.Helper()
	if err := b.Step(b.ctx, s); err != nil {
		b.Fatalf("Step to %d: %v", s.Changeset.Revision, err)
	}
}

func (b *bench) changeset(id string) store.Changeset {
	b.Helper()
	c, err := b.Changeset(b.ctx, id)
	if err != nil {
		b.Fatalf("Changeset %s: %v", id, err)
	}
	return c
}

// putOn is an item that puts f, made on version base of it.
func putOn(base int64, f layout.Feature) store.Item { return store.Item{Change: put(f), Base: base} }

// based is what a store returns of an item.
func based(i store.Item) store.Item {
	i.Feature.Version = i.Base
	return i
}

func testChangeset(t *testing.T, b *bench) {
	_, err := b.Changeset(b.ctx, "a")
	wantKind(t, err, layout.KindNotFound)
	b.publish(0, put(park("P01", 1)), put(park("P02", 1)))
	b.take(step(draft("a", 1)))
	gone := store.Item{Change: remove(layout.Areas, "P02"), Base: 1}
	first, second := putOn(1, park("P01", 2)), putOn(0, sample()[2])
	b.take(step(draft("a", 2), first, second, gone))
	changed := putOn(1, park("P01", 3))
	three := step(draft("a", 3), changed)
	three.Drop = []store.Item{gone, {Change: remove(layout.Areas, "never there")}}
	three.Event = store.Event{At: at(3).Add(7), Author: "bert", Kind: "comment", Text: "看 <b>", Collection: layout.Areas, Feature: "P01", Place: &orb.Point{104.12345678, 30.1}}
	b.take(three)

	want := draft("a", 3)
	want.Items = []store.Item{based(changed), based(second)}
	three.Event.Number, three.Event.At = 3, at(3)
	want.Events = []store.Event{
		{Number: 1, At: at(1), Author: "anna", Kind: "save"}, {Number: 2, At: at(2), Author: "anna", Kind: "save"}, three.Event,
	}
	wantEqual(t, b.changeset("a"), want)
	c, err := opened(t, b.open).Changeset(b.ctx, "a")
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, c, want)
	for name, c := range map[string]store.Changeset{"made twice": draft("a", 1), "too late": draft("a", 3), "too early": draft("a", 5), "never made": draft("b", 2)} {
		if err := b.Step(b.ctx, step(c)); layout.KindOf(err) != layout.KindStale {
			t.Errorf("%s: %v, want stale", name, err)
		}
	}
	wantEqual(t, b.changeset("a"), want)
}

func testChangesetList(t *testing.T, b *bench) {
	other := draft("b", 1)
	other.Author, other.State, other.ChangedAt = "bert", store.InReview, at(5)
	for _, c := range []store.Changeset{draft("a", 1), other, draft("c", 1)} {
		b.take(step(c))
	}
	for _, c := range []struct {
		name  string
		query store.ChangesetQuery
		want  []store.Changeset
	}{
		{"all, the last changed first", store.ChangesetQuery{Limit: 9}, []store.Changeset{other, draft("a", 1), draft("c", 1)}},
		{"of a state", store.ChangesetQuery{State: store.InReview, Limit: 9}, []store.Changeset{other}},
		{"of an author", store.ChangesetQuery{Author: "anna", Limit: 9}, []store.Changeset{draft("a", 1), draft("c", 1)}},
		{"changed before", store.ChangesetQuery{Before: at(5), Limit: 1}, []store.Changeset{draft("a", 1)}},
		{"none of a limit", store.ChangesetQuery{}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, err := b.Changesets(b.ctx, c.query)
			if err != nil {
				t.Fatal(err)
			}
			wantEqual(t, list, c.want)
		})
	}
}

func testChangesetRace(t *testing.T, b *bench) {
	other := opened(t, b.open)
	b.take(step(draft("a", 1)))
	const editors = 8
	errs := make([]error, editors)
	var group sync.WaitGroup
	for i := range editors {
		s := []Database{b, other}[i%2]
		group.Go(func() { errs[i] = s.Step(b.ctx, step(draft("a", 2), putOn(0, park("P01", int64(i))))) })
	}
	group.Wait()
	winner := onlyWinner(t, errs)
	wantEqual(t, b.changeset("a").Items, []store.Item{based(putOn(0, park("P01", winner)))})
}

// published is the step with which a changeset becomes version n.
func published(c store.Changeset, n int64) *store.Step {
	c.State, c.Version = store.Published, n
	s := step(c)
	s.Audit = &auth.Event{At: c.ChangedAt, Actor: "rita", Action: "changeset-published", Subject: c.ID}
	return &s
}

func testPublishStep(t *testing.T, b *bench) {
	b.publish(0, put(park("P01", 1)))
	b.take(step(draft("a", 1), putOn(1, park("P01", 2))))
	p := publication(1, put(park("P01", 2)))
	for name, c := range map[string]struct {
		base int64
		step *store.Step
		want layout.Kind
	}{
		"the version is another":    {2, published(draft("a", 2), 3), layout.KindStale},
		"the changeset has moved":   {1, published(draft("a", 3), 2), layout.KindStale},
		"the step cannot be stored": {1, published(draft("", 2), 2), layout.KindInvalid},
	} {
		refused := p
		refused.Base, refused.Step = c.base, c.step
		_, err := b.Publish(b.ctx, refused)
		if layout.KindOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
		if n, now := b.newest(), b.changeset("a"); n != 1 || now.Revision != 1 {
			t.Fatalf("%s: version %d, changeset %+v", name, n, now)
		}
		if log := b.entries(); len(log) != 0 {
			t.Fatalf("%s: logged %+v", name, log)
		}
	}
	p.Step = published(draft("a", 2), 2)
	if _, err := b.Publish(b.ctx, p); err != nil {
		t.Fatal(err)
	}
	if c := b.changeset("a"); b.newest() != 2 || c.State != store.Published || c.Version != 2 || len(c.Items) != 1 {
		t.Fatalf("version %d, changeset %+v", b.newest(), c)
	}
	if log := b.entries(); len(log) != 1 || log[0].Subject != "a" {
		t.Fatalf("logged %+v", log)
	}
}

// entries is the audit log.
func (b *bench) entries() []auth.Entry {
	b.Helper()
	list, err := b.Accounts().Entries(b.ctx, 0, 99)
	if err != nil {
		b.Fatal(err)
	}
	return list
}

func testDue(t *testing.T, b *bench) {
	for id, c := range map[string]struct {
		state store.State
		at    time.Time
	}{
		"late":        {store.Approved, at(2)},
		"early":       {store.Approved, at(1)},
		"not yet":     {store.Approved, at(3).Add(time.Microsecond)},
		"by somebody": {store.Approved, time.Time{}},
		"withdrawn":   {store.Withdrawn, at(1)},
	} {
		d := draft(id, 1)
		d.State, d.PublishAt = c.state, c.at
		b.take(step(d))
		wantEqual(t, b.changeset(id).PublishAt, c.at)
	}
	list, err := b.Due(b.ctx, at(3))
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, list, []string{"early", "late"})
}

func testReceipts(t *testing.T, b *bench) {
	other := opened(t, b.open)
	receipt := func(author, changeset string, n int64) *store.Receipt {
		return &store.Receipt{Author: author, Key: "k", Fingerprint: "f", Changeset: changeset, At: at(n)}
	}
	with := func(c store.Changeset, r *store.Receipt) store.Step {
		s := step(c)
		s.Receipt = r
		return s
	}
	_, err := b.Receipt(b.ctx, "anna", "k")
	wantKind(t, err, layout.KindNotFound)
	b.take(with(draft("a", 1), receipt("anna", "a", 1)))
	b.take(with(draft("b", 1), receipt("bert", "b", 1))) // another author may choose the same key
	err = other.Step(b.ctx, with(draft("c", 1), receipt("anna", "c", 2)))
	if !errors.Is(err, store.ErrRepeated) {
		t.Fatalf("a repeated call: %v", err)
	}
	_, err = b.Changeset(b.ctx, "c")
	wantKind(t, err, layout.KindNotFound)
	got, err := other.Receipt(b.ctx, "anna", "k")
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, got, *receipt("anna", "a", 1))

	late := receipt("carl", "a", 1)
	late.At = at(2).Add(store.ReceiptsKept)
	b.take(with(draft("a", 2), late))
	_, err = b.Receipt(b.ctx, "anna", "k")
	wantKind(t, err, layout.KindNotFound)
}

func testRefusedSteps(t *testing.T, b *bench) {
	with := func(edit func(*store.Step)) store.Step {
		s := step(draft("a", 1), putOn(0, park("P01", 1)))
		edit(&s)
		return s
	}
	for name, s := range map[string]store.Step{
		"no id":                with(func(s *store.Step) { s.Changeset.ID = "" }),
		"no revision":          with(func(s *store.Step) { s.Changeset.Revision = 0 }),
		"unknown state":        with(func(s *store.Step) { s.Changeset.State = "gone" }),
		"NUL in the title":     with(func(s *store.Step) { s.Changeset.Title = "\x00" }),
		"NUL in a comment":     with(func(s *store.Step) { s.Event.Text = "a\x00" }),
		"key is no UTF-8":      with(func(s *store.Step) { s.Receipt = &store.Receipt{Key: "\xff", At: at(1)} }),
		"place is no position": with(func(s *store.Step) { s.Event.Place = &orb.Point{1, math.Inf(1)} }),
		"empty geometry":       with(func(s *store.Step) { s.Put[0].Feature.Geometry = orb.Polygon{} }),
		"item without id":      with(func(s *store.Step) { s.Put[0].Feature.ID = "" }),
	} {
		if err := b.Step(b.ctx, s); layout.KindOf(err) != layout.KindInvalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
	ended, cancel := context.WithCancel(b.ctx)
	cancel()
	calls := map[string]error{"Step": b.Step(ended, step(draft("a", 1)))}
	_, calls["Changeset"] = b.Changeset(ended, "a")
	_, calls["Changesets"] = b.Changesets(ended, store.ChangesetQuery{Limit: 1})
	_, calls["Due"] = b.Due(ended, at(1))
	_, calls["Receipt"] = b.Receipt(ended, "anna", "k")
	_, calls["VersionAt"] = b.VersionAt(ended, at(1))
	for name, err := range calls {
		if !errors.Is(err, context.Canceled) || layout.KindOf(err) != "" {
			t.Errorf("%s: %v, want cancelled without a kind", name, err)
		}
	}
	b.take(step(draft("a", 1)))
}

func testVersionAt(t *testing.T, b *bench) {
	_, err := b.VersionAt(b.ctx, at(9))
	wantKind(t, err, layout.KindNotFound)
	b.publish(0, put(park("P01", 1)))
	b.publish(1, put(park("P01", 2)))
	_, err = b.VersionAt(b.ctx, at(1).Add(-time.Microsecond))
	wantKind(t, err, layout.KindNotFound)
	for when, want := range map[time.Time]int64{at(1): 1, at(2).Add(-1): 1, at(2): 2, at(9): 2} {
		if v, err := b.VersionAt(b.ctx, when); err != nil || v.Number != want {
			t.Errorf("at %v: %+v, %v; want version %d", when, v, err, want)
		}
	}
}
