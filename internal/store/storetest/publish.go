package storetest

import (
	"context"
	"errors"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"parkmap/internal/layout"
	"parkmap/internal/store"
)

func testVersionsGrow(t *testing.T, b *bench) {
	zone := time.FixedZone("CST", 8*3600)
	p := publication(0, puts(sample())...)
	p.At, p.Author, p.Comment = at(1).Add(789*time.Nanosecond).In(zone), "", ""
	one, err := b.Publish(b.ctx, p)
	if err != nil {
		t.Fatal(err)
	}
	two := b.publish(1, put(park("P01", 2)), remove(layout.Units, "U01"))
	want := []store.Version{
		{Number: 2, PublishedAt: at(2), Author: "anna", Comment: "步骤 B", Changed: 2},
		{Number: 1, PublishedAt: at(1), Changed: len(sample())},
	}
	wantEqual(t, []store.Version{two, one}, want)
	list, err := b.Versions(b.ctx, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, list, want)
}

func testDeleteAndPut(t *testing.T, b *bench) {
	b.publish(0, put(park("P01", 1)))
	b.publish(1, remove(layout.Areas, "P01"))
	if l := b.load(); len(l.Features) != 0 || l.Version != 2 {
		t.Fatalf("after the deletion: %+v", l)
	}
	_, err := b.Publish(b.ctx, publication(2, remove(layout.Areas, "P01")))
	wantKind(t, err, layout.KindConflict)
	b.publish(2, put(park("P01", 3)))
	wantEqual(t, b.load().Features, stamped([]layout.Feature{park("P01", 3)}, 3))
}

func testStale(t *testing.T, b *bench) {
	b.publish(0, put(park("P01", 1)))
	b.publish(1, put(park("P01", 2)))
	other := opened(t, b.open)
	for _, base := range []int64{0, 1, 3} {
		for _, s := range []store.Store{b, other} {
			_, err := s.Publish(b.ctx, publication(base, put(park("P01", 9))))
			wantKind(t, err, layout.KindStale)
		}
	}
	wantEqual(t, b.load().Features, stamped([]layout.Feature{park("P01", 2)}, 2))
}

// testConcurrent has two stores and eight writers compete for each of three versions.
func testConcurrent(t *testing.T, b *bench) {
	stores := []store.Store{b, opened(t, b.open)}
	for base := range int64(3) {
		errs := make([]error, 8)
		var group sync.WaitGroup
		for i := range errs {
			group.Go(func() {
				p := publication(base, put(park("P01", int64(i))), put(park("P02", int64(i))))
				_, errs[i] = stores[i%2].Publish(b.ctx, p)
			})
		}
		group.Wait()
		winner := onlyWinner(t, errs)
		want := []layout.Feature{park("P01", winner), park("P02", winner)}
		wantEqual(t, b.load().Features, stamped(want, base+1))
	}
}

// onlyWinner is the one without an error; all others are stale.
func onlyWinner(t *testing.T, errs []error) int64 {
	t.Helper()
	winner := -1
	for i, err := range errs {
		if err == nil && winner >= 0 {
			t.Fatalf("both %d and %d made the same version", winner, i)
		}
		if err == nil {
			winner = i
			continue
		}
		wantKind(t, err, layout.KindStale)
	}
	if winner < 0 {
		t.Fatalf("nobody made the version: %v", errs)
	}
	return int64(winner)
}

func testAllOrNothing(t *testing.T, b *bench) {
	first := publication(0, put(park("P01", 1)), remove(layout.Areas, "P99"))
	_, err := b.Publish(b.ctx, first)
	wantKind(t, err, layout.KindConflict)
	_, err = b.Load(b.ctx)
	wantKind(t, err, layout.KindNotFound)
	b.publish(0, put(park("P01", 1)))

	p := publication(1, put(park("P01", 2)), put(park("P02", 2)), remove(layout.Units, "P01"))
	p.Document = &layout.Document{NameEN: "Not to be seen"}
	_, err = b.Publish(b.ctx, p)
	wantKind(t, err, layout.KindConflict)
	wantEqual(t, b.load(), &layout.Layout{Version: 1, PublishedAt: at(1), Document: *document(),
		Features: stamped([]layout.Feature{park("P01", 1)}, 1)})
	if _, err := b.Revisions(b.ctx, layout.Areas, "P02", 0, 100); layout.KindOf(err) != layout.KindNotFound {
		t.Fatalf("a revision of the refused publication is there: %v", err)
	}
}

func testRefused(t *testing.T, b *bench) {
	b.publish(0, put(park("P01", 1)))
	with := func(edit func(*layout.Feature)) store.Publication {
		f := park("P02", 2)
		edit(&f)
		return publication(1, put(park("P01", 2)), put(f))
	}
	text := func(edit func(*store.Publication)) store.Publication {
		p := publication(1, put(park("P01", 2)))
		edit(&p)
		return p
	}
	for _, c := range []struct {
		name string
		p    store.Publication
	}{
		{"nothing to publish", publication(1)},
		{"first version without document", store.Publication{Changes: puts(sample())}},
		{"negative base", publication(-1, put(park("P01", 2)))},
		{"feature twice", publication(1, put(park("P01", 2)), remove(layout.Areas, "P01"))},
		{"unknown operation", publication(1, store.Change{Op: "move", Feature: park("P01", 2)})},
		{"no operation", publication(1, store.Change{Feature: park("P01", 2)})},
		{"no id", with(func(f *layout.Feature) { f.ID = "" })},
		{"no collection", with(func(f *layout.Feature) { f.Collection = "" })},
		{"view instead of a collection", with(func(f *layout.Feature) { f.Collection = layout.Parks })},
		{"properties of another collection", with(func(f *layout.Feature) { f.Collection = layout.Units })},
		{"no properties", with(func(f *layout.Feature) { f.Properties = nil })},
		{"nil properties", with(func(f *layout.Feature) { f.Properties = (*layout.Area)(nil) })},
		{"number that JSON does not have", with(func(f *layout.Feature) { f.Properties.(*layout.Area).PlannedAreaKM2 = math.NaN() })},
		{"NUL in a property", with(func(f *layout.Feature) { f.Properties.Common().NameZH = `\u0000 is fine, this is not:` + "\x00" })},
		{"NUL in the id", with(func(f *layout.Feature) { f.ID = "P\x00" })},
		{"NUL in the comment", text(func(p *store.Publication) { p.Comment = "a\x00b" })},
		{"author is no UTF-8", text(func(p *store.Publication) { p.Author = "\xff" })},
		{"NUL in the document", text(func(p *store.Publication) { p.Document = &layout.Document{NameEN: "\x00"} })},
		{"NaN in the geometry", with(func(f *layout.Feature) { f.Geometry = orb.Point{math.NaN(), 30} })},
		{"infinite geometry", with(func(f *layout.Feature) { f.Geometry = orb.LineString{{1, 1}, {1, math.Inf(1)}} })},
		{"empty geometry", with(func(f *layout.Feature) { f.Geometry = orb.Polygon{} })},
		{"empty ring", with(func(f *layout.Feature) { f.Geometry = orb.MultiPolygon{{square(1, 1)}, {{}}} })},
		{"geometry collection", with(func(f *layout.Feature) { f.Geometry = orb.Collection{orb.Point{1, 1}} })},
		{"bare ring", with(func(f *layout.Feature) { f.Geometry = square(1, 1) })},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := b.Publish(b.ctx, c.p)
			wantKind(t, err, layout.KindInvalid)
			if n := b.newest(); n != 1 {
				t.Fatalf("newest version is %d", n)
			}
		})
	}
	// What looks like NUL in JSON but is none is taken.
	f := park("P02", 2)
	f.Properties.Common().NameZH = `\u0000`
	b.publish(1, put(f))
	wantEqual(t, b.load().Features[1].Properties, f.Properties)
}

func testContext(t *testing.T, b *bench) {
	b.publish(0, put(park("P01", 1)))
	ended, cancel := context.WithCancel(b.ctx)
	cancel()
	late, cancel := context.WithDeadline(b.ctx, at(0))
	defer cancel()
	for _, c := range []struct {
		name string
		ctx  context.Context
		want error
	}{{"cancelled", ended, context.Canceled}, {"too late", late, context.DeadlineExceeded}} {
		t.Run(c.name, func(t *testing.T) {
			calls := map[string]error{"Ping": b.Ping(c.ctx)}
			_, calls["Load"] = b.Load(c.ctx)
			_, calls["LoadVersion"] = b.LoadVersion(c.ctx, 1)
			_, calls["Versions"] = b.Versions(c.ctx, 0, 1)
			_, calls["Revisions"] = b.Revisions(c.ctx, layout.Areas, "P01", 0, 100)
			_, calls["Publish"] = b.Publish(c.ctx, publication(1, put(park("P01", 2))))
			for name, err := range calls {
				if !errors.Is(err, c.want) || layout.KindOf(err) != "" {
					t.Errorf("%s: %v, want %v without a kind", name, err, c.want)
				}
			}
		})
	}
	b.publish(1, put(park("P01", 2))) // the store is as before
}

func testPing(t *testing.T, b *bench) {
	if err := b.Ping(b.ctx); err != nil {
		t.Fatal(err)
	}
}
