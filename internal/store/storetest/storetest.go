// Package storetest holds the tests that every store passes. It knows the interface of package store
// and nothing of the databases behind it.
package storetest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parkmap/internal/layout"
	"parkmap/internal/store"
	"parkmap/internal/store/account"
)

// Database is all that a store offers.
type Database interface {
	store.Store
	store.Changesets
	Accounts() *account.Keeper
}

// Opener opens one more store on the same database, as another server would.
type Opener func() Database

// Run runs all tests. Each calls database for a fresh, empty one of its own, and closes what it opens.
func Run(t *testing.T, database func(t testing.TB) Opener) {
	for _, c := range []struct {
		name string
		test func(*testing.T, *bench)
	}{
		{"empty", testEmpty},
		{"round trip", testRoundTrip},
		{"geometry to the last digit", testGeometry},
		{"versions grow by one", testVersionsGrow},
		{"versions by page", testVersionPages},
		{"version as it was", testLoadVersion},
		{"version of a time", testVersionAt},
		{"document stays until changed", testDocument},
		{"revisions, before and after", testRevisions},
		{"delete and put again", testDeleteAndPut},
		{"order of features", testOrder},
		{"stale base", testStale},
		{"one of many publishes wins", testConcurrent},
		{"all or nothing", testAllOrNothing},
		{"refused publications", testRefused},
		{"context ended", testContext},
		{"watch own and others", testWatch},
		{"watch coalesces", testWatchCoalesces},
		{"watch ends", testWatchEnds},
		{"accounts", testAccounts},
		{"sessions", testSessions},
		{"tokens", testTokens},
		{"invitations", testInvitations},
		{"attempts", testAttempts},
		{"change of accounts is all or nothing", testChangeIsAllOrNothing},
		{"audit log of two servers", testLog},
		{"last admin", testLastAdmin},
		{"changeset from draft to version", testChangeset},
		{"changesets by state, author and time", testChangesetList},
		{"changeset taken on by one of many", testChangesetRace},
		{"changeset and version, both or neither", testPublishStep},
		{"changesets due", testDue},
		{"receipts", testReceipts},
		{"refused steps", testRefusedSteps},
		{"ping", testPing},
		{"close", testClose},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, database(t))
			c.test(t, b)
		})
	}
}

// bench is a store on an empty database, with what most tests do to it.
type bench struct {
	testing.TB
	Database
	open Opener
	ctx  context.Context
}

func newBench(t testing.TB, open Opener) *bench {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return &bench{t, opened(t, open), open, ctx}
}

// opened opens a store that is closed when the test ends.
func opened(t testing.TB, open Opener) Database {
	s := open()
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// at is the time of version n in the tests.
func at(n int64) time.Time {
	return time.Date(2024, 2, 29, 12, 0, 0, 123456000, time.UTC).Add(time.Duration(n) * time.Hour)
}

// publish publishes changes after version base, and fails the test on an error.
func (b *bench) publish(base int64, changes ...store.Change) store.Version {
	b.Helper()
	v, err := b.Publish(b.ctx, publication(base, changes...))
	if err != nil {
		b.Fatalf("Publish on %d: %v", base, err)
	}
	return v
}

// publication is complete: it has a document when it makes the first version.
func publication(base int64, changes ...store.Change) store.Publication {
	p := store.Publication{Base: base, At: at(base + 1), Author: "anna", Comment: "步骤 " + string(rune('A'+base%26)), Changes: changes}
	if base == 0 {
		p.Document = document()
	}
	return p
}

func (b *bench) load() *layout.Layout {
	b.Helper()
	l, err := b.Load(b.ctx)
	if err != nil {
		b.Fatalf("Load: %v", err)
	}
	return l
}

// newest is the number of the newest version, 0 when there is none.
func (b *bench) newest() int64 {
	b.Helper()
	list, err := b.Versions(b.ctx, 0, 1)
	if err != nil {
		b.Fatalf("Versions: %v", err)
	}
	if len(list) == 0 {
		return 0
	}
	return list[0].Number
}

// wantKind fails the test unless err has a kind.
func wantKind(t testing.TB, err error, want layout.Kind) {
	t.Helper()
	if got := layout.KindOf(err); got != want {
		t.Fatalf("error %v has kind %q, want %q", err, got, want)
	}
}

// wantEqual takes a list without members for no list.
func wantEqual(t testing.TB, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("want (-), got (+):\n%s", diff)
	}
}
